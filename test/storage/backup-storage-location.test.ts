import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { type VeleroPlugin } from '../../src/install/velero-images';
import { VeleroInstall } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { Uploader } from '../../src/repository/backup-repository';
import { AccessMode, BackupStorageLocation, type BackupStorageLocationProps } from '../../src/storage/backup-storage-location';
import { ChecksumAlgorithm } from '../../src/storage/checksum-algorithm';
import { type IObjectStore, ObjectStore } from '../../src/storage/object-store';
import { type IObjectStoreKeys } from '../../src/storage/object-store-keys';
import { BUNDLED_RELEASES } from '../../src/versions';
import { ellipticKey, privatePem } from '../certificates';
import { schemaErrors } from '../schema';
import { defaultChildOf, only, synthesized } from '../synthesized';

const credential = { secretName: 'velero-s3-credentials', secretKey: 'cloud', namespace: 'velero' };
const RGW = ObjectStore.rgw({ service: 'rook-ceph-rgw-store', namespace: 'rook-ceph' });
const TLS = ObjectStore.rgw({ service: 'rook-ceph-rgw-store', namespace: 'rook-ceph', tls: true });
const minimal: BackupStorageLocationProps = { objectStore: RGW, bucket: 'backups', credential };
const PEM = ellipticKey().pem;

function located(more: Partial<BackupStorageLocationProps> = {}): any {
  const chart = Testing.chart();
  new BackupStorageLocation(chart, 'cluster-backups', { ...minimal, ...more });
  return only(synthesized(chart), 'BackupStorageLocation');
}

/** A location beside an install of a release, as synth sees them. */
function installedWith(
  version: VeleroVersion, more: Partial<BackupStorageLocationProps>, withDefault?: Partial<BackupStorageLocationProps>, plugins?: VeleroPlugin[],
  objectStoreKeys?: IObjectStoreKeys,
): any[] {
  const chart = new Chart(Testing.app(), 'velero');
  const location = new BackupStorageLocation(chart, 'cluster-backups', { ...minimal, ...more });
  new VeleroInstall(chart, 'velero', {
    version,
    repository: { uploader: Uploader.KOPIA, password: { secretName: 'velero-repo-credentials', secretKey: 'repository-password', namespace: 'velero' } },
    defaultLocation: withDefault ? new BackupStorageLocation(chart, 'default', { ...minimal, ...withDefault }) : location,
    plugins,
    objectStoreKeys,
    customResourceDefinitions: false,
  });
  return synthesized(chart);
}

test('needs store, bucket and credential; takes its name from the id and its namespace from the credential', () => {
  expect(located()).toEqual({
    apiVersion: 'velero.io/v1',
    kind: 'BackupStorageLocation',
    metadata: {
      name: 'cluster-backups',
      namespace: 'velero',
      annotations: {
        'argocd.argoproj.io/sync-wave': '1',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true',
      },
    },
    spec: {
      provider: 'aws',
      default: false,
      credential: { name: 'velero-s3-credentials', key: 'cloud' },
      objectStorage: { bucket: 'backups' },
      config: {
        region: 'us-east-1', s3ForcePathStyle: 'true', s3Url: 'http://rook-ceph-rgw-store.rook-ceph.svc', checksumAlgorithm: '',
      },
    },
  });
});

