import { Cron, Duration } from 'cdk8s';
import type * as croner from 'croner';
import { Problems, refuse } from '../findings';
import { goDuration, shortGoDuration } from '../versions';
import { ALIGNED_PERIODS, alignedCron } from './aligned-cron';
import type { DayPattern } from '../cron/days';
import { longestGap, longestZonedGap } from '../cron/gap';
import { type Calendar, readCron, type Timetable } from '../cron/grammar';
import { ZoneClock } from '../cron/zone-clock';
import { ZonedSearch } from '../cron/zoned-search';

/** How many calendar years Velero's parser looks ahead: robfig/cron v3.0.1 spec.go, Next. */
const SEARCHED_YEARS = 5;

const DAY = 24 * 60;

/** One moment in winter and one in summer: zones change their clocks between. In seconds since 1970. */
const SEASONS = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)].map(milliseconds => milliseconds / 1000);

/**
 * When a schedule starts, in the cron grammar of Velero.
 *
 * Five fields (minute, hour, day of month, month, day of week 0-6), `@daily` and its like, or `@every` with a Go duration.
 * What one of the Velero releases would refuse, and a date that never comes, is refused here.
 * Without a time zone the times are UTC, which is what the Velero pod has unless somebody sets `TZ` in it.
 *
 * @see https://velero.io/docs/main/backup-reference/#schedule-a-backup
 */
export class CronExpression {
  /**
   * An expression as Velero reads it.
   *
   * @param expression for example `0 2 * * *`, `@weekly`, `@every 5h` or, from Velero 1.15, `CRON_TZ=Europe/Berlin 0 2 * * *`
   * @throws with all that is wrong: number of fields, values, ranges, steps, a date that never comes, an unknown zone
   */
  public static of(expression: string): CronExpression {
    if (typeof expression !== 'string') {
      refuse('CronExpression.of', { what: 'expression', got: expression, wanted: 'a string such as 0 2 * * *' });
    }
    const problems = new Problems(`CronExpression '${expression}'`);
    const timetable = readCron(expression, problem => problems.add(problem));
    problems.refuse();
    return new CronExpression(expression, timetable);
  }

  /**
   * One start every interval.
   *
   * On the calendar, from midnight UTC, where the interval divides the hour or the day or is 7 days (Sunday). Otherwise `@every`,
   * which Velero counts from the last backup it started: each start is up to a minute late and the next counts from it, so the
   * time of day drifts, and a Schedule that is created anew begins anew.
   *
   * @param interval whole minutes, at least 1
   * @throws when it is not
   */
  public static every(interval: Duration): CronExpression {
    if (typeof interval?.toMinutes !== 'function') {
      refuse('CronExpression.every', { what: 'interval', got: interval, wanted: 'a Duration, such as Duration.hours(6)' });
    }
    const minutes = interval.toMinutes({ integral: false });
    if (!Number.isInteger(minutes) || minutes < 1) {
      refuse('CronExpression.every', {
        what: 'interval', got: shortGoDuration(interval), wanted: 'whole minutes, at least 1', next: 'Velero looks at its schedules once a minute',
      });
    }
    return CronExpression.of(ALIGNED_PERIODS.includes(minutes) ? alignedCron(minutes, 0) : `@every ${goDuration(interval)}`);
  }

  /**
   * The expression of cdk8s, whose missing fields are `*`.
   *
   * @throws what `of` throws
   */
  public static fromCron(cron: Cron): CronExpression {
    if (typeof cron?.expressionString !== 'string') {
      refuse('CronExpression.fromCron', { what: 'cron', got: cron, wanted: 'a Cron of cdk8s, such as Cron.daily()' });
    }
    return CronExpression.of(cron.expressionString);
  }

  /** The expression as it was written, for the field `schedule`. */
  public readonly expression: string;

  /**
   * Zone of the times, from Velero 1.15.
   *
   * @default - the zone of the Velero pod, UTC
   */
  public readonly timeZone?: string;

  private readonly timetable: Timetable;
  private gap?: Duration;

  private constructor(expression: string, timetable: Timetable) {
    this.expression = expression;
    this.timeZone = timetable.timeZone;
    this.timetable = timetable;
  }

  /**
   * The next starts.
   *
   * One case depends on the release: a start in the hour that a time zone skips in spring does not happen, but from Velero 1.18.3
   * it is made up for right after. `@every` counts from `after`, as if a backup had started then.
   *
   * @param after starts later than this
   * @param count how many, a whole number; fewer come back when the next is more than five calendar years away, where Velero stops looking
   * @throws when `after` is no date or `count` no whole number
   */
  public nextRuns(after: Date, count: number): Date[] {
    const problems = new Problems(`CronExpression '${this.expression}'`);
    if (Number.isNaN(after.getTime())) {
      problems.add({ what: 'after', wanted: 'a valid date' });
    }
    if (!Number.isInteger(count) || count < 0) {
      problems.add({ what: 'count', got: count, wanted: 'a whole number, at least 0' });
    }
    problems.refuse();
    const next = this.search();
    const starts: Date[] = [];
    let second = Math.floor(after.getTime() / 1000);
    while (starts.length < count) {
      const start = next(second);
      if (start === undefined) {
        break;
      }
      starts.push(new Date(start * 1000));
      second = start;
    }
    return starts;
  }

