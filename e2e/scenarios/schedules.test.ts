import { writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { KubernetesObject, ObjectReference } from '../cluster/api-server';
import { folderOfClaim, RESTRICTED, statefulSet } from '../fixture/application';
import { copiedVolumes, final, veleroObject } from '../fixture/backups';
import { changesOfApplyingAgain, readObjects } from '../fixture/delivery';
import { exampleOutput } from '../fixture/examples';
import { VELERO_NAMESPACE } from '../fixture/installation';
import { keysIn } from '../fixture/object-store';
import { readRepository } from '../fixture/repository';
import { scenario } from '../fixture/scenario';
import { missTime } from '../fixture/server';
import { LONG_AGO, varied } from '../fixture/variation';
import { finds } from '../fixture/verdict';
import { waitFor } from '../fixture/wait';
import { timed } from '../progress';

const HOUR_MS = 3_600_000;

/** Both kept for 90 days. */
const DUE = ['cert-manager', 'sealed-secrets'];
const KEPT_MS = 2160 * HOUR_MS;

scenario('schedules of the homelab, Velero 1.14.1', async cluster => {
  const { api } = cluster;
  const installation = await timed('  install', () => cluster.installVelero({ version: '1.14.1', uploader: 'restic', garbageCollectionSeconds: 5 }));

  const objects = withPolicies(readObjects(exampleOutput('homelab')));
  const schedules = objects.filter(({ kind }) => kind === 'Schedule');
  await timed('  schedules', () => cluster.applyInWaves(objects));
  const enabled = (await api.list('velero.io/v1', 'Schedule')).filter(({ status }) => status?.phase === 'Enabled').map(({ metadata: { name } }) => name);
  assert.deepEqual(enabled.sort(), schedules.map(({ metadata: { name } }) => name).sort(), 'schedules of the homelab that are enabled');
  assert.ok(enabled.length > 10, `schedules of the homelab: got ${enabled.length}`);

  // The scenario may run at the time of its cron. A backup of that, of a namespace that is not there yet, would have no volumes.
  await pause(true);
  for (const namespace of DUE) {
    await cluster.namespace(namespace, RESTRICTED);
    await cluster.run(statefulSet(namespace));
    writeFileSync(join(await folderOfClaim(cluster, namespace, 'data-store-0'), 'file'), `of ${namespace}`);
    writeFileSync(join(await folderOfClaim(cluster, namespace, 'journal-store-0'), 'file'), `of ${namespace}`);
  }
  const backups = await timed('  due schedules', async () => {
    await missTime(cluster, ...DUE.map(scheduleOf));
    const old = new Set((await api.list('velero.io/v1', 'Backup', VELERO_NAMESPACE)).map(({ metadata: { name } }) => name));
    await pause(false);
    const made = await Promise.all(DUE.map(namespace => waitFor(`a backup of ${namespace}`, 150, async () => {
      const found = await api.list('velero.io/v1', 'Backup', VELERO_NAMESPACE, `velero.io/schedule-name=tier2-${namespace}`);
      return found.find(({ metadata: { name } }) => !old.has(name));
    })));
    // Until these backups have ended, Velero makes no other ones of their schedules.
    await pause(true);
    return Promise.all(made.map(({ metadata: { name } }) => final(api, 'Backup', name)));
  });

  for (const [index, { metadata, spec, status }] of backups.entries()) {
    const namespace = DUE[index];
    const schedule = (await api.get(scheduleOf(namespace)))!;
    assert.equal(status.phase, 'Completed');
    assert.match(metadata.name, new RegExp(`^tier2-${namespace}-\\d{14}$`));
    assert.deepEqual(metadata.labels, {
      'backup-tier': 'tier-2', namespace, 'velero.io/schedule-name': `tier2-${namespace}`, 'velero.io/storage-location': 'cluster-backups',
    });
    const declared = schedules.find(({ metadata: { name } }) => name === `tier2-${namespace}`)!.metadata.annotations!;
    assert.deepEqual(Object.fromEntries(Object.keys(declared).map(key => [key, metadata.annotations?.[key]])), declared, 'annotations of the schedule');
    assert.equal(metadata.ownerReferences, undefined, 'a deleted schedule takes its backups along');
    assert.equal(spec.ttl, '2160h0m0s');
    const kept = Date.parse(status.expiration) - Date.parse(status.startTimestamp);
    assert.ok(Math.abs(kept - KEPT_MS) <= 60_000, `kept for ${kept} ms, wanted ${KEPT_MS}`);
    assert.ok(Date.parse(schedule.status.lastBackup) > Date.parse(LONG_AGO), `last backup of the schedule: got ${schedule.status.lastBackup}`);
    assert.deepEqual(await copiedVolumes(api, metadata.name), ['data', 'journal'].map(volume => `${namespace} ${volume} restic Completed`));
  }

  const [expired, kept] = backups.map(({ metadata }) => metadata.name);
  finds('retention-short', objects, varied(objects, 'Schedule', `tier2-${DUE[0]}`, ({ spec }) => { spec.template.ttl = '168h0m0s'; }));
  await timed('  collection of what has expired', async () => {
    await api.patch(veleroObject('Backup', expired), { status: { expiration: LONG_AGO } });
    await waitFor(`backup ${expired} gone`, 120, async () => await api.get(veleroObject('Backup', expired)) === undefined);
  });
  assert.deepEqual(await keysIn(installation.bucket, `backups/${expired}/`), [], 'what the bucket has of the expired backup');
  assert.deepEqual(await read(DUE[0]), [], 'volumes of the expired backup, which was the only one of its schedule');
  assert.equal((await api.get(veleroObject('Backup', kept)))?.status.phase, 'Completed');
  assert.deepEqual(await read(DUE[1]), [`of ${DUE[1]}`, `of ${DUE[1]}`], 'volumes of the other backup');
  assert.deepEqual(await changesOfApplyingAgain(api, objects), [], 'what applying the schedules again changes');

  async function pause(paused: boolean): Promise<void> {
    await Promise.all(DUE.map(namespace => api.patch(scheduleOf(namespace), { spec: { paused } })));
  }

  function read(namespace: string): Promise<string[]> {
    return readRepository(installation, { namespace, password: installation.password }, 'file');
  }
});

function scheduleOf(namespace: string): ObjectReference {
  return veleroObject('Schedule', `tier2-${namespace}`);
}

/** The schedules among objects, with the ConfigMaps that they name. */
function withPolicies(objects: KubernetesObject[]): KubernetesObject[] {
  const policies = new Set(objects.filter(({ kind }) => kind === 'Schedule').map(({ spec }) => spec.template.resourcePolicy.name));
  return objects.filter(({ kind, metadata }) => kind === 'Schedule' || (kind === 'ConfigMap' && policies.has(metadata.name)));
}
