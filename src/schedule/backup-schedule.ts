import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { annotations, Declarations, dnsLabel, labels, Problems } from '../findings';
import { kubeObject } from '../kube/object';
import { IBackupStorageLocation } from '../storage/backup-storage-location';
import { goDuration, shortGoDuration } from '../versions';
import { BackupOptions, checkOptions, given, renderOptions, savesFilesOfAllVolumes } from './backup-options';
import { BackupTier } from './backup-tier';
import { CronExpression } from './cron-expression';
import { checkNamespaces, isGlob } from './filters';
import { checkBackupLabels, checkLocation, checkName, checkObjectives, checkPolicy, checkRetention } from './schedule-checks';
import { SCHEDULE } from './schedule-shapes';
import { IVolumePolicy, VolumePolicy } from './volume-policy';
import { VolumeAction, VolumeType } from './volume-rule';

const TYPE = 'BackupSchedule';

/**
 * A Velero Schedule.
 */
export interface IBackupSchedule {
  /** Name of the Schedule; its backups are named after it. */
  readonly scheduleName: string;

  /** Namespace of the Schedule: Velero's own. */
  readonly namespace: string;
}

/**
 * Where an existing Schedule is.
 */
export interface BackupScheduleAttributes {
  /**
   * Namespace of the Schedule: Velero's own.
   *
   * @default 'velero'
   */
  readonly namespace?: string;
}

/**
 * Properties of a BackupSchedule.
 */
export interface BackupScheduleProps extends BackupOptions {
  /**
   * Name of the Schedule, a DNS subdomain of at most 63 characters; up to 48 keep the names of its backups within a label.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /** Where the backups go. The Schedule lives in its namespace. One with `AccessMode.READ_ONLY` is refused unless the schedule is paused. */
  readonly location: IBackupStorageLocation;

  /** When a backup is made. */
  readonly cron: CronExpression;

  /**
   * How long a backup is kept. Whole seconds, and more than the longest gap of the cron: otherwise the last good backup expires first.
   *
   * A change reaches new backups only.
   *
   * @default - the retention of the tier; without a tier it is required
   */
  readonly ttl?: Duration;

  /**
   * The tier it belongs to: its name, RPO and RTO are written as annotations.
   *
   * @default - none
   */
  readonly tier?: BackupTier;

  /**
   * Most data that may be lost. At least the longest gap of the cron. Written as an annotation.
   *
   * @default - that of the tier
   */
  readonly rpo?: Duration;

  /**
   * Longest allowed recovery. Written as an annotation.
   *
   * @default - that of the tier
   */
  readonly rto?: Duration;

  /**
   * Namespaces to save. They must exist, or every backup is PartiallyFailed. `*` for all, only alone.
   *
   * Patterns such as `team-*` need Velero >= 1.18.
   *
   * @default - all namespaces
   */
  readonly includedNamespaces?: string[];

  /**
   * Namespaces not to save. Patterns need Velero >= 1.18.
   *
   * @default - none
   */
  readonly excludedNamespaces?: string[];

  /**
   * Rules for volumes.
   *
   * @default - `emptyDir` volumes are skipped, by a ConfigMap named `<name>-volumes`, when defaultVolumesToFsBackup is on; otherwise none
   */
  readonly volumePolicy?: IVolumePolicy;

  /**
   * Labels of the Schedule.
   *
   * @default - those of the chart
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of the backups. Without `app.kubernetes.io/instance`, by which ArgoCD takes a backup for its own and prunes it.
   *
   * @default - `velero.io/schedule-name`, which Velero sets anyway: without any, all labels of the Schedule would be copied
   */
  readonly backupLabels?: { [key: string]: string };

  /**
   * Annotations of the Schedule. Velero copies them to each backup.
   *
   * @default - those for ArgoCD, the tier, RPO and RTO
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * One Velero Schedule: what is saved, when, where to and for how long.
 *
 * @see https://velero.io/docs/main/api-types/schedule/
 */
export class BackupSchedule extends Construct implements IBackupSchedule {
  /**
   * A Schedule that something else puts into the cluster.
   *
   * @param scheduleName name of the Schedule
   */
  public static fromScheduleName(
    scope: Construct, id: string, scheduleName: string, attributes: BackupScheduleAttributes = {},
  ): IBackupSchedule {
    return new ExistingSchedule(scope, id, scheduleName, attributes.namespace ?? 'velero');
  }

  /** Name of the Schedule. */
  public readonly scheduleName: string;

  /** Namespace of the Schedule. */
  public readonly namespace: string;

  /** When a backup is made. */
  public readonly cron: CronExpression;

  /** How long a backup is kept. */
  public readonly ttl: Duration;

  /** Where the backups go. */
  public readonly location: IBackupStorageLocation;

  /** Most data that may be lost. */
  public readonly rpo?: Duration;

  /** Longest allowed recovery. */
  public readonly rto?: Duration;

  /**
   * @throws when something in it cannot work, with everything that was found
   */
  public constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    const shared = (props as TierScheduleProps | undefined)?.[SHARED];
    if (!shared) {
      this.checkTypes(props);
    }
    this.scheduleName = props.name ?? id;
    this.namespace = props.location.namespace;
    this.cron = props.cron;
    this.ttl = (props.ttl ?? props.tier?.retention)!;
    this.location = props.location;
    this.rpo = props.rpo ?? props.tier?.rpo;
    this.rto = props.rto ?? props.tier?.rto;

