import { type Flag } from './flags';

const BEFORE_ACCOUNTS = [
  'customresourcedefinitions', 'namespaces', 'storageclasses', 'volumesnapshotclass.snapshot.storage.k8s.io',
  'volumesnapshotcontents.snapshot.storage.k8s.io', 'volumesnapshots.snapshot.storage.k8s.io', 'datauploads.velero.io', 'persistentvolumes',
  'persistentvolumeclaims',
];
const ACCOUNTS = ['serviceaccounts', 'secrets', 'configmaps', 'limitranges'];
const ACCOUNTS_WITH_RIGHTS = [
  'clusterroles', 'roles', 'serviceaccounts', 'clusterrolebindings', 'rolebindings', 'secrets', 'configmaps', 'limitranges',
];
const WORKLOADS = ['pods', 'replicasets.apps', 'clusterclasses.cluster.x-k8s.io', 'endpoints', 'services'];
const LAST = ['clusterbootstraps.run.tanzu.vmware.com', 'clusters.cluster.x-k8s.io', 'clusterresourcesets.addons.cluster.x-k8s.io'];
const LAST_WITH_CARVEL = [...LAST, 'apps.kappctrl.k14s.io', 'packageinstalls.packaging.carvel.dev'];

/** The order in which a restore creates resources: what stands before `-` goes first, what stands after it goes last. */
export const RESTORE_PRIORITY_FLAGS: readonly Flag[] = [
  {
    ...priorities([...BEFORE_ACCOUNTS, ...ACCOUNTS, ...WORKLOADS], LAST),
    until: '1.15.0',
    source: 'v1.14.1 pkg/cmd/server/server.go:229',
  },
  {
    ...priorities([...BEFORE_ACCOUNTS, ...ACCOUNTS, ...WORKLOADS], LAST_WITH_CARVEL),
    since: '1.15.0',
    until: '1.17.0',
    source: 'v1.16.2 pkg/cmd/server/config/config.go:237',
  },
  {
    ...priorities([...BEFORE_ACCOUNTS, ...ACCOUNTS, 'priorityclasses', ...WORKLOADS], LAST_WITH_CARVEL),
    since: '1.17.0',
    until: '1.17.2',
    source: 'v1.17.1 pkg/cmd/server/config/config.go:223',
  },
  {
    ...priorities([...BEFORE_ACCOUNTS, ...ACCOUNTS_WITH_RIGHTS, 'priorityclasses', ...WORKLOADS], LAST_WITH_CARVEL),
    since: '1.17.2',
    source: 'v1.18.3 pkg/cmd/server/config/config.go:237',
  },
];

function priorities(first: string[], last: string[]): Pick<Flag, 'name' | 'type' | 'default'> {
  return { name: 'restore-resource-priorities', type: 'list', default: [...first, '-', ...last].join(',') };
}
