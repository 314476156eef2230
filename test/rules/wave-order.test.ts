import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { installation, schedule, skipped } from '../../src/rules/examples';

const WAVE = 'argocd.argoproj.io/sync-wave';

escapeHatch('wave-order', usual => () => usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.replace('/metadata/annotations/argocd.argoproj.io~1sync-wave', '2')));

/** An object in a wave; without one where it is undefined. */
function at(wave: number | undefined, apiVersion: string, kind: string, name: string, rest: any = {}, namespace: string | undefined = 'velero'): any {
  return { apiVersion, kind, metadata: { name, namespace, ...(wave !== undefined && { annotations: { [WAVE]: String(wave) } }) }, ...rest };
}

function wrong(...objects: any[]): string[] {
  return told(judged(objects), 'wave-order').map(line => line.replace('error wave-order ', ''));
}

const pod = (spec: any) => ({ spec: { template: { spec: { containers: [{ name: 'main', image: 'velero/velero:v1.18.3', args: ['server'] }], ...spec } } } });
const [server] = objectsIn(installation('1.18.3')).filter(({ kind }) => kind === 'Deployment');
const location = (wave: number | undefined, spec: any = {}) => at(wave, 'velero.io/v1', 'BackupStorageLocation', 'offsite', {
  spec: { provider: 'aws', default: true, objectStorage: { bucket: 'backups' }, ...spec },
});

