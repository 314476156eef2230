import { tables } from '../versions';

/** A flag as it was given. */
export interface FlagUse {
  /** Without dashes. */
  readonly name: string;

  /** As the program reads it: `true` for a switch without a value. */
  readonly value: string;
}

/** Short flags of `velero`: pkg/client/factory.go:108, and klog's. */
const SHORT: Readonly<Record<string, string>> = { n: 'namespace', v: 'v' };

/** What a container runs, read as Velero reads its command line (spf13/pflag). */
export class CommandLine {
  /** What is neither a flag nor the value of one: `/velero`, `server`. */
  public readonly words: readonly string[];
  public readonly flags: readonly FlagUse[];

  public constructor(parts: readonly string[]) {
    const words: string[] = [];
    const flags: FlagUse[] = [];
    for (let index = 0; index < parts.length; index++) {
      const [, dashes, name, value] = /^(-{0,2})([^=]*)=?(.*)$/s.exec(parts[index])!;
      if (dashes === '' || name === '') {
        words.push(parts[index]);
      } else if (parts[index].includes('=')) {
        flags.push({ name: longName(dashes, name), value });
      } else if (takesNext(longName(dashes, name), parts[index + 1])) {
        flags.push({ name: longName(dashes, name), value: parts[++index] });
      } else {
        flags.push({ name: longName(dashes, name), value: 'true' });
      }
    }
    this.words = words;
    this.flags = flags;
  }

  /** The value that counts: the last one. */
  public value(flag: string): string | undefined {
    return this.flags.filter(({ name }) => name === flag).at(-1)?.value;
  }

  /** Whether a switch is on, as Go reads it; nothing where it is not given. */
  public isOn(flag: string): boolean | undefined {
    const value = this.value(flag);
    return value === undefined ? undefined : /^(1|t|T|true|TRUE|True)$/.test(value);
  }
}

function longName(dashes: string, name: string): string {
  return dashes === '-' ? SHORT[name] ?? name : name;
}

/** A switch never takes the next word; for a flag that nobody knows, what does not look like one is its value. */
function takesNext(name: string, next: string | undefined): boolean {
  const { SERVER_FLAGS, NODE_AGENT_FLAGS } = tables.flags();
  const known = SERVER_FLAGS.find(flag => flag.name === name) ?? NODE_AGENT_FLAGS.find(flag => flag.name === name);
  return next !== undefined && (known ? known.type !== 'bool' : !next.startsWith('-'));
}
