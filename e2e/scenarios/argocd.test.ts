import { appendFileSync, readFileSync, writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { ApiServer, KubernetesObject } from '../cluster/api-server';
import { RESTRICTED, statefulSet } from '../fixture/application';
import { ArgoCd, ARGOCD_MINOR, summary, TrackingMethod } from '../fixture/argocd';
import { copiedVolumes, final, velero, veleroObject } from '../fixture/backups';
import { Cluster } from '../fixture/cluster';
import { readObjects, wavesOf, withoutStatus } from '../fixture/delivery';
import { GitRepository, PATH, REVISION } from '../fixture/git';
import { declareVelero, Installation, InstallationProps, outputOf, synthesize, VELERO_NAMESPACE } from '../fixture/installation';
import { scenario } from '../fixture/scenario';
import { missTime } from '../fixture/server';
import { trackingId } from '../fixture/tracking';
import { emitted, varied } from '../fixture/variation';
import { waitFor } from '../fixture/wait';
import { timed } from '../progress';

const APPLICATION = 'shop';
const SCHEDULE = veleroObject('Schedule', `tier0-${APPLICATION}`);
/** What ArgoCD calls what it delivers: the definitions, and everything else. */
const DEFINITIONS = 'velero-crds';
const SYSTEM = 'velero';

/** What a person applies; ArgoCD delivers the rest. */
const BY_HAND = ['argocd-settings.k8s.yaml', 'argocd.k8s.yaml'];

scenario('ArgoCD, tracking by annotation, Velero 1.18.3', cluster => deliveredByArgoCd(cluster, 'annotation', { version: '1.18.3', uploader: 'kopia' }));
scenario('ArgoCD, tracking by label, Velero 1.14.1', cluster => deliveredByArgoCd(cluster, 'label', { version: '1.14.1', uploader: 'restic' }));

async function deliveredByArgoCd(
  cluster: Cluster, tracking: TrackingMethod, { version, uploader }: Pick<InstallationProps, 'version' | 'uploader'>,
): Promise<void> {
  const { api } = cluster;
  const argoCd = await timed('  ArgoCD', () => ArgoCd.start(cluster, tracking));
  const repository = await GitRepository.make();
  const installation = await declareVelero({
    version,
    uploader,
    applications: [APPLICATION],
    delivery: { argoCdVersion: ARGOCD_MINOR, repository: repository.url, revision: REVISION, path: PATH },
  });
  const output = outputOf(installation.declaration);
  const commit = await repository.commit('Back up the cluster', output);
  const [settings, delivery] = BY_HAND.map(file => join(output, file));
  await cluster.kubectl('apply', '--server-side', '--force-conflicts', '--filename', settings);
  await cluster.kubectl('apply', '--server-side', '--filename', delivery);
  await timed('  delivered', () => untilSynced(argoCd, commit));

  const delivered = installation.objects.filter(object => !isOfArgoCd(object));
  await assertOrder(api, delivered);

  await cluster.namespace(APPLICATION, RESTRICTED);
  await cluster.run(statefulSet(APPLICATION));
  await argoCd.hurry();
  await timed('  a due schedule', () => makeDue(cluster));
  await timed('  ten syncs with backups between', () => assertPeace(api, argoCd, installation, delivered));
  await timed('  a schedule renamed', () => assertRename(api, argoCd, repository, installation));
  await timed('  a schedule of others', () => assertForeignSchedule(api, argoCd, repository, installation, tracking));
  await timed('  a schedule replaced', () => assertReplaced(api, argoCd, repository, installation));
}

async function untilSynced(argoCd: ArgoCd, commit: string): Promise<void> {
  await argoCd.untilSynced(DEFINITIONS, commit);
  await argoCd.untilSynced(SYSTEM, commit);
}

/** By the seconds in which objects were made: ArgoCD waits two of them after a wave. */
async function assertOrder(api: ApiServer, delivered: KubernetesObject[]): Promise<void> {
  const waves = wavesOf(delivered.filter(({ kind }) => kind !== 'CustomResourceDefinition'));
  const made = await Promise.all(waves.map(async ([wave, members]) =>
    ({ wave, times: await Promise.all(members.map(object => creationOf(api, object))) })));
  for (const [index, { wave, times }] of made.entries()) {
    const earlier = made.slice(0, index).flatMap(({ times: all }) => all);
    assert.ok(times.every(time => earlier.every(other => other < time)), `wave ${wave}: made at ${times.join()}, those before it at ${earlier.join()}`);
  }
  assert.ok(made.length >= 6, `waves: got ${made.map(({ wave }) => wave).join()}`);

  const secret = await creationOf(api, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'velero-repo-credentials', namespace: VELERO_NAMESPACE } });
  const server = await creationOf(api, emitted(delivered, 'Deployment', 'velero'));
  assert.ok(secret < server, `the server was made at ${server}, the password of its repository at ${secret}`);
}

