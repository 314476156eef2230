/** Characters that make a name a pattern. */
const PATTERN = /[*?[\]]/;
/** A set of characters, the only place where a bracket may stand. */
const SET = /\[-?(?:[a-z0-9](?:-[a-z0-9])?)+\]/g;

/** Whether a name stands for others. */
export function isPattern(name: string): boolean {
  return PATTERN.test(name);
}

/**
 * A name in place of a pattern, for checks that know no patterns; nothing where the pattern is none that Velero can read.
 *
 * @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/util/wildcard/expand.go#L54-L122
 */
export function exampleOf(pattern: string): string | undefined {
  const sets = pattern.match(SET) ?? [];
  const plain = pattern.replace(SET, 'x');
  return sets.some(isReversed) || /[[\]]|\*\*/.test(plain) ? undefined : plain.replace(/[*?]/g, 'x');
}

/** Whether a name is the one of a pattern or fits it. */
export function fits(name: string, pattern: string): boolean {
  return name === pattern || (isPattern(pattern) && exampleOf(pattern) !== undefined && expressionOf(pattern).test(name));
}

/**
 * Whether some namespaces, named or by patterns, have none in common with what is included and not excluded.
 *
 * Two patterns may have names in common: nobody can tell here.
 */
export function areApart(namespaces: string[], included: string[] = ['*'], excluded: string[] = []): boolean {
  return namespaces.every(namespace => excluded.some(pattern => fits(namespace, pattern)) || !included.some(other => mayShare(namespace, other)));
}

function mayShare(one: string, other: string): boolean {
  return (isPattern(one) && isPattern(other)) || fits(one, other) || fits(other, one);
}

/** A set with `z-a`, which no library of patterns reads. */
function isReversed(set: string): boolean {
  return [...set.matchAll(/(\w)-(\w)/g)].some(([, first, last]) => first > last);
}

function expressionOf(pattern: string): RegExp {
  const source = pattern.replace(/[^-\w[\]]/g, sign => ({ '*': '.*', '?': '.' })[sign] ?? `\\${sign}`);
  return new RegExp(`^${source}$`);
}
