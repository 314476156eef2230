import { Uploader } from '../repository/backup-repository';
import { releaseOf, VeleroRelease } from '../versions';

/**
 * A release of Velero: it decides images, definitions, flags and what the rest of the app may use.
 *
 * There is no "latest": an upgrade is a line in a diff.
 */
export class VeleroVersion {
  /** Velero 1.14.1. Restic and kopia. */
  public static readonly V1_14_1 = new VeleroVersion('1.14.1');

  /** Velero 1.15.2. Restic is deprecated: each pod that uses it makes a backup warning. */
  public static readonly V1_15_2 = new VeleroVersion('1.15.2');

  /** Velero 1.16.2. The last that takes new restic backups. */
  public static readonly V1_16_2 = new VeleroVersion('1.16.2');

  /** Velero 1.17.2. Kopia; restores restic backups. */
  public static readonly V1_17_2 = new VeleroVersion('1.17.2');

  /** Velero 1.18.3. Kopia; restores restic backups. */
  public static readonly V1_18_3 = new VeleroVersion('1.18.3');

  /**
   * Any patch of a known minor.
   *
   * @param version such as `1.16.1`
   * @throws when the minor is not known to this library
   */
  public static of(version: string): VeleroVersion {
    const facts = releaseOf(version);
    const found = new VeleroVersion(version);
    found.facts = facts;
    return found;
  }

  /** Such as `1.16.1`. */
  public readonly version: string;

  /** Such as `1.16`. */
  public readonly minor: string;

  private facts?: VeleroRelease;

  private constructor(version: string) {
    this.version = version;
    this.minor = version.slice(0, version.lastIndexOf('.'));
  }

  /** Whether new backups can be written by an uploader. Old ones may still be restored. */
  public supports(uploader: Uploader): boolean {
    return this._release.uploaders.includes(uploader);
  }

  /** The version as people write it. */
  public toString(): string {
    return this.version;
  }

  /**
   * Built when first asked for: most apps use one release.
   *
   * @internal
   */
  public get _release(): VeleroRelease {
    this.facts ??= releaseOf(this.version);
    return this.facts;
  }
}
