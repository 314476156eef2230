import { type Calendar } from './grammar';
import { ZoneClock } from './zone-clock';

const DAY = 86_400;
const HOUR = 3600;
const MINUTE = 60;

/**
 * The next start by the clock of a time zone, found the way robfig/cron v3.0.1 does (spec.go, Next).
 *
 * Why this is not left to croner, which is asked where there is no zone: around a change of the clock croner does what is sensible, and Velero
 * does what robfig/cron does. Of the 360 searches with a zone in test/schedule/vectors/runs.json, which the real parser wrote, croner 10.0.1
 * (`timezone`, plain lists as pattern) misses 48:
 *
 * - A start in the hour that spring skips does not happen, croner makes up for it an hour later: after Saturday's, `30 2 * * *` in Europe/Berlin
 *   starts at 2026-03-30T00:30Z, and not at 2026-03-29T01:30Z. The longest gap is 47 hours, and not 24: what an RPO must allow.
 * - One in the hour that autumn repeats happens twice, for croner once: the same at 2026-10-25T00:30Z and 01:30Z.
 * - Hours are counted, not read, so that a change by half an hour shifts what follows until a day begins: `0 0 * * *` in Australia/Lord_Howe
 *   has no start on 2026-04-05, croner has one at 13:30Z.
 * - A day without a midnight can be passed over, or be taken for the day before: `0 0 * * 0` in Asia/Beirut misses 2026-03-28T22:00Z, `0 3 * * 4`
 *   in Africa/Cairo starts on Friday 2026-04-24T00:00Z.
 *
 * go-cron, from Velero 1.18.3, differs in one thing: it makes up for a skipped start after the change. So it has all these starts and
 * a few more, and no gap is longer there. No library knows longest gaps.
 */
export class ZonedSearch {
  private instant = 0;
  /** Whether the search left the second it began in, so that smaller units are at their beginning. */
  private moved = false;
  private readonly days: (wall: Date) => boolean;

  public constructor(private readonly calendar: Calendar, private readonly clock: ZoneClock) {
    const { daysOfMonth, weekdays, either } = calendar.days;
    this.days = wall => {
      const dated = daysOfMonth.includes(wall.getUTCDate());
      const named = weekdays.includes(wall.getUTCDay());
      return either ? dated || named : dated && named;
    };
  }

  /**
   * @param after seconds since 1970
   * @param years how far to look, in calendar years
   * @returns seconds since 1970, or nothing when the start is further away
   */
  public next(after: number, years: number): number | undefined {
    this.instant = after + 1;
    this.moved = false;
    const lastYear = this.wall().getUTCFullYear() + years;
    while (this.wall().getUTCFullYear() <= lastYear) {
      if (!(this.passMonths() || this.passDays() || this.passHours() || this.passMinutes() || this.passSeconds())) {
        return this.instant;
      }
    }
    return undefined;
  }

  /** Each of these goes to the next match of its unit and tells whether a larger unit changed on the way. */
  private passMonths(): boolean {
    while (!this.calendar.days.months.includes(this.wall().getUTCMonth() + 1)) {
      this.begin(wall => Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth()));
      this.shift(wall => wall.setUTCMonth(wall.getUTCMonth() + 1));
      if (this.wall().getUTCMonth() === 0) {
        return true;
      }
    }
    return false;
  }

  private passDays(): boolean {
    while (!this.days(this.wall())) {
      this.begin(wall => wall.setUTCHours(0, 0, 0));
      this.nextDay();
      const hour = this.wall().getUTCHours();
      this.instant += (hour > 12 ? 24 - hour : -hour) * HOUR;
      if (this.wall().getUTCDate() === 1) {
        return true;
      }
    }
    return false;
  }

  private passHours(): boolean {
    while (!this.calendar.hours.includes(this.wall().getUTCHours())) {
      this.begin(wall => wall.setUTCMinutes(0, 0));
      this.instant += HOUR;
      if (this.wall().getUTCHours() === 0) {
        return true;
      }
    }
    return false;
  }

  private passMinutes(): boolean {
    while (!this.calendar.minutes.includes(this.wall().getUTCMinutes())) {
      this.instant += MINUTE - (this.moved ? 0 : this.instant % MINUTE);
      this.moved = true;
      if (this.wall().getUTCMinutes() === 0) {
        return true;
      }
    }
    return false;
  }

  private passSeconds(): boolean {
    const second = this.wall().getUTCSeconds();
    this.moved = true;
    this.instant += second === 0 ? 0 : MINUTE - second;
    return second !== 0;
  }

  /** Samoa had no 2011-12-30: there robfig/cron asks for it for ever, and so would this. No zone is known to skip a day that is still to come. */
  private nextDay(): void {
    const today = this.instant;
    this.shift(wall => wall.setUTCDate(wall.getUTCDate() + 1));
    this.instant = this.instant > today ? this.instant : today + DAY;
  }

  private begin(truncated: (wall: Date) => number): void {
    if (!this.moved) {
      this.moved = true;
      this.shift(truncated);
    }
  }

  private shift(shifted: (wall: Date) => number): void {
    this.instant = this.clock.instantOf(shifted(this.wall()) / 1000);
  }

  /** The wall clock, in the UTC fields of a Date. */
  private wall(): Date {
    return new Date((this.instant + this.clock.offsetAt(this.instant)) * 1000);
  }
}
