import { Chart, Duration, Size, Testing } from 'cdk8s';
import { VeleroInstall } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { Uploader } from '../../src/repository/backup-repository';
import { FullMaintenanceInterval, KopiaRepository, KopiaRepositoryProps } from '../../src/repository/kopia-repository';
import { IBackupStorageLocation } from '../../src/storage/backup-storage-location';
import { defaultChildOf, synthesized } from '../synthesized';
import { PASSWORD, WRONG_PASSWORDS } from './passwords';

const PLACE = 'KopiaRepository \'test/repository\'';
const SECONDS = 'wanted a whole number of seconds, at least 1';
const MEBIBYTES = 'wanted a whole number of mebibytes, at least 1';

function repository(more: Partial<KopiaRepositoryProps> = {}, chart = Testing.chart()): KopiaRepository {
  return new KopiaRepository(chart, 'repository', { password: PASSWORD, ...more });
}

function settings(more: Partial<KopiaRepositoryProps>): unknown {
  const chart = Testing.chart();
  repository(more, chart);
  return JSON.parse(synthesized(chart)[0].data.kopia);
}

test('is written by kopia, has its password and emits nothing where all is Velero\'s default', () => {
  const chart = Testing.chart();
  const { uploader, password, maintenanceFrequency, configMapName, node } = repository({}, chart);
  expect({ uploader, password, maintenanceFrequency, configMapName })
    .toEqual({ uploader: 'kopia', password: PASSWORD, maintenanceFrequency: undefined, configMapName: undefined });
  expect(uploader).toBe(Uploader.KOPIA);
  expect(node.children).toEqual([]);
  expect(synthesized(chart)).toEqual([]);
});

test('with every prop: the settings are JSON in a ConfigMap beside the password', () => {
  const all: Required<KopiaRepositoryProps> = {
    password: { ...PASSWORD, namespace: 'backup' },
    cacheLimit: Size.gibibytes(5),
    fullMaintenanceInterval: FullMaintenanceInterval.FAST,
    maintenanceFrequency: Duration.hours(2),
  };
  const chart = Testing.chart();
  const { configMapName, maintenanceFrequency } = repository(all, chart);
  expect([configMapName, maintenanceFrequency!.toMinutes()]).toEqual(['backup-repository-config', 120]);
  expect(synthesized(chart)).toEqual([{
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'backup-repository-config', namespace: 'backup', annotations: { 'argocd.argoproj.io/sync-wave': '-2' } },
    data: { kopia: '{"cacheLimitMB":5120,"fullMaintenanceInterval":"fastGC"}' },
  }]);
});

test.each<[string, Partial<KopiaRepositoryProps>, object]>([
  ['a small cache', { cacheLimit: Size.mebibytes(1) }, { cacheLimitMB: 1 }],
  ['a cache in kibibytes', { cacheLimit: Size.kibibytes(2048) }, { cacheLimitMB: 2 }],
  ['a cache of one and a half gibibytes', { cacheLimit: Size.gibibytes(1.5) }, { cacheLimitMB: 1536 }],
  ['a cache of a tebibyte', { cacheLimit: Size.tebibytes(1) }, { cacheLimitMB: 1_048_576 }],
  ['maintenance every 24 hours', { fullMaintenanceInterval: FullMaintenanceInterval.NORMAL }, { fullMaintenanceInterval: 'normalGC' }],
  ['maintenance every 12 hours', { fullMaintenanceInterval: FullMaintenanceInterval.FAST }, { fullMaintenanceInterval: 'fastGC' }],
  ['maintenance every 6 hours', { fullMaintenanceInterval: FullMaintenanceInterval.EAGER }, { fullMaintenanceInterval: 'eagerGC' }],
])('tells Velero %s', (_, more, expected) => {
  expect(settings(more)).toEqual(expected);
});

test('the frequency alone is a flag of the server and needs no ConfigMap', () => {
  expect(repository({ maintenanceFrequency: Duration.hours(2) }).configMapName).toBeUndefined();
});

test('the ConfigMap can be patched', () => {
  expect(defaultChildOf(repository({ cacheLimit: Size.gibibytes(1) })).kind).toBe('ConfigMap');
});

