import { type UnreadableField } from '../model';
import { schedule } from './examples';
import { untold } from './missing-field';
import { type Rule } from './rule';

export const rule: Rule = {
  id: 'unreadable-field',
  severities: ['error'],
  title: 'A field does not have the type, or none of the values, that its definition gives it',
  goesWrong: 'The API server refuses the object, or, where a definition says less than Velero\'s own types, Velero fails to read it: a string for a number in one '
    + 'Schedule can keep all of them from being listed. The usual cause is YAML that was not quoted: `true`, `5` and `1.10` are no strings.',
  fix: 'write what is wanted there, a string in quotes where YAML takes it for something else',
  reference: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  // Among the last in the list: rules read further fields while they check.
  check: (model, before) => {
    const byDefinition = untold(model.definitionMismatches().filter(({ kind }) => kind === 'unreadable'), before);
    const read = new Set(byDefinition.length === 0 ? [] : model.unreadable.map(({ on, path }) => `${on} ${path}`));
    return [...model.unreadable, ...byDefinition.filter(({ on, path }) => !read.has(`${on} ${path}`))]
      .map(({ on, path, got, wanted = '' }) => ({ on, what: path, got: shown({ on, got }), wanted }));
  },
  install: '1.18.3',
  bad: () => schedule({ spec: { paused: '"no"' } }),
  good: () => schedule({ spec: { paused: 'false' } }),
};

/** A short value as it is, the type of any other; of a Secret always the type. Of what is not there, nothing. */
function shown({ on, got }: Pick<UnreadableField, 'on' | 'got'>): unknown {
  if (got === undefined) {
    return undefined;
  }
  const short = typeof got === 'number' || typeof got === 'boolean' || (typeof got === 'string' && got.length <= 60);
  return short && on.kind !== 'Secret' ? got : Array.isArray(got) ? 'a list' : typeof got === 'object' ? 'an object' : `a ${typeof got}`;
}
