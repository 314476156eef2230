import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ICredential } from '../credentials/credential';
import { Problems, wholeSeconds } from '../findings';
import { IBackupRepository, Uploader } from './backup-repository';
import { wrongPassword } from './repository-password';

/** Properties of `ResticRepository`. */
export interface ResticRepositoryProps {
  /**
   * Secret `velero-repo-credentials`, key `repository-password`; any other raises an error. It can never be changed: nothing re-encrypts a
   * repository.
   */
  readonly password: ICredential;

  /**
   * How often repositories are pruned. A repository keeps the frequency that it was created with.
   *
   * @default - 168 hours
   */
  readonly maintenanceFrequency?: Duration;
}

/**
 * Volumes are written by restic: AES-256 in counter mode with Poly1305-AES. Velero 1.14 to 1.16 write such backups, up to 1.18 restore them.
 *
 * @see https://velero.io/docs/main/file-system-backup/
 */
export class ResticRepository extends Construct implements IBackupRepository {
  public readonly uploader = Uploader.RESTIC;
  public readonly password: ICredential;
  public readonly maintenanceFrequency?: Duration;

  public constructor(scope: Construct, id: string, props: ResticRepositoryProps) {
    super(scope, id);
    this.password = props.password;
    this.maintenanceFrequency = props.maintenanceFrequency;

    const problems = Problems.of(this, 'ResticRepository');
    problems.add(...wrongPassword(props.password), wholeSeconds('maintenanceFrequency', props.maintenanceFrequency));
    problems.refuse();
  }
}
