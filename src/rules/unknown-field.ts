import { type DefinitionMismatch } from '../model';
import { schedule } from './examples';
import { nearest } from './nearest';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'unknown-field',
  severities: ['error'],
  title: 'A field that the definition of this version of Velero does not have',
  goesWrong: 'The API server drops the field without a word, unless whoever applies the manifest asks it to be strict, as kubectl does; then it refuses the object. Dropped '
    + 'it reads as if it had never been written: `includedNamespace: [shop]` backs up the whole cluster, and a `ttl` beside the template instead of in it keeps every '
    + 'backup for 30 days. A field of a newer Velero has the same fate on an older one.',
  fix: 'write the field as the definition has it, or take it away',
  reference: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning',
  check: model => model.definitionMismatches().filter(({ kind }) => kind === 'unknown').map(unknown),
  install: '1.18.3',
  bad: () => schedule({ template: { includedNamespace: '[shop]' } }),
  good: () => schedule(),
};

function unknown({ on, path, name = '', known = [], elsewhere, release, isInstalled }: DefinitionMismatch): Verdict {
  const near = nearest(name, known);
  const owner = isInstalled ? `of Velero ${release.version}` : `of Velero up to ${release.version}`;
  return {
    on,
    what: path,
    wanted: `a field that the ${on.kind} ${owner} has: it would be dropped`,
    next: near !== undefined ? `write ${path.slice(0, path.length - name.length)}${near}` : elsewhere !== undefined ? `write it as ${elsewhere}` : undefined,
  };
}
