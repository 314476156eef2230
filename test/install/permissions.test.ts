import { emitted, object } from './installs';
import { VeleroFeature } from '../../src/install/velero-feature';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';

const FILE_SYSTEM_ONLY = { version: VeleroVersion.V1_16_2 };
const SNAPSHOTS = { features: [VeleroFeature.ENABLE_CSI] };

interface Rule { readonly apiGroups: string[]; readonly resources: string[]; readonly verbs: string[] }

/** The rules of node-agent as `group/resource: verbs`. */
function rights(kind: 'ClusterRole' | 'Role', props: Partial<VeleroInstallProps>): string[] {
  const { rules } = object(emitted(props), kind) as { rules: Rule[] };
  return rules.flatMap(({ apiGroups, resources, verbs }) => resources.map(resource => `${apiGroups[0]}/${resource}: ${verbs.join(' ')}`));
}

test('node-agent that reads volumes itself reads the cluster and writes Velero\'s own objects', () => {
  expect(rights('ClusterRole', FILE_SYSTEM_ONLY)).toEqual([
    '/pods: get list watch',
    '/persistentvolumeclaims: get list watch',
    '/persistentvolumes: get list watch',
    '/secrets: get list watch',
    '/nodes: get list',
    'storage.k8s.io/csidrivers: get list watch',
    'velero.io/backuprepositories: get list watch',
    'velero.io/backupstoragelocations: get list watch',
    'velero.io/datadownloads: get list watch',
    'velero.io/datauploads: get list watch',
    'velero.io/podvolumebackups: get list watch',
    'velero.io/podvolumerestores: get list watch',
  ]);
  expect(rights('Role', FILE_SYSTEM_ONLY)).toEqual([
    'velero.io/podvolumebackups: patch update',
    'velero.io/podvolumerestores: patch update',
    'velero.io/datauploads: patch update',
    'velero.io/datadownloads: patch update',
    'velero.io/backuprepositories: create',
    '/configmaps: get',
  ]);
});

const PODS = ['/pods: create delete', '/pods/log: get', '/events: create get list patch watch', 'apps/daemonsets: get'];

test.each<[string, Partial<VeleroInstallProps>]>([
  ['from 1.17, a pod for each volume', { version: VeleroVersion.V1_17_2 }],
  ['with CSI snapshots, data movers', { ...FILE_SYSTEM_ONLY, ...SNAPSHOTS }],
])('it starts pods: %s', (_, props) => {
  expect(rights('Role', props)).toEqual(expect.arrayContaining(PODS));
  expect(rights('ClusterRole', props)).toContain('scheduling.k8s.io/priorityclasses: get');
});

test('with CSI snapshots it makes volumes and puts them behind the claims of applications', () => {
  const withoutSnapshots = { cluster: rights('ClusterRole', {}), namespace: rights('Role', {}) };
  expect(rights('ClusterRole', SNAPSHOTS).filter(right => !withoutSnapshots.cluster.includes(right))).toEqual([
    'storage.k8s.io/storageclasses: get list',
    'storage.k8s.io/volumeattachments: get list',
    '/persistentvolumeclaims: patch update',
    '/persistentvolumes: delete patch update',
    '/configmaps: get',
    'snapshot.storage.k8s.io/volumesnapshots: delete get list',
    'snapshot.storage.k8s.io/volumesnapshotcontents: create delete get list patch update',
  ]);
  expect(rights('Role', SNAPSHOTS).filter(right => !withoutSnapshots.namespace.includes(right))).toEqual([
    '/persistentvolumeclaims: create delete',
    'snapshot.storage.k8s.io/volumesnapshots: create',
    '/secrets: create delete get list',
    '/configmaps: create delete get list',
  ]);
});

test('with cache volumes it makes those', () => {
  const props = { nodeAgent: { cacheVolumes: { storageClass: 'scratch' } } };
  expect(rights('ClusterRole', props).slice(-2)).toEqual(['storage.k8s.io/storageclasses: get', '/persistentvolumes: patch']);
  expect(rights('Role', props).slice(-1)).toEqual(['/persistentvolumeclaims: create delete']);
});

test('it never has every right, and never those of roles', () => {
  for (const right of [...rights('ClusterRole', SNAPSHOTS), ...rights('Role', SNAPSHOTS)]) {
    expect(right).not.toMatch(/\*|rbac|impersonate|escalate|bind/);
  }
});

test('both bindings are its own', () => {
  const objects = emitted();
  const subjects = [{ kind: 'ServiceAccount', name: 'velero-node-agent', namespace: 'velero' }];
  expect(object(objects, 'RoleBinding')).toMatchObject({
    metadata: { name: 'velero-node-agent', namespace: 'velero' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'velero-node-agent' },
    subjects,
  });
  expect(object(objects, 'ClusterRoleBinding', 'velero-node-agent')).toMatchObject({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'velero-node-agent' }, subjects,
  });
});
