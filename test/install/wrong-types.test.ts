import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { KOPIA, LOCATION } from './installs';
import { NodeOperator, TaintEffect, TolerationOperator } from '../../src/install/placement';
import { VeleroFeature } from '../../src/install/velero-feature';
import { ImagePullPolicy } from '../../src/install/velero-images';
import { VeleroInstall } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { Uploader } from '../../src/repository/backup-repository';

const PLACE = "VeleroInstall 'test/velero'";
const DURATION = 'a Duration, such as Duration.days(30)';
const REQUIRED = { version: VeleroVersion.V1_18_3, repository: KOPIA, defaultLocation: LOCATION, customResourceDefinitions: false };

/** As plain JavaScript would. */
function install(props: any): VeleroInstall {
  return new VeleroInstall(Testing.chart(), 'velero', props);
}

test.each<[string, any, string]>([
  ['a version as text', { version: '1.18.3' }, "version got \"1.18.3\", wanted a VeleroVersion, such as VeleroVersion.of('1.18.3')"],
  ['no version', { version: undefined }, "version: wanted a VeleroVersion, such as VeleroVersion.of('1.18.3')"],
  ['no repository', { repository: undefined }, 'repository: wanted a repository, such as a KopiaRepository'],
  ['a repository without a password', { repository: { uploader: 'kopia' } }, 'repository got "an object of type Object", wanted a repository, such as a KopiaRepository'],
  ['no location', { defaultLocation: null }, 'defaultLocation got null, wanted a BackupStorageLocation'],
  ['a location by name', { defaultLocation: 'cluster-backups' }, 'defaultLocation got "cluster-backups", wanted a BackupStorageLocation'],
  ['a chart for a location', { defaultLocation: Testing.chart() }, 'defaultLocation got "an object of type Chart", wanted a BackupStorageLocation'],
  ['cpu as a number', { server: { resources: { cpuRequest: 1 } } }, 'server.resources.cpuRequest got 1, wanted a string'],
  ['memory as a Size', { server: { resources: { memoryLimit: Size.gibibytes(1) } } }, 'server.resources.memoryLimit got "an object of type Size", wanted a string'],
  ['seconds as a number', { nodeAgent: { terminationGracePeriod: 300 } }, `nodeAgent.terminationGracePeriod got 300, wanted ${DURATION}`],
  ['a toleration period as a number', { placement: { tolerations: [{ key: 'a', effect: 'NoExecute', tolerationPeriod: 300 }] } },
    `placement.tolerations[0].tolerationPeriod got 300, wanted ${DURATION}`],
  ['a number as text', { server: { concurrentBackups: '3' } }, 'server.concurrentBackups got "3", wanted a number'],
  ['truth as text', { server: { defaultVolumesToFsBackup: 'yes' } }, 'server.defaultVolumesToFsBackup got "yes", wanted true or false'],
  ['a variable as a number', { server: { environment: { A: 5 } } }, "server.environment['A'] got 5, wanted a string"],
  ['variables as a list', { server: { environment: ['A=5'] } }, 'server.environment got "a list", wanted an object'],
  ['a feature without a list', { features: 'EnableCSI' }, 'features got "EnableCSI", wanted a list'],
  ['a list with a gap', { features: [undefined] }, 'features[0]: wanted a string'],
  ['a plugin without an image', { plugins: [{ name: 'a' }] }, 'plugins[0].image: wanted a string'],
  ['definitions in a function', { customResourceDefinitionScope: () => 1 }, 'customResourceDefinitionScope got "a function", wanted a construct, such as a Chart'],
  ['a number beyond JSON', { server: { runAsUser: 1000n } }, 'server.runAsUser got "a bigint", wanted a number'],
  ['an object without a type', { server: Object.create(null, { resources: { value: [], enumerable: true } }) },
    'server.resources got "a list", wanted an object'],
])('fails with %s', (_, props, message) => {
  expect(() => install({ ...REQUIRED, ...props })).toThrow(new Error(`${PLACE}: ${message}`));
});

test.each([undefined, null, {}])('fails with %j for all props, and says everything that is missing', props => {
  expect(() => install(props)).toThrow(new Error([
    `${PLACE}: 3 problems`,
    "  - version: wanted a VeleroVersion, such as VeleroVersion.of('1.18.3')",
    '  - repository: wanted a repository, such as a KopiaRepository',
    '  - defaultLocation: wanted a BackupStorageLocation',
  ].join('\n')));
});

