import { Chart, Duration, Size } from 'cdk8s';
import { Findings } from '../../src/findings';
import { BackupStorageLocation } from '../../src/storage/backup-storage-location';
import { RgwBucket, RgwBucketProps } from '../../src/storage/rgw-bucket';
import { RgwObjectStore } from '../../src/storage/rgw-object-store';
import { RgwUser } from '../../src/storage/rgw-user';
import { RgwUserKeys } from '../../src/storage/rgw-user-keys';
import { RookVersion } from '../../src/storage/rook-version';
import { ROOK_MINORS } from '../../src/versions';
import { only, synthesized } from '../synthesized';
import { chart, CREDENTIAL, existing, NEWEST, rookErrors } from './rook';

const AT = "RgwBucket 'test/backups'";
const LABEL = 'wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const BUCKET = 'wanted 3 to 63 lower-case letters, digits, "-" and single ".", beginning and ending with a letter or digit, and no IP address';
const OWNER = RgwUser.fromName('velero');
const ABORT = (days: number) =>
  `{"Rules":[{"ID":"AbortIncompleteMultipartUploads","Status":"Enabled","Prefix":"","AbortIncompleteMultipartUpload":{"DaysAfterInitiation":${days}}}]}`;

function bucket(props: Partial<RgwBucketProps> = {}, scope: Chart = chart()): RgwBucket {
  return new RgwBucket(scope, 'backups', { objectStore: existing(), ...props });
}

function objects(props?: Partial<RgwBucketProps>): any[] {
  return synthesized(bucket(props).node.scope as Chart);
}

function configOf(props: Partial<RgwBucketProps>): any {
  return only(objects(props), 'ObjectBucketClaim').spec.additionalConfig;
}

function owner(scope: Chart, maxBuckets?: number): RgwUser {
  return new RgwUser(scope, 'velero', { objectStore: existing(), keys: RgwUserKeys.sealed(CREDENTIAL), maxBuckets });
}

test('without an owner Rook makes a user, and nothing is asked for that an operator would have to allow', () => {
  const own = bucket();

  expect(synthesized(own.node.scope as Chart)).toEqual([
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'store-retained-buckets', annotations: { 'argocd.argoproj.io/sync-wave': '-5', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      },
      provisioner: 'rook-ceph.ceph.rook.io/bucket',
      reclaimPolicy: 'Retain',
      parameters: { objectStoreName: 'store', objectStoreNamespace: 'rook-ceph' },
    },
    {
      apiVersion: 'objectbucket.io/v1alpha1',
      kind: 'ObjectBucketClaim',
      metadata: {
        name: 'backups',
        namespace: 'velero',
        annotations: {
          'argocd.argoproj.io/sync-wave': '-4',
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true',
          'cdk8s-velero/rook-version': '1.20.6',
        },
      },
      spec: { bucketName: 'backups', storageClassName: 'store-retained-buckets' },
    },
  ]);
  expect([own.bucketName, own.namespace, own.keys]).toEqual([
    'backups', 'velero', { secretName: 'backups', namespace: 'velero', accessKeyName: 'AWS_ACCESS_KEY_ID', secretKeyName: 'AWS_SECRET_ACCESS_KEY' },
  ]);
});

test('with an owner it is that user\'s, and unfinished uploads are deleted after a week', () => {
  const scope = chart();
  const own = bucket({ owner: owner(scope) }, scope);

  expect(only(synthesized(scope), 'ObjectBucketClaim').spec.additionalConfig).toEqual({ bucketOwner: 'velero', bucketLifecycle: ABORT(7) });
  expect(own.keys).toBeUndefined();
});

