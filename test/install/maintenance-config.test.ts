import { emitted, LOCATION, object, server } from './installs';
import { MaintenanceOptions } from '../../src/install/maintenance-options';
import { NodeOperator, Placement } from '../../src/install/placement';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { Uploader } from '../../src/repository/backup-repository';

const PLACE = "VeleroInstall 'test/velero'";
const FAST = { key: 'disk', operator: NodeOperator.IN, values: ['fast'] };
const RESOURCES = { cpuRequest: '100m', memoryRequest: '256Mi', cpuLimit: '1', memoryLimit: '2Gi' };
const NOTHING = { cpuRequest: '0', memoryRequest: '0', cpuLimit: '0', memoryLimit: '0' };
const PLACEMENT: Placement = { nodeSelector: { pool: 'a' }, nodeAffinity: [FAST], priorityClassName: 'backup' };
const AFFINITY = [{ nodeSelector: { matchLabels: { pool: 'a' }, matchExpressions: [FAST] } }];

/** The settings by ConfigMap and by flag. */
function settings(props: Partial<VeleroInstallProps>): { configMap?: any; flags: string[] } {
  const map = emitted(props).find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'repository-maintenance');
  return {
    configMap: map && Object.fromEntries(Object.entries(map.data).map(([key, value]) => [key, JSON.parse(value as string)])),
    flags: server(props).containers[0].args.filter((arg: string) => arg.includes('maintenance')),
  };
}

test('by default Velero has its own way', () => {
  expect(settings({})).toEqual({ flags: [] });
});

test('every option of the newest becomes the key that Velero reads', () => {
  const every: Required<MaintenanceOptions> = {
    resources: { ...RESOURCES, ephemeralStorageRequest: '1Gi', ephemeralStorageLimit: '9Gi' },
    keepLatestJobs: 5,
    nodes: [FAST],
    podLabels: { team: 'platform' },
    podAnnotations: { note: 'x' },
    repositories: [
      { volumeNamespace: 'n8n-prod', location: LOCATION, resources: { memoryLimit: '4Gi' }, keepLatestJobs: 1, nodes: [FAST] },
      { volumeNamespace: 'n8n-prod', location: LOCATION, uploader: Uploader.RESTIC },
    ],
  };
  expect(settings({ maintenance: every, placement: PLACEMENT })).toEqual({
    configMap: {
      'global': {
        loadAffinity: [{ nodeSelector: { matchExpressions: [FAST] } }],
        podResources: { ...RESOURCES, ephemeralStorageRequest: '1Gi', ephemeralStorageLimit: '9Gi' },
        keepLatestMaintenanceJobs: 5,
        priorityClassName: 'backup',
        podLabels: { team: 'platform' },
        podAnnotations: { note: 'x' },
      },
      'n8n-prod-cluster-backups-kopia': {
        loadAffinity: [{ nodeSelector: { matchExpressions: [FAST] } }], podResources: { ...NOTHING, memoryLimit: '4Gi' }, keepLatestMaintenanceJobs: 1,
      },
      'n8n-prod-cluster-backups-restic': {},
    },
    flags: ['--repo-maintenance-job-configmap=repository-maintenance'],
  });
});

const FLAG = '--repo-maintenance-job-configmap=repository-maintenance';

test.each<[VeleroVersion, any]>([
  [VeleroVersion.V1_14_1, {
    flags: [
      '--maintenance-job-cpu-request=100m', '--maintenance-job-mem-request=256Mi', '--maintenance-job-cpu-limit=1', '--maintenance-job-mem-limit=2Gi',
      '--keep-latest-maintenance-jobs=5',
    ],
  }],
  [VeleroVersion.V1_15_2, {
    configMap: { global: { loadAffinity: AFFINITY, podResources: RESOURCES } }, flags: ['--keep-latest-maintenance-jobs=5', FLAG],
  }],
  [VeleroVersion.V1_16_2, {
    configMap: { global: { loadAffinity: AFFINITY, podResources: RESOURCES } }, flags: ['--keep-latest-maintenance-jobs=5', FLAG],
  }],
  [VeleroVersion.V1_17_2, {
    configMap: { global: { loadAffinity: AFFINITY, podResources: RESOURCES, keepLatestMaintenanceJobs: 5, priorityClassName: 'backup' } }, flags: [FLAG],
  }],
])('each setting of %s by what that release reads', (version, expected) => {
  expect(settings({ version, placement: PLACEMENT, maintenance: { resources: RESOURCES, keepLatestJobs: 5 } })).toEqual(expected);
});

test('the Jobs go where the server goes', () => {
  expect(settings({ placement: { nodeSelector: { pool: 'a' } }, server: { placement: { nodeSelector: { pool: 'b' } } } }).configMap)
    .toEqual({ global: { loadAffinity: [{ nodeSelector: { matchLabels: { pool: 'b' } } }] } });
});

