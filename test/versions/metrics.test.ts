import { between, RELEASES } from './releases';
import { releaseOf } from '../../src/versions';
import { NODE_AGENT_METRICS, SERVER_METRICS } from '../../src/versions/metrics';

const BACKUP_COUNTERS = ['attempt', 'success', 'partial_failure', 'failure', 'validation_failure', 'deletion_attempt', 'deletion_success', 'deletion_failure'];
const RESTORE_COUNTERS = ['attempt', 'success', 'partial_failure', 'failed', 'validation_failed'];
const OUTCOMES = ['attempt', 'success', 'failure'];

type Row = [name: string, type: string, labels: string[], since?: string];

const SERVER: Row[] = [
  ...BACKUP_COUNTERS.map((what): Row => [`velero_backup_${what}_total`, 'counter', ['schedule']]),
  ['velero_backup_warning_total', 'counter', ['schedule']],
  ['velero_backup_tarball_size_bytes', 'gauge', ['schedule']],
  ['velero_backup_last_successful_timestamp', 'gauge', ['schedule']],
  ['velero_backup_last_status', 'gauge', ['schedule']],
  ['velero_backup_items_total', 'gauge', ['schedule']],
  ['velero_backup_items_errors', 'gauge', ['schedule']],
  ['velero_backup_duration_seconds', 'histogram', ['schedule']],
  ['velero_backup_total', 'gauge', []],
  ['velero_backup_location_status_gauge', 'gauge', ['backup_location_name'], '1.17.0'],
  ['velero_restore_total', 'gauge', []],
  ...RESTORE_COUNTERS.map((what): Row => [`velero_restore_${what}_total`, 'counter', ['schedule']]),
  ...OUTCOMES.map((what): Row => [`velero_volume_snapshot_${what}_total`, 'counter', ['schedule']]),
  ...OUTCOMES.map((what): Row => [`velero_csi_snapshot_${what}_total`, 'counter', ['schedule', 'backupName']]),
  ['velero_repo_maintenance_success_total', 'counter', ['repository_name'], '1.18.0'],
  ['velero_repo_maintenance_failure_total', 'counter', ['repository_name'], '1.18.0'],
  ['velero_repo_maintenance_duration_seconds', 'histogram', ['repository_name'], '1.18.0'],
];

const OPERATION = ['node', 'operation', 'backupName', 'pod_volume_backup'];

const NODE_AGENT: Row[] = [
  ...['upload', 'download'].flatMap(way => ['success', 'failure', 'cancel'].map((end): Row => [`podVolume_data_${way}_${end}_total`, 'counter', ['node']])),
  ['podVolume_pod_volume_backup_enqueue_count', 'counter', ['node']],
  ['podVolume_pod_volume_backup_dequeue_count', 'counter', ['node']],
  ['podVolume_pod_volume_operation_latency_seconds', 'histogram', OPERATION],
  ['podVolume_pod_volume_operation_latency_seconds_gauge', 'gauge', OPERATION],
];

// A row without a fourth value would get jest's callback there.
test.each(SERVER.map(([name, type, labels, since]) => [name, type, labels, since ?? RELEASES[0]] as const))('server: %s is a %s by %j from %s', (name, type, labels, since) => {
  expect(RELEASES.filter(version => releaseOf(version).serverMetrics.has(name))).toEqual(between(since));
  expect(releaseOf('1.18.3').serverMetrics.get(name)).toMatchObject({ type, labels });
});

test.each(NODE_AGENT)('node-agent: %s is a %s by %j', (name, type, labels) => {
  expect(RELEASES.filter(version => releaseOf(version).nodeAgentMetrics.has(name))).toEqual(RELEASES);
  expect(releaseOf('1.14.0').nodeAgentMetrics.get(name)).toMatchObject({ type, labels });
});

test('there are no others', () => {
  expect(SERVER_METRICS.map(({ name }) => name).sort()).toEqual(SERVER.map(([name]) => name).sort());
  expect(NODE_AGENT_METRICS.map(({ name }) => name).sort()).toEqual(NODE_AGENT.map(([name]) => name).sort());
});

test('every row has its source', () => {
  [...SERVER_METRICS, ...NODE_AGENT_METRICS].forEach(({ source }) => expect(source).toMatch(/^v1\.18\.3 pkg\/metrics\/metrics\.go:\d+$/));
});
