import { App, Chart, Duration, Testing } from 'cdk8s';
import { Declarations } from '../../src/findings';
import { BackupHooks } from '../../src/schedule/backup-hooks';
import { BackupSchedule, BackupScheduleProps, IBackupSchedule } from '../../src/schedule/backup-schedule';
import { BackupTier } from '../../src/schedule/backup-tier';
import { CronExpression } from '../../src/schedule/cron-expression';
import { VolumePolicy } from '../../src/schedule/volume-policy';
import { VolumeAction } from '../../src/schedule/volume-rule';
import { releaseOf } from '../../src/versions';
import { schemaErrors } from '../schema';
import { defaultChildOf, only, synthesized } from '../synthesized';

const AT = 'BackupSchedule \'test/nightly\'';
const LOCATION = { locationName: 'cluster-backups', namespace: 'velero' } as BackupScheduleProps['location'];
const MINIMAL = { location: LOCATION, cron: CronExpression.of('0 2 * * *'), ttl: Duration.days(30) };
const NAME = 'at most 63 lower-case letters, digits, "-" and ".", each part between dots beginning and ending with a letter or digit: '
  + 'Velero labels each backup with it';
const NAMESPACE = 'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const PATTERN = 'a namespace, or a pattern of one with "*", "?" and sets such as "[abc]", without "**"';
const KEY = 'a label key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"';
const VALUE = 'a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
const KIND = 'kinds of resources, such as pods or deployments.apps, patterns of them, or "*"';
const SUBDOMAIN = 'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
const NO_PODS = 'wanted pods among what is saved: the files of volumes are read with their pods only, and none would be; '
  + 'include pods, or write defaultVolumesToFsBackup: false';
const HOOKS = BackupHooks.of({ resources: [{ name: 'dump', pre: [{ container: 'postgres', command: ['/dump'] }] }] });
const MIXED = 'wanted older or newer ones: Velero refuses a backup with both;';

function chart(): Chart {
  return new Chart(Testing.app(), 'test');
}

function objects(props: Partial<BackupScheduleProps> = {}): any[] {
  const scope = chart();
  new BackupSchedule(scope, 'nightly', { ...MINIMAL, ...props });
  return synthesized(scope);
}

function schedule(props: Partial<BackupScheduleProps> = {}): any {
  return only(objects(props), 'Schedule');
}

function template(props: Partial<BackupScheduleProps>): any {
  return schedule(props).spec.template;
}

/** Each prop, and no filter with one that goes not with it. */
function everything(scope: Chart): Required<Omit<BackupScheduleProps, 'orLabelSelectors' | 'includedResources' | 'excludedResources' | 'includeClusterResources'>> {
  return {
    name: 'everything',
    location: LOCATION,
    cron: CronExpression.of('0 */6 * * *'),
    ttl: Duration.days(7),
    tier: BackupTier.of({ name: 'tier-0', rpo: Duration.hours(8), rto: Duration.hours(4), retention: Duration.days(8) }),
    rpo: Duration.hours(6),
    rto: Duration.minutes(90),
    includedNamespaces: ['n8n-prod', 'keycloak'],
    excludedNamespaces: ['kube-system'],
    volumePolicy: new VolumePolicy(scope, 'volumes', { namespace: 'velero', rules: [{ action: VolumeAction.FS_BACKUP }] }),
    labels: { team: 'platform' },
    backupLabels: { tier: 'zero' },
    annotations: { 'example.org/owner': 'platform' },
    includedClusterScopedResources: ['persistentvolumes'],
    excludedClusterScopedResources: ['nodes'],
    includedNamespaceScopedResources: ['pods', 'persistentvolumeclaims'],
    excludedNamespaceScopedResources: ['events'],
    labelSelector: { matchLabels: { app: 'n8n' } },
    orderedResources: { pods: ['n8n-prod/n8n-postgres-1', 'n8n-prod/n8n-0'], persistentvolumes: ['pv-1'] },
    hooks: BackupHooks.of({ resources: [{ name: 'dump', pre: [{ container: 'postgres', command: ['/dump'] }] }] }),
    defaultVolumesToFsBackup: true,
    defaultVolumesToRestic: true,
    snapshotVolumes: true,
    volumeSnapshotLocations: ['aws'],
    snapshotMoveData: true,
    datamover: 'velero',
    csiSnapshotTimeout: Duration.minutes(10),
    itemOperationTimeout: Duration.hours(4),
    parallelFilesUpload: 4,
    volumeGroupSnapshotLabelKey: 'velero.io/volume-group',
    paused: true,
    skipImmediately: false,
    useOwnerReferencesInBackup: false,
  };
}

