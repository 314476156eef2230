import { Problem, Problems, wholeSeconds } from '../findings';
import { CommandLine, FlagValue, isDuration } from './command-line';
import { VeleroServerOptions } from './server-options';
import { WorkloadOptions } from './workload-options';

/** Props that become exactly one flag each, in the order in which they are emitted. */
type ServerFlag = Exclude<keyof VeleroServerOptions,
| keyof WorkloadOptions
| 'restoreResourcePriorities' | 'restoreResourceLowPriorities' | 'runAsUser' | 'runAsGroup' | 'clusterRoleName'>;

const SERVER_FLAG: Record<ServerFlag, string> = {
  defaultBackupTtl: 'default-backup-ttl',
  defaultVolumesToFsBackup: 'default-volumes-to-fs-backup',
  defaultSnapshotMoveData: 'default-snapshot-move-data',
  defaultVolumeSnapshotLocations: 'default-volume-snapshot-locations',
  fsBackupTimeout: 'fs-backup-timeout',
  defaultItemOperationTimeout: 'default-item-operation-timeout',
  itemOperationSyncFrequency: 'item-operation-sync-frequency',
  terminatingResourceTimeout: 'terminating-resource-timeout',
  backupSyncPeriod: 'backup-sync-period',
  storeValidationFrequency: 'store-validation-frequency',
  garbageCollectionFrequency: 'garbage-collection-frequency',
  concurrentBackups: 'concurrent-backups',
  itemBlockWorkerCount: 'item-block-worker-count',
  globalBackupVolumePoliciesConfigMap: 'global-backup-volume-policies-configmap',
  volumeGroupSnapshotLabelKey: 'volume-group-snapshot-label-key',
  scheduleSkipImmediately: 'schedule-skip-immediately',
  restoreOnly: 'restore-only',
  disableControllers: 'disable-controllers',
  disableInformerCache: 'disable-informer-cache',
  clientQps: 'client-qps',
  clientBurst: 'client-burst',
  clientPageSize: 'client-page-size',
  maxConcurrentK8sConnections: 'max-concurrent-k8s-connections',
  profilerAddress: 'profiler-address',
  pluginDirectory: 'plugin-dir',
};

/** Where zero means something. */
const MAY_BE_ZERO: ServerFlag[] = ['clientPageSize', 'storeValidationFrequency'];

/** Sets the flags of the props that are the server's own. */
export function setServerFlags(line: CommandLine, problems: Problems, options: VeleroServerOptions): void {
  for (const [prop, flag] of Object.entries(SERVER_FLAG) as [ServerFlag, string][]) {
    const value: FlagValue | undefined = options[prop];
    const problem = numberProblem(`server.${prop}`, value, prop);
    problems.add(problem);
    line.set(`server.${prop}`, flag, problem ? undefined : value);
  }
  line.set('server.restoreResourcePriorities', 'restore-resource-priorities', restorePriorities(problems, options));
}

/** Sets the flags that both programs have. */
export function setWorkloadFlags(line: CommandLine, problems: Problems, where: string, options: WorkloadOptions): void {
  const timeout = wholeSeconds(`${where}.resourceTimeout`, options.resourceTimeout);
  problems.add(timeout, portProblem(`${where}.metricsPort`, options.metricsPort));
  line.set(`${where}.resourceTimeout`, 'resource-timeout', timeout ? undefined : options.resourceTimeout);
  line.set(`${where}.logLevel`, 'log-level', options.logLevel);
  line.set(`${where}.logFormat`, 'log-format', options.logFormat);
  line.set(`${where}.metricsPort`, 'metrics-address', options.metricsPort === undefined ? undefined : `:${options.metricsPort}`);
}

/** A duration or number that Velero would take and then not work with. */
function numberProblem(what: string, value: FlagValue | undefined, prop: ServerFlag): Problem | undefined {
  const least = MAY_BE_ZERO.includes(prop) ? 0 : 1;
  if (typeof value === 'number' && prop === 'clientQps') {
    return value > 0 ? undefined : { what, got: value, wanted: 'a number, more than 0' };
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) && value >= least ? undefined : { what, got: value, wanted: `a whole number, ${least} or more` };
  }
  return isDuration(value) && !(least === 0 && value.toMilliseconds() === 0) ? wholeSeconds(what, value) : undefined;
}

function portProblem(what: string, port: number | undefined): Problem | undefined {
  return port === undefined || (Number.isInteger(port) && port > 0 && port < 65536) ? undefined : { what, got: port, wanted: 'a port from 1 to 65535' };
}

/** High priorities, a dash, low priorities. */
function restorePriorities(problems: Problems, { restoreResourcePriorities: high, restoreResourceLowPriorities: low }: VeleroServerOptions) {
  if (low !== undefined && high === undefined) {
    problems.add({
      what: 'server.restoreResourceLowPriorities',
      got: low,
      wanted: 'restoreResourcePriorities beside it',
      next: "the flag replaces Velero's whole list, so give the first ones too",
    });
  }
  return high && [...high, ...(low ? ['-', ...low] : [])];
}
