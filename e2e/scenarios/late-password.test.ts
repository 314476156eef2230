import { writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { KubernetesObject, ObjectReference } from '../cluster/api-server';
import { folderOfClaim, RESTRICTED, statefulSet } from '../fixture/application';
import { backUp } from '../fixture/backups';
import { Cluster } from '../fixture/cluster';
import { applyAtOnce, untilHealthy } from '../fixture/delivery';
import { declareVelero, VELERO_NAMESPACE } from '../fixture/installation';
import { sealedByUs } from '../fixture/own-sealing';
import { PUBLIC_PASSWORD, readRepository, REFUSAL } from '../fixture/repository';
import { scenario } from '../fixture/scenario';
import { serverPod } from '../fixture/server';
import { emitted, varied } from '../fixture/variation';
import { finds } from '../fixture/verdict';
import { waitFor } from '../fixture/wait';
import { timed } from '../progress';

const APPLICATION = 'late';
const LATE_SECONDS = 60;
const PASSWORD: ObjectReference = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'velero-repo-credentials', namespace: VELERO_NAMESPACE } };

scenario('late password, Velero 1.14.1', async cluster => {
  const { api } = cluster;
  const installation = await declareVelero({ version: '1.14.1', uploader: 'restic', applications: [APPLICATION], sealing: sealedByUs });
  const isLate = ({ kind, metadata }: KubernetesObject) => kind === 'SealedSecret' && metadata.name === PASSWORD.metadata.name;
  const late = installation.objects.filter(isLate);
  const others = installation.objects.filter(object => !isLate(object));
  assert.equal(late.length, 1, 'sealed passwords');
  // As if ArgoCD waited for the server first, and the server for the password.
  const afterwards = varied(late, 'SealedSecret', PASSWORD.metadata.name, ({ metadata }) => { metadata.annotations['argocd.argoproj.io/sync-wave'] = '9'; });
  finds('wave-order', installation.objects, afterwards, emitted(others, 'Deployment', 'velero'));

  await timed('  everything but the password', async () => {
    await applyAtOnce(api, others);
    for (const object of others.filter(({ kind }) => kind === 'DaemonSet' || kind === 'SealedSecret')) {
      await untilHealthy(api, object);
    }
    await waitFor('the kubelet holds the server back', LATE_SECONDS + 60, () => heldBack(cluster));
  });
  const waiting = await serverPod(cluster);
  assert.deepEqual(statesOf(waiting), ['velero-plugin-for-aws waiting', 'velero waiting'], 'containers of the server without the password');
  assert.equal(await api.get(PASSWORD), undefined, 'somebody else made the Secret of the password');

  await timed('  the password', async () => {
    await applyAtOnce(api, late);
    for (const object of installation.objects) {
      await untilHealthy(api, object, '', 180);
    }
  });
  const running = await serverPod(cluster);
  assert.equal(running.metadata.uid, waiting.metadata.uid, 'the pod that waited is the one that runs');
  assert.deepEqual(statesOf(running), ['velero-plugin-for-aws terminated', 'velero running'], 'containers of the server with the password');
  const { data, metadata } = (await api.get(PASSWORD))!;
  assert.equal(Buffer.from(data['repository-password'], 'base64').toString(), installation.password);
  assert.deepEqual(metadata.ownerReferences?.map(({ kind }: { kind: string }) => kind), ['SealedSecret'], 'owners of the Secret');

  await cluster.namespace(APPLICATION, RESTRICTED);
  await cluster.run(statefulSet(APPLICATION));
  writeFileSync(join(await folderOfClaim(cluster, APPLICATION, 'data-store-0'), 'file'), 'in data');
  writeFileSync(join(await folderOfClaim(cluster, APPLICATION, 'journal-store-0'), 'file'), 'in journal');
  const backup = await timed('  backup', () => backUp(api, installation, `tier0-${APPLICATION}`, 'first'));
  assert.equal(backup.status.phase, 'Completed');
  const reader = { namespace: APPLICATION, password: installation.password };
  assert.deepEqual((await readRepository(installation, reader, 'file')).sort(), ['in data', 'in journal'], 'what our password opens');
  await assert.rejects(readRepository(installation, { ...reader, password: PUBLIC_PASSWORD }, 'file'), REFUSAL.restic);
});

/** Whether the kubelet has said that it does not start the server, and why, and has not started it for as long as the password is late. */
async function heldBack(cluster: Cluster): Promise<boolean> {
  const pod = await serverPod(cluster);
  if (statesOf(pod).some(state => !state.endsWith(' waiting'))) {
    throw new Error(`the server without the password: got ${statesOf(pod)}, wanted it to wait`);
  }
  if (Date.now() - Date.parse(pod.metadata.creationTimestamp) < LATE_SECONDS * 1000) {
    return false;
  }
  const events = await cluster.api.list('v1', 'Event', VELERO_NAMESPACE);
  return events.some(({ involvedObject, reason, message }) =>
    involvedObject.uid === pod.metadata.uid && reason === 'FailedMount' && message.includes(`secret "${PASSWORD.metadata.name}" not found`));
}

/** What each container does; one that was started again says so. */
function statesOf({ status }: KubernetesObject): string[] {
  const containers: any[] = [...status.initContainerStatuses ?? [], ...status.containerStatuses ?? []];
  return containers.map(({ name, state, restartCount }) => [name, ...Object.keys(state), restartCount > 0 ? `${restartCount} restarts` : ''].filter(Boolean).join(' '));
}
