/** The days a cron expression matches. */
export interface DayPattern {
  readonly daysOfMonth: number[];
  readonly months: number[];
  readonly weekdays: number[];
  /** Whether one of day of month and day of week is enough. */
  readonly either: boolean;
}

/** After 400 years the Gregorian calendar repeats, weekdays included. */
const CYCLE = { years: 400, days: 146_097 };
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY = 86_400_000;

/** Distinct day patterns are few even where expressions are many: the time of day makes the difference. */
const longestGaps = new Map<string, number>();
const knownDays = new Map<string, number[]>();

/** Whether no calendar has such a day: February 30. */
export function never({ daysOfMonth, months, weekdays, either }: DayPattern): boolean {
  const dated = months.some(month => daysOfMonth[0] <= LONGEST_MONTHS[month - 1]);
  const named = months.length > 0 && weekdays.length > 0;
  return either ? !dated && !named : !dated || !named;
}

/** Whether every day matches. */
export function isDaily({ daysOfMonth, months, weekdays, either }: DayPattern): boolean {
  const dated = daysOfMonth.length === 31;
  const named = weekdays.length === 7;
  return months.length === 12 && (either ? dated || named : dated && named);
}

/** Whether the day of the week alone decides: no calendar is needed then. */
function isWeekly({ daysOfMonth, months, either }: DayPattern): boolean {
  return months.length === 12 && daysOfMonth.length === 31 && !either;
}

/** The days are in ascending order. */
function weekGap({ weekdays }: DayPattern): number {
  const overTheEnd = 7 + weekdays[0] - weekdays[weekdays.length - 1];
  return weekdays.reduce((longest, day, index) => (index > 0 ? Math.max(longest, day - weekdays[index - 1]) : longest), overTheEnd);
}

/** Whether the dates leave out no day of the months, in any year: `1-30` in April. */
export function hasEveryDate({ daysOfMonth, months }: DayPattern): boolean {
  return months.every(month => daysOfMonth[LONGEST_MONTHS[month - 1] - 1] === LONGEST_MONTHS[month - 1]);
}

/** Most days from one match to the next, over all time. */
export function longestDayGap(pattern: DayPattern): number {
  if (isDaily(pattern)) {
    return 1;
  }
  if (isWeekly(pattern)) {
    return weekGap(pattern);
  }
  const key = JSON.stringify(pattern);
  const known = longestGaps.get(key) ?? walkedDayGap(pattern);
  longestGaps.set(key, known);
  return known;
}

/** The matching days of some years, as days since 1970. Kept: always ask for the same few years. */
export function matchingDays(pattern: DayPattern, firstYear: number, years: number): number[] {
  const key = JSON.stringify([pattern, firstYear, years]);
  const known = knownDays.get(key) ?? walkedDays(pattern, firstYear, years);
  knownDays.set(key, known);
  return known;
}

/** The same, not kept. */
export function walkedDays(pattern: DayPattern, firstYear: number, years: number): number[] {
  const dated = flags(pattern.daysOfMonth, 32);
  const named = flags(pattern.weekdays, 7);
  const matches = pattern.either
    ? (date: number, weekday: number) => dated[date] || named[weekday]
    : (date: number, weekday: number) => dated[date] && named[weekday];
  const days: number[] = [];
  for (let year = firstYear; year < firstYear + years; year++) {
    pattern.months.forEach(month => addMatches(days, year, month, matches));
  }
  return days;
}

function addMatches(days: number[], year: number, month: number, matches: (date: number, weekday: number) => boolean): void {
  const first = Date.UTC(year, month - 1, 1) / DAY;
  const end = Date.UTC(year, month, 1) / DAY;
  for (let day = first; day < end; day++) {
    if (matches(day - first + 1, (day + 4) % 7)) { // 1970-01-01 was a Thursday
      days.push(day);
    }
  }
}

function walkedDayGap(pattern: DayPattern): number {
  const days = walkedDays(pattern, 2000, CYCLE.years);
  const around = days[0] + CYCLE.days - days[days.length - 1];
  return days.reduce((longest, day, i) => (i > 0 ? Math.max(longest, day - days[i - 1]) : longest), around);
}

function flags(values: number[], size: number): boolean[] {
  const set = new Array<boolean>(size).fill(false);
  for (const value of values) {
    set[value] = true;
  }
  return set;
}