test('takes everything', () => {
  const all: Required<Omit<RgwBucketProps, 'storageClassName'>> = {
    objectStore: existing(),
    owner: OWNER,
    bucketName: 'velero.backups',
    name: 'claim',
    namespace: 'backup',
    provisioner: 'custom.ceph.rook.io/bucket',
    abortIncompleteUploadsAfter: Duration.days(1),
    maxSize: Size.tebibytes(1),
    maxObjects: 10_000,
    labels: { team: 'storage' },
    annotations: { 'argocd.argoproj.io/sync-wave': '-3' },
  };
  const made = objects(all);

  expect(only(made, 'StorageClass').provisioner).toBe('custom.ceph.rook.io/bucket');
  expect(only(made, 'ObjectBucketClaim')).toMatchObject({
    metadata: { name: 'claim', namespace: 'backup', labels: { team: 'storage' }, annotations: { 'argocd.argoproj.io/sync-wave': '-3' } },
    spec: {
      bucketName: 'velero.backups',
      additionalConfig: { bucketOwner: 'velero', bucketLifecycle: ABORT(1), bucketMaxSize: '1Ti', bucketMaxObjects: '10000' },
    },
  });
  expect(rookErrors(made)).toEqual([]);
});

test('without an owner quotas are those of the user that Rook makes', () => {
  expect(configOf({ maxSize: Size.gibibytes(500), maxObjects: 10 })).toEqual({ maxSize: '500Gi', maxObjects: '10' });
});

test('unfinished uploads can be kept, or deleted without an owner too', () => {
  expect(configOf({ owner: OWNER, abortIncompleteUploadsAfter: Duration.days(0) })).toEqual({ bucketOwner: 'velero' });
  expect(configOf({ abortIncompleteUploadsAfter: Duration.hours(48) })).toEqual({ bucketLifecycle: ABORT(2) });
});

test('a class of somebody else is only named', () => {
  expect(objects({ storageClassName: 'rook-ceph-retain-bucket' }).map(({ kind, spec }) => [kind, spec.storageClassName]))
    .toEqual([['ObjectBucketClaim', 'rook-ceph-retain-bucket']]);
});

test('the provisioner of an operator that watches everything has no prefix', () => {
  expect(only(objects({ provisioner: 'ceph.rook.io/bucket' }), 'StorageClass').provisioner).toBe('ceph.rook.io/bucket');
});

test('the buckets of a store share one class, whatever charts they are in', () => {
  const scope = chart();
  const other = new Chart(scope.node.root as any, 'other');
  bucket({}, scope);
  bucket({ bucketName: 'pictures' }, other);
  bucket({ objectStore: RgwObjectStore.fromExisting({ name: 'second', version: NEWEST }), bucketName: 'backups', name: 'of-second' }, new Chart(scope.node.root as any, 'third'));

  expect(synthesized(scope).map(({ kind }) => kind)).toEqual(['StorageClass', 'ObjectBucketClaim']);
  expect(synthesized(other).map(({ kind, spec }) => [kind, spec.storageClassName])).toEqual([['ObjectBucketClaim', 'store-retained-buckets']]);
});

test.each(ROOK_MINORS)('a bucket without owner is valid by the definition of Rook %s', minor => {
  const version = RookVersion.of(`${minor}.9`);
  expect(rookErrors(objects({ objectStore: existing(version) }), version)).toEqual([]);
});

describe('a location', () => {
  const located = (version: RookVersion, more: Partial<RgwBucketProps>) => {
    const scope = chart();
    const objectStore = existing(version);
    const own = bucket({ objectStore, ...more }, scope);
    new BackupStorageLocation(scope, 'cluster-backups', { objectStore, bucket: own.bucketName, prefix: 'homelab', credential: CREDENTIAL });
    return { scope, ids: Findings.all(scope).map(({ id }) => id).filter(id => id.startsWith('bucket')) };
  };

  test('is told what the operator must allow', () => {
    const { scope, ids } = located(NEWEST, { owner: OWNER });

    expect(ids).toEqual(['bucket-claim-refused']);
    expect(Findings.all(scope).find(({ id }) => id === 'bucket-claim-refused')).toMatchObject({
      severity: 'warning',
      at: 'ObjectBucketClaim velero/backups (test/backups/Resource)',
      message: 'spec.additionalConfig got ["bucketLifecycle","bucketOwner"], '
        + 'wanted an operator that allows bucketLifecycle and bucketOwner: its ConfigMap rook-ceph-operator-config is not here to tell',
      fix: 'let the operator allow these fields: in the value obcAllowAdditionalConfigFields of its chart, '
        + 'or as ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS in its ConfigMap rook-ceph-operator-config',
    });
  });

  test('is told nothing where there is nothing to allow, or Rook asks nobody', () => {
    expect(located(NEWEST, { maxSize: Size.gibibytes(1) }).ids).toEqual([]);
    expect(located(RookVersion.of('1.16.9'), { abortIncompleteUploadsAfter: Duration.days(1) }).ids).toEqual([]);
  });
});

