import { type Case } from './expressions';
import { type Answer, type Release, type Walk } from './parsers';
import { matchingDays } from '../../src/cron/days';
import { ZoneClock } from '../../src/cron/zone-clock';
import { Cron } from '../../src/model';
import { CronExpression } from '../../src/schedule/cron-expression';

/** Where library and parsers disagree. */
export interface Mismatch {
  readonly expression: string;
  readonly what: string;
  readonly library: string;
  readonly velero: string;
}

/** Velero of the parser whose meaning is the library's. */
export const MEANT: Release = '1.17.2';

const DAY = 86_400;
const HOUR = 3600;

/** Whether the library takes it. */
export function isAccepted(expression: string): boolean {
  return Cron.of(expression).problems.length === 0;
}

/** In seconds. */
export function longestGap(expression: string): number {
  return CronExpression.of(expression).longestGap().toSeconds();
}

/** Whether the library says that a release starts at other times than robfig/cron v3 does. */
export function isSaidToDiffer(expression: string, release: Release): boolean {
  const { needs } = Cron.of(expression);
  return release === '1.18.3' ? needs.some(need => need !== 'cron-time-zone') : needs.includes('cron-either-day-stepped');
}

/** Everything that two years show. */
export function mismatches(one: Case, answer: Answer): Mismatch[] {
  const wrong = acceptance(one, answer);
  if (wrong.length > 0 || !isAccepted(one.expression)) {
    return wrong;
  }
  return [...listedStarts(one, answer.by[MEANT]), ...counted(one, answer.by[MEANT]), ...gaps(one, answer), ...otherReleases(one, answer)];
}

/** Refused is what one release would refuse, what never starts, and the two that no release refuses and nobody means. */
function acceptance({ expression }: Case, { by, fraction }: Answer): Mismatch[] {
  const zoned = /^(CRON_)?TZ=/.test(expression);
  const refusals = Object.entries(by).filter(([release, { refused }]) => refused !== undefined && !(zoned && release === '1.14.1'));
  const wanted = refusals.length === 0 && !by[MEANT].never && fraction !== true && !/^(CRON_)?TZ=Local /.test(expression);
  const velero = refusals.map(([release, { refused }]) => `${release}: ${refused}`).join('; ') || (by[MEANT].never ? 'never starts' : 'taken by all');
  const { problems } = Cron.of(expression);
  const library = problems.map(problem => `${problem.what} got ${JSON.stringify(problem.got)}, wanted ${problem.wanted}`).join('; ') || 'taken';
  return [
    ...(wanted === (problems.length === 0) ? [] : [{ expression, what: 'accepted or refused', library, velero }]),
    ...(isConstructed(expression) === (problems.length === 0) ? [] : [{ expression, what: 'CronExpression.of against the model', library, velero }]),
  ];
}

function isConstructed(expression: string): boolean {
  try {
    return CronExpression.of(expression).expression === expression;
  } catch {
    return false;
  }
}

function listedStarts({ expression, until }: Case, walk: Walk): Mismatch[] {
  const cron = CronExpression.of(expression);
  const found: Mismatch[] = [];
  for (const { after, starts } of walk.windows!) {
    const all = walk.windows!.length === 1 && starts.length === walk.runs;
    const runs = cron.nextRuns(new Date(after * 1000), starts.length + (all ? 1 : 0)).map(start => start.getTime() / 1000);
    const [listed, next] = [runs.slice(0, starts.length), runs[starts.length]];
    const wrong = starts.findIndex((start, i) => start !== listed[i]);
    if (wrong >= 0) {
      found.push({ expression, what: `start ${wrong + 1} after ${iso(after)}`, library: iso(listed[wrong]), velero: iso(starts[wrong]) });
    }
    if (next !== undefined && next <= until) {
      found.push({ expression, what: `start ${starts.length + 1} after ${iso(after)}`, library: iso(next), velero: `none until ${iso(until)}` });
    }
  }
  return found;
}

