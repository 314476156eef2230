import { Duration } from 'cdk8s';
import { Problem, Problems, wholeSeconds } from '../findings';
import { availableIn, Flag, FlagType, goDuration, parseGoDuration, VeleroRelease } from '../versions';

/** What a prop may hold. */
export type FlagValue = string | number | boolean | Duration | string[] | { [key: string]: string };

/** One of the two programs that an install starts. */
export interface Program {
  /** As the messages call it. */
  readonly name: string;
  readonly flags: ReadonlyMap<string, Flag>;
  /** The flags of all releases, to tell which have one that this release lacks. */
  readonly everyFlag: readonly Flag[];
}

/** What Go's parsers take. */
const GRAMMAR: Record<FlagType, { takes: (value: string) => boolean; wanted: string }> = {
  bool: { takes: value => value === 'true' || value === 'false', wanted: 'true or false' },
  int: { takes: value => /^-?\d+$/.test(value), wanted: 'a whole number' },
  float: { takes: value => /^-?\d+(\.\d+)?$/.test(value), wanted: 'a number' },
  duration: { takes: value => parseGoDuration(value) !== undefined, wanted: 'a Go duration such as 10m0s' },
  string: { takes: isOneLine, wanted: 'one line' },
  list: { takes: isOneLine, wanted: 'values on one line with commas between them' },
  map: { takes: value => value.split(',').every(pair => /^[^:\n]+:[^:\n]+$/.test(pair)), wanted: 'pairs such as provider:name with commas between them' },
};

/**
 * The arguments of a program.
 *
 * Velero ends with "unknown flag" and starts again for ever when it meets one that its release does not have, so every flag is asked of the
 * release's own table.
 */
export class CommandLine {
  private readonly given = new Map<string, string>();

  public constructor(private readonly program: Program, private readonly release: VeleroRelease, private readonly problems: Problems) {}

  /**
   * Sets a flag from a prop, if the prop is set.
   *
   * @param least 0 where a number or duration of nothing means something
   */
  public set(prop: string, name: string, value: FlagValue | undefined, least: 0 | 1 = 1): void {
    if (value === undefined) {
      return;
    }
    const problem = tooLittle(prop, value, least);
    if (problem) {
      this.problems.add(problem);
    } else {
      this.take(prop, name, text(value));
    }
  }

  /**
   * Sets flags that the user writes out, after all others are set.
   *
   * @param props what sets the flags that have a prop
   */
  public setExtra(prop: string, extra: { [name: string]: string } = {}, props: ReadonlyMap<string, string>): void {
    for (const [name, value] of Object.entries(extra)) {
      const what = `${prop}['${name}']`;
      if (this.program.flags.has(name) && props.has(name)) {
        this.problems.add({ what, got: value, wanted: 'a flag that no prop sets', next: `use ${props.get(name)}` });
      } else {
        this.take(what, name, value);
      }
    }
  }

  /** In the order in which they were set, always with `=`: `--flag false` would be a true flag and an argument. */
  public toArguments(): string[] {
    return [...this.given].map(([name, value]) => `--${name}=${value}`);
  }

  private take(what: string, name: string, value: string): void {
    const flag = this.program.flags.get(name);
    if (flag === undefined) {
      this.problems.add({ what, got: value, wanted: this.havingFlag(name), next: 'leave it out or change the version' });
      return;
    }
    const wanted = this.unreadable(flag, value);
    if (wanted === undefined) {
      this.given.set(name, value);
    } else {
      this.problems.add({ what, got: value, wanted });
    }
  }

  /** What the flag takes, if it does not take this. */
  private unreadable({ name, type, values }: Flag, value: string): string | undefined {
    if (!GRAMMAR[type].takes(value)) {
      return GRAMMAR[type].wanted;
    }
    const given = type === 'list' ? value.split(',') : [value];
    const known = !values || given.every(one => values.includes(one));
    return known ? undefined : `values of --${name} in Velero ${this.release.version}: ${values.join(', ')}`;
  }

  private havingFlag(name: string): string {
    const rows = this.program.everyFlag.filter(flag => flag.name === name);
    if (rows.length === 0) {
      return `a flag of the ${this.program.name} of Velero ${this.release.version}, without dashes`;
    }
    const range = availableIn({ since: rows[0].since, until: rows[rows.length - 1].until });
    return `Velero ${range} for the ${this.program.name} flag --${name}, not ${this.release.version}`;
  }
}

function text(value: FlagValue): string {
  if (typeof value !== 'object') {
    return String(value);
  }
  if (isDuration(value)) {
    return goDuration(value);
  }
  return Array.isArray(value) ? value.join(',') : Object.entries(value).map(([key, entry]) => `${key}:${entry}`).join(',');
}

/** What Velero would take and then not work with. */
function tooLittle(what: string, value: FlagValue, least: 0 | 1): Problem | undefined {
  if (typeof value === 'number') {
    return value > 0 || (value === 0 && least === 0) ? undefined : { what, got: value, wanted: least === 0 ? '0 or more' : 'more than 0' };
  }
  return !isDuration(value) || (least === 0 && value.toMilliseconds({ integral: false }) === 0) ? undefined : wholeSeconds(what, value);
}

function isOneLine(value: string): boolean {
  return !value.includes('\n');
}

/** Not by `instanceof`, which fails between two loaded copies of cdk8s. */
function isDuration(value: FlagValue): value is Duration {
  return typeof value === 'object' && 'toSeconds' in value;
}
