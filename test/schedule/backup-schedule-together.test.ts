import { Chart, Duration, Testing } from 'cdk8s';
import { BackupHooks } from '../../src/schedule/backup-hooks';
import { BackupSchedule, BackupScheduleProps } from '../../src/schedule/backup-schedule';
import { CronExpression } from '../../src/schedule/cron-expression';
import { VolumePolicy } from '../../src/schedule/volume-policy';
import { VolumeAction } from '../../src/schedule/volume-rule';
import { AccessMode, BackupStorageLocation } from '../../src/storage/backup-storage-location';
import { ObjectStore } from '../../src/storage/object-store';
import { only, synthesized } from '../synthesized';

// What a schedule and what it refers to cannot be together, and what comes from callers without types.

const AT = 'BackupSchedule \'test/nightly\'';
const LOCATION = { locationName: 'cluster-backups', namespace: 'velero' } as BackupScheduleProps['location'];
const MINIMAL = { location: LOCATION, cron: CronExpression.of('0 2 * * *'), ttl: Duration.days(30) };

function chart(): Chart {
  return new Chart(Testing.app(), 'test');
}

function objects(props: Partial<BackupScheduleProps>): any[] {
  const scope = chart();
  new BackupSchedule(scope, 'nightly', { ...MINIMAL, ...props });
  return synthesized(scope);
}

function template(props: Partial<BackupScheduleProps>): any {
  return only(objects(props), 'Schedule').spec.template;
}

describe('plain JavaScript is told what is wanted', () => {
  test.each<[string, any, string]>([
    ['a cron as text', { cron: '0 2 * * *' }, 'cron got "0 2 * * *", wanted a CronExpression, such as CronExpression.of(\'0 2 * * *\')'],
    ['a location by name', { location: 'offsite' }, 'location got "offsite", wanted a location, such as a BackupStorageLocation'],
    ['no location', { location: undefined }, 'location: wanted a location, such as a BackupStorageLocation'],
    ['a tier by name', { tier: 'tier-0' }, 'tier got "tier-0", wanted a BackupTier'],
    ['hooks that are no object of the class', { hooks: { resources: [] } }, 'hooks got "an object of type Object", wanted hooks, made by BackupHooks.of'],
    ['a policy by name', { volumePolicy: 'p' }, 'volumePolicy got "p", wanted a policy, such as a VolumePolicy'],
    ['a number as text', { parallelFilesUpload: '4' }, 'parallelFilesUpload got "4", wanted a number'],
    ['a namespace without a list', { includedNamespaces: 'a' }, 'includedNamespaces got "a", wanted a list'],
    ['a label that is a number', { labels: { a: 5 } }, 'labels[\'a\'] got 5, wanted a string'],
    ['labels as a list', { backupLabels: ['a'] }, 'backupLabels got "a list", wanted an object'],
    ['several, at once', { cron: undefined, name: 5 },
      '2 problems\n  - name got 5, wanted a string\n  - cron: wanted a CronExpression, such as CronExpression.of(\'0 2 * * *\')'],
  ])('%s', (_, props, message) => {
    expect(() => objects(props)).toThrow(new Error(`${AT}: ${message}`));
  });

  test('no props', () => {
    expect(() => new BackupSchedule(chart(), 'nightly', undefined as any)).toThrow(new Error([
      `${AT}: 2 problems`,
      '  - location: wanted a location, such as a BackupStorageLocation',
      '  - cron: wanted a CronExpression, such as CronExpression.of(\'0 2 * * *\')',
    ].join('\n')));
  });
});

describe('the location', () => {
  function on(scope: Chart, accessMode?: AccessMode, paused?: boolean): () => BackupSchedule {
    const credential = { secretName: 's3', secretKey: 'cloud', namespace: 'velero' };
    const objectStore = ObjectStore.rgw({ service: 'rgw', namespace: 'rook-ceph' });
    const location = new BackupStorageLocation(scope, 'old', { objectStore, bucket: 'backups', credential, accessMode });
    return () => new BackupSchedule(scope, 'nightly', { ...MINIMAL, location, paused });
  }

  test('is refused where nothing may be written', () => {
    expect(on(chart(), AccessMode.READ_ONLY)).toThrow(new Error(
      `${AT}: location got "old", wanted one that is written to: its accessMode is ReadOnly, and every backup would be FailedValidation; `
      + 'name another location, or write paused: true until this one is ReadWrite',
    ));
  });

  test.each([[AccessMode.READ_WRITE, undefined], [undefined, undefined], [AccessMode.READ_ONLY, true]])('with %s is taken when paused is %s', (mode, paused) => {
    expect(on(chart(), mode, paused)().location.locationName).toBe('old');
  });
});

