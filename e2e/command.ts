import { ChildProcessWithoutNullStreams, spawn } from 'child_process';
import { isInCluster } from './prepared';

/** How a command is run. */
export interface CommandOptions {
  /** Written to its standard input. */
  readonly input?: string | Buffer;
  readonly cwd?: string;
  /** Variables beside those of this process. */
  readonly environment?: { [name: string]: string };
  /** How long it may run. Where it is not said: ten minutes in a cluster, and as long as it takes on the machine, where builds are. */
  readonly seconds?: number;
}

/** What a command wrote. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How much of a failed command's output an error repeats. */
const TAIL = 4000;

const SECONDS_IN_CLUSTER = 600;

/** Runs a command to its end; any exit code is a result. One that does not end in time is killed, and an error. */
export function attempt(program: string, parameters: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: options.cwd, env: { ...process.env, ...options.environment } });
    const output: { [stream in 'stdout' | 'stderr']: Buffer[] } = { stdout: [], stderr: [] };
    const written = (stream: keyof typeof output) => Buffer.concat(output[stream]).toString();
    child.stdout.on('data', chunk => output.stdout.push(chunk));
    child.stderr.on('data', chunk => output.stderr.push(chunk));
    child.on('error', error => reject(new Error(`${program}: ${error.message}`)));
    child.on('close', (code, signal) => resolve({
      code: code ?? 1,
      stdout: written('stdout'),
      stderr: written('stderr') + (signal === null ? '' : `ended by ${signal}`),
    }));
    child.stdin.on('error', () => { /* it ended before it had read everything: its exit code tells */ });
    child.stdin.end(options.input);
    const seconds = options.seconds ?? (isInCluster() ? SECONDS_IN_CLUSTER : undefined);
    killAfter(child, seconds, () => {
      const last = (written('stderr') || written('stdout')).slice(-TAIL) || 'nothing';
      reject(new Error(`${commandLine(program, parameters)}: hung and was killed: got no end in ${seconds} s, wanted one; it has written\n${last}`));
    });
  });
}

/**
 * Runs a command that must succeed.
 *
 * @returns what it wrote to standard output
 */
export async function run(program: string, parameters: string[], options: CommandOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await attempt(program, parameters, options);
  if (code !== 0) {
    throw new Error(`${commandLine(program, parameters)}: exit ${code}, wanted 0\n${(stderr || stdout).slice(-TAIL)}`);
  }
  return stdout;
}

/** What the child has started may live on and keep its output open: that is not waited for. */
function killAfter(child: ChildProcessWithoutNullStreams, seconds: number | undefined, onKilled: () => void): void {
  if (seconds === undefined) {
    return;
  }
  const timer = setTimeout(() => {
    onKilled();
    child.kill('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }, seconds * 1000);
  child.on('error', () => clearTimeout(timer));
  child.on('close', () => clearTimeout(timer));
}

function commandLine(program: string, parameters: string[]): string {
  return [program, ...parameters].join(' ').slice(0, 500);
}
