import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { kubeconfig } from '../cluster/places';
import { asEnvironment, Prepared } from '../prepared';
import { tell } from '../progress';
import { ControlGroups } from './control-groups';
import { enterNamespaces, firstProcess } from './namespaces';

const OUT = join(__dirname, '..', '.out');
const FILE = join(OUT, 'kept.json');
const LOG = join(OUT, 'kept.log');

const UP_WITHIN_MS = 180_000;

/** A cluster that outlives the command which started it. */
interface Kept {
  /** The process that made the namespaces, and when it started: ids are used again. */
  readonly unshare: number;
  readonly started: string;
  /** The first process in the namespaces. */
  readonly first: number;
  readonly groups: string;
  readonly prepared: Prepared;
}

/** The cluster that is kept for this checkout, if it runs. */
export function keptCluster(): Kept | undefined {
  if (!existsSync(FILE)) {
    return undefined;
  }
  const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Kept;
  return startOf(kept.unshare) === kept.started ? kept : undefined;
}

/** Starts a cluster and returns when it is up. */
export async function keepCluster(what: Prepared): Promise<void> {
  if (keptCluster() !== undefined) {
    throw new Error('there is a cluster already, wanted none: end it with npm run e2e:down');
  }
  mkdirSync(OUT, { recursive: true });
  const groups = ControlGroups.make('kept');
  const child = enterNamespaces(groups, ['keep'], { environment: asEnvironment(what), bound: false, output: openSync(LOG, 'w') });
  let shown = 0;
  const deadline = Date.now() + UP_WITHIN_MS;
  for (let log = ''; !log.includes('cluster is up');) {
    await setTimeout(100);
    log = readFileSync(LOG, 'utf8');
    process.stdout.write(log.slice(shown));
    shown = log.length;
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      await groups.remove();
      throw new Error(`the cluster did not come up; its log is ${LOG}`);
    }
  }
  const kept: Kept = { unshare: child.pid!, started: startOf(child.pid!)!, first: firstProcess(child.pid!)!, groups: groups.name, prepared: what };
  writeFileSync(FILE, JSON.stringify(kept));
  child.unref();
  tell(`its log is ${LOG}; enter it with npm run e2e:shell, or with\n${enterCommand(kept).join(' ')}`);
}

/** Ends the kept cluster, if there is one. */
export async function endKeptCluster(): Promise<void> {
  const kept = keptCluster();
  if (kept === undefined) {
    tell('there is no cluster');
  } else {
    process.kill(kept.unshare, 'SIGKILL');
    await new ControlGroups(kept.groups).remove();
    tell('the cluster has ended');
  }
  rmSync(FILE, { force: true });
}

/** The command that runs another one in the namespaces of a kept cluster, with its programs and its kubeconfig. */
export function enterCommand({ first, prepared }: Kept, ...command: string[]): string[] {
  const programs = ['kubernetes-1.31.0', 'velero-1.18.3', 'restic-0.16.5', 'sealed-secrets-0.36.6'].map(tool => prepared.tools[tool]);
  return [
    'nsenter', '--target', String(first), '--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup', `--wd=${process.cwd()}`,
    'env', `KUBECONFIG=${kubeconfig('admin')}`, `PATH=${[...programs, process.env.PATH].join(':')}`, ...(command.length > 0 ? command : ['bash']),
  ];
}

/** When a process started, in ticks since the machine did. */
function startOf(id: number): string | undefined {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')[19];
  } catch {
    return undefined;
  }
}
