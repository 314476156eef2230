import * as fc from 'fast-check';
import { ChecksumAlgorithm } from '../../src/storage/checksum-algorithm';
import {
  type AwsProps, type MinioProps, ObjectStore, type ObjectStoreOptions, type RgwProps, type S3CompatibleProps,
} from '../../src/storage/object-store';

const RGW: RgwProps = { service: 'rook-ceph-rgw-store', namespace: 'rook-ceph' };
const URL_WANTED = 'wanted a URL of scheme http or https with host and port only';
const REGION_WANTED = 'wanted a region to sign for, such as us-east-1: the plugin has none to detect where there is a URL';

/** Every option that all stores have, and what it is in the location's `config`; one of the three ways of encryption. */
const COMMON: Required<Omit<ObjectStoreOptions, 'customerKeyEncryptionFile' | 'customerKeyEncryptionSecret'>> = {
  publicUrl: 'https://s3.example.com',
  profile: 'velero',
  tags: { 'team': 'storage', 'cost center': 'a=b&c' },
  checksumAlgorithm: ChecksumAlgorithm.SHA256,
  serverSideEncryption: 'aws:kms',
  kmsKeyId: 'alias/velero',
  signatureVersion: '1',
  enableSharedConfig: true,
};
const COMMON_CONFIG = {
  publicUrl: 'https://s3.example.com',
  profile: 'velero',
  tagging: 'team=storage&cost%20center=a%3Db%26c',
  checksumAlgorithm: 'SHA256',
  serverSideEncryption: 'aws:kms',
  kmsKeyId: 'alias/velero',
  signatureVersion: '1',
  enableSharedConfig: 'true',
};

describe('rgw', () => {
  test('the Service that Rook made, over http, by path, without checksums', () => {
    const store = ObjectStore.rgw({ service: 'rook-ceph-rgw-homelab-objectstore', namespace: 'rook-ceph' });

    expect(store.config).toEqual({
      region: 'us-east-1',
      s3ForcePathStyle: 'true',
      s3Url: 'http://rook-ceph-rgw-homelab-objectstore.rook-ceph.svc',
      checksumAlgorithm: '',
    });
    expect([store.tls, store.skipsTlsVerify]).toEqual([false, false]);
  });

  test.each([
    [{ tls: true }, 'https://rook-ceph-rgw-store.rook-ceph.svc'],
    [{ tls: false }, 'http://rook-ceph-rgw-store.rook-ceph.svc'],
    [{ tls: true, port: 8443 }, 'https://rook-ceph-rgw-store.rook-ceph.svc:8443'],
    [{ port: 8080 }, 'http://rook-ceph-rgw-store.rook-ceph.svc:8080'],
  ])('%j is at %s', (more, url) => {
    const store = ObjectStore.rgw({ ...RGW, ...more });

    expect(store.config.s3Url).toBe(url);
    expect(store.tls).toBe(url.startsWith('https'));
  });

  test('takes everything', () => {
    const all: Required<Omit<RgwProps, 'customerKeyEncryptionFile' | 'customerKeyEncryptionSecret'>> = {
      ...RGW, ...COMMON, port: 8443, tls: true, region: 'homelab', insecureSkipTlsVerify: true,
    };

    expect(ObjectStore.rgw(all).config).toEqual({
      ...COMMON_CONFIG,
      region: 'homelab',
      s3ForcePathStyle: 'true',
      s3Url: 'https://rook-ceph-rgw-store.rook-ceph.svc:8443',
      insecureSkipTLSVerify: 'true',
    });
    expect(ObjectStore.rgw(all).skipsTlsVerify).toBe(true);
  });

  const label = 'wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
  test.each<[Partial<RgwProps>, string]>([
    [{ service: 'http://rgw' }, `service got "http://rgw", ${label}`],
    [{ namespace: 'rook.ceph' }, `namespace got "rook.ceph", ${label}`],
    [{ port: 0 }, 'port got 0, wanted a whole number from 1 to 65535'],
    [{ port: 65536 }, 'port got 65536, wanted a whole number from 1 to 65535'],
    [{ port: 80.5 }, 'port got 80.5, wanted a whole number from 1 to 65535'],
    [{ region: '' }, `region got "", ${REGION_WANTED}`],
    [{ region: ' us-east-1' }, `region got " us-east-1", ${REGION_WANTED}`],
    [
      { insecureSkipTlsVerify: true },
      'insecureSkipTlsVerify got true, wanted an https URL with it, but the URL is http://rook-ceph-rgw-store.rook-ceph.svc; '
      + 'leave it out: over http there is nothing to verify',
    ],
    [{ service: undefined }, 'service: wanted a string'],
    [{ checksumAlgorithm: 'crc' as any }, 'checksumAlgorithm got "crc", wanted one of "", CRC32, CRC32C, SHA1, SHA256'],
    [{ service: '', port: -1 }, `2 problems\n  - service got "", ${label}\n  - port got -1, wanted a whole number from 1 to 65535`],
  ])('refuses %j', (wrong, message) => {
    expect(() => ObjectStore.rgw({ ...RGW, ...wrong })).toThrow(new Error(`ObjectStore.rgw: ${message}`));
  });
});