describe('with every prop', () => {
  const all: Required<Omit<BackupStorageLocationProps, 'caCertRef'>> = {
    objectStore: TLS,
    bucket: 'velero.backups-1',
    credential: { ...credential, namespace: 'backup' },
    credentialOptional: false,
    namespace: 'backup',
    name: 'primary',
    prefix: 'clusters/homelab',
    accessMode: AccessMode.READ_ONLY,
    caCert: PEM,
    backupSyncPeriod: Duration.minutes(30),
    validationFrequency: Duration.hours(1),
    provider: 'example.com/other',
    extraConfig: { fspath: '/data' },
    labels: { 'backup-tier': 'all' },
    annotations: { 'argocd.argoproj.io/sync-wave': '7', 'owner': 'storage' },
  };

  test('each is where Velero reads it', () => {
    const object = located(all);

    expect(object.metadata).toEqual({
      name: 'primary',
      namespace: 'backup',
      labels: { 'backup-tier': 'all' },
      annotations: {
        'argocd.argoproj.io/sync-wave': '7',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true',
        'owner': 'storage',
      },
    });
    expect(object.spec).toEqual({
      provider: 'example.com/other',
      default: false,
      accessMode: 'ReadOnly',
      backupSyncPeriod: '30m0s',
      validationFrequency: '1h0m0s',
      credential: { name: 'velero-s3-credentials', key: 'cloud', optional: false },
      objectStorage: { bucket: 'velero.backups-1', prefix: 'clusters/homelab', caCert: Buffer.from(PEM).toString('base64') },
      config: {
        region: 'us-east-1',
        s3ForcePathStyle: 'true',
        s3Url: 'https://rook-ceph-rgw-store.rook-ceph.svc',
        checksumAlgorithm: '',
        fspath: '/data',
      },
    });
  });

  test.each(BUNDLED_RELEASES)('it is valid by the definition of Velero %s', version => {
    expect(schemaErrors(located(all), version)).toEqual([]);
  });

  test('the certificate may lie in a Secret', () => {
    const caCertRef: Required<BackupStorageLocationProps>['caCertRef'] = { secretName: 'rgw-ca', secretKey: 'ca.crt', optional: false };
    const object = located({ objectStore: TLS, caCertRef });

    expect(object.spec.objectStorage).toEqual({ bucket: 'backups', caCertRef: { name: 'rgw-ca', key: 'ca.crt', optional: false } });
    expect(schemaErrors(object, '1.18.3')).toEqual([]);
  });
});

test('a period of 0 switches it off', () => {
  expect(located({ backupSyncPeriod: Duration.seconds(0), validationFrequency: Duration.seconds(0) }).spec)
    .toMatchObject({ backupSyncPeriod: '0s', validationFrequency: '0s' });
});

test.each(['abc', 'a-b.c', `b${'x'.repeat(61)}1`, '1.2.3.4a'])('takes the bucket %s', bucket => {
  expect(located({ bucket }).spec.objectStorage).toEqual({ bucket });
});

const NAME = 'wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
const BUCKET = 'wanted 3 to 63 lower-case letters, digits, "-" and single ".", beginning and ending with a letter or digit, and no IP address';
const PREFIX = 'wanted a folder without "/" at its beginning or end, or none';
const KEY_PEM = privatePem(ellipticKey(), 'pkcs8');
const CERTIFICATES = 'caCert: wanted certificates in PEM and nothing else, beginning with -----BEGIN CERTIFICATE-----; '
  + 'read it from a file: it is encoded in base64 here';
const NO_CERTIFICATE = 'caCert: wanted certificates in PEM, but number 1 of 1 is none that can be read; export it anew';
const PRIVATE_KEY = 'caCert: wanted certificates only, but there is a PRIVATE KEY in it: all of this is written into the manifest; take it out';
const CONFIG = 'wanted a key that velero-plugin-for-aws knows: with any other the location is Unavailable; leave it out';

