import { between, RELEASES } from './releases';
import { Flag, releaseOf } from '../../src/versions';
import { NODE_AGENT_FLAGS, SERVER_FLAGS } from '../../src/versions/flags';

const SERVER = [
  ['backup-repository-configmap', 'string', ''],
  ['backup-sync-period', 'duration', '1m0s'],
  ['client-burst', 'int', '100'],
  ['client-page-size', 'int', '500'],
  ['client-qps', 'float', '100'],
  ['concurrent-backups', 'int', '1'],
  ['default-backup-storage-location', 'string', 'default'],
  ['default-backup-ttl', 'duration', '720h0m0s'],
  ['default-item-operation-timeout', 'duration', '4h0m0s'],
  ['default-repo-maintain-frequency', 'duration', '0s'],
  ['default-snapshot-move-data', 'bool', 'false'],
  ['default-volume-snapshot-locations', 'map', ''],
  ['default-volumes-to-fs-backup', 'bool', 'false'],
  ['disable-controllers', 'list', ''],
  ['disable-informer-cache', 'bool', 'false'],
  ['fs-backup-timeout', 'duration', '4h0m0s'],
  ['garbage-collection-frequency', 'duration', '0s'],
  ['global-backup-volume-policies-configmap', 'string', ''],
  ['item-block-worker-count', 'int', '1'],
  ['item-operation-sync-frequency', 'duration', '0s'],
  ['log-format', 'string', 'text'],
  ['log-level', 'string', 'info'],
  ['max-concurrent-k8s-connections', 'int', '30'],
  ['metrics-address', 'string', ':8085'],
  ['plugin-dir', 'string', '/plugins'],
  ['profiler-address', 'string', 'localhost:6060'],
  ['repo-maintenance-job-configmap', 'string', ''],
  ['resource-timeout', 'duration', '10m0s'],
  ['restore-only', 'bool', 'false'],
  ['schedule-skip-immediately', 'bool', 'false'],
  ['store-validation-frequency', 'duration', '1m0s'],
  ['terminating-resource-timeout', 'duration', '10m0s'],
  ['uploader-type', 'string', 'kopia'],
  ['volume-group-snapshot-label-key', 'string', 'velero.io/volume-group'],
];

const NODE_AGENT = [
  ['backup-repository-configmap', 'string', ''],
  ['data-mover-prepare-timeout', 'duration', '30m0s'],
  ['log-format', 'string', 'text'],
  ['log-level', 'string', 'info'],
  ['metrics-address', 'string', ':8085'],
  ['node-agent-configmap', 'string', ''],
  ['resource-timeout', 'duration', '10m0s'],
  ['add_dir_header', 'bool', 'false'],
  ['alsologtostderr', 'bool', 'false'],
  ['alsologtostderrthreshold', 'string', '0'],
  ['colorized', 'bool', 'true'],
  ['features', 'list', ''],
  ['kubeconfig', 'string', ''],
  ['kubecontext', 'string', ''],
  ['legacy_stderr_threshold_behavior', 'bool', 'true'],
  ['log_backtrace_at', 'string', ':0'],
  ['log_dir', 'string', ''],
  ['log_file', 'string', ''],
  ['log_file_max_size', 'int', '1800'],
  ['logtostderr', 'bool', 'true'],
  ['namespace', 'string', 'velero'],
  ['one_output', 'bool', 'false'],
  ['skip_headers', 'bool', 'false'],
  ['skip_log_headers', 'bool', 'false'],
  ['stderrthreshold', 'string', '2'],
  ['v', 'int', '0'],
  ['vmodule', 'list', ''],
];

/** The others are flags of every command of the program. */
const OWN_NODE_AGENT = [
  'backup-repository-configmap', 'data-mover-prepare-timeout', 'log-format', 'log-level', 'metrics-address', 'node-agent-configmap', 'resource-timeout',
];

