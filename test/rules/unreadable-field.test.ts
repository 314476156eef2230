import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('unreadable-field', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/template/ttl', 720)));

function messages(yaml: string): string[] {
  return told(judged(yaml), 'unreadable-field').map(line => line.replace(/^.*?: /, ''));
}

test.each([
  [schedule({ template: { ttl: '720' } }), ['spec.template.ttl got 720, wanted a string']],
  [schedule({ template: { csiSnapshotTimeout: '10' } }), ['spec.template.csiSnapshotTimeout got 10, wanted a string']],
  [schedule({ template: { uploaderConfig: '{ parallelFilesUpload: "3" }' } }), ['spec.template.uploaderConfig.parallelFilesUpload got "3", wanted a whole number']],
  [schedule({ template: { uploaderConfig: '{ parallelFilesUpload: 1.5 }' } }), ['spec.template.uploaderConfig.parallelFilesUpload got 1.5, wanted a whole number']],
  [schedule({ template: { orderedResources: '{ pods: [a] }' } }), ['spec.template.orderedResources[\'pods\'] got "a list", wanted a string']],
  [schedule({ template: { hooks: '[]' } }), ['spec.template.hooks got "a list", wanted an object']],
  ['apiVersion: velero.io/v1\nkind: Restore\nmetadata: { name: r }\nspec: { scheduleName: s, existingResourcePolicy: 5, restoreStatus: x }\n',
    ['spec.existingResourcePolicy got 5, wanted a string', 'spec.restoreStatus got "x", wanted an object']],
  ['apiVersion: velero.io/v1\nkind: BackupStorageLocation\nmetadata: { name: l }\n'
    + 'spec: { provider: aws, objectStorage: { bucket: b }, accessMode: readonly }\n', ['spec.accessMode got "readonly", wanted "ReadOnly" or "ReadWrite"']],
  ['apiVersion: velero.io/v1beta1\nkind: Schedule\nmetadata: { name: s }\n', ['apiVersion got "velero.io/v1beta1", wanted "velero.io/v1"']],
])('%s', (yaml, expected) => {
  expect(messages(yaml).map(line => line)).toEqual(expected);
});

test('what is not there has no type', () => {
  expect(messages('apiVerson: velero.io/v1\nkind: Schedule\nmetadata: { name: s }\n')).toEqual(['apiVersion got undefined, wanted a string: every object of Kubernetes has one']);
});

test('a kind that Velero does not have', () => {
  expect(messages('apiVersion: velero.io/v1\nkind: BackupSchedule\nmetadata: { name: s }\n')).toEqual([expect.stringContaining(
    'kind got "BackupSchedule", wanted BackupRepository, Backup, BackupStorageLocation, ')]);
});

test('null is absent', () => {
  expect(messages(schedule({ template: { hooks: 'null', uploaderConfig: 'null' } }))).toEqual([]);
});
