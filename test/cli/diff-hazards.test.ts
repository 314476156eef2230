import { reportOf } from '../../src/cli/diff-report';
import { edited, modelOf, type Objects } from '../diff/manifests';

/** What is other, from what, and the worst that is told. */
type Row = readonly [what: string, is: (all: Objects) => void, was: (all: Objects) => void, worst: string];

const nothing = () => undefined;

function add(all: Objects, apiVersion: string, kind: string, more: object, metadata: object = {}): void {
  all[`${kind} x`] = { apiVersion, kind, metadata: { name: 'x', namespace: 'velero', ...metadata }, ...more };
}

const claim = (spec: object) => (all: Objects) => add(all, 'objectbucket.io/v1alpha1', 'ObjectBucketClaim', { spec: { bucketName: 'offsite', storageClassName: 'fast', ...spec } });
const store = (spec: object) => (all: Objects) => add(all, 'ceph.rook.io/v1', 'CephObjectStore', { spec });
const subjects = (...names: string[]) => (all: Objects) => {
  all['ClusterRoleBinding velero'].subjects = names.map(name => ({ kind: 'ServiceAccount', name, namespace: 'velero' }));
  all['Deployment velero'].spec.template.spec.serviceAccountName = 'velero';
};
const args = (...more: string[]) => (all: Objects) => all['Deployment velero'].spec.template.spec.containers[0].args.push(...more);
const application = (edit: (spec: any, metadata: any) => void = nothing) => (all: Objects) => {
  const metadata = { name: 'velero', namespace: 'argocd' };
  const spec = {
    project: 'velero',
    source: { repoURL: 'https://git.example.org/x.git', path: '.', directory: { include: '{a.yaml,all.yaml}' } },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'velero' },
    syncPolicy: { automated: { prune: false } },
  };
  edit(spec, metadata);
  all['Application velero'] = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata, spec };
};
const project = (...kinds: string[]) => (all: Objects) =>
  add(all, 'argoproj.io/v1alpha1', 'AppProject', { spec: { namespaceResourceWhitelist: kinds.map(kind => ({ group: 'velero.io', kind })) } });