test('the ConfigMap comes before its reader', () => {
  expect(object(emitted({ maintenance: { keepLatestJobs: 1 } }), 'ConfigMap').metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-2' });
});

const LEAVE = 'leave it out or change the version';

test.each<[string, Partial<VeleroInstallProps>, string]>([
  ['no Jobs kept, by flag', { version: VeleroVersion.V1_14_1, maintenance: { keepLatestJobs: 0 } }, 'maintenance.keepLatestJobs got 0, wanted more than 0'],
  ['no Jobs kept, by ConfigMap', { maintenance: { keepLatestJobs: 0 } }, 'maintenance.keepLatestJobs got 0, wanted a whole number, 1 or more'],
  ['a request above its limit', { maintenance: { resources: { cpuRequest: '2', cpuLimit: '1' } } },
    'maintenance.resources.cpuRequest got "2", wanted at most its limit, which is 1; raise cpuLimit or lower cpuRequest'],
  ['ephemeral storage on 1.14', { version: VeleroVersion.V1_14_1, maintenance: { resources: { ephemeralStorageLimit: '1Gi' } } },
    `maintenance.resources.ephemeralStorageLimit got "1Gi", wanted Velero >= 1.18.1 for podResources.ephemeralStorageLimit in the repository-maintenance ConfigMap, not 1.14.1; ${LEAVE}`],
  ['ephemeral storage on 1.17', { version: VeleroVersion.V1_17_2, maintenance: { resources: { ephemeralStorageRequest: '1Gi' } } },
    `maintenance.resources.ephemeralStorageRequest got "1Gi", wanted Velero >= 1.18.1 for podResources.ephemeralStorageRequest in the repository-maintenance ConfigMap, not 1.17.2; ${LEAVE}`],
  ['labels before 1.18', { version: VeleroVersion.V1_17_2, maintenance: { podLabels: { a: 'b' } } },
    `maintenance.podLabels got {"a":"b"}, wanted Velero >= 1.18.0 for podLabels in the repository-maintenance ConfigMap, not 1.17.2; ${LEAVE}`],
  ['annotations before 1.18', { version: VeleroVersion.V1_17_2, maintenance: { podAnnotations: { a: 'b' } } },
    `maintenance.podAnnotations got {"a":"b"}, wanted Velero >= 1.18.0 for podAnnotations in the repository-maintenance ConfigMap, not 1.17.2; ${LEAVE}`],
  ['labels that Kubernetes refuses', { maintenance: { podLabels: { a: 'b c' } } },
    'maintenance.podLabels[\'a\'] got "b c", wanted a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'],
  ['a repository of another namespace\'s location', { maintenance: { repositories: [{ volumeNamespace: 'a', location: { ...LOCATION, namespace: 'b' } }] } },
    'maintenance.repositories[0].location got "b/cluster-backups", wanted a location in the install\'s namespace, velero'],
  ['a repository twice', { maintenance: { repositories: [{ volumeNamespace: 'a', location: LOCATION }, { volumeNamespace: 'a', location: LOCATION }] } },
    'maintenance.repositories[1] got "a-cluster-backups-kopia", wanted a repository that no other entry is for; put them into one'],
  ['a repository that keeps none', { maintenance: { repositories: [{ volumeNamespace: 'a', location: LOCATION, keepLatestJobs: 0 }] } },
    'maintenance.repositories[0].keepLatestJobs got 0, wanted a whole number, 1 or more'],
  ['a repository\'s own number before 1.17', { version: VeleroVersion.V1_16_2, maintenance: { repositories: [{ volumeNamespace: 'a', location: LOCATION, keepLatestJobs: 1 }] } },
    `maintenance.repositories[0].keepLatestJobs got 1, wanted Velero >= 1.17.0 for keepLatestMaintenanceJobs in the repository-maintenance ConfigMap, not 1.16.2; ${LEAVE}`],
  ['a repository\'s quantities', { maintenance: { repositories: [{ volumeNamespace: 'a', location: LOCATION, resources: { cpuLimit: 'x' } }] } },
    'maintenance.repositories[0].resources.cpuLimit got "x", wanted a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi'],
  ['a volume namespace with a capital', { maintenance: { repositories: [{ volumeNamespace: 'A B', location: LOCATION }] } },
    'maintenance.repositories[0].volumeNamespace got "A B", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit'],
  ['an uploader that Velero does not know', { maintenance: { repositories: [{ volumeNamespace: 'a', location: LOCATION, uploader: 'rsync' as Uploader }] } },
    'maintenance.repositories[0].uploader got "rsync", wanted one of restic, kopia'],
  ['annotations of two words', { maintenance: { podAnnotations: { 'a b': 'c' } } },
    'maintenance.podAnnotations got "a b", wanted an annotation key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"'],
  ['conditions that a label selector does not have', { maintenance: { nodes: [{ key: 'a', operator: NodeOperator.IN }] } },
    'maintenance.nodes[0].values got [], wanted at least one value with the operator In'],
  ['nodes before 1.15', { version: VeleroVersion.V1_14_1, maintenance: { nodes: [] } },
    `maintenance.nodes got [{"nodeSelector":{"matchExpressions":[]}}], wanted Velero >= 1.15.0 for loadAffinity in the repository-maintenance ConfigMap, not 1.14.1; ${LEAVE}`],
  ['a repository\'s nodes', { maintenance: { repositories: [{ volumeNamespace: 'a', location: LOCATION, nodes: [{ key: 'a', operator: NodeOperator.EXISTS, values: ['b'] }] }] } },
    'maintenance.repositories[0].nodes[0].values got ["b"], wanted no values with the operator Exists'],
])('fails with %s', (_, props, message) => {
  expect(() => emitted(props)).toThrow(new Error(`${PLACE}: ${message}`));
});

test('fails with repositories of their own on 1.14, which has no ConfigMap for them', () => {
  expect(() => emitted({ version: VeleroVersion.V1_14_1, maintenance: { repositories: [{ volumeNamespace: 'a', location: LOCATION }] } })).toThrow(new Error(
    `${PLACE}: maintenance.repositories got [{"volumeNamespace":"a","location":{"locationName":"cluster-backups","namespace":"velero"}}], `
    + `wanted Velero >= 1.15.0 for repositories in the repository-maintenance ConfigMap, not 1.14.1; ${LEAVE}`,
  ));
});
