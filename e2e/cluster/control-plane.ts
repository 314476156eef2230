import { writeFileSync } from 'fs';
import { join } from 'path';
import { ApiServer } from './api-server';
import { Daemon, until } from './daemon';
import { AUDIT_LOG, kubeconfig, NODE_ADDRESS, SERVICE_RANGE, STATE } from './places';

const ETCD = 'http://127.0.0.1:2379';

/** What Velero asks of the API server, and whether it may. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata', userGroups: ['system:serviceaccounts:velero'] }, { level: 'None' }],
};

/** Starts etcd, the API server, the controllers and the scheduler; returns when the API server is ready. */
export async function startControlPlane(programs: string): Promise<void> {
  const etcd = new Daemon('etcd', 'etcd', [
    '--data-dir', join(STATE, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn',
    '--listen-client-urls', ETCD, '--advertise-client-urls', ETCD, '--listen-peer-urls', 'http://127.0.0.1:2380',
  ]);
  const apiServer = new Daemon('kube-apiserver', join(programs, 'kube-apiserver'), [
    `--etcd-servers=${ETCD}`, `--bind-address=${NODE_ADDRESS}`, `--advertise-address=${NODE_ADDRESS}`, '--secure-port=6443',
    '--tls-cert-file=server.crt', '--tls-private-key-file=server.key', '--token-auth-file=tokens.csv', `--cert-dir=${STATE}`,
    '--authorization-mode=Node,RBAC', '--enable-admission-plugins=NodeRestriction', '--allow-privileged=true',
    `--service-cluster-ip-range=${SERVICE_RANGE}`, '--kubelet-preferred-address-types=InternalIP',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local', '--service-account-key-file=sa.key',
    '--service-account-signing-key-file=sa.key', '--audit-policy-file=audit.json', `--audit-log-path=${AUDIT_LOG}`,
  ]);
  writeFileSync(join(STATE, 'audit.json'), JSON.stringify(AUDIT_POLICY));
  etcd.start();
  apiServer.start();
  const api = new ApiServer();
  await until('API server ready', 90, [etcd, apiServer], () => api.send('GET', '/readyz').then(() => true, () => false));
  controllers(programs).forEach(daemon => daemon.start());
}

/** They end when the API server does not yet know their rights. */
function controllers(programs: string): Daemon[] {
  const common = (client: string) => [
    ...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(flag => `--${flag}=${kubeconfig(client)}`),
    '--leader-elect=false', '--bind-address=127.0.0.1', `--cert-dir=${STATE}`,
  ];
  return [
    new Daemon('kube-controller-manager', join(programs, 'kube-controller-manager'), [
      ...common('controller-manager'), '--use-service-account-credentials', '--service-account-private-key-file=sa.key', '--root-ca-file=ca.crt',
    ]),
    new Daemon('kube-scheduler', join(programs, 'kube-scheduler'), common('scheduler')),
  ];
}
