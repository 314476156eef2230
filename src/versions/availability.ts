/** The range of releases that has something: `since` is included, `until` is not. Both patch-exact, because patches add things too. */
export interface Availability {
  readonly since?: string;
  readonly until?: string;
}

/** Whether a release is in a range. Both are three numbers: a release with a suffix never gets here. */
export function available({ since, until }: Availability, version: string): boolean {
  return (since === undefined || compared(version, since) >= 0) && (until === undefined || compared(version, until) < 0);
}

/** Negative when the first is older, zero when they are the same, positive when it is newer. */
export function compared(one: string, other: string): number {
  const [left, right] = [numbers(one), numbers(other)];
  const differing = left.findIndex((number, index) => number !== right[index]);
  return differing < 0 ? 0 : left[differing] - right[differing];
}

/** The range in words, to follow "Velero": `>= 1.15.0 and < 1.17.0`. */
export function availableIn({ since, until }: Availability): string {
  return [since && `>= ${since}`, until && `< ${until}`].filter(Boolean).join(' and ');
}

function numbers(version: string): number[] {
  return version.split('.').map(Number);
}
