import { Chart, Size } from 'cdk8s';
import { ICredential } from '../../src/credentials/credential';
import { ExistingCredential } from '../../src/credentials/existing-credential';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { RgwObjectStore } from '../../src/storage/rgw-object-store';
import { RgwUser, RgwUserProps } from '../../src/storage/rgw-user';
import { RgwUserKeys } from '../../src/storage/rgw-user-keys';
import { RookVersion } from '../../src/storage/rook-version';
import { rsaKey } from '../certificates';
import { fileIn, sealedPassword, sealedS3, temporaryFolder, yamlOf } from '../credentials/sealed-files';
import { only, synthesized } from '../synthesized';
import { chart, CREDENTIAL, existing, NEWEST, rookErrors } from './rook';

const AT = "RgwUser 'test/velero'";
const LABEL = 'wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const COUNT = 'wanted a whole number, at least 1';
const CONTROLLER = rsaKey();
const folder = temporaryFolder();

function user(props: Partial<RgwUserProps> = {}, scope: Chart = chart()): RgwUser {
  return new RgwUser(scope, 'velero', { objectStore: existing(), keys: RgwUserKeys.sealed(CREDENTIAL), ...props });
}

function emitted(props?: Partial<RgwUserProps>): any {
  return only(synthesized(user(props).node.scope as Chart), 'CephObjectStoreUser');
}

test('takes the keys of the credential, which lies beside it, and may have one bucket', () => {
  expect(emitted()).toEqual({
    apiVersion: 'ceph.rook.io/v1',
    kind: 'CephObjectStoreUser',
    metadata: {
      name: 'velero',
      namespace: 'velero',
      annotations: {
        'argocd.argoproj.io/sync-wave': '-5', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true',
      },
    },
    spec: {
      store: 'store',
      clusterNamespace: 'rook-ceph',
      displayName: 'velero',
      quotas: { maxBuckets: 1 },
      keys: [{ accessKeyRef: { name: 'velero-s3', key: 'accessKey' }, secretKeyRef: { name: 'velero-s3', key: 'secretKey' } }],
    },
  });
});

test('takes everything, and nothing of an administrator', () => {
  const all: Required<RgwUserProps> = {
    objectStore: existing(),
    keys: RgwUserKeys.sealed({ ...CREDENTIAL, namespace: 'rook-ceph' }),
    name: 'backups',
    displayName: 'Backups of the homelab',
    maxBuckets: 2,
    maxSize: Size.gibibytes(500),
    maxObjects: 1_000_000,
    labels: { team: 'storage' },
    annotations: { owner: 'storage' },
  };

  expect(emitted(all)).toMatchObject({
    metadata: { name: 'backups', namespace: 'rook-ceph', labels: { team: 'storage' }, annotations: { owner: 'storage' } },
    spec: { store: 'store', displayName: 'Backups of the homelab', quotas: { maxBuckets: 2, maxSize: '500Gi', maxObjects: 1_000_000 } },
  });
  expect(emitted(all).spec).not.toHaveProperty('clusterNamespace');
  expect(Object.keys(emitted(all).spec).sort()).toEqual(['displayName', 'keys', 'quotas', 'store']);
  expect(rookErrors([emitted(all)])).toEqual([]);
});