describe('what is needed in a later wave', () => {
  test.each([
    ['a definition', at(0, 'velero.io/v1', 'BackupStorageLocation', 'a'),
      at(1, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'x', { spec: { group: 'velero.io', names: { kind: 'BackupStorageLocation' } } }, ''),
      'BackupStorageLocation velero/a', 'CustomResourceDefinition x', 'the API server does not know the kind BackupStorageLocation'],
    ['the namespace', at(-3, 'v1', 'ConfigMap', 'a'), at(-2, 'v1', 'Namespace', 'velero', {}, ''), 'ConfigMap velero/a', 'Namespace velero', 'it has no place to be'],
    ['a ServiceAccount', at(0, 'apps/v1', 'DaemonSet', 'a', pod({ serviceAccountName: 'b' })), at(1, 'v1', 'ServiceAccount', 'b'),
      'DaemonSet velero/a', 'ServiceAccount velero/b', 'its pods cannot be made'],
    ['a Secret that is mounted', at(0, 'apps/v1', 'Deployment', 'a', pod({ volumes: [{ name: 'v', secret: { secretName: 'b' } }] })), at(1, 'bitnami.com/v1alpha1', 'SealedSecret', 'b'),
      'Deployment velero/a', 'SealedSecret velero/b', 'its pods do not start'],
    ['a ConfigMap of a drill', at(4, 'batch/v1', 'CronJob', 'a', { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ envFrom: [{ configMapRef: { name: 'b' } }] }] } } } } } }),
      at(5, 'v1', 'ConfigMap', 'b'), 'CronJob velero/a', 'ConfigMap velero/b', 'its pods do not start'],
    ['the rights of the server', at(0, 'apps/v1', 'Deployment', 'a', pod({ serviceAccountName: 'b' })),
      at(1, 'rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'c', { subjects: [{ kind: 'ServiceAccount', name: 'b', namespace: 'velero' }, { kind: 'Group', name: 'b' }] }, ''),
      'Deployment velero/a', 'ClusterRoleBinding c', 'it may read nothing, and ends'],
    ['settings that a flag names',
      at(0, 'apps/v1', 'Deployment', 'velero', { spec: { template: { spec: { containers: [{ image: 'velero/velero:v1.18.3', args: ['server', '--backup-repository-configmap=b'] }] } } } }),
      at(1, 'v1', 'ConfigMap', 'b'), 'Deployment velero/velero', 'ConfigMap velero/b', 'it starts without these settings, or not at all'],
    ['the object store of a user', at(-5, 'ceph.rook.io/v1', 'CephObjectStoreUser', 'a', { spec: { store: 'b', clusterNamespace: 'rook-ceph' } }),
      at(-4, 'ceph.rook.io/v1', 'CephObjectStore', 'b', {}, 'rook-ceph'), 'CephObjectStoreUser velero/a', 'CephObjectStore rook-ceph/b', 'there is nothing to make a user in'],
    ['the keys of a user', at(-5, 'ceph.rook.io/v1', 'CephObjectStoreUser', 'a', { spec: { keys: [{ accessKeyRef: { name: 'b' }, secretKeyRef: { name: 'b' } }] } }),
      at(-4, 'bitnami.com/v1alpha1', 'SealedSecret', 'b'), 'CephObjectStoreUser velero/a', 'SealedSecret velero/b', 'Rook has no keys for the user'],
    ['the object store of a class of buckets', at(-5, 'storage.k8s.io/v1', 'StorageClass', 'a', { parameters: { objectStoreName: 'b', objectStoreNamespace: 'rook-ceph' } }, ''),
      at(-4, 'ceph.rook.io/v1', 'CephObjectStore', 'b', {}, 'rook-ceph'), 'StorageClass a', 'CephObjectStore rook-ceph/b', 'there is nothing to make a bucket in'],
    ['the class of a bucket', at(-4, 'objectbucket.io/v1alpha1', 'ObjectBucketClaim', 'a', { spec: { storageClassName: 'b' } }), at(-3, 'storage.k8s.io/v1', 'StorageClass', 'b', {}, ''),
      'ObjectBucketClaim velero/a', 'StorageClass b', 'nobody makes the bucket'],
    ['the credential of a location', location(1, { credential: { name: 'b', key: 'cloud' } }), at(2, 'bitnami.com/v1alpha1', 'SealedSecret', 'b'),
      'BackupStorageLocation velero/offsite', 'SealedSecret velero/b', 'the location is Unavailable'],
    ['the server of a location', location(-1), at(undefined, 'apps/v1', 'Deployment', 'velero', server),
      'BackupStorageLocation velero/offsite', 'Deployment velero/velero', 'nobody looks whether the location can be used'],
    ['the location of a schedule', at(0, 'velero.io/v1', 'Schedule', 'a', { spec: { template: { storageLocation: 'offsite' } } }), location(1),
      'Schedule velero/a', 'BackupStorageLocation velero/offsite', 'a backup that is due fails'],
    ['the policy of a schedule', at(-3, 'velero.io/v1', 'Schedule', 'a', { spec: { template: { resourcePolicy: { kind: 'ConfigMap', name: 'b' } } } }), at(-2, 'v1', 'ConfigMap', 'b'),
      'Schedule velero/a', 'ConfigMap velero/b', 'a backup that is due fails'],
  ])('%s', (_, by, of, byName, ofName, otherwise) => {
    const [got, wave] = [by, of].map(({ metadata: { annotations } }) => annotations?.[WAVE]);
    expect(wrong(by, of)).toEqual([
      `${byName}: annotation ${WAVE} got ${JSON.stringify(got)}, wanted at least ${wave ?? 0}, the wave of ${ofName}: before that ${otherwise}`,
    ]);
    const together = { ...of, metadata: { ...of.metadata, annotations: { [WAVE]: got } } };
    expect(wrong(by, together)).toEqual([]);
  });

  test('a bucket and its store, which a location lies in', () => {
    const there = location(-6, { config: { s3Url: 'http://rook-ceph-rgw-store.rook-ceph.svc' } });
    const bucket = at(-4, 'objectbucket.io/v1alpha1', 'ObjectBucketClaim', 'a', { spec: { bucketName: 'backups' } });
    const store = at(-5, 'ceph.rook.io/v1', 'CephObjectStore', 'store', {}, 'rook-ceph');
    const namespace = at(-9, 'v1', 'Namespace', 'rook-ceph', {}, '');
    expect(wrong(there, bucket, store, namespace)).toEqual([
      `BackupStorageLocation velero/offsite: annotation ${WAVE} got "-6", wanted at least -4, the wave of ObjectBucketClaim velero/a `
      + '(and 1 more that it needs come later): before that the location is Unavailable',
    ]);
    expect(wrong(location(-6, { config: { s3Url: 'http://minio.rook-ceph.svc' } }), bucket, store, namespace)).toEqual([]);
  });
});

