import fc from 'fast-check';

/** One expression and the years in which its starts are compared. Seconds since 1970. */
export interface Case {
  readonly expression: string;
  readonly from: number;
  readonly until: number;
}

/** Years that hold a leap day. */
const SPANS: readonly (readonly [string, string])[] = [
  ['2024-01-01', '2026-01-01'], ['2027-06-01', '2029-06-01'], ['2026-03-15', '2028-03-15'], ['2031-07-04', '2033-07-04'],
];

/** For those without a time zone. */
const LATE_SPANS: readonly (readonly [string, string])[] = [['2055-11-30', '2057-11-30'], ['2095-02-28', '2097-02-28']];

/**
 * Zones that changed their rules, and two years around that; those that skipped a day, from there on: on the way to a day that their clock never had,
 * every parser goes round for ever.
 */
const TURNS: readonly (readonly [string, string, string])[] = [
  ['Pacific/Apia', '2012-01-01', '2014-01-01'], // no December 30, 2011
  ['Pacific/Kiritimati', '1995-01-02', '1997-01-02'], // no December 31, 1994
  ['Pacific/Kwajalein', '1994-03-01', '1996-03-01'], // no August 21, 1993
  ['America/Sao_Paulo', '2015-06-01', '2017-06-01'], // no midnight in October
  ['America/Caracas', '2015-06-01', '2017-06-01'],
  ['Europe/Istanbul', '2015-06-01', '2017-06-01'],
  ['Europe/Moscow', '2011-01-01', '2013-01-01'],
  ['Africa/Cairo', '2023-01-01', '2025-01-01'],
  ['America/Nuuk', '2023-01-01', '2025-01-01'],
  ['Asia/Almaty', '2023-06-01', '2025-06-01'],
  ['America/Asuncion', '2024-01-01', '2026-01-01'],
  ['Antarctica/Casey', '2010-03-01', '2012-03-01'],
];

/**
 * Zones of today's rules: clocks set at one, two, three o'clock and at midnight, by half an hour (Lord Howe) and by two (Troll), half and quarter
 * hours ahead, the southern half, Ramadan (Casablanca), other names, none at all.
 *
 * Not Pacific/Chatham, which sets its clock back at a quarter to four: there `52 3 * * *` keeps robfig/cron v3.0.1 and go-cron v0.15.0 busy for ever.
 */
export const ZONES: readonly string[] = [
  'UTC', 'Etc/GMT+5', 'GB', 'US/Eastern', 'Europe/Berlin', 'Europe/London', 'Europe/Dublin', 'Europe/Chisinau', 'Europe/Lisbon', 'America/New_York',
  'America/Chicago', 'America/St_Johns', 'America/Santiago', 'America/Havana', 'America/Nuuk', 'America/Scoresbysund', 'America/Tijuana',
  'America/Miquelon', 'America/Asuncion', 'Pacific/Easter', 'Atlantic/Azores', 'Africa/Cairo', 'Africa/Casablanca', 'Asia/Beirut', 'Asia/Gaza',
  'Asia/Jerusalem', 'Asia/Almaty', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Sydney', 'Australia/Adelaide', 'Australia/Lord_Howe', 'Australia/Eucla',
  'America/Caracas', 'America/Sao_Paulo', 'Antarctica/Casey', 'Europe/Istanbul', 'Europe/Moscow', 'Pacific/Kwajalein', 'Pacific/Auckland', 'Pacific/Norfolk', 'Pacific/Apia', 'Pacific/Kiritimati', 'Pacific/Marquesas', 'Antarctica/Troll',
];

const MONTHS = ['jan', 'Feb', 'MAR', 'apr', 'May', 'JUN', 'jul', 'Aug', 'SEP', 'oct', 'Nov', 'DEC'];
const WEEKDAYS = ['sun', 'Mon', 'TUE', 'wed', 'Thu', 'FRI', 'sat'];

/**
 * Different expressions, the same for the same seed.
 *
 * @param zones zones that may be used, whose clocks are known to be those of the parsers
 */
