import { spawn } from 'child_process';

/** How a command is run. */
export interface CommandOptions {
  /** Written to its standard input. */
  readonly input?: string | Buffer;
  readonly cwd?: string;
  /** Variables beside those of this process. */
  readonly environment?: { [name: string]: string };
}

/** What a command wrote. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How much of a failed command's output an error repeats. */
const TAIL = 4000;

/** Runs a command to its end; any exit code is a result. */
export function attempt(program: string, parameters: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: options.cwd, env: { ...process.env, ...options.environment } });
    const output: { [stream: string]: Buffer[] } = { stdout: [], stderr: [] };
    child.stdout.on('data', chunk => output.stdout.push(chunk));
    child.stderr.on('data', chunk => output.stderr.push(chunk));
    child.on('error', error => reject(new Error(`${program}: ${error.message}`)));
    child.on('close', (code, signal) => resolve({
      code: code ?? 1,
      stdout: Buffer.concat(output.stdout).toString(),
      stderr: Buffer.concat(output.stderr).toString() + (signal === null ? '' : `ended by ${signal}`),
    }));
    child.stdin.on('error', () => { /* it ended before it had read everything: its exit code tells */ });
    child.stdin.end(options.input);
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
    throw new Error(`${[program, ...parameters].join(' ').slice(0, 500)}: exit ${code}, wanted 0\n${(stderr || stdout).slice(-TAIL)}`);
  }
  return stdout;
}
