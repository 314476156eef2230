import assert from 'node:assert/strict';
import { policyMap, renamed, skip } from './filters';
import { KubernetesObject } from '../../cluster/api-server';
import { claim, idleContainer } from '../../fixture/application';
import { backupBy, copiedVolumes, final } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { applyHealthy } from '../../fixture/delivery';
import { Installation } from '../../fixture/installation';
import { emitted, varied } from '../../fixture/variation';
import { finds } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';

/** T27, T28: what is ignored without a word; the emptyDir is copied too. */
export async function savedScratch(cluster: Cluster, { objects, uploader }: Installation, declared: string, application: string): Promise<void> {
  const { api } = cluster;
  const byKind = finds('resource-policy', objects, renamed(objects, declared, 'by-kind', template => { template.resourcePolicy.kind = 'Secret'; }));
  const slip = policyMap('slip', skip('volumeTypes: [emptydir]'));
  const misspelled = renamed(objects, declared, 'misspelled', template => { template.resourcePolicy.name = 'slip'; });
  finds('resource-policy', objects, slip, misspelled);
  const everything = finds('scratch-saved', objects, renamed(objects, declared, 'everything', template => { delete template.resourcePolicy; }));
  const good = renamed(objects, declared, 'by-policy');

  await cluster.run({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'scratch', namespace: application, labels: { app: 'scratch' } },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [idleContainer('app', [{ name: 'cache', mountPath: '/cache' }])],
      volumes: [{ name: 'cache', emptyDir: {} }],
    },
  });
  await api.create(slip);
  const backups = [byKind, misspelled, everything, good];
  for (const schedule of backups) {
    schedule.spec.template.labelSelector = { matchLabels: { app: 'scratch' } };
    await api.create(backupBy(schedule));
  }
  for (const { metadata: { name } } of backups) {
    assert.equal((await final(api, 'Backup', name)).status.phase, 'Completed', name);
    assert.deepEqual(await copiedVolumes(api, name), name === 'by-policy' ? [] : [`${application} cache ${uploader} Completed`], name);
  }
}

/** T29: the backup is Completed, and of six volumes one is in it. */
export async function unsavedVolumes(cluster: Cluster, { objects, uploader }: Installation, declared: string): Promise<void> {
  const { api } = cluster;
  const mount = { name: 'data', mountPath: '/data' };
  const ofClaim = (name: string) => ({ name: 'data', persistentVolumeClaim: { claimName: name } });
  const mounted = workload('mounted', 1, { containers: [idleContainer('app', [mount])], volumes: [ofClaim('mounted')] });
  const running = [
    workload('host-path', 1, { containers: [idleContainer('app', [mount])], volumes: [{ name: 'data', hostPath: { path: '/var/lib/wiki', type: 'DirectoryOrCreate' } }] }),
    workload('unmounted', 1, { containers: [idleContainer('app')], volumes: [ofClaim('unmounted')] }),
    workload('init-only', 1, {
      initContainers: [{ ...idleContainer('init', [mount]), command: ['touch', '/data/file'] }], containers: [idleContainer('app')], volumes: [ofClaim('init-only')],
    }),
  ];
  const still = [
    workload('scaled-down', 0, { containers: [idleContainer('app', [mount])], volumes: [ofClaim('scaled-down')] }),
    cronJob('now-and-then', { restartPolicy: 'Never', containers: [idleContainer('app', [mount])], volumes: [ofClaim('now-and-then')] }),
  ];
  const schedule = renamed(objects, declared, WIKI, template => { template.includedNamespaces = [WIKI]; });
  const claims = [mounted, ...running, ...still].map(({ metadata: { name } }) => claim(WIKI, name)).filter(({ metadata: { name } }) => name !== 'host-path');
  for (const bad of [...running, ...still]) {
    finds('volume-not-saved', [...objects, schedule, ...claims, mounted], bad);
  }

  await cluster.namespace(WIKI);
  await cluster.run(...claims, mounted, ...running);
  await runOnce(cluster, still.map(({ metadata: { name } }) => name));
  await cluster.run(...still);
  await api.create(backupBy(schedule));
  const { status } = await final(api, 'Backup', WIKI);
  assert.equal(status.phase, 'Completed');
  assert.equal(status.errors, undefined);
  assert.equal(status.warnings, 2, 'for those that are not mounted; the others are not even told');
  assert.deepEqual(await copiedVolumes(api, WIKI), [`${WIKI} data ${uploader} Completed`]);
  const [{ spec }] = await api.list('velero.io/v1', 'PodVolumeBackup', 'velero', `velero.io/backup-name=${WIKI}`);
  assert.match(spec.pod.name, /^mounted-/);
}

/** T2: without the flag, a server of 1.16 writes with the other uploader. */
export async function implicitUploader({ api }: Cluster, { objects }: Installation, declared: string): Promise<void> {
  const server = emitted(objects, 'Deployment', 'velero');
  await applyHealthy(api, finds('uploader-implicit', objects, varied(objects, 'Deployment', 'velero', ({ spec: { template } }) => {
    const [container] = template.spec.containers;
    container.args = container.args.filter((flag: string) => !flag.startsWith('--uploader-type'));
  })));
  await api.create(backupBy(renamed(objects, declared, 'implicit', template => { template.labelSelector = { matchLabels: { app: 'web' } }; })));
  assert.equal((await final(api, 'Backup', 'implicit')).status.phase, 'Completed');
  assert.match((await copiedVolumes(api, 'implicit')).join(), / files restic Completed$/);
  await applyHealthy(api, server);
}

/** T36: node-agent reads the files itself up to 1.16. As another user it starts, since it has the group root, and reads what is open to it. */
export async function foreignNodeAgent(cluster: Cluster, { objects }: Installation, declared: string, application: string): Promise<void> {
  const { api } = cluster;
  const daemons = emitted(objects, 'DaemonSet', 'node-agent');
  await applyHealthy(api, finds('random-uid', objects, varied(objects, 'DaemonSet', 'node-agent', ({ spec: { template: { spec } } }) => {
    delete spec.containers[0].securityContext;
    spec.securityContext = { runAsUser: 1000 };
  })));
  await cluster.exec(application, 'scratch', 'app', 'sh', '-c', 'echo closed > /cache/file && chmod 600 /cache/file');
  await api.create(backupBy(renamed(objects, declared, 'foreign', template => {
    template.labelSelector = { matchLabels: { app: 'scratch' } };
    delete template.resourcePolicy;
  })));
  assert.equal((await final(api, 'Backup', 'foreign')).status.phase, 'PartiallyFailed');
  assert.match((await copiedVolumes(api, 'foreign')).join(), / cache kopia Failed$/);
  await applyHealthy(api, daemons);
}

const WIKI = 'wiki';

/** As if workloads had run once: their claims have volumes, and there are no pods. */
async function runOnce(cluster: Cluster, claims: string[]): Promise<void> {
  const mounts = claims.map(name => ({ name, mountPath: `/${name}` }));
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'before', namespace: WIKI },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [idleContainer('app', mounts)],
      volumes: claims.map(name => ({ name, persistentVolumeClaim: { claimName: name } })),
    },
  };
  await cluster.run(pod);
  await cluster.api.delete(pod);
  await waitFor('the pod gone', 60, async () => await cluster.api.get(pod) === undefined);
}

function workload(name: string, replicas: number, spec: object): KubernetesObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: WIKI },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, ...spec } } },
  };
}

function cronJob(name: string, spec: object): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace: WIKI },
    spec: { schedule: '0 0 1 1 *', suspend: true, jobTemplate: { spec: { template: { spec } } } },
  };
}
