import { parseAllDocuments } from 'yaml';
import { BackupModel, type Source } from '../../src/model';
import { installation, judge, type Judgement, type Rule } from '../../src/rules';

/** The objects of YAML documents. */
export function objectsIn(yaml: string): any[] {
  return parseAllDocuments(yaml).map(document => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

/** An example with the installation that it stands in: an object of the same kind and name takes the place of that of the installation. */
export function objectsOf(rule: Rule, example: string): any[] {
  const objects = objectsIn(example);
  const around = rule.install === undefined ? [] : objectsIn(installation(rule.install));
  return [...around.filter(object => !objects.some(other => identity(other) === identity(object))), ...objects];
}

export function modelOf(objects: readonly any[]): BackupModel {
  return BackupModel.of(objects.map((object, index): Source => ({ object, at: { file: 'example.yaml', line: index + 1 } })));
}

/** What the rules say about YAML documents or objects, and nobody acknowledges. */
export function judged(input: string | readonly any[]): Judgement[] {
  return judge(modelOf(typeof input === 'string' ? objectsIn(input) : input)).filter(({ acknowledged }) => acknowledged === undefined);
}

/** One line a judgement: for tests of one rule by value. */
export function told(judgements: readonly Judgement[], id?: string): string[] {
  return judgements.filter(({ rule }) => id === undefined || rule.id === id)
    .map(({ rule, on, severity, what, got, wanted }) => `${severity} ${rule.id} ${on}: ${what} got ${JSON.stringify(got)}, wanted ${wanted}`);
}

function identity({ kind, metadata }: any): string {
  return `${kind} ${metadata?.namespace}/${metadata?.name}`;
}
