import { Construct } from 'constructs';
import { DURATION, listOf, mapOf, NUMBER, required, Shape, struct, TEXT, thing, TRUTH } from '../findings';
import type { ContainerResources } from './container-resources';
import type { MaintenanceOptions, RepositoryMaintenance } from './maintenance-options';
import type {
  BackupVolumeOptions, CacheVolumeOptions, DataMoverAffinity, NodeAgentOptions, NodeConcurrency, RestoreVolumeOptions,
} from './node-agent-options';
import type { NodeRequirement, Placement, Toleration } from './placement';
import type { RestoreHelperOptions } from './restore-helper-options';
import type { VeleroServerOptions } from './server-options';
import type { VeleroImages, VeleroPlugin } from './velero-images';
import type { VeleroInstallProps } from './velero-install';
import type { HostAlias, WorkloadOptions } from './workload-options';

const TEXTS = listOf(TEXT);
const TEXT_MAP = mapOf(TEXT);

const VERSION = thing("a VeleroVersion, such as VeleroVersion.of('1.18.3')", value => typeof value?.version === 'string' && value._release !== undefined);
const REPOSITORY = thing('a repository, such as a KopiaRepository', isRepository);
const LOCATION = thing('a BackupStorageLocation', value => areTexts(value?.locationName, value?.namespace));
const OBJECT_STORE_KEYS = thing(
  'keys in a Secret, such as those of an RgwUser',
  value => areTexts(value?.secretName, value?.namespace, value?.accessKeyName, value?.secretKeyName),
);
const CONSTRUCT = thing('a construct, such as a Chart', value => Construct.isConstruct(value));

const RESOURCES = struct<ContainerResources>({
  cpuRequest: TEXT,
  memoryRequest: TEXT,
  ephemeralStorageRequest: TEXT,
  cpuLimit: TEXT,
  memoryLimit: TEXT,
  ephemeralStorageLimit: TEXT,
});

const NODES = listOf(struct<NodeRequirement>({ key: required(TEXT), operator: required(TEXT), values: TEXTS }));

const PLACEMENT = struct<Placement>({
  nodeSelector: TEXT_MAP,
  nodeAffinity: NODES,
  tolerations: listOf(struct<Toleration>({ key: TEXT, operator: TEXT, value: TEXT, effect: TEXT, tolerationPeriod: DURATION })),
  priorityClassName: TEXT,
});

const WORKLOAD: Shape<WorkloadOptions> = {
  resources: RESOURCES,
  placement: PLACEMENT,
  logLevel: TEXT,
  logFormat: TEXT,
  resourceTimeout: DURATION,
  metricsPort: NUMBER,
  extraFlags: TEXT_MAP,
  environment: TEXT_MAP,
  podLabels: TEXT_MAP,
  podAnnotations: TEXT_MAP,
  serviceAccountAnnotations: TEXT_MAP,
  hostAliases: listOf(struct<HostAlias>({ ip: required(TEXT), hostnames: required(TEXTS) })),
  terminationGracePeriod: DURATION,
  scrapeAnnotations: TRUTH,
};

const SERVER = struct<VeleroServerOptions>({
  ...WORKLOAD,
  backupSyncPeriod: DURATION,
  clientBurst: NUMBER,
  clientPageSize: NUMBER,
  clientQps: NUMBER,
  concurrentBackups: NUMBER,
  defaultBackupTtl: DURATION,
  defaultItemOperationTimeout: DURATION,
  defaultSnapshotMoveData: TRUTH,
  defaultVolumeSnapshotLocations: TEXT_MAP,
  defaultVolumesToFsBackup: TRUTH,
  disableControllers: TEXTS,
  disableInformerCache: TRUTH,
  fsBackupTimeout: DURATION,
  garbageCollectionFrequency: DURATION,
  globalBackupVolumePoliciesConfigMap: TEXT,
  itemBlockWorkerCount: NUMBER,
  itemOperationSyncFrequency: DURATION,
  maxConcurrentK8sConnections: NUMBER,
  pluginDirectory: TEXT,
  profilerAddress: TEXT,
  restoreOnly: TRUTH,
  restoreResourcePriorities: TEXTS,
  restoreResourceLowPriorities: TEXTS,
  scheduleSkipImmediately: TRUTH,
  storeValidationFrequency: DURATION,
  terminatingResourceTimeout: DURATION,
  volumeGroupSnapshotLabelKey: TEXT,
  runAsUser: NUMBER,
  runAsGroup: NUMBER,
  clusterRoleName: TEXT,
});