describe('a schedule with what it needs', () => {
  test('is complete', () => {
    expect(schedule()).toEqual({
      apiVersion: 'velero.io/v1',
      kind: 'Schedule',
      metadata: {
        name: 'nightly',
        namespace: 'velero',
        annotations: {
          'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
          'argocd.argoproj.io/sync-options': 'Prune=false,SkipDryRunOnMissingResource=true',
          'argocd.argoproj.io/sync-wave': '2',
        },
      },
      spec: {
        schedule: '0 2 * * *',
        skipImmediately: false,
        template: {
          metadata: { labels: { 'velero.io/schedule-name': 'nightly' } },
          storageLocation: 'cluster-backups',
          ttl: '720h0m0s',
          defaultVolumesToFsBackup: true,
          resourcePolicy: { kind: 'ConfigMap', name: 'nightly-volumes' },
        },
      },
    });
  });

  test('skips emptyDir volumes', () => {
    const configMap = only(objects(), 'ConfigMap', 'nightly-volumes');
    expect(configMap.metadata.namespace).toBe('velero');
    expect(configMap.data['policy.yaml']).toBe('version: v1\nvolumePolicies:\n  - conditions:\n      volumeTypes:\n        - emptyDir\n    action:\n      type: skip\n');
  });

  test('has no policy when the files of volumes are not read', () => {
    expect(objects({ defaultVolumesToFsBackup: false })).toHaveLength(1);
    expect(template({ defaultVolumesToFsBackup: false })).not.toHaveProperty('resourcePolicy');
  });

  test('tells what it is', () => {
    const made = new BackupSchedule(chart(), 'nightly', { ...MINIMAL, rpo: Duration.hours(24), rto: Duration.hours(2) });
    expect([made.scheduleName, made.namespace, made.cron, made.ttl, made.location]).toEqual(['nightly', 'velero', MINIMAL.cron, MINIMAL.ttl, LOCATION]);
    expect([made.rpo!.toHours(), made.rto!.toHours()]).toEqual([24, 2]);
    expect(defaultChildOf(made).kind).toBe('Schedule');
  });
});

describe('a schedule with all that can be said', () => {
  test('says it', () => {
    const scope = chart();
    new BackupSchedule(scope, 'nightly', everything(scope));
    expect(only(synthesized(scope), 'Schedule')).toEqual({
      apiVersion: 'velero.io/v1',
      kind: 'Schedule',
      metadata: {
        name: 'everything',
        namespace: 'velero',
        labels: { team: 'platform' },
        annotations: {
          'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
          'argocd.argoproj.io/sync-options': 'Prune=false,SkipDryRunOnMissingResource=true',
          'argocd.argoproj.io/sync-wave': '2',
          'cdk8s-velero/tier': 'tier-0',
          'cdk8s-velero/rpo': '6h',
          'cdk8s-velero/rto': '1h30m',
          'example.org/owner': 'platform',
        },
      },
      spec: {
        schedule: '0 */6 * * *',
        paused: true,
        skipImmediately: false,
        useOwnerReferencesInBackup: false,
        template: {
          metadata: { labels: { tier: 'zero' } },
          storageLocation: 'cluster-backups',
          ttl: '168h0m0s',
          includedNamespaces: ['n8n-prod', 'keycloak'],
          excludedNamespaces: ['kube-system'],
          includedClusterScopedResources: ['persistentvolumes'],
          excludedClusterScopedResources: ['nodes'],
          includedNamespaceScopedResources: ['pods', 'persistentvolumeclaims'],
          excludedNamespaceScopedResources: ['events'],
          labelSelector: { matchLabels: { app: 'n8n' } },
          orderedResources: { pods: 'n8n-prod/n8n-postgres-1,n8n-prod/n8n-0', persistentvolumes: 'pv-1' },
          hooks: { resources: [{ name: 'dump', pre: [{ exec: { container: 'postgres', command: ['/dump'], onError: 'Continue', timeout: '30s' } }] }] },
          defaultVolumesToFsBackup: true,
          defaultVolumesToRestic: true,
          snapshotVolumes: true,
          volumeSnapshotLocations: ['aws'],
          snapshotMoveData: true,
          datamover: 'velero',
          csiSnapshotTimeout: '10m0s',
          itemOperationTimeout: '4h0m0s',
          uploaderConfig: { parallelFilesUpload: 4 },
          volumeGroupSnapshotLabelKey: 'velero.io/volume-group',
          resourcePolicy: { kind: 'ConfigMap', name: 'volumes' },
        },
      },
    });
  });

  test('says with the older filters what goes not with the newer', () => {
    const older: Required<Pick<BackupScheduleProps, 'orLabelSelectors' | 'includedResources' | 'excludedResources' | 'includeClusterResources'>> = {
      includedResources: ['pods', 'persistentvolumeclaims'],
      excludedResources: ['events'],
      includeClusterResources: false,
      orLabelSelectors: [{ matchLabels: { app: 'n8n' } }, { matchLabels: { app: 'redis' } }],
    };
    expect(template(older)).toMatchObject(older);
  });
});