describe('fails with', () => {
  test.each(WRONG_PASSWORDS)('a password of %s', (_, password, message) => {
    expect(() => repository({ password })).toThrow(new Error(`${PLACE}: ${message}`));
  });

  test.each<[string, any, string]>([
    ['no cache', { cacheLimit: Size.mebibytes(0) }, `cacheLimit got "0Ki", ${MEBIBYTES}`],
    ['less than a mebibyte', { cacheLimit: Size.kibibytes(1023) }, `cacheLimit got "1023Ki", ${MEBIBYTES}`],
    ['a mebibyte and a bit', { cacheLimit: Size.kibibytes(1025) }, `cacheLimit got "1025Ki", ${MEBIBYTES}`],
    ['a part of a kibibyte', { cacheLimit: Size.mebibytes(1.0001) }, `cacheLimit got "1024.1024Ki", ${MEBIBYTES}`],
    ['a cache as text', { cacheLimit: '5Gi' }, 'cacheLimit got "5Gi", wanted a Size, such as Size.gibibytes(5)'],
    ['an interval that Velero does not know', { fullMaintenanceInterval: 'hourly' },
      'fullMaintenanceInterval got "hourly", wanted one of normalGC, fastGC, eagerGC'],
    ['maintenance never', { maintenanceFrequency: Duration.seconds(0) }, `maintenanceFrequency got "0s", ${SECONDS}`],
    ['half a second', { maintenanceFrequency: Duration.millis(500) }, `maintenanceFrequency got "0.5s", ${SECONDS}`],
    ['a frequency as text', { maintenanceFrequency: '1h' }, 'maintenanceFrequency got "1h", wanted a Duration, such as Duration.days(30)'],
  ])('%s', (_, more, message) => {
    const chart = Testing.chart();
    expect(() => repository(more, chart)).toThrow(new Error(`${PLACE}: ${message}`));
    expect(synthesized(chart)).toEqual([]);
  });

  test('two in a namespace, because Velero reads one ConfigMap', () => {
    const app = Testing.app();
    const more = { cacheLimit: Size.gibibytes(1) };
    repository(more, new Chart(app, 'one'));
    repository({ ...more, password: { ...PASSWORD, namespace: 'backup' } }, new Chart(app, 'two'));
    expect(() => repository(more, new Chart(app, 'three'))).toThrow(new Error(
      "ConfigMap 'three/repository': name got \"velero/backup-repository-config\", wanted a ConfigMap that no other construct declares; "
      + "'one/repository' has it already: rename or remove one of them",
    ));
  });
});

describe('a setting that the installed Velero does not read', () => {
  function told(version: VeleroVersion, more: Partial<KopiaRepositoryProps>): string[] {
    const chart = Testing.chart();
    new VeleroInstall(chart, 'velero', {
      version,
      repository: repository(more, chart),
      defaultLocation: { locationName: 'cluster-backups', namespace: 'velero' } as IBackupStorageLocation,
      customResourceDefinitions: false,
    });
    return chart.node.root.node.validate().filter(message => message.startsWith(PLACE));
  }

  const both = { cacheLimit: Size.gibibytes(1), fullMaintenanceInterval: FullMaintenanceInterval.EAGER };
  const next = 'leave it out or change the version of the VeleroInstall';

  test('fails the synth', () => {
    expect(told(VeleroVersion.V1_15_2, both)).toEqual([
      `${PLACE}: fullMaintenanceInterval: wanted a release of Velero that reads it, but 1.15.2 does not; ${next}`,
    ]);
  });

  test('by the name that the user gave it, also where Velero reads no settings at all', () => {
    expect(told(VeleroVersion.V1_14_1, { cacheLimit: both.cacheLimit })).toEqual([
      `${PLACE}: cacheLimit: wanted a release of Velero that reads it, but 1.14.1 does not; ${next}`,
    ]);
  });

  test('and not where it is read', () => {
    expect(told(VeleroVersion.V1_16_2, both)).toEqual([]);
    expect(told(VeleroVersion.V1_15_2, { cacheLimit: both.cacheLimit })).toEqual([]);
  });
});
