import { WrongUse } from './surroundings';
import { Problem, Problems } from '../findings/problems';
import { reasonOf } from '../findings/system-errors';

/** Refuses what was typed, before anything is read or written. */
export function refuseUse(command: string, ...found: (Problem | undefined)[]): void {
  const problems = new Problems(command);
  problems.add(...found);
  try {
    problems.refuse();
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}

/**
 * A file that somebody named and that cannot be read: wrong use for every command, which has found nothing and written nothing.
 *
 * @param next what to do where nothing is there
 */
export function unreadable(what: string, got: string, error: unknown, { kind = 'file', next = 'check the path' } = {}): Problem {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  return { what, got, wanted: `a ${kind} that can be read: ${reasonOf(error)}`, next: isMissing ? next : undefined };
}

/** The next step where nothing was found to look at. */
export const NAME_MANIFESTS = 'name the files or the folder that are applied to the cluster';

/** What is told after an error of the command line, by the arguments of the command. */
export function hint(usage: string): string {
  return `(cdk8s-velero ${usage}; --help tells more)`;
}
