import { modelOf, object, told } from './manifests';
import { isNamespacePattern, matchesNamespace } from '../../src/model/namespace-pattern';

function template(spec: object): any {
  return modelOf(object('velero.io/v1', 'Schedule', 'nightly', { spec: { template: spec } })).schedules.all[0].template;
}

test('a schedule says what, when, where to and for how long', () => {
  const { schedules: { all: [schedule] }, unreadable } = modelOf({
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    metadata: {
      name: 'nightly', namespace: 'velero', annotations: { 'cdk8s-velero/rpo': '24h', 'cdk8s-velero/rto': '1d', 'cdk8s-velero/tier': 'tier-1' },
    },
    spec: {
      schedule: '0 2 * * *',
      paused: true,
      skipImmediately: false,
      useOwnerReferencesInBackup: true,
      template: {
        metadata: { labels: { tier: 'a' } },
        storageLocation: 'offsite',
        ttl: '720h0m0s',
        includedNamespaces: ['shop'],
        labelSelector: { matchLabels: { a: 'b' } },
        orLabelSelectors: [{ matchExpressions: [{ key: 'c', operator: 'Exists' }] }],
        snapshotVolumes: false,
        defaultVolumesToFsBackup: true,
        resourcePolicy: { kind: 'ConfigMap', name: 'volumes' },
        hooks: { resources: [{ name: 'dump', pre: [{ exec: { command: ['x'], onError: 'Fail', timeout: '3m' } }], post: [{}] }] },
      },
    },
  });
  expect(unreadable).toEqual([]);
  expect(schedule).toMatchObject({
    paused: true,
    skipImmediately: false,
    useOwnerReferencesInBackup: true,
    tier: 'tier-1',
    rpo: { text: '24h', seconds: 86_400 },
    rto: { text: '1d', seconds: undefined },
    cron: { expression: '0 2 * * *' },
    template: {
      labels: { tier: 'a' },
      storageLocation: 'offsite',
      ttl: { seconds: 2_592_000 },
      includedNamespaces: ['shop'],
      labelSelector: { matchLabels: { a: 'b' }, matchExpressions: [] },
      orLabelSelectors: [{ matchExpressions: [{ key: 'c', operator: 'Exists', values: [] }] }],
      snapshotVolumes: false,
      snapshotMoveData: undefined,
      defaultVolumesToFsBackup: true,
      resourcePolicy: { kind: 'ConfigMap', name: 'volumes' },
      hooks: [{ name: 'dump', hooks: [{ phase: 'pre', command: ['x'], onError: 'Fail', timeout: { seconds: 180 }, path: 'spec.template.hooks.resources[0].pre[0].exec' }] }],
    },
  });
});

test('a schedule with nothing in it', () => {
  const { schedules: { all: [schedule] }, unreadable } = modelOf(object('velero.io/v1', 'Schedule', 'nightly'));
  expect([schedule.cron, schedule.paused, schedule.skipImmediately, schedule.rpo]).toEqual([undefined, false, undefined, undefined]);
  expect([schedule.template.coversAllNamespaces, schedule.template.hooks, schedule.template.ttl]).toEqual([true, [], undefined]);
  expect(unreadable).toEqual([]);
});

test('the old name of defaultVolumesToFsBackup counts where the new one is not there', () => {
  expect(template({ defaultVolumesToRestic: true }).defaultVolumesToFsBackup).toBe(true);
  expect(template({ defaultVolumesToRestic: true, defaultVolumesToFsBackup: false }).defaultVolumesToFsBackup).toBe(false);
});

test.each([
  [{}, 'shop', true],
  [{ includedNamespaces: ['*'] }, 'shop', true],
  [{ includedNamespaces: ['shop'] }, 'shop', true],
  [{ includedNamespaces: ['shop'] }, 'shop-test', false],
  [{ includedNamespaces: ['shop-*'] }, 'shop-test', true],
  [{ excludedNamespaces: ['shop'] }, 'shop', false],
  [{ includedNamespaces: ['*'], excludedNamespaces: ['kube-*'] }, 'kube-system', false],
])('%j and %s: %s', (spec, namespace, expected) => {
  expect(template(spec).covers(namespace)).toBe(expected);
});

