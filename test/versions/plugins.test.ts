import { BUNDLED_RELEASES, releaseOf, tables } from '../../src/versions';
import { LOCATION_CONFIG_KEYS, PLUGIN_DEFECTS } from '../../src/versions/plugins';

const { locationConfigKeys, pluginDefect } = tables.plugins();

const ALWAYS = [
  'bucket', 'caCert', 'checksumAlgorithm', 'credentialsFile', 'customerKeyEncryptionFile', 'enableSharedConfig', 'insecureSkipTLSVerify', 'kmsKeyId', 'prefix',
  'profile', 'publicUrl', 'region', 's3ForcePathStyle', 's3Url', 'serverSideEncryption', 'signatureVersion', 'tagging',
];

test.each([
  ['1.10.1', []],
  ['1.12.2', []],
  ['1.13.0', ['customerKeyEncryptionSecret']],
  ['1.14.0', ['customerKeyEncryptionSecret']],
  ['1.14.3', ['customerKeyEncryptionSecret']],
])('plugin %s accepts these keys and %j', (version, added) => {
  expect([...locationConfigKeys(version).keys()].sort()).toEqual([...ALWAYS, ...added].sort());
});

test.each([
  ['1.10.1', ['', 'CRC32', 'CRC32C', 'SHA1', 'SHA256']],
  ['1.14.0', ['', 'CRC32', 'CRC32C', 'SHA1', 'SHA256']],
  ['1.14.1', ['', 'CRC32', 'CRC32C', 'SHA1', 'SHA256', 'CRC64NVME']],
  ['1.14.3', ['', 'CRC32', 'CRC32C', 'SHA1', 'SHA256', 'CRC64NVME', 'SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128']],
])('plugin %s knows the checksums %j', (version, values) => {
  expect(locationConfigKeys(version).get('checksumAlgorithm')!.values).toEqual(values);
});

test('tells what Velero sets itself and what is true or false', () => {
  const keys = [...locationConfigKeys('1.14.0').values()];
  const valued = keys.filter(({ name, values }) => values !== undefined && name !== 'checksumAlgorithm');

  expect(Object.fromEntries(keys.filter(key => key.injected !== undefined).map(key => [key.name, key.injected]))).toEqual({
    bucket: 'objectStorage.bucket',
    caCert: 'objectStorage.caCert',
    credentialsFile: 'credential',
    prefix: 'objectStorage.prefix',
  });
  expect(valued.map(({ name, values }) => [name, values])).toEqual([
    ['enableSharedConfig', ['true', 'false']],
    ['insecureSkipTLSVerify', ['true', 'false']],
    ['s3ForcePathStyle', ['true', 'false']],
  ]);
});

const REFUSED = 'it always sends a checksum, which the store refuses, and knows no checksumAlgorithm to switch that off';
const EVERY = 'it adds a checksum behind the data of every object: the store refuses it or keeps it as part of the object, which nothing can read then';
const LARGE = 'it adds a checksum behind the data of every object above 5 MiB: the store refuses it or keeps it as part of the object';

test.each([
  ['1.9.0', undefined, undefined],
  ['1.9.1', REFUSED, REFUSED],
  ['1.9.2', undefined, undefined],
  ['1.14.0', undefined, undefined],
  ['1.14.1', undefined, EVERY],
  ['1.14.2', undefined, EVERY],
  ['1.14.3', undefined, LARGE],
  ['1.14.4', undefined, LARGE],
  ['1.15.0', undefined, undefined],
])('plugin %s over http: %j, over https: %j', (version, http, https) => {
  expect(pluginDefect(version, false)?.description).toBe(http);
  expect(pluginDefect(version, true)?.description).toBe(https);
});

test.each(BUNDLED_RELEASES)('the plugin of %s is safe on every store', version => {
  expect(pluginDefect(releaseOf(version).pluginVersion, true)).toBeUndefined();
});

test('every row has its source', () => {
  [...LOCATION_CONFIG_KEYS, ...PLUGIN_DEFECTS].forEach(({ source }) => expect(source).toMatch(/(go:\d+|#\d+)/));
});
