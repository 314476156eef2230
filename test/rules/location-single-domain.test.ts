import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('location-single-domain', usual => () => usual.object('BackupStorageLocation', 'offsite')
  .addJsonPatch(JsonPatch.add('/spec/config/s3Url', 'http://minio.storage.svc:9000')));

function location(name: string, url: string): string {
  return `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: ${name}, namespace: velero }
spec:
  provider: aws
  default: ${name === 'inside'}
  objectStorage: { bucket: backups, prefix: production }
  config: { s3Url: "${url}" }
`;
}

const INSIDE = location('inside', 'http://rook-ceph-rgw-store.rook-ceph.svc');
const OUTSIDE = location('outside', 'https://s3.example.org');

function to(storageLocation: string, includedNamespaces: string, spec: Record<string, string> = {}): string {
  return schedule({ name: `to-${storageLocation}-${includedNamespaces.replace(/\W/g, '')}`, spec, template: { storageLocation, includedNamespaces } });
}

function judgedAll(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'location-single-domain');
}

function only(namespaces: string): string[] {
  return ['warning location-single-domain BackupStorageLocation velero/inside: spec.config.s3Url got "http://rook-ceph-rgw-store.rook-ceph.svc", '
    + `wanted a second location outside of this cluster for ${namespaces}: here lies the only copy`];
}

test('names what lies nowhere else', () => {
  expect(judgedAll(INSIDE, OUTSIDE, to('inside', '[shop, blog, mail]'), to('outside', '[blog]'))).toEqual(only('shop, mail'));
  expect(judgedAll(INSIDE, to('inside', '[a, b, c, d, e, f, g]'))).toEqual(only('a, b, c, d, e and 2 more'));
  expect(judgedAll(INSIDE, OUTSIDE, to('inside', '["*"]'), to('outside', '[blog]'))).toEqual(only('all namespaces'));
  expect(judgedAll(INSIDE, OUTSIDE, to('inside', '[shop]'), to('outside', '[shop]', { paused: 'true' }))).toEqual(only('shop'));
});

test('a schedule without a location goes to the default one', () => {
  expect(judgedAll(INSIDE, to('""', '[shop]'))).toEqual(only('shop'));
});

test.each([
  ['a copy outside', [INSIDE, OUTSIDE, to('inside', '[shop]'), to('outside', '[shop]')]],
  ['a copy of everything outside', [INSIDE, OUTSIDE, to('inside', '["*"]'), to('outside', '["*"]')]],
  ['a copy by a pattern', [INSIDE, OUTSIDE, to('inside', '[shop-one]'), to('outside', '["shop-*"]')]],
  ['a copy in a location of another repository', [INSIDE, to('inside', '[shop]'), to('elsewhere', '[shop]')]],
  ['no schedule', [INSIDE]],
  ['a paused one', [INSIDE, to('inside', '[shop]', { paused: 'true' })]],
  ['a Service that is another name for something outside', [
    INSIDE, to('inside', '[shop]'),
    'apiVersion: v1\nkind: Service\nmetadata: { name: rook-ceph-rgw-store, namespace: rook-ceph }\nspec: { type: ExternalName, externalName: s3.example.org, selector: { a: b } }\n',
  ]],
  ['a Service without pods', [INSIDE, to('inside', '[shop]'), 'apiVersion: v1\nkind: Service\nmetadata: { name: rook-ceph-rgw-store, namespace: rook-ceph }\nspec: {}\n']],
  ['a Ceph outside of the cluster', [
    INSIDE, to('inside', '[shop]'),
    'apiVersion: ceph.rook.io/v1\nkind: CephObjectStore\nmetadata: { name: store, namespace: rook-ceph }\nspec: { gateway: { port: 80, externalRgwEndpoints: [{ ip: 10.0.0.5 }] } }\n',
  ]],
])('silent about %s', (_, yaml) => {
  expect(judgedAll(...yaml)).toEqual([]);
});

test('a Service with pods of this cluster is inside', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: rook-ceph-rgw-store, namespace: rook-ceph }\nspec: { selector: { app: rook-ceph-rgw } }\n';
  expect(judgedAll(INSIDE, to('inside', '[shop]'), service)).toEqual(only('shop'));
});
