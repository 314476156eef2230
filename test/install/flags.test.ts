import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { KOPIA, nodeAgent, repository, server } from './installs';
import { Problems } from '../../src/findings';
import { CommandLine } from '../../src/install/command-line';
import { ServerController, VeleroServerOptions } from '../../src/install/server-options';
import { VeleroVersion } from '../../src/install/velero-version';
import { LogFormat, LogLevel, WorkloadOptions } from '../../src/install/workload-options';
import { Uploader } from '../../src/repository/backup-repository';
import { Flag } from '../../src/versions';
import { SERVER_FLAGS } from '../../src/versions/flags';

const VERSIONS = [VeleroVersion.V1_14_1, VeleroVersion.V1_15_2, VeleroVersion.V1_16_2, VeleroVersion.V1_17_2, VeleroVersion.V1_18_3];

type Own = Required<Omit<VeleroServerOptions, Exclude<keyof WorkloadOptions, 'logLevel' | 'logFormat' | 'resourceTimeout'>>>;

/** Every prop of the server that becomes a flag, with the flag. */
const EVERY: { [prop in keyof Own]: [Own[prop], string] } = {
  backupSyncPeriod: [Duration.minutes(2), '--backup-sync-period=2m0s'],
  clientBurst: [150, '--client-burst=150'],
  clientPageSize: [0, '--client-page-size=0'],
  clientQps: [50.5, '--client-qps=50.5'],
  concurrentBackups: [2, '--concurrent-backups=2'],
  defaultBackupTtl: [Duration.days(7), '--default-backup-ttl=168h0m0s'],
  defaultItemOperationTimeout: [Duration.hours(2), '--default-item-operation-timeout=2h0m0s'],
  defaultSnapshotMoveData: [false, '--default-snapshot-move-data=false'],
  defaultVolumeSnapshotLocations: [{ aws: 'one', csi: 'two' }, '--default-volume-snapshot-locations=aws:one,csi:two'],
  defaultVolumesToFsBackup: [true, '--default-volumes-to-fs-backup=true'],
  disableControllers: [[ServerController.BACKUP_QUEUE, ServerController.GARBAGE_COLLECTION], '--disable-controllers=backup-queue,gc'],
  disableInformerCache: [true, '--disable-informer-cache=true'],
  fsBackupTimeout: [Duration.hours(6), '--fs-backup-timeout=6h0m0s'],
  garbageCollectionFrequency: [Duration.minutes(30), '--garbage-collection-frequency=30m0s'],
  globalBackupVolumePoliciesConfigMap: ['policies', '--global-backup-volume-policies-configmap=policies'],
  itemBlockWorkerCount: [4, '--item-block-worker-count=4'],
  itemOperationSyncFrequency: [Duration.seconds(20), '--item-operation-sync-frequency=20s'],
  logFormat: [LogFormat.JSON, '--log-format=json'],
  logLevel: [LogLevel.DEBUG, '--log-level=debug'],
  maxConcurrentK8sConnections: [40, '--max-concurrent-k8s-connections=40'],
  pluginDirectory: ['/extra', '--plugin-dir=/extra'],
  profilerAddress: ['', '--profiler-address='],
  resourceTimeout: [Duration.minutes(5), '--resource-timeout=5m0s'],
  restoreOnly: [true, '--restore-only=true'],
  restoreResourcePriorities: [['namespaces', 'pods'], '--restore-resource-priorities=namespaces,pods,-,services'],
  restoreResourceLowPriorities: [['services'], '--restore-resource-priorities=namespaces,pods,-,services'],
  scheduleSkipImmediately: [true, '--schedule-skip-immediately=true'],
  storeValidationFrequency: [Duration.seconds(0), '--store-validation-frequency=0s'],
  terminatingResourceTimeout: [Duration.minutes(20), '--terminating-resource-timeout=20m0s'],
  volumeGroupSnapshotLabelKey: ['group', '--volume-group-snapshot-label-key=group'],
  // No flags, but what decides the pod.
  runAsUser: [2000, 'server'],
  runAsGroup: [2000, 'server'],
  clusterRoleName: ['narrow', 'server'],
};

/** A value that is not the default but that the flag takes. */
function example({ name, type, values }: Flag): string {
  const byType = { bool: 'true', int: '7', float: '1.5', duration: '3m0s', string: 'text', list: 'text', map: 'key:value' };
  return name === 'restore-resource-priorities' ? 'pods' : values?.[0] ?? byType[type];
}

test('every prop reaches its flag', () => {
  const options = Object.fromEntries(Object.entries(EVERY).map(([prop, [value]]) => [prop, value])) as Own;
  const { args } = server({ server: options }).containers[0];
  for (const [, flag] of Object.values(EVERY)) {
    expect(args).toContain(flag);
  }
});

test('priorities without low ones have no dash', () => {
  expect(server({ server: { restoreResourcePriorities: ['pods'] } }).containers[0].args).toContain('--restore-resource-priorities=pods');
});

