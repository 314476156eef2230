import { WrongUse } from './surroundings';
import { Problem, Problems } from '../findings/problems';

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
