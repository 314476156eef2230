import { deliver } from '../../src/delivery';

const WAVE = 'argocd.argoproj.io/sync-wave';
const SYNC = 'argocd.argoproj.io/sync-options';
const COMPARE = 'argocd.argoproj.io/compare-options';

test.each([
  ['CustomResourceDefinition', { [WAVE]: '-10', [SYNC]: 'Prune=false,Delete=false,ServerSideApply=true' }],
  ['Namespace', { [WAVE]: '-9', [SYNC]: 'Prune=false,Delete=false' }],
  ['SealedSecret', { [WAVE]: '-6', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['ServiceAccount', { [WAVE]: '-2' }],
  ['ClusterRole', { [WAVE]: '-2' }],
  ['ClusterRoleBinding', { [WAVE]: '-2' }],
  ['Role', { [WAVE]: '-2' }],
  ['RoleBinding', { [WAVE]: '-2' }],
  ['ConfigMap', { [WAVE]: '-2' }],
  ['Service', { [WAVE]: '-2' }],
  ['Deployment', { [WAVE]: '0' }],
  ['DaemonSet', { [WAVE]: '0' }],
  ['BackupStorageLocation', { [WAVE]: '1', [SYNC]: 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true' }],
  ['Schedule', { [WAVE]: '2', [SYNC]: 'Prune=false,SkipDryRunOnMissingResource=true', [COMPARE]: 'IgnoreExtraneous' }],
] as const)('a %s is told how ArgoCD applies it', (kind, annotations) => {
  expect(deliver(kind, { name: 'x' })).toEqual({ name: 'x', annotations });
});

test('what the user annotates wins and nothing else of the metadata is touched', () => {
  const given = { name: 'x', namespace: 'velero', labels: { a: 'b' }, annotations: { [WAVE]: '7', 'example.com/a': 'b' } };
  expect(deliver('Deployment', given)).toEqual(given);
});