describe('what is there once', () => {
  test('a bucket of a store', () => {
    const scope = chart();
    bucket({}, scope);
    expect(() => new RgwBucket(scope, 'second', { objectStore: existing(), bucketName: 'backups', name: 'second' })).toThrow(new Error(
      "bucket 'test/second': name got \"rook-ceph/store/backups\", wanted a bucket that no other construct declares; "
      + "'test/backups' has it already: rename or remove one of them",
    ));
  });

  test('a claim in a namespace', () => {
    const scope = chart();
    bucket({}, scope);
    expect(() => new RgwBucket(scope, 'second', { objectStore: existing(), name: 'backups' })).toThrow('name got "velero/backups", wanted a ObjectBucketClaim that no other');
  });

  test('a class: another provisioner needs a class of its own', () => {
    const scope = chart();
    bucket({}, scope);
    expect(() => new RgwBucket(scope, 'second', { objectStore: existing(), provisioner: 'ceph.rook.io/bucket' }))
      .toThrow('name got "cluster/store-retained-buckets", wanted a StorageClass that no other construct declares');
  });
});

describe('an owner', () => {
  test('has as many buckets as it may', () => {
    const scope = chart();
    const own = owner(scope, 2);
    bucket({ owner: own }, scope);
    new RgwBucket(scope, 'second', { objectStore: existing(), owner: own });
    expect(() => new RgwBucket(scope, 'third', { objectStore: existing(), owner: own })).toThrow(new Error(
      "RgwBucket 'test/third': owner got \"velero\", wanted a user that may have 3 buckets, but its maxBuckets is 2; raise it there",
    ));
  });

  test.each<[string, Partial<RgwBucketProps>]>([
    ['a wrong name', { bucketName: 'Backups' }],
    ['a name that is taken', { bucketName: 'there' }],
  ])('does not have a bucket that was refused for %s', (_, wrong) => {
    const scope = chart();
    const own = owner(scope);
    bucket({ bucketName: 'there' }, scope);
    expect(() => new RgwBucket(scope, 'refused', { objectStore: existing(), owner: own, ...wrong })).toThrow(/ame got/);
    new RgwBucket(scope, 'fine', { objectStore: existing(), owner: own });
    expect(only(synthesized(scope).filter(({ metadata }) => metadata.name === 'fine'), 'ObjectBucketClaim').spec.additionalConfig).toMatchObject({ bucketOwner: 'velero' });
  });

  test('is of the same store', () => {
    const scope = chart();
    const objectStore = RgwObjectStore.fromExisting({ name: 'other', version: NEWEST });
    expect(() => bucket({ objectStore, owner: owner(scope) }, scope)).toThrow(new Error(
      `${AT}: owner got "velero of rook-ceph/store", wanted a user of rook-ceph/other, the store of the bucket`,
    ));
  });

  test('has the claim in its namespace', () => {
    const scope = chart();
    const own = new RgwUser(scope, 'velero', { objectStore: existing(), keys: RgwUserKeys.madeByRook('backup') });
    expect(bucket({ owner: own }, scope).namespace).toBe('backup');
  });
});

const OLD = (version: string) => ({ objectStore: existing(RookVersion.of(version)) });
const TOLD = (version: string) => `but the object store is of Rook ${version}; leave it out, or upgrade Rook`;

