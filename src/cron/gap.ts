import { isDaily, longestDayGap, matchingDays } from './days';
import { type Calendar } from './grammar';
import { type OffsetChange, ZoneClock } from './zone-clock';
import { ZonedSearch } from './zoned-search';

/** Governments change their clocks: this holds for today's rules, and reaches over the missing leap day of 2100. */
const HORIZON = { firstYear: 2024, years: 81 };
/** How long before and after a change of the clock a search may be led astray by it. */
const UNSETTLED = 2 * 3600;
/** Longer than any gap, leap days around 2100 included. */
const SEARCHED_YEARS = 12;
const MINUTES_OF_DAY = 1440;

/**
 * The longest time between two starts over all time, in seconds.
 *
 * By arithmetic: the times of day are the same on every matching day, so only the days need a walk, once per day pattern.
 */
export function longestGap(calendar: Calendar): number {
  return 60 * Math.max(gapWithinDay(calendar), gapOvernight(calendar, longestDayGap(calendar.days)));
}

/**
 * The same by the clock of a time zone, from 2024 to 2104.
 *
 * Away from changes of the clock the wall clock can be trusted; around each change the starts are searched one by one.
 */
export function longestZonedGap(calendar: Calendar, zone: string): number {
  const clock = ZoneClock.of(zone);
  const changes = clock.changes(HORIZON.firstYear, HORIZON.years);
  if (changes.length === 0) {
    return longestGap(calendar);
  }
  const days = matchingDays(calendar.days, HORIZON.firstYear, HORIZON.years);
  const search = new ZonedSearch(calendar, clock);
  const wallStarts = new WallStarts(calendar, days);
  const around = (isDaily(calendar.days) ? distinct(changes) : changes).map(({ at, before }) => {
    const start = wallStarts.before(at + before - UNSETTLED);
    return start === undefined ? 0 : longestFrom(search, clock.instantOf(start), at + UNSETTLED);
  });
  return Math.max(60 * gapWithinDay(calendar), gapAway(calendar, days, changes), ...around);
}

/** Most minutes between two starts of one day. */
function gapWithinDay({ minutes, hours }: Calendar): number {
  const [first, last] = [minutes[0], minutes[minutes.length - 1]];
  const acrossHours = hours.length > 1 ? 60 * widest(hours) - (last - first) : 0;
  return Math.max(widest(minutes), acrossHours);
}

/** Minutes from the last start of a day to the first start some days later. */
function gapOvernight(calendar: Calendar, days: number): number {
  return days * MINUTES_OF_DAY - (lastStart(calendar) - firstStart(calendar));
}

/** The longest gap, in seconds, between two matching days that no change of the clock comes near to. */
function gapAway(calendar: Calendar, days: number[], changes: OffsetChange[]): number {
  const most = 60 * gapOvernight(calendar, longestDayGap(calendar.days));
  let longest = 0;
  let next = 0;
  for (let i = 1; i < days.length && longest < most; i++) {
    const from = 60 * (days[i - 1] * MINUTES_OF_DAY + lastStart(calendar));
    const to = 60 * (days[i] * MINUTES_OF_DAY + firstStart(calendar));
    while (next < changes.length && changes[next].at + changes[next].before + UNSETTLED < from) {
      next++;
    }
    const untouched = next === changes.length || changes[next].at + changes[next].before - UNSETTLED > to;
    longest = untouched ? Math.max(longest, to - from) : longest;
  }
  return longest;
}

function longestFrom(search: ZonedSearch, from: number, until: number): number {
  let longest = 0;
  let start = from;
  while (start < until) {
    const next = search.next(start, SEARCHED_YEARS)!;
    longest = Math.max(longest, next - start);
    start = next;
  }
  return longest;
}

/** For a daily schedule, changes that look alike on the wall clock have the same effect. */
function distinct(changes: OffsetChange[]): OffsetChange[] {
  return [...new Map(changes.map(change => [`${change.before} ${change.after} ${(change.at + change.before) % 86_400}`, change])).values()];
}

/** The starts by a wall clock that never changes. */
class WallStarts {
  private readonly times: number[];

  public constructor(calendar: Calendar, private readonly days: number[]) {
    this.times = calendar.hours.flatMap(hour => calendar.minutes.map(minute => hour * 60 + minute));
  }

  /** The last start before a time of the wall clock, both in seconds; nothing before the first day. */
  public before(wall: number): number | undefined {
    const minute = Math.floor((wall - 1) / 60);
    const day = Math.floor(minute / MINUTES_OF_DAY);
    const index = lastAtMost(this.days, day);
    if (this.days[index] === day) {
      const time = lastAtMost(this.times, minute - day * MINUTES_OF_DAY);
      return this.at(time < 0 ? index - 1 : index, time < 0 ? this.times.length - 1 : time);
    }
    return this.at(index, this.times.length - 1);
  }

  private at(day: number, time: number): number | undefined {
    return day < 0 ? undefined : 60 * (this.days[day] * MINUTES_OF_DAY + this.times[time]);
  }
}

/** Index of the last value that is not above a limit, -1 when all are. */
function lastAtMost(sorted: number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle] <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

function widest(sorted: number[]): number {
  return sorted.reduce((longest, value, i) => (i > 0 ? Math.max(longest, value - sorted[i - 1]) : 0), 0);
}

function firstStart({ minutes, hours }: Calendar): number {
  return hours[0] * 60 + minutes[0];
}

function lastStart({ minutes, hours }: Calendar): number {
  return hours[hours.length - 1] * 60 + minutes[minutes.length - 1];
}
