import { Duration } from 'cdk8s';
import { ICredential } from '../credentials/credential';

/**
 * The program that reads volumes and writes the repository.
 */
export enum Uploader {
  /** Restic. New backups up to Velero 1.16, restores up to 1.18. */
  RESTIC = 'restic',
  /** Kopia. */
  KOPIA = 'kopia',
}

/**
 * What the uploader writes: one repository per namespace and location, all under one password.
 */
export interface IBackupRepository {
  /** The program that writes the repository. */
  readonly uploader: Uploader;

  /** The password of every repository of the Velero namespace: Secret `velero-repo-credentials`, key `repository-password`. */
  readonly password: ICredential;

  /**
   * How often the repository is pruned and compacted.
   *
   * @default - Velero's: 168 hours for restic, 1 hour for kopia
   */
  readonly maintenanceFrequency?: Duration;

  /**
   * Name of the ConfigMap with the settings of the repository, for the flag `--backup-repository-configmap`.
   *
   * @default - no ConfigMap
   */
  readonly configMapName?: string;
}
