import { mkdtempSync, readFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { parse } from 'yaml';
import { KubernetesObject } from '../cluster/api-server';
import { STATE } from '../cluster/places';
import { statefulSet } from '../fixture/application';
import { backUp, copiedVolumes, velero, veleroObject } from '../fixture/backups';
import { Cluster } from '../fixture/cluster';
import { crash } from '../fixture/crash';
import { applyHealthy, FIELD_MANAGER } from '../fixture/delivery';
import { declareVelero, Installation, VELERO_NAMESPACE } from '../fixture/installation';
import { keysIn } from '../fixture/object-store';
import { PUBLIC_PASSWORD, readRepository } from '../fixture/repository';
import { Savings } from '../fixture/savings';
import { scenario } from '../fixture/scenario';
import { seal } from '../fixture/sealing';
import { serverLog } from '../fixture/server';
import { due, emitted, LONG_AGO, varied } from '../fixture/variation';
import { finds, findsLack } from '../fixture/verdict';
import { waitFor } from '../fixture/wait';
import { timed } from '../progress';

const APPLICATION = 'shop';
const SCHEDULE = `tier0-${APPLICATION}`;

/** By which ArgoCD finds what belongs to an application of its own, when it tracks by label. */
const TRACKING_LABEL = 'app.kubernetes.io/instance';
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

scenario('what we refuse fails, Velero 1.18.3', async cluster => {
  const installation = await timed('  install', () => cluster.installVelero({ version: '1.18.3', uploader: 'kopia', applications: [APPLICATION] }));
  await cluster.namespace(APPLICATION);
  await timed('  schedules', () => schedules(cluster, installation));
  await timed('  skipped schedule', () => skippedAgain(cluster, installation));
  await timed('  snapshots', () => movedSnapshots(cluster, installation));
  await timed('  lifetime', () => lifetimeInDays(cluster, installation));
  await timed('  restic', () => restic(cluster, installation));
  await timed('  restic on 1.17.2', async () => restic(cluster, await declareVelero({ version: '1.17.2', uploader: 'kopia', takesOver: installation })));
  await timed('  unknown flags', () => unknownFlags(cluster, installation));
  await timed('  definition', () => missingDefinition(cluster, installation));
  await timed('  plugin', () => missingPlugin(cluster, installation));
  await timed('  secret', () => wrongSecretName(cluster, installation));
});

scenario('what we refuse fails, Velero 1.16.2', async cluster => {
  const installation = await timed('  install', () => cluster.installVelero({ version: '1.16.2', uploader: 'restic', applications: [APPLICATION] }));
  await cluster.namespace(APPLICATION);
  await timed('  application', () => cluster.run(statefulSet(APPLICATION)));
  await timed('  label', () => wrongLabel(cluster, installation));
});

/** T18, T21, T25: Schedules that are due from the moment they are there. */
async function schedules(cluster: Cluster, { objects }: Installation): Promise<void> {
  const { api } = cluster;
  const around = withApplication(objects);
  await api.create(finds('cron-invalid', around, due(objects, SCHEDULE, 'six-fields', schedule => { schedule.spec.schedule = '0 0 3 * * *'; })));
  const missing = await backupOf(cluster, finds('namespace-unknown', around, due(objects, SCHEDULE, 'missing-namespace', schedule => {
    schedule.spec.template.includedNamespaces = [APPLICATION, 'gone'];
  })));
  assert.equal(missing.status.phase, 'PartiallyFailed');
  assert.equal(missing.status.errors, 1);
  const tracked = await backupOf(cluster, due(objects, SCHEDULE, 'tracked', schedule => { schedule.metadata.labels[TRACKING_LABEL] = 'backups'; }));
  assert.equal(tracked.metadata.labels?.[TRACKING_LABEL], undefined);
  const unlabelled = await backupOf(cluster, finds('backups-pruned', around, due(objects, SCHEDULE, 'tracked-without-labels', schedule => {
    schedule.metadata.labels[TRACKING_LABEL] = 'backups';
    delete schedule.spec.template.metadata;
    delete schedule.metadata.annotations[SYNC_OPTIONS];
  })));
  assert.equal(unlabelled.metadata.labels?.[TRACKING_LABEL], 'backups', 'ArgoCD would take the Backup for its own, and prune it');
  assert.equal(unlabelled.metadata.annotations?.[SYNC_OPTIONS], undefined);
  assert.match(tracked.metadata.annotations?.[SYNC_OPTIONS] ?? '', /Prune=false/, 'what we emit keeps ArgoCD from it too');

  const sixFields = await api.get(veleroObject('Schedule', 'six-fields'));
  assert.equal(sixFields?.status.phase, 'FailedValidation');
  assert.deepEqual(await backupsOf(cluster, 'six-fields'), [], 'its time had come before all others');
}

/** T20: a Schedule that is due skips its run at each sync, and runs without one. */
async function skippedAgain(cluster: Cluster, { objects }: Installation): Promise<void> {
  const { api } = cluster;
  const around = withApplication(objects);
  const skipping = finds('skip-immediately', around, due(objects, SCHEDULE, 'skipped', schedule => {
    schedule.spec.skipImmediately = true;
    schedule.status.lastSkipped = LONG_AGO;
  }));
  for (const time of ['first', 'second']) {
    // In one request: that its time has come since it was skipped, and that ArgoCD sets again what git says.
    await api.apply(skipping, { fieldManager: FIELD_MANAGER, force: true });
    const skipped = await waitFor(`skipped for the ${time} time`, 60, async () => {
      const found = await api.get(skipping);
      return found?.status?.lastSkipped !== LONG_AGO && found;
    });
    assert.equal(skipped.spec.skipImmediately, false, 'Velero changes what was declared');
    await backupOf(cluster, due(objects, SCHEDULE, `after-the-${time}`)); // Velero looks at one after the other
    assert.deepEqual(await backupsOf(cluster, 'skipped'), [], `backups of a schedule that was skipped for the ${time} time`);
  }
  // Its time has come, and nobody sets it again. Velero looks at once at what is changed otherwise.
  await api.patch(skipping, { spec: { template: { ttl: '24h0m0s' } }, status: { lastSkipped: LONG_AGO } });
  await endedBackupOf(cluster, 'skipped');
}

/** What is declared beside a schedule that rules are asked about. */
function withApplication(objects: KubernetesObject[]): KubernetesObject[] {
  return [...objects, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: APPLICATION } }];
}

