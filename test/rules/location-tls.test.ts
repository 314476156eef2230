import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('location-tls', usual => {
  usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.add('/spec/objectStorage/caCert', 'LS0tLS1CRUdJTg=='));
  return () => usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.add('/spec/config/insecureSkipTLSVerify', 'true'));
});

const ON = 'error location-tls BackupStorageLocation velero/offsite: ';
const SKIP = 'insecureSkipTLSVerify: "true"';

function judgedWith(config: string, storage = '', version = '1.18.3'): string[] {
  const yaml = installation(version).replace('{ region: eu-central-1 }', `{ region: x, ${config} }`).replace('prefix: production', `prefix: production${storage}`);
  return told(judged(yaml), 'location-tls');
}

test('over http there is nothing to check', () => {
  expect(judgedWith(`s3Url: "http://s3.example.org", ${SKIP}`)).toEqual([
    `${ON}spec.config.insecureSkipTLSVerify got "true", wanted an https URL with it: over http://s3.example.org nothing is encrypted, and there is no certificate to check`,
  ]);
});

test.each([
  ['caCert', ', caCert: LS0tLS1CRUdJTg=='],
  ['caCertRef', ', caCertRef: { name: authority, key: ca.crt }'],
])('beside %s it takes the check away', (name, storage) => {
  expect(judgedWith(`s3Url: "https://s3.example.org", ${SKIP}`, storage)).toEqual([
    `${ON}spec.config.insecureSkipTLSVerify got "true", wanted "false" beside ${name}: with "true" the certificate of the store is not checked against it`,
  ]);
});

const BOTH = ', caCert: LS0tLS1CRUdJTg==, caCertRef: { name: authority, key: ca.crt }';

test('two authorities', () => {
  expect(judgedWith('s3Url: "https://s3.example.org"', BOTH)).toEqual([
    `${ON}spec.objectStorage.caCert got undefined, wanted caCert or caCertRef, not both: Velero takes the location for invalid`,
  ]);
});

test.each([
  ['a release that does not see the second authority', 's3Url: "https://s3.example.org"', BOTH, '1.17.2'],
  ['a store that is not checked, on purpose', `s3Url: "https://s3.example.org", ${SKIP}`, '', '1.18.3'],
  ['one that is', 's3Url: "https://s3.example.org", insecureSkipTLSVerify: "false"', ', caCert: LS0tLS1CRUdJTg==', '1.18.3'],
  ['plain http', 's3Url: "http://s3.example.org"', '', '1.18.3'],
])('silent about %s', (_, config, storage, version) => {
  expect(judgedWith(config, storage, version)).toEqual([]);
});

test('silent about the same key of another provider', () => {
  const yaml = installation('1.18.3').replace('provider: aws', 'provider: example.org/s3')
    .replace('{ region: eu-central-1 }', `{ s3Url: "http://s3.example.org", ${SKIP} }`);
  expect(told(judged(yaml), 'location-tls')).toEqual([]);
});
