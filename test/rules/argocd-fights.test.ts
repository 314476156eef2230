import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';

escapeHatch('argocd-fights', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/status', { phase: 'Enabled' })));

const DELIVERED = { 'argocd.argoproj.io/sync-wave': '2' };

function velero(kind: string, more: any = {}, annotations: any = DELIVERED): any {
  return { apiVersion: 'velero.io/v1', kind, metadata: { name: 'a', namespace: 'velero', annotations }, ...more };
}

function application(selfHeal: boolean): any {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'velero', namespace: 'argocd' },
    spec: { destination: { namespace: 'velero' }, syncPolicy: { automated: { selfHeal } } },
  };
}

function fought(...objects: any[]): string[] {
  return told(judged(objects), 'argocd-fights');
}

test.each(['Schedule', 'BackupStorageLocation', 'VolumeSnapshotLocation', 'Restore'])('the status of a %s', kind => {
  expect(fought(velero(kind, { status: { phase: 'Available' } }))).toEqual([
    `error argocd-fights ${kind} velero/a: status got undefined, wanted none: each sync writes over what Velero has noted`,
  ]);
  expect(fought(velero(kind, { status: {} }), velero(kind))).toEqual([]);
});

test.each([
  'BackupRepository', 'DataDownload', 'DataUpload', 'DeleteBackupRequest', 'DownloadRequest', 'PodVolumeBackup', 'PodVolumeRestore', 'ServerStatusRequest',
])('a %s in git', kind => {
  expect(fought(velero(kind, { status: { phase: 'Ready' } }))).toEqual([
    `error argocd-fights ${kind} velero/a: kind got "${kind}", wanted no object that Velero makes and deletes itself: ArgoCD makes it anew, or prunes it`,
  ]);
});

describe('a Backup in git', () => {
  const found = 'warning argocd-fights Backup velero/a: kind got "Backup", wanted a Schedule: when the backup expires Velero deletes it, '
    + 'and ArgoCD that heals itself makes another one of the same name';

  test('of an Application that heals itself, or of one that is not to be seen', () => {
    expect(fought(velero('Backup', {}, {}), application(true))).toEqual([found]);
    expect(fought(velero('Backup'))).toEqual([found]);
  });

  test('as a hook with a name fails from the second sync on', () => {
    const hook = velero('Backup', {}, { 'argocd.argoproj.io/hook': 'PreSync' });
    const named = 'warning argocd-fights Backup velero/a: metadata.name got "a", wanted metadata.generateName: each sync makes the hook anew, and what a backup '
      + 'of that name has written is still in the location: Velero fails the second with `backup already exists in object storage`';
    expect(fought(hook)).toEqual([named]);
    expect(fought(hook, application(false))).toEqual([named]);
    expect(judged([hook]).filter(({ rule }) => rule.id === 'argocd-fights').map(({ next }) => next)).toEqual([
      'write a Schedule, or metadata.generateName instead of the name, with watchBackups: true of the ArgoCdSettings: else ArgoCD is told not to look at Backups',
    ]);
    expect(judged([velero('Backup')]).filter(({ rule }) => rule.id === 'argocd-fights').map(({ next }) => next)).toEqual([
      'write a Schedule, or run velero backup create by hand',
    ]);
  });

  test('is fine as a hook that is named anew, or is none, and where nothing heals', () => {
    const hook = velero('Backup', {}, { 'argocd.argoproj.io/hook': 'Sync' });
    const { name, ...metadata } = hook.metadata;
    expect(fought({ ...hook, metadata: { ...metadata, generateName: `${name}-` } })).toEqual([]);
    expect(fought(velero('Backup', {}, { 'argocd.argoproj.io/hook': 'Skip' }))).toEqual([]);
    expect(fought(velero('Backup'), application(false))).toEqual([]);
  });
});

test('silent without a sign of ArgoCD, about a dump of a cluster, and about kinds of others', () => {
  const status = { status: { phase: 'Enabled' } };
  expect(fought(velero('Schedule', status, {}))).toEqual([]);
  expect(fought({ ...velero('Schedule', status), metadata: { ...velero('Schedule').metadata, uid: '5f0c2f5e-3a52-4b8e-9a51-6f2f0d5f6f0a' } })).toEqual([]);
  expect(fought({ ...velero('Certificate', status), apiVersion: 'cert-manager.io/v1' })).toEqual([]);
});