describe('hooks', () => {
  const forNamespaces = (...includedNamespaces: string[]) => BackupHooks.of({
    resources: [{ name: 'dump', includedNamespaces, pre: [{ container: 'postgres', command: ['/dump'] }] }],
  });

  test.each<[string[], Partial<BackupScheduleProps>, string]>([
    [['n8n-pro'], { includedNamespaces: ['n8n-prod', 'keycloak'] }, '["n8n-pro"], wanted a namespace that is saved, of n8n-prod, keycloak'],
    [['n8n-*', 'a'], { includedNamespaces: ['keycloak'] }, '["n8n-*","a"], wanted a namespace that is saved, of keycloak'],
    [['a'], { includedNamespaces: ['team-*'] }, '["a"], wanted a namespace that is saved, of team-*'],
    [['a'], { excludedNamespaces: ['a'] }, '["a"], wanted a namespace that is saved'],
  ])('for %j beside %j never run', (namespaces, props, message) => {
    expect(() => objects({ ...props, hooks: forNamespaces(...namespaces) })).toThrow(new Error(
      `${AT}: hooks.resources[0].includedNamespaces got ${message}: the hook would never run; correct it or leave the hook out`,
    ));
  });

  test.each<[string[], Partial<BackupScheduleProps>]>([
    [['n8n-prod'], { includedNamespaces: ['n8n-prod'] }],
    [['n8n-prod', 'other'], { includedNamespaces: ['n8n-prod'] }],
    [['n8n-*'], { includedNamespaces: ['n8n-prod'] }],
    [['n8n-prod'], { includedNamespaces: ['n8n-*'] }],
    [['n8n-*'], { includedNamespaces: ['team-*'] }],
    [['n8n-prod'], { includedNamespaces: ['*'] }],
    [['n8n-prod'], { excludedNamespaces: ['n8n-dev'] }],
  ])('for %j beside %j may run', (namespaces, props) => {
    expect(template({ ...props, hooks: forNamespaces(...namespaces) }).hooks.resources[0].includedNamespaces).toEqual(namespaces);
  });
});

test.each<[Partial<BackupScheduleProps>]>([
  [{ includedResources: ['pods'] }], [{ includedResources: ['po'] }], [{ includedResources: ['Pod'] }], [{ includedResources: ['*'] }],
  [{ includedResources: ['p*'] }], [{ includedNamespaceScopedResources: ['*'] }], [{ includedClusterScopedResources: ['nodes'] }],
  [{ excludedResources: ['events', 'podmonitors.monitoring.coreos.com', '*.cert-manager.io'] }],
  [{ excludedResources: ['pods'], defaultVolumesToFsBackup: false }],
])('pods are saved with %j, or need not be', filters => {
  expect(template(filters)).toMatchObject(filters);
});

describe('the policy that nobody gave', () => {
  const policies = (made: any[]) => made.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name);

  test('is a user\'s own where its name is taken', () => {
    const scope = chart();
    new VolumePolicy(scope, 'mine', { name: 'nightly-volumes', rules: [{ action: VolumeAction.SNAPSHOT }] });
    expect(() => new BackupSchedule(scope, 'nightly', MINIMAL)).toThrow(new Error(
      'ConfigMap \'test/nightly/Volumes\': name got "velero/nightly-volumes", wanted a ConfigMap that no other construct declares; '
      + '\'test/mine\' has it already: rename or remove one of them',
    ));
  });

  test('is one of its own for each schedule', () => {
    const scope = chart();
    ['a', 'b'].forEach(name => new BackupSchedule(scope, name, MINIMAL));
    expect(policies(synthesized(scope))).toEqual(['a-volumes', 'b-volumes']);
  });
});
