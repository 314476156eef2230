import { type Change } from './change';
import { fieldsText } from './field-text';
import { type Context } from './schedule-pair';

const SHOWN = 3;

/** What nobody else has told of. */
export function otherObjects({ comparison }: Context): Change[] {
  const come = comparison.takeAdded().map((on): Change => ({ id: 'object-added', severity: 'harmless', on, message: 'added', means: [], fields: [] }));
  const changed = comparison.pairs.map(pair => ({ on: pair.is, fields: pair.takeRest() })).filter(({ fields }) => fields.length > 0)
    .map(({ on, fields }): Change => ({ id: 'object-changed', severity: 'harmless', on, message: fieldsText(fields, SHOWN), means: [], fields }));
  return [...come, ...changed];
}
