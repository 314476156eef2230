import { Chart, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { ArgoCdDelivery } from '../../src';

escapeHatch('argocd-fights', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/status', { phase: 'Enabled' })));

escapeHatch('argocd-fights', usual => {
  new ArgoCdDelivery(new Chart(usual.app, 'argocd'), 'delivery', {
    repository: 'https://git.example.org/gitops.git', revision: 'main', path: 'manifests', separateDefinitions: false,
  });
  return () => usual.object('Application', 'velero').addJsonPatch(JsonPatch.add('/spec/syncPolicy/syncOptions', ['RespectIgnoreDifferences=true']));
});

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

describe('RespectIgnoreDifferences=true', () => {
  const respecting = (ignoreDifferences?: any[]) => ({
    ...application(true), spec: { destination: { namespace: 'velero' }, syncPolicy: { syncOptions: ['RespectIgnoreDifferences=true'] }, ignoreDifferences },
  });
  const warning = (more = '') => 'warning argocd-fights Application argocd/velero: spec.syncPolicy.syncOptions got "RespectIgnoreDifferences=true", wanted no such option '
    + `beside Schedule velero/a${more}: before 3.3.19, 3.4.13 and 3.5.0 ArgoCD applies the status as it last saw it, over what Velero has noted since`;
  const runs = (version: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'argocd-server', namespace: 'argocd' },
    spec: { template: { spec: { containers: [{ name: 'server', image: `quay.io/argoproj/argocd:v${version}` }] } } },
  });
  const compares = (options: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' }, data: { 'resource.compareoptions': options } });
  const STATUS = [{ group: 'velero.io', kind: 'Schedule', jsonPointers: ['/status'] }];

  test('takes the status back to the cluster, which is ignored unless somebody says otherwise', () => {
    expect(fought(velero('Schedule'), respecting())).toEqual([warning()]);
    expect(fought(velero('Schedule'), velero('BackupStorageLocation'), velero('VolumeSnapshotLocation'), respecting())).toEqual([warning(' and 2 more of Velero')]);
    expect(fought(velero('Schedule'), respecting(), runs('3.2.12'))).toEqual([warning()]);
    expect(fought(velero('Schedule'), respecting(), compares('ignoreResourceStatusField: all\n'))).toEqual([warning()]);
  });

  test.each<[string, any[], string[]]>([
    ['nothing', [], []],
    ['another field', [{ ...STATUS[0], jsonPointers: ['/spec/skipImmediately', '/statuses'] }], []],
    ['the status', STATUS, [warning()]],
    ['a part of it', [{ ...STATUS[0], jsonPointers: ['/status/lastBackup'] }], [warning()]],
    ['the status by jq', [{ ...STATUS[0], jsonPointers: [], jqPathExpressions: ['.status'] }], [warning()]],
    ['that of all', [{ group: '*', kind: '*', jsonPointers: ['/status'] }], [warning()]],
    ['that of this one', [{ ...STATUS[0], namespace: 'velero', name: 'a' }], [warning()]],
    ['that of another one', [{ ...STATUS[0], name: 'b' }, { ...STATUS[0], namespace: 'shop' }], []],
    ['that of others', [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/status'] }], []],
  ])('where the rest is compared, ignoring %s', (_, ignored, expected) => {
    expect(fought(velero('Schedule'), respecting(ignored), compares('ignoreResourceStatusField: crd\n'))).toEqual(expected);
    expect(fought(velero('Schedule'), respecting(ignored), compares('ignoreAggregatedRoles: true\nignoreResourceStatusField: "none"'))).toEqual(expected);
    expect(fought(velero('Schedule'), respecting(ignored), runs('2.14.2'))).toEqual(expected);
  });

  test('is no matter to an ArgoCD that leaves the status out, to objects of others, and without the option', () => {
    for (const mended of ['3.3.19', '3.4.13', '3.5.0']) {
      expect(fought(velero('Schedule'), respecting(STATUS), runs(mended))).toEqual([]);
    }
    for (const earlier of ['3.2.99', '3.3.18', '3.4.12']) {
      expect(fought(velero('Schedule'), respecting(STATUS), runs(earlier))).toEqual([warning()]);
    }
    expect(fought(velero('Schedule'), respecting(STATUS), runs('4.0.0'))).toEqual([]);
    expect(fought({ ...velero('Certificate'), apiVersion: 'cert-manager.io/v1' }, respecting())).toEqual([]);
    expect(fought(velero('Schedule'), { ...respecting(STATUS), spec: { ...respecting(STATUS).spec, syncPolicy: {} } })).toEqual([]);
  });
});

test('silent without a sign of ArgoCD, about a dump of a cluster, and about kinds of others', () => {
  const status = { status: { phase: 'Enabled' } };
  expect(fought(velero('Schedule', status, {}))).toEqual([]);
  expect(fought({ ...velero('Schedule', status), metadata: { ...velero('Schedule').metadata, uid: '5f0c2f5e-3a52-4b8e-9a51-6f2f0d5f6f0a' } })).toEqual([]);
  expect(fought({ ...velero('Certificate', status), apiVersion: 'cert-manager.io/v1' })).toEqual([]);
});
