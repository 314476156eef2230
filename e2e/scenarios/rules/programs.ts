import assert from 'node:assert/strict';
import { KubernetesObject } from '../../cluster/api-server';
import { Cluster } from '../../fixture/cluster';
import { crash, refusedByKubelet } from '../../fixture/crash';
import { FIELD_MANAGER, untilHealthy } from '../../fixture/delivery';
import { Installation, VELERO_NAMESPACE } from '../../fixture/installation';
import { emitted, varied } from '../../fixture/variation';
import { finds } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';

const SERVER = ['Deployment', 'velero'] as const;
const NODE_AGENT = ['DaemonSet', 'node-agent'] as const;

/** T32, T33, T36: programs that do not start, two at a time. */
export async function neverStart(cluster: Cluster, { objects }: Installation): Promise<void> {
  const { api } = cluster;
  const yaml = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'yaml', namespace: VELERO_NAMESPACE }, data: { 'node-agent.json': 'loadConcurrency: { globalConfig: 2 }' } };
  const pod = (change: (spec: any) => void) => ({ spec: { template: { spec } } }: any) => change(spec);
  const flag = (text: string) => pod(({ containers: [{ args }] }) => args.push(text));
  const server = (change: (object: any) => void) => finds('random-uid', objects, varied(objects, ...SERVER, change));
  await api.create(yaml);

  const [numberless, foreign] = await Promise.all([
    refusedByKubelet(cluster, server(pod(spec => { spec.securityContext = { runAsNonRoot: true }; forget(spec); }))),
    crash(cluster, finds('random-uid', objects, varied(objects, ...NODE_AGENT, pod(spec => { spec.securityContext = { runAsUser: 1002, runAsGroup: 1002 }; forget(spec); })))),
  ]);
  assert.match(numberless, /container has runAsNonRoot and image has non-numeric user \(cnb\), cannot verify user is non-root/);
  assert.match(foreign, /^velero: could not read pod volumes host path: open \/host_pods: permission denied$/m);

  const [readOnly, noJson] = await Promise.all([
    crash(cluster, server(pod(spec => {
      spec.containers[0].securityContext = { ...spec.containers[0].securityContext, readOnlyRootFilesystem: true };
      spec.containers[0].volumeMounts = spec.containers[0].volumeMounts.filter(({ mountPath }: any) => mountPath !== '/tmp');
    }))),
    crash(cluster, finds('configmap-invalid', [...objects], varied(objects, ...NODE_AGENT, flag('--node-agent-configmap=yaml')), yaml)),
  ]);
  assert.match(readOnly, /plugin failed to negotiate the initial go-plugin protocol handshake/);
  assert.match(noJson, /error getting node agent configs from configMap yaml: .*invalid character/);

  const [serverMissing, agentMissing] = await Promise.all([
    crash(cluster, finds('configmap-invalid', [...objects, yaml], varied(objects, ...SERVER, flag('--repo-maintenance-job-configmap=forgotten')))),
    crash(cluster, finds('configmap-invalid', [...objects, yaml], varied(objects, ...NODE_AGENT, flag('--node-agent-configmap=forgotten')))),
  ]);
  assert.match(serverMissing, /^velero: fail to find ConfigMap forgotten/m);
  assert.match(agentMissing, /^velero: error getting node agent configs .*configmaps "forgotten" not found$/m);
  await asDeclared(cluster, objects);
}

/** T38: there is no shell in the image. */
export async function shellInImage({ api }: Cluster, { objects, version }: Installation): Promise<void> {
  const job = (name: string, container: object): KubernetesObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: VELERO_NAMESPACE },
    spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', serviceAccountName: 'velero', containers: [{ name: 'report', image: `velero/velero:v${version}`, ...container }] } } },
  });
  const shell = finds('image-without-shell', objects, job('shell', { command: ['/bin/sh', '-c', 'velero backup get'] }));
  const good = job('program', { command: ['/velero'], args: ['backup', 'get'] });
  await Promise.all([shell, good].map(object => api.create(object)));
  await untilHealthy(api, good);
  const pod = await waitFor('the pod of the shell failed', 60, async () => {
    const [found] = await api.list('v1', 'Pod', VELERO_NAMESPACE, 'job-name=shell');
    return found?.status.phase === 'Failed' && found;
  });
  assert.match(pod.status.containerStatuses[0].state.terminated.message, /exec: "\/bin\/sh": stat \/bin\/sh: no such file or directory/);
}

/** T10: the DaemonSet is there and has no pods. */
export async function baselineNamespace({ api }: Cluster, { objects }: Installation): Promise<void> {
  const baseline = finds('namespace-not-privileged', objects, varied(objects, 'Namespace', VELERO_NAMESPACE, ({ metadata }) => {
    metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline';
  }));
  const daemons = emitted(objects, ...NODE_AGENT);
  await api.apply(baseline, { fieldManager: FIELD_MANAGER, force: true });
  const [{ metadata }] = await api.list('v1', 'Pod', VELERO_NAMESPACE, 'name=node-agent');
  await api.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name: metadata.name, namespace: VELERO_NAMESPACE } });
  await waitFor('the new pod forbidden', 60, async () => (await api.list('v1', 'Event', VELERO_NAMESPACE)).some(({ involvedObject, message }) =>
    involvedObject.kind === 'DaemonSet' && /violates PodSecurity "baseline:latest".*hostPath volumes/.test(message)));
  const { status } = (await api.get(daemons))!;
  assert.deepEqual([status.desiredNumberScheduled, status.currentNumberScheduled], [1, 0]);
  await api.apply(emitted(objects, 'Namespace', VELERO_NAMESPACE), { fieldManager: FIELD_MANAGER, force: true });
  await api.patch(daemons, { metadata: { labels: { 'looked-at': 'again' } } }); // its controller would wait longer each time
  await untilHealthy(api, daemons);
}

/** Puts server and node-agent back as the library emits them. */
async function asDeclared({ api }: Cluster, objects: KubernetesObject[]): Promise<void> {
  const declared = [SERVER, NODE_AGENT].map(([kind, name]) => emitted(objects, kind, name));
  for (const object of declared) {
    await api.apply(object, { fieldManager: FIELD_MANAGER, force: true });
  }
  for (const object of declared) {
    await untilHealthy(api, object);
  }
}

/** What the library says of users in the containers would count before what is said in the pod. */
function forget(spec: any): void {
  for (const container of [...spec.initContainers ?? [], ...spec.containers]) {
    delete container.securityContext;
  }
}
