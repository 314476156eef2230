import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { rule } from '../../src/rules/database-live';
import { schedule } from '../../src/rules/examples';

const STATEFUL_SET = objectsIn(rule.good()).find(({ kind }) => kind === 'StatefulSet');

escapeHatch('database-live', usual => {
  const object = new ApiObject(usual.chart, 'database', STATEFUL_SET);
  usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/spec/template/defaultVolumesToFsBackup', true));
  return () => object.addJsonPatch(JsonPatch.remove('/spec/template/metadata/annotations'));
});

interface Pod {
  readonly image?: string;
  readonly path?: string;
  readonly args?: string[];
  readonly env?: object[];
  readonly annotations?: Record<string, string>;
  readonly labels?: Record<string, string>;
}

/** A Deployment whose pod mounts a claim. */
function database({ image = 'postgres:17.2', path = '/var/lib/postgresql/data', args, env, annotations, labels = { app: 'db' } }: Pod = {}, spec: object = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      ...spec,
      template: {
        metadata: { labels, annotations },
        spec: {
          containers: [{ name: 'db', image, args, env, volumeMounts: [{ name: 'data', mountPath: path }] }],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'db' } }],
        },
      },
    },
  };
}

function messages(objects: readonly any[], template: Record<string, string> = { defaultVolumesToFsBackup: 'true' }, spec: Record<string, string> = {}): string[] {
  return told(judged([...objectsIn(schedule({ template, spec })), ...objects]), 'database-live').map(line => line.replace('warning database-live ', ''));
}

function live(name: string): string[] {
  return [`Deployment shop/db: volume data got undefined, wanted ${name} dumped by a pre hook into another volume: nightly copies its files while it runs, `
    + 'which is no moment that it can start from'];
}

test.each<[Pod, string[]]>([
  [{}, live('PostgreSQL')],
  [{ image: 'registry.example/bitnami/postgresql:16.1', path: '/bitnami/postgresql' }, live('PostgreSQL')],
  [{ image: 'mariadb:11', path: '/var/lib/mysql' }, live('MySQL')],
  [{ image: 'mongo:7', path: '/data/db' }, live('MongoDB')],
  [{ image: 'mongo:7', path: '/data/configdb' }, []],
  [{ image: 'redis:7', path: '/data' }, []],
  [{ image: 'redis:7', path: '/data', args: ['--appendonly', 'yes'] }, live('Redis')],
  [{ image: 'bitnami/valkey:8', path: '/bitnami/valkey/data', env: [{ name: 'VALKEY_AOF_ENABLED', value: 'yes' }] }, live('Redis')],
  [{ image: 'opensearchproject/opensearch:2', path: '/usr/share/opensearch/data' }, live('Elasticsearch')],
  [{ image: 'clickhouse/clickhouse-server:24', path: '/var/lib/clickhouse' }, live('ClickHouse')],
  [{ path: '/dump' }, []],
  [{ image: 'postgres-exporter:1' }, []],
])('%j', (pod, expected) => {
  expect(messages([database(pod)])).toEqual(expected);
});

const DUMP = { 'pre.hook.backup.velero.io/command': '["/bin/sh", "-ec", "pg_dump -f /dump/all"]' };

test.each<[string, Pod, string[]]>([
  ['a dump', { annotations: DUMP }, []],
  ['a hook that does nothing', { annotations: { 'pre.hook.backup.velero.io/command': '["psql", "-c", "CHECKPOINT"]' } }, live('PostgreSQL')],
  ['a post hook', { annotations: { 'post.hook.backup.velero.io/command': '["pg_dump"]' } }, live('PostgreSQL')],
  ['the volume left out', { annotations: { 'backup.velero.io/backup-volumes-excludes': 'cache,data' } }, []],
  ['the pod left out', { labels: { 'velero.io/exclude-from-backup': 'true' } }, []],
])('%s in the pod', (_, pod, expected) => {
  expect(messages([database(pod)])).toEqual(expected);
});

function hooks(selector: string): Record<string, string> {
  const exec = '{ exec: { container: db, command: [/dump.sh], timeout: 30m, onError: Fail } }';
  return { defaultVolumesToFsBackup: 'true', hooks: `{ resources: [{ name: dump, labelSelector: { matchLabels: ${selector} }, pre: [${exec}] }] }` };
}

