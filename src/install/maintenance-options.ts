import { ContainerResources } from './container-resources';
import { NodeRequirement } from './placement';
import { Uploader } from '../repository/backup-repository';
import { IBackupStorageLocation } from '../storage/backup-storage-location';

/** The Jobs that prune and compact one repository. */
export interface RepositoryMaintenance {
  /** Namespace whose volumes the repository holds. */
  readonly volumeNamespace: string;

  /** Location that the repository is in. In the install's namespace. */
  readonly location: IBackupStorageLocation;

  /**
   * What wrote the repository. The data mover of CSI snapshots writes kopia whatever the install's uploader.
   *
   * @default - the uploader of the install
   */
  readonly uploader?: Uploader;

  /**
   * Cpu and memory of the Jobs.
   *
   * @default - those of all repositories
   */
  readonly resources?: ContainerResources;

  /**
   * Finished Jobs that are kept. At least 1. From 1.17.
   *
   * @default - that of all repositories
   */
  readonly keepLatestJobs?: number;

  /**
   * Conditions on the labels of the nodes that the Jobs run on, all of them; an empty list is any node.
   *
   * @default - those of all repositories
   */
  readonly nodes?: NodeRequirement[];
}

/**
 * The Jobs that prune and compact repositories. They inherit image, variables and volumes of the server.
 *
 * How often they run is a prop of the repository.
 */
export interface MaintenanceOptions {
  /**
   * Cpu and memory of the Jobs. A Job that is killed for its memory leaves the repository as it was, and it grows. Kubernetes takes a limit for the
   * request too where no request is given.
   *
   * @default - no requests and no limits
   */
  readonly resources?: ContainerResources;

  /**
   * Finished Jobs that are kept for each repository. At least 1.
   *
   * @default 3
   */
  readonly keepLatestJobs?: number;

  /**
   * Conditions on the labels of the nodes that the Jobs run on, all of them; an empty list is any node. From 1.15.
   *
   * @default - where the server's placement says; but any node where that has tolerations which the release does not give to the Jobs (from 1.16):
   * on nodes with such taints they would stay Pending, and the repository would never be compacted
   */
  readonly nodes?: NodeRequirement[];

  /**
   * Labels of the Jobs' pods. From 1.18.
   *
   * @default - none
   */
  readonly podLabels?: { [name: string]: string };

  /**
   * Annotations of the Jobs' pods. From 1.18.
   *
   * @default - none
   */
  readonly podAnnotations?: { [name: string]: string };

  /**
   * Repositories that differ. From 1.15.
   *
   * @default - none
   */
  readonly repositories?: RepositoryMaintenance[];
}
