import assert from 'node:assert/strict';
import { KubernetesObject } from '../cluster/api-server';
import { RESTRICTED, statefulSet } from '../fixture/application';
import { copiedVolumes, final, veleroObject } from '../fixture/backups';
import { changesOfApplyingAgain } from '../fixture/delivery';
import { declareVelero, VELERO_NAMESPACE } from '../fixture/installation';
import { scenario } from '../fixture/scenario';
import { missTime } from '../fixture/server';
import { ownByLabel, tracked, TRACKING_ID, trackingId } from '../fixture/tracking';
import { waitFor } from '../fixture/wait';
import { timed } from '../progress';

const APPLICATION = 'shop';
const SCHEDULE = veleroObject('Schedule', `tier0-${APPLICATION}`);
const LOCATION = veleroObject('BackupStorageLocation', 'cluster-backups');

/** What ArgoCD calls the Application with the backups. */
const TRACKED_AS = 'backups';

scenario('GitOps, Velero 1.18.3', async cluster => {
  const { api } = cluster;
  const installation = await declareVelero({ version: '1.18.3', uploader: 'kopia', applications: [APPLICATION], validationSeconds: 1 });
  const declared = installation.objects.map(object => tracked(TRACKED_AS, object));
  await timed('  install', () => cluster.applyInWaves(declared));
  const validated = (await api.get(LOCATION))!.status.lastValidationTime;
  assert.deepEqual(await changesOfApplyingAgain(api, declared), [], 'what applying again changes at once');

  await cluster.namespace(APPLICATION, RESTRICTED);
  await cluster.run(statefulSet(APPLICATION));
  const backup = await timed('  a while of Velero', async () => {
    await missTime(cluster, SCHEDULE);
    const { metadata: { name } } = await waitFor('a backup of the due schedule', 150, async () => (await api.list('velero.io/v1', 'Backup', VELERO_NAMESPACE))[0]);
    await waitFor('the location validated again', 150, async () => (await api.get(LOCATION))!.status.lastValidationTime > validated);
    return final(api, 'Backup', name);
  });
  assert.equal(backup.status.phase, 'Completed');
  assert.deepEqual(await copiedVolumes(api, backup.metadata.name), ['data', 'journal'].map(volume => `${APPLICATION} ${volume} kopia Completed`));
  assert.deepEqual(await changesOfApplyingAgain(api, declared), [], 'what applying again changes after a while');

  const schedule = declared.find(({ kind }) => kind === 'Schedule')!;
  assert.equal(backup.metadata.annotations?.[TRACKING_ID], trackingId(TRACKED_AS, schedule), 'tracked by annotation, a backup names its schedule: not itself');
  const own = await timed('  what ArgoCD would prune', async () => (await ownByLabel(api, TRACKED_AS)).map(nameOf).sort());
  assert.deepEqual(own, declared.map(nameOf).sort(), 'objects of the application under label tracking; those that are not declared would be pruned');
});

function nameOf(object: KubernetesObject): string {
  return trackingId(TRACKED_AS, object);
}
