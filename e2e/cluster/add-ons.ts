import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { ApiServer, KubernetesObject } from './api-server';
import { Daemon, until } from './daemon';
import { kubeconfig, NODE_ADDRESS, STATE } from './places';

/** The definition that the chart of sealed-secrets brings, from the library's own tests. */
const SEALED_SECRET_DEFINITION = join(__dirname, '..', '..', 'test', 'fixtures', 'bitnami.com_sealedsecrets.yaml');

/** Starts cluster DNS and what makes volumes, both beside the pods. */
export async function startAddOns(programs: { readonly coredns: string; readonly localPath: string }): Promise<void> {
  await apply(join(__dirname, 'manifests', 'volumes.yaml'));
  await apply(join(__dirname, 'manifests', 'object-store.yaml'));
  writeFileSync(join(STATE, 'Corefile'), `. {
  bind ${NODE_ADDRESS}
  errors
  kubernetes cluster.local {
    kubeconfig ${kubeconfig('admin')} e2e
  }
}
`);
  new Daemon('coredns', join(programs.coredns, 'coredns'), ['-conf', 'Corefile']).start();
  new Daemon('local-path', join(programs.localPath, 'local-path-provisioner'), [
    'start', '--kubeconfig', kubeconfig('admin'), '--helper-image', 'busybox:1.36', '--service-account-name', 'default',
  ]).start();
}

/** Starts the controller of sealed-secrets; returns when it can be asked for its certificate. */
export async function startSealedSecrets(): Promise<void> {
  const api = new ApiServer();
  await apply(SEALED_SECRET_DEFINITION);
  await apply(join(__dirname, 'manifests', 'sealed-secrets.yaml'));
  await until('sealed-secrets', 60, [], async () => {
    const deployment = await api.get({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'sealed-secrets-controller', namespace: 'kube-system' } });
    return deployment?.status?.readyReplicas === 1;
  });
}

async function apply(file: string): Promise<void> {
  const api = new ApiServer();
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    await api.apply(document.toJS() as KubernetesObject, { fieldManager: 'cdk8s-velero-e2e' });
  }
}