test.each([
  ['that may be for the pod', hooks('{ role: primary }'), 0],
  ['for other pods', hooks('{ app: other }'), 1],
  ['of another namespace', { ...hooks('{ app: db }'), hooks: hooks('{ app: db }').hooks.replace('name: dump', 'name: dump, includedNamespaces: [other]') }, 1],
])('a hook of the schedule %s', (_, template, findings) => {
  expect(messages([database()], template)).toHaveLength(findings);
});

test.each<[string, Record<string, string>, Record<string, string>, number]>([
  ['no files', {}, {}, 0],
  ['another namespace', { defaultVolumesToFsBackup: 'true', includedNamespaces: '[other]' }, {}, 0],
  ['other labels', { defaultVolumesToFsBackup: 'true', labelSelector: '{ matchLabels: { app: web } }' }, {}, 0],
  ['no pods', { defaultVolumesToFsBackup: 'true', excludedResources: '[pods]' }, {}, 0],
  ['nothing, because it is paused', { defaultVolumesToFsBackup: 'true' }, { paused: 'true' }, 0],
  ['what a policy decides that is not here', { defaultVolumesToFsBackup: 'true', resourcePolicy: '{ kind: ConfigMap, name: elsewhere }' }, {}, 0],
])('a schedule that saves %s', (_, template, spec, findings) => {
  expect(messages([database()], template, spec)).toHaveLength(findings);
});

test.each([
  ['{ volumeTypes: [emptyDir] }', 'skip', 1],
  ['{ volumeTypes: [emptyDir, csi] }', 'skip', 0],
  ['{ volumeTypes: [] }', 'skip', 0],
  ['{ storageClass: [fast] }', 'snapshot', 0],
  ['{ storageClass: [slow] }', 'snapshot', 1],
  ['{ storageClass: [fast] }', 'fs-backup', 1],
  ['{ pvcLabels: { app: db } }', 'skip', 0],
  ['{ pvcLabels: { app: web } }', 'skip', 1],
  ['{ capacity: "0,1Gi" }', 'skip', 0],
  ['{ capacity: "0,1Gi" }', 'fs-backup', 1],
  ['{}', 'skip', 0],
])('a policy of %s and %s', (conditions, action, findings) => {
  const policy = `{ version: v1, volumePolicies: [{ conditions: ${conditions}, action: { type: ${action} } }] }`;
  const claim = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', metadata: { name: 'db', namespace: 'shop', labels: { app: 'db' } }, spec: { storageClassName: 'fast' } };
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'volumes', namespace: 'velero' }, data: { policy } };
  const template = { defaultVolumesToFsBackup: 'true', resourcePolicy: '{ kind: ConfigMap, name: volumes }' };
  expect(messages([database(), claim, map], template)).toHaveLength(findings);
});

test('a pod that chooses the volume, where the schedule does not', () => {
  expect(messages([database({ annotations: { 'backup.velero.io/backup-volumes': 'data' } })], {})).toHaveLength(1);
  expect(messages([database({ annotations: { 'backup.velero.io/backup-volumes': 'dump' } })], {})).toEqual([]);
});

test('what does not run is not copied while it runs', () => {
  expect(messages([database({}, { replicas: 0 })])).toEqual([]);
  expect(messages([{ ...database(), apiVersion: 'batch/v1', kind: 'Job' }])).toEqual([]);
});

function cluster(spec: object = {}): any {
  return { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'shop', namespace: 'shop' }, spec };
}

test.each<[string, object, number]>([
  ['alone', {}, 1],
  ['that saves itself', { backup: { barmanObjectStore: {} } }, 0],
  ['with a plugin', { plugins: [{ name: 'barman-cloud.cloudnative-pg.io' }] }, 0],
  ['that Velero leaves out', { inheritedMetadata: { labels: { 'velero.io/exclude-from-backup': 'true' } } }, 0],
  ['with a hook', { inheritedMetadata: { annotations: DUMP } }, 0],
])('a cluster of CloudNativePG %s', (_, spec, findings) => {
  expect(messages([cluster(spec)])).toHaveLength(findings);
});

test('the pods of a cluster that is here say nothing that it does not', () => {
  const pod = { ...database({ labels: { 'cnpg.io/cluster': 'shop' } }) };
  expect(messages([pod])).toHaveLength(1);
  expect(messages([cluster(), pod]).map(line => line.split(':')[0])).toEqual(['Cluster shop/shop']);
});
