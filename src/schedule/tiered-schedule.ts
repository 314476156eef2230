import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { dnsLabel, Problem, Problems } from '../findings';
import { BackupOptions } from './backup-options';
import { BackupSchedule, checkGap, IBackupSchedule, savesFilesOfAllVolumes, skipEmptyDirs } from './backup-schedule';
import { BackupTier } from './backup-tier';
import { CronExpression } from './cron-expression';
import { spreadCron } from './spread';
import { IVolumePolicy } from './volume-policy';
import { IBackupStorageLocation } from '../storage/backup-storage-location';

const TYPE = 'TieredSchedule';

/**
 * An application of a tier: one schedule. Options given here replace those of the TieredSchedule.
 */
export interface BackupApplication extends BackupOptions {
  /** Name of the application, once in a TieredSchedule. A DNS label; with the prefix at most 63 characters. */
  readonly name: string;

  /**
   * Namespaces to save. They must exist, or every backup is PartiallyFailed. Patterns need Velero >= 1.18.
   *
   * @default - the namespace that has the name of the application
   */
  readonly namespaces?: string[];

  /**
   * When a backup is made. Its longest gap is at most the RPO of the tier.
   *
   * @default - derived from the RPO; the minute from the name of the application, so that adding one never moves another
   */
  readonly cron?: CronExpression;

  /**
   * How long a backup is kept. Whole seconds, and more than the longest gap of the cron.
   *
   * @default - the retention of the tier
   */
  readonly ttl?: Duration;

  /**
   * Rules for the volumes of the application.
   *
   * @default - the volumePolicy of the TieredSchedule
   */
  readonly volumes?: IVolumePolicy;
}

/**
 * Properties of a TieredSchedule. The options are for all applications.
 */
export interface TieredScheduleProps extends BackupOptions {
  /** What the applications have in common: RPO, RTO and retention. */
  readonly tier: BackupTier;

  /** Where the backups go. The Schedules live in its namespace. */
  readonly location: IBackupStorageLocation;

  /** The applications; at least one, each name once. */
  readonly applications: BackupApplication[];

  /**
   * First part of the names of the Schedules, before "-" and the name of the application.
   *
   * @default - the schedulePrefix of the tier
   */
  readonly namePrefix?: string;

  /**
   * Rules for the volumes of all applications.
   *
   * @default - `emptyDir` volumes are skipped, by one ConfigMap named `<namePrefix>-volumes` for all applications
   */
  readonly volumePolicy?: IVolumePolicy;

  /**
   * Over how long the starts that are derived from the RPO are spread. Whole minutes, at most the time between two starts.
   *
   * @default - 4 hours for an RPO of a day and more, the time between two starts for less
   */
  readonly window?: Duration;

  /**
   * When that begins, as the time since midnight UTC. Whole minutes, below 24 hours.
   *
   * @default - 01:00 for an RPO of a day and more, midnight for less
   */
  readonly windowStart?: Duration;
}

/**
 * The schedules of one tier: a Velero Schedule for each application, named `<namePrefix>-<application>`.
 *
 * Schedules are labelled `backup-tier` and `app`, backups `backup-tier` and, where there is only one, `namespace`.
 */
export class TieredSchedule extends Construct {
  private readonly byApplication = new Map<string, BackupSchedule>();
  private readonly namePrefix: string;
  private sharedPolicy?: IVolumePolicy;

  /**
   * @throws when there is no application, one twice, or one whose cron does not keep the RPO
   */
  public constructor(scope: Construct, id: string, private readonly props: TieredScheduleProps) {
    super(scope, id);
    this.namePrefix = props.namePrefix ?? props.tier.schedulePrefix;
    this.sharedPolicy = props.volumePolicy;
    this.addAll(props.applications, props.applications.length > 0 ? undefined : {
      what: 'applications', got: [], wanted: 'at least one application', next: 'name one or remove the tier',
    });
  }

  /** The schedules in the order of their applications, as a copy. */
  public get schedules(): IBackupSchedule[] {
    return [...this.byApplication.values()];
  }

  /**
   * Adds an application to the tier.
   *
   * @throws when the tier has one of that name, or its cron does not keep the RPO
   */
  public addApplication(application: BackupApplication): IBackupSchedule {
    this.addAll([application]);
    return this.byApplication.get(application.name)!;
  }

  private addAll(applications: BackupApplication[], problem?: Problem): void {
    const problems = Problems.of(this, TYPE);
    problems.add(problem, this.checkRepeated(applications), ...applications.flatMap(application => this.checkApplication(application)));
    problems.refuse();
    applications.forEach(application => this.byApplication.set(application.name, this.schedule(application)));
  }

  private checkRepeated(applications: BackupApplication[]): Problem | undefined {
    const seen = new Set(this.byApplication.keys());
    const repeated = applications.map(({ name }) => name).filter(name => seen.size === seen.add(name).size);
    return repeated.length === 0 ? undefined : {
      what: 'applications', got: repeated, wanted: 'each name once', next: 'rename or remove all but one of each',
    };
  }

  private checkApplication({ name, cron }: BackupApplication): (Problem | undefined)[] {
    return [
      dnsLabel('applications.name', name),
      cron && checkGap(`applications['${name}'].cron`, cron, this.props.tier.rpo),
    ];
  }

  private schedule(application: BackupApplication): BackupSchedule {
    const { tier, location, window, windowStart } = this.props;
    const { name, namespaces = [name], cron, ttl, volumes, ...own } = application;
    const options = { ...optionsOf(this.props), ...given(own) };
    const onlyNamespace: { [key: string]: string } = namespaces.length === 1 && !dnsLabel('namespaces', namespaces[0]) ? { namespace: namespaces[0] } : {};
    return new BackupSchedule(this, name, {
      ...options,
      name: `${this.namePrefix}-${name}`,
      location,
      cron: cron ?? spreadCron(name, { rpo: tier.rpo, window, windowStart }),
      ttl: ttl ?? tier.retention,
      tier,
      includedNamespaces: namespaces,
      volumePolicy: volumes ?? this.policyFor(options),
      labels: { 'backup-tier': tier.name, 'app': name },
      backupLabels: { 'backup-tier': tier.name, ...onlyNamespace },
    });
  }

  /** One ConfigMap for all applications, and none where nobody needs it. */
  private policyFor(options: BackupOptions): IVolumePolicy | undefined {
    if (!this.sharedPolicy && savesFilesOfAllVolumes(options)) {
      this.sharedPolicy = skipEmptyDirs(this, 'Volumes', `${this.namePrefix}-volumes`, this.props.location.namespace);
    }
    return this.sharedPolicy;
  }
}

function optionsOf(props: TieredScheduleProps): BackupOptions {
  const { tier, location, applications, namePrefix, volumePolicy, window, windowStart, ...options } = props;
  return options;
}

/** An option that is there but undefined does not replace that of the tier. */
function given(options: BackupOptions): BackupOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
