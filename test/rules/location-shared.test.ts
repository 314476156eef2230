import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';

escapeHatch('location-shared', usual => () => usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.remove('/spec/objectStorage/prefix')));

function location(name: string, storage: string, spec = 'config: { region: x }', namespace = 'velero', provider = 'aws'): string {
  return `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  provider: ${provider}
  objectStorage: { ${storage} }
  ${spec}
`;
}

function judgedAll(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'location-shared');
}

function prefixOf(level: string, name: string, got: string | undefined, wanted: string): string {
  return `${level} location-shared BackupStorageLocation ${name}: spec.objectStorage.prefix got ${JSON.stringify(got)}, wanted ${wanted}`;
}

test('a whole bucket', () => {
  expect(judgedAll(location('one', 'bucket: backups'))).toEqual([prefixOf('warning', 'velero/one', undefined,
    'a folder in the bucket backups: without one nothing else may ever lie there, and a second cluster would share its backups')]);
});

test('two installations in one folder: slashes around it are none', () => {
  expect(judgedAll(location('one', 'bucket: backups, prefix: a'), location('one', 'bucket: backups, prefix: /a/', 'config: { region: x }', 'other'))).toEqual([
    prefixOf('error', 'velero/one', 'a', 'a prefix of its own in the bucket backups: BackupStorageLocation other/one writes to the same place'),
    prefixOf('error', 'other/one', '/a/', 'a prefix of its own in the bucket backups: BackupStorageLocation velero/one writes to the same place'),
  ]);
});

test('one in the folder of the other', () => {
  const text = (bucket: string, inner: string) =>
    `a folder of the bucket ${bucket} with nothing else in it: BackupStorageLocation velero/two lies in it, in ${inner}, so that Velero takes it for damaged`;
  expect(judgedAll(location('one', 'bucket: backups'), location('two', 'bucket: backups, prefix: a')))
    .toEqual([prefixOf('error', 'velero/one', undefined, text('backups', 'a'))]);
  expect(judgedAll(location('one', 'bucket: backups, prefix: a'), location('two', 'bucket: backups, prefix: a/b/c')))
    .toEqual([prefixOf('error', 'velero/one', 'a', text('backups', 'a/b/c'))]);
});

test('one store by two spellings of its URL', () => {
  const at = (url: string) => `config: { s3Url: "${url}" }`;
  expect(judgedAll(location('one', 'bucket: backups, prefix: a', at('http://minio.velero.svc')), location('two', 'bucket: backups, prefix: a', at('http://MinIO.velero.svc:80/'))))
    .toHaveLength(2);
});

test.each([
  ['folders side by side', [location('one', 'bucket: backups, prefix: a'), location('two', 'bucket: backups, prefix: ab')]],
  ['a copy that is only read', [location('one', 'bucket: backups, prefix: a'), location('two', 'bucket: backups, prefix: a', 'accessMode: ReadOnly')]],
  ['a whole bucket that is only read', [location('one', 'bucket: backups', 'accessMode: ReadOnly')]],
  ['a folder that Velero makes itself', [location('one', 'bucket: backups, prefix: a'), location('two', 'bucket: backups, prefix: a/kopia')]],
  ['one location declared twice', [location('one', 'bucket: backups, prefix: a'), location('one', 'bucket: backups, prefix: a')]],
  ['one name in two stores', [
    location('one', 'bucket: backups, prefix: a'), location('two', 'bucket: backups, prefix: a', 'config: { s3Url: "https://s3.example.org" }'),
  ]],
  ['one name in two accounts', [
    location('one', 'bucket: backups, prefix: a', 'config: { storageAccount: one }', 'velero', 'azure'),
    location('two', 'bucket: backups, prefix: a', 'config: { storageAccount: two }', 'velero', 'azure'),
  ]],
  ['no bucket', [location('one', 'prefix: a'), location('two', 'prefix: a')]],
])('silent about %s', (_, yaml) => {
  expect(judgedAll(...yaml)).toEqual([]);
});
