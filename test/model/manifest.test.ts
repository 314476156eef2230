import { modelOf, told } from './manifests';
import { placeText } from '../../src/model';

const SCHEDULE = { apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'nightly', namespace: 'velero' } };

test('a manifest tells who it is and where it was declared', () => {
  const [manifest] = modelOf(SCHEDULE).manifests;
  expect([manifest.group, manifest.apiVersion, manifest.kind, manifest.namespace, manifest.name, `${manifest}`, placeText(manifest.at)])
    .toEqual(['velero.io', 'velero.io/v1', 'Schedule', 'velero', 'nightly', 'Schedule velero/nightly', 'all.yaml:1']);
});

test.each([
  [{ construct: 'a/b' }, 'a/b'],
  [{ file: 'a.yaml', line: 3 }, 'a.yaml:3'],
  [{ file: 'a.yaml' }, 'a.yaml'],
  [{}, ''],
])('the place %j is %s', (place, text) => {
  expect(placeText(place)).toBe(text);
});

test('lists are taken apart, lists in lists too, in their order; empty documents are none', () => {
  const named = (name: string) => ({ ...SCHEDULE, metadata: { name } });
  const list = (...items: unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
  const { schedules, unreadable } = modelOf(named('a'), list(named('b'), list(list(), named('c')), null), null, undefined, named('d'));
  expect(schedules.all.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  expect(unreadable).toEqual([]);
});

test('a list of hundred thousand objects is read', () => {
  const items = Array.from({ length: 150_000 }, (_, index) => ({ apiVersion: 'v1', kind: 'Event', metadata: { name: `e${index}` } }));
  expect(modelOf({ apiVersion: 'v1', kind: 'List', items }).manifests).toHaveLength(150_000);
});

test('what is no object of Kubernetes is kept and told', () => {
  const { manifests, unreadable } = modelOf('text', 5, { kind: 'ConfigMap' }, { apiVersion: 'v1', kind: 'List', items: 5 });
  expect(manifests.map(String)).toEqual(['object without a name', 'object without a name', 'ConfigMap without a name', 'List without a name']);
  expect(told(unreadable).filter(line => line.includes('apiVersion'))).toEqual([
    'object without a name: the document got "text", wanted an object of Kubernetes, with apiVersion and kind',
    'object without a name: the document got 5, wanted an object of Kubernetes, with apiVersion and kind',
    'ConfigMap without a name: apiVersion got undefined, wanted a string: every object of Kubernetes has one',
  ]);
});

test('unknown kinds are kept and not read', () => {
  const unknown = { apiVersion: 'example.org/v1', kind: 'Odd', metadata: { name: 'odd' }, spec: 'anything', status: 5 };
  const model = modelOf(unknown, { apiVersion: 'other.org/v1', kind: 'Schedule', metadata: { name: 'not-of-velero' }, spec: [] });
  expect(model.unreadable).toEqual([]);
  expect(model.schedules.all).toEqual([]);
  expect(model.ofKind('example.org/Odd')).toEqual([model.manifests[0]]);
  expect(model.ofKind('/Odd')).toEqual([]);
});

test('what a cluster adds is no matter', () => {
  const { unreadable, schedules } = modelOf({
    ...SCHEDULE,
    metadata: {
      ...SCHEDULE.metadata, uid: 'u', generation: 3, resourceVersion: '5', creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{ manager: 'velero', fieldsV1: {} }],
    },
    spec: { schedule: '0 2 * * *', template: {} },
    status: { phase: 'Enabled', lastBackup: '2026-01-01T02:00:00Z' },
  });
  expect(unreadable).toEqual([]);
  expect(schedules.get('velero', 'nightly')!.cron!.expression).toBe('0 2 * * *');
});
