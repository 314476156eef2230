import { randomBytes } from 'crypto';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { run } from '../command';
import { API_SERVER, API_SERVICE_ADDRESS, CERTIFICATE_AUTHORITY, kubeconfig, NODE, NODE_ADDRESS, STATE } from './places';

interface Client {
  readonly user: string;
  readonly group?: string;
}

/** Who speaks to the API server, by the name of its kubeconfig. */
const CLIENTS: { [name: string]: Client } = {
  'admin': { user: 'admin', group: 'system:masters' },
  'controller-manager': { user: 'system:kube-controller-manager' },
  'scheduler': { user: 'system:kube-scheduler' },
  'kubelet': { user: `system:node:${NODE}`, group: 'system:nodes' },
  'proxy': { user: 'system:kube-proxy' },
};

/** Makes an authority, the API server's certificate, the key of service account tokens, and a token for each client. */
export async function makeIdentities(): Promise<void> {
  const names = [`IP:${NODE_ADDRESS}`, 'IP:127.0.0.1', `IP:${API_SERVICE_ADDRESS}`, ...['', '.default', '.default.svc'].map(suffix => `DNS:kubernetes${suffix}`)];
  await Promise.all([authorityAndServer(names), openssl('genrsa', '-out', 'sa.key', '2048')]);

  const tokens = Object.entries(CLIENTS).map(([name, { user, group }]) => {
    const token = randomBytes(16).toString('hex');
    writeFileSync(kubeconfig(name), JSON.stringify(configuration(token)), { mode: 0o600 });
    return `${token},${user},${user}${group === undefined ? '' : `,"${group}"`}\n`;
  });
  writeFileSync(join(STATE, 'tokens.csv'), tokens.join(''), { mode: 0o600 });
}

async function authorityAndServer(names: string[]): Promise<void> {
  const elliptic = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '30'];
  await openssl('req', '-x509', ...elliptic, '-subj', '/CN=e2e', '-keyout', 'ca.key', '-out', 'ca.crt');
  await openssl('req', '-x509', ...elliptic, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-subj', '/CN=kube-apiserver',
    '-addext', `subjectAltName=${names.join(',')}`, '-addext', 'basicConstraints=critical,CA:FALSE', '-keyout', 'server.key', '-out', 'server.crt');
}

function openssl(...parameters: string[]): Promise<string> {
  return run('openssl', parameters, { cwd: STATE });
}

function configuration(token: string): object {
  return {
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': 'e2e',
    'clusters': [{ name: 'e2e', cluster: { 'server': API_SERVER, 'certificate-authority': CERTIFICATE_AUTHORITY } }],
    'users': [{ name: 'e2e', user: { token } }],
    'contexts': [{ name: 'e2e', context: { cluster: 'e2e', user: 'e2e' } }],
  };
}
