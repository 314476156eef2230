import { existsSync, writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { KubernetesObject } from '../../cluster/api-server';
import { claim, deployment, folderOfClaim } from '../../fixture/application';
import { backUp, final, restoredVolumes, veleroObject } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { untilHealthy } from '../../fixture/delivery';
import { Installation } from '../../fixture/installation';
import { finds } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';

/** T39: restores that leave out what brings the data back are Completed all the same. */
export async function withoutPods(cluster: Cluster, installation: Installation, schedule: string, application: string): Promise<void> {
  const { api } = cluster;
  const { objects, uploader } = installation;
  writeFileSync(join(await folderOfClaim(cluster, application, 'files'), 'file'), 'saved');
  assert.equal((await backUp(api, installation, schedule, 'with-file')).status.phase, 'Completed');

  const workloads = ['deployments.apps', 'replicasets.apps'];
  const good = restoreOf('all', ['pods', 'persistentvolumeclaims', 'persistentvolumes', ...workloads]);
  const empty = finds('restore-without-pods', [...objects, good], restoreOf('no-pods', ['persistentvolumeclaims', 'persistentvolumes']));
  const stuck = finds('restore-without-pods', [...objects, good], restoreOf('no-volumes', ['pods', 'persistentvolumeclaims', ...workloads]));

  for (const restore of [good, empty]) {
    const { name } = restore.metadata;
    await complete(restore);
    assert.deepEqual(await restoredVolumes(api, name), restore === good ? [`${name} files ${uploader} Completed`] : [], name);
    for (const object of deployment(name)) {
      await api.apply(object, { fieldManager: 'somebody', force: true }); // whoever applies the application again finds the claim there
      await untilHealthy(api, object);
    }
    assert.equal(existsSync(join(await folderOfClaim(cluster, name, 'files'), 'file')), restore === good, name);
  }

  await cluster.deleteNamespace(application);
  await complete(stuck);
  assert.deepEqual(await restoredVolumes(api, 'no-volumes'), []);
  await waitFor('the pod waits for its claim', 60, async () => (await api.list('v1', 'Event', 'no-volumes')).some(({ reason, message }) =>
    reason === 'FailedScheduling' && /unbound immediate PersistentVolumeClaims/.test(message)));
  const { spec, status } = (await api.get(claim('no-volumes', 'files')))!;
  assert.equal(status.phase, 'Pending');
  const lost = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: spec.volumeName } };
  assert.equal(await api.get(lost), undefined, 'the claim waits for the volume that was lost');

  async function complete(restore: KubernetesObject): Promise<void> {
    await api.create(restore);
    assert.equal((await final(api, 'Restore', restore.metadata.name)).status.phase, 'Completed', restore.metadata.name);
  }

  function restoreOf(name: string, includedResources: string[]): KubernetesObject {
    const namespaceMapping = { [application]: name };
    return { ...veleroObject('Restore', name), spec: { scheduleName: schedule, includedNamespaces: [application], includedResources, namespaceMapping } };
  }
}
