import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { dnsLabel, Problem, Problems } from '../findings';
import { BackupOptions, checkOptions, given, renderOptions, savesFilesOfAllVolumes } from './backup-options';
import { BackupSchedule, IBackupSchedule, SHARED, SharedWork, skipEmptyDirs, TierScheduleProps } from './backup-schedule';
import { BackupTier } from './backup-tier';
import { CronExpression } from './cron-expression';
import { checkOffsite, Offsite, OffsiteCopy } from './offsite-copy';
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

  /**
   * Whether there is a second copy of it, where the TieredSchedule has an `offsite`. Not for what must not leave the cluster: objects are stored in
   * plain gzip, Secrets among them.
   *
   * @default true
   */
  readonly offsite?: boolean;
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
   * A second copy of every application, elsewhere: one Schedule more for each, with a name, a label and an RPO of its own, and never started in the
   * same minute as the first.
   *
   * @default - none: the only copy is lost with its location
   */
  readonly offsite?: OffsiteCopy;

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

/** Where and how one copy of an application is made. */
interface Copy {
  readonly scope: Construct;
  readonly tier: BackupTier;
  readonly location: IBackupStorageLocation;
  readonly namePrefix: string;
  readonly cron: CronExpression;
  readonly ttl: Duration;
  readonly work: Work;
}

/** What is done once for all schedules, and what more for those without options of their own. */
class Work {
  private withoutOwn?: SharedWork;

  public constructor(private readonly common: SharedWork) {}

  public of(options: BackupOptions, own: boolean): SharedWork {
    return own ? this.common : this.withoutOwn ??= { ...this.common, options: given(renderOptions(options)) };
  }
}

/** The second copies of a tier. */
interface SecondCopies {
  readonly offsite: Offsite;
  readonly work: Work;
  readonly schedules: BackupSchedule[];
}

/**
 * The schedules of one tier: a Velero Schedule for each application, named `<namePrefix>-<application>`, and with `offsite` a second one,
 * `<namePrefix>-offsite-<application>`.
 *
 * Schedules are labelled `backup-tier` and `app`, backups `backup-tier` and, where there is only one, `namespace`. The tier of a second copy is
 * `<tier>-offsite`.
 */
export class TieredSchedule extends Construct {
  private readonly byApplication = new Map<string, BackupSchedule>();
  private readonly namePrefix: string;
  private readonly options: BackupOptions;
  private readonly spread: Spread;
  private readonly work: Work;
  private readonly second?: SecondCopies;
  private sharedPolicy?: IVolumePolicy;

  /**
   * @throws when there is no application, one twice, or one whose cron does not keep the RPO, or a second copy that cannot be
   */
  public constructor(scope: Construct, id: string, private readonly props: TieredScheduleProps) {
    super(scope, id);
    this.checkTypes(TIERED_SCHEDULE.problems('', props ?? {}));
    this.namePrefix = props.namePrefix ?? props.tier.schedulePrefix;
    this.options = optionsOf(props);
    this.spread = spreadOf({ rpo: props.tier.rpo, window: props.window, windowStart: props.windowStart });
    this.work = new Work({ annotations: props.tier._annotations() });
    this.second = this.secondOf(props);
    this.sharedPolicy = props.volumePolicy;
    this.addAll(props.applications, props.applications.length > 0 ? undefined : {
      what: 'applications', got: [], wanted: 'at least one application', next: 'name one or remove the tier',
    });
  }

  /** The schedules in the order of their applications, as a copy. Those of the second copies are `offsiteSchedules`. */
  public get schedules(): IBackupSchedule[] {
    return [...this.byApplication.values()];
  }

