import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { Declarations, dnsLabel, labelKey, labelValue, Problem, Problems, wholeSeconds } from '../findings';
import { KubeSchedule } from '../kube/velero.io';
import { IBackupStorageLocation } from '../storage/backup-storage-location';
import { goDuration, shortGoDuration } from '../versions';
import { BackupOptions, checkOptions, renderOptions } from './backup-options';
import { BackupTier } from './backup-tier';
import { CronExpression } from './cron-expression';
import { checkNamespaces, isGlob, oldFilters } from './filters';
import { IVolumePolicy, VolumePolicy } from './volume-policy';
import { VolumeAction, VolumeType } from './volume-rule';

const TYPE = 'BackupSchedule';
/** ArgoCD's own label: on a Backup it makes ArgoCD prune what it takes for a stray object of the application. */
const INSTANCE_LABEL = 'app.kubernetes.io/instance';
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

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
   * Name of the Schedule. At most 63 lower-case letters, digits, "-" and "."; up to 48 keep the names of its backups within a label.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /** Where the backups go. The Schedule lives in its namespace. */
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
    this.scheduleName = props.name ?? id;
    this.namespace = props.location.namespace;
    this.cron = props.cron;
    this.ttl = (props.ttl ?? props.tier?.retention)!;
    this.location = props.location;
    this.rpo = props.rpo ?? props.tier?.rpo;
    this.rto = props.rto ?? props.tier?.rto;

    this.check(props);
    this.declare(props);

    new KubeSchedule(this, 'Resource', {
      metadata: deliver('Schedule', {
        name: this.scheduleName,
        namespace: this.namespace,
        labels: props.labels,
        annotations: { ...this.objectives(props.tier), ...props.annotations },
      }),
      spec: {
        schedule: this.cron.expression,
        paused: props.paused,
        skipImmediately: false,
        useOwnerReferencesInBackup: props.useOwnerReferencesInBackup,
        template: this.template(props),
      },
    });
  }

  private check(props: BackupScheduleProps): void {
    const problems = Problems.of(this, TYPE);
    problems.add(checkName('name', this.scheduleName));
    problems.add(...checkRetention(this.ttl, this.cron));
    problems.add(...checkObjectives(this.cron, this.rpo, this.rto));
    problems.add(...checkNamespaces(props.includedNamespaces, props.excludedNamespaces));
    problems.add(...checkOptions(props));
    problems.add(...checkPolicy(props, this.namespace));
    problems.add(...checkLabels('labels', props.labels ?? {}));
    problems.add(...checkLabels('backupLabels', props.backupLabels ?? {}));
    problems.add(...checkBackupLabels(props.backupLabels));
    problems.add(...Object.keys(props.annotations ?? {}).map(key => labelKey('annotations', key)));
    problems.refuse();
  }

  private declare(props: BackupScheduleProps): void {
    const declarations = Declarations.of(this);
    declarations.claim(this, 'Schedule', this.namespace, this.scheduleName);
    this.cron._needs().forEach(capability => declarations.need(this, TYPE, this.namespace, 'cron', capability));
    if (props.volumeGroupSnapshotLabelKey !== undefined) {
      declarations.need(this, TYPE, this.namespace, 'volumeGroupSnapshotLabelKey', 'volume-group-snapshot-label-key');
    }
    for (const list of ['includedNamespaces', 'excludedNamespaces'] as const) {
      if (props[list]?.some(isGlob)) {
        declarations.need(this, TYPE, this.namespace, list, 'namespace-patterns');
      }
    }
  }

  /** What the schedule promises, for readers of the YAML: Velero has no fields for it. */
  private objectives(tier: BackupTier | undefined): { [key: string]: string } {
    return {
      ...tier && { 'cdk8s-velero/tier': tier.name },
      ...this.rpo && { 'cdk8s-velero/rpo': shortGoDuration(this.rpo) },
      ...this.rto && { 'cdk8s-velero/rto': shortGoDuration(this.rto) },
    };
  }

  private template(props: BackupScheduleProps): any {
    const policy = props.volumePolicy ?? this.defaultVolumePolicy(props);
    return {
      metadata: { labels: props.backupLabels ?? { 'velero.io/schedule-name': this.scheduleName } },
      storageLocation: this.location.locationName,
      ttl: goDuration(this.ttl),
      includedNamespaces: props.includedNamespaces,
      excludedNamespaces: props.excludedNamespaces,
      ...renderOptions(props),
      // Velero ignores any other kind without a word.
      resourcePolicy: policy && { kind: 'ConfigMap', name: policy.configMapName },
    };
  }

  private defaultVolumePolicy(props: BackupScheduleProps): IVolumePolicy | undefined {
    return savesFilesOfAllVolumes(props) ? skipEmptyDirs(this, 'Volumes', `${this.scheduleName}-volumes`, this.namespace) : undefined;
  }
}

