import { Duration } from 'cdk8s';
import { ContainerResources } from './container-resources';
import { NodeRequirement } from './placement';
import { WorkloadOptions } from './workload-options';

/** How many volumes the nodes with certain labels save or restore at the same time. */
export interface NodeConcurrency {
  /** Conditions on the node's labels, all of them. */
  readonly nodes: NodeRequirement[];

  /** Volumes at the same time. At least 1. Where several match, the smallest holds. */
  readonly concurrency: number;
}

/** On which nodes the data of one StorageClass, or of all, is moved. */
export interface DataMoverAffinity {
  /** Conditions on the node's labels, all of them. */
  readonly nodes: NodeRequirement[];

  /**
   * StorageClass of the volumes that this holds for. From 1.17.
   *
   * @default - all
   */
  readonly storageClass?: string;
}

/** The volume that the data mover makes of a CSI snapshot to read it. */
export interface BackupVolumeOptions {
  /**
   * StorageClass of the intermediate volume.
   *
   * @default - that of the saved volume
   */
  readonly storageClass?: string;

  /**
   * Whether it is mounted read-only, which some storage makes from a snapshot at once instead of copying.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Whether SELinux relabelling is left out, which a read-only volume does not allow. Raises an error without `readOnly`.
   *
   * @default false
   */
  readonly spcNoRelabeling?: boolean;

  /**
   * Annotations of the intermediate claim. From 1.17.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * Secrets of the saved claim's namespace that its driver needs beside the intermediate claim. From 1.18.3.
   *
   * @default - none
   */
  readonly secretNames?: string[];

  /**
   * ConfigMaps of the saved claim's namespace that its driver needs beside the intermediate claim. From 1.18.3.
   *
   * @default - none
   */
  readonly configMapNames?: string[];
}

/** The volume that the data mover writes a restore into. */
export interface RestoreVolumeOptions {
  /**
   * Whether a StorageClass that waits for the first consumer is not waited for. From 1.16.
   *
   * @default false
   */
  readonly ignoreDelayBinding?: boolean;

  /**
   * Secrets of the target namespace that the driver needs beside the intermediate claim. From 1.18.3.
   *
   * @default - none
   */
  readonly secretNames?: string[];

  /**
   * ConfigMaps of the target namespace that the driver needs beside the intermediate claim. From 1.18.3.
   *
   * @default - none
   */
  readonly configMapNames?: string[];
}

/** Volumes for kopia's cache during restores, instead of the node's own disk. */
export interface CacheVolumeOptions {
  /** StorageClass of the volumes. Its reclaim policy must be Delete, else Velero ignores it. */
  readonly storageClass: string;

  /**
   * Size of the saved data in MB from which a restore gets a volume.
   *
   * @default 0
   */
  readonly residentThresholdInMB?: number;
}

/** Node-agent, which reads and writes the volumes of pods on every node, and the pods that it starts for that. */
export interface NodeAgentOptions extends WorkloadOptions {
  /**
   * Whether there is a node-agent. Without one there is no file-system backup and no moving of snapshots.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Folder of the kubelet on the nodes. With a wrong one node-agent ends with "unexpected directory structure for host-pods volume".
   *
   * @default '/var/lib/kubelet'
   */
  readonly kubeletRootDirectory?: string;

  /**
   * Whether the container is privileged: block volumes, and hosts that enforce SELinux, need it.
   *
   * @default false
   */
  readonly privileged?: boolean;

  /**
   * Pods that are replaced at the same time: a number or a percentage.
   *
   * @default '1'
   */
  readonly maxUnavailable?: string;

  /**
   * How long the preparation of a data mover may take. More than 0.
   *
   * @default Duration.minutes(30)
   */
  readonly dataMoverPrepareTimeout?: Duration;

  /**
   * Volumes that one node saves or restores at the same time. At least 1.
   *
   * @default 1
   */
  readonly concurrency?: number;

  /**
   * The same for some nodes.
   *
   * @default - `concurrency` everywhere
   */
  readonly concurrencyPerNode?: NodeConcurrency[];

  /**
   * Data movers that may be in preparation at the same time. At least 1. From 1.17.
   *
   * @default - no limit
   */
  readonly prepareQueueLength?: number;

  /**
   * On which nodes data is moved. Up to 1.16 Velero uses the first only. File-system backup stays on the node of the pod.
   *
   * With the feature `ENABLE_CSI` it must be given where the node-agent's placement chooses nodes and has tolerations: the data movers do not get
   * them, and need a node-agent on their node.
   *
   * @default - where the node-agent's placement says
   */
  readonly dataMoverAffinity?: DataMoverAffinity[];

  /**
   * Cpu and memory of the pods that move data; from 1.17 those of file-system backup too. From 1.15.
   *
   * @default - no requests and no limits
   */
  readonly dataMoverResources?: ContainerResources;

  /**
   * Labels of the pods that move data. From 1.18.
   *
   * @default - none
   */
  readonly dataMoverPodLabels?: { [name: string]: string };

  /**
   * Annotations of the pods that move data. From 1.18.
   *
   * @default - none
   */
  readonly dataMoverPodAnnotations?: { [name: string]: string };

  /**
   * Whether the pods of file-system backup are privileged. From 1.17.
   *
   * @default - as `privileged`, where the release can
   */
  readonly privilegedFsBackup?: boolean;

  /**
   * Intermediate volumes of CSI snapshots, by the StorageClass of the saved volume. From 1.15.
   *
   * @default - as the saved volume
   */
  readonly backupVolumes?: { [storageClass: string]: BackupVolumeOptions };

  /**
   * Volumes that the data mover writes a restore into. From 1.16.
   *
   * @default - Velero's own
   */
  readonly restoreVolumes?: RestoreVolumeOptions;

  /**
   * Volumes for kopia's cache during restores. From 1.18.
   *
   * @default - the node's own disk
   */
  readonly cacheVolumes?: CacheVolumeOptions;
}
