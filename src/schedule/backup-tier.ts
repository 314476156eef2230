import { Duration } from 'cdk8s';
import { dnsLabel, DURATION, labelValue, type Problem, Problems, required, struct, TEXT, wholeSeconds } from '../findings';
import { shortGoDuration } from '../versions';

/**
 * Properties of a tier.
 */
export interface BackupTierProps {
  /** Name of the tier, the value of label `backup-tier`: at most 63 letters, digits, `-`, `_` and `.`. Anything else throws. */
  readonly name: string;

  /** Most data that may be lost: the longest allowed time between two good backups. Whole seconds, above 0; anything else throws. */
  readonly rpo: Duration;

  /** Longest allowed recovery, from the start of the restore until the application is healthy. Whole seconds, above 0; anything else throws. */
  readonly rto: Duration;

  /**
   * How long a backup is kept. Whole seconds, longer than the RPO; anything else throws, because Velero deletes an expired backup
   * even when it is the last good one.
   *
   * @see https://velero.io/docs/main/how-velero-works/#set-a-backup-to-expire
   */
  readonly retention: Duration;

  /**
   * What the names of the tier's schedules begin with: lower-case letters, digits and `-`. Anything else throws.
   *
   * @default - the name without hyphens: `tier0` for `tier-0`
   */
  readonly schedulePrefix?: string;
}

/**
 * How much data may be lost, how long a recovery may take and how long backups are kept, under one name that many schedules share.
 */
export class BackupTier {
  /**
   * @throws with all that is wrong: a name that is no label value, durations that are not whole seconds above 0, a retention that is
   * not longer than the RPO, a prefix that cannot begin a schedule's name
   */
  public static of(props: BackupTierProps): BackupTier {
    const problems = new Problems(typeof props?.name === 'string' ? `BackupTier '${props.name}'` : 'BackupTier');
    problems.add(...PROPS.problems('', props ?? {}));
    problems.refuse();
    return new BackupTier(props);
  }

  /** Name of the tier. */
  public readonly name: string;

  /** Most data that may be lost. */
  public readonly rpo: Duration;

  /** Longest allowed recovery. */
  public readonly rto: Duration;

  /** How long a backup is kept. */
  public readonly retention: Duration;

  /** What the names of the tier's schedules begin with. */
  public readonly schedulePrefix: string;

  private constructor(props: BackupTierProps) {
    this.name = props.name;
    this.rpo = props.rpo;
    this.rto = props.rto;
    this.retention = props.retention;
    this.schedulePrefix = props.schedulePrefix ?? props.name.replaceAll('-', '');
    const durations = [wholeSeconds('rpo', props.rpo), wholeSeconds('rto', props.rto), wholeSeconds('retention', props.retention)];
    const problems = new Problems(`BackupTier '${props.name}'`);
    problems.add(nameProblem(props.name), ...durations, prefixProblem(this.schedulePrefix, props));
    if (durations.every(problem => problem === undefined)) {
      problems.add(retentionProblem(props));
    }
    problems.refuse();
  }

  /**
   * What a schedule of the tier promises, for readers of the YAML: Velero has no fields for it.
   *
   * @internal
   */
  public _annotations(): { [key: string]: string } {
    return {
      'cdk8s-velero/tier': this.name,
      'cdk8s-velero/rpo': shortGoDuration(this.rpo),
      'cdk8s-velero/rto': shortGoDuration(this.rto),
    };
  }
}

const PROPS = struct<BackupTierProps>({
  name: required(TEXT), rpo: required(DURATION), rto: required(DURATION), retention: required(DURATION), schedulePrefix: TEXT,
});

function nameProblem(name: string): Problem | undefined {
  return name === '' ? { what: 'name', got: name, wanted: 'a name, such as tier-0' } : labelValue('name', name);
}

function prefixProblem(prefix: string, props: BackupTierProps): Problem | undefined {
  const problem = dnsLabel('schedulePrefix', prefix);
  return problem && props.schedulePrefix === undefined
    ? { ...problem, next: 'the name of the tier gives no prefix: give a schedulePrefix' }
    : problem;
}

function retentionProblem({ rpo, retention }: BackupTierProps): Problem | undefined {
  return retention.toSeconds() > rpo.toSeconds() ? undefined : {
    what: 'retention',
    got: shortGoDuration(retention),
    wanted: `longer than the RPO of ${shortGoDuration(rpo)}`,
    next: 'otherwise the last good backup is deleted before the next one exists',
  };
}