export function cases(seed: number, count: number, zones: readonly string[]): Case[] {
  const found = new Map(fc.sample(caseOf(zones), { seed, numRuns: 2 * count }).map(one => [one.expression, one]));
  if (found.size < count) {
    throw new Error(`seed ${seed}: got ${found.size} different expressions, wanted ${count}: give a smaller count`);
  }
  return [...found.values()].slice(0, count);
}

function caseOf(zones: readonly string[]): fc.Arbitrary<Case> {
  const turns = TURNS.filter(([zone]) => zones.includes(zone));
  const span = fc.constantFrom(...SPANS);
  const zone = fc.tuple(fc.constantFrom('TZ=', 'CRON_TZ='), fc.constantFrom(...zones), blanks()).map(parts => parts.join(''));
  return fc.oneof(
    { weight: 50, arbitrary: fc.tuple(fc.constantFrom(...SPANS, ...LATE_SPANS), times()) },
    { weight: 27, arbitrary: fc.tuple(span, fc.tuple(zone, times(fewMinutes())).map(parts => parts.join(''))) },
    { weight: 8, arbitrary: fc.tuple(fc.constantFrom(...turns), times(fewMinutes())).map(([[name, from, until], text]) => [[from, until], `TZ=${name} ${text}`] as const) },
    { weight: 15, arbitrary: fc.tuple(span, mutated(fc.tuple(fc.option(zone, { nil: '', freq: 4 }), times(fewMinutes())).map(parts => parts.join('')))) },
  ).map(([[from, until], expression]) => ({ expression, from: Date.parse(from) / 1000, until: Date.parse(until) / 1000 }));
}

/** All but the zone. */
function times(minute: fc.Arbitrary<string> = minutes()): fc.Arbitrary<string> {
  const descriptors = fc.constantFrom('@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly');
  const fields = fc.tuple(minute, blanks(), hours(), blanks(), days()).map(parts => parts.join(''));
  return fc.oneof({ weight: 88, arbitrary: fields }, { weight: 2, arbitrary: descriptors }, { weight: 10, arbitrary: intervals() });
}

/** Few start every minute or hour: one that does has a million starts, all alike. */
function minutes(): fc.Arbitrary<string> {
  return fc.oneof({ weight: 30, arbitrary: fc.nat(59).map(String) }, { weight: 10, arbitrary: field(0, 59) }, { weight: 1, arbitrary: fc.constantFrom('*', '?', '*/2') });
}

/** In a time zone a parser looks at the clock for every start: one that starts every minute keeps it busy for many minutes. */
function fewMinutes(): fc.Arbitrary<string> {
  const list = fc.array(fc.nat(59).map(String), { minLength: 2, maxLength: 3 }).map(parts => parts.join(','));
  return fc.oneof({ weight: 3, arbitrary: fc.nat(59).map(String) }, { weight: 1, arbitrary: list });
}

function hours(): fc.Arbitrary<string> {
  return fc.oneof({ weight: 20, arbitrary: fc.nat(23).map(String) }, { weight: 12, arbitrary: field(0, 23) }, { weight: 8, arbitrary: fc.constantFrom('0', '1', '2', '3', '1-3', '23', '0,12', '*/6') },
    { weight: 2, arbitrary: fc.constantFrom('*', '?') });
}

