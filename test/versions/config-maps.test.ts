import { between, RELEASES } from './releases';
import { ConfigMapName, releaseOf } from '../../src/versions';
import { CONFIG_MAP_KEYS, configMapKey } from '../../src/versions/config-maps';

const POD_RESOURCES: [string, string][] = [
  ['podResources', '1.15.0'],
  ['podResources.cpuRequest', '1.15.0'],
  ['podResources.cpuLimit', '1.15.0'],
  ['podResources.memoryRequest', '1.15.0'],
  ['podResources.memoryLimit', '1.15.0'],
  ['podResources.ephemeralStorageRequest', '1.18.1'],
  ['podResources.ephemeralStorageLimit', '1.18.1'],
];

/** Every key with the release it came with. */
const KEYS: Record<ConfigMapName, [string, string?][]> = {
  'node-agent': [
    ['loadConcurrency'],
    ['loadConcurrency.globalConfig'],
    ['loadConcurrency.perNodeConfig'],
    ['loadConcurrency.perNodeConfig.nodeSelector'],
    ['loadConcurrency.perNodeConfig.number'],
    ['loadConcurrency.prepareQueueLength', '1.17.0'],
    ['loadAffinity'],
    ['loadAffinity.nodeSelector'],
    ['loadAffinity.storageClass', '1.17.0'],
    ['backupPVC', '1.15.0'],
    ['backupPVC.storageClass', '1.15.0'],
    ['backupPVC.readOnly', '1.15.0'],
    ['backupPVC.spcNoRelabeling', '1.15.0'],
    ['backupPVC.annotations', '1.17.1'],
    ['backupPVC.secretNames', '1.18.3'],
    ['backupPVC.configMapNames', '1.18.3'],
    ['restorePVC', '1.16.0'],
    ['restorePVC.ignoreDelayBinding', '1.16.0'],
    ['restorePVC.secretNames', '1.18.3'],
    ['restorePVC.configMapNames', '1.18.3'],
    ...POD_RESOURCES,
    ['priorityClassName', '1.17.0'],
    ['privilegedFsBackup', '1.17.1'],
    ['cachePVC', '1.18.0'],
    ['cachePVC.storageClass', '1.18.0'],
    ['cachePVC.residentThresholdInMB', '1.18.0'],
    ['podAnnotations', '1.18.0'],
    ['podLabels', '1.18.0'],
  ],
  'repository-maintenance': [
    ['loadAffinity', '1.15.0'],
    ['loadAffinity.nodeSelector', '1.15.0'],
    ['loadAffinity.storageClass', '1.17.0'],
    ...POD_RESOURCES,
    ['keepLatestMaintenanceJobs', '1.17.0'],
    ['priorityClassName', '1.17.0'],
    ['podAnnotations', '1.18.0'],
    ['podLabels', '1.18.0'],
    ['repositories', '1.15.0'],
  ],
  'backup-repository': [
    ['cacheLimitMB', '1.15.0'],
    ['fullMaintenanceInterval', '1.16.0'],
  ],
};

const CONFIG_MAPS = Object.keys(KEYS) as ConfigMapName[];
const ROWS = CONFIG_MAPS.flatMap(configMap => KEYS[configMap].map(([key, since]) => [configMap, key, since ?? RELEASES[0]] as const));

test.each(ROWS)('%s: %s is read from %s', (configMap, key, since) => {
  expect(RELEASES.filter(version => releaseOf(version).readsConfigMapKey(configMap, key))).toEqual(between(since));
});

test.each(CONFIG_MAPS)('%s: no others, each with its source', configMap => {
  const keys = CONFIG_MAP_KEYS[configMap];

  expect(keys.map(({ name }) => name).sort()).toEqual(KEYS[configMap].map(([name]) => name).sort());
  keys.forEach(({ source }) => expect(source).toMatch(/^v1\.18\.3 pkg\/.+\.go:\d+/));
});

test('tells which values are accepted', () => {
  expect(configMapKey('backup-repository', 'fullMaintenanceInterval')!.values).toEqual(['normalGC', 'fastGC', 'eagerGC']);
});

test('reads nothing that it does not know', () => {
  expect(configMapKey('node-agent', 'tolerations')).toBeUndefined();
  expect(releaseOf('1.18.3').readsConfigMapKey('node-agent', 'tolerations')).toBe(false);
});
