import { existsSync, lstatSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { KubernetesObject } from '../cluster/api-server';
import { folderOfClaim, RESTRICTED, statefulSet } from '../fixture/application';
import { backUp, final, restore, restoredVolumes, velero, veleroObject } from '../fixture/backups';
import { Cluster } from '../fixture/cluster';
import { untilHealthy } from '../fixture/delivery';
import { Installation } from '../fixture/installation';
import { maintainRepository } from '../fixture/maintenance';
import { unreachableFrom } from '../fixture/outage';
import { scenario } from '../fixture/scenario';
import { nodeAgentPod } from '../fixture/server';
import { refusedRequests, troubleOf } from '../fixture/trouble';
import { emitted, varied } from '../fixture/variation';
import { finds, findsLack } from '../fixture/verdict';
import { waitFor } from '../fixture/wait';
import { timed } from '../progress';

const APPLICATION = 'shop';
const SCHEDULE = `tier0-${APPLICATION}`;
const VOLUMES = ['data', 'journal'];

/** They leave a file in each volume: which of them are in the copy tells when they ran. */
const HOOKS = { container: 'app', pre: mark('before'), post: mark('after') };

for (const { version, restoreHelperConfig, postHookRuns } of [
  { version: '1.14.1', restoreHelperConfig: true, postHookRuns: 'before the files are read' },
  { version: '1.16.2', restoreHelperConfig: false, postHookRuns: 'after the files are read' },
] as const) {
  scenario(`volumes in a restricted namespace, Velero ${version}`, async cluster => {
    const installation = await timed('  install', () =>
      cluster.installVelero({ version, uploader: 'restic', applications: [APPLICATION], hooks: HOOKS }));
    expectRules(installation, restoreHelperConfig);
    await cluster.namespace(APPLICATION, RESTRICTED);
    await timed('  application', () => cluster.run(statefulSet(APPLICATION)));
    const backup = await timed('  backup', () => postHookRuns === 'before the files are read'
      ? backUpAfterHooks(cluster, installation, 'first') : backUp(cluster.api, installation, SCHEDULE, 'first'));
    assert.equal(backup.status.phase, 'Completed');
    assert.equal(backup.status.warnings, restoreHelperConfig ? undefined : 1, 'restic is deprecated from 1.15');

    const copy = `${APPLICATION}-copy`;
    const restored = await timed('  restore', () => restore(cluster.api, installation, 'first', 'copy', '--namespace-mappings', `${APPLICATION}:${copy}`));
    assert.equal(restored.status.phase, 'Completed');
    assert.equal(await standardOf(cluster, copy), 'restricted');
    assert.deepEqual(await restoredVolumes(cluster.api, 'copy'), VOLUMES.map(volume => `${copy} ${volume} restic Completed`));
    await untilHealthy(cluster.api, statefulSet(copy));
    for (const volume of VOLUMES) {
      const folder = await folderOfClaim(cluster, copy, `${volume}-store-0`);
      assert.ok(existsSync(join(folder, 'before')), `${volume}: what the pre hook wrote is to be in the copy`);
      assert.equal(existsSync(join(folder, 'after')), postHookRuns === 'before the files are read', `${volume}: what the post hook wrote, in the copy`);
      // T47: it cannot be removed by a restore-wait that is not root.
      assert.equal(lstatSync(join(folder, '.velero', restored.metadata.uid)).uid, 0);
    }
    await timed('  maintenance', () => maintainRepository(cluster));
    assert.deepEqual(await troubleOf(cluster, [APPLICATION, copy]), []);

    assert.equal(installation.objects.some(({ metadata }) => metadata.name === 'fs-restore-action-config'), restoreHelperConfig);
    if (restoreHelperConfig) {
      await timed('  without the ConfigMap', () => restoreWithoutConfiguration(cluster, installation));
    }
  });
}

/** What the library says of what is seen here: of the post hook and of the ConfigMap in 1.14, of restic in 1.16. */
function expectRules({ objects }: Installation, is114: boolean): void {
  const around = [...objects, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: APPLICATION, labels: RESTRICTED } }];
  if (!is114) {
    const server = emitted(objects, 'Deployment', 'velero');
    const byKopia = varied(objects, 'Deployment', 'velero', ({ spec: { template } }) => {
      const { args } = template.spec.containers[0];
      args[args.indexOf('--uploader-type=restic')] = '--uploader-type=kopia';
    });
    finds('restic-deprecated', [...objects.filter(object => object !== server), byKopia], server);
    return;
  }
  findsLack('restore-refused', around, 'ConfigMap', 'fs-restore-action-config');
  const schedule = emitted(objects, 'Schedule', SCHEDULE);
  const withoutPost = varied(objects, 'Schedule', SCHEDULE, ({ spec: { template } }) => { delete template.hooks.resources[0].post; });
  finds('hook-too-early', [...objects.filter(object => object !== schedule), withoutPost], schedule);
}

/** Makes a backup whose post hook does not wait until files are read: restic reads none before it has opened the repository. */
async function backUpAfterHooks(cluster: Cluster, installation: Installation, name: string): Promise<KubernetesObject> {
  const folders = await Promise.all(VOLUMES.map(volume => folderOfClaim(cluster, APPLICATION, `${volume}-store-0`)));
  await unreachableFrom((await nodeAgentPod(cluster)).status.podIP, async () => {
    await velero(installation, 'backup', 'create', name, '--from-schedule', SCHEDULE);
    await waitFor('what the post hook writes', 60, async () => folders.every(folder => existsSync(join(folder, 'after'))));
  });
  return final(cluster.api, 'Backup', name);
}

/** T46: what the library emits for 1.14 is needed. */
async function restoreWithoutConfiguration(cluster: Cluster, installation: Installation): Promise<void> {
  const bare = `${APPLICATION}-bare`;
  await cluster.api.delete({ ...veleroObject('ConfigMap', 'fs-restore-action-config'), apiVersion: 'v1' });
  const refused = await restore(cluster.api, installation, 'first', 'bare', '--namespace-mappings', `${APPLICATION}:${bare}`);
  assert.equal(refused.status.phase, 'PartiallyFailed');
  assert.deepEqual(await restoredVolumes(cluster.api, 'bare'), []);
  const [request, ...others] = await refusedRequests(cluster.api);
  assert.match(request, new RegExp(`^velero create /api/v1/namespaces/${bare}/pods: .*violates PodSecurity "restricted:latest".*restore-wait`));
  assert.deepEqual(others, []);
  // The StatefulSet is there all the same, and makes the pod itself: the application comes up without its data.
  await untilHealthy(cluster.api, statefulSet(bare));
  assert.equal(existsSync(join(await folderOfClaim(cluster, bare, 'data-store-0'), 'before')), false);
}

function mark(name: string): string[] {
  return ['sh', '-c', VOLUMES.map(volume => `echo ${name} > /${volume}/${name}`).join(' && ')];
}

async function standardOf(cluster: Cluster, namespace: string): Promise<string | undefined> {
  const found = await cluster.api.get({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  return found?.metadata.labels?.['pod-security.kubernetes.io/enforce'];
}