    this.check(props, shared);
    this.declare(props);

    kubeObject(this, 'Resource', 'Schedule', {
      metadata: deliver('Schedule', {
        name: this.scheduleName,
        namespace: this.namespace,
        labels: props.labels,
        annotations: { ...shared?.annotations ?? objectives(props), ...props.annotations },
      }),
      spec: given({
        schedule: this.cron.expression,
        paused: props.paused,
        skipImmediately: false,
        useOwnerReferencesInBackup: props.useOwnerReferencesInBackup,
        template: given(this.template(props, shared?.options ?? renderOptions(props))),
      }),
    });
  }

  private checkTypes(props: BackupScheduleProps): void {
    const problems = Problems.of(this, TYPE);
    problems.add(...SCHEDULE.problems('', props ?? {}));
    problems.refuse();
  }

  private check(props: BackupScheduleProps, shared: SharedWork | undefined): void {
    const problems = Problems.of(this, TYPE);
    problems.add(checkName('name', this.scheduleName));
    problems.add(...checkRetention(this.ttl, this.cron));
    problems.add(...checkObjectives(this.cron, this.rpo, this.rto));
    problems.add(...checkNamespaces(props.includedNamespaces, props.excludedNamespaces));
    problems.add(...shared?.options ? [] : checkOptions(props));
    problems.add(...shared ? [] : props.hooks?._problemsIn('hooks', props.includedNamespaces, props.excludedNamespaces) ?? []);
    problems.add(...checkPolicy(props, this.namespace), checkLocation(props.location, props.paused));
    problems.add(...labels('labels', props.labels), ...labels('backupLabels', props.backupLabels), ...checkBackupLabels(props.backupLabels));
    problems.add(...annotations('annotations', props.annotations));
    problems.refuse();
  }

  private declare(props: BackupScheduleProps): void {
    const declarations = Declarations.of(this);
    declarations.claim(this, 'Schedule', this.namespace, this.scheduleName);
    if (props.volumeGroupSnapshotLabelKey !== undefined) {
      declarations.need(this, TYPE, this.namespace, 'volumeGroupSnapshotLabelKey', 'volume-group-snapshot-label-key');
    }
    for (const list of ['includedNamespaces', 'excludedNamespaces'] as const) {
      if (props[list]?.some(isGlob)) {
        declarations.need(this, TYPE, this.namespace, list, 'namespace-patterns');
      }
    }
  }

  private template(props: BackupScheduleProps, options: object): any {
    const policy = props.volumePolicy ?? this.defaultVolumePolicy(props);
    return {
      metadata: { labels: props.backupLabels ?? { 'velero.io/schedule-name': this.scheduleName } },
      storageLocation: this.location.locationName,
      ttl: goDuration(this.ttl),
      includedNamespaces: props.includedNamespaces,
      excludedNamespaces: props.excludedNamespaces,
      ...options,
      // Velero ignores any other kind without a word.
      resourcePolicy: policy && { kind: 'ConfigMap', name: policy.configMapName },
    };
  }

  private defaultVolumePolicy(props: BackupScheduleProps): IVolumePolicy | undefined {
    return savesFilesOfAllVolumes(props) ? skipEmptyDirs(this, 'Volumes', `${this.scheduleName}-volumes`, this.namespace) : undefined;
  }
}

/** What the schedule promises, for readers of the YAML: Velero has no fields for it. */
function objectives({ tier, rpo, rto }: BackupScheduleProps): { [key: string]: string } {
  const own = given({ 'cdk8s-velero/rpo': rpo && shortGoDuration(rpo), 'cdk8s-velero/rto': rto && shortGoDuration(rto) });
  return { ...tier?._annotations(), ...own };
}

/** How a tier says what it has done for its schedules. No prop: users have no business with it. */
export const SHARED = Symbol('cdk8s-velero.shared');

/** What a tier has done once for its schedules, besides checking types and hooks. */
export interface SharedWork {
  /** What they promise. */
  readonly annotations: { [key: string]: string };

  /** Fields of the options, checked, of schedules that have none of their own. */
  readonly options?: object;
}

/** What a tier gives to its schedules. */
export interface TierScheduleProps extends BackupScheduleProps {
  readonly [SHARED]?: SharedWork;
}

class ExistingSchedule extends Construct implements IBackupSchedule {
  public constructor(scope: Construct, id: string, public readonly scheduleName: string, public readonly namespace: string) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(checkName('scheduleName', scheduleName), dnsLabel('namespace', namespace));
    problems.refuse();
  }
}

/**
 * The policy of those who give none: scratch data and shared memory are not worth their upload.
 *
 * Always the same, so that schedules which name it alike share one ConfigMap. A policy that a user declares under that name is refused as any
 * second one: it may say something else.
 */
export function skipEmptyDirs(scope: Construct, id: string, name: string, namespace: string): VolumePolicy {
  const rules = [{ volumeTypes: [VolumeType.EMPTY_DIR], action: VolumeAction.SKIP }];
  return Declarations.of(scope).once(`default VolumePolicy ${namespace}/${name}`, () => new VolumePolicy(scope, id, { name, namespace, rules }));
}