describe('keys', () => {
  test('of a credential of this app are those that are sealed', () => {
    const scope = chart();
    const credential = SealedCredential.fromFile(scope, 's3', fileIn(folder, 's3.yaml', yamlOf(sealedS3(CONTROLLER))));
    const own = user({ keys: RgwUserKeys.sealed(credential) }, scope);

    expect(only(synthesized(scope), 'CephObjectStoreUser').spec.keys)
      .toEqual([{ accessKeyRef: { name: 'velero-s3', key: 'accessKey' }, secretKeyRef: { name: 'velero-s3', key: 'secretKey' } }]);
    expect(own.keys).toEqual({ secretName: 'velero-s3', namespace: 'velero', accessKeyName: 'accessKey', secretKeyName: 'secretKey' });
  });

  test('while a rotation lasts both pairs count, and the next one is used', () => {
    const manifest = sealedS3(CONTROLLER);
    const { accessKey, secretKey } = manifest.spec.encryptedData;
    Object.assign(manifest.spec.encryptedData, { nextAccessKey: accessKey, nextSecretKey: secretKey });
    const scope = chart();
    const own = user({ keys: RgwUserKeys.sealed(SealedCredential.fromFile(scope, 's3', fileIn(folder, 'rotated.yaml', yamlOf(manifest)))) }, scope);
    const made = only(synthesized(scope), 'CephObjectStoreUser');

    expect(made.spec.keys).toEqual([
      { accessKeyRef: { name: 'velero-s3', key: 'accessKey' }, secretKeyRef: { name: 'velero-s3', key: 'secretKey' } },
      { accessKeyRef: { name: 'velero-s3', key: 'nextAccessKey' }, secretKeyRef: { name: 'velero-s3', key: 'nextSecretKey' } },
    ]);
    expect(own.keys).toEqual({ secretName: 'velero-s3', namespace: 'velero', accessKeyName: 'nextAccessKey', secretKeyName: 'nextSecretKey' });
    expect(rookErrors([made])).toEqual([]);
  });

  test('of a Secret that others bring are taken by their usual names', () => {
    const scope = chart();
    user({ keys: RgwUserKeys.sealed(ExistingCredential.fromSecret(scope, 's3', 'there', 'cloud')) }, scope);
    expect(only(synthesized(scope), 'CephObjectStoreUser').spec.keys)
      .toEqual([{ accessKeyRef: { name: 'there', key: 'accessKey' }, secretKeyRef: { name: 'there', key: 'secretKey' } }]);
  });

  test('a credential without them is refused, with the command that makes one', () => {
    const scope = chart();
    const manifest = sealedS3(CONTROLLER);
    delete (manifest.spec.encryptedData as any).secretKey;
    const credential = SealedCredential.fromFile(scope, 's3', fileIn(folder, 'half.yaml', yamlOf(manifest)));
    expect(() => RgwUserKeys.sealed(credential)).toThrow(new Error(
      'RgwUserKeys.sealed: credential got "velero/velero-s3", wanted a Secret with the keys accessKey and secretKey beside cloud: '
      + 'Rook reads no file; seal it anew: npx cdk8s-velero seal s3 --name velero-s3 --namespace velero --cert sealed-secrets.pem',
    ));
  });

  test.each<[string, (scope: Chart) => ICredential]>([
    ['sealed', scope => SealedCredential.fromFile(scope, 'password', fileIn(folder, 'password.yaml', yamlOf(sealedPassword(CONTROLLER))))],
    ['there already', scope => ExistingCredential.fromSecret(scope, 'password', 'velero-repo-credentials', 'repository-password')],
  ])('the password of the repositories, %s, is no pair of keys', (_, credential) => {
    expect(() => RgwUserKeys.sealed(credential(chart()))).toThrow(new Error('RgwUserKeys.sealed: credential got "velero/velero-repo-credentials", '
      + 'wanted a credential with S3 keys: this is the password of the repositories; give it the credential that the location names'));
  });

  test.each([
    [undefined, 'credential: wanted a credential, such as ExistingCredential.fromSecret(…)'],
    ['velero-s3', 'credential got "velero-s3", wanted a credential, such as ExistingCredential.fromSecret(…)'],
  ])('%j is no credential', (credential, message) => {
    expect(() => RgwUserKeys.sealed(credential as any)).toThrow(new Error(`RgwUserKeys.sealed: ${message}`));
  });

  test.each(['1.12.3', '1.16.9', '1.20.6'])('of Rook %s may be made by Rook: the install takes them from its Secret', version => {
    const own = user({ objectStore: existing(RookVersion.of(version)), keys: RgwUserKeys.madeByRook() });
    const made = only(synthesized(own.node.scope as Chart), 'CephObjectStoreUser');

    expect(made.spec).toEqual({ store: 'store', clusterNamespace: 'rook-ceph', displayName: 'velero', quotas: { maxBuckets: 1 } });
    expect(own.keys)
      .toEqual({ secretName: 'rook-ceph-object-user-store-velero', namespace: 'velero', accessKeyName: 'AccessKey', secretKeyName: 'SecretKey' });
    expect(rookErrors([made], RookVersion.of(version))).toEqual([]);
  });

  test('are made in another namespace where it is named', () => {
    expect(user({ keys: RgwUserKeys.madeByRook('backup') }).namespace).toBe('backup');
    expect(() => RgwUserKeys.madeByRook('a b')).toThrow(new Error(`RgwUserKeys.madeByRook: namespace got "a b", ${LABEL}`));
  });
});

