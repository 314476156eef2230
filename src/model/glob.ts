/** Patterns that people write once are looked at for every file and namespace. */
const known = new Map<string, Fits>();

type Fits = (text: string) => boolean;

/** Names, and nothing that fits others. */
const LIST = /^\{([^{}*?[\]\\]+)\}$/;

/** More than people write. A program that reads one repository after the other must not keep the patterns of them all. */
const MOST_KNOWN = 1000;

/**
 * Whether a text fits a pattern of ArgoCD: `*`, `?`, `[a-z]`, `[!a-z]`, `{a,b}` and `\`. A star goes over slashes, but where they separate.
 *
 * What ArgoCD could not read either fits nothing. No regular expression: with many stars those take for ever on a text that does not fit.
 *
 * @see https://github.com/gobwas/glob/blob/v0.2.3/glob.go
 */
export function matchesGlob(pattern: string, text: string, slashSeparates = false): boolean {
  if (!/[*?[\]{}\\]/.test(pattern)) {
    return pattern === text;
  }
  const key = `${slashSeparates} ${pattern}`;
  if (!known.has(key)) {
    if (known.size >= MOST_KNOWN) {
      known.clear();
    }
    known.set(key, compiled(pattern, slashSeparates));
  }
  return known.get(key)!(text);
}

function compiled(pattern: string, slashSeparates: boolean): Fits {
  const list = LIST.exec(pattern)?.[1].split(',');
  if (list !== undefined) {
    return text => list.includes(text);
  }
  const program = new Compiler(slashSeparates).compile(pattern);
  return text => program !== undefined && runs(program, text);
}

/** A step takes a character and goes on to the next step, or it goes on to others without one. */
type Step = { readonly takes: (character: string) => boolean } | { readonly to: number[] };
type Program = readonly Step[];

/** All ways at once: the steps that the text so far leads to. */
function runs(program: Program, text: string): boolean {
  let steps = reached(program, [0]);
  for (const character of text) {
    const next: number[] = [];
    for (const index of steps) {
      const step = program[index];
      if (step !== undefined && 'takes' in step && step.takes(character)) {
        next.push(index + 1);
      }
    }
    steps = reached(program, next);
  }
  return steps.has(program.length);
}

function reached(program: Program, from: readonly number[]): ReadonlySet<number> {
  const all = new Set<number>();
  const open = [...from];
  while (open.length > 0) {
    const index = open.pop()!;
    const step = program[index];
    if (!all.has(index)) {
      all.add(index);
      open.push(...step !== undefined && 'to' in step ? step.to : []);
    }
  }
  return all;
}

/** Characters with a backslash first, then what stands between brackets: neither is a pattern. */
const TOKENS = /\\(.)|\[(!?)((?:[^\]\\]|\\.)+)\]|\*\*|./gsu;

class Compiler {
  private readonly steps: Step[] = [];

  /** The braces that are open: where they begin, and the jumps to their end. */
  private readonly braces: { begin: number[]; readonly ends: number[][] }[] = [];

  public constructor(private readonly slashSeparates: boolean) {}

  /** Nothing where the pattern cannot be read. */
  public compile(pattern: string): Program | undefined {
    for (const [token, escaped, negated, members] of pattern.matchAll(TOKENS)) {
      const isRead = escaped !== undefined ? this.literal(escaped) : members !== undefined ? this.oneOf(members, negated === '!') : this.token(token);
      if (!isRead) {
        return undefined;
      }
    }
    return this.braces.length === 0 ? this.steps : undefined;
  }

  private token(token: string): boolean {
    switch (token) {
      case '*': return this.many(this.any);
      case '**': return this.many(() => true);
      case '?': return this.take(this.any);
      case '{': return this.open();
      case '}': return this.close();
      case ',': return this.braces.length > 0 ? this.alternative() : this.literal(token);
      default: return token !== '\\' && this.literal(token);
    }
  }

  private readonly any = (character: string) => !this.slashSeparates || character !== '/';

  private take(takes: (character: string) => boolean): true {
    this.steps.push({ takes });
    return true;
  }

  private literal(text: string): true {
    return this.take(character => character === text);
  }

  /** `a-z`, or a list of characters. */
  private oneOf(members: string, isNegated: boolean): boolean {
    const range = /^(.)-(.)$/su.exec(members);
    const isIn = range ? (character: string) => range[1] <= character && character <= range[2] : (character: string) => members.includes(character);
    return this.take(character => isIn(character) !== isNegated) && (range === null || range[1] <= range[2]);
  }

  private many(takes: (character: string) => boolean): true {
    const begin = this.steps.length;
    this.steps.push({ to: [begin + 1, begin + 3] }, { takes }, { to: [begin] });
    return true;
  }

  private open(): true {
    const begin = [this.steps.length + 1];
    this.steps.push({ to: begin });
    this.braces.push({ begin, ends: [] });
    return true;
  }

  private alternative(): true {
    const { begin, ends } = this.braces[this.braces.length - 1];
    const end: number[] = [];
    this.steps.push({ to: end });
    ends.push(end);
    begin.push(this.steps.length);
    return true;
  }

  private close(): boolean {
    const closed = this.braces.pop();
    closed?.ends.forEach(end => end.push(this.steps.length));
    return closed !== undefined;
  }
}