function backupsOf({ api }: Cluster, schedule: string): Promise<KubernetesObject[]> {
  return api.list('velero.io/v1', 'Backup', VELERO_NAMESPACE, `velero.io/schedule-name=${schedule}`);
}

/** One after the other: what 1.18 puts into its queue while another backup runs may wait there for a minute. */
async function backupOf(cluster: Cluster, schedule: KubernetesObject): Promise<KubernetesObject> {
  await cluster.api.create(schedule);
  return endedBackupOf(cluster, schedule.metadata.name);
}

function endedBackupOf(cluster: Cluster, schedule: string): Promise<KubernetesObject> {
  return waitFor(`backup of ${schedule} ended`, 120, async () => (await backupsOf(cluster, schedule)).find(({ status }) => status?.completionTimestamp));
}

/** T23: Velero's programs can read no Schedule any more, not only that one. */
async function lifetimeInDays(cluster: Cluster, installation: Installation): Promise<void> {
  const { api } = cluster;
  const unreadable = varied(installation.objects, 'Schedule', SCHEDULE, schedule => {
    schedule.metadata.name = 'thirty-days';
    schedule.spec.template.ttl = '30d';
  });
  finds('duration-invalid', installation.objects, unreadable);
  await api.apply(unreadable, { fieldManager: FIELD_MANAGER, force: true });
  await waitFor('the server fails to list', 60, async () => /failed to list \*v1.Schedule: time: unknown unit/.test(await serverLog(cluster)));
  await assert.rejects(velero(installation, 'schedule', 'get'), /time: unknown unit \\?"d\\?" in duration \\?"30d\\?"/);

  const later = varied(installation.objects, 'Schedule', SCHEDULE, schedule => { schedule.metadata.name = 'later'; });
  await api.create(later);
  const backup = await backUp(api, installation, SCHEDULE, 'meanwhile');
  assert.equal(backup.status.phase, 'Completed', 'what is made by hand is made');
  assert.equal((await api.get(later))?.status, undefined, 'a Schedule without a fault does not become Enabled either');
  await api.delete(unreadable);
}