  /**
   * The longest time between two consecutive starts, leap years, ends of months and changes of the clock included.
   *
   * Over all time; with a time zone from 2024 to 2104, by the rules of the zone that this Node.js knows.
   */
  public longestGap(): Duration {
    return this.gap ??= Duration.seconds(this.gapSeconds());
  }

  /** The expression as it was written. */
  public toString(): string {
    return this.expression;
  }

  /**
   * Minutes of the day, by its own clock, at which it starts on some day; none for `@every`.
   *
   * @internal
   */
  public _wallMinutes(): number[] {
    const { calendar } = this.timetable;
    return calendar ? calendar.hours.flatMap(hour => calendar.minutes.map(minute => 60 * hour + minute)) : [];
  }

  /**
   * The same in UTC, in summer and in winter.
   *
   * @internal
   */
  public _minutesOfDay(): number[] {
    const minutes = this._wallMinutes();
    if (this.timeZone === undefined) {
      return minutes;
    }
    const clock = ZoneClock.of(this.timeZone);
    const offsets = new Set(SEASONS.map(instant => Math.round(clock.offsetAt(instant) / 60)));
    return [...offsets].flatMap(offset => minutes.map(minute => (minute - offset + 2 * DAY) % DAY));
  }

  /**
   * The days on which it starts; nothing for `@every`.
   *
   * @internal
   */
  public _days(): DayPattern | undefined {
    return this.timetable.calendar?.days;
  }

  private gapSeconds(): number {
    const { calendar, timeZone, interval } = this.timetable;
    if (!calendar) {
      return interval!;
    }
    return timeZone === undefined ? longestGap(calendar) : longestZonedGap(calendar, timeZone);
  }

  /** From one start to the next, in seconds since 1970. */
  private search(): (after: number) => number | undefined {
    const { calendar, timeZone, interval } = this.timetable;
    if (!calendar) {
      return after => after + interval!;
    }
    if (timeZone === undefined) {
      return searchOf(calendar);
    }
    const zoned = new ZonedSearch(calendar, ZoneClock.of(timeZone));
    return after => zoned.next(after, SEARCHED_YEARS);
  }
}

/** By croner, which knows neither Velero's names and steps nor its star bit: it gets plain lists and decides nothing. */
function searchOf(calendar: Calendar): (after: number) => number | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- on first use: most apps never ask
  const { Cron: Croner } = require('croner') as typeof croner;
  const crons = patternsOf(calendar).map(pattern => new Croner(pattern, { timezone: 'UTC', paused: true, mode: '5-part' }));
  return after => {
    const from = new Date(after * 1000);
    const next = Math.min(...crons.map(cron => cron.nextRun(from)?.getTime() ?? Infinity));
    const lastYear = new Date((after + 1) * 1000).getUTCFullYear() + SEARCHED_YEARS;
    return next < Date.UTC(lastYear + 1) ? next / 1000 : undefined;
  };
}

/**
 * What croner is given: one pattern, or, where the date counts, one for February and one for the other months.
 *
 * Croner 10.0.1 takes February 31 for March 3, by its date or by its weekday, and goes on from there: `1,31` would miss March 1.
 */
function patternsOf({ minutes, hours, days: { daysOfMonth, months, weekdays, either } }: Calendar): string[] {
  if (either && (daysOfMonth.length === 31 || weekdays.length === 7)) {
    return [[minutes, hours, '*', months, '*'].join(' ')];
  }
  const pattern = (dates: number[], inMonths: number[]) => [minutes, hours, list(dates, 31), inMonths, list(weekdays, 7)].join(' ');
  if (daysOfMonth.length === 31) {
    return [pattern(daysOfMonth, months)];
  }
  const inFebruary = daysOfMonth.filter(day => day <= 29);
  const others = months.filter(month => month !== 2);
  return [
    ...(months.includes(2) && (either || inFebruary.length > 0) ? [pattern(inFebruary, [2])] : []),
    ...(others.length > 0 ? [pattern(daysOfMonth, others)] : []),
  ];
}

/** A star where nothing is restricted: croner, like Velero, takes either day when both fields are lists. */
function list(values: number[], size: number): string {
  return values.length === size || values.length === 0 ? '*' : values.join(',');
}
