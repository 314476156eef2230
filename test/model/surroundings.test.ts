import { modelOf, object, workload } from './manifests';
import { Cron, selects } from '../../src/model';

const READ_LATER = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'e', namespace: 'velero' } };

describe('what makes a Secret', () => {
  test('a Secret, with its values', () => {
    const { secrets } = modelOf(object('v1', 'Secret', 's', { data: { a: Buffer.from('one').toString('base64') }, stringData: { b: 'two' } }));
    const secret = secrets.get('velero', 's')!;
    expect([[...secret.keys!], secret.value('a'), secret.value('b'), secret.value('c')]).toEqual([['a', 'b'], 'one', 'two', undefined]);
  });

  test('a SealedSecret, with what its template adds', () => {
    const { secrets } = modelOf(object('bitnami.com/v1alpha1', 'SealedSecret', 's', { spec: { encryptedData: { a: 'Ag' }, template: { data: { cloud: '[default]' } } } }));
    const secret = secrets.get('velero', 's')!;
    expect([[...secret.keys!], secret.templates, secret.value('a')]).toEqual([['a', 'cloud'], { cloud: '[default]' }, undefined]);
  });

  test.each([
    [{ data: [{ secretKey: 'a' }] }, 'e', ['a']],
    [{ data: [{ secretKey: 'a' }], target: { name: 't' } }, 't', ['a']],
    [{ data: [{ secretKey: 'a' }], target: { template: { data: { b: 'x' } } } }, 'e', ['b']],
    [{ data: [{ secretKey: 'a' }], target: { template: { data: { b: 'x' }, mergePolicy: 'Merge' } } }, 'e', ['a', 'b']],
    [{ dataFrom: [{ extract: { key: 'x' } }] }, 'e', undefined],
    [{ data: [{ secretKey: 'a' }], target: { template: { templateFrom: [{}] } } }, 'e', undefined],
  ])('an ExternalSecret %j', (spec, name, keys) => {
    const secret = modelOf({ ...READ_LATER, spec }).secrets.get('velero', name)!;
    expect(secret.keys && [...secret.keys]).toEqual(keys);
    expect(secret.value('a')).toBeUndefined();
  });
});

test('workloads with their pods, whatever makes them', () => {
  const pod = {
    metadata: { labels: { app: 'shop' }, annotations: { 'pre.hook.backup.velero.io/command': '["/bin/dump"]', 'post.hook.backup.velero.io/command': '/bin/true' } },
    spec: {
      serviceAccount: 'shop',
      securityContext: { runAsUser: 5 },
      containers: [{
        name: 'db',
        image: 'postgres:16',
        env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }, { name: 'Q', value: 'v' }],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
        volumeDevices: [{ name: 'raw', devicePath: '/dev/x' }],
      }],
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'claim' } }, { name: 'host', hostPath: { path: '/var' } }, { name: 'empty' },
        { name: 'secret', secret: { secretName: 's', items: [{ key: 'k' }] } },
      ],
    },
  };
  const { workloads, claims } = modelOf(
    { apiVersion: 'v1', kind: 'Pod', ...pod, metadata: { ...pod.metadata, name: 'pod', namespace: 'shop', ownerReferences: [{ kind: 'ReplicaSet', controller: true }] } },
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'job', namespace: 'shop' }, spec: { jobTemplate: { spec: { template: pod } } } },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        replicas: 3, template: pod, volumeClaimTemplates: [{ metadata: { name: 'pgdata' }, spec: { volumeMode: 'Block', resources: { requests: { storage: '5Gi' } } } }],
      },
    },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: pod } },
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'claim', namespace: 'shop' }, spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'] } },
  );
  expect(workloads.all.map(({ kind, replicas, owner }) => [kind, replicas, owner])).toEqual([
    ['Pod', undefined, 'ReplicaSet'], ['CronJob', undefined, undefined], ['StatefulSet', 3, undefined], ['Deployment', 1, undefined],
  ]);
  for (const { pod: read } of workloads.all) {
    expect(read.volumes.map(({ type, claimName, hostPath, secret }) => [type, claimName ?? hostPath ?? secret?.keys])).toEqual([
      ['persistentVolumeClaim', 'claim'], ['hostPath', '/var'], ['emptyDir', undefined], ['secret', ['k']],
    ]);
    expect(read.containers[0].env).toEqual([{ name: 'P', value: undefined, secret: { name: 's', key: 'k', optional: false } }, { name: 'Q', value: 'v', secret: undefined }]);
    expect(read.containers[0].devices).toEqual(['raw']);
    expect([read.serviceAccountName, read.security.runAsUser, read.labels]).toEqual(['shop', 5, { app: 'shop' }]);
    expect(read.hooks.map(({ phase, command, commandIsList }) => [phase, command, commandIsList])).toEqual([['pre', ['/bin/dump'], true], ['post', ['/bin/true'], false]]);
  }
  expect(workloads.all[2].claimTemplates).toMatchObject([{ name: 'pgdata', volumeMode: 'Block', size: '5Gi' }]);
  expect(claims.get('shop', 'claim')).toMatchObject({ storageClass: 'fast', volumeMode: 'Filesystem', accessModes: ['ReadWriteOnce'] });
});

