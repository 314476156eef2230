import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('location-port', usual => () => usual.object('BackupStorageLocation', 'offsite')
  .addJsonPatch(JsonPatch.add('/spec/config/s3Url', 'https://s3.example.org:443')));

function judgedWith(url: string, more = ''): string[] {
  const config = `{ region: us-east-1, s3Url: "${url}", s3ForcePathStyle: "true", checksumAlgorithm: ""${more} }`;
  return told(judged(installation('1.18.3').replace('{ region: eu-central-1 }', config)), 'location-port');
}

function finding(key: string, got: string, wanted: string): string {
  return `warning location-port BackupStorageLocation velero/offsite: spec.config.${key} got "${got}", wanted ${wanted}: `
    + 'links to logs and details are signed for a host without this port, and fetched from one with it';
}

test.each([
  ['http://rgw.rook-ceph.svc:80', 'http://rgw.rook-ceph.svc:80', 'http://rgw.rook-ceph.svc'],
  ['HTTP://RGW:80/', 'http://rgw:80', 'http://rgw'],
  ['https://s3.example.org:443', 'https://s3.example.org:443', 'https://s3.example.org'],
  ['http://[fd00::5]:80', 'http://[fd00::5]:80', 'http://[fd00::5]'],
])('%s', (url, got, wanted) => {
  expect(judgedWith(url)).toEqual([finding('s3Url', got, wanted)]);
});

test.each(['http://rgw', 'http://rgw:8080', 'http://rgw:443', 'https://rgw:80', 'https://s3.example.org', 'http://[fd00::80]', 'http://rgw:800', 'rgw:80'])('silent about %s', url => {
  expect(judgedWith(url)).toEqual([]);
});

test('the address for people is the one that counts', () => {
  expect(judgedWith('http://rgw', ', publicUrl: "https://s3.example.org:443"')).toEqual([finding('publicUrl', 'https://s3.example.org:443', 'https://s3.example.org')]);
  expect(judgedWith('http://rgw:80', ', publicUrl: "https://s3.example.org"')).toEqual([]);
  expect(judgedWith('http://rgw:80', ', publicUrl: ""')).toEqual([finding('s3Url', 'http://rgw:80', 'http://rgw')]);
});
