import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { tell } from '../../src/findings/problems';
import { installation } from '../../src/rules/examples';

escapeHatch('location-config', usual => () =>
  usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.add('/spec/config/forcePathStyle', 'true')));

const ID = 'location-config';
const ON = 'error location-config BackupStorageLocation velero/offsite: ';

function location(config: string, storage = 'bucket: backups, prefix: production', provider = 'aws'): string {
  return `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: offsite, namespace: velero }
spec:
  provider: ${provider}
  default: true
  objectStorage: { ${storage} }
  config: { ${config} }
  credential: { name: velero-s3-credentials, key: cloud }
`;
}

function installed(config: string, change: (yaml: string) => string = yaml => yaml): string {
  return change(installation('1.18.3')).replace('{ region: eu-central-1 }', `{ ${config} }`);
}

const MINIO = 'region: us-east-1, s3Url: "http://minio.velero.svc:9000", checksumAlgorithm: ""';
const KEY = 'wanted a key that the plugin for AWS knows: for any other it refuses the whole location';
const URL = 'wanted a URL that begins with http:// or https://, with a host';
const PATH = 'wanted a URL without a path: the uploader refuses it, so that no volume is saved';
const STYLE = 'wanted "true": without it the plugin asks for backups.minio.velero.svc, a name that the DNS of the cluster does not have';

test.each([
  ['an unknown key', 'region: x, checksumAlgoritm: ""', `spec.config.checksumAlgoritm got undefined, ${KEY}`, 'write checksumAlgorithm'],
  ['a key of restic', 'region: x, resticRepoPrefix: "s3:x"', `spec.config.resticRepoPrefix got undefined, ${KEY}`, 'take it away'],
  ['a prefix', 'region: x, prefix: a', 'spec.config.prefix got "a", wanted it in spec.objectStorage.prefix: Velero puts the value of that in its place', 'move it there'],
  ['a bucket', 'region: x, bucket: a', 'spec.config.bucket got "a", wanted it in spec.objectStorage.bucket: Velero puts the value of that in its place', 'move it there'],
  ['no truth', 'region: x, s3ForcePathStyle: "yes"',
    'spec.config.s3ForcePathStyle got "yes", wanted "true" or "false": the plugin refuses the location for any other', undefined],
  ['small letters', 'region: x, checksumAlgorithm: crc32',
    'spec.config.checksumAlgorithm got "crc32", wanted one of CRC32, CRC32C, SHA1, SHA256, CRC64NVME, SHA512, MD5, XXHASH64, XXHASH3, XXHASH128, '
    + 'in capital letters, or "" for none', undefined],
  ['no scheme', 'region: x, s3Url: "minio:9000"', `spec.config.s3Url got "minio:9000", ${URL}`, undefined],
  ['no scheme of the public URL', 'region: x, publicUrl: "s3.example.org"', `spec.config.publicUrl got "s3.example.org", ${URL}`, undefined],
  ['a path', 'region: x, s3Url: "https://s3.example.org:9000/minio/"',
    `spec.config.s3Url got "https://s3.example.org:9000/minio/", ${PATH}`, 'write https://s3.example.org:9000; a folder in the bucket is the prefix'],
  ['no region', 's3Url: "https://s3.example.org"',
    'spec.config.region got undefined, wanted a region to sign requests for: the plugin finds none out where there is an s3Url, and every request fails',
    'write us-east-1, which most stores take'],
  ['no path style inside the cluster', MINIO, `spec.config.s3ForcePathStyle got undefined, ${STYLE}`, undefined],
  ['path style switched off there', `${MINIO}, s3ForcePathStyle: "false"`, `spec.config.s3ForcePathStyle got "false", ${STYLE}`, undefined],
])('%s', (_, config, line, next) => {
  const judgements = judged(location(config)).filter(({ rule }) => rule.id === ID);
  expect(told(judgements)).toEqual([ON + line]);
  expect(judgements[0].next).toBe(next);
});

test('a folder in the bucket', () => {
  const [judgement, ...others] = judged(location('region: x', 'bucket: /backups/production/eu/')).filter(({ rule }) => rule.id === ID);
  expect(others).toEqual([]);
  expect(told([judgement])).toEqual([`${ON}spec.objectStorage.bucket got "/backups/production/eu/", wanted the name of a bucket, without a slash: Velero takes no folder here`]);
  expect(judgement.next).toBe('write backups, and production/eu as prefix');
});

test('a URL for a bucket, whose user is nobody\'s business', () => {
  const [judgement] = judged(location('region: x', 'bucket: "s3://me:hunter2@backups/production"')).filter(({ rule }) => rule.id === ID);
  expect(tell(judgement)).toBe('spec.objectStorage.bucket got "s3://…@backups/production", wanted the name of a bucket, without a slash: Velero takes no folder here; '
    + 'write its name alone; a folder in it is the prefix');
});

test('the region of an endpoint of Amazon is that of the bucket', () => {
  const [judgement] = judged(location('s3Url: "https://bucket.vpce-1.s3.eu-central-1.vpce.amazonaws.com"')).filter(({ rule }) => rule.id === ID);
  expect(judgement.next).toBe('write the region of the bucket');
});

test.each([
  ['slashes around a bucket, which Velero takes off', location('region: x', 'bucket: /backups/')],
  ['no region on AWS, where the plugin finds it out', location('')],
  ['a store outside, which may have a name for each bucket', location('region: nyc3, s3Url: "https://nyc3.digitaloceanspaces.com"')],
  ['an address, which has no names for buckets', location('region: x, s3Url: "http://10.0.0.5:9000"')],
  ['a bucket whose name is no part of a host name', location(MINIO, 'bucket: my_backups, prefix: production')],
  ['a URL that ends in a slash', location('region: x, s3Url: "https://s3.example.org/"')],
  ['an empty URL', location('region: x, s3Url: ""')],
  ['a path in the public URL', location('region: x, publicUrl: "https://example.org/s3"')],
  ['the keys of another provider', location('storageAccount: backups, resourceGroup: backups', 'bucket: backups', 'azure')],
  ['the keys of another plugin', installed('anything: x', yaml => yaml.replace('velero/velero-plugin-for-aws', 'example.org/another-plugin'))],
  ['a region in a variable of the server', installed('s3Url: "https://s3.example.org"',
    yaml => yaml.replace('args: ["server"', 'env: [{ name: AWS_REGION, value: x }]\n          args: ["server"'))],
  ['variables of the server that nobody sees', installed('s3Url: "https://s3.example.org"',
    yaml => yaml.replace('args: ["server"', 'envFrom: [{ secretRef: { name: x } }]\n          args: ["server"'))],
  ['a region in the file of the credential', installed('s3Url: "https://s3.example.org"', yaml => yaml.replace('        [default]\n', '        [default]\n        region = x\n'))],
])('silent about %s', (_, yaml) => {
  expect(told(judged(yaml), ID)).toEqual([]);
});

test('the version of the plugin decides which keys there are', () => {
  const config = 'region: x, customerKeyEncryptionSecret: sse/key';
  expect(told(judged(installed(config)), ID)).toEqual([]);
  expect(told(judged(installation('1.16.2').replace('{ region: eu-central-1 }', `{ ${config} }`)), ID)).toEqual([
    `${ON}spec.config.customerKeyEncryptionSecret got undefined, wanted a key that version 1.12.2 of the plugin for AWS knows: for any other it refuses the whole location`,
  ]);
  expect(told(judged(installed('region: x, checksumAlgorithm: CRC64NVME')), ID)).toHaveLength(1);
});
