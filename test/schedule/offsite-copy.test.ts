import { Chart, Duration, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { BackupTier } from '../../src/schedule/backup-tier';
import { CronExpression } from '../../src/schedule/cron-expression';
import { OffsiteCopy } from '../../src/schedule/offsite-copy';
import { offsiteCron } from '../../src/schedule/offsite-spread';
import { sharedStart } from '../../src/schedule/offsite-start';
import { BackupApplication, TieredSchedule, TieredScheduleProps } from '../../src/schedule/tiered-schedule';
import { schemaErrors } from '../schema';
import { only, synthesized } from '../synthesized';

const AT = 'TieredSchedule \'test/critical\'';
const LOCATION = { locationName: 'cluster-backups', namespace: 'velero' };
const AWS = { locationName: 'aws', namespace: 'velero' };
const TIER = BackupTier.of({ name: 'tier-0', rpo: Duration.hours(6), rto: Duration.hours(2), retention: Duration.hours(168) });
const cron = CronExpression.of('0 */6 * * *');

function tiered(offsite: Partial<OffsiteCopy> = {}, props: Partial<TieredScheduleProps> = {}): TieredSchedule {
  return new TieredSchedule(new Chart(Testing.app(), 'test'), 'critical', {
    tier: TIER, location: LOCATION, applications: [{ name: 'keycloak', cron }], offsite: { location: AWS, ...offsite }, ...props,
  });
}

function objects(offsite?: Partial<OffsiteCopy>, props?: Partial<TieredScheduleProps>): any[] {
  return synthesized(tiered(offsite, props).node.scope as Chart);
}

function names(offsite?: Partial<OffsiteCopy>, applications?: BackupApplication[]): string[] {
  return objects(offsite, applications && { applications }).map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
}

test('one declaration makes a second schedule with name, label and RPO of its own', () => {
  const made = objects({}, { snapshotVolumes: false });

  expect(made.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort())
    .toEqual(['ConfigMap tier0-volumes', 'Schedule tier0-keycloak', 'Schedule tier0-offsite-keycloak']);
  expect(only(made, 'Schedule', 'tier0-offsite-keycloak')).toEqual({
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    metadata: {
      name: 'tier0-offsite-keycloak',
      namespace: 'velero',
      labels: { 'backup-tier': 'tier-0-offsite', 'app': 'keycloak' },
      annotations: {
        'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
        'argocd.argoproj.io/sync-options': 'Prune=false,SkipDryRunOnMissingResource=true',
        'argocd.argoproj.io/sync-wave': '2',
        'cdk8s-velero/tier': 'tier-0-offsite',
        'cdk8s-velero/rpo': '168h',
        'cdk8s-velero/rto': '2h',
      },
    },
    spec: {
      schedule: '11 2 * * 0',
      skipImmediately: false,
      template: {
        metadata: { labels: { 'backup-tier': 'tier-0-offsite', 'namespace': 'keycloak' } },
        storageLocation: 'aws',
        ttl: '720h0m0s',
        includedNamespaces: ['keycloak'],
        snapshotVolumes: false,
        defaultVolumesToFsBackup: true,
        resourcePolicy: { kind: 'ConfigMap', name: 'tier0-volumes' },
      },
    },
  });
  expect(only(made, 'Schedule', 'tier0-keycloak').spec).toMatchObject({ schedule: '0 */6 * * *', template: { storageLocation: 'cluster-backups', ttl: '168h0m0s' } });
  expect(made.filter(({ kind }) => kind === 'Schedule').flatMap(schedule => schemaErrors(schedule, '1.14.1'))).toEqual([]);
});

test('takes everything', () => {
  const all: Required<OffsiteCopy> = {
    location: AWS, cron: CronExpression.of('30 4 * * *'), rpo: Duration.days(2), rto: Duration.hours(24), retention: Duration.days(90), namePrefix: 'aws',
  };

  const schedule = only(objects(all), 'Schedule', 'aws-keycloak');

  expect(schedule.metadata.annotations).toMatchObject({ 'cdk8s-velero/rpo': '48h', 'cdk8s-velero/rto': '24h' });
  expect(schedule.spec).toMatchObject({ schedule: '30 4 * * *', template: { ttl: '2160h0m0s' } });
});

test('the RPO of a copy is the longest gap of its cron', () => {
  expect(only(objects({ cron: CronExpression.of('30 4 * * 1,4') }), 'Schedule', 'tier0-offsite-keycloak').metadata.annotations['cdk8s-velero/rpo']).toBe('96h');
});

test('a copy is kept as long as the tier keeps the first, where that is longer than 30 days', () => {
  const tier = BackupTier.of({ name: 'tier-2', rpo: Duration.days(7), rto: Duration.hours(8), retention: Duration.days(90) });
  expect(only(objects({}, { tier }), 'Schedule', 'tier2-offsite-keycloak').spec.template.ttl).toBe('2160h0m0s');
});

test('an application can stay at home', () => {
  expect(names({}, [{ name: 'keycloak', cron }, { name: 'sealed-secrets', cron, offsite: false }]))
    .toEqual(['ConfigMap tier0-volumes', 'Schedule tier0-keycloak', 'Schedule tier0-offsite-keycloak', 'Schedule tier0-sealed-secrets']);
});

test('the options of an application hold for both, its ttl for the first', () => {
  const made = objects({}, { applications: [{ name: 'keycloak', cron, ttl: Duration.days(14), excludedResources: ['events'] }] });
  const template = (name: string) => only(made, 'Schedule', name).spec.template;
  expect([template('tier0-keycloak'), template('tier0-offsite-keycloak')].map(({ excludedResources, ttl }) => [excludedResources, ttl]))
    .toEqual([[['events'], '336h0m0s'], [['events'], '720h0m0s']]);
});

test('without it, or with an application called like its scope, nothing is added', () => {
  expect(objects(undefined, { offsite: undefined, applications: [{ name: 'offsite', cron }] }).filter(({ kind }) => kind === 'Schedule').map(({ metadata }) => metadata.name))
    .toEqual(['tier0-offsite']);
  expect(tiered(undefined, { offsite: undefined }).offsiteSchedules).toEqual([]);
});

test('the two lists of schedules are apart, and an application that comes later is in both', () => {
  const both = tiered();
  both.addApplication({ name: 'authelia', cron });

  expect(both.schedules.map(({ scheduleName }) => scheduleName)).toEqual(['tier0-keycloak', 'tier0-authelia']);
  expect(both.offsiteSchedules.map(({ scheduleName }) => scheduleName)).toEqual(['tier0-offsite-keycloak', 'tier0-offsite-authelia']);
});

describe('refuses', () => {
  const wrong: [string, Partial<OffsiteCopy>, string][] = [
    ['the same location', { location: LOCATION },
      'offsite.location got "cluster-backups", wanted another location than that of the tier: a copy beside the first is lost with it'],
    ['a location of another Velero', { location: { locationName: 'aws', namespace: 'other' } },
      'offsite.location got "other/aws", wanted a location in velero, where that of the tier is'],
    ['a start together with the first', { cron: CronExpression.of('0 6 * * 0') },
      "offsite.cron got \"0 6 * * 0\", wanted no start together with '0 */6 * * *' of keycloak, as at 06:00: both copies would start at once; "
      + 'choose another minute, or leave it out: it is then derived'],
    ['a start together with the first by another clock', { cron: CronExpression.of('CRON_TZ=Etc/UTC 0 6 * * 0') },
      "offsite.cron got \"CRON_TZ=Etc/UTC 0 6 * * 0\", wanted no start together with '0 */6 * * *' of keycloak, as at 06:00 UTC: both copies would start at once; "
      + 'choose another minute, or leave it out: it is then derived'],
    ['a cron that does not keep the RPO', { cron: CronExpression.of('30 3 * * 0'), rpo: Duration.days(1) },
      'offsite.cron got "30 3 * * 0", wanted a longest gap of at most the RPO 24h, but it is 168h; run it more often or allow a larger RPO'],
    ['a prefix that is none', { namePrefix: 'Off' },
      'offsite.namePrefix got "Off", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit'],
    ['a duration of no whole seconds', { retention: Duration.millis(1500) }, 'offsite.retention got "1.5s", wanted a whole number of seconds, at least 1'],
    ['no location', { location: undefined }, 'offsite.location: wanted a location, such as a BackupStorageLocation'],
    ['a location that is none', { location: 'aws' as any }, 'offsite.location got "aws", wanted a location, such as a BackupStorageLocation'],
    ['a cron that is none', { cron: '0 2 * * 0' as any }, "offsite.cron got \"0 2 * * 0\", wanted a CronExpression, such as CronExpression.of('0 2 * * 0')"],
    ['a prop that there is not', { retentions: Duration.days(1) } as any, 'offsite.retentions: wanted a prop that there is; write retention'],
  ];

  test.each(wrong)('%s', (_, offsite, message) => {
    expect(() => tiered(offsite)).toThrow(new Error(`${AT}: ${message}`));
  });

  test('a cron that meets a derived one', () => {
    const applications = [{ name: 'keycloak' }];
    const derived = only(objects({}, { applications }), 'Schedule', 'tier0-keycloak').spec.schedule;
    expect(() => tiered({ cron: CronExpression.of(derived) }, { applications })).toThrow(`wanted no start together with '${derived}' of keycloak`);
  });

  test('a cron that meets one at home is fine where there is no second copy', () => {
    expect(() => tiered({ cron: CronExpression.of('0 6 * * 0') }, { applications: [{ name: 'keycloak', cron, offsite: false }] })).not.toThrow();
  });

  test('a retention that is not longer than the RPO', () => {
    expect(() => tiered({ retention: Duration.days(7) })).toThrow(new Error("BackupTier 'tier-0-offsite': retention got \"168h\", wanted longer than the RPO of 168h; "
      + 'otherwise the last good backup is deleted before the next one exists'));
  });

  test('an application whose offsite is no truth', () => {
    expect(() => tiered({}, { applications: [{ name: 'keycloak', cron, offsite: 'no' as any }] }))
      .toThrow(new Error(`${AT}: applications[0].offsite got "no", wanted true or false`));
  });
});

describe('derived starts', () => {
  const WEEK = Duration.days(7);

  test.each([
    ['0 */6 * * *', 90],
    ['0 2 * * *', 89],
    ['0 3 * * *', 60],
    ['30 12 * * *', 120],
    ['0 * * * *', 15],
    ['*/5 * * * *', 1],
    ['0 4 * * 0', 90],
  ])('are apart from %s by %i minutes at least', (first, minutes) => {
    const taken = minutesOf(first);
    for (let index = 0; index < 200; index++) {
      const [minute, hour] = offsiteCron(`app-${index}`, WEEK, CronExpression.of(first)).expression.split(' ').map(Number);
      expect(hour).toBeGreaterThanOrEqual(1);
      expect(hour).toBeLessThan(5);
      expect(Math.min(...taken.map(other => apart(other, 60 * hour + minute)))).toBeGreaterThanOrEqual(minutes);
    }
  });

  test('depend on the name, and only on it and the two rhythms', () => {
    const cronOf = (name: string) => offsiteCron(name, WEEK, cron).expression;
    expect(cronOf('keycloak')).toBe('11 2 * * 0');
    expect(new Set(Array.from({ length: 200 }, (_, index) => cronOf(`app-${index}`))).size).toBeGreaterThan(100);
  });

  test('several a day keep apart with all of them', () => {
    const expression = offsiteCron('keycloak', Duration.hours(12), CronExpression.of('0 */6 * * *')).expression;
    const [minute, hours] = expression.split(' ');
    expect(hours.split(',')).toHaveLength(2);
    for (const hour of hours.split(',')) {
      expect(Math.min(...minutesOf('0 */6 * * *').map(other => apart(other, 60 * Number(hour) + Number(minute))))).toBeGreaterThanOrEqual(90);
    }
  });

  test('a night that is full leaves the day, and a day that is full whatever there is', () => {
    const [, hour] = offsiteCron('keycloak', WEEK, CronExpression.of('* 1-4 * * *')).expression.split(' ').map(Number);
    expect(hour).toBeGreaterThanOrEqual(6);
    expect(offsiteCron('keycloak', WEEK, CronExpression.of('* * * * *')).expression).toMatch(/^\d+ \d+ \* \* 0$/);
  });

  test('in a zone, summer and winter count', () => {
    const first = CronExpression.of('CRON_TZ=Europe/Berlin 30 4 * * *');
    expect(first._minutesOfDay().sort((a, b) => a - b)).toEqual([150, 210]);
    for (let index = 0; index < 100; index++) {
      const [minute, hour] = offsiteCron(`app-${index}`, WEEK, first).expression.split(' ').map(Number);
      expect(Math.min(apart(150, 60 * hour + minute), apart(210, 60 * hour + minute))).toBeGreaterThanOrEqual(44);
    }
  });

  test('there is no minute to keep away from where the first drifts', () => {
    expect(CronExpression.of('@every 5h')._minutesOfDay()).toEqual([]);
    expect(offsiteCron('keycloak', WEEK, CronExpression.of('@every 5h')).expression).toMatch(/^\d+ [1-4] \* \* 0$/);
  });

  test('never share a start with what they are derived from', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 20 });
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 24 });
    const rpo = fc.constantFrom(Duration.hours(2), Duration.hours(12), Duration.days(1), Duration.days(3), Duration.days(30));
    fc.assert(fc.property(minutes, hours, rpo, fc.string(), (atMinutes, atHours, behind, name) => {
      const first = CronExpression.of(`${atMinutes} ${atHours} * * *`);
      expect(sharedStart(offsiteCron(name, behind, first), first)).toBeUndefined();
    }), { numRuns: 200 });
  });
});

