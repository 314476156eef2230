import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { parseAllDocuments } from 'yaml';
import * as ceph from '../../src/kube/ceph.rook.io';
import { asIntOrString, asQuantity } from '../../src/kube/object';
import * as objectBucket from '../../src/kube/objectbucket.io';
import * as velero from '../../src/kube/velero.io';

const EXAMPLES = join(__dirname, '../../examples');

/** Kinds that have no L1 class here: their fields are not typed. */
const UNTYPED = ['AppProject', 'Application', 'CustomResourceDefinition', 'PodMonitor', 'SealedSecret', 'ServiceMonitor'];

const emitted = readdirSync(EXAMPLES)
  .filter(name => !name.includes('.'))
  .flatMap(name => readdirSync(join(EXAMPLES, name, 'manifests')).map(file => join(EXAMPLES, name, 'manifests', file)))
  .flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS()))
  .filter(({ kind }) => !UNTYPED.includes(kind));

/** The class writes only fields that it knows, at every depth. */
function written({ apiVersion, kind, ...props }: any): any {
  return { ...k8s, ...ceph, ...objectBucket, ...velero as any }[`Kube${kind}`].manifest(wrapped(props));
}

/** Puts amounts and ports into the classes that the L1 classes ask for. */
function wrapped(value: any, key = ''): any {
  if (Array.isArray(value)) {
    return value.map(item => wrapped(item));
  }
  if (['limits', 'requests'].includes(key)) {
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, k8s.Quantity.fromString(text as string)]));
  }
  if (['targetPort', 'maxUnavailable'].includes(key) || (key === 'port' && value === 'metrics')) {
    return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, wrapped(item, name)]))
    : value;
}

test('the L1 classes of cdk8s-plus-28, Velero and Rook write every emitted object as it is', () => {
  expect(new Set(emitted.map(({ kind }) => kind))).toEqual(new Set([
    'BackupStorageLocation', 'CephObjectStore', 'CephObjectStoreUser', 'ClusterRole', 'ClusterRoleBinding', 'ConfigMap', 'DaemonSet', 'Deployment',
    'Namespace', 'ObjectBucketClaim', 'Role', 'RoleBinding', 'Schedule', 'Service', 'ServiceAccount', 'StorageClass',
  ]));
  for (const object of emitted) {
    expect(JSON.parse(JSON.stringify(written(object)))).toEqual(object);
  }
});

test('a field that no class knows would be seen', () => {
  const service = emitted.find(({ kind }) => kind === 'Service');
  expect(written({ ...service, spec: { ...service.spec, ports: [{ ...service.spec.ports[0], portt: 1 }] } })).not.toHaveProperty('spec.ports.0.portt');
});

test('amounts are written as the API server stores them, and digits become a number where a port or a count is meant', () => {
  expect(asQuantity('1000m')).toBe('1');
  expect(asQuantity('512Mi')).toBe('512Mi');
  expect(asIntOrString('1')).toBe(1);
  expect(asIntOrString('25%')).toBe('25%');
  expect(asIntOrString('metrics')).toBe('metrics');
});