describe.each(['1.14.1', '1.15.2', '1.16.2', '1.17.2', '1.18.3'])('the definition of Velero %s', version => {
  test('takes a schedule with what it needs', () => {
    expect(schemaErrors(schedule(), version)).toEqual([]);
  });

  test('takes a schedule with the older filters', () => {
    const older = { includedResources: ['pods'], excludedResources: ['events'], includeClusterResources: true, orLabelSelectors: [{ matchLabels: { a: 'b' } }] };
    expect(schemaErrors(schedule(older), version)).toEqual([]);
  });

  test('takes a schedule with all that can be said, but for what need() tells', () => {
    const scope = chart();
    new BackupSchedule(scope, 'nightly', everything(scope));
    const unknown = schemaErrors(only(synthesized(scope), 'Schedule'), version);
    Declarations.of(scope).installed('velero', releaseOf(version));
    expect([unknown, (scope.node.root as App).node.validate()]).toEqual(version < '1.17' ? [
      [expect.stringContaining('volumeGroupSnapshotLabelKey')], [expect.stringContaining('volumeGroupSnapshotLabelKey: wanted Velero >= 1.17.0')],
    ] : [[], []]);
  });
});

test('RPO, RTO and retention come from the tier', () => {
  const tier = BackupTier.of({ name: 'tier-1', rpo: Duration.hours(24), rto: Duration.hours(4), retention: Duration.days(14) });
  const made = schedule({ ttl: undefined, tier });
  expect(made.spec.template.ttl).toBe('336h0m0s');
  expect(made.metadata.annotations).toMatchObject({ 'cdk8s-velero/tier': 'tier-1', 'cdk8s-velero/rpo': '24h', 'cdk8s-velero/rto': '4h' });
});

test.each([[['*']], [['a']], [['team-*', 'x?', 'y[abc]-z']]])('the namespaces %j', namespaces => {
  expect(template({ includedNamespaces: namespaces }).includedNamespaces).toEqual(namespaces);
});

test('all kinds in namespaces may be excluded when none is included', () => {
  expect(template({ excludedNamespaceScopedResources: ['*'], defaultVolumesToFsBackup: false }).excludedNamespaceScopedResources).toEqual(['*']);
});

