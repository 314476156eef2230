import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('location-unreachable', usual => () => usual.object('BackupStorageLocation', 'offsite')
  .addJsonPatch(JsonPatch.add('/spec/config/s3Url', 'http://minio.storage.svc:9000')));

function judgedWith(url: string, more = ''): string[] {
  const config = `{ region: us-east-1, s3Url: "${url}", s3ForcePathStyle: "true", checksumAlgorithm: ""${more} }`;
  const storage = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: storage }\n';
  return told(judged(`${installation('1.18.3').replace('{ region: eu-central-1 }', config)}---\n${storage}`), 'location-unreachable');
}

test.each([
  ['http://minio:9000', 'minio'],
  ['http://minio.velero', 'minio.velero'],
  ['http://minio.storage:9000', 'minio.storage'],
  ['http://minio.storage.svc:9000', 'minio.storage.svc'],
  ['https://minio.storage.svc.cluster.local', 'minio.storage.svc.cluster.local'],
  ['https://minio.storage.svc.cluster.internal', 'minio.storage.svc.cluster.internal'],
  ['http://minio-0.minio.storage.svc', 'minio-0.minio.storage.svc'],
])('%s', (url, host) => {
  expect(judgedWith(url)).toEqual([
    'warning location-unreachable BackupStorageLocation velero/offsite: spec.config.publicUrl got undefined, wanted an address of the store outside of the cluster: '
    + `${host} has a name only inside, so that logs and details of backups cannot be read from elsewhere`,
  ]);
});

test.each([
  'https://s3.example.org', 'http://minio.elsewhere:9000', 'http://10.0.0.5:9000', 'http://[fd00::5]:9000', 'http://localhost:9000', 'https://s3.prod.svc.example.org', 'minio:9000',
])('silent about %s', url => {
  expect(judgedWith(url)).toEqual([]);
});

test('silent with an address for people', () => {
  expect(judgedWith('http://minio.storage.svc:9000', ', publicUrl: "https://s3.example.org"')).toEqual([]);
});
