import { spawn } from 'child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { LOGS, PROCESSES, STATE } from './places';

const POLL_MS = 100;

/** Memory is there, processors are what clusters lack: programs in Go collect garbage a quarter as often. */
const GARBAGE_COLLECTION = { GOGC: '400' };

/**
 * A program of the cluster that runs in the background. Any process in the namespaces can stop it and start it again: what is known of it is its
 * process id in a file.
 */
export class Daemon {
  /** Names of those that were started and have ended. */
  public static ended(): string[] {
    return readdirSync(PROCESSES).filter(name => !new Daemon(name, name, []).running);
  }

  public constructor(public readonly name: string, private readonly program: string, private readonly parameters: string[]) {}

  /** Where it writes. */
  public get log(): string {
    return join(LOGS, `${this.name}.log`);
  }

  /** Whether it runs. */
  public get running(): boolean {
    const id = this.processId;
    return id !== undefined && stateOf(id) !== undefined;
  }

  /** Starts it. The log of an earlier start is kept. */
  public start(): void {
    const log = openSync(this.log, 'a');
    const child = spawn(this.program, this.parameters, {
      cwd: STATE, detached: true, stdio: ['ignore', log, log], env: { ...process.env, ...GARBAGE_COLLECTION },
    });
    closeSync(log);
    child.on('error', error => writeFileSync(this.log, `${error.message}\n`, { flag: 'a' }));
    child.unref();
    writeFileSync(this.file, String(child.pid ?? ''));
  }

  /** Ends it at once, as a crash would. */
  public async kill(): Promise<void> {
    const id = this.processId;
    if (id !== undefined && stateOf(id) !== undefined) {
      process.kill(id, 'SIGKILL');
      while (stateOf(id) !== undefined) {
        await setTimeout(POLL_MS);
      }
    }
  }

  private get file(): string {
    return join(PROCESSES, this.name);
  }

  private get processId(): number | undefined {
    return existsSync(this.file) ? Number(readFileSync(this.file, 'utf8')) || undefined : undefined;
  }
}

/**
 * Waits for what a daemon must do before others can start.
 *
 * @param daemons must not end meanwhile
 */
export async function until(what: string, seconds: number, daemons: Daemon[], condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!await condition()) {
    const ended = daemons.find(daemon => !daemon.running);
    if (ended !== undefined || Date.now() > deadline) {
      const logs = (ended === undefined ? daemons : [ended]).map(({ name, log }) => `--- ${name}\n${tailOf(log)}`).join('\n');
      throw new Error(`${what}: ${ended === undefined ? `not within ${seconds} s` : `${ended.name} ended`}\n${logs}`);
    }
    await setTimeout(POLL_MS);
  }
}

function tailOf(log: string): string {
  return readFileSync(log, 'utf8').split('\n').slice(-30).join('\n');
}

/** The letter of a process's state; nothing for one that has ended, reaped or not. */
function stateOf(id: number): string | undefined {
  try {
    const state = /\) (\w)/.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))![1];
    return state === 'Z' || state === 'X' ? undefined : state;
  } catch {
    return undefined;
  }
}