describe('refuses', () => {
  const gap = 'the longest gap of the cron \'0 2 * * *\': otherwise the last good backup expires before the next; keep backups longer or make them more often';

  test.each<[string, Partial<BackupScheduleProps>, string]>([
    ['a name that is no label value', { name: 'Nightly' }, `name got "Nightly", wanted ${NAME}`],
    ['a name with a part that begins with a hyphen', { name: 'a.-b' }, `name got "a.-b", wanted ${NAME}`],
    ['a name with an empty part', { name: 'a..b' }, `name got "a..b", wanted ${NAME}`],
    ['a name too long for a label', { name: 'a'.repeat(64) }, `name got "${'a'.repeat(64)}", wanted ${NAME}`],
    ['no ttl', { ttl: undefined }, 'ttl: wanted a Duration, such as Duration.days(30), or a tier'],
    ['a ttl of nothing', { ttl: Duration.hours(0) }, 'ttl got "0s", wanted a whole number of seconds, at least 1'],
    ['a ttl of fractions', { ttl: Duration.millis(1500) }, 'ttl got "1.5s", wanted a whole number of seconds, at least 1'],
    ['a ttl that Velero cannot read', { ttl: '30d' as any }, 'ttl got "30d", wanted a Duration, such as Duration.days(30)'],
    ['a ttl as long as the gap', { ttl: Duration.hours(24) }, `ttl got "24h", wanted more than 24h, ${gap}`],
    ['an RPO below the gap', { rpo: Duration.hours(6) },
      'cron got "0 2 * * *", wanted a longest gap of at most the RPO 6h, but it is 24h; run it more often or allow a larger RPO'],
    ['a ttl beyond what Go can hold', { ttl: Duration.days(999_999) },
      'ttl got "86399913600s", wanted at most 2562047h47m16s, the longest duration that Go has'],
    ['an RPO of nothing', { rpo: Duration.hours(0) }, 'rpo got "0s", wanted a whole number of seconds, at least 1'],
    ['an RTO of fractions', { rto: Duration.millis(1) }, 'rto got "0.001s", wanted a whole number of seconds, at least 1'],
    ['all namespaces and one', { includedNamespaces: ['*', 'a'] }, 'includedNamespaces got ["*","a"], wanted "*" alone or a list without it'],
    ['no namespaces', { includedNamespaces: [] }, 'includedNamespaces got [], wanted at least one item; leave it out to filter nothing'],
    ['all namespaces excluded', { excludedNamespaces: ['*'] }, 'excludedNamespaces got ["*"], wanted no "*": such a backup would hold nothing'],
    ['a namespace in and out', { includedNamespaces: ['a', 'b'], excludedNamespaces: ['b'] },
      'includedNamespaces and excludedNamespaces got ["b"], wanted each item in one of them: Velero refuses a backup with both'],
    ['what is no namespace', { includedNamespaces: ['N8N'] }, `includedNamespaces got "N8N", wanted ${NAMESPACE}`],
    ['what is no excluded namespace', { excludedNamespaces: ['a.b'] }, `excludedNamespaces got "a.b", wanted ${NAMESPACE}`],
    ['two stars', { includedNamespaces: ['a**'] }, `includedNamespaces got "a**", wanted ${PATTERN}`],
    ['braces', { includedNamespaces: ['{a,b}*'] }, `includedNamespaces got "{a,b}*", wanted ${PATTERN}`],
    ['an open set', { includedNamespaces: ['a[b'] }, `includedNamespaces got "a[b", wanted ${PATTERN}`],
    ['an empty set', { includedNamespaces: ['a[]'] }, `includedNamespaces got "a[]", wanted ${PATTERN}`],
    ['older and newer filters', { excludedResources: ['events'], includedNamespaceScopedResources: ['pods'] },
      `resource filters got ["excludedResources","includedNamespaceScopedResources"], ${MIXED} keep excludedResources or keep includedNamespaceScopedResources`],
    ['cluster resources and newer filters', { includeClusterResources: false, excludedClusterScopedResources: ['nodes'] },
      `resource filters got ["includeClusterResources","excludedClusterScopedResources"], ${MIXED} keep includeClusterResources or keep excludedClusterScopedResources`],
    ['a kind in and out', { includedResources: ['pods', 'secrets'], excludedResources: ['secrets'] },
      'includedResources and excludedResources got ["secrets"], wanted each item in one of them: Velero refuses a backup with both'],
    ['all kinds and one', { includedNamespaceScopedResources: ['*', 'pods'] }, 'includedNamespaceScopedResources got ["*","pods"], wanted "*" alone or a list without it'],
    ['all kinds and one out', { excludedClusterScopedResources: ['*', 'nodes'] },
      'excludedClusterScopedResources got ["*","nodes"], wanted "*" alone or a list without it'],
    ['a kind although all are out', { includedClusterScopedResources: ['nodes'], excludedClusterScopedResources: ['*'] },
      'includedClusterScopedResources got ["nodes"], wanted nothing beside excludedClusterScopedResources "*"'],
    ['both selectors', { labelSelector: { matchLabels: { a: 'b' } }, orLabelSelectors: [{ matchLabels: { c: 'd' } }] },
      'labelSelector got {"matchLabels":{"a":"b"}}, wanted nothing beside orLabelSelectors: Velero refuses a backup with both; make it one of orLabelSelectors'],
    ['no selectors', { orLabelSelectors: [] }, 'orLabelSelectors got [], wanted at least one selector; leave it out to save all objects'],
    ['an empty selector', { orLabelSelectors: [{}] }, 'orLabelSelectors[0] got {}, wanted at least one condition; leave the selector out to select everything'],
    ['an order of a kind', { orderedResources: { Pod: ['a/b'] } },
      'orderedResources.Pod got "Pod", wanted the plural name of a resource without its group, such as pods'],
    ['an order of nothing', { orderedResources: { pods: [] } },
      'orderedResources.pods got [], wanted at least one object, as namespace/name or, where there is no namespace, name'],
    ['an order with a comma', { orderedResources: { pods: ['a/b,a/c'] } },
      'orderedResources.pods got ["a/b,a/c"], wanted at least one object, as namespace/name or, where there is no namespace, name'],
    ['data of no snapshot', { snapshotMoveData: true, snapshotVolumes: false },
      'snapshotMoveData got true, wanted false or nothing beside "snapshotVolumes: false": without a snapshot there is no data to move; leave one of them out'],
    ['the older name against the newer', { defaultVolumesToRestic: true, defaultVolumesToFsBackup: false },
      'defaultVolumesToRestic got true, wanted nothing beside "defaultVolumesToFsBackup: false": Velero lets the older name win; leave it out'],
    ['half a file', { parallelFilesUpload: 0.5 }, 'parallelFilesUpload got 0.5, wanted a whole number, at least 1'],
    ['no files', { parallelFilesUpload: 0 }, 'parallelFilesUpload got 0, wanted a whole number, at least 1'],
    ['no time for snapshots', { csiSnapshotTimeout: Duration.minutes(0) }, 'csiSnapshotTimeout got "0s", wanted a whole number of seconds, at least 1'],
    ['no time for plugins', { itemOperationTimeout: Duration.millis(1) }, 'itemOperationTimeout got "0.001s", wanted a whole number of seconds, at least 1'],
    ['to skip the first', { skipImmediately: true },
      'skipImmediately got true, wanted false: Velero sets it back, and with ArgoCD setting it again no backup is ever due; leave it out'],
    ['ArgoCD\'s label on backups', { backupLabels: { 'app.kubernetes.io/instance': 'velero' } },
      'backupLabels[\'app.kubernetes.io/instance\'] got "velero", wanted no such label: ArgoCD would prune the backups; leave it out'],
    ['no labels on backups', { backupLabels: {} },
      'backupLabels got {}, wanted at least one label: without any, Velero copies all labels of the Schedule; leave it out'],
    ['a set of characters that ends before it begins', { includedNamespaces: ['a[z-a]'] }, `includedNamespaces got "a[z-a]", wanted ${PATTERN}`],
    ['what is no kind', { includedResources: ['pods', 'Deployments!!', ''] },
      `2 problems\n  - includedResources got "Deployments!!", wanted ${KIND}\n  - includedResources got "", wanted ${KIND}`],
    ...(['excludedResources', 'excludedClusterScopedResources', 'includedClusterScopedResources', 'excludedNamespaceScopedResources'] as const)
      .map((list): [string, Partial<BackupScheduleProps>, string] => [`what is no kind in ${list}`, { [list]: ['a b'] }, `${list} got "a b", wanted ${KIND}`]),
    ['files without pods', { includedResources: ['persistentvolumeclaims', 'persistentvolumes'] },
      `includedResources got ["persistentvolumeclaims","persistentvolumes"], ${NO_PODS}`],
    ['files without the newer pods', { includedNamespaceScopedResources: ['secrets'] }, `includedNamespaceScopedResources got ["secrets"], ${NO_PODS}`],
    ['files with pods left out', { excludedResources: ['pods'] }, `excludedResources got ["pods"], ${NO_PODS}`],
    ['files with the newer pods left out', { excludedNamespaceScopedResources: ['Pod'] }, `excludedNamespaceScopedResources got ["Pod"], ${NO_PODS}`],
    ['files with pods left out by a pattern', { excludedResources: ['po*'] }, `excludedResources got ["po*"], ${NO_PODS}`],
    ['hooks without pods', { excludedResources: ['po'], defaultVolumesToFsBackup: false, hooks: HOOKS },
      'hooks: wanted none beside excludedResources, which leaves the pods out that they would run in; include pods or leave the hooks out'],
    ['what is no name of a snapshot location', { volumeSnapshotLocations: ['A b'] }, `volumeSnapshotLocations got "A b", wanted ${SUBDOMAIN}`],
    ['what is no key of a group of volumes', { volumeGroupSnapshotLabelKey: 'a b' }, `volumeGroupSnapshotLabelKey got "a b", wanted ${KEY}`],
    ['what is no operator', { labelSelector: { matchExpressions: [{ key: 'a', operator: 'in' as any, values: [] }] } },
      'labelSelector.matchExpressions[0].operator got "in", wanted one of In, NotIn, Exists, DoesNotExist'],
    ['what is no label', { labels: { 'a b': 'c' } }, `labels got "a b", wanted ${KEY}`],
    ['what is no value of a label', { backupLabels: { a: 'b c' } }, `backupLabels['a'] got "b c", wanted ${VALUE}`],
    ['what is no annotation', { annotations: { 'a/b/c': 'd' } }, `annotations got "a/b/c", wanted an annotation${KEY.slice(7)}`],
  ])('%s', (_, props, message) => {
    expect(() => objects(props)).toThrow(new Error(`${AT}: ${message}`));
  });

  test('everything at once', () => {
    expect(() => objects({ name: '', ttl: Duration.hours(1), skipImmediately: true })).toThrow(new Error([
      `${AT}: 3 problems`,
      `  - name got "", wanted ${NAME}`,
      `  - ttl got "1h", wanted more than 24h, ${gap}`,
      '  - skipImmediately got true, wanted false: Velero sets it back, and with ArgoCD setting it again no backup is ever due; leave it out',
    ].join('\n')));
  });

  test('a policy of another namespace, and one that filters beside older filters', () => {
    const elsewhere = VolumePolicy.fromConfigMapName(chart(), 'elsewhere', 'scratch', { namespace: 'other', filtersResources: true });
    expect(() => objects({ volumePolicy: elsewhere, excludedResources: ['events'] })).toThrow(new Error([
      `${AT}: 2 problems`,
      '  - volumePolicy got "other/scratch", wanted a policy in velero, where the location is',
      '  - volumePolicy got "scratch", wanted one that filters no resources beside excludedResources: Velero refuses a backup with both; '
      + 'use the filters for cluster-scoped and namespace-scoped resources',
    ].join('\n')));
  });

  test('a second schedule of that name', () => {
    const scope = chart();
    new BackupSchedule(scope, 'one', { ...MINIMAL, name: 'nightly' });
    expect(() => new BackupSchedule(scope, 'two', { ...MINIMAL, name: 'nightly' })).toThrow(new Error(
      'Schedule \'test/two\': name got "velero/nightly", wanted a Schedule that no other construct declares; '
      + '\'test/one\' has it already: rename or remove one of them',
    ));
  });
});