class ExistingSchedule extends Construct implements IBackupSchedule {
  public constructor(scope: Construct, id: string, public readonly scheduleName: string, public readonly namespace: string) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(checkName('scheduleName', scheduleName), dnsLabel('namespace', namespace));
    problems.refuse();
  }
}

/** Whether files of volumes are saved that nobody chose one by one. */
export function savesFilesOfAllVolumes(options: BackupOptions): boolean {
  return options.defaultVolumesToFsBackup !== false;
}

/** The policy of those who give none: scratch data and shared memory are not worth their upload. */
export function skipEmptyDirs(scope: Construct, id: string, name: string, namespace: string): VolumePolicy {
  return new VolumePolicy(scope, id, { name, namespace, rules: [{ volumeTypes: [VolumeType.EMPTY_DIR], action: VolumeAction.SKIP }] });
}

/** Velero puts the name into a label of each backup as it is; one that does not fit makes the API server refuse every backup. */
function checkName(what: string, got: string): Problem | undefined {
  return got.length <= 63 && NAME.test(got) ? undefined : {
    what, got, wanted: 'at most 63 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit: Velero labels each backup with it',
  };
}

function checkRetention(ttl: Duration | undefined, cron: CronExpression): (Problem | undefined)[] {
  if (ttl === undefined) {
    return [{ what: 'ttl', wanted: 'a Duration, such as Duration.days(30), or a tier' }];
  }
  const problem = wholeSeconds('ttl', ttl);
  if (problem) {
    return [problem];
  }
  const gap = cron.longestGap();
  return [ttl.toSeconds() > gap.toSeconds() ? undefined : {
    what: 'ttl',
    got: shortGoDuration(ttl),
    wanted: `more than ${shortGoDuration(gap)}, the longest gap of the cron '${cron.expression}': otherwise the last good backup expires before the next`,
    next: 'keep backups longer or make them more often',
  }];
}

function checkObjectives(cron: CronExpression, rpo: Duration | undefined, rto: Duration | undefined): (Problem | undefined)[] {
  const wrong = [wholeSeconds('rpo', rpo), wholeSeconds('rto', rto)];
  return [...wrong, rpo && !wrong[0] ? checkGap('cron', cron, rpo) : undefined];
}

/** Between two good backups no more time may pass than data may be lost. */
export function checkGap(what: string, cron: CronExpression, rpo: Duration): Problem | undefined {
  const gap = cron.longestGap();
  return rpo.toSeconds() >= gap.toSeconds() ? undefined : {
    what,
    got: cron.expression,
    wanted: `a longest gap of at most the RPO ${shortGoDuration(rpo)}, but it is ${shortGoDuration(gap)}`,
    next: 'run it more often or allow a larger RPO',
  };
}

function checkPolicy(props: BackupScheduleProps, namespace: string): (Problem | undefined)[] {
  const policy = props.volumePolicy;
  const older = oldFilters(props);
  return policy ? [
    policy.namespace === namespace ? undefined : {
      what: 'volumePolicy', got: `${policy.namespace}/${policy.configMapName}`, wanted: `a policy in ${namespace}, where the location is`,
    },
    policy.filtersResources && older.length > 0 ? {
      what: 'volumePolicy',
      got: policy.configMapName,
      wanted: `one that filters no resources beside ${older.join(', ')}: Velero refuses a backup with both`,
      next: 'use the filters for cluster-scoped and namespace-scoped resources',
    } : undefined,
  ] : [];
}

function checkLabels(what: string, labels: { [key: string]: string }): (Problem | undefined)[] {
  return Object.keys(labels).map(key => labelKey(what, key) ?? labelValue(`${what}['${key}']`, labels[key]));
}

function checkBackupLabels(labels: { [key: string]: string } | undefined): (Problem | undefined)[] {
  return labels ? [
    Object.keys(labels).length > 0 ? undefined : {
      what: 'backupLabels', got: labels, wanted: 'at least one label: without any, Velero copies all labels of the Schedule', next: 'leave it out',
    },
    INSTANCE_LABEL in labels ? {
      what: `backupLabels['${INSTANCE_LABEL}']`, got: labels[INSTANCE_LABEL], wanted: 'no such label: ArgoCD would prune the backups', next: 'leave it out',
    } : undefined,
  ] : [];
}
