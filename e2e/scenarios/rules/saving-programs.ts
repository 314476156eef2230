import assert from 'node:assert/strict';
import { KubernetesObject } from '../../cluster/api-server';
import { NODE } from '../../cluster/places';
import { idleContainer } from '../../fixture/application';
import { backupBy, final, veleroObject } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { applyHealthy, FIELD_MANAGER, untilHealthy } from '../../fixture/delivery';
import { Installation, VELERO_NAMESPACE } from '../../fixture/installation';
import { Savings } from '../../fixture/savings';
import { killServer } from '../../fixture/server';
import { emitted, varied } from '../../fixture/variation';
import { finds, findsLack } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';

const SERVER = ['Deployment', 'velero'] as const;
const NODE_AGENT = ['DaemonSet', 'node-agent'] as const;

/** T8: a node-agent that is missing, or whose parts have names of their own: its pods run, and no volume is saved. */
export async function lostNodeAgent({ api }: Cluster, { objects }: Installation, savings: Savings): Promise<void> {
  const daemons = emitted(objects, ...NODE_AGENT);
  const named = (change: (object: any) => void) => finds('hard-coded-name', objects, varied(objects, ...NODE_AGENT, change));
  const otherVolume = named(({ spec: { template: { spec } } }) => {
    const rename = (list: { name: string }[]) => list.filter(({ name }) => name === 'host-pods').forEach(each => { each.name = 'pods'; });
    rename(spec.volumes);
    rename(spec.containers[0].volumeMounts);
  });
  const sidecar = named(({ spec: { template: { spec } } }) => {
    spec.containers.push({ ...idleContainer('sidecar'), securityContext: {} });
  });
  const prefixed = varied(objects, ...NODE_AGENT, ({ metadata }) => { metadata.name = 'backup-node-agent'; });
  finds('hard-coded-name', objects.filter(object => object !== daemons), prefixed);

  await expectLost('volume-of-another-name', otherVolume);
  await expectLost('sidecar', sidecar);
  await api.delete(daemons);
  await waitFor('node-agent gone', 60, async () => await api.get(daemons) === undefined);
  findsLack('node-agent-missing', objects, ...NODE_AGENT);
  await expectLost('no-node-agent');
  await expectLost('prefixed', prefixed);
  await replace(api, prefixed, daemons);
  assert.equal((await savings.save('node-agent-back')).status.phase, 'Completed');

  async function expectLost(name: string, bad?: KubernetesObject): Promise<void> {
    if (bad !== undefined) {
      await applyHealthy(api, bad);
    }
    const { status } = await savings.save(name);
    assert.equal(status.phase, 'PartiallyFailed', name);
    assert.deepEqual((await savings.copied(name)).filter(copy => copy.endsWith('Completed')), [], name);
  }
}

/** T36: a server that cannot write into its home makes no repository. */
export async function homelessServer({ api }: Cluster, { objects }: Installation, savings: Savings): Promise<void> {
  await applyHealthy(api, finds('random-uid', objects, varied(objects, ...SERVER, ({ spec: { template: { spec } } }) => {
    for (const container of [...spec.initContainers, ...spec.containers]) {
      delete container.securityContext;
      delete container.env;
      container.volumeMounts = container.volumeMounts.filter(({ mountPath }: any) => !/home|cache/.test(mountPath));
    }
    spec.securityContext = { runAsUser: 10001, runAsNonRoot: true };
  })));
  assert.equal((await savings.save('homeless')).status.phase, 'PartiallyFailed');
  assert.deepEqual(await savings.copied('homeless'), []);
  const [{ status }] = await api.list('velero.io/v1', 'BackupRepository', VELERO_NAMESPACE);
  assert.equal(status.phase, 'NotReady');
  assert.match(status.message, /mkdir \/udmrepo: permission denied/);
  await applyHealthy(api, emitted(objects, ...SERVER));
}

/** T2, T8: servers that start, and do not do what they are for. */
export async function wrongServer({ api }: Cluster, { objects }: Installation, savings: Savings): Promise<void> {
  const server = emitted(objects, ...SERVER);
  await applyHealthy(api, finds('uploader-implicit', objects, varied(objects, ...SERVER, ({ spec: { template: { spec: { containers: [container] } } } }) => {
    container.args = container.args.filter((flag: string) => !flag.startsWith('--uploader-type'));
  })));
  assert.equal((await savings.save('implicit')).status.phase, 'Completed');
  assert.match((await savings.copied('implicit')).join(), / kopia Completed$/, 'before 1.17 it would be restic');

  const renamed = varied(objects, ...SERVER, ({ metadata }) => { metadata.name = 'backup-velero'; });
  finds('hard-coded-name', objects.filter(object => object !== server), renamed);
  await replace(api, server, renamed);
  assert.equal((await savings.restore('implicit')).status.phase, 'PartiallyFailed');
  assert.deepEqual(await savings.restored('implicit'), []);
  await replace(api, renamed, server);
}