test.each([
  ['["/bin/sh", "-c"]', ['/bin/sh', '-c'], true],
  ['["/bin/sh", 5]', ['["/bin/sh", 5]'], false],
  ['["/bin/sh"', ['["/bin/sh"'], false],
  ['/bin/sh -c', ['/bin/sh -c'], false],
])('the command %s of an annotation', (text, command, commandIsList) => {
  const annotations = { 'pre.hook.backup.velero.io/command': text, 'pre.hook.backup.velero.io/timeout': '3m' };
  const [pod] = modelOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', annotations } }).workloads.all;
  expect(pod.pod.hooks).toMatchObject([{ command, commandIsList, timeout: { seconds: 180 } }]);
});

test('locations, object stores and the rest of the cluster', () => {
  const model = modelOf(
    object('velero.io/v1', 'BackupStorageLocation', 'l', {
      spec: {
        provider: 'aws',
        default: true,
        objectStorage: { bucket: 'b', prefix: 'p', caCertRef: { name: 'ca', key: 'k' } },
        config: { region: 'r' },
        credential: { name: 's', key: 'cloud' },
        accessMode: 'ReadOnly',
      },
    }),
    object('velero.io/v1', 'VolumeSnapshotLocation', 'v', { spec: { provider: 'aws' } }),
    object('ceph.rook.io/v1', 'CephObjectStore', 'store', { spec: { gateway: { port: 80, securePort: 443 } } }),
    object('ceph.rook.io/v1', 'CephObjectStoreUser', 'user', { spec: { store: 'store' } }),
    object('objectbucket.io/v1alpha1', 'ObjectBucketClaim', 'claim', { spec: { bucketName: 'b', storageClassName: 'rgw', additionalConfig: { maxSize: '1G' } } }),
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { a: 'b' } } },
    object('postgresql.cnpg.io/v1', 'Cluster', 'pg', { spec: { instances: 3, backup: { barmanObjectStore: {} } } }),
    object('postgresql.cnpg.io/v1', 'Cluster', 'alone'),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'deny', { spec: { podSelector: {}, egress: [{}] } }),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'typed', { spec: { podSelector: {}, policyTypes: ['Egress'] } }),
    object('monitoring.coreos.com/v1', 'PrometheusRule', 'rules', { spec: { groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'up', for: '5m' }, { record: 'r', expr: 1 }] }] } }),
    object('argoproj.io/v1alpha1', 'Application', 'app', {
      spec: { destination: { namespace: 'velero' }, syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['Replace=true'] } },
    }),
  );
  expect(model.unreadable).toEqual([]);
  expect(model.locations.get('velero', 'l')).toMatchObject({
    provider: 'aws',
    bucket: 'b',
    prefix: 'p',
    caCertRef: { name: 'ca', key: 'k' },
    config: { region: 'r' },
    credential: { name: 's', key: 'cloud' },
    isDefault: true,
    accessMode: 'ReadOnly',
  });
  expect(model.snapshotLocations.all).toMatchObject([{ provider: 'aws' }]);
  expect(model.objectStores.all).toMatchObject([{ port: 80, securePort: 443 }]);
  expect(model.objectStoreUsers.all).toMatchObject([{ store: 'store' }]);
  expect(model.bucketClaims.all).toMatchObject([{ bucketName: 'b', storageClass: 'rgw', additionalConfig: { maxSize: '1G' } }]);
  expect(model.namespaces.get('', 'shop')).toMatchObject({ labels: { a: 'b' } });
  expect(model.databaseClusters.all).toMatchObject([{ instances: 3, savesItself: true }, { instances: 1, savesItself: false }]);
  expect(model.networkPolicies.all.map(({ types }) => types)).toEqual([['Ingress', 'Egress'], ['Egress']]);
  expect(model.prometheusRules.all).toMatchObject([
    { name: 'A', group: 'g', records: false, expression: 'up', for: '5m' }, { name: 'r', group: 'g', records: true, expression: '1' },
  ]);
  expect(model.applications.all).toMatchObject([{ destinationNamespace: 'velero', syncOptions: ['Replace=true'], prunes: true, healsItself: true }]);
});

