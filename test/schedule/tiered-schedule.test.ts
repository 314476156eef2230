import { App, Chart, Duration, Testing } from 'cdk8s';
import { BackupHooks } from '../../src/schedule/backup-hooks';
import { BackupTier } from '../../src/schedule/backup-tier';
import { CronExpression } from '../../src/schedule/cron-expression';
import { BackupApplication, TieredSchedule, TieredScheduleProps } from '../../src/schedule/tiered-schedule';
import { VolumePolicy } from '../../src/schedule/volume-policy';
import { VolumeAction } from '../../src/schedule/volume-rule';
import { schemaErrors } from '../schema';
import { only, synthesized } from '../synthesized';

const AT = 'TieredSchedule \'test/critical\'';
const LOCATION = { locationName: 'cluster-backups', namespace: 'velero' } as TieredScheduleProps['location'];
const TIER = BackupTier.of({ name: 'tier-0', rpo: Duration.hours(6), rto: Duration.hours(2), retention: Duration.hours(168) });
const EVERY_SIX_HOURS = CronExpression.of('0 */6 * * *');

function dumpOf(namespace: string): BackupHooks {
  return BackupHooks.of({ resources: [{ name: 'dump', includedNamespaces: [namespace], pre: [{ container: 'c', command: ['/dump'] }] }] });
}

function chart(): Chart {
  return new Chart(Testing.app(), 'test');
}

function tiered(scope: Chart, props: Partial<TieredScheduleProps> = {}): TieredSchedule {
  return new TieredSchedule(scope, 'critical', { tier: TIER, location: LOCATION, applications: [{ name: 'keycloak', cron: EVERY_SIX_HOURS }], ...props });
}

function objects(props: Partial<TieredScheduleProps> = {}): any[] {
  const scope = chart();
  tiered(scope, props);
  return synthesized(scope);
}

function template(props: Partial<TieredScheduleProps>, name = 'tier0-keycloak'): any {
  return only(objects(props), 'Schedule', name).spec.template;
}

function crons(names: string[], props: Partial<TieredScheduleProps> = {}): { [name: string]: string } {
  const schedules = objects({ applications: names.map(name => ({ name })), ...props }).filter(({ kind }) => kind === 'Schedule');
  return Object.fromEntries(schedules.map(({ metadata, spec }) => [metadata.name, spec.schedule]));
}

describe('the reference system', () => {
  const rows: [string, number, number, number, string, string, string, string, string][] = [
    ['tier-0', 6, 2, 168, '168h0m0s', 'tier0-n8n-prod', '0 */6 * * *', 'n8n-prod', 'n8n-prod'],
    ['tier-0', 6, 2, 168, '168h0m0s', 'tier0-keycloak', '0 */6 * * *', 'keycloak', 'keycloak'],
    ['tier-0', 6, 2, 168, '168h0m0s', 'tier0-infisical', '0 */6 * * *', 'infisical', 'infisical'],
    ['tier-0', 6, 2, 168, '168h0m0s', 'tier0-authelia', '0 */6 * * *', 'authelia', 'authelia'],
    ['tier-0', 6, 2, 168, '168h0m0s', 'tier0-lldap', '0 */6 * * *', 'lldap', 'lldap'],
    ['tier-1', 24, 4, 720, '720h0m0s', 'tier1-n8n-dev', '0 2 * * *', 'n8n-dev', 'n8n-dev'],
    ['tier-1', 24, 4, 720, '720h0m0s', 'tier1-grafana', '0 3 * * *', 'grafana', 'monitoring'],
    ['tier-2', 168, 8, 2160, '2160h0m0s', 'tier2-sealed-secrets', '0 4 * * 0', 'sealed-secrets', 'sealed-secrets'],
    ['tier-2', 168, 8, 2160, '2160h0m0s', 'tier2-cert-manager', '0 4 * * 0', 'cert-manager', 'cert-manager'],
  ];

  test.each(rows)('%s %s', (tier, rpo, rto, kept, ttl, name, cron, application, namespace) => {
    const shared = namespace !== application;
    const labelSelector = shared ? { matchLabels: { 'app.kubernetes.io/name': application } } : undefined;
    const schedule = only(objects({
      tier: BackupTier.of({ name: tier, rpo: Duration.hours(rpo), rto: Duration.hours(rto), retention: Duration.hours(kept) }),
      applications: [{ name: application, cron: CronExpression.of(cron), namespaces: shared ? [namespace] : undefined, labelSelector }],
    }), 'Schedule');
    expect(schedule).toEqual({
      apiVersion: 'velero.io/v1',
      kind: 'Schedule',
      metadata: {
        name,
        namespace: 'velero',
        labels: { 'backup-tier': tier, 'app': application },
        annotations: {
          'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
          'argocd.argoproj.io/sync-options': 'Prune=false,SkipDryRunOnMissingResource=true',
          'argocd.argoproj.io/sync-wave': '2',
          'cdk8s-velero/tier': tier,
          'cdk8s-velero/rpo': `${rpo}h`,
          'cdk8s-velero/rto': `${rto}h`,
        },
      },
      spec: {
        schedule: cron,
        skipImmediately: false,
        template: {
          metadata: { labels: { 'backup-tier': tier, namespace } },
          storageLocation: 'cluster-backups',
          ttl,
          includedNamespaces: [namespace],
          ...labelSelector && { labelSelector },
          defaultVolumesToFsBackup: true,
          resourcePolicy: { kind: 'ConfigMap', name: `${tier.replace('-', '')}-volumes` },
        },
      },
    });
    expect(['1.14.1', '1.15.2', '1.16.2', '1.17.2', '1.18.3'].flatMap(version => schemaErrors(schedule, version))).toEqual([]);
  });
});

