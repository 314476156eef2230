import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('location-checksum', usual => () => usual.object('BackupStorageLocation', 'offsite')
  .addJsonPatch(JsonPatch.add('/spec/config/s3Url', 'https://s3.example.org')));

const STORE = 'region: us-east-1, s3ForcePathStyle: "true"';

function judgedWith(config: string, more = ''): string[] {
  return told(judged(installation('1.18.3').replace('{ region: eu-central-1 }', `{ ${config} }${more}`)), 'location-checksum');
}

test('says for which store', () => {
  expect(judgedWith(`${STORE}, s3Url: "https://s3.example.org"`)).toEqual([
    'error location-checksum BackupStorageLocation velero/offsite: spec.config.checksumAlgorithm got undefined, wanted it to be written for https://s3.example.org: '
    + 'without it the plugin sends a CRC32, which stores other than Amazon\'s often refuse',
  ]);
});

test.each([
  ['an algorithm', `${STORE}, s3Url: "https://s3.example.org", checksumAlgorithm: SHA256`, ''],
  ['none on purpose', `${STORE}, s3Url: "https://s3.example.org", checksumAlgorithm: ""`, ''],
  ['Amazon itself', 'region: eu-central-1', ''],
  ['an endpoint of Amazon', 'region: eu-central-1, s3Url: "https://s3.eu-central-1.amazonaws.com"', ''],
  ['a URL that is none', 'region: eu-central-1, s3Url: "s3.example.org"', ''],
  ['a location that is only read', `${STORE}, s3Url: "https://s3.example.org"`, '\n  accessMode: ReadOnly'],
])('silent about %s', (_, config, more) => {
  expect(judgedWith(config, more)).toEqual([]);
});
