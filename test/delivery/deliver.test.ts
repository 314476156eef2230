import { deliver } from '../../src/delivery';
import { DELIVERY } from '../../src/delivery/table';

const WAVE = 'argocd.argoproj.io/sync-wave';
const SYNC = 'argocd.argoproj.io/sync-options';
const COMPARE = 'argocd.argoproj.io/compare-options';

const TOLD = [
  ['CustomResourceDefinition', { [WAVE]: '-10', [SYNC]: 'Prune=false,Delete=false,ServerSideApply=true' }],
  ['Namespace', { [WAVE]: '-9', [SYNC]: 'Prune=false,Delete=false' }],
  ['CephObjectStore', { [WAVE]: '-8', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['CephObjectRealm', { [WAVE]: '-8', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['CephObjectZoneGroup', { [WAVE]: '-8', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['CephObjectZone', { [WAVE]: '-8', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['SealedSecret', { [WAVE]: '-6', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['ExternalSecret', { [WAVE]: '-6', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['CephObjectStoreUser', { [WAVE]: '-5', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['StorageClass', { [WAVE]: '-5', [SYNC]: 'Prune=false,Delete=false' }],
  ['ObjectBucketClaim', { [WAVE]: '-4', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['ServiceAccount', { [WAVE]: '-2' }],
  ['ClusterRole', { [WAVE]: '-2' }],
  ['ClusterRoleBinding', { [WAVE]: '-2' }],
  ['Role', { [WAVE]: '-2' }],
  ['RoleBinding', { [WAVE]: '-2' }],
  ['ConfigMap', { [WAVE]: '-2' }],
  ['NetworkPolicy', { [WAVE]: '-2' }],
  ['VolumePolicy', { [WAVE]: '-2', [SYNC]: 'Prune=false' }],
  ['Service', { [WAVE]: '-2' }],
  ['Deployment', { [WAVE]: '0' }],
  ['DaemonSet', { [WAVE]: '0' }],
  ['BackupStorageLocation', { [WAVE]: '1', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['Schedule', { [WAVE]: '2', [SYNC]: 'Prune=false,SkipDryRunOnMissingResource=true', [COMPARE]: 'IgnoreExtraneous' }],
  ['PrometheusRule', { [WAVE]: '3', [SYNC]: 'SkipDryRunOnMissingResource=true' }],
  ['ServiceMonitor', { [WAVE]: '3', [SYNC]: 'SkipDryRunOnMissingResource=true' }],
  ['PodMonitor', { [WAVE]: '3', [SYNC]: 'SkipDryRunOnMissingResource=true' }],
  ['CronJob', { [WAVE]: '4' }],
  ['AppProject', { [WAVE]: '-2', [SYNC]: 'Prune=false,Delete=false' }],
  ['DefinitionsApplication', { [WAVE]: '-1', [SYNC]: 'Prune=false,Delete=false' }],
  ['Application', { [WAVE]: '0', [SYNC]: 'Prune=false,Delete=false' }],
  ['ArgoCdSettings', { [WAVE]: '-3', [SYNC]: 'Prune=false,Delete=false,ServerSideApply=true' }],
] as const;

test.each(TOLD)('a %s is told how ArgoCD applies it', (kind, annotations) => {
  expect(deliver(kind, { name: 'x' })).toMatchObject({ name: 'x', annotations });
  expect(deliver(kind, { name: 'x' }).annotations).toEqual(annotations);
});

test('there is no other row', () => {
  expect(TOLD.map(([role]) => role)).toEqual(Object.keys(DELIVERY));
});

test('what the user annotates wins and nothing else of the metadata is touched', () => {
  const given = { name: 'x', namespace: 'velero', labels: { a: 'b' }, annotations: { [WAVE]: '7', 'example.com/a': 'b' } };
  expect(JSON.parse(JSON.stringify(deliver('Deployment', given)))).toEqual(given);
});
