import { CronExpression } from './cron-expression';
import { type DayPattern, isDaily, matchingDays } from '../cron/days';
import { ZoneClock } from '../cron/zone-clock';

/** In minutes, as all times here. */
const DAY = 24 * 60;

/** After 28 years dates and weekdays meet again, as long as no century without a leap day comes between. */
const COMPARED = { firstYear: 2024, years: 28 };

/** Thousands of applications share a few crons, and with two clocks the calendar is walked through. */
const known = new Map<string, string | undefined>();

/** A time of day at which both start together some day, as text; nothing where there is none, or one drifts by `@every`. */
export function sharedStart(one: CronExpression, other: CronExpression): string | undefined {
  const [days, otherDays] = [one._days(), other._days()];
  if (days === undefined || otherDays === undefined) {
    return undefined;
  }
  if (one.timeZone === other.timeZone) {
    return byOneClock(one, days, other, otherDays);
  }
  const key = `${one.expression}\n${other.expression}`;
  if (!known.has(key)) {
    known.set(key, byTwoClocks(new ZonedStarts(one, days), new ZonedStarts(other, otherDays)));
  }
  return known.get(key);
}

/** Where both read the same clock it does not matter which. */
function byOneClock(one: CronExpression, days: DayPattern, other: CronExpression, otherDays: DayPattern): string | undefined {
  const minutes = new Set(one._wallMinutes());
  const shared = other._wallMinutes().find(minute => minutes.has(minute));
  if (shared === undefined) {
    return undefined;
  }
  const together = isDaily(days) || isDaily(otherDays) || meet(comparedDays(days), comparedDays(otherDays));
  return together ? `${told(shared)}${one.timeZone ? ` ${one.timeZone}` : ''}` : undefined;
}

function byTwoClocks(one: ZonedStarts, other: ZonedStarts): string | undefined {
  const shared = one.firstAtSome(new Set(other.minutesOfDay()), instant => other.isStart(instant));
  return shared === undefined ? undefined : `${told(shared % DAY)} UTC`;
}

/** The starts of a cron as instants. Without a zone its clock is UTC: that of the pod of Velero. */
class ZonedStarts {
  private readonly clock?: ZoneClock;
  private readonly minutes: ReadonlySet<number>;
  private readonly days: ReadonlySet<number>;

  public constructor(cron: CronExpression, days: DayPattern) {
    this.clock = cron.timeZone === undefined ? undefined : ZoneClock.of(cron.timeZone);
    this.minutes = new Set(cron._wallMinutes());
    this.days = new Set(comparedDays(days));
  }

  /** The minutes of the day in UTC at which it starts, at one time of the year or another. */
  public minutesOfDay(wallMinutes: readonly number[] = [...this.minutes]): number[] {
    const { firstYear, years } = COMPARED;
    const changes = this.clock?.changes(firstYear, years) ?? [];
    const offsets = new Set([this.offsetAt(Date.UTC(firstYear) / 60_000), ...changes.map(({ after }) => after / 60)]);
    return [...offsets].flatMap(offset => wallMinutes.map(minute => (minute - offset + 2 * DAY) % DAY));
  }

  /** The first start at one of some minutes of the day that is right. */
  public firstAtSome(minutesOfDay: ReadonlySet<number>, isRight: (instant: number) => boolean): number | undefined {
    const minutes = [...this.minutes].filter(minute => this.minutesOfDay([minute]).some(utc => minutesOfDay.has(utc)));
    for (const day of minutes.length > 0 ? this.days : []) {
      const found = minutes.flatMap(minute => this.instantsOf(day * DAY + minute)).find(isRight);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  public isStart(instant: number): boolean {
    const wall = instant + this.offsetAt(instant);
    return this.minutes.has(wall % DAY) && this.days.has(Math.floor(wall / DAY));
  }

  /** A time that autumn repeats is two, and one that spring skips is none. */
  private instantsOf(wall: number): number[] {
    const offsets = new Set([this.offsetAt(wall - DAY), this.offsetAt(wall + DAY)]);
    return [...offsets].map(offset => wall - offset).filter(instant => instant + this.offsetAt(instant) === wall);
  }

  private offsetAt(instant: number): number {
    return this.clock === undefined ? 0 : this.clock.offsetAt(60 * instant) / 60;
  }
}

function comparedDays(days: DayPattern): number[] {
  return matchingDays(days, COMPARED.firstYear, COMPARED.years);
}

function meet(some: number[], others: number[]): boolean {
  const days = new Set(some);
  return others.some(day => days.has(day));
}

function told(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map(number => String(number).padStart(2, '0')).join(':');
}
