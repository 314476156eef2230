import { type CronProblem } from './problem';

/** A moment at which a zone's offset changes. Seconds since 1970. */
export interface OffsetChange {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const WEEK = 7 * 86_400;
const EXAMPLE = 'a zone of the time zone database, written as there, such as Europe/Berlin';

const clocks = new Map<string, ZoneClock>();

/**
 * Tells whether Velero can load a zone.
 *
 * Go compares upper and lower case, because zones are files. Intl does not, and lists neither UTC nor a third of the names that Go has, such as
 * GB: hence the list. Intl has the last word, because the offsets come from it.
 */
export function zoneProblem(name: string): CronProblem | undefined {
  const zones = knownZones();
  if (zones.has(name)) {
    return isKnownToIntl(name) ? undefined : { what: 'time zone', got: name, wanted: `${EXAMPLE}, that this Node.js knows`, next: 'update Node.js' };
  }
  const meant = [...zones].find(zone => zone.toLowerCase() === name.toLowerCase());
  return { what: 'time zone', got: name, wanted: EXAMPLE, next: meant && `write ${meant}` };
}

/** The wall clock of one time zone: what Go's time package makes of it, on the data of Intl. */
export class ZoneClock {
  public static of(zone: string): ZoneClock {
    const known = clocks.get(zone) ?? new ZoneClock(zone);
    clocks.set(zone, known);
    return known;
  }

  private readonly format: Intl.DateTimeFormat;
  private readonly years = new Map<number, { readonly first: number; readonly changes: OffsetChange[] }>();

  private constructor(zone: string) {
    this.format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  }

  /** Seconds that the wall clock is ahead of UTC. */
  public offsetAt(instant: number): number {
    const { first, changes } = this.year(new Date(instant * 1000).getUTCFullYear());
    let offset = first;
    for (const change of changes) {
      offset = change.at <= instant ? change.after : offset;
    }
    return offset;
  }

  /** The changes of some years, in order. */
  public changes(firstYear: number, years: number): OffsetChange[] {
    return Array.from({ length: years }, (_, i) => this.year(firstYear + i).changes).flat();
  }

  /**
   * The moment at which the wall clock shows a time, both in seconds.
   *
   * A time that is skipped or comes twice is ambiguous. Go's time.Date takes one of the two offsets, like this.
   */
  public instantOf(wall: number): number {
    return wall - this.offsetAt(wall - this.offsetAt(wall));
  }

  private year(year: number): { readonly first: number; readonly changes: OffsetChange[] } {
    const known = this.years.get(year) ?? this.readYear(Date.UTC(year) / 1000, Date.UTC(year + 1) / 1000);
    this.years.set(year, known);
    return known;
  }

  private readYear(start: number, end: number): { readonly first: number; readonly changes: OffsetChange[] } {
    const first = this.read(start);
    const changes: OffsetChange[] = [];
    let before = first;
    for (let from = start; from < end; from += WEEK) {
      const to = Math.min(from + WEEK, end);
      const after = this.read(to);
      if (after !== before) {
        changes.push({ at: this.changeWithin(from, to, before), before, after });
        before = after;
      }
    }
    return { first, changes };
  }

  private changeWithin(start: number, end: number, before: number): number {
    let [low, high] = [start, end];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.read(middle) === before) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private read(instant: number): number {
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d+):(\d+))?/.exec(this.format.format(new Date(instant * 1000)))!;
    return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
  }
}

function isKnownToIntl(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

let zoneNames: Set<string> | undefined;

/** Loaded on first use: most expressions have no zone. */
function knownZones(): Set<string> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { TIME_ZONES } = require('./time-zones') as typeof import('./time-zones');
  return zoneNames ??= new Set(Object.entries(TIME_ZONES).flatMap(([region, names]) => names.split(' ').map(name => region + name)));
}