/** T37: the new server fails the backup that the old one is making. */
export async function rollingUpdate(cluster: Cluster, { objects }: Installation, declared: string): Promise<void> {
  const { api } = cluster;
  const rolling = finds('server-not-single', objects, varied(objects, ...SERVER, ({ spec }) => { spec.strategy = { type: 'RollingUpdate' }; }));
  await applyHealthy(api, rolling);
  await api.create(backupBy(varied(objects, 'Schedule', declared, schedule => {
    schedule.metadata.name = 'rolled-over';
    schedule.spec.template.hooks = {
      resources: [{ name: 'slow', pre: [{ exec: { container: 'app', command: ['sleep', '60'], timeout: '90s', onError: 'Fail' } }] }],
    };
  })));
  const backup = veleroObject('Backup', 'rolled-over');
  await waitFor('the backup in progress', 60, async () => (await api.get(backup))?.status?.phase === 'InProgress');
  await api.apply({ ...rolling, spec: { ...rolling.spec, template: changed(rolling.spec.template) } }, { fieldManager: FIELD_MANAGER, force: true });
  const { status } = await final(api, 'Backup', 'rolled-over');
  assert.equal(status.phase, 'Failed');
  assert.match(status.failureReason, /found a backup with status "InProgress" during the server starting/);
  await killServer(cluster);
  await replace(api, rolling, emitted(objects, ...SERVER));
}

/** It is thrown off the tainted node, and the next scenario needs it. */
const SEALED_SECRETS = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'sealed-secrets-controller', namespace: 'kube-system' } };

/** By the kubelet, which does not take it, or by the controller of taints, whichever is first. Velero's own message tells of the former only. */
const THROWN_OUT = ['TaintToleration', 'TaintManagerEviction'];

/** Velero looks for pods that took longer once a minute. By default it waits half an hour. */
const SHORT_PREPARATION = '--data-mover-prepare-timeout=30s';

/** T34: the pod that copies a volume gets no toleration of the node-agent. It leaves the programs changed: the last case of a scenario. */
export async function taintedNode(cluster: Cluster, { objects }: Installation, savings: Savings): Promise<void> {
  const { api } = cluster;
  const taint = { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' };
  const tolerating = (kind: string, name: string, ...flags: string[]) => varied(objects, kind, name, ({ spec: { template: { spec } } }) => {
    spec.tolerations = [taint];
    spec.containers[0].args.push(...flags);
  });
  await applyHealthy(api, finds('placement-not-inherited', objects, tolerating(...NODE_AGENT, SHORT_PREPARATION)));
  await applyHealthy(api, tolerating(...SERVER));
  assert.equal((await savings.save('untainted')).status.phase, 'Completed', 'without the taint that time is enough');

  await cluster.kubectl('taint', 'node', NODE, 'dedicated=backups:NoExecute');
  try {
    assert.equal((await savings.save('tainted')).status.phase, 'PartiallyFailed');
    const [{ metadata, status }] = await api.list('velero.io/v1', 'PodVolumeBackup', VELERO_NAMESPACE, 'velero.io/backup-name=tainted');
    // It cancels the copy when it sees the pod failed before that is deleted.
    assert.match(status.phase, /^(Failed|Canceled)$/, 'the copy of the volume');
    const events = await api.list('v1', 'Event', VELERO_NAMESPACE);
    const reasons = events.filter(({ involvedObject: { kind, name } }) => kind === 'Pod' && name === metadata.name).map(({ reason }) => reason as string);
    assert.ok(reasons.some(reason => THROWN_OUT.includes(reason)), `the pod that copies the volume thrown out: got ${reasons.join()}`);
    assert.ok(!reasons.includes('Started'), `the pod that copies the volume not started: got ${reasons.join()}`);
  } finally {
    await cluster.kubectl('taint', 'node', NODE, 'dedicated-');
    await untilHealthy(api, SEALED_SECRETS);
  }
}

function changed(template: any): object {
  return { ...template, metadata: { ...template.metadata, annotations: { ...template.metadata.annotations, changed: 'by a new configuration' } } };
}

/** Deletes a workload, and applies another one when it has gone. */
async function replace(api: Cluster['api'], old: KubernetesObject, next: KubernetesObject): Promise<void> {
  await api.delete(old);
  await waitFor(`${old.kind} ${old.metadata.name} gone`, 60, async () => await api.get(old) === undefined);
  await applyHealthy(api, next);
}
