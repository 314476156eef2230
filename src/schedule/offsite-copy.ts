import { Duration } from 'cdk8s';
import { dnsLabel, DURATION, type Problem, required, struct, TEXT, thing, wholeSeconds } from '../findings';
import { BackupTier } from './backup-tier';
import { CronExpression } from './cron-expression';
import { offsiteCron } from './offsite-spread';
import { sharedStart } from './offsite-start';
import { checkGap } from './schedule-checks';
import { IBackupStorageLocation } from '../storage/backup-storage-location';

/** How far a copy may be behind where nothing is said. */
const RPO = Duration.days(7);
/** Four copies of the usual RPO. */
const RETENTION = Duration.days(30);

/** The second copy of a tier's applications: a Schedule more for each, to another location. */
export interface OffsiteCopy {
  /**
   * Where the copies go: not the location of the tier, and in the same Velero namespace. Best in another failure domain: other disks, another
   * building, other credentials.
   */
  readonly location: IBackupStorageLocation;

  /**
   * When a copy is made. One that some day starts in the same minute as the schedule beside it raises an error, also where their
   * clocks differ: without a time zone it is UTC. How long the first copy takes is not compared: leave it room.
   *
   * @default - derived from the RPO of the copy: each application at a minute of its own, in the night for an RPO of a day and more, and apart from
   * every start of the schedule beside it, by an hour or two where there is room
   */
  readonly cron?: CronExpression;

  /**
   * Most data that may be lost together with the first copy. Whole seconds, and at least the longest gap of `cron`.
   *
   * @default - the longest gap of `cron`; without one 7 days
   */
  readonly rpo?: Duration;

  /**
   * Longest allowed recovery from there. Whole seconds.
   *
   * @default - that of the tier
   */
  readonly rto?: Duration;

  /**
   * How long a copy is kept. Whole seconds, longer than its RPO.
   *
   * @default - 30 days, or the retention of the tier where that is longer
   */
  readonly retention?: Duration;

  /**
   * First part of the names of these Schedules, before "-" and the name of the application.
   *
   * @default - that of the schedules beside them and `-offsite`
   */
  readonly namePrefix?: string;
}

const LOCATION = thing(
  'a location, such as a BackupStorageLocation', value => typeof value?.locationName === 'string' && typeof value.namespace === 'string',
);
const CRON = thing("a CronExpression, such as CronExpression.of('0 2 * * 0')", value => typeof value?.longestGap === 'function');

/** What a second copy is made of. */
export const OFFSITE_COPY = struct<OffsiteCopy>({
  location: required(LOCATION), cron: CRON, rpo: DURATION, rto: DURATION, retention: DURATION, namePrefix: TEXT,
});

/** The second copy of a tier, with what follows from the tier filled in. */
export class Offsite {
  public readonly tier: BackupTier;

  /**
   * @throws with all that is wrong about the durations and the prefix
   */
  public constructor(public readonly copy: OffsiteCopy, of: BackupTier, prefix: string) {
    this.tier = BackupTier.of({
      name: `${of.name}-offsite`,
      rpo: copy.rpo ?? copy.cron?.longestGap() ?? RPO,
      rto: copy.rto ?? of.rto,
      retention: copy.retention ?? longer(RETENTION, of.retention),
      schedulePrefix: copy.namePrefix ?? `${prefix}-offsite`,
    });
  }

  /** When the copy of an application is made whose schedule starts at some cron. */
  public cronBeside(name: string, cron: CronExpression): CronExpression {
    return this.copy.cron ?? offsiteCron(name, this.tier.rpo, cron);
  }

  public problemBeside(name: string, cron: CronExpression): Problem | undefined {
    const shared = this.copy.cron && sharedStart(this.copy.cron, cron);
    return shared === undefined ? undefined : {
      what: 'offsite.cron',
      got: this.copy.cron!.expression,
      wanted: `no start together with '${cron.expression}' of ${name}, as at ${shared}: both copies would start at once`,
      next: 'choose another minute, or leave it out: it is then derived',
    };
  }
}

/** What can be told before the tier of the copy is made. */
export function checkOffsite(copy: OffsiteCopy, { locationName, namespace }: IBackupStorageLocation): (Problem | undefined)[] {
  const { location, cron, rpo, rto, retention, namePrefix } = copy;
  const durations = Object.entries({ rpo, rto, retention }).map(([what, got]) => wholeSeconds(`offsite.${what}`, got));
  return [
    ...durations,
    namePrefix === undefined ? undefined : dnsLabel('offsite.namePrefix', namePrefix),
    location.namespace === namespace ? undefined : {
      what: 'offsite.location', got: `${location.namespace}/${location.locationName}`, wanted: `a location in ${namespace}, where that of the tier is`,
    },
    location.namespace === namespace && location.locationName === locationName ? {
      what: 'offsite.location', got: locationName, wanted: 'another location than that of the tier: a copy beside the first is lost with it',
    } : undefined,
    cron && rpo && !wholeSeconds('rpo', rpo) ? checkGap('offsite.cron', cron, rpo) : undefined,
  ];
}

function longer(one: Duration, other: Duration): Duration {
  return one.toMilliseconds() >= other.toMilliseconds() ? one : other;
}
