/** Whether a namespace is named by a pattern rather than by its name. */
export function isNamespacePattern(text: string): boolean {
  return /[*?[\]]/.test(text);
}

/**
 * Whether a namespace is named or matched by a pattern: `*`, `?`, `[abc]`, `[a-z]`. Velero refuses `{one,other}` in every version.
 *
 * By the set of places that the match may have got to, not by a regular expression: `*a*a*a*a*` would keep one busy for ever.
 */
export function matchesNamespace(pattern: string, namespace: string): boolean {
  return pattern === namespace || (isNamespacePattern(pattern) && reached(pattern, namespace).has(namespace.length));
}

/** The places of the text that a pattern may end at. */
function reached(pattern: string, text: string): ReadonlySet<number> {
  let ends: ReadonlySet<number> = new Set([0]);
  let at = 0;
  while (at < pattern.length && ends.size > 0) {
    const token = tokenAt(pattern, at);
    ends = passed(token, text, ends);
    at += token.length;
  }
  return ends;
}

function tokenAt(pattern: string, at: number): string {
  const close = pattern[at] === '[' ? pattern.indexOf(']', at) : -1;
  return close < 0 ? pattern[at] : pattern.slice(at, close + 1);
}

function passed(token: string, text: string, places: ReadonlySet<number>): ReadonlySet<number> {
  if (token === '*') {
    const first = Math.min(...places);
    return new Set(Array.from({ length: text.length - first + 1 }, (_, index) => first + index));
  }
  const steps = [...places].filter(place => place < text.length && fits(token, text[place]));
  return new Set(steps.map(place => place + 1));
}

function fits(token: string, character: string): boolean {
  if (token.length === 1) {
    return token === '?' || token === character;
  }
  const [, not, members] = /^\[([!^]?)(.*)\]$/s.exec(token)!;
  const ranges = members.match(/.-.|./gs) ?? [];
  return (not === '') === ranges.some(range => range[0] <= character && character <= range[range.length - 1]);
}
