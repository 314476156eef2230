/**
 * The candidate that was probably meant: the same but for case, dashes and underscores, or at most two slips of the finger away.
 *
 * Nothing when all are further away, or when the name is too short to tell.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let found: string | undefined;
  let fewest = Math.min(2, Math.floor(name.length / 4)) + 1;
  for (const candidate of candidates) {
    const slips = plain(candidate) === plain(name) ? 0 : Math.abs(candidate.length - name.length) < fewest ? distance(name, candidate) : fewest;
    if (slips < fewest) {
      [found, fewest] = [candidate, slips];
    }
  }
  return found;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, '');
}

/** Letters added, left out, changed or swapped with their neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const changed = last[column - 1] + (same ? 0 : 1);
      current.push(Math.min(last[column] + 1, current[column - 1] + 1, changed, swapped ? before[column - 2] + 1 : Infinity));
    }
    [before, last] = [last, current];
  }
  return last[other.length];
}
