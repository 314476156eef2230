import { type CronProblem } from './problem';
import { type Capability, parseGoDuration } from '../versions';
import { type DayPattern, hasEveryDate, never } from './days';
import { DAY_OF_MONTH, DAY_OF_WEEK, type Field, type FieldValues, HOUR, MINUTE, MONTH, readField } from './field';
import { zoneProblem } from './zone-clock';

/** Starts at times of the calendar. */
export interface Calendar {
  readonly minutes: number[];
  readonly hours: number[];
  readonly days: DayPattern;
}

/**
 * What an expression means.
 *
 * Velero has had three parsers: robfig/cron v1.1.0 up to 1.14, v3.0.1 from 1.15.0, netresearch/go-cron v0.15.0 from 1.18.3
 * (go.mod of each release). Accepted is what all of them accept. Where they understand different days, the meaning here is
 * that of v3.0.1, and `needs` names what a release must have for it to be right:
 *
 * - `TZ=` and `CRON_TZ=`: from v3 (parser.go, Parse).
 * - Day of month and day of week both restricted: either is enough for robfig (spec.go, dayMatches), both are wanted by go-cron
 *   (parser.go, standardParser is without DowOrDom).
 * - `*` with a step: restricted for v3 (parser.go, getRange drops the star bit), unrestricted for v1.
 * - A weekday `a/n`: ends on Saturday for robfig, on a second Sunday for go-cron (spec.go, bounds of dow).
 *
 * Refused here although one or two of the three take it:
 *
 * - go-cron alone: weekday 7, ranges around the end (`FRI-MON`), quotes around the zone, `@triggered`, `@manual`, `@none`.
 * - robfig alone: a step as wide as its range or wider (60 minutes), `@every` below a second or negative, more than 1024 bytes, an empty zone,
 *   L, W or # after `*-`.
 * - All take `@every 1h0.5s` and drop the fraction; `TZ=Local` is whatever the pod has: neither means what it says.
 * - All take a date that never comes. Their Next then returns the zero time, and Velero takes that as due
 *   (pkg/controller/schedule_controller.go, getNextRunTime): it would start a backup every minute.
 */
export interface Timetable {
  readonly timeZone?: string;
  /** Seconds from one start to the next, for `@every`. */
  readonly interval?: number;
  /** Absent for `@every`. */
  readonly calendar?: Calendar;
  readonly needs: Capability[];
}

const FIELDS = 'minute, hour, day of month, month, day of week';
const LONGEST_EXPRESSION = 1024;
/** What Go's unicode.IsSpace takes. Not `\s`: that has U+FEFF and lacks U+0085. */
const BLANKS = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const ZONE_PREFIX = /^(?:CRON_)?TZ=([^ ]*)( .*)?$/s;
const DESCRIPTORS = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);
const EVERY = '@every ';
const NANOSECONDS = 1_000_000_000n;

/** Reads an expression; every problem goes to `refuse`, and what is returned is good only if there was none. */
export function readCron(expression: string, refuse: (problem: CronProblem) => void): Timetable {
  const bytes = Buffer.byteLength(expression);
  if (bytes > LONGEST_EXPRESSION) {
    refuse({ what: 'length', got: bytes, wanted: `at most ${LONGEST_EXPRESSION} bytes` });
  }
  const prefix = ZONE_PREFIX.exec(expression);
  if (!prefix) {
    return readTimes(expression, refuse);
  }
  const problem = zoneProblem(prefix[1]);
  if (problem) {
    refuse(problem);
  }
  const times = readTimes(trim(prefix[2] ?? ''), refuse);
  return { ...times, timeZone: prefix[1], needs: ['cron-time-zone', ...times.needs] };
}

/** The five fields of an expression, without its zone and with a descriptor written out; nothing for `@every`, which has none. */
export function calendarFields(expression: string): string | undefined {
  const text = trim(expression.replace(/^(?:CRON_)?TZ=[^ ]*/, ''));
  return text.startsWith(EVERY) ? undefined : DESCRIPTORS.get(text) ?? text.split(BLANKS).join(' ');
}

