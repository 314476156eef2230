import { Duration } from 'cdk8s';
import { WorkloadOptions } from './workload-options';

/** The parts of the server that can be switched off. */
export enum ServerController {
  /** Runs backups. */
  BACKUP = 'backup',
  /** Deletes backups with their data. */
  BACKUP_DELETION = 'backup-deletion',
  /** Ends backups whose asynchronous work is done. */
  BACKUP_FINALIZER = 'backup-finalizer',
  /** Follows the asynchronous work of backups. */
  BACKUP_OPERATIONS = 'backup-operations',
  /** Queues backups that run at the same time. From 1.18. */
  BACKUP_QUEUE = 'backup-queue',
  /** Makes and maintains repositories. */
  BACKUP_REPOSITORY = 'backup-repo',
  /** Finds backups in the bucket that the cluster does not know. */
  BACKUP_SYNC = 'backup-sync',
  /** Signs the links that `velero backup logs` reads. */
  DOWNLOAD_REQUEST = 'download-request',
  /** Deletes what has expired. */
  GARBAGE_COLLECTION = 'gc',
  /** Runs restores. */
  RESTORE = 'restore',
  /** Ends restores whose asynchronous work is done. */
  RESTORE_FINALIZER = 'restore-finalizer',
  /** Follows the asynchronous work of restores. */
  RESTORE_OPERATIONS = 'restore-operations',
  /** Makes backups of schedules. */
  SCHEDULE = 'schedule',
  /** Answers `velero version`. */
  SERVER_STATUS_REQUEST = 'server-status-request',
}

/**
 * The server: one prop for each of its flags, as far as the install does not decide them (uploader, default location, ConfigMaps, features).
 *
 * @see https://velero.io/docs/main/customize-installation/
 */
export interface VeleroServerOptions extends WorkloadOptions {
  /**
   * How often the bucket is searched for backups that the cluster does not know. A location may have its own.
   *
   * @default Duration.minutes(1)
   */
  readonly backupSyncPeriod?: Duration;

  /**
   * Requests to the Kubernetes API that may come at once. At least 1.
   *
   * @default 100
   */
  readonly clientBurst?: number;

  /**
   * Objects that one list request to the Kubernetes API returns. 0 lists all at once.
   *
   * @default 500
   */
  readonly clientPageSize?: number;

  /**
   * Requests to the Kubernetes API in a second, beyond the burst. More than 0.
   *
   * @default 100
   */
  readonly clientQps?: number;

  /**
   * Backups that run at the same time. At least 1. From 1.18.
   *
   * @default 1
   */
  readonly concurrentBackups?: number;

  /**
   * How long a backup is kept that does not say so itself. More than 0.
   *
   * @default Duration.days(30)
   */
  readonly defaultBackupTtl?: Duration;

  /**
   * How long the asynchronous work of plugins may take.
   *
   * @default Duration.hours(4)
   */
  readonly defaultItemOperationTimeout?: Duration;

  /**
   * Whether CSI snapshots are moved to the bucket where a backup does not say. Without the feature `ENABLE_CSI` no data would be saved, so it
   * raises an error.
   *
   * @default false
   */
  readonly defaultSnapshotMoveData?: boolean;

  /**
   * The VolumeSnapshotLocation of each provider: provider to name.
   *
   * @default - none
   */
  readonly defaultVolumeSnapshotLocations?: { [provider: string]: string };

  /**
   * Whether all volumes of pods are saved by file-system backup where a backup does not say.
   *
   * @default false
   */
  readonly defaultVolumesToFsBackup?: boolean;

  /**
   * Controllers that are switched off.
   *
   * @default - none
   */
  readonly disableControllers?: ServerController[];

  /**
   * Whether restores ask the API server for each object instead of an informer: less memory, slower.
   *
   * @default false
   */
  readonly disableInformerCache?: boolean;

  /**
   * How long the file-system backup or restore of a whole backup may take. More than 0.
   *
   * @default Duration.hours(4)
   */
  readonly fsBackupTimeout?: Duration;

  /**
   * How often expired backups are looked for. More than 0.
   *
   * @default Duration.hours(1)
   */
  readonly garbageCollectionFrequency?: Duration;

  /**
   * Name of a ConfigMap in the install's namespace with volume policies that are merged into every backup. From 1.18.3.
   *
   * @default - none
   */
  readonly globalBackupVolumePoliciesConfigMap?: string;

  /**
   * Workers that save the items of one backup. At least 1. From 1.16.
   *
   * @default 1
   */
  readonly itemBlockWorkerCount?: number;

  /**
   * How often the asynchronous work of plugins is asked for its state. More than 0.
   *
   * @default Duration.seconds(10)
   */
  readonly itemOperationSyncFrequency?: Duration;

  /**
   * Connections to the Kubernetes API at the same time. At least 1.
   *
   * @default 30
   */
  readonly maxConcurrentK8sConnections?: number;

  /**
   * Folder in the container where plugins are. Absolute.
   *
   * @default '/plugins'
   */
  readonly pluginDirectory?: string;

  /**
   * Address of Go's profiler; empty switches it off.
   *
   * @default 'localhost:6060'
   */
  readonly profilerAddress?: string;

  /**
   * Whether the server only restores. Deprecated by Velero in favour of read-only locations.
   *
   * @default false
   */
  readonly restoreOnly?: boolean;

  /**
   * Resources that are restored first, in this order. Replaces Velero's list, so start from that one.
   *
   * @default - Velero's order
   */
  readonly restoreResourcePriorities?: string[];

  /**
   * Resources that are restored last, in this order. Only with `restoreResourcePriorities`.
   *
   * @default - none when `restoreResourcePriorities` is given
   */
  readonly restoreResourceLowPriorities?: string[];

  /**
   * Whether a new schedule waits for its next time instead of running at once when it is due. It has no effect on this library's schedules,
   * which say so themselves.
   *
   * @default false
   */
  readonly scheduleSkipImmediately?: boolean;

  /**
   * How often locations are validated. 0 switches it off.
   *
   * @default Duration.minutes(1)
   */
  readonly storeValidationFrequency?: Duration;

  /**
   * How long a restore waits for a namespace or volume that is being deleted. More than 0.
   *
   * @default Duration.minutes(10)
   */
  readonly terminatingResourceTimeout?: Duration;

  /**
   * Label of claims that are snapshotted together. From 1.17.
   *
   * @default 'velero.io/volume-group'
   */
  readonly volumeGroupSnapshotLabelKey?: string;

  /**
   * User that the server and, from 1.17, its maintenance Jobs run as. 0 is refused.
   *
   * @default 1002 - the user of Velero's images
   */
  readonly runAsUser?: number;

  /**
   * Group that the server runs as and that owns its volumes.
   *
   * @default 1000 - the group of Velero's images
   */
  readonly runAsGroup?: number;

  /**
   * ClusterRole that the server is bound to. A restore creates whatever was saved, roles included, which needs every right; a narrower role
   * restores less. Its rules must hold in the install's namespace too.
   *
   * @default 'cluster-admin'
   */
  readonly clusterRoleName?: string;
}