/** Day of month, month and day of week. */
function days(): fc.Arbitrary<string> {
  const date = fc.oneof(
    { weight: 8, arbitrary: fc.constant('*') }, { weight: 6, arbitrary: field(1, 31) },
    { weight: 5, arbitrary: fc.constantFrom('28', '29', '30', '31', '29-31', '28,30', '30/1', '1,15', '1-7', '1-31', '1-30', '1-29', '25-31', '*/2', '?', '*/15') },
  );
  const month = fc.oneof(
    { weight: 8, arbitrary: fc.constant('*') }, { weight: 4, arbitrary: field(1, 12, MONTHS) }, { weight: 2, arbitrary: fc.constantFrom('2', 'FEB', '2-3', '1,7', '*/3', '4,6,9,11', '2,4') },
  );
  const weekday = fc.oneof(
    { weight: 8, arbitrary: fc.constant('*') }, { weight: 4, arbitrary: field(0, 6, WEEKDAYS) }, { weight: 2, arbitrary: fc.constantFrom('0', 'SUN', 'MON-FRI', '1/2', '*/2', '0-6', '?', '2/5', '6') },
  );
  const leapDay = fc.tuple(fc.constantFrom('29', '29,30', '29-31'), fc.constantFrom('2', 'feb'), fc.constantFrom('*', '*', '*', '1', '?', '*/3'));
  return fc.oneof({ weight: 19, arbitrary: fc.tuple(date, month, weekday) }, { weight: 1, arbitrary: leapDay }).map(parts => parts.join(' '));
}

/** Every form of a field, with steps that may be too wide. */
function field(low: number, high: number, names?: readonly string[]): fc.Arbitrary<string> {
  const value = (number: number) => (names === undefined ? fc.constantFrom(`${number}`, `${number}`, `${number}`, `0${number}`, `+${number}`) : fc.constantFrom(`${number}`, names[number - low]));
  const single = fc.integer({ min: low, max: high }).chain(value);
  const range = fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high })).chain(ends => fc.tuple(value(Math.min(...ends)), value(Math.max(...ends)))).map(ends => ends.join('-'));
  const step = fc.integer({ min: 1, max: Math.ceil((high - low) / 2) });
  const stepped = (range_: fc.Arbitrary<string>) => fc.tuple(range_, step).map(parts => parts.join('/'));
  const part = fc.oneof(
    { weight: 4, arbitrary: single }, { weight: 3, arbitrary: range }, { weight: 2, arbitrary: stepped(range) }, { weight: 2, arbitrary: stepped(single) }, { weight: 2, arbitrary: stepped(fc.constantFrom('*', '?')) },
  );
  const list = fc.array(fc.oneof({ weight: 4, arbitrary: single }, { weight: 1, arbitrary: part }), { minLength: 1, maxLength: 5 }).map(parts => parts.join(','));
  return fc.oneof({ weight: 1, arbitrary: part }, { weight: 1, arbitrary: list });
}

function intervals(): fc.Arbitrary<string> {
  const whole = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 })).map(([h, m, s]) => `${h}h${m}m${s}s`);
  const odd = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }).map(number => number.toFixed(3)), fc.constantFrom('h', 'm', 's', 'ms')).map(parts => parts.join(''));
  const long = fc.tuple(fc.integer({ min: 1, max: 20_000_000 }), fc.constantFrom('m', 's', '000ms', '000000us', '000000\u00b5s', '000000000ns')).map(parts => parts.join(''));
  return fc.oneof({ weight: 6, arbitrary: whole }, { weight: 3, arbitrary: long }, { weight: 2, arbitrary: odd }).map(text => `@every ${text}`);
}

function blanks(): fc.Arbitrary<string> {
  return fc.constantFrom(' ', ' ', ' ', ' ', ' ', ' ', '  ', ' \t');
}

/** With one or two mistakes, some of which are none. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const pieces = fc.constantFrom(
    ...'0123456789*/,-?+.=#:@ '.split(''), '\t', '\u00a0', '\ufeff', 'L', 'W', 'H', '7', '60', '24', '32', '13', '1-', '-1', '*/0', '*/99', '5-2', 'FRI-MON', ',,', 'MON', 'jan', 'TZ=UTC ', 'h', 's',
  );
  const mistake = fc.tuple(fc.nat(), fc.constantFrom(0, 0, 1, 1, 2), fc.option(pieces, { nil: '', freq: 4 }));
  return fc.tuple(texts, fc.array(mistake, { minLength: 1, maxLength: 2 })).map(([text, mistakes]) =>
    mistakes.reduce((wrong, [at, dropped, piece]) => {
      const index = at % (wrong.length + 1);
      return wrong.slice(0, index) + piece + wrong.slice(index + dropped);
    }, text));
}
