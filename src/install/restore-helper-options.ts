import { ContainerResources } from './container-resources';

/**
 * The container `restore-wait` that Velero puts before the others of a restored pod until its volumes are back.
 *
 * @see https://velero.io/docs/main/file-system-backup/#customize-restore-helper-container
 */
export interface RestoreHelperOptions {
  /**
   * Cpu and memory. Ephemeral storage is not among what Velero reads.
   *
   * @default - Velero's: 100m and 128Mi
   */
  readonly resources?: ContainerResources;

  /**
   * User that the container runs as. It must be able to enter the restored volumes: a volume whose root only its owner may enter needs that
   * owner's id, else the pod waits for ever. Not 0.
   *
   * @default - 1000 where Velero gives the container no security context of its own (1.14); else what Velero takes from the restored pod
   */
  readonly runAsUser?: number;

  /**
   * Group that the container runs as.
   *
   * @default - that of the image
   */
  readonly runAsGroup?: number;
}
