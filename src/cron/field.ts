import { type CronProblem } from './problem';

/** One of the five fields of a cron expression and what may stand in it. */
export interface Field {
  readonly what: string;
  readonly low: number;
  readonly high: number;
  /** In the order of their numbers, the first is `low`. */
  readonly names: string[];
  /** Where go-cron ends `*` and `a/n`. Its weeks end on a second Sunday, 7. */
  readonly newestHigh: number;
  /** Letters and signs of other crons. */
  readonly foreign: RegExp;
}

/** The values of a field and the marks that decide how the two day fields combine. */
export interface FieldValues {
  readonly values: number[];
  /** Whether robfig/cron v3 counts the field as unrestricted: a star without a step. */
  readonly starred: boolean;
  /** Whether robfig/cron v1 does: any star. */
  readonly anyStar: boolean;
  /** Whether go-cron adds a Sunday that robfig/cron does not have: `1/2` as 1, 3, 5 and 7. */
  readonly newestAddsSunday: boolean;
}

export const MINUTE: Field = { what: 'minute', low: 0, high: 59, names: [], newestHigh: 59, foreign: /^H/ };
export const HOUR: Field = { what: 'hour', low: 0, high: 23, names: [], newestHigh: 23, foreign: /^H/ };
export const DAY_OF_MONTH: Field = { what: 'day of month', low: 1, high: 31, names: [], newestHigh: 31, foreign: /^H|[LW]/i };
export const MONTH: Field = {
  what: 'month',
  low: 1,
  high: 12,
  names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  newestHigh: 12,
  foreign: /^H/,
};
export const DAY_OF_WEEK: Field = {
  what: 'day of week',
  low: 0,
  high: 6,
  names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  newestHigh: 7,
  foreign: /^H|#|^[0-7]?L$/,
};

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly star: boolean;
  readonly newestEnd: number;
}

/** Most fields are a plain star. */
const stars = new Map<Field, FieldValues>();

/** Reads a field; every problem goes to `refuse`, and what is returned is good only if there was none. */
export function readField(text: string, field: Field, refuse: (problem: CronProblem) => void): FieldValues {
  if (text !== '*') {
    return readList(text, field, refuse);
  }
  const star = stars.get(field) ?? readList(text, field, refuse);
  stars.set(field, star);
  return star;
}

/** Empty places in a list count as nothing, as they do for Velero. */
function readList(text: string, field: Field, refuse: (problem: CronProblem) => void): FieldValues {
  const parts = text.split(',').filter(part => part !== '');
  const ranges = parts.map(part => readRange(part, field, refuse)).filter(range => range !== undefined);
  const lists = ranges.map(range => counted(range, range.end));
  const values = lists.length === 1 ? lists[0] : [...new Set(lists.flat())].sort((a, b) => a - b);
  return {
    values,
    starred: ranges.some(({ star, step }) => star && step === 1),
    anyStar: ranges.some(({ star }) => star),
    newestAddsSunday: ranges.some(range => range.newestEnd > field.high && counted(range, range.newestEnd).includes(7)) && !values.includes(0),
  };
}

function readRange(part: string, field: Field, refuse: (problem: CronProblem) => void): Range | undefined {
  const tell = (got: string, wanted: string, next?: string): undefined => {
    refuse({ what: field.what, got, wanted, next });
    return undefined;
  };
  const [range, stepText, ...moreSteps] = part.split('/');
  const [low, high, ...moreValues] = range.split('-');
  const star = low === '*' || low === '?';
  const open = star || high === undefined;
  if (field.foreign.test(part)) {
    return tell(part, allowed(field), 'Velero has no L, W, # or H');
  }
  if (moreSteps.length > 0 || (!star && moreValues.length > 0)) {
    return tell(part, 'at most one "-" and then at most one "/"');
  }
  const start = star ? field.low : readValue(low, field);
  const last = open ? (star || stepText !== undefined ? field.high : start) : readValue(high, field);
  if (start === undefined || last === undefined) {
    const value = start === undefined ? low : high;
    return tell(value === '' ? part : value, allowed(field), isSeven(value, field) ? 'Sunday is 0' : undefined);
  }
  if (start > last) {
    const around = `${start}-${field.high},${field.low}-${last}`;
    return tell(part, 'a range that begins with its smaller value', `write ${around}`);
  }
  const newestEnd = open && (star || stepText !== undefined) ? field.newestHigh : last;
  const step = stepText === undefined ? 1 : readNumber(stepText);
  if (step === undefined || step === 0) {
    return tell(part, 'a step of at least 1');
  }
  if (step > 1 && step > newestEnd - start) {
    return tell(part, `a step below ${newestEnd - start + 1}, the number of values it counts through`, `write ${start}, which is all that it gives`);
  }
  return { start, end: last, step, star, newestEnd };
}

function counted({ start, step }: Range, end: number): number[] {
  const values: number[] = [];
  for (let value = start; value <= end; value += step) {
    values.push(value);
  }
  return values;
}

function readValue(text: string, field: Field): number | undefined {
  const name = field.names.indexOf(text.toLowerCase());
  const value = name < 0 ? readNumber(text) : name + field.low;
  return value !== undefined && value >= field.low && value <= field.high ? value : undefined;
}

/** What Go's strconv.Atoi takes, without the negative. */
function readNumber(text: string): number | undefined {
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}

function allowed({ low, high, names }: Field): string {
  const named = names.length > 0 ? ` or ${names[0].toUpperCase()}-${names[names.length - 1].toUpperCase()}` : '';
  return `${low}-${high}${named}`;
}

function isSeven(text: string, field: Field): boolean {
  return field === DAY_OF_WEEK && text === '7';
}
