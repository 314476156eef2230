import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('owner-reference', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/spec/useOwnerReferencesInBackup', true)));

test('true is told, false and nothing are not', () => {
  expect(told(judged(schedule({ spec: { useOwnerReferencesInBackup: 'true' } })), 'owner-reference')).toEqual([
    'warning owner-reference Schedule velero/nightly: spec.useOwnerReferencesInBackup got true, wanted false: whoever deletes or renames the Schedule deletes all its Backups',
  ]);
  expect(told(judged(schedule({ spec: { useOwnerReferencesInBackup: 'false' } })))).toEqual([]);
  expect(told(judged(schedule()))).toEqual([]);
});
