import { execFile, ExecFileException } from 'child_process';
import { promisify } from 'util';
import { Problem, refuse } from '../findings';
import { Surroundings } from './surroundings';

const execute = promisify(execFile);

/** A cluster that is reached but does not answer must not hold a person up. */
const PATIENCE = '--request-timeout=30s';

/** What to tell by the reason that the API server gives: `NotFound`, `Forbidden`, `ServiceUnavailable`, … */
export type Refusals = Readonly<Record<string, Pick<Problem, 'wanted' | 'next'> | undefined>>;

/** One thing that the API server is asked for. */
export interface Question {
  readonly parameters: readonly string[];
  readonly context?: string;
  readonly refusals: Refusals;
}

/**
 * Asks the API server of a cluster through the user's own kubectl: nobody else knows how to sign in there.
 *
 * @returns what kubectl wrote
 */
export async function askCluster(command: string, { parameters, context, refusals }: Question, { environment }: Surroundings): Promise<string> {
  const all = [...parameters, PATIENCE, ...(context === undefined ? [] : [`--context=${context}`])];
  const asking = execute('kubectl', all, { env: environment });
  asking.child.stdin?.end();
  try {
    return (await asking).stdout;
  } catch (error) {
    return refuse(command, { what: 'kubectl', ...problemOf(error as ExecFileException, refusals) });
  }
}

function problemOf({ code, message, stderr = '' }: ExecFileException, refusals: Refusals): Omit<Problem, 'what'> {
  if (code === 'ENOENT') {
    return { wanted: 'a program of this name on the PATH', next: 'install it, or run this where it is' };
  }
  const got = lastLine(stderr) ?? message.trim();
  const reason = /\((\w+)\)/.exec(got)?.[1] ?? '';
  return {
    got,
    wanted: 'an answer of the API server',
    next: 'try kubectl get namespaces; --context names another cluster',
    ...(Object.hasOwn(refusals, reason) ? refusals[reason] : undefined),
  };
}

/** Before it gives up it tells of each attempt; the last line is the reason. */
function lastLine(text: string): string | undefined {
  return text.split('\n').map(line => line.trim()).filter(line => line !== '').at(-1);
}