test('an RGW of nothing is refused', () => {
  expect(() => ObjectStore.rgw(undefined as any)).toThrow(new Error('ObjectStore.rgw: 2 problems\n  - service: wanted a string\n  - namespace: wanted a string'));
});

describe('aws', () => {
  test('needs no more than the region; the plugin finds the endpoint and sends its own checksum', () => {
    const store = ObjectStore.aws({ region: 'eu-central-1' });

    expect(store.config).toEqual({ region: 'eu-central-1' });
    expect([store.tls, store.skipsTlsVerify]).toEqual([true, false]);
  });

  test('takes everything', () => {
    const all: Required<Omit<AwsProps, 'customerKeyEncryptionFile' | 'customerKeyEncryptionSecret'>> = { ...COMMON, region: 'eu-central-1' };

    expect(ObjectStore.aws(all).config).toEqual({ ...COMMON_CONFIG, region: 'eu-central-1' });
  });

  test.each([[undefined], [{}]])('%j is refused', props => {
    expect(() => ObjectStore.aws(props as any)).toThrow(new Error('ObjectStore.aws: region: wanted a string'));
  });

  test('an empty region is refused', () => {
    expect(() => ObjectStore.aws({ region: '' })).toThrow(new Error('ObjectStore.aws: region got "", wanted a region such as eu-central-1'));
  });
});

describe('minio', () => {
  test('by path, without checksums', () => {
    const store = ObjectStore.minio({ url: 'http://minio.storage.svc:9000' });

    expect(store.config).toEqual({ region: 'us-east-1', s3ForcePathStyle: 'true', s3Url: 'http://minio.storage.svc:9000', checksumAlgorithm: '' });
    expect([store.tls, store.skipsTlsVerify]).toEqual([false, false]);
  });

  test('takes everything', () => {
    const all: Required<Omit<MinioProps, 'customerKeyEncryptionFile' | 'customerKeyEncryptionSecret'>> = {
      ...COMMON, url: 'https://minio:9000', region: 'homelab', insecureSkipTlsVerify: true,
    };

    expect(ObjectStore.minio(all).config).toEqual({
      ...COMMON_CONFIG, region: 'homelab', s3ForcePathStyle: 'true', s3Url: 'https://minio:9000', insecureSkipTLSVerify: 'true',
    });
    expect(ObjectStore.minio(all).tls).toBe(true);
  });

  test.each([
    [undefined, 'url: wanted a string'],
    [{ url: 'minio:9000' }, `url got "minio:9000", ${URL_WANTED}; write it as http://host:port`],
    [{ url: 'http://minio', forcePathStyle: false }, 'forcePathStyle: wanted a prop that there is; there are publicUrl, profile, tags, checksumAlgorithm, '
      + 'customerKeyEncryptionFile, customerKeyEncryptionSecret, serverSideEncryption, kmsKeyId, signatureVersion, enableSharedConfig, region, insecureSkipTlsVerify, url'],
  ])('refuses %j', (props, message) => {
    expect(() => ObjectStore.minio(props as any)).toThrow(new Error(`ObjectStore.minio: ${message}`));
  });
});

