import { ChildProcess } from 'child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { ADMINISTRATOR, CEPH_CONFIGURATION } from '../cluster/places';
import { asEnvironment, Prepared } from '../prepared';
import { tell } from '../progress';
import { ControlGroups } from './control-groups';
import { onSignal } from './ending';
import { enterNamespaces, firstProcess } from './namespaces';
import { startOf } from './processes';

const OUT = join(__dirname, '..', '.out');
const FILE = join(OUT, 'kept-cluster.json');
const LOG = join(OUT, 'kept.log');

const UP_WITHIN_MS = 180_000;

/** What the log has once the cluster is up. */
const UP = 'cluster is up';

/** A cluster that outlives the command which started it. */
interface Kept {
  /** The process that made the namespaces, and when it started: ids are used again. */
  readonly unshare: number;
  readonly started: string;
  /** The folders of its control groups. */
  readonly groups: readonly string[];
  readonly prepared: Prepared;
}

/** The cluster that is kept for this checkout, if it runs; it may not be up yet. */
function keptCluster(): Kept | undefined {
  if (!existsSync(FILE)) {
    return undefined;
  }
  const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Kept;
  return startOf(kept.unshare) === kept.started ? kept : undefined;
}

/** The cluster that is kept for this checkout, which must be up. */
export function keptClusterThatIsUp(): Kept {
  const kept = keptCluster();
  if (kept === undefined) {
    throw new Error('there is no kept cluster, wanted one: start it with npm run e2e:up');
  }
  if (!readFileSync(LOG, 'utf8').includes(UP)) {
    throw new Error(`the kept cluster is not up yet, wanted one that is; its log is ${LOG}; wait, or end it with npm run e2e:down`);
  }
  return kept;
}

/**
 * Starts a cluster and returns when it is up.
 *
 * @param prepare is asked only where there is no cluster yet: it may take long
 */
export async function keepCluster(prepare: () => Promise<Prepared>): Promise<void> {
  if (keptCluster() !== undefined) {
    throw new Error('there is a cluster already, wanted none: end it with npm run e2e:down');
  }
  const what = await prepare();
  mkdirSync(OUT, { recursive: true });
  const groups = ControlGroups.make('kept');
  const child = enterNamespaces(groups, ['keep'], { environment: asEnvironment(what), bound: false, output: openSync(LOG, 'w') });
  // Before it is up: SIGKILL may end this process meanwhile, and e2e:down must still find the cluster.
  const kept: Kept = { unshare: child.pid!, started: startOf(child.pid!)!, groups: groups.folders, prepared: what };
  writeFileSync(FILE, JSON.stringify(kept));
  onSignal(() => child.kill('SIGKILL'));
  try {
    await untilUp(child);
  } catch (error) {
    child.kill('SIGKILL');
    await groups.remove();
    rmSync(FILE, { force: true });
    throw error;
  }
  child.unref();
  tell(`its log is ${LOG}; enter it with npm run e2e:shell, or with\n${enterCommand(kept).join(' ')}`);
}

/** Shows its log meanwhile. */
async function untilUp(child: ChildProcess): Promise<void> {
  const deadline = Date.now() + UP_WITHIN_MS;
  for (let log = ''; !log.includes(UP);) {
    const end = child.exitCode ?? child.signalCode;
    if (end !== null || Date.now() > deadline) {
      throw new Error(`the cluster did not come up: ${end === null ? `not within ${UP_WITHIN_MS / 1000} s` : `it ended with ${end}`}; its log is ${LOG}`);
    }
    await setTimeout(100);
    const shown = log.length;
    log = readFileSync(LOG, 'utf8');
    process.stdout.write(log.slice(shown));
  }
}

/** Ends the kept cluster, if there is one. */
export async function endKeptCluster(): Promise<void> {
  const kept = keptCluster();
  if (kept === undefined) {
    tell('there is no cluster');
  } else {
    process.kill(kept.unshare, 'SIGKILL');
    await ControlGroups.removeFolders(kept.groups);
    tell('the cluster has ended');
  }
  rmSync(FILE, { force: true });
}

/** The command that runs another one in the namespaces of a kept cluster, with its programs and its kubeconfig. */
export function enterCommand({ unshare, prepared }: Kept, ...command: string[]): string[] {
  const programs = ['kubernetes-1.31.0', 'velero-1.18.3', 'restic-0.16.5', 'sealed-secrets-0.36.6'].map(tool => prepared.tools[tool]);
  const environment = { ...ADMINISTRATOR, CEPH_CONF: CEPH_CONFIGURATION, PATH: [...programs, process.env.PATH].join(':') };
  return [
    'nsenter', '--target', String(firstProcess(unshare)), '--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup', `--wd=${process.cwd()}`,
    'env', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`), ...(command.length > 0 ? command : ['bash']),
  ];
}
