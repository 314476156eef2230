import { Availability } from './availability';

/** A metric of a Velero program, under the name that Prometheus stores. */
export interface Metric extends Availability {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';

  /** Empty for one without labels. The label `schedule` is empty for backups that no Schedule made. */
  readonly labels: readonly string[];

  /** Release, file and line. */
  readonly source: string;
}

/**
 * What `velero server` exposes.
 *
 * `velero_backup_last_status` tells nothing: every look at a Schedule, each minute, sets it back to 1 (v1.18.3 pkg/metrics/metrics.go:530).
 *
 * Checked against the sources by tools/facts/check.sh.
 */
export const SERVER_METRICS: readonly Metric[] = [
  { name: 'velero_backup_attempt_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:132' },
  { name: 'velero_backup_deletion_attempt_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:172' },
  { name: 'velero_backup_deletion_failure_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:188' },
  { name: 'velero_backup_deletion_success_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:180' },
  { name: 'velero_backup_duration_seconds', type: 'histogram', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:196' },
  { name: 'velero_backup_failure_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:156' },
  { name: 'velero_backup_items_errors', type: 'gauge', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:223' },
  { name: 'velero_backup_items_total', type: 'gauge', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:215' },
  { name: 'velero_backup_last_status', type: 'gauge', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:239' },
  { name: 'velero_backup_last_successful_timestamp', type: 'gauge', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:117' },
  { name: 'velero_backup_location_status_gauge', type: 'gauge', labels: ['backup_location_name'], since: '1.17.0', source: 'v1.18.3 pkg/metrics/metrics.go:247' },
  { name: 'velero_backup_partial_failure_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:148' },
  { name: 'velero_backup_success_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:140' },
  { name: 'velero_backup_tarball_size_bytes', type: 'gauge', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:109' },
  { name: 'velero_backup_total', type: 'gauge', labels: [], source: 'v1.18.3 pkg/metrics/metrics.go:125' },
  { name: 'velero_backup_validation_failure_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:164' },
  { name: 'velero_backup_warning_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:231' },
  { name: 'velero_csi_snapshot_attempt_total', type: 'counter', labels: ['schedule', 'backupName'], source: 'v1.18.3 pkg/metrics/metrics.go:326' },
  { name: 'velero_csi_snapshot_failure_total', type: 'counter', labels: ['schedule', 'backupName'], source: 'v1.18.3 pkg/metrics/metrics.go:342' },
  { name: 'velero_csi_snapshot_success_total', type: 'counter', labels: ['schedule', 'backupName'], source: 'v1.18.3 pkg/metrics/metrics.go:334' },
  { name: 'velero_repo_maintenance_duration_seconds', type: 'histogram', labels: ['repository_name'], since: '1.18.0', source: 'v1.18.3 pkg/metrics/metrics.go:366' },
  { name: 'velero_repo_maintenance_failure_total', type: 'counter', labels: ['repository_name'], since: '1.18.0', source: 'v1.18.3 pkg/metrics/metrics.go:358' },
  { name: 'velero_repo_maintenance_success_total', type: 'counter', labels: ['repository_name'], since: '1.18.0', source: 'v1.18.3 pkg/metrics/metrics.go:350' },
  { name: 'velero_restore_attempt_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:262' },
  { name: 'velero_restore_failed_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:286' },
  { name: 'velero_restore_partial_failure_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:278' },
  { name: 'velero_restore_success_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:270' },
  { name: 'velero_restore_total', type: 'gauge', labels: [], source: 'v1.18.3 pkg/metrics/metrics.go:255' },
  { name: 'velero_restore_validation_failed_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:294' },
  { name: 'velero_volume_snapshot_attempt_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:302' },
  { name: 'velero_volume_snapshot_failure_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:318' },
  { name: 'velero_volume_snapshot_success_total', type: 'counter', labels: ['schedule'], source: 'v1.18.3 pkg/metrics/metrics.go:310' },
];

/** What `velero node-agent server` exposes. It counts no failed backup of a pod's volume. */
export const NODE_AGENT_METRICS: readonly Metric[] = [
  { name: 'podVolume_data_download_cancel_total', type: 'counter', labels: ['node'], source: 'v1.18.3 pkg/metrics/metrics.go:475' },
  { name: 'podVolume_data_download_failure_total', type: 'counter', labels: ['node'], source: 'v1.18.3 pkg/metrics/metrics.go:467' },
  { name: 'podVolume_data_download_success_total', type: 'counter', labels: ['node'], source: 'v1.18.3 pkg/metrics/metrics.go:459' },
  { name: 'podVolume_data_upload_cancel_total', type: 'counter', labels: ['node'], source: 'v1.18.3 pkg/metrics/metrics.go:451' },
  { name: 'podVolume_data_upload_failure_total', type: 'counter', labels: ['node'], source: 'v1.18.3 pkg/metrics/metrics.go:443' },
  { name: 'podVolume_data_upload_success_total', type: 'counter', labels: ['node'], source: 'v1.18.3 pkg/metrics/metrics.go:435' },
  { name: 'podVolume_pod_volume_backup_dequeue_count', type: 'counter', labels: ['node'], source: 'v1.18.3 pkg/metrics/metrics.go:400' },
  { name: 'podVolume_pod_volume_backup_enqueue_count', type: 'counter', labels: ['node'], source: 'v1.18.3 pkg/metrics/metrics.go:392' },
  { name: 'podVolume_pod_volume_operation_latency_seconds', type: 'histogram', labels: ['node', 'operation', 'backupName', 'pod_volume_backup'], source: 'v1.18.3 pkg/metrics/metrics.go:416' },
  { name: 'podVolume_pod_volume_operation_latency_seconds_gauge', type: 'gauge', labels: ['node', 'operation', 'backupName', 'pod_volume_backup'], source: 'v1.18.3 pkg/metrics/metrics.go:408' },
];