async function creationOf(api: ApiServer, object: KubernetesObject): Promise<string> {
  return (await api.get(object))!.metadata.creationTimestamp;
}

async function makeDue(cluster: Cluster): Promise<void> {
  await missTime(cluster, SCHEDULE);
  await waitFor('a backup of the due schedule', 150, async () => (await backups(cluster.api)).length > 0);
}

/** Syncs again and again, before, while and after backups are made: nothing changes, and no backup goes. */
async function assertPeace(api: ApiServer, argoCd: ArgoCd, installation: Installation, delivered: KubernetesObject[]): Promise<void> {
  const before: State = { objects: delivered, fields: await stateOf(api, delivered) };
  const syncs = async (times: number) => {
    for (let time = 1; time <= times; time++) {
      await syncInPeace(api, argoCd, before);
    }
  };
  const started = (await argoCd.automatedSyncs()).length;
  const last = await lastSync(argoCd);
  const [byScheduleItself] = await backups(api);
  const seen = await argoCd.observed([DEFINITIONS, SYSTEM], async () => {
    await syncs(4);
    await assertCompleted(api, installation, byScheduleItself);
    await syncs(1);
    await velero(installation, 'backup', 'create', 'by-hand', '--from-schedule', SCHEDULE.metadata.name);
    const byHand = (await api.get(veleroObject('Backup', 'by-hand')))!;
    await syncs(4);
    await assertCompleted(api, installation, byHand);
    await syncs(1);
  });
  assert.deepEqual(seen, [`${SYSTEM} Synced`, `${DEFINITIONS} Synced`], 'states of the Applications meanwhile');
  assert.equal(await lastSync(argoCd) - last, 10, 'whole syncs of the Application meanwhile');
  assert.deepEqual((await argoCd.automatedSyncs()).slice(started), [], 'syncs that ArgoCD started by itself meanwhile');
  const after = await backups(api);
  assert.deepEqual(after.map(({ metadata: { name } }) => name).sort(), ['by-hand', byScheduleItself.metadata.name]);
  assert.ok(after.some(backup => uidOf(backup) === uidOf(byScheduleItself)), 'the backup of the schedule was made anew from the bucket');
}

/** A whole sync of both Applications, after which everything is as it was before. */
async function syncInPeace(api: ApiServer, argoCd: ArgoCd, before: State): Promise<void> {
  for (const name of [DEFINITIONS, SYSTEM]) {
    const application = await argoCd.sync(name);
    const { operationState: { phase, syncResult }, resources } = application.status;
    assert.equal(phase, 'Succeeded', `sync of ${name}: ${JSON.stringify(summary(application))}`);
    // Tracked by annotation, backups are listed beside what git has, and have no state.
    const declared = resources.filter(({ status }: any) => status !== undefined);
    assert.equal(syncResult.resources.length, declared.length, `objects in a sync of ${name}`);
    assert.deepEqual(await stateOf(api, before.objects), before.fields, `what a sync of ${name} changed`);
  }
}

/** The number of the last whole sync. */
async function lastSync(argoCd: ArgoCd): Promise<number> {
  return (await argoCd.application(SYSTEM)).status.history.at(-1).id;
}

async function assertCompleted(api: ApiServer, { uploader }: Installation, { metadata: { name, uid } }: KubernetesObject): Promise<void> {
  const backup = await final(api, 'Backup', name);
  assert.equal(backup.metadata.uid, uid, `backup ${name}: made anew from the bucket`);
  assert.equal(backup.status.phase, 'Completed', `backup ${name}`);
  assert.deepEqual(await copiedVolumes(api, name), ['data', 'journal'].map(volume => `${APPLICATION} ${volume} ${uploader} Completed`));
}

/** Objects and what ArgoCD answers for of them, by name. */
interface State {
  readonly objects: KubernetesObject[];
  readonly fields: { readonly [name: string]: unknown };
}