describe('s3Compatible', () => {
  test('by path, without checksums', () => {
    const store = ObjectStore.s3Compatible({ url: 'https://minio.example.com:9000' });

    expect(store.config).toEqual({
      region: 'us-east-1', s3ForcePathStyle: 'true', s3Url: 'https://minio.example.com:9000', checksumAlgorithm: '',
    });
    expect(store.tls).toBe(true);
  });

  test('takes everything', () => {
    const all: Required<Omit<S3CompatibleProps, 'customerKeyEncryptionFile' | 'customerKeyEncryptionSecret'>> = {
      ...COMMON, url: 'https://minio:9000', forcePathStyle: false, region: 'garage', insecureSkipTlsVerify: true,
    };

    expect(ObjectStore.s3Compatible(all).config).toEqual({
      ...COMMON_CONFIG, region: 'garage', s3ForcePathStyle: 'false', s3Url: 'https://minio:9000', insecureSkipTLSVerify: 'true',
    });
  });

  test.each([
    ['minio.example.com', 'write it as http://host:port'],
    ['s3://bucket', 'write it as http://host:port'],
    ['http://', 'write it as http://host:port'],
    ['http://a b', 'write it as http://host:port'],
    ['http://minio/velero', "write http://minio: kopia expects no path; a folder in the bucket is the location's prefix"],
    ['http://minio:9000/', "write http://minio:9000: kopia expects no path; a folder in the bucket is the location's prefix"],
    ['http://minio\n', 'write http://minio'],
    ['http://mi\tnio:9000', 'write http://minio:9000'],
    ['http://minio\u0000', 'write http://minio'],
    ['http://mi\u0000nio', 'write it as http://host:port'],
    ['http://minio:09000', 'write http://minio:9000'],
    ['http://münchen.example', 'write http://xn--mnchen-3ya.example'],
    ['http:\\\\minio', 'write it as http://host:port'],
    ['http://minio\\x', "write http://minio: kopia expects no path; a folder in the bucket is the location's prefix"],
    ['http://minio:65536', 'write it as http://host:port'],
  ])('refuses %j', (url, next) => {
    expect(() => ObjectStore.s3Compatible({ url })).toThrow(new Error(`ObjectStore.s3Compatible: url got ${JSON.stringify(url)}, ${URL_WANTED}; ${next}`));
  });

  test('refuses a port that nothing listens on', () => {
    expect(() => ObjectStore.s3Compatible({ url: 'http://minio:0' })).toThrow(new Error('ObjectStore.s3Compatible: url got "http://minio:0", wanted a port from 1 to 65535'));
  });

  test.each(['http://MinIO:9000', 'http://minio:80', 'https://minio:443', 'http://[::1]:9000', 'http://10.0.0.1'])('takes %s as it is', url => {
    expect(ObjectStore.s3Compatible({ url }).config.s3Url).toBe(url);
  });

  test.each<[any, string]>([
    [undefined, 'url: wanted a string'],
    [{ url: 9000, tags: { a: 1 }, forcePathStyle: 'yes' },
      '3 problems\n  - tags[\'a\'] got 1, wanted a string\n  - url got 9000, wanted a string\n  - forcePathStyle got "yes", wanted true or false'],
  ])('refuses %j of plain JavaScript', (props, message) => {
    expect(() => ObjectStore.s3Compatible(props)).toThrow(new Error(`ObjectStore.s3Compatible: ${message}`));
  });

  test.each([
    'http://admin:hunter22@minio', 'http://hunter22@minio', 'http://:hunter22@minio', 'https://user:hunter22@minio:99999', 'ftp://user:hunter22@minio',
    'user:hunter22@minio', 'HTTPS://user:hunter22@minio', 'https:/user:hunter22@minio', 'https://user:hun/ter22@minio', ' http://user:hunter22@minio\n',
    'https://user:hunter22@minio?X-Amz-Signature=hunter22',
  ])('keeps what is secret in %j to itself', url => {
    const message = `url: ${URL_WANTED}; take the user and the password out of the URL: they belong in a Secret`;
    expect(() => ObjectStore.s3Compatible({ url })).toThrow(new Error(`ObjectStore.s3Compatible: ${message}`));
    expect(() => ObjectStore.minio({ url })).toThrow(new Error(`ObjectStore.minio: ${message}`));
    expect(() => ObjectStore.aws({ region: 'eu-central-1', publicUrl: url })).toThrow(new Error(`ObjectStore.aws: ${message.replace('url', 'publicUrl')}`));
  });

  test.each(['http://minio?', 'http://minio#', 'https://minio/?X-Amz-Signature=hunter22', 'minio?token=hunter22', 'https://minio:99999#hunter22'])('nor what follows the host in %j', url => {
    expect(() => ObjectStore.s3Compatible({ url })).toThrow(new Error(
      `ObjectStore.s3Compatible: url: ${URL_WANTED}; leave out what follows the host and the port: a query or a fragment may hold a signature or a token`,
    ));
  });

  test('nor where another option is wrong because of the URL', () => {
    expect(() => ObjectStore.s3Compatible({ url: 'http://user:hunter22@minio', insecureSkipTlsVerify: true })).toThrow(new Error(
      `ObjectStore.s3Compatible: 2 problems\n  - url: ${URL_WANTED}; take the user and the password out of the URL: they belong in a Secret\n`
      + '  - insecureSkipTlsVerify got true, wanted an https URL with it; leave it out: over http there is nothing to verify',
    ));
  });
});

