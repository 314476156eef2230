import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('plugin-corrupts', usual => {
  usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.add('/spec/config/s3Url', 'https://s3.example.org'));
  return () => usual.object('Deployment', 'velero')
    .addJsonPatch(JsonPatch.replace('/spec/template/spec/initContainers/0/image', 'velero/velero-plugin-for-aws:v1.14.2'));
});

const BEHIND = 'it adds a checksum behind the data of every object';
const REST = 'the store refuses it or keeps it as part of the object';

test.each([
  ['v1.14.0', 'https://rgw.example.org', undefined],
  ['v1.14.1', 'https://rgw.example.org', `${BEHIND}: ${REST}, which nothing can read then`],
  ['v1.14.2', 'https://rgw.example.org', `${BEHIND}: ${REST}, which nothing can read then`],
  ['v1.14.3', 'https://rgw.example.org', `${BEHIND} above 5 MiB: ${REST}`],
  ['v1.14.2', 'http://rgw.rook-ceph.svc', undefined],
  ['v1.9.1', 'http://rgw.rook-ceph.svc', 'it always sends a checksum, which the store refuses, and knows no checksumAlgorithm to switch that off'],
  ['v1.14.2', 'https://s3.eu-central-1.amazonaws.com', undefined],
  ['v1.14.2', 'https://s3.cn-north-1.amazonaws.com.cn/', undefined],
  ['v1.14.2', 'https://amazonaws.com.example.org', `${BEHIND}: ${REST}, which nothing can read then`],
])('plugin %s on %s', (version, url, defect) => {
  const yaml = installation('1.18.3').replace('aws:v1.14.0', `aws:${version}`).replace('{ region: eu-central-1 }', `{ region: eu-central-1, s3Url: "${url}" }`);
  expect(told(judged(yaml), 'plugin-corrupts')).toEqual(defect === undefined ? [] : [
    `error plugin-corrupts Deployment velero/velero: image of the plugin got "velero/velero-plugin-for-aws:${version}", `
    + `wanted velero/velero-plugin-for-aws:v1.14.0: on ${url}, the store of the location offsite, ${defect}`,
  ]);
});

test('manifests of several clusters: silent where one of them has a plugin that works', () => {
  const [wrong, right] = ['v1.14.2', 'v1.14.0'].map(version => installation('1.18.3').replace('aws:v1.14.0', `aws:${version}`));
  const store = '{ region: eu-central-1, s3Url: "https://s3.example.org" }';
  const clusters = [wrong, right].map(yaml => yaml.replace('{ region: eu-central-1 }', store));
  expect(told(judged(clusters.join('---\n')), 'plugin-corrupts')).toEqual([]);
  expect(told(judged(clusters[0]), 'plugin-corrupts')).toHaveLength(1);
});

test.each([
  ['on AWS itself', ''],
  ['with another provider', 'provider: example.org/s3'],
])('silent %s', (_, provider) => {
  const yaml = installation('1.18.3').replace('aws:v1.14.0', 'aws:v1.14.2');
  const other = provider === '' ? yaml : yaml.replace('provider: aws', provider).replace('{ region: eu-central-1 }', '{ s3Url: "https://s3.example.org" }');
  expect(told(judged(other), 'plugin-corrupts')).toEqual([]);
});
