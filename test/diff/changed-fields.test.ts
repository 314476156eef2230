import { modelOf } from './manifests';
import { diff } from '../../src/diff';
import { changedFields } from '../../src/diff/changed-fields';

/** The paths that differ between two states of an object. */
function paths(was: object, is: object, kind = 'Thing'): string[] {
  const [one, other] = modelOf([was, is].map(state => ({ apiVersion: 'v1', kind, ...state }))).manifests;
  return changedFields(one, other).map(({ path }) => path);
}

test.each<[string, object, object]>([
  ['status', {}, { status: { phase: 'Enabled' } }],
  ['what the API server writes', { metadata: { name: 'a' } }, {
    metadata: { name: 'a', uid: 'x', resourceVersion: '5', generation: 2, creationTimestamp: 'now', managedFields: [{}], selfLink: '/', ownerReferences: [{ name: 'b' }] },
  }],
  ['what kubectl, ArgoCD and Helm note', { metadata: { annotations: { 'meta.helm.sh/release-name': 'a' } } }, {
    metadata: {
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'argocd.argoproj.io/tracking-id': 'a:b', 'deployment.kubernetes.io/revision': '5' },
      labels: { 'helm.sh/chart': 'velero-1', 'app.kubernetes.io/version': '1' },
    },
  }],
  ['hashes in templates', {}, { spec: { template: { metadata: { annotations: { 'checksum/config': 'aa', 'cdk8s-velero/node-agent-config': 'bb' } } } } }],
  ['null and absent', { spec: { a: null } }, { spec: {} }],
  ['an empty list and an absent one', { spec: {} }, { spec: { a: [] } }],
  ['empty metadata', { metadata: { labels: {} } }, { metadata: { annotations: {} } }],
  ['what Velero writes out', { spec: { template: {} } }, { spec: { template: { hooks: {}, metadata: {}, csiSnapshotTimeout: '0s' } } }],
  ['quantities', { spec: { limits: { cpu: '1000m', memory: '1Gi' } } }, { spec: { limits: { cpu: 1, memory: '1024Mi' } } }],
  ['lists by name', { spec: { env: [{ name: 'a', value: '1' }, { name: 'b' }] } }, { spec: { env: [{ name: 'b' }, { name: 'a', value: '1' }] } }],
  ['lists without order', { spec: { includedNamespaces: ['a', 'b'], accessModes: ['x', 'y'] } }, { spec: { includedNamespaces: ['b', 'a'], accessModes: ['y', 'x'] } }],
])('no difference: %s', (_, was, is) => {
  expect(paths(was, is)).toEqual([]);
});

test.each<[string, object, object, string[]]>([
  ['a field that is added', { spec: {} }, { spec: { a: { b: 1, c: 2 } } }, ['spec.a.b', 'spec.a.c']],
  ['an empty object', { spec: {} }, { spec: { emptyDir: {} } }, ['spec.emptyDir']],
  ['an empty object that is gone', { spec: { emptyDir: {} } }, { spec: {} }, ['spec.emptyDir']],
  ['a label', { metadata: { labels: { 'a.b/c': 'd', 'app': 'x' } } }, { metadata: { labels: { app: 'y' } } }, ["metadata.labels['a.b/c']", 'metadata.labels.app']],
  ['an annotation of a generator that somebody wrote elsewhere', {}, { spec: { annotations: { 'checksum/config': 'aa' } } }, ["spec.annotations['checksum/config']"]],
  ['an item by name', { spec: { env: [{ name: 'a', value: '1' }] } }, { spec: { env: [{ name: 'a', value: '2' }, { name: 'b' }] } }, ['spec.env[a].value', 'spec.env[b].name']],
  ['a list that is added', { spec: {} }, { spec: { env: [{ name: 'a' }] } }, ['spec.env[a].name']],
  ['the same name twice', { spec: { env: [{ name: 'a' }, { name: 'a' }] } }, { spec: { env: [{ name: 'a' }] } }, ['spec.env']],
  ['containers in another order', { spec: { containers: [{ name: 'a' }, { name: 'b' }] } }, { spec: { containers: [{ name: 'b' }, { name: 'a' }] } }, ['spec.containers']],
  ['a list in another order', { spec: { args: ['a', 'b'] } }, { spec: { args: ['b', 'a'] } }, ['spec.args']],
  ['another type', { spec: { a: { b: 1 } } }, { spec: { a: 'b' } }, ['spec.a']],
  ['a quantity that is none', { spec: { limits: { cpu: 'x' } } }, { spec: { limits: { cpu: 'y' } } }, ['spec.limits.cpu']],
  ['what every object inherits', { spec: { labels: {} } }, { spec: { labels: { constructor: 'a', toString: 'b' } } }, ['spec.labels.constructor', 'spec.labels.toString']],
])('difference: %s', (_, was, is, expected) => {
  expect(paths(was, is)).toEqual(expected);
});

test('of a definition only which part', () => {
  const definition = (type: string) => ({ spec: { scope: 'Cluster', versions: [{ name: 'v1', schema: { a: { b: { type } } } }] } });
  expect(paths(definition('string'), definition('object'), 'CustomResourceDefinition')).toEqual(['spec.versions']);
});

test('JSON that is nested without end is compared too', () => {
  const nested = (depth: number, value: unknown) => Array.from({ length: depth }).reduce<unknown>(inner => ({ a: inner }), value) as object;
  expect(paths({ spec: nested(20_000, 1) }, { spec: nested(20_000, 1) })).toEqual([]);
  const [path] = paths({ spec: nested(20_000, 1) }, { spec: nested(20_000, 2) });
  expect(path).toBe(`spec${'.a'.repeat(39)}`);
});

test('an object that is declared twice is compared with one that is declared twice, in whatever order', () => {
  const [one, two] = [{ b: '1', a: [1] }, { a: [2], b: '2' }].map(data => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data }));
  expect(diff(modelOf([one, two]), modelOf([two, one]))).toEqual([]);
  expect(diff(modelOf([one, two]), modelOf([two])).map(({ id, on }) => `${id} ${on}`)).toEqual(['object-removed ConfigMap x', 'object-changed ConfigMap x']);
});
