import { Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import { ICredential } from '../credentials/credential';
import { deliver } from '../delivery';
import { Declarations, oneOf, Problem, Problems, wholeSeconds } from '../findings';
import { kubeObject } from '../kube/object';
import { ConfigMapName, VeleroRelease } from '../versions';
import { IBackupRepository, Uploader } from './backup-repository';
import { wrongPassword } from './repository-password';

const TYPE = 'KopiaRepository';
const CONFIG_MAP_NAME = 'backup-repository-config';
const SETTINGS: ConfigMapName = 'backup-repository';
/** What Velero calls the props. */
const KEYS = { cacheLimit: 'cacheLimitMB', fullMaintenanceInterval: 'fullMaintenanceInterval' };

/** How soon kopia's full maintenance frees what no backup needs any more. */
export enum FullMaintenanceInterval {
  /** Every 24 hours: kopia's own. */
  NORMAL = 'normalGC',
  /** Every 12 hours. */
  FAST = 'fastGC',
  /** Every 6 hours. */
  EAGER = 'eagerGC',
}

/** Properties of `KopiaRepository`. */
export interface KopiaRepositoryProps {
  /**
   * Secret `velero-repo-credentials`, key `repository-password`; any other raises an error. It can never be changed: nothing re-encrypts a
   * repository.
   */
  readonly password: ICredential;

  /**
   * Most that a repository's cache takes on the disk of a node, in whole mebibytes. Read when a repository is created. Velero 1.15 and newer.
   *
   * @default - 5000 MB
   */
  readonly cacheLimit?: Size;

  /**
   * How soon unused data is freed. Read when a repository is created. Velero 1.16 and newer.
   *
   * @default - 24 hours
   */
  readonly fullMaintenanceInterval?: FullMaintenanceInterval;

  /**
   * How often maintenance runs. A repository keeps the frequency that it was created with.
   *
   * @default - 1 hour
   */
  readonly maintenanceFrequency?: Duration;
}

/**
 * Volumes are written by kopia: AES256-GCM-HMAC-SHA256. Every known Velero writes and restores such backups.
 *
 * @see https://velero.io/docs/main/backup-repository-configuration/
 */
export class KopiaRepository extends Construct implements IBackupRepository {
  public readonly uploader = Uploader.KOPIA;
  public readonly password: ICredential;
  public readonly maintenanceFrequency?: Duration;
  public readonly configMapName?: string;

  public constructor(scope: Construct, id: string, props: KopiaRepositoryProps) {
    super(scope, id);
    this.password = props.password;
    this.maintenanceFrequency = props.maintenanceFrequency;

    const problems = Problems.of(this, TYPE);
    problems.add(
      ...wrongPassword(props.password),
      wholeSeconds('maintenanceFrequency', props.maintenanceFrequency),
      wrongCacheLimit(props.cacheLimit),
      // Velero reads the word only when it creates a repository: a wrong one would show late.
      oneOf('fullMaintenanceInterval', props.fullMaintenanceInterval, Object.values(FullMaintenanceInterval)),
    );
    problems.refuse();

    const settings = settingsOf(props);
    if (Object.keys(settings).length > 0) {
      this.configMapName = CONFIG_MAP_NAME;
      this.emit(settings);
    }
  }

  private emit(settings: { [key: string]: unknown }): void {
    const { namespace } = this.password;
    kubeObject(this, 'Resource', 'ConfigMap', {
      metadata: deliver('ConfigMap', { name: CONFIG_MAP_NAME, namespace }),
      data: { [Uploader.KOPIA]: JSON.stringify(settings) },
    });
    const declarations = Declarations.of(this);
    declarations.claim(this, 'ConfigMap', namespace, CONFIG_MAP_NAME);
    for (const [prop, key] of Object.entries(KEYS).filter(([, name]) => name in settings)) {
      declarations.expect(this, TYPE, namespace, release => ignored(prop, key, release));
    }
  }
}

function wrongCacheLimit(limit: Size | undefined): Problem | undefined {
  if (limit === undefined) {
    return undefined;
  }
  // Callers without types pass strings such as "5Gi".
  if (typeof limit.toKibibytes !== 'function') {
    return { what: 'cacheLimit', got: limit, wanted: 'a Size, such as Size.gibibytes(5)' };
  }
  const kibibytes = limit.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
  return kibibytes >= 1024 && kibibytes % 1024 === 0 ? undefined : {
    what: 'cacheLimit', got: `${kibibytes}Ki`, wanted: 'a whole number of mebibytes, at least 1',
  };
}

function settingsOf({ cacheLimit, fullMaintenanceInterval }: KopiaRepositoryProps): { [key: string]: unknown } {
  return {
    ...(cacheLimit && { [KEYS.cacheLimit]: cacheLimit.toMebibytes() }),
    ...(fullMaintenanceInterval && { [KEYS.fullMaintenanceInterval]: fullMaintenanceInterval }),
  };
}

function ignored(what: string, key: string, release: VeleroRelease): Problem | undefined {
  return release.readsConfigMapKey(SETTINGS, key) ? undefined : {
    what,
    wanted: `a release of Velero that reads it, but ${release.version} does not`,
    next: 'leave it out or change the version of the VeleroInstall',
  };
}