describe('what not every release has', () => {
  function unmet(version: string, props: Partial<BackupScheduleProps>): string[] {
    const scope = chart();
    new BackupSchedule(scope, 'nightly', { ...MINIMAL, ...props });
    Declarations.of(scope).installed('velero', releaseOf(version));
    return (scope.node.root as App).node.validate();
  }

  test.each<[string, string, Partial<BackupScheduleProps>, string, string]>([
    ['1.16.2', '1.17.0', { volumeGroupSnapshotLabelKey: 'group' },
      'volumeGroupSnapshotLabelKey', '1.17.0 for volumeGroupSnapshotLabelKey of a backup'],
    ['1.17.2', '1.18.0', { includedNamespaces: ['team-*'] }, 'includedNamespaces', '1.18.0 for patterns in included and excluded namespaces'],
    ['1.17.2', '1.18.0', { excludedNamespaces: ['team-*'] }, 'excludedNamespaces', '1.18.0 for patterns in included and excluded namespaces'],
  ])('%s lacks what %s has: %j', (without, withIt, props, what, wanted) => {
    expect(unmet(without, props)).toEqual([
      `${AT}: ${what}: wanted Velero >= ${wanted}, but velero runs ${without}; leave it out or change the version of the VeleroInstall`,
    ]);
    expect(unmet(withIt, props)).toEqual([]);
  });

  test('a plain schedule needs nothing', () => {
    expect(unmet('1.14.1', { includedNamespaces: ['*'] })).toEqual([]);
  });
});

describe('a schedule of somebody else', () => {
  test('is a reference and emits nothing', () => {
    const scope = chart();
    const theirs: IBackupSchedule = BackupSchedule.fromScheduleName(scope, 'theirs', 'daily');
    expect([theirs.scheduleName, theirs.namespace]).toEqual(['daily', 'velero']);
    expect(synthesized(scope)).toEqual([]);
  });

  test('is refused with a name that cannot be one', () => {
    expect(() => BackupSchedule.fromScheduleName(chart(), 'theirs', 'A', { namespace: 'B' })).toThrow(new Error([
      'BackupSchedule \'test/theirs\': 2 problems',
      `  - scheduleName got "A", wanted ${NAME}`,
      `  - namespace got "B", wanted ${NAMESPACE}`,
    ].join('\n')));
  });
});