describe('crons share a start', () => {
  test.each([
    ['0 4 * * 0', '0 */2 * * *', '04:00'],
    ['0 4 * * 0', '0 4 1 * *', '04:00'],
    ['0 4 1 1 *', '0 4 2 1 *', undefined],
    ['5 4 * * *', '0 4 * * *', undefined],
    ['0 4 * * *', '@every 4h', undefined],
    ['@every 4h', '0 4 * * *', undefined],
    ['CRON_TZ=Europe/Berlin 7 4 * * *', 'CRON_TZ=Europe/Berlin 7 4 * * 0', '04:07 Europe/Berlin'],
    ['CRON_TZ=Europe/Berlin 0 4 * * *', '0 4 * * *', undefined],
    ['0 2 * * *', 'CRON_TZ=Etc/UTC 0 2 * * 0', '02:00 UTC'],
    ['CRON_TZ=Europe/Berlin 0 4 * * *', '0 3 * * *', '03:00 UTC'],
    ['CRON_TZ=Europe/Berlin 0 4 * * *', 'CRON_TZ=Europe/Paris 0 4 * * 0', '03:00 UTC'],
    ['CRON_TZ=Europe/Berlin 0 4 * 1 *', '0 2 * * *', undefined], // in winter it is 03:00 UTC
    ['CRON_TZ=Europe/Berlin 0 4 * 7 *', '0 2 * * *', '02:00 UTC'],
    ['CRON_TZ=Asia/Tokyo 0 4 * * 0', '0 19 * * 6', '19:00 UTC'], // Sunday there is Saturday here
    ['CRON_TZ=Asia/Tokyo 0 4 * * 0', '0 19 * * 0', undefined],
    ['CRON_TZ=Asia/Kolkata 15 4 * * *', '45 22 * * *', '22:45 UTC'],
    ['CRON_TZ=Asia/Kolkata 15 4 * * *', '15 22 * * *', undefined],
    ['CRON_TZ=Africa/Casablanca 0 4 * * *', '0 4 * * *', '04:00 UTC'], // in Ramadan
    ['CRON_TZ=Europe/Berlin 30 2 * * *', '30 1 29 3 *', '01:30 UTC'], // in 2025, when spring is a day later
    ['CRON_TZ=Europe/Berlin 30 2 25 10 *', 'CRON_TZ=Etc/UTC 30 1 25 10 *', '01:30 UTC'], // autumn has it twice
    ['CRON_TZ=Europe/Berlin 0 4 * * *', '@every 4h', undefined],
  ])('%s and %s: %s', (one, other, shared) => {
    expect(sharedStart(CronExpression.of(one), CronExpression.of(other))).toBe(shared);
  });

  test('where their next starts do', () => {
    const cronIn = (zone: fc.Arbitrary<string>) => fc.tuple(zone, fc.constantFrom(0, 30), fc.constantFrom(0, 1, 2, 3, 23), fc.constantFrom('*', 0, 1))
      .map(([at, minute, hour, weekday]) => CronExpression.of(`${at}${minute} ${hour} * * ${weekday}`));
    const zones = ['CRON_TZ=Europe/Berlin ', 'CRON_TZ=America/New_York ', 'CRON_TZ=Europe/London '];
    fc.assert(fc.property(cronIn(fc.constant('')), cronIn(fc.constantFrom(...zones)), (one, other) => {
      const [starts, others] = [one, other].map(each => each.nextRuns(new Date('2024-12-31T00:00Z'), / [01]$/.test(each.expression) ? 53 : 366)
        .map(start => start.getTime()));
      const together = starts.some(start => others.includes(start));
      expect([sharedStart(one, other), sharedStart(other, one)].map(shared => shared !== undefined)).toEqual([together, together]);
    }), { numRuns: 20 });
  });
});

function minutesOf(expression: string): number[] {
  return CronExpression.of(expression)._wallMinutes();
}

function apart(one: number, other: number): number {
  const between = Math.abs(one - other);
  return Math.min(between, 1440 - between);
}