test('one finding an object, about what comes last', () => {
  const objects = objectsIn(`${schedule({ annotations: { [WAVE]: '"-3"' }, template: { resourcePolicy: '{ kind: ConfigMap, name: volumes }' } })}---\n${installation('1.18.3')}---\n${skipped()}`);
  const moved = objects.map(object => object.kind === 'BackupStorageLocation' ? { ...object, metadata: { ...object.metadata, annotations: { [WAVE]: '3' } } } : object);
  const [judgement] = judged(moved).filter(({ rule }) => rule.id === 'wave-order');
  expect(told([judgement])).toEqual([
    `error wave-order Schedule velero/nightly: annotation ${WAVE} got "-3", wanted at least 3, the wave of BackupStorageLocation velero/offsite `
    + '(and 3 more that it needs come later): before that a backup that is due fails',
  ]);
  expect(judgement.next).toBe('write 3 or more, or give BackupStorageLocation velero/offsite the wave -3 or an earlier one');
});

test('what names nothing needs nothing', () => {
  expect(wrong(
    at(-9, 'storage.k8s.io/v1', 'StorageClass', 'a', {}, ''), at(-9, 'objectbucket.io/v1alpha1', 'ObjectBucketClaim', 'a'),
    at(-9, 'ceph.rook.io/v1', 'CephObjectStoreUser', 'a', { spec: { keys: [{}] } }), at(-9, 'ceph.rook.io/v1', 'CephObjectStore', 'b', {}, 'rook-ceph'),
    at(0, 'rbac.authorization.k8s.io/v1', 'RoleBinding', 'c', { subjects: [{ kind: 'ServiceAccount' }] }), at(-9, 'apps/v1', 'Deployment', 'velero', server),
  )).toEqual([]);
});

describe('silent', () => {
  const account = at(1, 'v1', 'ServiceAccount', 'b');
  const workload = at(0, 'apps/v1', 'Deployment', 'a', pod({ serviceAccountName: 'b' }));
  const application = (name: string, include: string) => ({
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name, namespace: 'argocd' }, spec: { source: { path: '.', directory: { recurse: true, include } } },
  });

  test('without any wave, and where a wave is no whole number', () => {
    expect(wrong(at(undefined, 'apps/v1', 'Deployment', 'a', pod({ serviceAccountName: 'b' })), at(undefined, 'v1', 'ServiceAccount', 'b'))).toEqual([]);
    const unreadable = { ...account, metadata: { ...account.metadata, annotations: { [WAVE]: 'late' } } };
    expect(wrong(workload, unreadable)).toEqual([]);
  });

  test('about hooks', () => {
    const hook = { ...account, metadata: { ...account.metadata, annotations: { [WAVE]: '1', 'argocd.argoproj.io/hook': 'PreSync' } } };
    expect(wrong(workload, account)).toHaveLength(1);
    expect(wrong(workload, hook)).toEqual([]);
  });

  test('about a namespace that an Application makes before all waves', () => {
    const [early, namespace] = [at(-6, 'bitnami.com/v1alpha1', 'SealedSecret', 'b'), at(undefined, 'v1', 'Namespace', 'velero', {}, '')];
    const making = (options: string[]) => ({
      apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'a' }, spec: { destination: { namespace: 'velero' }, syncPolicy: { syncOptions: options } },
    });
    expect(wrong(early, namespace, making([]))).toHaveLength(1);
    expect(wrong(early, namespace, making(['CreateNamespace=true']))).toEqual([]);
  });

  test('about what the pod can do without', () => {
    const optional = at(0, 'apps/v1', 'Deployment', 'a', pod({ volumes: [{ name: 'v', secret: { secretName: 'b', optional: true } }] }));
    expect(wrong(optional, at(1, 'v1', 'Secret', 'b'))).toEqual([]);
  });

  test('between two Applications, whose waves have nothing to do with each other', () => {
    const tracked = (object: any, name: string) => ({
      ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, 'argocd.argoproj.io/tracking-id': `${name}:a/b:c/d` } },
    });
    const applications = [application('one', '*'), application('two', '*')];
    expect(wrong(tracked(workload, 'one'), tracked(account, 'two'), ...applications)).toEqual([]);
    expect(wrong(tracked(workload, 'one'), tracked(account, 'one'), ...applications)).toHaveLength(1);
  });
});