describe('what all stores have', () => {
  test.each([
    [{ checksumAlgorithm: ChecksumAlgorithm.NONE }, { checksumAlgorithm: '' }],
    [{ checksumAlgorithm: ChecksumAlgorithm.CRC32C }, { checksumAlgorithm: 'CRC32C' }],
    [{ customerKeyEncryptionFile: '/credentials/key' }, { customerKeyEncryptionFile: '/credentials/key' }],
    [{ customerKeyEncryptionSecret: 'encryption/customer-key' }, { customerKeyEncryptionSecret: 'encryption/customer-key' }],
    [{ serverSideEncryption: 'AES256' }, { serverSideEncryption: 'AES256' }],
    [{ kmsKeyId: 'alias/velero' }, { kmsKeyId: 'alias/velero' }],
    [{ enableSharedConfig: false }, { enableSharedConfig: 'false' }],
    [{ tags: {} }, {}],
  ])('%j is %j', (options, config) => {
    expect(ObjectStore.aws({ region: 'eu-central-1', ...options }).config).toEqual({ region: 'eu-central-1', ...config });
  });

  const tags = 'wanted a key of 1 to 128 characters and a value of at most 248, in the encoding of a URL';
  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`key${index}`, 'value']));
  test.each<[ObjectStoreOptions, string]>([
    [{ publicUrl: 's3.example.com' }, `publicUrl got "s3.example.com", ${URL_WANTED}; write it as http://host:port`],
    [{ profile: '' }, 'profile got "", wanted the name of a section in the credential\'s INI file'],
    [{ kmsKeyId: '' }, 'kmsKeyId got "", wanted a value without spaces around it'],
    [{ serverSideEncryption: 'AES256 ' }, 'serverSideEncryption got "AES256 ", wanted a value without spaces around it'],
    [{ signatureVersion: '' }, 'signatureVersion got "", wanted a value without spaces around it'],
    [{ customerKeyEncryptionFile: ' ' }, 'customerKeyEncryptionFile got " ", wanted a value without spaces around it'],
    [{ customerKeyEncryptionSecret: 'key' }, 'customerKeyEncryptionSecret got "key", wanted the name of a Secret and a key in it, as name/key'],
    [{ customerKeyEncryptionSecret: 'a/b/c' }, 'customerKeyEncryptionSecret got "a/b/c", wanted the name of a Secret and a key in it, as name/key'],
    [
      { customerKeyEncryptionSecret: 'a/b', kmsKeyId: 'alias/velero' },
      'customerKeyEncryptionSecret and kmsKeyId: wanted one of them: the plugin refuses two keys; leave one out',
    ],
    [
      { kmsKeyId: 'alias/velero', serverSideEncryption: 'AES256' },
      'serverSideEncryption got "AES256", wanted none beside kmsKeyId, which decides what the plugin asks for; leave one out',
    ],
    [
      { customerKeyEncryptionFile: '/key', serverSideEncryption: 'aws:kms' },
      'serverSideEncryption got "aws:kms", wanted none beside customerKeyEncryptionFile, which decides what the plugin asks for; leave one out',
    ],
    [{ tags: { team: 'storage' } }, 'tags got "one", wanted 2 to 10: the plugin refuses a single one; add a second'],
    [{ tags: eleven }, 'tags got 11, wanted 2 to 10: S3 stores no more; leave some out'],
    [{ tags: { '': 'a', 'b': 'c' } }, `tags[""]: ${tags}`],
    [{ tags: { 'a b': 'x'.repeat(249), 'c': 'd' } }, `tags["a b"]: ${tags}`],
    [{ tags: { [' '.repeat(43)]: 'a', b: 'c' } }, `tags["${' '.repeat(43)}"]: ${tags}`],
  ])('%j is refused', (options, message) => {
    expect(() => ObjectStore.aws({ region: 'eu-central-1', ...options })).toThrow(new Error(`ObjectStore.aws: ${message}`));
  });

  test('config is a copy', () => {
    const store = ObjectStore.aws({ region: 'eu-central-1' });
    store.config.region = 'elsewhere';

    expect(store.config).toEqual({ region: 'eu-central-1' });
  });

  test('whatever the URL, it is taken as it is, or refused with a message that begins with the method', () => {
    fc.assert(fc.property(fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()), url => {
      let told = '';
      try {
        const { s3Url } = ObjectStore.s3Compatible({ url }).config;
        expect(new URL(s3Url).pathname).toBe('/');
        expect(s3Url).toBe(url);
      } catch (error) {
        told = (error as Error).message;
      }
      expect(told).toMatch(/^$|^ObjectStore\.s3Compatible: url[ :]/);
    }), { seed: 20261124, numRuns: 500 });
  });
});
