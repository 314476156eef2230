import { type Change, diff, type FieldChange, SEVERITIES, type Severity } from '../diff';
import { type BackupModel, placeText, withoutSecrets } from '../model';
import { freshErrors } from './diff-errors';

/** A change with its place in a file: in the new one, or in the old one when the object is gone. */
export interface DiffChange {
  readonly id: string;
  readonly severity: Severity;

  /** `Schedule velero/nightly` */
  readonly object: string;
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly means: readonly string[];
  readonly fields: readonly string[];
}

/** What differs, and between how much. */
export interface DiffReport {
  /** The worst first; of one severity as somebody reads the files. */
  readonly changes: readonly DiffChange[];
  readonly objects: { readonly old: number; readonly new: number };

  /** Documents that are no objects of Kubernetes, which nobody compared. */
  readonly foreign: number;
}

export function reportOf(was: BackupModel, is: BackupModel, foreign: number): DiffReport {
  const changes = diff(was, is);
  const all = [...changes, ...freshErrors(was, is, changes)].map(told);
  return { changes: all.sort(byWeight), objects: { old: was.manifests.length, new: is.manifests.length }, foreign };
}

/** Without what is secret in a URL that somebody wrote somewhere. */
function told({ id, severity, on, message, means, fields }: Change): DiffChange {
  const { file = placeText(on.at), line = 1 } = on.at;
  const texts = { message: withoutSecrets(message), means: means.map(withoutSecrets) };
  return { id, severity, object: String(on), kind: on.kind, file, line, ...texts, fields: fields.map(field => withoutSecrets(nameOf(field, on))) };
}

function nameOf({ on, path }: FieldChange, object: Change['on']): string {
  return on === object ? path : `${on}: ${path}`;
}

/** By text, not by place, at the end: so that the order of documents makes no difference where files are the same. */
function byWeight(one: DiffChange, other: DiffChange): number {
  return SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity)
    || compared(one.id, other.id) || compared(one.object, other.object) || compared(one.message, other.message);
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
