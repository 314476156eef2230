/* Compares what the library says of random cron expressions with Velero's own parsers: see README.md. */
import { parseArgs } from 'util';
import { ZoneClock } from '../../src/cron/zone-clock';
import { Cron } from '../../src/model';
import { part, tell } from '../progress';
import { gapText, isAccepted, isSaidToDiffer, longestGap, MEANT, type Mismatch, mismatches } from './compare';
import { type Case, cases, ZONES } from './expressions';
import { type Answer, Parsers, type Release, type Walk } from './parsers';

const DEFAULTS = { seed: '1', count: '5000' };
const USAGE = `npm run e2e:cron [-- --seed NUMBER --count NUMBER]   by default ${DEFAULTS.count} expressions of seed ${DEFAULTS.seed}`;
const RELEASES: readonly Release[] = ['1.14.1', '1.17.2', '1.18.3'];

/** How many mismatches are printed. */
const PRINTED = 50;

/** The library answers for 2024 to 2104 where there is a time zone. Half a day is what a clock may be behind UTC. */
const FIRST_YEARS = { from: Date.UTC(2024) / 1000 + 86_400, until: Date.UTC(2028, 3) / 1000 };
/** Go has rules and no list for the clocks of most years to come, and takes long: few go on from here. */
const LISTED_YEARS = { ...FIRST_YEARS, until: Date.UTC(2037) / 1000 };
const HORIZON = { ...FIRST_YEARS, until: Date.UTC(2104, 11, 31, 12) / 1000 };
/** With the starts that come before and after these years. */
const AROUND = { from: Date.UTC(2023, 11, 30) / 1000, until: Date.UTC(2117) / 1000 };
/** After 400 years the calendar repeats; one more leap day, because eight years may be without. */
const CYCLE = { from: Date.UTC(2000) / 1000 - 1, until: Date.UTC(2409) / 1000 };
/** Dates and weekdays meet again. */
const WEEKDAYS_REPEAT = { from: Date.UTC(2024) / 1000, until: Date.UTC(2052) / 1000 };
/** With so few starts in two years, those of all the horizon are looked at, even where two years have a gap as long as the library says. */
const FEW = 110;
/** Of those with a time zone one in so many. */
const ZONED_SHARE = 5;

type Judged = readonly [Case, Answer];
type Span = Pick<Case, 'from' | 'until'>;

async function main(seed: number, count: number): Promise<number> {
  const parsers = await Parsers.built();
  const zones = await part(`clocks of ${ZONES.length} time zones`, () => commonZones(parsers));
  const all = cases(seed, count, zones);
  tell(`seed ${seed}: ${all.length} expressions`);
  const answers = await part('parsers: two years', () => parsers.ask(all.map(one => ({ ...one, releases: RELEASES }))));
  const judged = all.map((one, i): Judged => [one, answers[i]]);
  const found = await part('library: two years', () => judged.flatMap(pair => mismatches(...pair)));
  const accepted = judged.filter(([{ expression }, { by }]) => by[MEANT].refused === undefined && isAccepted(expression));
  found.push(...await part('longest gaps over all years', () => unreached(parsers, accepted)));
  found.push(...await part('releases that are said to differ', () => undiffering(parsers, accepted)));
  return report(all.length, accepted, found);
}

/** Zones whose clocks Node.js and Go agree on: their databases may be of different years. */
async function commonZones(parsers: Parsers): Promise<string[]> {
  const changes = await parsers.changes(ZONES);
  const common = ZONES.filter((zone, i) => JSON.stringify(ZoneClock.of(zone).changes(1992, 113)) === JSON.stringify(changes[i]));
  const others = ZONES.filter(zone => !common.includes(zone));
  if (others.length > 0) {
    tell(`left out, because the time zone databases of Node.js (${process.versions.tz}) and Go differ: ${others.join(', ')}`);
  }
  return common;
}

/**
 * The library's longest gap must come, and no longer one. Two years may not show it, so the parser walks on, each time with those whose gap is yet
 * to come: to April 2028, to 2037, to the end of 2104, and a little further with a time zone or over 400 years without.
 */
