import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { installation, schedule } from '../../src/rules/examples';

function restore(spec: object, more: object = {}): any {
  return { apiVersion: 'velero.io/v1', kind: 'Restore', metadata: { name: 'shop', namespace: 'velero' }, spec: { scheduleName: 'nightly', ...spec }, ...more };
}

escapeHatch('restore-without-pods', usual => () => {
  usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/spec/template/defaultVolumesToFsBackup', true));
  new ApiObject(usual.chart, 'restore', restore({ includedResources: ['persistentvolumeclaims'] }));
});

function messages(version: string, spec: object, template: Record<string, string> = { defaultVolumesToFsBackup: 'true' }): string[] {
  const objects = [...objectsIn(`${installation(version)}---\n${schedule({ template })}`), restore(spec)];
  return told(judged(objects), 'restore-without-pods').map(line => line.replace('error restore-without-pods Restore velero/shop: ', ''));
}

const EMPTY = 'without them the volumes come back empty';

test.each<[string, object, string[]]>([
  ['1.18.3', {}, []],
  ['1.18.3', { includedResources: ['*'] }, []],
  ['1.18.3', { includedResources: ['pvc'] }, [`spec.includedResources got ["pvc"], wanted pods among them: ${EMPTY}`]],
  ['1.18.3', { includedResources: ['pods', 'persistentvolumeclaims'] }, []],
  ['1.16.2', { includedResources: ['pods', 'persistentvolumeclaims'] },
    [`spec.includedResources got ["pods","persistentvolumeclaims"], wanted persistentvolumes among them: ${EMPTY}`]],
  ['1.16.2', { includedResources: ['Pod', 'pvc', 'pv'] }, []],
  ['1.16.2', { includedResources: ['persistentvolumeclaims'] },
    [`spec.includedResources got ["persistentvolumeclaims"], wanted pods and persistentvolumes among them: ${EMPTY}`]],
  ['1.16.2', { excludedResources: ['pods'] }, [`spec.excludedResources got ["pods"], wanted no pods: ${EMPTY}`]],
  ['1.16.2', { excludedResources: ['persistentvolumes'] }, [`spec.excludedResources got ["persistentvolumes"], wanted no persistentvolumes: ${EMPTY}`]],
  ['1.18.3', { excludedResources: ['persistentvolumes'] }, []],
  ['1.16.2', { includedResources: ['configmaps', 'secrets'] }, []],
  ['1.16.2', { excludedResources: ['persistentvolumes', 'persistentvolumeclaims'] }, []],
  ['1.18.3', { scheduleName: '', backupName: 'nightly-20260101020000', includedResources: ['pvc'] },
    [`spec.includedResources got ["pvc"], wanted pods among them: ${EMPTY}`]],
  ['1.18.3', { scheduleName: '', backupName: 'by-hand', includedResources: ['pvc'] }, []],
  ['1.18.3', { scheduleName: 'elsewhere', includedResources: ['pvc'] }, []],
])('%s: %j', (version, spec, expected) => {
  expect(messages(version, spec)).toEqual(expected);
});

test('snapshots come back with their claims', () => {
  expect(messages('1.18.3', { includedResources: ['pvc'] }, {})).toEqual([]);
  const policy = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'volumes', namespace: 'velero' },
    data: {
      policy: '{ version: v1, volumePolicies: [{ conditions: { csi: {} }, action: { type: snapshot } }] }',
    },
  };
  const template = { defaultVolumesToFsBackup: 'true', resourcePolicy: '{ kind: ConfigMap, name: volumes }' };
  const objects = [...objectsIn(schedule({ template })), policy, restore({ includedResources: ['pvc'] })];
  expect(told(judged(objects), 'restore-without-pods')).toEqual([]);
});

test('a restore that has run cannot be changed', () => {
  const objects = [...objectsIn(schedule({ template: { defaultVolumesToFsBackup: 'true' } }))];
  const done = restore({ includedResources: ['pvc'] }, { status: { phase: 'Completed' } });
  expect(told(judged([...objects, done]), 'restore-without-pods')).toEqual([]);
  expect(told(judged([...objects, restore({ includedResources: ['pvc'] })]), 'restore-without-pods')).toHaveLength(1);
});
