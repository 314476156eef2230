import assert from 'node:assert/strict';
import { renamed } from './filters';
import { KubernetesObject } from '../../cluster/api-server';
import { idleContainer } from '../../fixture/application';
import { backupBy, copiedVolumes, final } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { Installation } from '../../fixture/installation';
import { finds } from '../../fixture/verdict';

const TOOLS = 'tools';

/** How long the hook of one backup keeps the other waiting, once that is there. */
const SLOW_SECONDS = 5;
const SLOW_HOOK = `until test -e /tmp/other; do sleep 1; done; sleep ${SLOW_SECONDS}`;

/** T45: what a hook leaves out. */
export async function incompleteHooks(cluster: Cluster, { objects, uploader }: Installation, declared: string): Promise<void> {
  const { api } = cluster;
  const complete = pod('complete', { 'command': '["touch", "/tmp/marker"]', 'container': 'app', 'timeout': '1m', 'on-error': 'Fail' });
  const anywhere = finds('hook-incomplete', [...objects, complete], pod('anywhere', { 'command': '["touch", "/tmp/marker"]', 'timeout': '1m', 'on-error': 'Fail' }));
  const oneWord = finds('hook-incomplete', [...objects, complete], pod('one-word', { command: 'touch /tmp/marker', container: 'app', timeout: '1m' }));
  await cluster.namespace(TOOLS);
  await cluster.run(complete, anywhere, oneWord);
  const backup = async (name: string, app: string) => {
    await api.create(backupBy(renamed(objects, declared, name, template => {
      template.includedNamespaces = [TOOLS];
      template.labelSelector = { matchLabels: { app } };
      delete template.resourcePolicy;
    })));
    const { status } = await final(api, 'Backup', name);
    const marked = await Promise.all(['sidecar', 'app'].map(async container =>
      (await cluster.exec(TOOLS, app, container, 'sh', '-c', 'ls /tmp/marker || true')).trim() !== '' ? [container] : []));
    return { phase: status.phase, errors: status.errors, marked: marked.flat(), copied: await copiedVolumes(api, name) };
  };
  const copied = [`${TOOLS} data ${uploader} Completed`];
  assert.deepEqual(await backup('hook-complete', 'complete'), { phase: 'Completed', errors: undefined, marked: ['app'], copied });
  assert.deepEqual(await backup('hook-anywhere', 'anywhere'), { phase: 'Completed', errors: undefined, marked: ['sidecar'], copied }, 'in the first container');
  assert.deepEqual(await backup('hook-one-word', 'one-word'), { phase: 'PartiallyFailed', errors: 1, marked: [], copied }, 'there is no such program');
}

/** T24: while one backup runs, the other waits. */
export async function collidingSchedules(cluster: Cluster, { objects }: Installation, declared: string): Promise<void> {
  const { api } = cluster;
  const slow = renamed(objects, declared, 'slow', template => {
    template.includedNamespaces = [TOOLS];
    template.labelSelector = { matchLabels: { app: 'slow' } };
  });
  const other = renamed(objects, declared, 'other', template => { template.includedNamespaces = ['elsewhere']; });
  finds('schedules-collide', objects.filter(({ kind }) => kind !== 'Schedule'), slow, other);
  await cluster.run(pod('slow', { 'command': JSON.stringify(['sh', '-c', SLOW_HOOK]), 'container': 'app', 'timeout': '1m', 'on-error': 'Fail' }));
  for (const schedule of [slow, other]) {
    await api.create(backupBy(schedule));
  }
  await cluster.exec(TOOLS, 'slow', 'app', 'touch', '/tmp/other');
  const [first, second] = await Promise.all([slow, other].map(({ metadata: { name } }) => final(api, 'Backup', name)));
  assert.equal(first.status.phase, 'Completed', 'its hook ended in time');
  // Not the first one's completion: its finalizer writes that while the second one is already begun.
  const [wanted, begun] = [second.metadata.creationTimestamp, second.status.startTimestamp].map(Date.parse);
  assert.ok(begun - wanted >= SLOW_SECONDS * 1000, `it waited: got ${JSON.stringify(second)}`);
}

function pod(name: string, hook: { [part: string]: string }): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: TOOLS,
      labels: { app: name },
      annotations: Object.fromEntries(Object.entries(hook).map(([part, value]) => [`pre.hook.backup.velero.io/${part}`, value])),
    },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [idleContainer('sidecar'), idleContainer('app', [{ name: 'data', mountPath: '/data' }])],
      volumes: [{ name: 'data', emptyDir: {} }],
    },
  };
}