/** Flags that other props of the install decide. */
const BY_INSTALL: { [flag: string]: string } = {
  'backup-repository-configmap': 'repository',
  'default-backup-storage-location': 'defaultLocation',
  'default-repo-maintain-frequency': 'maintenanceFrequency of the repository',
  'features': 'features',
  'keep-latest-maintenance-jobs': 'maintenance.keepLatestJobs',
  'maintenance-job-cpu-limit': 'maintenance.resources',
  'maintenance-job-cpu-request': 'maintenance.resources',
  'maintenance-job-mem-limit': 'maintenance.resources',
  'maintenance-job-mem-request': 'maintenance.resources',
  'namespace': 'namespace',
  'repo-maintenance-job-configmap': 'maintenance',
  'uploader-type': 'repository',
};

/** Each flag of a program is set by its prop or by name, never by both. */
function expectReachable(program: 'server' | 'nodeAgent', version: VeleroVersion, flags: Iterable<Flag>, props: { [flag: string]: string }) {
  for (const flag of flags) {
    const value = example(flag);
    const pod = () => (program === 'server' ? server : nodeAgent)({ version, [program]: { extraFlags: { [flag.name]: value } } });
    if (flag.name in props) {
      expect(pod).toThrow(new Error(
        `VeleroInstall 'test/velero': ${program}.extraFlags['${flag.name}'] got "${value}", wanted a flag that no prop sets; use ${props[flag.name]}`,
      ));
    } else {
      expect(pod().containers[0].args).toContain(`--${flag.name}=${value}`);
    }
  }
}

test.each(VERSIONS)('every flag of the server of %s is reachable', version => {
  const own = Object.entries(EVERY).filter(([, [, flag]]) => flag.startsWith('--')).map(([prop, [, flag]]) => [flag.slice(2).split('=')[0], `server.${prop}`]);
  expectReachable('server', version, version._release.serverFlags.values(), {
    ...BY_INSTALL, ...Object.fromEntries(own), 'metrics-address': 'server.metricsPort', 'restore-resource-priorities': 'server.restoreResourcePriorities',
  });
});

test.each(VERSIONS)('every flag of node-agent of %s is reachable', version => {
  expectReachable('nodeAgent', version, version._release.nodeAgentFlags.values(), {
    ...BY_INSTALL,
    'data-mover-prepare-timeout': 'nodeAgent.dataMoverPrepareTimeout',
    'log-format': 'nodeAgent.logFormat',
    'log-level': 'nodeAgent.logLevel',
    'metrics-address': 'nodeAgent.metricsPort',
    'node-agent-configmap': 'the props of nodeAgent',
    'resource-timeout': 'nodeAgent.resourceTimeout',
  });
});

test('node-agent has its flags', () => {
  expect(nodeAgent({
    nodeAgent: {
      dataMoverPrepareTimeout: Duration.hours(1), resourceTimeout: Duration.minutes(1), logLevel: LogLevel.TRACE, logFormat: LogFormat.TEXT, extraFlags: { v: '4' },
    },
  }).containers[0].args).toEqual([
    'node-agent', 'server', '--resource-timeout=1m0s', '--log-level=trace', '--log-format=text', '--data-mover-prepare-timeout=1h0m0s', '--v=4',
  ]);
});

describe('the repository decides', () => {
  test.each<[VeleroVersion, Uploader]>(VERSIONS.flatMap(version => [Uploader.KOPIA, Uploader.RESTIC]
    .filter(uploader => version.supports(uploader)).map((uploader): [VeleroVersion, Uploader] => [version, uploader])))('the uploader: %s with %s', (version, uploader) => {
    const props = { version, repository: repository(uploader) };
    expect(server(props).containers[0].args).toContain(`--uploader-type=${uploader}`);
    expect(nodeAgent(props).containers[0].args.join(' ')).not.toContain('uploader');
  });

  test('the frequency of maintenance and the ConfigMap, which node-agent reads from 1.18', () => {
    const more = { ...KOPIA, maintenanceFrequency: Duration.hours(2), configMapName: 'backup-repository' };
    expect(server({ repository: more }).containers[0].args)
      .toEqual(expect.arrayContaining(['--default-repo-maintain-frequency=2h0m0s', '--backup-repository-configmap=backup-repository']));
    expect(nodeAgent({ repository: more }).containers[0].args).toContain('--backup-repository-configmap=backup-repository');
    expect(nodeAgent({ repository: more, version: VeleroVersion.V1_17_2 }).containers[0].args).toEqual(['node-agent', 'server']);
  });
});

test('whatever a user writes, a flag is one argument on one line, or refused', () => {
  fc.assert(fc.property(fc.constantFrom('v', 'vmodule', 'log_dir', 'colorized', 'x'), fc.string(), (name, value) => {
    const problems = new Problems('VeleroInstall');
    const { serverFlags: flags } = VeleroVersion.V1_18_3._release;
    const line = new CommandLine({ name: 'server', flags, everyFlag: SERVER_FLAGS }, VeleroVersion.V1_18_3._release, problems);
    line.setExtra('extraFlags', { [name]: value }, new Map());
    const refused = problems.toString() !== 'VeleroInstall: 0 problems';
    expect(line.toArguments()).toEqual(refused ? [] : [`--${name}=${value}`]);
    expect(line.toArguments().join()).not.toContain('\n');
  }), { seed: 1 });
});