test.each<[Partial<RgwBucketProps>, string]>([
  [{ objectStore: undefined }, 'objectStore: wanted an RgwObjectStore, or RgwObjectStore.fromExisting({ … })'],
  [{ owner: 'velero' as any }, 'owner got "velero", wanted an RgwUser, or RgwUser.fromName(…)'],
  [{ bucketName: 'Backups', name: 'claim' }, `bucketName got "Backups", ${BUCKET}`],
  [{ bucketName: 'a/b', name: 'claim' }, 'bucketName got "a/b", wanted the name of a bucket without "/"; put what follows the bucket into prefix'],
  [{ name: 'a b' }, 'name got "a b", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit'],
  [{ namespace: 'a b' }, `namespace got "a b", ${LABEL}`],
  [{ storageClassName: 'A' }, 'storageClassName got "A", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit'],
  [
    { storageClassName: 'a', provisioner: 'ceph.rook.io/bucket' },
    'provisioner got "ceph.rook.io/bucket", wanted none beside storageClassName, whose own provisioner counts; leave one out',
  ],
  [{ provisioner: 'rook-ceph' }, 'provisioner got "rook-ceph", wanted ceph.rook.io/bucket, or that with a DNS label and a dot before it'],
  [{ abortIncompleteUploadsAfter: Duration.hours(36) }, 'abortIncompleteUploadsAfter got "36h", wanted whole days, or 0 for never'],
  [{ maxObjects: 0 }, 'maxObjects got 0, wanted a whole number, at least 1'],
  [{ maxSize: Size.kibibytes(0) }, 'maxSize got "0Ki", wanted a size above 0; leave it out for no limit'],
  [{ lifecycle: 1 } as any, 'lifecycle: wanted a prop that there is; there are objectStore, owner, bucketName, name, namespace, storageClassName, provisioner, '
    + 'abortIncompleteUploadsAfter, maxSize, maxObjects, labels, annotations'],
  [
    { ...OLD('1.16.9'), owner: OWNER },
    'owner: wanted Rook >= 1.17.0 for the owner of a bucket (bucketOwner), but the object store is of Rook 1.16.9; '
    + 'leave it out: Rook then makes a user for the bucket, whose keys VeleroInstall takes as objectStoreKeys',
  ],
  [
    { ...OLD('1.16.2'), abortIncompleteUploadsAfter: Duration.days(1) },
    `abortIncompleteUploadsAfter: wanted Rook >= 1.16.3 for the lifecycle of a bucket (bucketLifecycle), ${TOLD('1.16.2')}`,
  ],
  [
    { ...OLD('1.15.9'), owner: OWNER, maxSize: Size.gibibytes(1), maxObjects: 1 },
    '3 problems\n  - owner: wanted Rook >= 1.17.0 for the owner of a bucket (bucketOwner), but the object store is of Rook 1.15.9; '
    + 'leave it out: Rook then makes a user for the bucket, whose keys VeleroInstall takes as objectStoreKeys\n'
    + `  - maxSize: wanted Rook >= 1.16.0 for quotas of a bucket (bucketMaxSize, bucketMaxObjects), ${TOLD('1.15.9')}\n`
    + `  - maxObjects: wanted Rook >= 1.16.0 for quotas of a bucket (bucketMaxSize, bucketMaxObjects), ${TOLD('1.15.9')}`,
  ],
])('refuses %#', (wrong, message) => {
  expect(() => bucket(wrong)).toThrow(new Error(`${AT}: ${message}`));
});

test('has props', () => {
  expect(() => new RgwBucket(chart(), 'backups', undefined as any)).toThrow(new Error(`${AT}: objectStore: wanted an RgwObjectStore, or RgwObjectStore.fromExisting({ … })`));
});

test('one of another app is a name', () => {
  expect(RgwBucket.fromName('backups')).toEqual({ bucketName: 'backups' });
  expect(() => RgwBucket.fromName('B')).toThrow(new Error(`RgwBucket.fromName: bucketName got "B", ${BUCKET}`));
  expect(() => RgwBucket.fromName(1 as any)).toThrow(new Error('RgwBucket.fromName: bucketName got 1, wanted a string'));
});