describe('volumes', () => {
  const policy = (scope: Chart, id: string) => new VolumePolicy(scope, id, { rules: [{ action: VolumeAction.FS_BACKUP }] });

  test('one policy is for all applications', () => {
    const applications = ['keycloak', 'authelia'].map(name => ({ name }));
    expect(objects({ applications }).filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['tier0-volumes']);
  });

  test('an application may have its own, and the tier another', () => {
    const scope = chart();
    tiered(scope, { volumePolicy: policy(scope, 'of-tier'), applications: [{ name: 'keycloak' }, { name: 'authelia', volumes: policy(scope, 'of-authelia') }] });
    const made = synthesized(scope);
    expect(only(made, 'Schedule', 'tier0-keycloak').spec.template.resourcePolicy).toEqual({ kind: 'ConfigMap', name: 'of-tier' });
    expect(only(made, 'Schedule', 'tier0-authelia').spec.template.resourcePolicy).toEqual({ kind: 'ConfigMap', name: 'of-authelia' });
    expect(made.filter(({ kind }) => kind === 'ConfigMap')).toHaveLength(2);
  });

  test('tiers with the same prefix share it, whatever charts they are in', () => {
    const app: App = Testing.app();
    const [first, second] = ['first', 'second'].map(id => new Chart(app, id));
    tiered(first, { applications: [{ name: 'keycloak' }] });
    tiered(second, { applications: [{ name: 'authelia' }] });
    expect(synthesized(first).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['ConfigMap tier0-volumes', 'Schedule tier0-keycloak']);
    expect(synthesized(second).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Schedule tier0-authelia']);
    expect(only(synthesized(second), 'Schedule').spec.template.resourcePolicy).toEqual({ kind: 'ConfigMap', name: 'tier0-volumes' });
  });

  test('those of another namespace have their own', () => {
    const scope = chart();
    tiered(scope, { applications: [{ name: 'keycloak' }] });
    new TieredSchedule(scope, 'elsewhere', { tier: TIER, location: { locationName: 'l', namespace: 'other' } as any, applications: [{ name: 'keycloak' }] });
    const policies = synthesized(scope).filter(({ kind }) => kind === 'ConfigMap');
    expect(policies.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['velero/tier0-volumes', 'other/tier0-volumes']);
  });

  test('a policy of a user under its name is not mistaken for it', () => {
    const scope = chart();
    new VolumePolicy(scope, 'mine', { name: 'tier0-volumes', rules: [{ action: VolumeAction.SNAPSHOT }] });
    expect(() => tiered(scope)).toThrow(new Error(
      'ConfigMap \'test/critical/Volumes\': name got "velero/tier0-volumes", wanted a ConfigMap that no other construct declares; '
      + '\'test/mine\' has it already: rename or remove one of them',
    ));
  });

  test('there is none where no files are read', () => {
    expect(objects({ defaultVolumesToFsBackup: false })).toHaveLength(1);
  });
});

describe('options', () => {
  test('of the tier reach all applications, and those of an application win', () => {
    const props: Partial<TieredScheduleProps> = {
      snapshotVolumes: false,
      parallelFilesUpload: 2,
      excludedResources: ['events'],
      applications: [{ name: 'keycloak' }, { name: 'authelia', snapshotVolumes: true, excludedResources: undefined }],
    };
    expect(template(props)).toMatchObject({ snapshotVolumes: false, uploaderConfig: { parallelFilesUpload: 2 }, excludedResources: ['events'] });
    expect(template(props, 'tier0-authelia')).toMatchObject({
      snapshotVolumes: true, uploaderConfig: { parallelFilesUpload: 2 }, excludedResources: ['events'],
    });
  });

  test('every prop of an application reaches its schedule', () => {
    const scope = chart();
    const application: Omit<Required<BackupApplication>, 'orLabelSelectors' | 'includedResources' | 'excludedResources' | 'includeClusterResources'> = {
      name: 'keycloak',
      namespaces: ['keycloak', 'keycloak-db'],
      cron: CronExpression.of('30 */3 * * *'),
      ttl: Duration.days(3),
      volumes: new VolumePolicy(scope, 'volumes', { rules: [{ action: VolumeAction.FS_BACKUP }] }),
      includedClusterScopedResources: ['persistentvolumes'],
      excludedClusterScopedResources: ['nodes'],
      includedNamespaceScopedResources: ['pods'],
      excludedNamespaceScopedResources: ['events'],
      labelSelector: { matchLabels: { a: 'b' } },
      orderedResources: { pods: ['keycloak/keycloak-0'] },
      hooks: BackupHooks.of({ resources: [{ name: 'dump', pre: [{ container: 'c', command: ['/dump'] }] }] }),
      defaultVolumesToFsBackup: true,
      defaultVolumesToRestic: true,
      snapshotVolumes: true,
      volumeSnapshotLocations: ['aws'],
      snapshotMoveData: false,
      datamover: 'velero',
      csiSnapshotTimeout: Duration.minutes(10),
      itemOperationTimeout: Duration.hours(4),
      parallelFilesUpload: 4,
      volumeGroupSnapshotLabelKey: 'group',
      paused: true,
      skipImmediately: false,
      useOwnerReferencesInBackup: true,
      offsite: true,
    };
    tiered(scope, { applications: [application] });
    expect(only(synthesized(scope), 'Schedule').spec).toEqual({
      schedule: '30 */3 * * *',
      paused: true,
      skipImmediately: false,
      useOwnerReferencesInBackup: true,
      template: {
        metadata: { labels: { 'backup-tier': 'tier-0' } },
        storageLocation: 'cluster-backups',
        ttl: '72h0m0s',
        includedNamespaces: ['keycloak', 'keycloak-db'],
        includedClusterScopedResources: ['persistentvolumes'],
        excludedClusterScopedResources: ['nodes'],
        includedNamespaceScopedResources: ['pods'],
        excludedNamespaceScopedResources: ['events'],
        labelSelector: { matchLabels: { a: 'b' } },
        orderedResources: { pods: 'keycloak/keycloak-0' },
        hooks: { resources: [{ name: 'dump', pre: [{ exec: { container: 'c', command: ['/dump'], onError: 'Continue', timeout: '30s' } }] }] },
        defaultVolumesToFsBackup: true,
        defaultVolumesToRestic: true,
        snapshotVolumes: true,
        volumeSnapshotLocations: ['aws'],
        snapshotMoveData: false,
        datamover: 'velero',
        csiSnapshotTimeout: '10m0s',
        itemOperationTimeout: '4h0m0s',
        uploaderConfig: { parallelFilesUpload: 4 },
        volumeGroupSnapshotLabelKey: 'group',
        resourcePolicy: { kind: 'ConfigMap', name: 'volumes' },
      },
    });
  });

  test.each([[['*']], [['team-*']]])('backups of %j name no namespace in their labels', namespaces => {
    expect(template({ applications: [{ name: 'keycloak', namespaces }] }).metadata.labels).toEqual({ 'backup-tier': 'tier-0' });
  });

  test('the prefix of the names', () => {
    expect(objects({ namePrefix: 'gold' }).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['ConfigMap gold-volumes', 'Schedule gold-keycloak']);
  });
});

test('an application may mend what cannot work for all', () => {
  const applications = [{ name: 'a', defaultVolumesToFsBackup: false }];
  expect(template({ excludedResources: ['pods'], applications }, 'tier0-a')).toMatchObject({ excludedResources: ['pods'], defaultVolumesToFsBackup: false });
});

test('hooks of the tier are for all its applications together', () => {
  const applications = [{ name: 'a' }, { name: 'b' }];
  expect(template({ hooks: dumpOf('b'), applications }, 'tier0-a').hooks.resources[0].includedNamespaces).toEqual(['b']);
});

test('what a tier shares is not changed by an application', () => {
  const made = objects({ snapshotVolumes: false, applications: [{ name: 'a' }, { name: 'b', snapshotVolumes: true }, { name: 'c' }] });
  expect(made.filter(({ kind }) => kind === 'Schedule').map(({ spec }) => spec.template.snapshotVolumes)).toEqual([false, true, false]);
});

describe('derived crons', () => {
  const names = Array.from({ length: 40 }, (_, index) => `application-${index}`);

  test('keep the RPO', () => {
    Object.values(crons(names)).forEach(cron => expect(CronExpression.of(cron).longestGap().toHours()).toBeLessThanOrEqual(6));
  });

  test('differ, and an application more moves none', () => {
    const before = crons(names);
    expect(new Set(Object.values(before)).size).toBeGreaterThan(20);
    expect(crons(['one-more', ...names])).toMatchObject(before);
  });

  test('lie in the window', () => {
    const minutes = Object.values(crons(names, { window: Duration.minutes(5), windowStart: Duration.minutes(10) })).map(cron => Number(cron.split(' ')[0]));
    minutes.forEach(minute => expect([10, 11, 12, 13, 14]).toContain(minute));
  });
});

describe('later additions', () => {
  test('are schedules as well, and the list of all is a copy', () => {
    const scope = chart();
    const tier = tiered(scope);
    const added = tier.addApplication({ name: 'authelia' });
    expect([added.scheduleName, added.namespace]).toEqual(['tier0-authelia', 'velero']);
    tier.schedules.pop();
    expect(tier.schedules.map(({ scheduleName }) => scheduleName)).toEqual(['tier0-keycloak', 'tier0-authelia']);
    expect(synthesized(scope).filter(({ kind }) => kind === 'Schedule')).toHaveLength(2);
  });

  test('are refused when the tier has them', () => {
    expect(() => tiered(chart()).addApplication({ name: 'keycloak' })).toThrow(new Error(
      `${AT}: applications got ["keycloak"], wanted each name once; rename or remove all but one of each`,
    ));
  });
});

describe('refuses', () => {
  const gap = (name: string, cron: string, hours: number) => `applications['${name}'].cron got "${cron}", `
    + `wanted a longest gap of at most the RPO 6h, but it is ${hours}h; run it more often or allow a larger RPO`;

  test.each<[string, Partial<TieredScheduleProps>, string]>([
    ['no application', { applications: [] }, `${AT}: applications got [], wanted at least one application; name one or remove the tier`],
    ['applications twice', { applications: ['a', 'b', 'a', 'b', 'c', 'a'].map(name => ({ name })) },
      `${AT}: applications got ["a","b","a"], wanted each name once; rename or remove all but one of each`],
    ['what cannot be a name', { applications: [{ name: 'N8N' }] },
      `${AT}: applications.name got "N8N", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit`],
    ['a cron that does not keep the RPO', { applications: [{ name: 'keycloak', cron: CronExpression.of('0 2 * * *') }] },
      `${AT}: ${gap('keycloak', '0 2 * * *', 24)}`],
    ['several of them, all at once', {
      applications: [{ name: 'a', cron: CronExpression.of('0 2 * * *') }, { name: 'b' }, { name: 'c', cron: CronExpression.of('@every 7h') }],
    }, `${AT}: 2 problems\n  - ${gap('a', '0 2 * * *', 24)}\n  - ${gap('c', '@every 7h', 7)}`],
    ['a name that is too long with its prefix', { applications: [{ name: 'a'.repeat(58) }] },
      `BackupSchedule 'test/critical/${'a'.repeat(58)}': name got "tier0-${'a'.repeat(58)}", wanted at most 63 lower-case letters, digits, "-" and ".", `
      + 'each part between dots beginning and ending with a letter or digit: Velero labels each backup with it'],
    ['no namespaces', { applications: [{ name: 'a', namespaces: [] }] },
      'BackupSchedule \'test/critical/a\': includedNamespaces got [], wanted at least one item; leave it out to filter nothing'],
    ['a retention below the gap', { applications: [{ name: 'a', cron: EVERY_SIX_HOURS, ttl: Duration.hours(6) }] },
      'BackupSchedule \'test/critical/a\': ttl got "6h", wanted more than 6h, the longest gap of the cron \'0 */6 * * *\': '
      + 'otherwise the last good backup expires before the next; keep backups longer or make them more often'],
  ])('%s', (_, props, message) => {
    expect(() => objects(props)).toThrow(new Error(message));
  });

  test.each<[string, any, string]>([
    ['a window longer than the period', { window: Duration.hours(30), applications: [{ name: 'x' }] },
      'window got "30h", wanted whole minutes, at least 1 and at most the period of 6h'],
    ['a window as text', { window: '4h' }, 'window got "4h", wanted a Duration, such as Duration.days(30)'],
    ['no applications', { applications: undefined }, 'applications: wanted a list'],
    ['applications by name', { applications: ['keycloak'] }, 'applications[0] got "keycloak", wanted an object'],
    ['an application without a name', { applications: [{ namespaces: ['a'] }] }, 'applications[0].name: wanted a string'],
    ['a cron as text', { applications: [{ name: 'a', cron: '@daily' }] },
      'applications[0].cron got "@daily", wanted a CronExpression, such as CronExpression.of(\'0 2 * * *\')'],
    ['no tier', { tier: undefined }, 'tier: wanted a BackupTier'],
    ['a location by name', { location: 'offsite' }, 'location got "offsite", wanted a location, such as a BackupStorageLocation'],
    ['options that cannot work, once for all', { excludedResources: ['pods'], applications: [{ name: 'a' }, { name: 'b' }] },
      'excludedResources got ["pods"], wanted pods among what is saved: the files of volumes are read with their pods only, and none would be; '
      + 'include pods, or write defaultVolumesToFsBackup: false'],
    ['fractions of a second', { csiSnapshotTimeout: Duration.millis(1) }, 'csiSnapshotTimeout got "0.001s", wanted a whole number of seconds, at least 1'],
    ['hooks of an application for another namespace', { applications: [{ name: 'a', hooks: dumpOf('b') }] },
      'applications[\'a\'].hooks.resources[0].includedNamespaces got ["b"], wanted a namespace that is saved, of a: the hook would never run; '
      + 'correct it or leave the hook out'],
  ])('%s, as a problem of the tier', (_, props, message) => {
    expect(() => objects(props)).toThrow(new Error(`${AT}: ${message}`));
  });

  test('no props', () => {
    expect(() => new TieredSchedule(chart(), 'critical', undefined as any)).toThrow(new Error([
      `${AT}: 3 problems`,
      '  - tier: wanted a BackupTier',
      '  - location: wanted a location, such as a BackupStorageLocation',
      '  - applications: wanted a list',
    ].join('\n')));
  });

  test('an addition that is none', () => {
    expect(() => tiered(chart()).addApplication('authelia' as any)).toThrow(new Error(`${AT}: application got "authelia", wanted an object`));
    expect(() => tiered(chart()).addApplication(undefined as any)).toThrow(new Error(`${AT}: application: wanted an object`));
  });

  test('options of an application that cannot work, at its schedule', () => {
    expect(() => objects({ applications: [{ name: 'a', parallelFilesUpload: 0 }] })).toThrow(new Error(
      'BackupSchedule \'test/critical/a\': parallelFilesUpload got 0, wanted a whole number, at least 1',
    ));
  });

  test('a second tier with the same schedules', () => {
    const app: App = Testing.app();
    tiered(new Chart(app, 'test'), { applications: [{ name: 'a', snapshotVolumes: true }] });
    expect(() => tiered(new Chart(app, 'again'), { volumePolicy: VolumePolicy.fromConfigMapName(app, 'v', 'v'), applications: [{ name: 'a' }] })).toThrow(new Error(
      'Schedule \'again/critical/a\': name got "velero/tier0-a", wanted a Schedule that no other construct declares; '
      + '\'test/critical/a\' has it already: rename or remove one of them',
    ));
  });
});
