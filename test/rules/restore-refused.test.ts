import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { VeleroVersion } from '../../src';
import { installation, schedule } from '../../src/rules/examples';

/** The library emits the ConfigMap. */
escapeHatch('restore-refused', usual => {
  usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/spec/template/defaultVolumesToFsBackup', true));
  new ApiObject(usual.chart, 'shop', namespace());
  return () => usual.object('ConfigMap', 'fs-restore-action-config').addJsonPatch(JsonPatch.remove('/data/secCtx'));
}, VeleroVersion.V1_14_1);

function namespace(level = 'restricted'): any {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': level } } };
}

function config(data: Record<string, string>): any {
  const labels = { 'velero.io/plugin-config': '', 'velero.io/pod-volume-restore': 'RestoreItemAction' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'helper', namespace: 'velero', labels }, data };
}

function messages(version: string, objects: readonly any[], template: Record<string, string> = { defaultVolumesToFsBackup: 'true' }): string[] {
  const minor = version.replace(/^1\.15\.[01]$/, '1.15.2');
  const around = installation(minor).replaceAll(`v${minor}`, `v${version}`);
  return told(judged([...objectsIn(`${around}---\n${schedule({ template })}`), ...objects]), 'restore-refused').map(line => line.replace('error restore-refused ', ''));
}

const NONE = (version: string) => 'Deployment velero/velero: ConfigMap with the label velero.io/pod-volume-restore: RestoreItemAction got undefined, wanted a security '
  + `context that the restricted standard takes for the container restore-wait: Velero ${version} gives it none, and shop would refuse the restored pods`;
const OTHER = (version: string) => 'ConfigMap velero/helper: data.secCtx got undefined, wanted a security context that the restricted standard takes for the container '
  + `restore-wait: Velero ${version} gives it only what stands there, and shop would refuse the restored pods`;
const FINE = 'allowPrivilegeEscalation: false\ncapabilities: { drop: [ALL] }\n';

test.each<[string, any[], string[]]>([
  ['1.14.1', [namespace()], [NONE('1.14.1')]],
  ['1.15.0', [namespace()], [NONE('1.15.0')]],
  ['1.15.1', [namespace()], []],
  ['1.15.2', [namespace(), config({ secCtxRunAsUser: '1000' })], [OTHER('1.15.2')]],
  ['1.15.2', [namespace(), config({ cpuLimit: '1' })], []],
  ['1.16.2', [namespace(), config({ secCtxRunAsUser: '1000' })], []],
  ['1.18.3', [namespace()], []],
  ['1.14.1', [namespace('baseline')], []],
  ['1.14.1', [], []],
  ['1.14.1', [namespace(), config({ secCtx: FINE })], []],
  ['1.14.1', [namespace(), config({ secCtx: 'capabilities: { drop: [ALL] }', secCtxAllowPrivilegeEscalation: 'false' })], []],
  ['1.14.1', [namespace(), config({ secCtx: 'allowPrivilegeEscalation: false' })], [OTHER('1.14.1')]],
  ['1.14.1', [namespace(), config({ secCtx: '[' })], [OTHER('1.14.1')]],
  ['1.14.1', [namespace(), config({ cpuLimit: '1' })], [OTHER('1.14.1')]],
])('%s', (version, objects, expected) => {
  expect(messages(version, objects)).toEqual(expected);
});

test('silent about a namespace that no schedule saves the files of', () => {
  expect(messages('1.14.1', [namespace()], {})).toEqual([]);
  expect(messages('1.14.1', [namespace()], { defaultVolumesToFsBackup: 'true', includedNamespaces: '[other]' })).toEqual([]);
});

function pod(volumes: object[], annotations: object = {}): any {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop', annotations }, spec: { volumes } };
}

test.each<[string, any, Record<string, string>, number]>([
  ['only volumes of the API', pod([{ name: 'a', configMap: {} }, { name: 'b', secret: {} }]), { defaultVolumesToFsBackup: 'true' }, 0],
  ['a claim', pod([{ name: 'a', persistentVolumeClaim: { claimName: 'a' } }]), { defaultVolumesToFsBackup: 'true' }, 1],
  ['an emptyDir', pod([{ name: 'a', emptyDir: {} }]), { defaultVolumesToFsBackup: 'true' }, 1],
  ['an emptyDir that is skipped', pod([{ name: 'a', emptyDir: {} }]),
    { defaultVolumesToFsBackup: 'true', resourcePolicy: '{ kind: ConfigMap, name: volumes }' }, 0],
  ['a chosen volume', pod([{ name: 'a', emptyDir: {} }], { 'backup.velero.io/backup-volumes': 'a' }), {}, 1],
])('pods with %s', (_, object, template, findings) => {
  const policy = '{ version: v1, volumePolicies: [{ conditions: { volumeTypes: [emptyDir] }, action: { type: skip } }] }';
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'volumes', namespace: 'velero' }, data: { policy } };
  expect(messages('1.14.1', [namespace(), object, map], template)).toHaveLength(findings);
});
