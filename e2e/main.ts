/* The end-to-end suite's command line: see README.md. */
import { ChildProcess, spawn } from 'child_process';
import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { totalmem } from 'os';
import { join } from 'path';
import { QUEUE } from './cluster/queue';
import { caseNames, refuseUnknown, scenarioNames } from './cluster/scenarios';
import { ControlGroups } from './host/control-groups';
import { endInOrder, exitCode, onSignal, refuseAfterSignal } from './host/ending';
import { imageList } from './host/image-list';
import { makeImages } from './host/images';
import { endKeptCluster, enterCommand, keepCluster, keptClusterThatIsUp } from './host/kept-cluster';
import { removeLeftovers } from './host/leftovers';
import { enterNamespaces } from './host/namespaces';
import { installPackages } from './host/packages';
import { ownMark } from './host/processes';
import { refuseUnfitMachine } from './host/requirements';
import { buildTools } from './host/tools';
import { asEnvironment, Prepared } from './prepared';
import { CASE, CLUSTER, part, parts, tableOfParts, tell, TIMES_FILE } from './progress';

const OUT = join(__dirname, '.out');

/** What the names of a run's file of times and of its queue begin with; the mark of the process follows. */
const TIMES = 'times-';
const QUEUE_FOLDER = 'queue-';

const USAGE = `npm run e2e -- [--kept] [scenario …]   runs scenarios, all by default, on clusters of their own (E2E_CLUSTERS, 4 where memory allows), or on the one that is kept
npm run e2e:up                         starts a cluster and keeps it
npm run e2e:shell [-- command …]       a shell in the kept cluster
npm run e2e:down                       ends it
scenarios: ${scenarioNames().join(', ')}`;

async function main([command, ...parameters]: string[]): Promise<number> {
  switch (command) {
    case 'run':
      return runSuite(parameters);
    case 'prepare':
      await prepare();
      return 0;
    case 'up':
      await keepCluster(prepare);
      return 0;
    case 'down':
      await endKeptCluster();
      return 0;
    case 'shell':
      return inKeptCluster(parameters);
    default:
      console.error(USAGE);
      return 2;
  }
}

async function runSuite(parameters: string[]): Promise<number> {
  const names = parameters.filter(parameter => parameter !== '--kept');
  refuseUnknown(names);
  mkdirSync(OUT, { recursive: true });
  removeLeftovers(OUT, TIMES, QUEUE_FOLDER);
  const times = join(OUT, `${TIMES}${ownMark()}`);
  process.env[TIMES_FILE] = times;
  writeFileSync(times, '');
  try {
    const code = parameters.includes('--kept') ? await onKeptCluster(names) : await onClustersOfItsOwn(names);
    tell(`parts and their seconds:\n${tableOfParts()}`);
    const passed = parts().filter(({ name }) => name.startsWith(CASE)).length;
    if (code === 0 && passed === 0) {
      throw new Error(`no case ran, wanted one at least: E2E_ONLY is ${process.env.E2E_ONLY ?? 'not set'}; cases are\n  ${caseNames(names).join('\n  ')}`);
    }
    tell(`${passed} cases passed${code === 0 ? ', none failed' : ''}`);
    return code;
  } finally {
    rmSync(times);
  }
}

/** Whatever ends this process ends the clusters: signals here, SIGKILL by the kernel. */
async function onClustersOfItsOwn(names: string[]): Promise<number> {
  const count = Math.min(clusterCount(), names.length || Infinity);
  const what = await prepare();
  const queue = join(OUT, `${QUEUE_FOLDER}${ownMark()}`);
  mkdirSync(queue);
  const clusters = Array.from({ length: count }, (_, index) => startCluster(what, names, queue, count === 1 ? undefined : String(index + 1)));
  onSignal(() => clusters.forEach(({ child }) => child.kill('SIGKILL')));
  const codes = await Promise.all(clusters.map(({ child }) => exitOf(child)));
  await part('end of the cluster', () => Promise.all(clusters.map(({ groups }) => groups.remove())));
  rmSync(queue, { recursive: true });
  return Math.max(...codes);
}

/**
 * Clusters wait more than they compute: three of them take less than half of the time of one on two cores, and four a fifth less than three. Each
 * takes 4 GiB of memory, and the machine has other things to hold.
 */
function clusterCount(): number {
  const given = process.env.E2E_CLUSTERS ?? String(Math.max(1, Math.min(4, Math.floor(memory() / (5 * 1024 ** 3)))));
  if (!/^[1-9]$/.test(given)) {
    throw new Error(`E2E_CLUSTERS: got ${given}, wanted a number from 1 to 9`);
  }
  return Number(given);
}

/** What this process may have, in bytes: the machine's, or less by a control group. Without a limit Node.js says 0, or more than any machine has. */
function memory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity);
}

interface RunningCluster {
  readonly groups: ControlGroups;
  readonly child: ChildProcess;
}

/** @param name of the cluster, where the run has several */
function startCluster(what: Prepared, scenarios: string[], queue: string, name?: string): RunningCluster {
  const groups = ControlGroups.make(name ?? 'only');
  const environment = { ...asEnvironment(what), [QUEUE]: queue, ...(name && { [CLUSTER]: name }) };
  return { groups, child: enterNamespaces(groups, ['run', ...scenarios], { environment, bound: true, output: 'inherit' }) };
}

async function onKeptCluster(names: string[]): Promise<number> {
  return inKeptCluster([process.execPath, '--import', 'tsx', join(__dirname, 'cluster', 'run-scenarios.ts'), ...names]);
}

async function inKeptCluster(command: string[]): Promise<number> {
  const kept = keptClusterThatIsUp();
  const [program, ...parameters] = enterCommand(kept, ...command);
  return exitOf(spawn(program, parameters, { stdio: 'inherit', env: { ...process.env, ...asEnvironment(kept.prepared) } }));
}

/** Everything that is made outside of the namespaces. What is in the cache is not made again. */
async function prepare(): Promise<Prepared> {
  endInOrder();
  await refuseUnfitMachine();
  await ControlGroups.removeLeftovers();
  await installPackages();
  const tools = await part('Go tools', buildTools);
  const images = await part('images', async () => makeImages(await imageList(tools)));
  refuseAfterSignal();
  return { tools, images };
}

function exitOf(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
}

main(process.argv.slice(2)).then(
  code => process.exit(exitCode(code)),
  error => {
    console.error((error as Error).message);
    process.exit(exitCode(1));
  },
);
