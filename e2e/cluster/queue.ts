import { mkdirSync } from 'fs';
import { join } from 'path';

/** Names the folder that the clusters of a run share: what one has taken is a folder there. */
export const QUEUE = 'E2E_QUEUE';

/**
 * Scenarios that take minutes, the longest first: they begin first, so that no cluster waits for another one at the end.
 */
const LONG = [
  'backup-and-restore', 'argocd', 'rules-programs', 'rules-volumes', 'faults', 'version-upgrade', 'refused', 'restricted-volumes', 'rules-locations', 'late-password',
  'encryption', 'rules-schedules', 'sealed-credentials', 'schedules',
];

/** In the order in which they are to begin. */
export function longestFirst(names: string[]): string[] {
  return [...LONG.filter(name => names.includes(name)), ...names.filter(name => !LONG.includes(name))];
}

/** Whether a scenario is this cluster's: nobody else of the run has taken it. */
export function take(name: string): boolean {
  const queue = process.env[QUEUE];
  if (queue === undefined) {
    return true;
  }
  try {
    mkdirSync(join(queue, name));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}
