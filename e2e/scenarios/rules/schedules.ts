import assert from 'node:assert/strict';
import { KubernetesObject } from '../../cluster/api-server';
import { final, veleroObject } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { Installation, VELERO_NAMESPACE } from '../../fixture/installation';
import { serverLog } from '../../fixture/server';
import { due, varied } from '../../fixture/variation';
import { finds } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';

/** T18: they are due, and nothing happens; a day that never comes is always due. */
export async function wrongCrons({ api }: Cluster, { objects }: Installation, declared: string): Promise<void> {
  const crons = ['0 2 * * 7', '0 2 L * *', '0 2 * * 1#2', '0 0 2 * * *', '@fortnightly', '2 o\'clock'];
  const wrong = crons.map((cron, index) => finds('cron-invalid', objects, due(objects, declared, `cron-${index}`, schedule => { schedule.spec.schedule = cron; })));
  const never = finds('cron-invalid', objects, due(objects, declared, 'never', schedule => {
    schedule.spec.schedule = '0 0 30 2 *';
    delete schedule.status;
  }));
  for (const schedule of [...wrong, never]) {
    await api.create(schedule);
  }
  await waitFor('a backup on a day that never comes', 90, async () => (await backupsOf(api, 'never'))[0]);
  for (const { metadata: { name }, spec } of wrong) {
    assert.equal((await api.get(veleroObject('Schedule', name)))?.status.phase, 'FailedValidation', spec.schedule);
    assert.deepEqual(await backupsOf(api, name), [], spec.schedule);
  }
  await api.delete(never);
}

/** T19. */
export async function longName(cluster: Cluster, { objects }: Installation, declared: string): Promise<void> {
  const { api } = cluster;
  const name = 'n'.repeat(64);
  await api.create(finds('schedule-name', objects, due(objects, declared, name)));
  await waitFor('the API server refuses its backup', 90, async () => /must be no more than 63 (characters|bytes)/.test(await serverLog(cluster)));
  assert.equal((await api.get(veleroObject('Schedule', name)))?.status.phase, 'Enabled');
  assert.deepEqual(await api.list('velero.io/v1', 'Backup', VELERO_NAMESPACE).then(found => found.filter(({ metadata }) => metadata.name.startsWith(name))), []);
}

/**
 * T22: with the Schedule all its Backups go.
 *
 * @returns what waits until they have gone and are back: Kubernetes collects what has no owner, and Velero looks into the bucket every minute
 */
export async function ownedBackups({ api }: Cluster, { objects }: Installation, declared: string): Promise<() => Promise<void>> {
  const owner = finds('owner-reference', objects, due(objects, declared, 'owner', schedule => { schedule.spec.useOwnerReferencesInBackup = true; }));
  const free = finds('argocd-fights', objects, due(objects, declared, 'free')); // due at once, by the status that git would have
  for (const schedule of [owner, free]) {
    await api.create(schedule);
  }
  const [owned, kept] = await Promise.all(['owner', 'free'].map(name => finishedBackupOf(api, name)));
  assert.deepEqual([owned, kept].map(({ metadata }) => metadata.ownerReferences?.[0].kind), ['Schedule', undefined]);
  await Promise.all([owner, free].map(schedule => api.delete(schedule)));
  return async () => {
    await waitFor('the owned backup gone', 120, async () => (await api.get(owned))?.metadata.uid !== owned.metadata.uid);
    const back = await waitFor('it is back from the bucket', 150, async () => api.get(owned));
    assert.equal(back.metadata.ownerReferences, undefined);
    assert.equal((await api.get(kept))?.metadata.uid, kept.metadata.uid);
  };
}

/** Fields that the API server does not take: by whoever asks it to be strict, and by whoever does not. */
export async function wrongFields({ api }: Cluster, { objects }: Installation, declared: string): Promise<void> {
  const path = `/apis/velero.io/v1/namespaces/${VELERO_NAMESPACE}/schedules`;
  const misspelled = finds('unknown-field', objects, due(objects, declared, 'misspelled', schedule => {
    schedule.spec.template.includedNamespace = schedule.spec.template.includedNamespaces;
    delete schedule.spec.template.includedNamespaces;
    schedule.spec.paused = true;
  }));
  await assert.rejects(api.create(misspelled), /unknown field "spec.template.includedNamespace"/);
  const { spec } = JSON.parse(await api.send('POST', `${path}?fieldValidation=Ignore`, JSON.stringify(misspelled)));
  assert.deepEqual(Object.keys(spec.template).filter(key => /namespace/i.test(key)), [], 'what is left of it means all namespaces');

  const unquoted = finds('unreadable-field', objects, due(objects, declared, 'unquoted', schedule => { schedule.spec.paused = 'no'; }));
  await assert.rejects(api.create(unquoted), /spec.paused.* must be of type boolean/);
  const headless = finds('missing-field', objects, varied(objects, 'BackupStorageLocation', 'cluster-backups', location => {
    location.metadata.name = 'headless';
    delete location.spec.provider;
  }));
  await assert.rejects(api.create(headless), /spec.provider: Required value/);
}

export function backupsOf(api: Cluster['api'], schedule: string): Promise<KubernetesObject[]> {
  return api.list('velero.io/v1', 'Backup', VELERO_NAMESPACE, `velero.io/schedule-name=${schedule}`);
}

/** The first backup of a schedule that is due, in its last phase. */
export async function finishedBackupOf(api: Cluster['api'], schedule: string): Promise<KubernetesObject> {
  const { metadata } = await waitFor(`a backup of ${schedule}`, 90, async () => (await backupsOf(api, schedule))[0]);
  return final(api, 'Backup', metadata.name);
}
