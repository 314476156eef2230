import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { ArgoCdSettings, ArgoCdSettingsProps } from '../../src';
import { HEALTH_CHECKS } from '../../src/delivery/health-checks';

const KEY = 'resource.customizations.health.';

function settings(props: ArgoCdSettingsProps): any {
  const chart = Testing.chart();
  return ApiObject.of(new ArgoCdSettings(chart, 'settings', props)).toJson();
}

function checksIn({ data }: any): string[] {
  return Object.keys(data).filter(key => key.startsWith(KEY)).map(key => key.slice(KEY.length));
}

function exclusionsIn({ data }: any): any[] {
  return parse(data['resource.exclusions']);
}

const OF_VELERO = [
  'Backup', 'BackupRepository', 'DataDownload', 'DataUpload', 'DeleteBackupRequest', 'DownloadRequest', 'PodVolumeBackup', 'PodVolumeRestore', 'Restore', 'ServerStatusRequest',
];

test('a part of argocd-cm that ArgoCD reads', () => {
  const { apiVersion, kind, metadata, data } = settings({ argoCdVersion: '3.5.1' });
  expect({ apiVersion, kind, metadata }).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cm',
      namespace: 'argocd',
      labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
      annotations: { 'argocd.argoproj.io/sync-wave': '-3', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,ServerSideApply=true' },
    },
  });
  expect(data['resource.customizations.health.velero.io_Schedule']).toBe(HEALTH_CHECKS.find(check => check.kind === 'Schedule')!.lua);
  expect(Object.values(data).every(value => typeof value === 'string')).toBe(true);
});

test('the namespace of ArgoCD', () => {
  expect(settings({ argoCdVersion: '3.5', namespace: 'gitops' }).metadata.namespace).toBe('gitops');
});

test.each([
  ['2.14', ['velero.io_BackupStorageLocation', 'velero.io_Schedule', 'ceph.rook.io_CephObjectStoreUser', 'ceph.rook.io_CephObjectStore', 'objectbucket.io_ObjectBucketClaim']],
  ['3.2.9', ['velero.io_BackupStorageLocation', 'velero.io_Schedule', 'ceph.rook.io_CephObjectStoreUser', 'ceph.rook.io_CephObjectStore', 'objectbucket.io_ObjectBucketClaim']],
  ['3.3.0', ['velero.io_BackupStorageLocation', 'velero.io_Schedule', 'ceph.rook.io_CephObjectStoreUser']],
  ['v3.3.0+f0c3c1a', ['velero.io_BackupStorageLocation', 'velero.io_Schedule', 'ceph.rook.io_CephObjectStoreUser']],
  ['4.0', ['velero.io_BackupStorageLocation', 'velero.io_Schedule', 'ceph.rook.io_CephObjectStoreUser']],
])('the checks that ArgoCD %s does not have', (argoCdVersion, checks) => {
  expect(checksIn(settings({ argoCdVersion }))).toEqual(checks.sort());
});

test('Backups and Restores are watched only where somebody asks for it', () => {
  const watching = settings({ argoCdVersion: '3.5', watchBackups: true });
  expect(checksIn(watching)).toEqual(['ceph.rook.io_CephObjectStoreUser', 'velero.io_Backup', 'velero.io_BackupStorageLocation', 'velero.io_Restore', 'velero.io_Schedule']);
  expect(checksIn(settings({ argoCdVersion: '3.6', watchBackups: true }))).toEqual(['ceph.rook.io_CephObjectStoreUser', 'velero.io_BackupStorageLocation', 'velero.io_Schedule']);
  expect(exclusionsIn(watching).at(-1)).toEqual({ apiGroups: ['velero.io'], kinds: OF_VELERO.filter(kind => kind !== 'Backup' && kind !== 'Restore') });
  expect(exclusionsIn(settings({ argoCdVersion: '3.5' })).at(-1)).toEqual({ apiGroups: ['velero.io'], kinds: OF_VELERO });
});

test('what ArgoCD excludes by itself since 3.0 stays excluded, and what the user excludes', () => {
  const own = { apiGroups: ['example.org'], kinds: ['Noise'], clusters: ['https://*'] };
  const groups = (exclusions: any[]) => exclusions.map(({ apiGroups }) => apiGroups.join(' '));
  expect(groups(exclusionsIn(settings({ argoCdVersion: '2.14.3', exclusions: [own] })))).toEqual(['velero.io', 'example.org']);
  const exclusions = exclusionsIn(settings({ argoCdVersion: '3.0', exclusions: [own] }));
  expect(groups(exclusions)).toEqual([
    ' discovery.k8s.io', 'coordination.k8s.io', 'authentication.k8s.io authorization.k8s.io', 'certificates.k8s.io', 'cert-manager.io', 'cilium.io',
    'kyverno.io reports.kyverno.io wgpolicyk8s.io', 'velero.io', 'example.org',
  ]);
  expect(exclusions.at(-1)).toEqual(own);
});

test.each([
  [undefined, 'ArgoCdSettings \'test/settings\': argoCdVersion: wanted a string'],
  [{}, 'ArgoCdSettings \'test/settings\': argoCdVersion: wanted a string'],
  [{ argoCdVersion: 'latest' }, 'argoCdVersion got "latest", wanted the version of ArgoCD, 2.14 or newer, such as 3.2 or 3.5.1; argocd version --short tells it'],
  [{ argoCdVersion: 'v2.13.4+0f083c9' }, 'argoCdVersion got "v2.13.4+0f083c9", wanted the version of ArgoCD, 2.14 or newer'],
  [{ argoCdVersion: '2.13.4' }, 'argoCdVersion got "2.13.4", wanted the version of ArgoCD, 2.14 or newer'],
  [{ argoCdVersion: '3.5', namespace: 'Argo' }, 'namespace got "Argo", wanted at most 63 lower-case letters'],
  [{ argoCdVersion: '3.5', exclusions: [{ apiGroups: ['a'] }] }, 'exclusions[0].kinds: wanted a list'],
])('refuses %j', (props: any, message) => {
  expect(() => settings(props)).toThrow(message);
});

test('an ArgoCD has one', () => {
  const chart = new Chart(new App(), 'argocd');
  new ArgoCdSettings(chart, 'one', { argoCdVersion: '3.5' });
  new ArgoCdSettings(chart, 'other', { argoCdVersion: '3.5', namespace: 'gitops' });
  expect(() => new ArgoCdSettings(chart, 'again', { argoCdVersion: '3.5' })).toThrow(
    "ArgoCdSettings 'argocd/again': name got \"argocd/argocd-cm\", wanted a ArgoCdSettings that no other construct declares; 'argocd/one' has it already: rename or remove one of them");
});