test.each<[Partial<BackupStorageLocationProps>, string]>([
  [{ name: 'Primary' }, `name got "Primary", ${NAME}`],
  [
    { name: 'x'.repeat(64) },
    `name got "${'x'.repeat(64)}", wanted a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit`,
  ],
  [{ bucket: 'backups/homelab' }, 'bucket got "backups/homelab", wanted the name of a bucket without "/"; put what follows the bucket into prefix'],
  [{ bucket: 'Backups' }, `bucket got "Backups", ${BUCKET}`],
  [{ bucket: 'ab' }, `bucket got "ab", ${BUCKET}`],
  [{ bucket: 'x'.repeat(64) }, `bucket got "${'x'.repeat(64)}", ${BUCKET}`],
  [{ bucket: 'a..b' }, `bucket got "a..b", ${BUCKET}`],
  [{ bucket: '192.168.0.1' }, `bucket got "192.168.0.1", ${BUCKET}`],
  [{ bucket: '-ab' }, `bucket got "-ab", ${BUCKET}`],
  [{ prefix: '/homelab' }, `prefix got "/homelab", ${PREFIX}; write "homelab"`],
  [{ prefix: 'homelab/' }, `prefix got "homelab/", ${PREFIX}; write "homelab"`],
  [{ prefix: 'a//b' }, `prefix got "a//b", ${PREFIX}; write "a/b"`],
  [{ prefix: '' }, `prefix got "", ${PREFIX}; leave prefix out for the root of the bucket`],
  [{ prefix: '/' }, `prefix got "/", ${PREFIX}; leave prefix out for the root of the bucket`],
  [{ prefix: ' homelab' }, `prefix got " homelab", ${PREFIX}; write "homelab"`],
  ...['..', '.', 'a/../b', 'a/.', './a'].map((prefix): [object, string] => [
    { prefix }, `prefix got "${prefix}", wanted a folder without "." and ".." in it; write the folder that is meant`,
  ]),
  [{ prefix: 'a\u0000b' }, `prefix got "a\\u0000b", ${PREFIX}; write "a\u0000b"`],
  ...([
    ['garbage in it', '-----BEGIN CERTIFICATE-----\nnot base64!!\n-----END CERTIFICATE-----\n', NO_CERTIFICATE],
    ['another line in it', PEM.replace('\n', '\n!\n'), NO_CERTIFICATE],
    ['nothing in it', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n', NO_CERTIFICATE],
    ['a key within', PEM.replace('\n', `\n${KEY_PEM}`), NO_CERTIFICATE],
    ['half of it', PEM.slice(0, -30), CERTIFICATES],
    ['text around', `my authority\n${PEM}`, CERTIFICATES],
    ['text after', `${PEM}hunter22`, CERTIFICATES],
    ['half a key after', PEM + KEY_PEM.slice(0, -20), CERTIFICATES],
    ['a key', KEY_PEM, PRIVATE_KEY],
    ['a key after', PEM + KEY_PEM, PRIVATE_KEY],
    ['a key between', PEM + KEY_PEM + PEM, PRIVATE_KEY],
    ['a second that is none', `${PEM}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`, NO_CERTIFICATE.replace('1 of 1', '2 of 2')],
  ] as const).map(([, caCert, message]): [object, string] => [{ objectStore: TLS, caCert }, message]),
  [{ annotations: { 'a b': 'c' } }, 'annotations got "a b", wanted an annotation key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"'],
  [{ backupSyncPeriod: Duration.days(999_999) }, 'backupSyncPeriod got "86399913600s", wanted at most 2562047h47m16s, the longest duration that Go has'],
  [{ accessMode: 'readonly' as any }, 'accessMode got "readonly", wanted one of ReadWrite, ReadOnly'],
  [{ bucket: undefined }, 'bucket: wanted a string'],
  [{ objectStore: 'http://rgw' as any }, 'objectStore got "http://rgw", wanted an ObjectStore, such as ObjectStore.rgw({ … })'],
  [{ credential: 's3' as any, prefix: 1 as any }, '2 problems\n  - credential got "s3", wanted a credential, such as ExistingCredential.fromSecret(…)\n  - prefix got 1, wanted a string'],
  [{ caCert: PEM }, 'caCert: wanted an endpoint with TLS; leave it out: over http no certificate is presented'],
  [{ caCertRef: { secretName: 'a', secretKey: 'b' } }, 'caCertRef: wanted an endpoint with TLS; leave it out: over http no certificate is presented'],
  [
    { objectStore: TLS, caCert: PEM, caCertRef: { secretName: 'rgw-ca', secretKey: 'ca.crt' } },
    'caCert and caCertRef: wanted one of them: Velero refuses both; leave one out',
  ],
  [
    { objectStore: ObjectStore.s3Compatible({ url: 'https://minio', insecureSkipTlsVerify: true }), caCert: PEM },
    'caCert: wanted a certificate that is verified; leave insecureSkipTlsVerify out of the object store',
  ],
  [
    { objectStore: TLS, caCert: Buffer.from(PEM).toString('base64') },
    'caCert: wanted certificates in PEM and nothing else, beginning with -----BEGIN CERTIFICATE-----; read it from a file: it is encoded in base64 here',
  ],
  [{ objectStore: TLS, caCertRef: { secretName: 'CA', secretKey: 'ca.crt' } }, `caCertRef.secretName got "CA", ${NAME}`],
  [{ backupSyncPeriod: Duration.millis(1500) }, 'backupSyncPeriod got "1.5s", wanted a whole number of seconds, at least 1'],
  [{ validationFrequency: '1m' as any }, 'validationFrequency got "1m", wanted a Duration, such as Duration.days(30)'],
  [{ extraConfig: { bucket: 'b' } }, 'extraConfig["bucket"]: wanted the prop bucket instead: Velero fills bucket from it; move it there'],
  [{ extraConfig: { prefix: 'b' } }, 'extraConfig["prefix"]: wanted the prop prefix instead: Velero fills prefix from it; move it there'],
  [
    { extraConfig: { credentialsFile: '/c' } },
    'extraConfig["credentialsFile"]: wanted the prop credential instead: Velero fills credentialsFile from it; move it there',
  ],
  [{ extraConfig: { region: 'b' } }, 'extraConfig["region"]: wanted a key that the object store does not set; set it on the object store'],
  [
    { objectStore: ObjectStore.aws({ region: 'eu-central-1' }), extraConfig: { s3Url: 'https://user:hunter22@minio', publicUrl: 'https://minio?token=hunter22' } },
    '2 problems\n  - extraConfig["s3Url"]: wanted a URL of scheme http or https with host and port only; take the user and the password out of the URL: '
    + 'they belong in a Secret\n  - extraConfig["publicUrl"]: wanted a URL of scheme http or https with host and port only; '
    + 'leave out what follows the host and the port: a query or a fragment may hold a signature or a token',
  ],
  [{ extraConfig: { resticRepoPrefix: 's3:b' } }, `extraConfig["resticRepoPrefix"]: ${CONFIG}`],
  [{ provider: 'velero.io/aws', extraConfig: { resticRepoPrefix: 's3:b' } }, `extraConfig["resticRepoPrefix"]: ${CONFIG}`],
  [{ provider: '' }, 'provider got "", wanted the name of a plugin, such as aws or example.com/other'],
  [{ provider: 'a/b/c' }, 'provider got "a/b/c", wanted the name of a plugin, such as aws or example.com/other'],
  [{ labels: { 'a b': 'c' } }, 'labels got "a b", wanted a label key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"'],
  [
    { labels: { a: 'b c' } },
    'labels[\'a\'] got "b c", wanted a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
  ],
  [{ name: 'A', bucket: 'B' }, `2 problems\n  - name got "A", ${NAME}\n  - bucket got "B", ${BUCKET}`],
])('refuses %j', (wrong, message) => {
  expect(() => located(wrong)).toThrow(new Error(`BackupStorageLocation 'test/cluster-backups': ${message}`));
});

describe('which is the default', () => {
  test('the one that the install is given', () => {
    expect(only(installedWith(VeleroVersion.V1_14_1, {}), 'BackupStorageLocation').spec.default).toBe(true);
  });

  test('no other', () => {
    const objects = installedWith(VeleroVersion.V1_14_1, { prefix: 'a' }, { prefix: 'b' });

    expect(only(objects, 'BackupStorageLocation', 'cluster-backups').spec.default).toBe(false);
    expect(only(objects, 'BackupStorageLocation', 'default').spec.default).toBe(true);
  });
});

describe('what not every release has', () => {
  test('a certificate in a Secret comes with 1.18', () => {
    const props = { objectStore: TLS, caCertRef: { secretName: 'rgw-ca', secretKey: 'ca.crt' } };

    expect(only(installedWith(VeleroVersion.V1_18_3, props), 'BackupStorageLocation').spec.objectStorage.caCertRef).toEqual({ name: 'rgw-ca', key: 'ca.crt' });
    expect(() => installedWith(VeleroVersion.V1_17_2, props)).toThrow(
      "BackupStorageLocation 'velero/cluster-backups': caCertRef: wanted Velero >= 1.18.0 for caCertRef of a location, but velero runs 1.17.2; "
      + 'leave it out or change the version of the VeleroInstall',
    );
  });

  test.each([
    ['a key of the object store', { objectStore: ObjectStore.aws({ region: 'eu-central-1', customerKeyEncryptionSecret: 'a/b' }) }],
    ['a further key', { extraConfig: { customerKeyEncryptionSecret: 'a/b' } }],
    ['a further key of the provider by its full name', { provider: 'velero.io/aws', extraConfig: { customerKeyEncryptionSecret: 'a/b' } }],
  ])('%s that the plugin of the release does not know is refused', (_, props) => {
    expect(() => installedWith(VeleroVersion.V1_17_2, props)).not.toThrow();
    expect(() => installedWith(VeleroVersion.V1_16_2, props)).toThrow(
      "BackupStorageLocation 'velero/cluster-backups': customerKeyEncryptionSecret: wanted a key that velero-plugin-for-aws 1.12.2 of this release knows; "
      + 'leave it out or change the version of the VeleroInstall',
    );
  });

  test('the keys of another plugin are not known here', () => {
    const other = { name: 'other', image: 'example.com/other:v1' };
    expect(() => installedWith(VeleroVersion.V1_14_1, { provider: 'example.com/other', extraConfig: { anything: 'goes' } }, undefined, [other])).not.toThrow();
  });
});

describe('two locations', () => {
  const first: BackupStorageLocationProps = { ...minimal, name: 'first' };
  const second: BackupStorageLocationProps = { ...minimal, name: 'second' };
  function both(one: Partial<BackupStorageLocationProps>, other: Partial<BackupStorageLocationProps>): App {
    const app = Testing.app();
    new BackupStorageLocation(new Chart(app, 'a'), 'one', { ...first, ...one });
    new BackupStorageLocation(new Chart(app, 'b'), 'two', { ...second, ...other });
    return app;
  }

  test('have two names', () => {
    expect(() => both({}, { name: 'first', bucket: 'other' })).toThrow(new Error(
      "BackupStorageLocation 'b/two': name got \"velero/first\", wanted a BackupStorageLocation that no other construct declares; "
      + "'a/one' has it already: rename or remove one of them",
    ));
  });

  const at = 'http://rook-ceph-rgw-store.rook-ceph.svc backups/';
  test.each([
    [undefined, undefined, '', ''],
    ['a', 'a', 'a', 'a'],
    [undefined, 'a', 'a', ''],
    ['a', undefined, '', 'a'],
    ['a/b', 'a', 'a', 'a/b'],
    ['a', 'a/b', 'a/b', 'a'],
  ])('do not write to %s and %s of one bucket', (one, other, got, there) => {
    expect(() => both({ prefix: one }, { prefix: other })).toThrow(new Error(
      `BackupStorageLocation 'b/two': bucket and prefix got "${at}${got}", wanted a folder apart from that of any other location; `
      + `'a/one' writes to ${at}${there}: give each a prefix of its own`,
    ));
  });

  test('do not write to one folder of an endpoint that is spelled in two ways', () => {
    const objectStore = ObjectStore.s3Compatible({ url: 'http://Rook-Ceph-RGW-Store.rook-ceph.svc' });

    expect(() => both({}, { objectStore })).toThrow(new Error(
      `BackupStorageLocation 'b/two': bucket and prefix got "${at}", wanted a folder apart from that of any other location; `
      + `'a/one' writes to ${at}: give each a prefix of its own`,
    ));
  });

  test.each<[string, Partial<BackupStorageLocationProps>, Partial<BackupStorageLocationProps>]>([
    ['prefixes', { prefix: 'a' }, { prefix: 'ab' }],
    ['buckets', {}, { bucket: 'other' }],
    ['stores', {}, { objectStore: TLS }],
    ['namespaces, where one only reads,', {}, { credential: { ...credential, namespace: 'drill' }, accessMode: AccessMode.READ_ONLY }],
  ])('may have different %s', (_, one, other) => {
    expect(() => both(one, other)).not.toThrow();
  });

  test('on AWS have different folders, whatever their options', () => {
    const aws = (profile: string) => ({ objectStore: ObjectStore.aws({ region: 'eu-central-1', profile }) });

    expect(() => both(aws('one'), aws('two'))).toThrow(new Error(
      "BackupStorageLocation 'b/two': bucket and prefix got \"AWS backups/\", wanted a folder apart from that of any other location; "
      + "'a/one' writes to AWS backups/: give each a prefix of its own",
    ));
  });
});

describe('a location of another app', () => {
  test('is a name in the namespace velero, and nothing is emitted', () => {
    const chart = Testing.chart();
    const location = BackupStorageLocation.fromLocationName(chart, 'there', 'cluster-backups');

    expect([location.locationName, location.namespace]).toEqual(['cluster-backups', 'velero']);
    expect(synthesized(chart)).toEqual([]);
  });

  test('may be in another namespace', () => {
    expect(BackupStorageLocation.fromLocationName(Testing.chart(), 'there', 'offsite', { namespace: 'backup' }).namespace).toBe('backup');
  });

  test('has names that can exist', () => {
    expect(() => BackupStorageLocation.fromLocationName(Testing.chart(), 'there', 'Offsite', { namespace: 'b.c' })).toThrow(new Error(
      "BackupStorageLocation 'test/there': 2 problems\n"
      + `  - name got "Offsite", ${NAME}\n`
      + '  - namespace got "b.c", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit',
    ));
  });
});

test('is recognized, also that of another copy of this package, and nothing else is', () => {
  const chart = Testing.chart();
  const location = new BackupStorageLocation(chart, 'cluster-backups', minimal);
  const copy = { [Symbol.for('cdk8s-velero.BackupStorageLocation')]: true };

  expect([location, copy].map(BackupStorageLocation.isBackupStorageLocation)).toEqual([true, true]);
  expect([BackupStorageLocation.fromLocationName(chart, 'there', 'a'), null, undefined, 'cluster-backups'].map(BackupStorageLocation.isBackupStorageLocation))
    .toEqual([false, false, false, false]);
});

test('takes several certificates', () => {
  const caCert = `\n${PEM}\n${ellipticKey().pem}\n`;

  expect(located({ objectStore: TLS, caCert }).spec.objectStorage.caCert).toBe(Buffer.from(caCert).toString('base64'));
});

test('has props', () => {
  expect(() => new BackupStorageLocation(Testing.chart(), 'a', undefined as any)).toThrow(new Error(
    "BackupStorageLocation 'test/a': 2 problems\n"
    + '  - objectStore: wanted an ObjectStore, such as ObjectStore.rgw({ … })\n'
    + '  - bucket: wanted a string',
  ));
});

test('tells what Velero may do there', () => {
  const modes = [undefined, AccessMode.READ_ONLY].map(accessMode => new BackupStorageLocation(Testing.chart(), 'a', { ...minimal, accessMode }).accessMode);

  expect(modes).toEqual([AccessMode.READ_WRITE, AccessMode.READ_ONLY]);
});

test('tells its bucket and prefix', () => {
  const location = new BackupStorageLocation(Testing.chart(), 'cluster-backups', { ...minimal, prefix: 'homelab' });

  expect([location.bucket, location.prefix, location.locationName, location.namespace]).toEqual(['backups', 'homelab', 'cluster-backups', 'velero']);
});

test('what the props do not cover can be patched', () => {
  const chart = Testing.chart();
  const location = new BackupStorageLocation(chart, 'cluster-backups', minimal);
  ApiObject.of(location).addJsonPatch(JsonPatch.replace('/spec/config/checksumAlgorithm', ChecksumAlgorithm.CRC32));

  expect(defaultChildOf(location)).toBe(ApiObject.of(location));
  expect(only(synthesized(chart), 'BackupStorageLocation').spec.config.checksumAlgorithm).toBe('CRC32');
});

describe('without a credential', () => {
  test('it is in the usual namespace, or in the one that is named', () => {
    const roles = { credential: undefined, objectStore: ObjectStore.aws({ region: 'eu-central-1' }) };

    expect(located(roles)).toMatchObject({ metadata: { namespace: 'velero' } });
    expect(located({ ...roles, namespace: 'backup' })).toMatchObject({ metadata: { namespace: 'backup' } });
    expect(located(roles).spec).not.toHaveProperty('credential');
    expect(schemaErrors(located(roles), '1.18.3')).toEqual([]);
  });

  test.each([
    [{ namespace: 'a b', credential: undefined }, 'namespace got "a b", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit'],
    [{ namespace: 'other' }, 'namespace got "other", wanted velero, where the credential is: Velero reads no other; leave it out'],
  ])('refuses %j', (wrong, message) => {
    expect(() => located(wrong)).toThrow(new Error(`BackupStorageLocation 'test/cluster-backups': ${message}`));
  });

  test('keys in variables serve a store that is not AWS, and nothing does without them', () => {
    const keys = { secretName: 'rook-ceph-object-user-store-velero', namespace: 'velero', accessKeyName: 'AccessKey', secretKeyName: 'SecretKey' };
    const synth = (objectStoreKeys?: IObjectStoreKeys) =>
      installedWith(VeleroVersion.V1_18_3, { credential: undefined }, undefined, undefined, objectStoreKeys);

    expect(() => synth()).toThrow('spec.credential: wanted one: rook-ceph-rgw-store.rook-ceph.svc:80 is not AWS, where a role would do');
    expect(() => synth(keys)).not.toThrow();
  });
});

describe('the authority of the store', () => {
  const store: IObjectStore = { config: TLS.config, tls: true, skipsTlsVerify: false, caCert: PEM, caCertRef: { secretName: 'rgw-ca', secretKey: 'ca.crt' } };
  const inline = { bucket: 'backups', caCert: Buffer.from(PEM).toString('base64') };
  const named = { bucket: 'backups', caCertRef: { name: 'rgw-ca', key: 'ca.crt' } };
  const storageOf = (objects: any[]) => only(objects, 'BackupStorageLocation').spec.objectStorage;

  test.each([
    [VeleroVersion.V1_14_1, inline],
    [VeleroVersion.V1_17_2, inline],
    [VeleroVersion.V1_18_3, named],
  ])('Velero %s', (version, storage) => {
    const objects = installedWith(version, { objectStore: store });

    expect(storageOf(objects)).toEqual(storage);
    expect(schemaErrors(only(objects, 'BackupStorageLocation'), version.version)).toEqual([]);
  });

  test('is written out where nobody says which Velero it is', () => {
    expect(located({ objectStore: store }).spec.objectStorage).toEqual(inline);
  });

  test('a certificate alone is written out for all of them, a Secret alone is named', () => {
    expect(storageOf(installedWith(VeleroVersion.V1_18_3, { objectStore: { ...store, caCertRef: undefined } }))).toEqual(inline);
    expect(located({ objectStore: { ...store, caCert: undefined } }).spec.objectStorage).toEqual(named);
    expect(() => installedWith(VeleroVersion.V1_17_2, { objectStore: { ...store, caCert: undefined } })).toThrow(
      'caCertRef: wanted Velero >= 1.18.0 for caCertRef of a location, but velero runs 1.17.2',
    );
  });

  test('what the location says itself wins', () => {
    const own = ellipticKey().pem;

    expect(storageOf(installedWith(VeleroVersion.V1_18_3, { objectStore: store, caCert: own })))
      .toEqual({ bucket: 'backups', caCert: Buffer.from(own).toString('base64') });
    expect(located({ objectStore: store, caCertRef: { secretName: 'own', secretKey: 'ca' } }).spec.objectStorage)
      .toEqual({ bucket: 'backups', caCertRef: { name: 'own', key: 'ca' } });
  });
});
