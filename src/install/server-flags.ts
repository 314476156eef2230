import { dnsSubdomain, labelKey, Problem, Problems } from '../findings';
import { CommandLine } from './command-line';
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

/** Flags that both programs have. */
const WORKLOAD_FLAG = { resourceTimeout: 'resource-timeout', logLevel: 'log-level', logFormat: 'log-format', metricsPort: 'metrics-address' };

/** Flags that are decided by what the whole install is given. */
const INSTALL_FLAGS: [flag: string, prop: string][] = [
  ['backup-repository-configmap', 'repository'],
  ['default-backup-storage-location', 'defaultLocation'],
  ['default-repo-maintain-frequency', 'maintenanceFrequency of the repository'],
  ['features', 'features'],
  ['keep-latest-maintenance-jobs', 'maintenance.keepLatestJobs'],
  ['maintenance-job-cpu-limit', 'maintenance.resources'],
  ['maintenance-job-cpu-request', 'maintenance.resources'],
  ['maintenance-job-mem-limit', 'maintenance.resources'],
  ['maintenance-job-mem-request', 'maintenance.resources'],
  ['namespace', 'namespace'],
  ['repo-maintenance-job-configmap', 'maintenance'],
  ['uploader-type', 'repository'],
];

/** Where zero means something. */
const MAY_BE_ZERO: ServerFlag[] = ['clientPageSize', 'storeValidationFrequency'];

/** What sets the flags of the server. */
export const SERVER_PROPS: ReadonlyMap<string, string> = new Map([
  ...INSTALL_FLAGS,
  ...Object.entries({ ...SERVER_FLAG, ...WORKLOAD_FLAG }).map(([prop, flag]): [string, string] => [flag, `server.${prop}`]),
  ['restore-resource-priorities', 'server.restoreResourcePriorities'],
]);

/** What sets the flags of node-agent. */
export const NODE_AGENT_PROPS: ReadonlyMap<string, string> = new Map([
  ...INSTALL_FLAGS,
  ...Object.entries(WORKLOAD_FLAG).map(([prop, flag]): [string, string] => [flag, `nodeAgent.${prop}`]),
  ['data-mover-prepare-timeout', 'nodeAgent.dataMoverPrepareTimeout'],
  ['node-agent-configmap', 'the props of nodeAgent'],
]);

/** Sets the flags of the props that are the server's own. */
export function setServerFlags(line: CommandLine, problems: Problems, options: VeleroServerOptions): void {
  const { globalBackupVolumePoliciesConfigMap: policies, volumeGroupSnapshotLabelKey: group } = options;
  problems.add(
    policies === undefined ? undefined : dnsSubdomain('server.globalBackupVolumePoliciesConfigMap', policies),
    group === undefined ? undefined : labelKey('server.volumeGroupSnapshotLabelKey', group),
  );
  for (const [prop, flag] of Object.entries(SERVER_FLAG) as [ServerFlag, string][]) {
    line.set(`server.${prop}`, flag, options[prop], MAY_BE_ZERO.includes(prop) ? 0 : 1);
  }
  line.set('server.restoreResourcePriorities', 'restore-resource-priorities', restorePriorities(problems, options));
}

/** Sets the flags that both programs have. */
export function setWorkloadFlags(line: CommandLine, problems: Problems, where: string, options: WorkloadOptions): void {
  problems.add(portProblem(`${where}.metricsPort`, options.metricsPort));
  line.set(`${where}.resourceTimeout`, 'resource-timeout', options.resourceTimeout);
  line.set(`${where}.logLevel`, 'log-level', options.logLevel);
  line.set(`${where}.logFormat`, 'log-format', options.logFormat);
  line.set(`${where}.metricsPort`, 'metrics-address', options.metricsPort === undefined ? undefined : `:${options.metricsPort}`);
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
  problems.add(...priorityProblems('server.restoreResourcePriorities', high), ...priorityProblems('server.restoreResourceLowPriorities', low));
  return high && [...high, ...(low ? ['-', ...low] : [])];
}

/** Velero takes any text for a resource and then finds none; nothing at all would leave its own list as it is. */
function priorityProblems(what: string, resources: string[] | undefined): Problem[] {
  if (resources?.length === 0) {
    return [{ what, got: resources, wanted: 'at least one resource', next: "leave it out for Velero's own order" }];
  }
  return (resources ?? []).flatMap((got, index) => dnsSubdomain('', got) === undefined ? [] : {
    what: `${what}[${index}]`, got, wanted: 'a resource in lower case and plural, with its group where it has one, such as pods or deployments.apps',
  });
}
