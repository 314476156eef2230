import { type Flag } from './flags';
import { RESTORE_PRIORITY_FLAGS } from './restore-priorities';

/** What `--disable-controllers` accepts in every release. */
const CONTROLLERS = [
  'backup', 'backup-operations', 'backup-deletion', 'backup-finalizer', 'backup-sync', 'download-request', 'gc', 'backup-repo', 'restore',
  'restore-operations', 'schedule', 'server-status-request', 'restore-finalizer',
];

/**
 * 1.15 and 1.16 take the resources of maintenance Jobs from flags and from a ConfigMap; `keep-latest-maintenance-jobs` is deprecated with them,
 * but the ConfigMap has no key for it before 1.17.
 *
 * @see https://velero.io/docs/v1.15/repository-maintenance/
 */
const IN_CONFIG_MAP = 'set it in the ConfigMap of --repo-maintenance-job-configmap';

/**
 * The flags of `velero server` itself.
 *
 * One row a flag and default; several where the default or the accepted values changed. Checked against the sources by tools/facts/check.sh.
 */
export const OWN_SERVER_FLAGS: readonly Flag[] = [
  { name: 'backup-repository-configmap', type: 'string', default: '', since: '1.15.0', source: 'v1.18.3 pkg/cmd/server/config/config.go:260' },
  { name: 'backup-sync-period', type: 'duration', default: '1m0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:233' },
  { name: 'client-burst', type: 'int', default: '100', source: 'v1.18.3 pkg/cmd/server/config/config.go:241' },
  { name: 'client-page-size', type: 'int', default: '500', source: 'v1.18.3 pkg/cmd/server/config/config.go:242' },
  { name: 'client-qps', type: 'float', default: '100', source: 'v1.18.3 pkg/cmd/server/config/config.go:240' },
  { name: 'concurrent-backups', type: 'int', default: '1', since: '1.18.0', source: 'v1.18.3 pkg/cmd/server/config/config.go:278' },
  { name: 'default-backup-storage-location', type: 'string', default: 'default', deprecated: 'set default on the location', source: 'v1.18.3 pkg/cmd/server/config/config.go:238' },
  { name: 'default-backup-ttl', type: 'duration', default: '720h0m0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:245' },
  { name: 'default-item-operation-timeout', type: 'duration', default: '4h0m0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:252' },
  { name: 'default-repo-maintain-frequency', type: 'duration', default: '0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:247' },
  { name: 'default-snapshot-move-data', type: 'bool', default: 'false', source: 'v1.18.3 pkg/cmd/server/config/config.go:255' },
  { name: 'default-volume-snapshot-locations', type: 'map', default: '', source: 'v1.18.3 pkg/cmd/server/config/config.go:258' },
  { name: 'default-volumes-to-fs-backup', type: 'bool', default: 'false', source: 'v1.18.3 pkg/cmd/server/config/config.go:250' },
  { name: 'disable-controllers', type: 'list', default: '', values: CONTROLLERS, until: '1.18.0', source: 'v1.17.2 pkg/cmd/server/config/config.go:226' },
  { name: 'disable-controllers', type: 'list', default: '', values: ['backup-queue', ...CONTROLLERS], since: '1.18.0', source: 'v1.18.3 pkg/cmd/server/config/config.go:236' },
  { name: 'disable-informer-cache', type: 'bool', default: 'false', source: 'v1.18.3 pkg/cmd/server/config/config.go:256' },
  { name: 'fs-backup-timeout', type: 'duration', default: '4h0m0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:234' },
  { name: 'garbage-collection-frequency', type: 'duration', default: '0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:248' },
  { name: 'global-backup-volume-policies-configmap', type: 'string', default: '', since: '1.18.3', source: 'v1.18.3 pkg/cmd/server/config/config.go:284' },
  { name: 'item-block-worker-count', type: 'int', default: '1', since: '1.16.0', source: 'v1.18.3 pkg/cmd/server/config/config.go:272' },
  { name: 'item-operation-sync-frequency', type: 'duration', default: '0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:249' },
  { name: 'keep-latest-maintenance-jobs', type: 'int', default: '3', until: '1.17.0', source: 'v1.16.2 pkg/cmd/server/config/config.go:259' },
  { name: 'log-format', type: 'string', default: 'text', values: ['text', 'json'], source: 'v1.18.3 pkg/cmd/server/config/config.go:230' },
  { name: 'log-level', type: 'string', default: 'info', values: ['trace', 'debug', 'info', 'warning', 'error', 'fatal', 'panic'], source: 'v1.18.3 pkg/cmd/server/config/config.go:229' },
  { name: 'maintenance-job-cpu-limit', type: 'string', default: '', until: '1.15.0', source: 'v1.14.1 pkg/cmd/server/server.go:253' },
  { name: 'maintenance-job-cpu-limit', type: 'string', default: '0', since: '1.15.0', deprecated: IN_CONFIG_MAP, until: '1.17.0', source: 'v1.16.2 pkg/cmd/server/config/config.go:277' },
  { name: 'maintenance-job-cpu-request', type: 'string', default: '', until: '1.15.0', source: 'v1.14.1 pkg/cmd/server/server.go:251' },
  { name: 'maintenance-job-cpu-request', type: 'string', default: '0', since: '1.15.0', deprecated: IN_CONFIG_MAP, until: '1.17.0', source: 'v1.16.2 pkg/cmd/server/config/config.go:265' },
  { name: 'maintenance-job-mem-limit', type: 'string', default: '', until: '1.15.0', source: 'v1.14.1 pkg/cmd/server/server.go:254' },
  { name: 'maintenance-job-mem-limit', type: 'string', default: '0', since: '1.15.0', deprecated: IN_CONFIG_MAP, until: '1.17.0', source: 'v1.16.2 pkg/cmd/server/config/config.go:283' },
  { name: 'maintenance-job-mem-request', type: 'string', default: '', until: '1.15.0', source: 'v1.14.1 pkg/cmd/server/server.go:252' },
  { name: 'maintenance-job-mem-request', type: 'string', default: '0', since: '1.15.0', deprecated: IN_CONFIG_MAP, until: '1.17.0', source: 'v1.16.2 pkg/cmd/server/config/config.go:271' },
  { name: 'max-concurrent-k8s-connections', type: 'int', default: '30', source: 'v1.18.3 pkg/cmd/server/config/config.go:254' },
  { name: 'metrics-address', type: 'string', default: ':8085', source: 'v1.18.3 pkg/cmd/server/config/config.go:232' },
  { name: 'plugin-dir', type: 'string', default: '/plugins', source: 'v1.18.3 pkg/cmd/server/config/config.go:231' },
  { name: 'profiler-address', type: 'string', default: 'localhost:6060', source: 'v1.18.3 pkg/cmd/server/config/config.go:243' },
  { name: 'repo-maintenance-job-configmap', type: 'string', default: '', since: '1.15.0', source: 'v1.18.3 pkg/cmd/server/config/config.go:266' },
  { name: 'resource-timeout', type: 'duration', default: '10m0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:253' },
  { name: 'restore-only', type: 'bool', default: 'false', deprecated: 'make the locations read-only', source: 'v1.18.3 pkg/cmd/server/config/config.go:235' },
  ...RESTORE_PRIORITY_FLAGS,
  { name: 'schedule-skip-immediately', type: 'bool', default: 'false', source: 'v1.18.3 pkg/cmd/server/config/config.go:257' },
  { name: 'store-validation-frequency', type: 'duration', default: '1m0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:239' },
  { name: 'terminating-resource-timeout', type: 'duration', default: '10m0s', source: 'v1.18.3 pkg/cmd/server/config/config.go:244' },
  { name: 'uploader-type', type: 'string', default: 'restic', until: '1.17.0', source: 'v1.16.2 pkg/cmd/server/config/config.go:250' },
  { name: 'uploader-type', type: 'string', default: 'kopia', since: '1.17.0', source: 'v1.18.3 pkg/cmd/server/config/config.go:251' },
  { name: 'volume-group-snapshot-label-key', type: 'string', default: 'velero.io/volume-group', since: '1.17.0', source: 'v1.18.3 pkg/cmd/server/config/config.go:246' },
];