  /** The schedules of the second copies in the order of their applications, as a copy. */
  public get offsiteSchedules(): IBackupSchedule[] {
    return [...this.second?.schedules ?? []];
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

  private secondOf({ offsite: copy, tier, location }: TieredScheduleProps): SecondCopies | undefined {
    if (copy === undefined) {
      return undefined;
    }
    const problems = Problems.of(this, TYPE);
    problems.add(...checkOffsite(copy, location));
    problems.refuse();
    const offsite = new Offsite(copy, tier, this.namePrefix);
    return { offsite, work: new Work({ annotations: offsite.tier._annotations() }), schedules: [] };
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
    applications.forEach(application => this.byApplication.set(application.name, this.firstCopy(application)));
    if (this.second) {
      const { schedules } = this.second;
      const copied = applications.filter(({ offsite }) => offsite !== false);
      schedules.push(...copied.map(application => this.secondCopy(application, this.second!)));
    }
  }

  private checkRepeated(applications: BackupApplication[]): Problem | undefined {
    const seen = new Set(this.byApplication.keys());
    const repeated = applications.map(({ name }) => name).filter(name => seen.size === seen.add(name).size);
    return repeated.length === 0 ? undefined : {
      what: 'applications', got: repeated, wanted: 'each name once', next: 'rename or remove all but one of each',
    };
  }

  /** Hooks of the tier are for all its applications together: one that is for the namespace of another is no mistake. */
  private checkApplication({ name, namespaces = [name], cron, hooks, offsite }: BackupApplication): (Problem | undefined)[] {
    return [
      dnsLabel('applications.name', name),
      cron && checkGap(`applications['${name}'].cron`, cron, this.props.tier.rpo),
      ...offsite === false ? [] : this.checkBeside(name, cron),
      ...hooks ? hooks._problemsIn(`applications['${name}'].hooks`, namespaces, undefined) : [],
    ];
  }

  private checkBeside(name: string, own: CronExpression | undefined): (Problem | undefined)[] {
    if (this.second === undefined) {
      return [];
    }
    const cron = own ?? (this.spread.problems.length === 0 ? spreadCron(name, this.spread) : undefined);
    return cron ? [this.second.offsite.problemBeside(name, cron)] : [];
  }

  private firstCopy(application: BackupApplication): BackupSchedule {
    const { tier, location } = this.props;
    const cron = application.cron ?? spreadCron(application.name, this.spread);
    return this.schedule(application, {
      scope: this, tier, location, namePrefix: this.namePrefix, cron, ttl: application.ttl ?? tier.retention, work: this.work,
    });
  }

  private secondCopy(application: BackupApplication, { offsite, work }: SecondCopies): BackupSchedule {
    const { name } = application;
    return this.schedule(application, {
      // No application has such a name.
      scope: this.node.tryFindChild('Offsite') as Construct | undefined ?? new Construct(this, 'Offsite'),
      tier: offsite.tier,
      location: offsite.copy.location,
      namePrefix: offsite.tier.schedulePrefix,
      cron: offsite.cronBeside(name, this.byApplication.get(name)!.cron),
      ttl: offsite.tier.retention,
      work,
    });
  }

  private schedule(application: BackupApplication, { scope, tier, location, namePrefix, cron, ttl, work }: Copy): BackupSchedule {
    const { name, namespaces = [name] } = application;
    const own = hasOwnOptions(application);
    const options = own ? { ...this.options, ...ownOptions(application) } : this.options;
    const onlyNamespace: { [key: string]: string } = namespaces.length === 1 && !dnsLabel('namespaces', namespaces[0]) ? { namespace: namespaces[0] } : {};
    const props: TierScheduleProps = {
      ...options,
      [SHARED]: work.of(options, own),
      name: `${namePrefix}-${name}`,
      location,
      cron,
      ttl,
      tier,
      includedNamespaces: namespaces,
      volumePolicy: application.volumes ?? this.policyFor(options),
      labels: { 'backup-tier': tier.name, 'app': name },
      backupLabels: { 'backup-tier': tier.name, ...onlyNamespace },
    };
    return new BackupSchedule(scope, name, props);
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
  name: undefined, namespaces: undefined, cron: undefined, ttl: undefined, volumes: undefined, offsite: undefined,
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
  const { tier, location, applications, offsite, namePrefix, volumePolicy, window, windowStart, ...options } = props;
  return options;
}
