import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('missing-field', usual => () => usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.remove('/spec/provider')));

test.each([
  [schedule({ template: { hooks: '{ resources: [{ pre: [{ exec: { container: c, command: [x], timeout: 1m, onError: Fail } }] }] }' } }),
    'spec.template.hooks.resources[0].name got undefined, wanted a string: every Schedule has one there'],
  [schedule({ template: { labelSelector: '{ matchExpressions: [{ key: app }] }' } }),
    'spec.template.labelSelector.matchExpressions[0].operator got undefined, wanted a string: every Schedule has one there'],
  ['apiVersion: velero.io/v1\nkind: VolumeSnapshotLocation\nmetadata: { name: v }\nspec: { provider: null }\n',
    'spec.provider got undefined, wanted a string: every VolumeSnapshotLocation has one there'],
  ['apiVersion: velero.io/v1\nkind: BackupStorageLocation\nmetadata: { name: l }\nspec: { provider: aws }\n',
    'spec.objectStorage got undefined, wanted an object: every BackupStorageLocation has one there'],
  [schedule().replace('name: nightly', 'labels: {}'), 'metadata.name got undefined, wanted a string: every Schedule has one there'],
  [schedule().replace(/metadata:\n.*\n.*\n/, 'metadata:\n'), 'metadata.name got undefined, wanted a string: every Schedule has one there'],
])('%s', (yaml, expected) => {
  expect(told(judged(yaml), 'missing-field').map(line => line.replace(/^.*?: /, ''))).toEqual([expected]);
});

test.each(['metadata: []', 'metadata: x'])('one finding for %s', metadata => {
  expect(told(judged(`apiVersion: velero.io/v1\nkind: Schedule\n${metadata}\nspec: { schedule: "0 1 * * *", template: {} }\n`), 'missing-field')).toEqual([]);
});

test('an empty beginning of a name is none', () => {
  expect(told(judged(schedule().replace('name: nightly', 'generateName: ""')), 'missing-field')).toHaveLength(1);
});

test('a name that the API server is to make up is one', () => {
  expect(told(judged(schedule().replace('name: nightly', 'generateName: nightly-')), 'missing-field')).toEqual([]);
});

test('silent where another rule has more to say', () => {
  const without = schedule().replace(/^ {2}schedule: .*\n/m, '');
  expect(told(judged(without)).map(line => line.split(' ')[1])).toEqual(['cron-invalid']);
});