test.each([
  ['shop', 'shop', true], ['shop', 'shops', false], ['s?op', 'shop', true], ['s?op', 'sop', false], ['*', 'any', true], ['*', '', true], ['a*b', 'ab', true],
  ['a*b', 'a-long-b', true], ['a*b', 'a-long-c', false], ['shop-[ab]', 'shop-a', true], ['shop-[ab]', 'shop-c', false], ['shop-[!ab]', 'shop-c', true],
  ['shop-[a-c]', 'shop-b', true], ['shop-[z-a]', 'shop-b', false], ['{dev,test}-shop', 'test-shop', false],
  ['{dev-*,test}', 'dev-shop', false], ['[ab', '[ab', true], ['[ab', 'a', false], ['{a', 'a', false], ['a.b', 'axb', false], ['[', 'a', false],
])('the pattern %s and %s: %s', (pattern, namespace, expected) => {
  expect(matchesNamespace(pattern, namespace)).toBe(expected);
});

test('a pattern that would keep a regular expression busy for ever', () => {
  expect(matchesNamespace(`${'*a'.repeat(100)}*b`, 'a'.repeat(253))).toBe(false);
});

test('what is a pattern', () => {
  expect(['shop', 'shop-*', 's?', '[a]', '{a}'].map(isNamespacePattern)).toEqual([false, true, true, true, false]);
});

test('a field of the wrong type is told with its path', () => {
  const { unreadable } = modelOf(object('velero.io/v1', 'Schedule', 'nightly', {
    spec: { schedule: 5, template: { ttl: 720, includedNamespaces: 'shop', hooks: { resources: [{ pre: [{ exec: { command: '/bin/true' } }] }] } } },
  }));
  expect(told(unreadable)).toEqual([
    'Schedule velero/nightly: spec.schedule got 5, wanted a string',
    'Schedule velero/nightly: spec.template.ttl got 720, wanted a string',
    'Schedule velero/nightly: spec.template.includedNamespaces got "shop", wanted a list of strings',
    'Schedule velero/nightly: spec.template.hooks.resources[0].pre[0].exec.command got "/bin/true", wanted a list of strings',
  ]);
});

test('a backup that a schedule made, and a restore', () => {
  const { backups: { all: [backup] }, restores: { all: [restore] } } = modelOf(
    { apiVersion: 'velero.io/v1', kind: 'Backup', metadata: { name: 'b', namespace: 'velero', labels: { 'velero.io/schedule-name': 'nightly' } }, spec: { ttl: '1h' } },
    object('velero.io/v1', 'Restore', 'r', {
      spec: { scheduleName: 'nightly', includedResources: ['pods'], namespaceMapping: { a: 'b' }, restorePVs: true, resourceModifier: { kind: 'configmap', name: 'm' } },
    }),
  );
  expect(backup).toMatchObject({ scheduleName: 'nightly', spec: { ttl: { seconds: 3600 } } });
  expect(restore).toMatchObject({
    scheduleName: 'nightly', includedResources: ['pods'], namespaceMapping: { a: 'b' }, restorePVs: true, resourceModifier: { kind: 'configmap', name: 'm' },
  });
});

test('the schedules that cover a namespace', () => {
  const schedule = (name: string, spec: object) => object('velero.io/v1', 'Schedule', name, { spec: { template: spec } });
  const model = modelOf(
    schedule('shop', { includedNamespaces: ['shop', 'shop'] }), schedule('two', { includedNamespaces: ['shop', 'bank'] }), schedule('all', { excludedNamespaces: ['bank'] }),
    schedule('pattern', { includedNamespaces: ['b*'] }), schedule('void', { includedNamespaces: ['shop'], excludedNamespaces: ['shop'] }),
  );
  const covering = (namespace: string) => model.schedulesCovering(namespace).map(({ name }) => name);
  expect([covering('shop'), covering('bank'), covering('other')]).toEqual([['shop', 'two', 'all'], ['two', 'pattern'], ['all']]);
  expect(modelOf(schedule('shop', { includedNamespaces: ['shop'] })).schedulesCovering('bank')).toEqual([]);
});