describe('a store of this app takes its users', () => {
  const store = (scope: Chart, allowUsersInNamespaces?: string[]) => new RgwObjectStore(scope, 'store', { version: NEWEST, allowUsersInNamespaces });

  test.each([
    [undefined, 'velero', ['velero']],
    [['harbor'], 'velero', ['harbor', 'velero']],
    [['velero'], 'velero', ['velero']],
    [['*'], 'velero', ['*']],
    [undefined, 'rook-ceph', undefined],
  ])('that allows %j, with one in %s', (given, namespace, allowed) => {
    const scope = chart();
    user({ objectStore: store(scope, given), keys: RgwUserKeys.madeByRook(namespace) }, scope);
    expect(only(synthesized(scope), 'CephObjectStore').spec.allowUsersInNamespaces).toEqual(allowed);
  });

  test('one that is elsewhere must say so', () => {
    const objectStore = RgwObjectStore.fromExisting({ name: 'store', version: NEWEST, allowUsersInNamespaces: ['harbor'] });
    expect(() => user({ objectStore })).toThrow(new Error(`${AT}: keys got "namespace velero", wanted one that the object store store takes users of: rook-ceph, harbor; `
      + 'add velero to spec.allowUsersInNamespaces of the CephObjectStore and to the attributes of fromExisting'));
    expect(() => user({ objectStore, keys: RgwUserKeys.madeByRook('harbor') })).not.toThrow();
    expect(() => user({ objectStore, keys: RgwUserKeys.madeByRook('rook-ceph') })).not.toThrow();
  });
});

test('a name is the store\'s, whatever the namespace', () => {
  const scope = chart();
  user({}, scope);
  expect(() => new RgwUser(scope, 'second', { objectStore: existing(), keys: RgwUserKeys.madeByRook('other'), name: 'velero' })).toThrow(new Error(
    "CephObjectStoreUser 'test/second': name got \"rook-ceph/store/velero\", wanted a CephObjectStoreUser that no other construct declares; "
    + "'test/velero' has it already: rename or remove one of them",
  ));
  expect(() => new RgwUser(scope, 'third', {
    objectStore: RgwObjectStore.fromExisting({ name: 'other', version: NEWEST, allowUsersInNamespaces: ['*'] }), keys: RgwUserKeys.madeByRook(), name: 'velero',
  })).not.toThrow();
});

test.each<[Partial<RgwUserProps>, string]>([
  [{ objectStore: undefined }, 'objectStore: wanted an RgwObjectStore, or RgwObjectStore.fromExisting({ … })'],
  [{ keys: CREDENTIAL as any }, 'keys got "an object of type Object", wanted RgwUserKeys, such as RgwUserKeys.sealed(credential)'],
  [{ name: 'Velero' }, `name got "Velero", ${LABEL}`],
  [{ maxBuckets: 0 }, `maxBuckets got 0, ${COUNT}`],
  [{ maxObjects: -1 }, `maxObjects got -1, ${COUNT}`],
  [{ maxSize: '500Gi' as any }, 'maxSize got "500Gi", wanted a Size, such as Size.gibibytes(500)'],
  [{ maxSize: Size.gibibytes(0) }, 'maxSize got "0Gi", wanted a size above 0; leave it out for no limit'],
  [{ capabilities: { user: '*' } } as any, 'capabilities: wanted a prop that there is; there are '
    + 'objectStore, keys, name, displayName, maxBuckets, maxSize, maxObjects, labels, annotations'],
  [{ annotations: { 'a b': 'c' } }, 'annotations got "a b", wanted an annotation key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"'],
  [
    { objectStore: existing(RookVersion.of('1.16.9')) },
    'keys: wanted Rook >= 1.17.0 for keys of a user from a Secret (spec.keys), but the object store is of Rook 1.16.9; '
    + 'write RgwUserKeys.madeByRook(), or upgrade Rook',
  ],
  [
    { objectStore: existing(RookVersion.of('1.12.2')), keys: RgwUserKeys.madeByRook() },
    'keys: wanted Rook >= 1.12.3 for users in another namespace than that of the Ceph cluster (clusterNamespace, allowUsersInNamespaces), '
    + 'but the object store is of Rook 1.12.2; upgrade Rook, or let Rook make a user for the bucket: an RgwBucket without owner',
  ],
])('refuses %#', (wrong, message) => {
  expect(() => user(wrong)).toThrow(new Error(`${AT}: ${message}`));
});

test('has props', () => {
  expect(() => new RgwUser(chart(), 'velero', undefined as any)).toThrow(new Error(`${AT}: 2 problems\n`
    + '  - objectStore: wanted an RgwObjectStore, or RgwObjectStore.fromExisting({ … })\n  - keys: wanted RgwUserKeys, such as RgwUserKeys.sealed(credential)'));
});

test('one of another app is a name', () => {
  expect(RgwUser.fromName('obc-user$1')).toEqual({ userName: 'obc-user$1' });
  expect(() => RgwUser.fromName('a b')).toThrow(new Error('RgwUser.fromName: name got "a b", wanted the name of a user, without blanks'));
  expect(() => RgwUser.fromName(undefined as any)).toThrow(new Error('RgwUser.fromName: name: wanted the name of a user, without blanks'));
});
