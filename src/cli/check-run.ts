import { type Problem, tell } from '../findings/problems';
import { BackupModel, placeText } from '../model';
import { judge, type Judgement, type Severity } from '../rules';
import { type CheckFormat, type CheckOptions } from './check';
import { asJson } from './check-json';
import { asSarif } from './check-sarif';
import { asText } from './check-text';
import { NAME_MANIFESTS, refuseUse } from './failure';
import { readManifestInput } from './manifest-input';
import { Found, type Surroundings } from './surroundings';

/** What a rule says about an object in a file. */
export interface CheckFinding {
  readonly id: string;
  readonly severity: Severity;

  /** `Schedule velero/nightly` */
  readonly object: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly fix: string;
  readonly reference: string;

  /** Why somebody accepts it. */
  readonly acknowledged?: string;
}

/** What a check found, and in how much. */
export interface CheckReport {
  readonly findings: readonly CheckFinding[];
  readonly objects: number;
  readonly files: number;

  /** Documents that are no objects of Kubernetes, which nobody judged. */
  readonly foreign: number;
}

const COMMAND = 'check';
const FORMATS = { text: asText, json: asJson, sarif: asSarif } satisfies Record<CheckFormat, unknown>;

/**
 * Tells what all rules say about the objects in files.
 *
 * @throws WrongUse when something cannot be read: half an input would make other findings, or none
 * @throws Found when there are errors
 */
export async function check(paths: readonly string[], { format, strict }: CheckOptions, surroundings: Surroundings): Promise<void> {
  const { files, sources, foreign, problems } = await readManifestInput(paths, surroundings);
  refuseUse(COMMAND, ...problems);
  refuseUse(COMMAND, sources.length === 0 ? nothing(paths, files.length) : undefined);
  const judgements = judge(BackupModel.of(sources));
  const findings = judgements.map(judgement => findingOf(judgement, strict ?? false)).sort(byPlace(files.map(({ name }) => name)));
  surroundings.stdout.write(FORMATS[format]({ findings, objects: sources.length, files: files.length, foreign }, surroundings));
  if (findings.some(({ severity, acknowledged }) => severity === 'error' && acknowledged === undefined)) {
    throw new Found();
  }
}

function nothing(paths: readonly string[], files: number): Problem {
  const reason = files === 0 ? 'there is no file *.yaml, *.yml or *.json' : `there is none in ${plural(files, 'file')}`;
  return { what: 'PATH', got: paths.join(' '), wanted: `at least one object of Kubernetes, but ${reason}`, next: NAME_MANIFESTS };
}

/** `1 file`, `2 files` */
export function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function findingOf({ on, rule, severity, what, got, wanted, next, acknowledged }: Judgement, strict: boolean): CheckFinding {
  const { file = placeText(on.at), line = 1 } = on.at;
  return {
    id: rule.id,
    severity: strict && severity === 'warning' && acknowledged === undefined ? 'error' : severity,
    object: String(on),
    file,
    line,
    message: tell({ what, got, wanted }),
    fix: next ?? rule.fix,
    reference: rule.reference,
    ...(acknowledged !== undefined && { acknowledged }),
  };
}

/** As somebody reads the files; about one object in the order of the rules. */
function byPlace(files: readonly string[]): (one: CheckFinding, other: CheckFinding) => number {
  const order = new Map(files.map((file, index) => [file, index]));
  return (one, other) => order.get(one.file)! - order.get(other.file)! || one.line - other.line;
}