const home = (level: string) => (all: Objects) => {
  all['Namespace velero'] = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'velero', labels: { 'pod-security.kubernetes.io/enforce': level } } };
  all['DaemonSet node-agent'].spec.template.spec.volumes = [{ name: 'host-pods', hostPath: { path: '/var/lib/kubelet/pods' } }];
};
const annotated = (key: string, annotation: string, value: string) => (all: Objects) => {
  all[key].metadata.annotations = { ...all[key].metadata.annotations, [annotation]: value };
};
const SYNC = 'argocd.argoproj.io/sync-options';
const unnamed = (all: Objects) => { delete all['Schedule stock'].spec.template.storageLocation; };
const policy = (namespace: string, type = 'Egress') => (all: Objects) =>
  add(all, 'networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, policyTypes: [type] } }, { namespace });
const database = (more: object) => (all: Objects) => add(all, 'postgresql.cnpg.io/v1', 'Cluster', { spec: { instances: 1, ...more } });
const external = (deletionPolicy: string) => (all: Objects) => add(all, 'external-secrets.io/v1', 'ExternalSecret', { spec: { target: { deletionPolicy }, data: [] } });
const set = (whenDeleted: string) => (all: Objects) =>
  Object.assign(all['StatefulSet db'].spec, { persistentVolumeClaimRetentionPolicy: { whenDeleted }, volumeClaimTemplates: [{ metadata: { name: 'd' } }] });
const backup = (ttl: string) => (all: Objects) => add(all, 'velero.io/v1', 'Backup', { spec: { ttl } });
const snapshots = (provider: string) => (all: Objects) => add(all, 'velero.io/v1', 'VolumeSnapshotLocation', { spec: { provider } });
const volume = (persistentVolumeReclaimPolicy: string) => (all: Objects) => add(all, 'v1', 'PersistentVolume', { spec: { persistentVolumeReclaimPolicy } });
const snapshotClass = (deletionPolicy: string) => (all: Objects) => add(all, 'snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass', { driver: 'rbd', deletionPolicy });
const hook = (all: Objects) => Object.assign(all['StatefulSet db'].spec.template.metadata.annotations, {
  'pre.hook.backup.velero.io/command': '["dump"]',
  'pre.hook.backup.velero.io/container': 'db',
  'pre.hook.backup.velero.io/on-error': 'Fail',
  'pre.hook.backup.velero.io/timeout': '30m',
});
const BUCKET_RULE = JSON.stringify({ Rules: [{ ID: 'a', Status: 'Enabled', Expiration: { Days: 1 } }] });

const ROWS: readonly Row[] = [
  ['DeleteBackupRequest added', all => add(all, 'velero.io/v1', 'DeleteBackupRequest', { spec: { backupName: 'a' } }), nothing,
    'destructive object-added DeleteBackupRequest velero/x: added'],
  ['bucket deletes by age', claim({ additionalConfig: { bucketLifecycle: BUCKET_RULE } }), claim({}),
    'destructive check-fails ObjectBucketClaim velero/x: spec.additionalConfig.bucketLifecycle got "Expiration of the rule a", wanted no object of offsite/production to be deleted by its age: BackupStorageLocation velero/offsite keeps backups there [bucket-expires]'],
  ['claim of another bucket', claim({ bucketName: 'other' }), claim({}),
    'notable object-changed ObjectBucketClaim velero/x: spec.bucketName offsite → other'],
  ['claim of less', claim({ additionalConfig: { maxSize: '1M' } }), claim({ additionalConfig: { maxSize: '1T' } }),
    'notable object-changed ObjectBucketClaim velero/x: spec.additionalConfig.maxSize 1T → 1M'],
  ['binding of the server removed', all => { subjects('velero')(all); delete all['ClusterRoleBinding velero']; }, subjects('velero'),
    'destructive permissions-lost ClusterRoleBinding velero/velero: removed: prune deletes it'],
  ['subject of its binding removed', subjects(), subjects('velero'),
    'destructive permissions-lost ClusterRoleBinding velero/velero: no longer names the ServiceAccount of the server'],
  ['controllers disabled that make backups', args('--disable-controllers=schedule,backup'), nothing,
    'destructive server-stopped Deployment velero/velero: --disable-controllers nothing → "schedule,backup"'],
  ['controller disabled that makes none', args('--disable-controllers=gc'), nothing,
    'notable server-changed Deployment velero/velero: --disable-controllers nothing → gc'],
  ['volume policy removed that schedules name', all => { delete all['ConfigMap volumes']; }, nothing,
    'destructive object-removed ConfigMap velero/volumes: removed: prune deletes it'],
  ['no default location for a schedule that names none', all => { unnamed(all); all['BackupStorageLocation offsite'].spec.default = false; }, unnamed,
    'destructive default-location-changed BackupStorageLocation velero/offsite: is not the default any more'],
  ['Application: include drops the file', application(spec => { spec.source.directory.include = 'a.yaml'; }), application(),
    'destructive delivery-changed Application argocd/velero: source.directory.include "{a.yaml,all.yaml}" → a.yaml'],
  ['Application: another path', application(spec => { spec.source.path = 'other'; }), application(),
    'destructive delivery-changed Application argocd/velero: source.path . → other'],
  ['Application: another repository', application(spec => { spec.source.repoURL = 'https://git.example.org/y.git'; }), application(),
    'notable delivery-changed Application argocd/velero: source.repoURL https://git.example.org/x.git → https://git.example.org/y.git'],
  ['Application: prune', application(spec => { spec.syncPolicy.automated.prune = true; }), application(),
    'destructive check-fails Application argocd/velero: spec.syncPolicy.automated.prune got true, wanted Prune=false on CustomResourceDefinition schedules.velero.io, SealedSecret velero/velero-repo-credentials, SealedSecret velero/velero-s3 and 2 more: what disappears from git is deleted with all that hangs on it [argocd-destroys]'],
  ['Application: Replace=true', application(spec => { spec.syncPolicy.syncOptions = ['Replace=true']; }), application(),
    'destructive check-fails Application argocd/velero: spec.syncPolicy.syncOptions got "Replace=true", wanted no Replace=true for all objects: each sync wipes the status of BackupStorageLocation velero/offsite, BackupStorageLocation velero/archive, Schedule velero/orders and 2 more, which Velero lives by [argocd-destroys]'],
  ['Application: another cluster', application(spec => { spec.destination.server = 'https://other'; }), application(),
    'destructive delivery-changed Application argocd/velero: destination.server https://kubernetes.default.svc → https://other'],
  ['Application: allowEmpty', application(spec => { spec.syncPolicy.automated.allowEmpty = true; }), application(),
    'notable delivery-changed Application argocd/velero: syncPolicy.automated.allowEmpty nothing → true'],
  ['Application: cascade', application((_, metadata) => { metadata.finalizers = ['resources-finalizer.argocd.argoproj.io']; }), application(),
    'notable delivery-changed Application argocd/velero: metadata.finalizers'],
  ['AppProject loses a kind', project(), project('Schedule'),
    'destructive delivery-changed AppProject velero/x: namespaceResourceWhitelist'],
  ['AppProject loses a kind of which there is none', project('Schedule'), project('Schedule', 'Restore'),
    'notable delivery-changed AppProject velero/x: namespaceResourceWhitelist'],
  ['Namespace of Velero restricted', home('restricted'), home('privileged'),
    'destructive check-fails Namespace velero: label pod-security.kubernetes.io/enforce got "restricted", wanted privileged: no pod of DaemonSet velero/node-agent is let in otherwise [namespace-not-privileged]'],
  ['NetworkPolicy that denies all', policy('velero'), nothing,
    'destructive check-fails NetworkPolicy velero/x: spec.egress: wanted a way for the maintenance Jobs (velero.io/repo-name, job-name) to the API server, DNS, the object store of offsite, the object store of archive: no policy that selects them gives one [network-blocked]'],
  ['NetworkPolicy of others', policy('orders'), nothing,
    'notable object-added NetworkPolicy orders/x: added'],
  ['NetworkPolicy of others changed', policy('orders', 'Ingress'), policy('orders'),
    'notable object-changed NetworkPolicy orders/x: spec.policyTypes'],
  ['snapshots deleted with their class', snapshotClass('Delete'), snapshotClass('Retain'),
    'notable object-changed VolumeSnapshotClass velero/x: deletionPolicy Retain → Delete'],
  ['volume deleted with its claim', volume('Delete'), volume('Retain'),
    'notable object-changed PersistentVolume velero/x: spec.persistentVolumeReclaimPolicy Retain → Delete'],
  ['pools not kept', store({ preservePoolsOnDelete: false }), store({ preservePoolsOnDelete: true }),
    'notable object-changed CephObjectStore velero/x: spec.preservePoolsOnDelete true → false'],
  ['another zone', store({ zone: { name: 'b' } }), store({ zone: { name: 'a' } }),
    'notable object-changed CephObjectStore velero/x: spec.zone.name a → b'],
  ['no gateway', store({ gateway: { instances: 0 } }), store({ gateway: { instances: 1 } }),
    'notable object-changed CephObjectStore velero/x: spec.gateway.instances 1 → 0'],
  ['Secret deleted with its source', external('Delete'), external('Retain'),
    'notable object-changed ExternalSecret velero/x: spec.target.deletionPolicy'],
  ['VolumeSnapshotLocation removed', nothing, snapshots('a'),
    'notable object-removed VolumeSnapshotLocation velero/x: removed: prune deletes it'],
  ['VolumeSnapshotLocation of another provider', snapshots('b'), snapshots('a'),
    'notable object-changed VolumeSnapshotLocation velero/x: spec.provider a → b'],
  ['StatefulSet that takes its claims along', all => { delete all['StatefulSet db']; }, set('Delete'),
    'destructive object-removed StatefulSet velero/db: removed: prune deletes it'],
  ['StatefulSet that leaves them', all => { delete all['StatefulSet db']; }, set('Retain'),
    'harmless object-removed StatefulSet velero/db: removed: prune deletes it'],
  ['a database saves itself no more', database({}), database({ backup: { barmanObjectStore: {} } }),
    'notable object-changed Cluster velero/x: spec.backup.barmanObjectStore'],
  ['Backup kept for less', backup('1h'), backup('100h'),
    'notable object-changed Backup velero/x: spec.ttl 100h → 1h'],
  ['hook of a pod removed', nothing, hook,
    'notable object-changed StatefulSet velero/db: spec.template.metadata.annotations[\'pre.hook.backup.velero.io/command\'] "[\\"dump\\"]" → nothing, spec.template.metadata.annotations[\'pre.hook.backup.velero.io/container\'] db → nothing and 2 more'],
  ['hook of a pod added', hook, nothing,
    'harmless object-changed StatefulSet velero/db: spec.template.metadata.annotations[\'pre.hook.backup.velero.io/command\'] nothing → "[\\"dump\\"]", spec.template.metadata.annotations[\'pre.hook.backup.velero.io/container\'] nothing → db and 2 more'],
  ['server of another image', all => { all['Deployment velero'].spec.template.spec.containers[0].image = 'busybox:1'; }, nothing,
    'notable server-changed Deployment velero/velero: image velero/velero:v1.16.2 → busybox:1'],
  ['Flux may prune', nothing, annotated('SealedSecret velero-s3', 'kustomize.toolkit.fluxcd.io/prune', 'disabled'),
    'notable sync-options-changed SealedSecret velero/velero-s3: annotation kustomize.toolkit.fluxcd.io/prune'],
  ['Helm may delete', nothing, annotated('Namespace orders', 'helm.sh/resource-policy', 'keep'),
    'notable sync-options-changed Namespace orders: annotation helm.sh/resource-policy keep → nothing'],
  ['claim replaced by force', annotated('PersistentVolumeClaim data', SYNC, 'Replace=true,Force=true'), nothing,
    'destructive sync-options-changed PersistentVolumeClaim velero/data: sync options +Replace=true, +Force=true'],
  ['password replaced by force', annotated('SealedSecret velero-repo-credentials', SYNC, 'Replace=true,Force=true'), nothing,
    'destructive sync-options-changed SealedSecret velero/velero-repo-credentials: sync options +Replace=true, +Force=true'],
  ['Restore added', all => add(all, 'velero.io/v1', 'Restore', { spec: { backupName: 'a' } }), nothing,
    'notable object-added Restore velero/x: added'],
];

function told(is: (all: Objects) => void, was: (all: Objects) => void): readonly string[] {
  return reportOf(modelOf(edited(was)), modelOf(edited(is)), 0).changes.map(({ id, severity, object, message }) => `${severity} ${id} ${object}: ${message}`);
}

test.each(ROWS)('%s', (_, is, was, worst) => {
  expect(told(is, was)[0]).toBe(worst);
});