describe('server', () => {
  test.each(SERVER)('1.18.3: --%s is a %s, %j when not given', (name, type, value) => {
    expect(releaseOf('1.18.3').serverFlags.get(name)).toMatchObject({ type, default: value });
  });

  test('has these flags, those of the program and no others', () => {
    const program = NODE_AGENT.map(([name]) => name).filter(name => !OWN_NODE_AGENT.includes(name));
    const names = [...SERVER.map(([name]) => name), 'restore-resource-priorities', ...program];

    expect([...releaseOf('1.18.3').serverFlags.keys()].sort()).toEqual(names.sort());
  });

  test.each([
    ['backup-repository-configmap', '1.15.0', undefined],
    ['repo-maintenance-job-configmap', '1.15.0', undefined],
    ['item-block-worker-count', '1.16.0', undefined],
    ['volume-group-snapshot-label-key', '1.17.0', undefined],
    ['concurrent-backups', '1.18.0', undefined],
    ['global-backup-volume-policies-configmap', '1.18.3', undefined],
    ['alsologtostderrthreshold', '1.18.2', undefined],
    ['legacy_stderr_threshold_behavior', '1.18.2', undefined],
    ['keep-latest-maintenance-jobs', undefined, '1.17.0'],
    ['maintenance-job-cpu-request', undefined, '1.17.0'],
    ['maintenance-job-mem-request', undefined, '1.17.0'],
    ['maintenance-job-cpu-limit', undefined, '1.17.0'],
    ['maintenance-job-mem-limit', undefined, '1.17.0'],
    ['node-agent-configmap', 'never', undefined],
  ])('--%s from %s until %s', (name, since, until) => {
    expect(RELEASES.filter(version => releaseOf(version).serverFlags.has(name))).toEqual(between(since, until));
  });

  test.each([
    ['1.14.1', 'restic', ''],
    ['1.15.0', 'restic', '0'],
    ['1.16.2', 'restic', '0'],
    ['1.17.0', 'kopia', undefined],
    ['1.18.3', 'kopia', undefined],
  ])('%s: what changed: uploader %s, maintenance Jobs with %j', (version, uploader, amount) => {
    const { serverFlags } = releaseOf(version);

    expect(serverFlags.get('uploader-type')!.default).toBe(uploader);
    for (const name of ['cpu-request', 'mem-request', 'cpu-limit', 'mem-limit']) {
      expect(serverFlags.get(`maintenance-job-${name}`)?.default).toBe(amount);
    }
  });

  test('keeps three maintenance Jobs', () => {
    expect(releaseOf('1.16.2').serverFlags.get('keep-latest-maintenance-jobs')).toMatchObject({ type: 'int', default: '3' });
  });

  const FIRST = 'customresourcedefinitions,namespaces,storageclasses,volumesnapshotclass.snapshot.storage.k8s.io,'
    + 'volumesnapshotcontents.snapshot.storage.k8s.io,volumesnapshots.snapshot.storage.k8s.io,datauploads.velero.io,persistentvolumes,persistentvolumeclaims';
  const WORKLOADS = 'pods,replicasets.apps,clusterclasses.cluster.x-k8s.io,endpoints,services';
  const LAST = 'clusterbootstraps.run.tanzu.vmware.com,clusters.cluster.x-k8s.io,clusterresourcesets.addons.cluster.x-k8s.io';
  const CARVEL = 'apps.kappctrl.k14s.io,packageinstalls.packaging.carvel.dev';
  const WITH_RIGHTS = 'clusterroles,roles,serviceaccounts,clusterrolebindings,rolebindings,secrets,configmaps,limitranges';

  test.each([
    ['1.14.0', `${FIRST},serviceaccounts,secrets,configmaps,limitranges,${WORKLOADS},-,${LAST}`],
    ['1.14.1', `${FIRST},serviceaccounts,secrets,configmaps,limitranges,${WORKLOADS},-,${LAST}`],
    ['1.15.0', `${FIRST},serviceaccounts,secrets,configmaps,limitranges,${WORKLOADS},-,${LAST},${CARVEL}`],
    ['1.16.2', `${FIRST},serviceaccounts,secrets,configmaps,limitranges,${WORKLOADS},-,${LAST},${CARVEL}`],
    ['1.17.1', `${FIRST},serviceaccounts,secrets,configmaps,limitranges,priorityclasses,${WORKLOADS},-,${LAST},${CARVEL}`],
    ['1.17.2', `${FIRST},${WITH_RIGHTS},priorityclasses,${WORKLOADS},-,${LAST},${CARVEL}`],
    ['1.18.3', `${FIRST},${WITH_RIGHTS},priorityclasses,${WORKLOADS},-,${LAST},${CARVEL}`],
  ])('%s: restores in its order', (version, order) => {
    expect(releaseOf(version).serverFlags.get('restore-resource-priorities')).toMatchObject({ type: 'list', default: order });
  });

  test.each([
    ['1.14.1', []],
    ['1.17.2', []],
    ['1.18.0', ['backup-queue']],
    ['1.18.3', ['backup-queue']],
  ])('%s: tells which controllers can be disabled', (version, added) => {
    expect(releaseOf(version).serverFlags.get('disable-controllers')!.values).toEqual([
      ...added,
      'backup', 'backup-operations', 'backup-deletion', 'backup-finalizer', 'backup-sync', 'download-request', 'gc', 'backup-repo', 'restore',
      'restore-operations', 'schedule', 'server-status-request', 'restore-finalizer',
    ]);
  });

  const ALWAYS = { 'default-backup-storage-location': 'set default on the location', 'restore-only': 'make the locations read-only' };
  const MOVED = 'set it in the ConfigMap of --repo-maintenance-job-configmap';

  test.each([
    ['1.14.1', ALWAYS],
    ['1.16.2', {
      ...ALWAYS,
      'maintenance-job-cpu-request': MOVED,
      'maintenance-job-mem-request': MOVED,
      'maintenance-job-cpu-limit': MOVED,
      'maintenance-job-mem-limit': MOVED,
    }],
    ['1.18.3', ALWAYS],
  ])('%s: tells what is deprecated and what to do instead', (version, deprecated) => {
    const flags = [...releaseOf(version).serverFlags.values()].filter(flag => flag.deprecated !== undefined);

    expect(Object.fromEntries(flags.map(flag => [flag.name, flag.deprecated]))).toEqual(deprecated);
  });
});

