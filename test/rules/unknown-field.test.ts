import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, schedule } from '../../src/rules/examples';

escapeHatch('unknown-field', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/spec/template/defaultVolumeToFsBackup', true)));

function next(yaml: string): (string | undefined)[] {
  return judged(yaml).filter(({ rule }) => rule.id === 'unknown-field').map(({ what, next: step }) => `${what}: ${step}`);
}

test.each([
  [schedule({ template: { storageLocaton: 'offsite' } }), 'spec.template.storageLocaton: write spec.template.storageLocation'],
  [schedule({ spec: { ttl: '720h' } }), 'spec.ttl: write it as spec.template.ttl'],
  [schedule({ spec: { backupEverything: 'true' } }), 'spec.backupEverything: undefined'],
  [schedule({ template: { hooks: '{ resources: [{ name: dump, pre: [{ exec: { comand: [x], command: [x] } }] }] }' } }),
    'spec.template.hooks.resources[0].pre[0].exec.comand: write spec.template.hooks.resources[0].pre[0].exec.command'],
  ['apiVersion: velero.io/v1\nkind: Schedule\nsepc: {}\n', 'sepc: write spec'],
])('%s', (yaml, expected) => {
  expect(next(yaml)).toEqual([expected]);
});

const POLICY = 'apiVersion: velero.io/v1\nkind: Restore\nmetadata: { name: shop, namespace: velero }\nspec:\n  scheduleName: nightly\n'
  + '  resourcePolicy: { kind: ConfigMap, name: p }\n';

test('what a newer Velero has, an older one drops; without an install the newest is meant', () => {
  expect(told(judged(`${installation('1.17.2')}---\n${POLICY}`), 'unknown-field')).toEqual([
    'error unknown-field Restore velero/shop: spec.resourcePolicy got undefined, wanted a field that the Restore of Velero 1.17.2 has: it would be dropped',
  ]);
  expect(told(judged(`${installation('1.18.3')}---\n${POLICY}`), 'unknown-field')).toEqual([]);
  expect(told(judged(POLICY), 'unknown-field')).toEqual([]);
  expect(told(judged(POLICY.replace('resourcePolicy', 'resourcePolitics')), 'unknown-field')).toEqual([
    'error unknown-field Restore velero/shop: spec.resourcePolitics got undefined, wanted a field that the Restore of Velero up to 1.18.3 has: it would be dropped',
  ]);
});

test('an object without a namespace belongs to the only install', () => {
  expect(told(judged(`${installation('1.17.2')}---\n${POLICY.replace(', namespace: velero', '')}`), 'unknown-field')).toHaveLength(1);
});

test('a dump of a cluster has more in it: status, metadata, labels and maps of any name', () => {
  const dumped = 'apiVersion: velero.io/v1\nkind: BackupStorageLocation\nmetadata:\n  name: l\n  generation: 3\n  managedFields: [{ manager: kubectl }]\n'
    + 'spec: { provider: aws, objectStorage: { bucket: b }, config: { any: thing } }\nstatus: { phase: Available, whatever: 5 }\n';
  expect(told(judged(dumped), 'unknown-field')).toEqual([]);
});