test('facts are found by namespace and by name; of two with one name the first', () => {
  const { workloads } = modelOf(workload('Deployment', 'a', { image: 'one' }), workload('Deployment', 'a', { image: 'two' }), workload('Deployment', 'b', {}));
  expect(workloads.get('velero', 'a')!.pod.containers[0].image!.text).toBe('one');
  expect([workloads.in('velero').length, workloads.in('shop').length, workloads.get('shop', 'a')]).toEqual([3, 0, undefined]);
});

test.each([
  ['In', ['a'], true], ['In', ['b'], false], ['NotIn', ['b'], true], ['NotIn', ['a'], false], ['Exists', [], true], ['DoesNotExist', [], false], ['Gt', ['1'], false],
])('a selector with %s %j', (operator, values, expected) => {
  expect(selects({ matchLabels: { x: 'y' }, matchExpressions: [{ key: 'k', operator, values }] }, { x: 'y', k: 'a' })).toBe(expected);
});

test('a selector needs all of its labels, and an absent label is in no list', () => {
  expect(selects({ matchLabels: { x: 'y' }, matchExpressions: [] }, { x: 'z' })).toBe(false);
  const absent = (operator: string) => selects({ matchLabels: {}, matchExpressions: [{ key: 'k', operator, values: ['a'] }] }, {});
  expect(['In', 'NotIn', 'Exists', 'DoesNotExist'].map(absent)).toEqual([false, true, false, true]);
});

describe('a cron expression', () => {
  test.each([
    ['0 */6 * * *', 6], ['@every 5h', 5], ['0 0 1 * *', 31 * 24], ['CRON_TZ=Europe/Berlin 0 2 * * *', 47], ['nightly', undefined],
  ])('%s is at most %s hours apart', (expression, hours) => {
    expect(Cron.of(expression).longestGap).toBe(hours === undefined ? undefined : hours * 3600);
  });

  test('its minutes of the day, its zone and its needs', () => {
    const zoned = Cron.of('TZ=Asia/Tokyo 0,30 2 * * *');
    expect([zoned.minutesOfDay, zoned.timeZone, zoned.needs]).toEqual([[120, 150], 'Asia/Tokyo', ['cron-time-zone']]);
    expect([Cron.of('@every 5h').minutesOfDay, Cron.of('nightly').minutesOfDay]).toEqual([[], []]);
  });

  test.each([
    ['0 0 * * *', '0 0 1 1 *', true], ['0 0 * * 0', '0 0 * * 1', false], ['0 0 29 2 *', '0 0 * * 1', true], ['0 0 1 * *', '0 0 2 * *', false],
    ['@every 5h', '0 0 * * *', false],
  ])('%s and %s meet on a day: %s', (one, other, expected) => {
    expect(Cron.of(one).sharesDayWith(Cron.of(other))).toBe(expected);
  });
});
