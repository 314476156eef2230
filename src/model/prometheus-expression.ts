/* What is read of PromQL: names of metrics, and the few forms of alerts that rules know. */

/** A comparison of a counter with a number, which makes an alert fire. */
export interface CounterComparison {
  readonly metric: string;

  /** Of `increase(metric[5m]) > 0`, in seconds; absent where the counter itself is compared. */
  readonly window?: number;
}

/** The names in an expression that may be metrics: not those of labels, and none in strings and comments. */
export function namesIn(expression: string): ReadonlySet<string> {
  return new Set(bare(expression).match(/(?<![\w:])[a-zA-Z_:][\w:]*/g) ?? []);
}

/** What an alert fires on where it is one counter above a number, alone or summed up; nothing for all other expressions. */
export function counterComparison(expression: string): CounterComparison | undefined {
  const [, left] = /^(.{1,500}?)(?:>=?|!=) ?\d+(?:\.\d+)?$/.exec(unwrapped(bare(expression))) ?? [];
  const inner = left === undefined ? '' : unwrapped(left);
  const [, counter] = /^([a-zA-Z_]\w*)$/.exec(inner) ?? [];
  const [, ranged, window] = /^(?:increase|rate|irate|delta|idelta|changes) ?\( ?([a-zA-Z_]\w*) ?\[ ?(\w+) ?\] ?\)$/.exec(inner) ?? [];
  const seconds = window === undefined ? undefined : prometheusSeconds(window);
  return counter !== undefined ? { metric: counter } : seconds === undefined ? undefined : { metric: ranged, window: seconds };
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };

/** `1h30m` in seconds; nothing for what Prometheus does not take. */
export function prometheusSeconds(text: string): number | undefined {
  if (text === '0') {
    return 0;
  }
  const parts = /^(?:\d+(?:ms|[smhdwy]))+$/.test(text) ? text.match(/\d+(?:ms|[smhdwy])/g)! : undefined;
  return parts?.reduce((sum, part) => sum + parseInt(part, 10) * SECONDS[part.replace(/\d+/, '')], 0);
}

/** No alert that people write is longer; what is, would take too long to take apart. */
const LONGEST = 10_000;

/** Without strings, comments, label matchers and lists of labels; with single blanks. */
function bare(expression: string): string {
  return expression.length > LONGEST ? '' : expression
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*/g, part => part.startsWith('#') ? ' ' : '""')
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Without brackets around the whole, and without what adds up series. */
function unwrapped(expression: string): string {
  let text = expression.trim();
  for (let inner: string | undefined = text; inner !== undefined; inner = /^(?:(?:sum|max|min|avg) ?)?\((.*)\)$/.exec(text)?.[1].trim()) {
    text = inner;
  }
  return text;
}