const NODES = [{ key: 'disk', operator: NodeOperator.IN, values: ['fast'] }];
const RESOURCES = { cpuRequest: '1', memoryRequest: '1Gi', ephemeralStorageRequest: '1Gi', cpuLimit: '1', memoryLimit: '1Gi', ephemeralStorageLimit: '1Gi' };
const WORKLOAD = {
  resources: RESOURCES,
  placement: {
    nodeSelector: { pool: 'a' },
    nodeAffinity: NODES,
    tolerations: [{ key: 'a', operator: TolerationOperator.EQUAL, value: 'b', effect: TaintEffect.NO_EXECUTE, tolerationPeriod: Duration.hours(1) }],
    priorityClassName: 'high',
  },
  resourceTimeout: Duration.hours(1),
  metricsPort: 9000,
  extraFlags: { v: '1' },
  environment: { A: 'b' },
  podLabels: { a: 'b' },
  podAnnotations: { a: 'b' },
  serviceAccountAnnotations: { a: 'b' },
  hostAliases: [{ ip: '::1', hostnames: ['a'] }],
  terminationGracePeriod: Duration.hours(1),
};

/** Every kind of value that a prop somewhere can have. */
const FULL = {
  ...REQUIRED,
  namespaceLabels: { a: 'b' },
  namespaceAnnotations: { a: 'b' },
  placement: WORKLOAD.placement,
  images: { server: 'a/b:v1.18.3', restoreHelper: 'a/b:c', pullPolicy: ImagePullPolicy.ALWAYS, pullSecrets: ['a'] },
  plugins: [{ name: 'a', image: 'a/b:c', resources: RESOURCES }],
  features: [VeleroFeature.ENABLE_CSI],
  server: {
    ...WORKLOAD,
    defaultVolumeSnapshotLocations: { a: 'b' },
    restoreResourcePriorities: ['pods'],
    restoreResourceLowPriorities: ['services'],
    globalBackupVolumePoliciesConfigMap: 'a',
    pluginDirectory: '/plugins',
    runAsUser: 1,
    clusterRoleName: 'a',
    defaultVolumesToFsBackup: true,
  },
  nodeAgent: {
    ...WORKLOAD,
    kubeletRootDirectory: '/a',
    maxUnavailable: '1',
    concurrency: 1,
    concurrencyPerNode: [{ nodes: NODES, concurrency: 1 }],
    dataMoverAffinity: [{ nodes: NODES, storageClass: 'a' }],
    dataMoverResources: RESOURCES,
    dataMoverPodLabels: { a: 'b' },
    backupVolumes: { a: { storageClass: 'a', readOnly: true, spcNoRelabeling: true, annotations: { a: 'b' }, secretNames: ['a'], configMapNames: ['a'] } },
    restoreVolumes: { ignoreDelayBinding: true, secretNames: ['a'], configMapNames: ['a'] },
    cacheVolumes: { storageClass: 'a', residentThresholdInMB: 1 },
  },
  maintenance: {
    resources: RESOURCES,
    nodes: NODES,
    podAnnotations: { a: 'b' },
    repositories: [{ volumeNamespace: 'a', location: LOCATION, uploader: Uploader.KOPIA, resources: RESOURCES, keepLatestJobs: 1, nodes: NODES }],
  },
  restoreHelper: { resources: { cpuLimit: '1' }, runAsUser: 1, runAsGroup: 1 },
};

/** Paths to every value inside of plain objects and lists. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  const plain = Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
  return plain ? Object.entries(value as object).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]) : [];
}

function replaced(value: any, [key, ...rest]: string[], by: unknown): any {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = rest.length === 0 ? by : replaced(value[key], rest, by);
  return copy;
}

test('the full props are accepted', () => {
  expect(() => install(FULL)).not.toThrow();
});

const WRONG = [undefined, null, 1, NaN, '', 'x', true, [], [null], {}, { a: null }, () => 1, 1n, Symbol('a'), Duration.hours(1), Size.gibibytes(1), new Chart(Testing.app(), 'a'), new Construct(new Chart(Testing.app(), 'b'), 'c')];

test.each(pathsOf(FULL).map(path => [path.join('.'), path]))('whatever %s is, it is taken or refused in our own words', (_, path) => {
  for (const value of WRONG) {
    const refusal = messageOf(() => install(replaced(FULL, path as string[], value)));
    expect(refusal ?? PLACE).toEqual(expect.stringContaining(PLACE));
    expect(refusal ?? '').not.toMatch(/undefined|TypeError|Cannot|not a function|\[object/);
  }
});

function messageOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