/** Where nobody writes a status, with the resourceVersion; where somebody does, with what says when ArgoCD wrote last. */
async function stateOf(api: ApiServer, objects: KubernetesObject[]): Promise<State['fields']> {
  const found = await Promise.all(objects.map(object => api.get(object)));
  return Object.fromEntries(objects.map((object, index) => [trackingId(SYSTEM, object), {
    ...(found[index]?.status === undefined && { resourceVersion: found[index]?.metadata.resourceVersion }),
    ...withoutStatus(found[index]),
  }]));
}

/** The old schedule stays, and so do its backups: docs/how-to/retire.md. */
async function assertRename(api: ApiServer, argoCd: ArgoCd, repository: GitRepository, { declaration }: Installation): Promise<void> {
  const before = await backups(api);
  const old = (await api.get(SCHEDULE))!;
  await synthesize({ ...declaration, applications: ['store'] });
  const commit = await repository.commit('Rename a schedule', outputOf(declaration));
  await argoCd.refresh(DEFINITIONS);
  await argoCd.refresh(SYSTEM);
  await untilSynced(argoCd, commit);
  assert.equal((await api.get(veleroObject('Schedule', 'tier0-store')))!.status.phase, 'Enabled');
  assert.equal((await api.get(SCHEDULE))!.metadata.uid, old.metadata.uid, 'the schedule of the old name');
  assert.deepEqual((await backups(api)).map(uidOf), before.map(uidOf), 'backups of the schedule of the old name');
}

/** One without labels of its own for its backups and without annotations: what the library refuses to emit, and when it costs backups. */
async function assertForeignSchedule(
  api: ApiServer, argoCd: ArgoCd, repository: GitRepository, installation: Installation, tracking: TrackingMethod,
): Promise<void> {
  const output = outputOf(installation.declaration);
  const foreign = varied(readObjects(output), 'Schedule', 'tier0-store', schedule => {
    schedule.metadata = { name: 'foreign', namespace: VELERO_NAMESPACE };
    schedule.spec.template.metadata = {};
  });
  appendFileSync(join(output, 'tier-0.k8s.yaml'), `---\n${JSON.stringify(foreign)}\n`);
  const commit = await repository.commit('A schedule by hand', output);
  await argoCd.refresh(DEFINITIONS);
  await argoCd.refresh(SYSTEM);
  await untilSynced(argoCd, commit);

  const kept = await backups(api);
  await velero(installation, 'backup', 'create', 'foreign', '--from-schedule', 'foreign');
  const { metadata: { uid } } = (await api.get(veleroObject('Backup', 'foreign')))!;
  if (tracking === 'label') {
    await waitFor('the backup of the schedule by hand pruned', 120, async () => (await api.get(veleroObject('Backup', 'foreign')))?.metadata.uid !== uid);
  } else {
    await final(api, 'Backup', 'foreign');
    await argoCd.sync(SYSTEM);
    assert.equal((await api.get(veleroObject('Backup', 'foreign')))?.metadata.uid, uid, 'tracked by annotation, a backup names its schedule: not itself');
  }
  const uids = new Set((await backups(api)).map(uidOf));
  assert.deepEqual(kept.filter(backup => !uids.has(uidOf(backup))).map(({ metadata: { name } }) => name), [], 'backups of the library\'s schedules that went');
}

/** What the library refuses to emit: it costs a schedule the memory of its last backup. */
async function assertReplaced(api: ApiServer, argoCd: ArgoCd, repository: GitRepository, { declaration }: Installation): Promise<void> {
  const schedule = veleroObject('Schedule', 'tier0-store');
  const lastBackup = new Date().toISOString().replace(/\.\d+/, '');
  await api.patch(schedule, { status: { lastBackup } });
  await argoCd.sync(SYSTEM);
  assert.equal((await api.get(schedule))!.status.lastBackup, lastBackup, 'the last backup of a schedule that is applied');

  const file = join(outputOf(declaration), 'tier-0.k8s.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Prune=false,SkipDryRunOnMissingResource=true', 'Replace=true'));
  await repository.commit('Replace a schedule', outputOf(declaration));
  await argoCd.refresh(SYSTEM);
  await waitFor('a schedule that is replaced without its last backup', 60, async () => (await api.get(schedule))!.status?.lastBackup !== lastBackup);
}

function backups(api: ApiServer): Promise<KubernetesObject[]> {
  return api.list('velero.io/v1', 'Backup', VELERO_NAMESPACE);
}

function uidOf({ metadata: { uid } }: KubernetesObject): string {
  return uid;
}

function isOfArgoCd({ metadata: { namespace } }: KubernetesObject): boolean {
  return namespace === 'argocd';
}
