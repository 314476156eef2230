import { readFileSync, writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { backupsOf } from './schedules';
import { KubernetesObject } from '../../cluster/api-server';
import { STATE } from '../../cluster/places';
import { veleroObject } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { FIELD_MANAGER } from '../../fixture/delivery';
import { Installation, VELERO_NAMESPACE } from '../../fixture/installation';
import { due, emitted, varied } from '../../fixture/variation';
import { finds } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';

const OLDER_DEFINITIONS = join(__dirname, '../../../assets/velero-1.16.2.json');
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/**
 * What `Replace=true` makes ArgoCD do: kubectl replace.
 *
 * @returns what waits until Velero has looked at the Schedule again
 */
export async function replacedSchedule(cluster: Cluster, { objects }: Installation, declared: string): Promise<() => Promise<void>> {
  const { api } = cluster;
  const lastBackup = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '');
  const schedule = finds('argocd-destroys', objects, due(objects, declared, 'replaced', copy => {
    copy.metadata.annotations[SYNC_OPTIONS] = 'Replace=true';
    copy.spec.schedule = '@every 1s';
    copy.status.lastBackup = lastBackup;
  }));
  await api.create(schedule);
  await waitFor('the schedule enabled', 60, async () => (await api.get(schedule))?.status.phase === 'Enabled');
  assert.deepEqual(await backupsOf(api, 'replaced'), [], 'it is not due');

  const { status: _status, ...inGit } = schedule;
  const file = join(STATE, 'replaced.json');
  writeFileSync(file, JSON.stringify(inGit));
  await cluster.kubectl('replace', '--filename', file);
  assert.equal((await api.get(schedule))!.status?.lastBackup, undefined);
  return async () => {
    await waitFor('it makes a backup at once', 120, async () => (await backupsOf(api, 'replaced')).length > 0);
  };
}

/** T41: a definition of the release before. What 1.17 writes to cancel a copy of volumes is gone, and nobody hears of it. */
export async function olderDefinition({ api }: Cluster, { objects }: Installation): Promise<void> {
  const name = 'podvolumebackups.velero.io';
  const { spec } = (JSON.parse(readFileSync(OLDER_DEFINITIONS, 'utf8')) as KubernetesObject[]).find(({ metadata }) => metadata.name === name)!;
  const older = finds('version-mix', objects, varied(objects, 'CustomResourceDefinition', name, definition => { definition.spec = spec; }));
  const copy = (copyName: string) => JSON.stringify({
    ...veleroObject('PodVolumeBackup', copyName),
    spec: {
      cancel: true, backupStorageLocation: 'nowhere', node: 'nowhere', pod: { kind: 'Pod', namespace: 'nowhere', name: 'nobody' }, repoIdentifier: '', volume: 'data',
    },
  });
  const path = `/apis/velero.io/v1/namespaces/${VELERO_NAMESPACE}/podvolumebackups?fieldValidation=Ignore`;
  const written = async (copyName: string) => JSON.parse(await api.send('POST', path, copy(copyName))).spec.cancel;

  assert.equal(await written('by-its-definition'), true);
  await api.apply(older, { fieldManager: FIELD_MANAGER, force: true });
  let tries = 0;
  await waitFor('what is written is dropped', 60, async () => await written(`by-the-older-${++tries}`) === undefined);
}

/** What a pruned definition and a pruned credential take along. */
export async function pruned({ api }: Cluster, { objects }: Installation): Promise<void> {
  const application: KubernetesObject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'backups', namespace: 'argocd' },
    spec: {
      project: 'default',
      destination: { namespace: VELERO_NAMESPACE, server: 'https://kubernetes.default.svc' },
      source: { repoURL: 'https://git.example.org/backups.git', path: '.' },
      syncPolicy: { automated: { prune: true } },
    },
  };
  const around = [...objects, application];
  const unprotected = (kind: string, name: string) => {
    const copy = structuredClone(emitted(objects, kind, name));
    delete copy.metadata.annotations![SYNC_OPTIONS];
    return copy;
  };
  const definition = unprotected('CustomResourceDefinition', 'schedules.velero.io');
  const password = unprotected('SealedSecret', 'velero-repo-credentials');
  finds('argocd-destroys', around, definition, application);
  finds('argocd-destroys', around, password, application);

  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: password.metadata };
  const schedule = veleroObject('Schedule', objects.find(({ kind }) => kind === 'Schedule')!.metadata.name);
  assert.ok(await api.get(secret) && await api.get(schedule));
  await Promise.all([definition, password].map(object => api.delete(object)));
  await waitFor('the Secret gone, and the Schedule', 60, async () => await api.get(secret) === undefined && await api.get(schedule) === undefined);
}
