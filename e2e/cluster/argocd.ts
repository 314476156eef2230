import { mkdirSync } from 'fs';
import { createConnection } from 'net';
import { join } from 'path';
import { Daemon, until } from './daemon';
import { kubeconfig, STATE } from './places';

/** The namespace that ArgoCD keeps its own objects in. */
export const ARGOCD_NAMESPACE = 'argocd';

const FOLDER = join(STATE, 'argocd');
const REDIS_PORT = 6379;
const REPO_SERVER_PORT = 8081;
/** How old a comparison may be. ArgoCD's own is two to three minutes, in which a definition that is established stays Degraded now and then. */
const RESYNC_SECONDS = 10;
const NAMES = { redis: 'argocd-redis', repoServer: 'argocd-repo-server', controller: 'argocd-application-controller' };

/** How ArgoCD's programs are started. */
export interface ArgoCdPrograms {
  /** The folder with ArgoCD's own. */
  readonly folder: string;
  /** How long the controller waits after a wave; ArgoCD's own 2 where it is not said. */
  readonly secondsBetweenWaves?: number;
}

/** Starts redis, the repo server and the application controller: what of ArgoCD syncs. Its objects must be there. */
export async function startArgoCd(programs: ArgoCdPrograms): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const redis = new Daemon(NAMES.redis, 'redis-server', ['--bind', '127.0.0.1', '--port', String(REDIS_PORT), '--save', '', '--appendonly', 'no']);
  const repoServer = new Daemon(NAMES.repoServer, 'env', [
    `TMPDIR=${FOLDER}`, `HOME=${FOLDER}`, `ARGOCD_ASK_PASS_SOCK=${join(FOLDER, 'ask-pass.sock')}`, 'ARGOCD_GPG_ENABLED=false',
    command(programs), 'argocd-repo-server', '--redis', `127.0.0.1:${REDIS_PORT}`, '--disable-tls', '--logformat', 'text',
    '--address', '127.0.0.1', '--port', String(REPO_SERVER_PORT), '--metrics-address', '127.0.0.1', '--metrics-port', '8084',
  ]);
  redis.start();
  await until('redis', 30, [redis], () => answers(REDIS_PORT));
  repoServer.start();
  await until('repo server of ArgoCD', 60, [redis, repoServer], () => answers(REPO_SERVER_PORT));
  controller(programs).start();
}

/** Ends the application controller and starts another one. */
export async function restartController(programs: ArgoCdPrograms): Promise<void> {
  const daemon = controller(programs);
  await daemon.kill();
  daemon.start();
}

/** Ends everything of it that runs. */
export async function stopArgoCd(): Promise<void> {
  for (const name of [NAMES.controller, NAMES.repoServer, NAMES.redis]) {
    await new Daemon(name, name, []).kill();
  }
}

/** The cluster it delivers to is the one that it looks into: `https://kubernetes.default.svc`. */
function controller(programs: ArgoCdPrograms): Daemon {
  const { secondsBetweenWaves = 2 } = programs;
  return new Daemon(NAMES.controller, 'env', [
    `TMPDIR=${FOLDER}`, `HOME=${FOLDER}`, `KUBECONFIG=${kubeconfig('admin')}`, 'ARGOCD_FAKE_IN_CLUSTER=true', `ARGOCD_SYNC_WAVE_DELAY=${secondsBetweenWaves}`,
    command(programs), 'argocd-application-controller', '--kubeconfig', kubeconfig('admin'), '--namespace', ARGOCD_NAMESPACE, '--logformat', 'text',
    '--redis', `127.0.0.1:${REDIS_PORT}`, '--repo-server', `127.0.0.1:${REPO_SERVER_PORT}`, '--repo-server-plaintext', '--metrics-port', '8082',
    '--app-resync', String(RESYNC_SECONDS), '--app-resync-jitter', '0',
  ]);
}

function command({ folder }: ArgoCdPrograms): string {
  return join(folder, 'argocd-3.0.0');
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false)).on('close', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
