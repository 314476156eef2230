import { isDaily, matchingDays } from '../cron/days';
import { longestGap, longestZonedGap } from '../cron/gap';
import { type Calendar, readCron, type Timetable } from '../cron/grammar';
import { type CronProblem } from '../cron/problem';
import { type Capability } from '../versions';

/** After 28 years dates and weekdays meet again, as long as no century without a leap day comes between. */
const COMPARED = { firstYear: 2024, years: 28 };
const DAYS_COMPARED = 28 * 365 + 7;

/** Thousands of schedules share a few hundred expressions. */
const known = new Map<string, Cron>();

/** A cron expression of anybody, read as Velero reads it. */
export class Cron {
  public static of(expression: string): Cron {
    const cron = known.get(expression) ?? new Cron(expression);
    known.set(expression, cron);
    return cron;
  }

  /** Empty when every release of Velero that has the `needs` takes it. */
  public readonly problems: readonly CronProblem[];
  private readonly timetable: Timetable;
  private gap?: number;
  private minutes?: readonly number[];

  private constructor(public readonly expression: string) {
    const problems: CronProblem[] = [];
    this.timetable = readCron(expression, problem => problems.push(problem));
    this.problems = problems;
  }

  /** What a release must have for the expression to mean what it says. */
  public get needs(): readonly Capability[] {
    return this.timetable.needs;
  }

  public get timeZone(): string | undefined {
    return this.timetable.timeZone;
  }

  /** Minutes, hours and days of the starts, in the time zone; nothing for `@every` and for what cannot be read. */
  public get calendar(): Calendar | undefined {
    return this.problems.length === 0 ? this.timetable.calendar : undefined;
  }

  /** The longest time between two starts, in seconds, over leap years, ends of months and changes of the clock; nothing for what cannot be read. */
  public get longestGap(): number | undefined {
    return this.problems.length === 0 ? this.gap ??= this.gapSeconds() : undefined;
  }

  /** The time between two starts on average, in seconds, changes of the clock left out; nothing for what cannot be read. */
  public get averageGap(): number | undefined {
    const { calendar, timetable } = this;
    return this.problems.length > 0 ? undefined : calendar === undefined ? timetable.interval
      : 86_400 * DAYS_COMPARED / (matchingDays(calendar.days, COMPARED.firstYear, COMPARED.years).length * this.minutesOfDay.length);
  }

  /** The minutes of the day at which it starts, in its time zone, on the days on which it does; none for `@every`. */
  public get minutesOfDay(): readonly number[] {
    const { calendar } = this;
    return this.minutes ??= calendar === undefined ? [] : calendar.hours.flatMap(hour => calendar.minutes.map(minute => 60 * hour + minute));
  }

  /** Whether there is a day on which both start, by the calendar of each. */
  public sharesDayWith({ calendar: other }: Cron): boolean {
    const { calendar } = this;
    if (calendar === undefined || other === undefined) {
      return false;
    }
    if (calendar === other || isDaily(calendar.days) || isDaily(other.days)) {
      return true;
    }
    const days = new Set(matchingDays(calendar.days, COMPARED.firstYear, COMPARED.years));
    return matchingDays(other.days, COMPARED.firstYear, COMPARED.years).some(day => days.has(day));
  }

  private gapSeconds(): number {
    const { calendar, timeZone, interval } = this.timetable;
    return calendar === undefined ? interval! : timeZone === undefined ? longestGap(calendar) : longestZonedGap(calendar, timeZone);
  }
}