/** T30: without the feature EnableCSI there are no snapshots to move. */
async function movedSnapshots(cluster: Cluster, installation: Installation): Promise<void> {
  const { api } = cluster;
  const volume = await api.create({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'of-a-driver' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      storageClassName: 'of-a-driver',
      csi: { driver: 'driver.example.com', volumeHandle: 'volume' },
      claimRef: { namespace: APPLICATION, name: 'files' },
      persistentVolumeReclaimPolicy: 'Retain',
    },
  });
  try {
    await saveWithoutSnapshots(cluster, installation);
  } finally {
    await api.delete(volume); // no driver would, and the next scenario would wait for it
  }
}

async function saveWithoutSnapshots(cluster: Cluster, installation: Installation): Promise<void> {
  const { api } = cluster;
  const claim = await api.create({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'files', namespace: APPLICATION },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'of-a-driver', volumeName: 'of-a-driver', resources: { requests: { storage: '1Gi' } } },
  });
  await waitFor('claim bound', 60, async () => (await api.get(claim))?.status.phase === 'Bound');
  await api.create(finds('snapshot-without-csi', installation.objects, varied(installation.objects, 'Schedule', SCHEDULE, schedule => {
    schedule.metadata.name = 'moved';
    schedule.spec.template.defaultVolumesToFsBackup = false;
    schedule.spec.template.snapshotMoveData = true;
  })));
  const { status } = await backUp(api, installation, 'moved', 'moved');
  assert.deepEqual({ phase: status.phase, errors: status.errors, warnings: status.warnings }, { phase: 'Completed', errors: undefined, warnings: 1 });
  const log = (await serverLog(cluster)).split('\n').filter(line => line.includes('backup=velero/moved'));
  assert.match(log.filter(line => line.includes('level=warning')).join('\n'), /VolumeSnapshotter plugin doesn't support data movement/, 'all that is told');
  assert.match(log.join('\n'), /Skip action velero.io\/csi-pvc-backupper .*because the CSI feature is not enabled/);
  assert.deepEqual(await api.list('velero.io/v2alpha1', 'DataUpload', VELERO_NAMESPACE), []);
  assert.deepEqual((await keysIn(installation.bucket)).filter(key => !/(^|\/)backups\//.test(key)), [], 'there is no repository');
}

/** T1. */
async function restic(cluster: Cluster, { objects }: Installation): Promise<void> {
  const log = await crash(cluster, finds('restic-removed', objects, varied(objects, 'Deployment', 'velero', ({ spec: { template } }) => {
    const { args } = template.spec.containers[0];
    args[args.indexOf('--uploader-type=kopia')] = '--uploader-type=restic';
  })));
  assert.match(log, /^(velero|An error occurred): invalid uploader type 'restic', valid type: 'kopia'$/m);
}

/** T3, T4. */
async function unknownFlags(cluster: Cluster, { objects }: Installation): Promise<void> {
  const add = (flag: string) => (workload: any) => workload.spec.template.spec.containers[0].args.push(flag);
  const [server, nodeAgent] = await Promise.all([
    crash(cluster, finds('unknown-flag', objects, varied(objects, 'Deployment', 'velero', add('--keep-latest-maintenance-jobs=3')))),
    crash(cluster, finds('unknown-flag', objects, varied(objects, 'DaemonSet', 'node-agent', add('--uploader-type=kopia')))),
  ]);
  assert.match(server, /unknown flag: --keep-latest-maintenance-jobs/);
  assert.match(nodeAgent, /unknown flag: --uploader-type/);
  await applyHealthy(cluster.api, emitted(objects, 'DaemonSet', 'node-agent'));
}

/** T41. */
async function missingDefinition(cluster: Cluster, { objects }: Installation): Promise<void> {
  const definition = emitted(objects, 'CustomResourceDefinition', 'podvolumerestores.velero.io');
  findsLack('crd-missing', objects, definition.kind, definition.metadata.name);
  await cluster.api.delete(definition);
  await waitFor('definition gone', 60, async () => await cluster.api.get(definition) === undefined);
  const log = await crash(cluster, emitted(objects, 'Deployment', 'velero'));
  assert.match(log, /^velero: .*custom resource PodVolumeRestore not found in Velero API group velero.io\/v1/m);
  await applyHealthy(cluster.api, definition);
}

/** Nothing else knows how to speak S3. */
async function missingPlugin(cluster: Cluster, installation: Installation): Promise<void> {
  const location = emitted(installation.objects, 'BackupStorageLocation', 'cluster-backups');
  await cluster.api.delete(location);
  await applyHealthy(cluster.api, finds('plugin-missing', installation.objects, varied(installation.objects, 'Deployment', 'velero', deployment => {
    deployment.spec.template.spec.initContainers = [];
  })));
  await cluster.api.apply(location, { fieldManager: FIELD_MANAGER, force: true });
  const { status } = await waitFor('location judged', 60, async () => {
    const found = await cluster.api.get(location);
    return found?.status?.phase !== undefined && found;
  });
  assert.equal(status.phase, 'Unavailable');
  assert.match(status.message, /unable to locate ObjectStore plugin named velero.io\/aws/);
  const backup = await backUp(cluster.api, installation, SCHEDULE, 'without-plugin');
  assert.equal(backup.status.phase, 'FailedValidation');
}

/** T5, T6: a manifest as others write it, with a Secret that Velero read until 1.9 and without the volume that waits for the right one. */
async function wrongSecretName(cluster: Cluster, installation: Installation): Promise<void> {
  const { api } = cluster;
  const { objects, password } = installation;
  const right = emitted(objects, 'SealedSecret', 'velero-repo-credentials');
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'velero-repo-credentials', namespace: VELERO_NAMESPACE } };
  await api.delete(right);
  await api.delete(secret);
  await waitFor('Secret gone', 60, async () => await api.get(secret) === undefined);

  const sealed = await seal(mkdtempSync(join(STATE, 'sealed-')), {
    namespace: VELERO_NAMESPACE, name: 'velero-restic-credentials', values: { 'repository-password': password },
  });
  const others = objects.filter(object => object !== right);
  const hasty = varied(objects, 'Deployment', 'velero', ({ spec: { template } }) => {
    const without = (list: { name: string }[]) => list.filter(({ name }) => name !== 'repository-password');
    template.spec.volumes = without(template.spec.volumes);
    template.spec.containers[0].volumeMounts = without(template.spec.containers[0].volumeMounts);
  });
  finds('repository-password-missing', others, hasty);
  finds('repository-password-race', objects, hasty);
  await applyHealthy(api, finds('repository-password-misnamed', others, parse(readFileSync(sealed, 'utf8'))));
  await applyHealthy(api, hasty);
  const made = (await api.get(secret))!;
  assert.equal(Buffer.from(made.data['repository-password'], 'base64').toString(), PUBLIC_PASSWORD);
  finds('repository-password-public', others, { ...made, apiVersion: 'v1', kind: 'Secret' });
  const savings = new Savings(cluster, installation, APPLICATION);
  await savings.start();
  await savings.write();
  assert.equal((await savings.save('for-everybody')).status.phase, 'Completed');
  assert.equal((await readRepository(installation, { namespace: APPLICATION, password: PUBLIC_PASSWORD }, 'file')).length, 1, 'who has the bucket reads it');

  await api.apply(right, { fieldManager: FIELD_MANAGER, force: true });
  const message = await waitFor('SealedSecret judged', 60, async () => (await api.get(right))?.status?.conditions?.[0].message as string | undefined);
  assert.match(message, /already exists and is not managed by SealedSecret/, 'the right one comes too late');
}

/** T8: the label by which Velero finds node-agent from 1.16. */
async function wrongLabel(cluster: Cluster, installation: Installation): Promise<void> {
  await applyHealthy(cluster.api, finds('hard-coded-name', installation.objects, varied(installation.objects, 'DaemonSet', 'node-agent', ({ spec: { template } }) => {
    delete template.metadata.labels.role;
  })));
  const backup = await backUp(cluster.api, installation, SCHEDULE, 'without-label');
  assert.equal(backup.status.phase, 'PartiallyFailed');
  assert.deepEqual(await copiedVolumes(cluster.api, 'without-label'), []);
  assert.match(await serverLog(cluster), /daemonset pod not found in running state in node node-1/);
}
