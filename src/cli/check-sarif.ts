import { readFileSync } from 'fs';
import { isAbsolute, join, relative, resolve, sep } from 'path';
import { pathToFileURL } from 'url';
import { type Rule, RULES, type Severity } from '../rules';
import { type CheckFinding, type CheckReport } from './check-run';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * For services that show findings beside the code.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif({ findings }: CheckReport): string {
  const { version, homepage, repository } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: { name: 'cdk8s-velero', version, informationUri: homepage ?? repository.url.replace(/\.git$/, ''), rules: RULES.map(ruleOf) },
      },
      columnKind: 'utf16CodeUnits',
      results: findings.map(resultOf),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf({ id, title, goesWrong, fix, reference, severities, bad, good }: Rule): object {
  const [helpUri] = /https:\/\/[^\s;,]+/.exec(reference) ?? [];
  const text = `${goesWrong}\n\nWhat to do: ${fix}.\n\nWritten in: ${reference}`;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: goesWrong },
    help: { text, markdown: `${text}\n\nWrong:\n\n${fenced(bad())}\nRight:\n\n${fenced(good())}` },
    ...(helpUri && { helpUri }),
    defaultConfiguration: { level: LEVELS[severities[0]] },
  };
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml.trimEnd()}\n\`\`\`\n`;
}

function resultOf({ id, severity, object, file, line, message, fix, acknowledged }: CheckFinding): object {
  return {
    ruleId: id,
    ruleIndex: RULES.findIndex(rule => rule.id === id),
    level: LEVELS[severity],
    message: { text: `${object}: ${message}; ${fix}` },
    locations: [{
      physicalLocation: { artifactLocation: artifactOf(file), region: { startLine: line } },
      logicalLocations: [{ fullyQualifiedName: object, kind: 'resource' }],
    }],
    // A place moves with every line above it: what is told about which object stays the same.
    partialFingerprints: { 'objectAndRule/v1': `${object} ${id} ${message}`.slice(0, 500) },
    // Given only where somebody accepts it: an empty list would say that all were looked through.
    ...(acknowledged !== undefined && { suppressions: [{ kind: 'inSource', status: 'accepted', justification: acknowledged }] }),
  };
}

/** Relative to the working folder, which the services take for the root of the repository; outside of it there is only the whole address. */
function artifactOf(file: string): object {
  const path = relative('', resolve(file));
  return path.startsWith('..') || isAbsolute(path)
    ? { uri: pathToFileURL(resolve(file)).href }
    : { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