describe('node-agent', () => {
  test.each(NODE_AGENT)('1.18.3: --%s is a %s, %j when not given', (name, type, value) => {
    expect(releaseOf('1.18.3').nodeAgentFlags.get(name)).toMatchObject({ type, default: value });
  });

  test('has these flags and no others', () => {
    expect([...releaseOf('1.18.3').nodeAgentFlags.keys()].sort()).toEqual(NODE_AGENT.map(([name]) => name).sort());
  });

  test.each([
    ['node-agent-configmap', '1.15.0'],
    ['backup-repository-configmap', '1.18.0'],
    ['legacy_stderr_threshold_behavior', '1.18.2'],
    ['uploader-type', 'never'],
  ])('--%s from %s', (name, since) => {
    expect(RELEASES.filter(version => releaseOf(version).nodeAgentFlags.has(name))).toEqual(between(since));
  });
});

test('both log on the same levels in the same formats', () => {
  for (const flags of [releaseOf('1.18.3').serverFlags, releaseOf('1.18.3').nodeAgentFlags]) {
    expect(flags.get('log-level')!.values).toEqual(['trace', 'debug', 'info', 'warning', 'error', 'fatal', 'panic']);
    expect(flags.get('log-format')!.values).toEqual(['text', 'json']);
  }
});

test.each([
  ['1.14.1', 52, 23],
  ['1.15.2', 54, 24],
  ['1.16.2', 55, 24],
  ['1.17.2', 51, 24],
  ['1.18.3', 55, 27],
])('%s: %d flags of the server, %d of node-agent', (version, server, nodeAgent) => {
  expect([releaseOf(version).serverFlags.size, releaseOf(version).nodeAgentFlags.size]).toEqual([server, nodeAgent]);
});

test.each([
  ['server', SERVER_FLAGS, (version: string) => releaseOf(version).serverFlags],
  ['node-agent', NODE_AGENT_FLAGS, (version: string) => releaseOf(version).nodeAgentFlags],
])('%s: every row is of some release, none of the same as another row, each has its source', (_, rows: readonly Flag[], flagsOf) => {
  const found = new Set(RELEASES.flatMap(version => [...flagsOf(version).values()]));

  expect([...found].sort(byPlaceIn(rows))).toEqual(rows);
  rows.forEach(({ source }) => expect(source).toMatch(/^v1\.1[4-8]\.\d (k8s\.io\/klog\/v2 v2\.\d+\.\d )?[\w/.]+\.go:\d+$/));
});

function byPlaceIn(rows: readonly Flag[]): (one: Flag, other: Flag) => number {
  return (one, other) => rows.indexOf(one) - rows.indexOf(other);
}