/** How many starts the span has, by the calendar that the plan counts with; in a time zone the clock may drop or repeat some. */
function counted({ expression, from, until }: Case, walk: Walk): Mismatch[] {
  const { calendar, timeZone, longestGap: interval } = Cron.of(expression);
  if (walk.cut || (calendar !== undefined && timeZone !== undefined)) {
    return [];
  }
  const ofCalendar = () => daysOf(calendar!.days, from, until).reduce((sum, day) => sum + startsOf(day), 0);
  const runs = calendar === undefined ? Math.floor((until - from) / interval!) : ofCalendar();
  return runs === walk.runs ? [] : [{ expression, what: `number of starts after ${iso(from)} up to ${iso(until)}`, library: `${runs}`, velero: `${walk.runs}` }];

  function startsOf(day: number): number {
    const starts = calendar!.hours.flatMap(hour => calendar!.minutes.map(minute => day * DAY + hour * HOUR + minute * 60));
    return starts.filter(start => start > from && start <= until).length;
  }
}

function daysOf(days: Parameters<typeof matchingDays>[0], from: number, until: number): number[] {
  const [first, last] = [from, until].map(instant => new Date(instant * 1000).getUTCFullYear());
  return matchingDays(days, first, last - first + 1).filter(day => day * DAY >= from && day * DAY <= until);
}

/** No release that means the same may wait longer than the library says, in the years for which it says so. */
function gaps({ expression, from }: Case, { by }: Answer): Mismatch[] {
  const { calendar, timeZone, longestGap: model } = Cron.of(expression);
  const longest = longestGap(expression);
  const found = model === longest ? [] : [{ expression, what: 'longest gap of model and CronExpression', library: `${model} and ${longest} s`, velero: '' }];
  if (timeZone !== undefined && calendar !== undefined && from < Date.UTC(2024) / 1000) {
    return found;
  }
  for (const [release, walk] of Object.entries(by)) {
    const alike = walk.refused === undefined && !isSaidToDiffer(expression, release as Release);
    const wrong = calendar === undefined ? walk.runs > 1 && walk.gap !== longest : walk.gap > longest;
    if (alike && wrong) {
      found.push({ expression, what: `longest gap, Velero ${release}`, library: `${longest} s`, velero: gapText(walk) });
    }
  }
  return found;
}

/**
 * Who is not said to differ must start at the same times, but for one thing: go-cron makes up for a start in the hour that a clock skips, within
 * the hour after. Who is said to differ is looked at by `run.ts`, because two years may not show it.
 */
function otherReleases({ expression }: Case, { by }: Answer): Mismatch[] {
  return Object.entries(by).flatMap(([release, walk]): Mismatch[] => {
    if (walk.refused !== undefined || release === MEANT || isSaidToDiffer(expression, release as Release)) {
      return [];
    }
    const unexplained = (walk.added ?? []).filter(start => !(release === '1.18.3' && isMadeUp(expression, start)));
    const what = `starts of Velero ${release} that ${MEANT} has not, and the other way round`;
    const velero = `${unexplained.map(iso).join(' ') || 'none'}; ${walk.missing?.map(iso).join(' ') ?? 'none'}`;
    return unexplained.length === 0 && walk.missing === undefined ? [] : [{ expression, what, library: 'none; none', velero }];
  });
}

function isMadeUp(expression: string, start: number): boolean {
  const { timeZone } = Cron.of(expression);
  const changes = timeZone === undefined ? [] : ZoneClock.of(timeZone).changes(new Date(start * 1000).getUTCFullYear(), 1);
  return changes.some(({ at, before, after }) => after - before >= HOUR && start >= at && start < at + HOUR);
}

/** For a person. */
export function gapText({ gap, gapFrom, gapTo }: Walk): string {
  return `${gap} s, from ${iso(gapFrom)} to ${iso(gapTo)}`;
}

/** For a person. */
export function iso(instant: number | undefined): string {
  return instant === undefined ? 'none' : new Date(instant * 1000).toISOString().replace('.000Z', 'Z');
}