function readTimes(text: string, refuse: (problem: CronProblem) => void): Timetable {
  if (text.startsWith(EVERY)) {
    return { interval: readInterval(text.slice(EVERY.length), refuse), needs: [] };
  }
  if (text.startsWith('@') && !DESCRIPTORS.has(text)) {
    refuse({ what: 'descriptor', got: text, wanted: `${[...DESCRIPTORS.keys()].join(', ')} or "@every " and a Go duration, nothing around it` });
    return { needs: [] };
  }
  const fields = (DESCRIPTORS.get(text) ?? text).split(BLANKS).filter(field => field !== '');
  if (fields.length !== 5) {
    refuse({ what: 'fields', got: fields.length, wanted: `exactly 5: ${FIELDS}`, next: misfit(fields) });
    return { needs: [] };
  }
  return readFields(fields, refuse);
}

function readFields(texts: string[], refuse: (problem: CronProblem) => void): Timetable {
  let wrong = false;
  const read = (index: number, field: Field) => readField(texts[index], field, problem => {
    wrong = true;
    refuse(problem);
  });
  const [minute, hour, day, month, weekday] = [read(0, MINUTE), read(1, HOUR), read(2, DAY_OF_MONTH), read(3, MONTH), read(4, DAY_OF_WEEK)];
  const days: DayPattern = {
    daysOfMonth: day.values, months: month.values, weekdays: weekday.values, either: !day.starred && !weekday.starred,
  };
  if (!wrong && (minute.values.length === 0 || hour.values.length === 0 || never(days))) {
    refuse({
      what: 'date',
      got: texts.join(' '),
      wanted: 'one that comes',
      next: 'Velero finds no next run, takes that as due and would start a backup every minute',
    });
  }
  return { calendar: { minutes: minute.values, hours: hour.values, days }, needs: dayNeeds(days, day, weekday) };
}

function dayNeeds(days: DayPattern, day: FieldValues, weekday: FieldValues): Capability[] {
  const newestWeekdays = weekday.values.length + (weekday.newestAddsSunday ? 1 : 0);
  if (days.either && hasEveryDate(days) && newestWeekdays === 7) {
    return [];
  }
  const needs: Capability[] = [];
  if (days.either) {
    needs.push(day.anyStar || weekday.anyStar ? 'cron-either-day-stepped' : 'cron-either-day');
  }
  if (weekday.newestAddsSunday) {
    needs.push('cron-weekday-step');
  }
  return needs;
}

function readInterval(text: string, refuse: (problem: CronProblem) => void): number | undefined {
  const nanoseconds = parseGoDuration(text);
  if (nanoseconds === undefined) {
    refuse({ what: 'interval', got: text, wanted: 'a Go duration such as 6h or 1h30m, one blank after @every' });
  } else if (nanoseconds < NANOSECONDS) {
    refuse({ what: 'interval', got: text, wanted: 'at least 1s', next: 'Velero looks at its schedules once a minute' });
  } else if (nanoseconds % NANOSECONDS !== 0n) {
    refuse({ what: 'interval', got: text, wanted: 'whole seconds', next: 'Velero would drop the fraction' });
  }
  return nanoseconds === undefined ? undefined : Number(nanoseconds / NANOSECONDS);
}

function misfit(fields: string[]): string | undefined {
  if (/^(CRON_)?TZ=/i.test(fields[0] ?? '')) {
    return 'write TZ= or CRON_TZ= once, in upper case, as the very first characters';
  }
  return fields.length === 6 ? 'Velero has no seconds field: drop the first one' : undefined;
}

function trim(text: string): string {
  return text.replace(new RegExp(`^${BLANKS.source}`), '').replace(new RegExp(`${BLANKS.source}$`), '');
}
