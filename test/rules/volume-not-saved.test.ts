import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, schedule, server } from '../../src/rules/examples';

const CLAIMED = { name: 'data', persistentVolumeClaim: { claimName: 'data' } };
const MOUNTED = { name: 'shop', volumeMounts: [{ name: 'data', mountPath: '/data' }] };

escapeHatch('volume-not-saved', usual => {
  const shop = new ApiObject(usual.chart, 'shop', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: { replicas: 1, template: { spec: { containers: [MOUNTED], volumes: [CLAIMED] } } },
  });
  return () => shop.addJsonPatch(JsonPatch.replace('/spec/replicas', 0));
});

interface Example {
  readonly kind?: string;
  readonly name?: string;
  readonly spec?: object;
  readonly pod?: {
    readonly metadata?: object;
    readonly containers?: readonly object[];
    readonly initContainers?: readonly object[];
    readonly volumes?: readonly object[];
  };
}

function workload({ kind = 'Deployment', name = 'shop', spec = {}, pod = {} }: Example): any {
  const { metadata, ...rest } = pod;
  const template = { metadata, spec: { containers: [MOUNTED], volumes: [CLAIMED], ...rest } };
  return {
    apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace: 'shop' },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template, ...spec },
  };
}

const ALL = schedule({ template: { defaultVolumesToFsBackup: 'true' } });

function findings(objects: readonly any[], around = `${installation('1.18.3')}---\n${ALL}`): string[] {
  const yaml = [around, ...objects.map(object => `${JSON.stringify(object)}\n`)].join('---\n');
  return told(judged(yaml), 'volume-not-saved').map(line => line.replace(/^.*wanted a volume that Velero copies: /, ''));
}

const HOST = { name: 'data', hostPath: { path: '/srv/shop' } };
const BLOCK = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' }, spec: { volumeMode: 'Block' } };

test.each([
  ['a running one', [workload({})], []],
  ['a hostPath', [workload({ pod: { volumes: [HOST] } })], ['a hostPath is none of the volumes that the node-agent sees']],
  ['a hostPath of a DaemonSet', [workload({ kind: 'DaemonSet', pod: { volumes: [HOST] } })], []],
  ['a hostPath of the system', [workload({ pod: { volumes: [{ name: 'data', hostPath: { path: '/var/run/docker.sock' } }] } })], []],
  ['a device', [workload({ pod: { volumes: [{ name: 'data', hostPath: { path: '/opt/usb', type: 'CharDevice' } }] } })], []],
  ['a hostPath that is only read', [workload({ pod: { volumes: [HOST], containers: [{ volumeMounts: [{ name: 'data', readOnly: true }] }] } })], []],
  ['a claim in block mode', [BLOCK, workload({})], ['it is in block mode, which has no files']],
  ['a device of a claim', [workload({ pod: { containers: [{ volumeDevices: [{ name: 'data' }] }] } })], ['it is in block mode, which has no files']],
  ['one for init only', [workload({ pod: { initContainers: [MOUNTED], containers: [{}] } })],
    ['no container mounts it, and init containers are over when the backup is made']],
  ['no replicas', [workload({ spec: { replicas: 0 } })], ['with replicas: 0 no pod runs that has it mounted']],
  ['no replicas, but another mounts it', [workload({ spec: { replicas: 0 } }), workload({ name: 'other' })], []],
  ['a CronJob', [workload({ kind: 'CronJob' })], ['the pods of a CronJob run for a short time only, and it is saved only while one does']],
  ['a Job on the claim of another', [workload({ kind: 'Job' }), workload({ name: 'other' })], []],
  ['claim templates without replicas', [workload({ kind: 'StatefulSet', spec: { replicas: 0, volumeClaimTemplates: [{ metadata: { name: 'data' } }] }, pod: { volumes: [] } })],
    ['with replicas: 0 no pod runs that has it mounted']],
  ['a claim on a folder of a node', [workload({}), {
    apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'pv' }, spec: { hostPath: { path: '/srv' }, claimRef: { namespace: 'shop', name: 'data' } },
  }], ['its PersistentVolume is a hostPath, which the node-agent does not see']],
  ['what a controller made', [{
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop-0', namespace: 'shop', ownerReferences: [{ kind: 'Job', controller: true }] },
    spec: { containers: [{}], volumes: [CLAIMED] },
  }], []],
  ['left out on purpose', [workload({ spec: { replicas: 0 }, pod: { metadata: { annotations: { 'backup.velero.io/backup-volumes-excludes': 'data' } } } })], []],
  ['a pod that is left out', [workload({ spec: { replicas: 0 }, pod: { metadata: { labels: { 'velero.io/exclude-from-backup': 'true' } } } })], []],
  ['a namespace that is left out', [
    workload({ spec: { replicas: 0 } }), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'velero.io/exclude-from-backup': 'true' } } },
  ], []],
])('%s', (_, objects, expected) => {
  expect(findings(objects)).toEqual(expected);
});

test('the full message', () => {
  expect(told(judged(`${installation('1.18.3')}---\n${ALL}---\n${JSON.stringify(workload({ spec: { replicas: 0 } }))}\n`), 'volume-not-saved')).toEqual([
    'warning volume-not-saved Deployment shop/shop: spec.template.spec.volumes[0] got "data", wanted a volume that Velero copies: with replicas: 0 no pod runs that has it mounted',
  ]);
});

const SLEEPING = [workload({ spec: { replicas: 0 } })];

test.each([
  ['no schedule covers the namespace', `${installation('1.18.3')}---\n${schedule({ template: { defaultVolumesToFsBackup: 'true', includedNamespaces: '[wiki]' } })}`, 0],
  ['the schedule is paused', `${installation('1.18.3')}---\n${schedule({ spec: { paused: 'true' }, template: { defaultVolumesToFsBackup: 'true' } })}`, 0],
  ['it copies no files', `${installation('1.18.3')}---\n${schedule()}`, 0],
  ['a snapshot may be taken instead', `${server('1.18.3', '--uploader-type=kopia', '--features=EnableCSI')}---\n${ALL}`, 0],
  ['nobody knows whether one is', ALL, 0],
  ['none is for certain', schedule({ template: { defaultVolumesToFsBackup: 'true', snapshotVolumes: 'false' } }), 1],
  ['the policy is not in the input', `${installation('1.18.3')}---\n${schedule({ template: { defaultVolumesToFsBackup: 'true', resourcePolicy: '{ kind: ConfigMap, name: volumes }' } })}`, 0],
])('where %s', (_, around, count) => {
  expect(findings(SLEEPING, around)).toHaveLength(count);
});

test('a hostPath that a policy skips is meant to be left out', () => {
  const policy = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: volumes, namespace: velero }\n'
    + 'data: { policy.yaml: "{ version: v1, volumePolicies: [{ conditions: { volumeTypes: [hostPath] }, action: { type: skip } }] }" }\n';
  const named = schedule({ template: { defaultVolumesToFsBackup: 'true', resourcePolicy: '{ kind: ConfigMap, name: volumes }' } });
  expect(findings([workload({ pod: { volumes: [HOST] } })], `${installation('1.18.3')}---\n${policy}---\n${named}`)).toEqual([]);
});
