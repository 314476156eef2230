/** Every released patch of the known minors, oldest first. */
export const RELEASES = [
  '1.14.0', '1.14.1', '1.15.0', '1.15.1', '1.15.2', '1.16.0', '1.16.1', '1.16.2', '1.17.0', '1.17.1', '1.17.2', '1.18.0', '1.18.1', '1.18.2', '1.18.3',
];

/** The releases from one on until another; none from `never`. */
export function between(since = RELEASES[0], until?: string): string[] {
  return since === 'never' ? [] : RELEASES.slice(RELEASES.indexOf(since), until === undefined ? undefined : RELEASES.indexOf(until));
}
