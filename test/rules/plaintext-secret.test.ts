import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('plaintext-secret', usual => {
  const metadata = { name: 'extra', namespace: 'velero' };
  const extra = new ApiObject(usual.chart, 'extra', { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { key: '' } });
  return () => extra.addJsonPatch(JsonPatch.replace('/stringData/key', 'in the open'));
});

function secret(rest: string, metadata = 'namespace: velero'): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: { name: cloud-credentials, ${metadata} }\n${rest}\n`;
}

test('names the keys, never the values', () => {
  expect(told(judged(`${installation('1.18.3')}---\n${secret('data: { cloud: Zm9v, empty: "" }\nstringData: { other: bar }')}`), 'plaintext-secret')).toEqual([
    'warning plaintext-secret Secret velero/cloud-credentials: data got "cloud, other", wanted no values of secrets in files: git would keep them for ever',
  ]);
});

test.each([
  ['what kubectl read from a cluster', secret('data: { cloud: Zm9v }', 'namespace: velero, uid: 1')],
  ['another namespace', secret('data: { cloud: Zm9v }', 'namespace: shop')],
  ['a placeholder of the vault plugin', secret('stringData: { cloud: "[default]\\naws_access_key_id=<path:kv/data/s3#id>" }')],
  ['a placeholder of Flux', secret('stringData: { cloud: "${CREDENTIALS}" }')],
  ['a placeholder in base64', secret(`data: { cloud: ${Buffer.from('<credentials>').toString('base64')} }`)],
  ['what SOPS encrypted', secret('data: { cloud: Zm9v }\nsops: { version: "3" }')],
  ['a certificate', secret('stringData: { ca.crt: "-----BEGIN CERTIFICATE-----\\nMII" }')],
  ['no data', secret('')],
])('silent about %s', (_, document) => {
  expect(told(judged(`${installation('1.18.3')}---\n${document}`), 'plaintext-secret')).toEqual([]);
});

test('silent without anything of Velero in the namespace', () => {
  expect(told(judged(secret('data: { cloud: Zm9v }')))).toEqual([]);
});
