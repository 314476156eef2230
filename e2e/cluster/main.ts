/* The first program in the cluster's namespaces: starts the cluster, then runs scenarios or waits until it is ended. */
import { spawn } from 'child_process';
import { cpSync, mkdirSync, rmSync } from 'fs';
import { join } from 'path';
import { CLUSTER, part, tell, timed } from '../progress';
import { startAddOns, startSealedSecrets } from './add-ons';
import { startCeph } from './ceph';
import { startControlPlane } from './control-plane';
import { Daemon } from './daemon';
import { makeIdentities } from './identities';
import { startContainerd, startNode } from './node';
import { LOGS } from './places';
import { runScenarios } from './scenarios';
import { prepareNamespaces } from './surroundings';
import { prepared } from '../prepared';

const OUT = join(__dirname, '..', '.out', process.env[CLUSTER] === undefined ? 'cluster' : `cluster-${process.env[CLUSTER]}`);

async function main([command, ...parameters]: string[]): Promise<number> {
  try {
    await part('cluster', start);
  } catch (error) {
    rmSync(OUT, { recursive: true, force: true });
    mkdirSync(OUT, { recursive: true });
    cpSync(LOGS, OUT, { recursive: true });
    const ended = Daemon.ended().join(', ') || 'none';
    throw new Error(`the cluster did not start: ${(error as Error).message}\nprograms that have ended: ${ended}; logs are in ${OUT}`);
  }
  if (command === 'run') {
    return runScenarios(parameters);
  }
  tell('cluster is up');
  return new Promise(resolve => spawn('sleep', ['infinity'], { stdio: 'ignore' }).on('exit', code => resolve(code ?? 0)));
}

async function start(): Promise<void> {
  const { tools, images } = prepared();
  const kubernetes = tools['kubernetes-1.31.0'];
  await prepareNamespaces();
  await makeIdentities();
  await Promise.all([
    timed('  Ceph with its S3 gateway', startCeph),
    timed('  containerd with the images', () => startContainerd(images)),
    timed('  control plane', () => startControlPlane(kubernetes)).then(() => timed('  node', () => startNode(kubernetes))),
  ]);
  await startAddOns({ coredns: tools['coredns-1.11.3'], localPath: tools['local-path-0.0.30'] });
  await timed('  sealed-secrets', startSealedSecrets);
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    console.error((error as Error).message);
    process.exit(1);
  },
);