const NODE_AGENT = struct<NodeAgentOptions>({
  ...WORKLOAD,
  enabled: TRUTH,
  kubeletRootDirectory: TEXT,
  privileged: TRUTH,
  maxUnavailable: TEXT,
  dataMoverPrepareTimeout: DURATION,
  concurrency: NUMBER,
  concurrencyPerNode: listOf(struct<NodeConcurrency>({ nodes: required(NODES), concurrency: required(NUMBER) })),
  prepareQueueLength: NUMBER,
  dataMoverAffinity: listOf(struct<DataMoverAffinity>({ nodes: required(NODES), storageClass: TEXT })),
  dataMoverResources: RESOURCES,
  dataMoverPodLabels: TEXT_MAP,
  dataMoverPodAnnotations: TEXT_MAP,
  privilegedFsBackup: TRUTH,
  backupVolumes: mapOf(struct<BackupVolumeOptions>({
    storageClass: TEXT, readOnly: TRUTH, spcNoRelabeling: TRUTH, annotations: TEXT_MAP, secretNames: TEXTS, configMapNames: TEXTS,
  })),
  restoreVolumes: struct<RestoreVolumeOptions>({ ignoreDelayBinding: TRUTH, secretNames: TEXTS, configMapNames: TEXTS }),
  cacheVolumes: struct<CacheVolumeOptions>({ storageClass: required(TEXT), residentThresholdInMB: NUMBER }),
});

const MAINTENANCE = struct<MaintenanceOptions>({
  resources: RESOURCES,
  keepLatestJobs: NUMBER,
  nodes: NODES,
  podLabels: TEXT_MAP,
  podAnnotations: TEXT_MAP,
  repositories: listOf(struct<RepositoryMaintenance>({
    volumeNamespace: required(TEXT), location: required(LOCATION), uploader: TEXT, resources: RESOURCES, keepLatestJobs: NUMBER, nodes: NODES,
  })),
});

/** The types of all props, as the compiler would check them: everything else in this room relies on them. */
export const INSTALL_PROPS = struct<VeleroInstallProps>({
  version: required(VERSION),
  repository: required(REPOSITORY),
  defaultLocation: required(LOCATION),
  objectStoreKeys: OBJECT_STORE_KEYS,
  namespace: TEXT,
  createNamespace: TRUTH,
  namespaceLabels: TEXT_MAP,
  namespaceAnnotations: TEXT_MAP,
  server: SERVER,
  nodeAgent: NODE_AGENT,
  placement: PLACEMENT,
  images: struct<VeleroImages>({ server: TEXT, pluginForAws: TEXT, restoreHelper: TEXT, pullPolicy: TEXT, pullSecrets: TEXTS }),
  plugins: listOf(struct<VeleroPlugin>({ name: required(TEXT), image: required(TEXT), resources: RESOURCES })),
  features: TEXTS,
  maintenance: MAINTENANCE,
  restoreHelper: struct<RestoreHelperOptions>({ resources: RESOURCES, runAsUser: NUMBER, runAsGroup: NUMBER }),
  customResourceDefinitions: TRUTH,
  customResourceDefinitionScope: CONSTRUCT,
  metricsService: TRUTH,
});

/** Anyone may implement the interface, so it is known by what it has. */
function isRepository(value: { uploader?: unknown; password?: Record<string, unknown> } | undefined): boolean {
  return areTexts(value?.uploader, value?.password?.secretName, value?.password?.secretKey, value?.password?.namespace);
}

function areTexts(...values: unknown[]): boolean {
  return values.every(value => typeof value === 'string');
}
