import { ChildProcess, spawn } from 'child_process';
import { join } from 'path';
import { ControlGroups } from './control-groups';
import { childrenOf } from './processes';

const ROOT = join(__dirname, '..', '..');

/** Namespaces that the cluster does not share with the machine. */
const NAMESPACES = ['mount', 'net', 'pid', 'ipc', 'uts', 'cgroup'];

/** How the cluster's processes are bound to those of the machine. */
export interface SpawnOptions {
  readonly environment: { [name: string]: string };
  /** Whether the cluster ends with this process. Otherwise it lives until its first process is killed. */
  readonly bound: boolean;
  /** Where its output goes. */
  readonly output: 'inherit' | number;
}

/**
 * Starts `e2e/cluster/main.ts` as the only way into namespaces of its own. When its first process ends, the kernel ends all others there, and with
 * the last one the mounts, interfaces and addresses are gone.
 *
 * A session of its own keeps Ctrl-C at the terminal from reaching it: this process decides.
 */
export function enterNamespaces(groups: ControlGroups, parameters: string[], options: SpawnOptions): ChildProcess {
  const unshare = [
    'unshare', ...NAMESPACES.map(name => `--${name}`), '--fork', '--kill-child=KILL', '--mount-proc', '--propagation', 'private', '--',
    // It adopts and reaps the processes that containers leave behind.
    'tini', '--', process.execPath, '--import', 'tsx', join(__dirname, '..', 'cluster', 'main.ts'), ...parameters,
  ];
  // A shell enters the groups before it becomes unshare: their namespace begins where its creator is.
  const enter = 'for folder in $E2E_GROUPS; do echo $$ > "$folder/cgroup.procs" || exit 1; done; exec "$@"';
  const command = [...(options.bound ? ['setpriv', '--pdeathsig', 'KILL', '--'] : []), 'sh', '-c', enter, 'sh', ...unshare];
  return spawn(command[0], command.slice(1), {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', options.output, options.output],
    env: { ...process.env, ...options.environment, E2E_GROUPS: groups.folders.join(' '), E2E_GROUP_MOUNTS: groups.mounts.join('\n') },
  });
}

/** The id, on the machine, of the first process in the namespaces that a process has made. */
export function firstProcess(unshare: number): number | undefined {
  return childrenOf(unshare)[0];
}