async function unreached(parsers: Parsers, accepted: readonly Judged[]): Promise<Mismatch[]> {
  const calendars = accepted.filter(([{ expression }]) => Cron.of(expression).calendar !== undefined);
  const shown = ([{ expression, from }, { by }]: Judged) => from >= FIRST_YEARS.from && by[MEANT].gap === longestGap(expression);
  const far = calendars.filter(pair => !shown(pair) || pair[1].by[MEANT].runs < FEW).map(([{ expression }]) => expression);
  const zoned = (expression: string) => Cron.of(expression).timeZone !== undefined;
  const few = calendars.filter(([, { by }]) => by[MEANT].runs < FEW).map(([{ expression }]) => expression);
  const whole = new Set([...few.filter(expression => !zoned(expression)), ...few.filter(zoned).filter((_, i) => i % ZONED_SHARE === 0)]);
  const last = new Map<string, Walk>();
  const walk = async (expressions: string[], span: Span): Promise<string[]> => {
    const answers = await parsers.ask(expressions.map(expression => ({ expression, ...span, releases: [MEANT] })));
    expressions.forEach((expression, i) => last.set(expression, answers[i].by[MEANT]));
    return expressions.filter(expression => last.get(expression)!.gap < longestGap(expression));
  };
  const afterFirst = await walk(far.filter(expression => !whole.has(expression)), FIRST_YEARS);
  const afterListed = await walk(afterFirst, LISTED_YEARS);
  const afterHorizon = await walk([...afterListed, ...whole], HORIZON);
  const afterAround = await walk(afterHorizon.filter(zoned), AROUND);
  const afterCycle = await walk(afterHorizon.filter(expression => !zoned(expression)), CYCLE);
  tell(`${calendars.length} longest gaps: ${calendars.length - far.length} found in two years, `
    + `${far.length - afterHorizon.length} by 2104 (${whole.size + afterListed.length} walked to there), ${afterHorizon.length} beyond; ${afterAround.length + afterCycle.length} not found`);
  return far.flatMap(expression => {
    const library = longestGap(expression);
    const velero = last.get(expression)!;
    // What comes after 2104 may be longer than what the library has for the years before.
    const right = velero.gap === library || (velero.gap > library && zoned(expression) && afterHorizon.includes(expression));
    return right ? [] : [{ expression, what: 'longest gap over all years', library: `${library} s`, velero: gapText(velero) }];
  });
}

/** Whom the library says to differ must. */
async function undiffering(parsers: Parsers, accepted: readonly Judged[]): Promise<Mismatch[]> {
  const found: Mismatch[] = [];
  for (const release of RELEASES.filter(other => other !== MEANT)) {
    const said = accepted.filter(([{ expression }, { by }]) => by[release].refused === undefined && isSaidToDiffer(expression, release));
    const alike = said.filter(([, { by }]) => (by[release].added ?? by[release].missing) === undefined).map(([{ expression }]) => expression);
    const answers = await parsers.ask(alike.map(expression => ({ expression, ...WEEKDAYS_REPEAT, releases: [MEANT, release] })));
    tell(`Velero ${release}: ${said.length} expressions mean other days`);
    const same = alike.filter((_, i) => (answers[i].by[release].added ?? answers[i].by[release].missing) === undefined);
    found.push(...same.map(expression => ({ expression, what: `starts of Velero ${release}`, library: `others: needs ${Cron.of(expression).needs}`, velero: `those of ${MEANT}` })));
  }
  return found;
}

function report(count: number, accepted: readonly Judged[], found: readonly Mismatch[]): number {
  const sum = (number: (pair: Judged) => number) => accepted.reduce((total, pair) => total + number(pair), 0);
  const zoned = sum(([{ expression }]) => (Cron.of(expression).timeZone === undefined ? 0 : 1));
  const listed = sum(([, { by }]) => by[MEANT].windows!.reduce((total, { starts }) => total + starts.length, 0));
  const madeUp = sum(([, { by }]) => (by['1.18.3'].added === undefined ? 0 : 1));
  tell(`${count} expressions: ${accepted.length} accepted, ${zoned} of them in a time zone, ${count - accepted.length} refused`);
  tell(`${sum(([, { by }]) => by[MEANT].runs)} starts walked by the parser, ${listed} compared one by one; ${madeUp} expressions with starts that only 1.18.3 has`);
  for (const { expression, what, library, velero } of found.slice(0, PRINTED)) {
    process.stdout.write(`${JSON.stringify(expression)}: ${what}\n    library: ${library}\n    Velero:  ${velero}\n`);
  }
  tell(`${found.length} mismatches${found.length > PRINTED ? `, of which ${PRINTED} are above` : ''}`);
  return found.length === 0 ? 0 : 1;
}

/** The options, or nothing when it was called wrongly. */
function options(): { readonly seed: number; readonly count: number } | undefined {
  try {
    const { values } = parseArgs({ options: { seed: { type: 'string', default: DEFAULTS.seed }, count: { type: 'string', default: DEFAULTS.count } } });
    return [values.seed, values.count].every(text => /^\d{1,9}$/.test(text)) ? { seed: Number(values.seed), count: Number(values.count) } : undefined;
  } catch {
    return undefined;
  }
}

async function called(): Promise<number> {
  const wanted = options();
  if (wanted === undefined) {
    console.error(USAGE);
    return 2;
  }
  return main(wanted.seed, wanted.count);
}

called().then(
  code => process.exit(code),
  error => {
    console.error((error as Error).message);
    process.exit(1);
  },
);
