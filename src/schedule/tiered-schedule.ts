import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { dnsLabel, Problem, Problems } from '../findings';
import { BackupOptions, checkOptions, given, renderOptions, savesFilesOfAllVolumes } from './backup-options';
import { BackupSchedule, IBackupSchedule, SHARED, SharedWork, skipEmptyDirs, TierScheduleProps } from './backup-schedule';
import { BackupTier } from './backup-tier';
import { CronExpression } from './cron-expression';
import { checkGap } from './schedule-checks';
import { APPLICATION, TIERED_SCHEDULE } from './schedule-shapes';
import { Spread, spreadCron, spreadOf } from './spread';
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
   * @default - `emptyDir` volumes are skipped, by one ConfigMap named `<namePrefix>-volumes`, also that of other TieredSchedules with the prefix
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
  private readonly options: BackupOptions;
  private readonly spread: Spread;
  /** What is done once for all schedules, and what more for those without options of their own. */
  private readonly work: SharedWork;
  private workWithoutOwn?: SharedWork;
  private sharedPolicy?: IVolumePolicy;

  /**
   * @throws when there is no application, one twice, or one whose cron does not keep the RPO
   */
  public constructor(scope: Construct, id: string, private readonly props: TieredScheduleProps) {
    super(scope, id);
    this.checkTypes(TIERED_SCHEDULE.problems('', props ?? {}));
    this.namePrefix = props.namePrefix ?? props.tier.schedulePrefix;
    this.options = optionsOf(props);
    this.spread = spreadOf({ rpo: props.tier.rpo, window: props.window, windowStart: props.windowStart });
    this.work = { annotations: props.tier._annotations() };
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
    this.checkTypes(APPLICATION.problems('application', application));
    this.addAll([application]);
    return this.byApplication.get(application.name)!;
  }

  private checkTypes(wrong: Problem[]): void {
    const problems = Problems.of(this, TYPE);
    problems.add(...wrong);
    problems.refuse();
  }

  private addAll(applications: BackupApplication[], problem?: Problem): void {
    const problems = Problems.of(this, TYPE);
    problems.add(problem, this.checkRepeated(applications), ...applications.flatMap(application => this.checkApplication(application)));
    problems.add(...applications.every(hasOwnOptions) ? [] : checkOptions(this.options));
    problems.add(...applications.every(({ cron }) => cron) ? [] : this.spread.problems);
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

  /** Hooks of the tier are for all its applications together: one that is for the namespace of another is no mistake. */
  private checkApplication({ name, namespaces = [name], cron, hooks }: BackupApplication): (Problem | undefined)[] {
    return [
      dnsLabel('applications.name', name),
      cron && checkGap(`applications['${name}'].cron`, cron, this.props.tier.rpo),
      ...hooks ? hooks._problemsIn(`applications['${name}'].hooks`, namespaces, undefined) : [],
    ];
  }

  private schedule(application: BackupApplication): BackupSchedule {
    const { name, namespaces = [name] } = application;
    const { tier, location } = this.props;
    const own = hasOwnOptions(application);
    const options = own ? { ...this.options, ...ownOptions(application) } : this.options;
    const onlyNamespace: { [key: string]: string } = namespaces.length === 1 && !dnsLabel('namespaces', namespaces[0]) ? { namespace: namespaces[0] } : {};
    const props: TierScheduleProps = {
      ...options,
      [SHARED]: own ? this.work : this.workWithoutOwn ??= { ...this.work, options: given(renderOptions(options)) },
      name: `${this.namePrefix}-${name}`,
      location,
      cron: application.cron ?? spreadCron(name, this.spread),
      ttl: application.ttl ?? tier.retention,
      tier,
      includedNamespaces: namespaces,
      volumePolicy: application.volumes ?? this.policyFor(options),
      labels: { 'backup-tier': tier.name, 'app': name },
      backupLabels: { 'backup-tier': tier.name, ...onlyNamespace },
    };
    return new BackupSchedule(this, name, props);
  }

  /** One ConfigMap for all applications, and none where nobody needs it. */
  private policyFor(options: BackupOptions): IVolumePolicy | undefined {
    if (!this.sharedPolicy && savesFilesOfAllVolumes(options)) {
      this.sharedPolicy = skipEmptyDirs(this, 'Volumes', `${this.namePrefix}-volumes`, this.props.location.namespace);
    }
    return this.sharedPolicy;
  }
}

/** Props of an application that are no options; what is no value here counts as not given. */
const NO_OPTIONS: { readonly [Prop in Exclude<keyof BackupApplication, keyof BackupOptions>]: undefined } = {
  name: undefined, namespaces: undefined, cron: undefined, ttl: undefined, volumes: undefined,
};

/** Most applications have none: their schedules differ in names only. */
function hasOwnOptions(application: BackupApplication): boolean {
  for (const prop in application) {
    if (application[prop as keyof BackupApplication] !== undefined && !(prop in NO_OPTIONS)) {
      return true;
    }
  }
  return false;
}

/** An option that is there but undefined does not replace that of the tier. */
function ownOptions(application: BackupApplication): BackupOptions {
  return given({ ...application, ...NO_OPTIONS });
}

function optionsOf(props: TieredScheduleProps): BackupOptions {
  const { tier, location, applications, namePrefix, volumePolicy, window, windowStart, ...options } = props;
  return options;
}
