import { Availability } from '../versions/capabilities';

/** Which releases have something, as the words after "Velero": `>= 1.15.0 and < 1.17.0`. */
export function availableIn({ since, until }: Availability): string {
  return [since && `>= ${since}`, until && `< ${until}`].filter(Boolean).join(' and ');
}
