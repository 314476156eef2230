import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';

escapeHatch('repository-password-public', usual => {
  const secret = new ApiObject(usual.chart, 'secret', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'velero-repo-credentials', namespace: 'velero' },
    stringData: { 'repository-password': 'a-password-that-is-long-enough' },
  });
  return () => secret.addJsonPatch(JsonPatch.replace('/stringData/repository-password', 'static-passw0rd'));
});

const ON = 'velero/velero-repo-credentials: value of repository-password got undefined, wanted';
const PUBLIC = `${ON} a password of your own: this one stands in the source of Velero`;
const SHORT = `${ON} at least 20 characters: a shorter one is found by trying`;

test.each([
  ['what the server makes', 'v1', 'Secret', 'data: { repository-password: c3RhdGljLXBhc3N3MHJk }', [PUBLIC]],
  ['the same in plain text', 'v1', 'Secret', 'stringData: { repository-password: static-passw0rd }', [PUBLIC]],
  ['in the template of a SealedSecret', 'bitnami.com/v1alpha1', 'SealedSecret', 'spec: { encryptedData: {}, template: { data: { repository-password: static-passw0rd } } }', [PUBLIC]],
  ['in the template of an ExternalSecret', 'external-secrets.io/v1', 'ExternalSecret', 'spec: { target: { template: { data: { repository-password: hunter2 } } } }', [SHORT]],
  ['nineteen characters', 'v1', 'Secret', 'stringData: { repository-password: nineteen-characters }', [SHORT]],
  ['twenty characters', 'v1', 'Secret', 'stringData: { repository-password: twenty-characters-ok }', []],
  ['none', 'v1', 'Secret', 'stringData: { repository-password: "" }', [SHORT]],
  ['a placeholder in a template', 'bitnami.com/v1alpha1', 'SealedSecret', 'spec: { template: { data: { repository-password: "{{ .p }}" } } }', []],
  ['a placeholder of Flux', 'v1', 'Secret', 'stringData: { repository-password: "${PASSWORD}" }', []],
  ['a placeholder of the vault plugin', 'v1', 'Secret', 'data: { repository-password: "<password>" }', []],
  ['a value that SOPS encrypted', 'v1', 'Secret', 'data: { repository-password: "ENC[AES256_GCM,data:4Q==]" }', []],
  ['another key', 'v1', 'Secret', 'stringData: { repository-password: a-password-that-is-long-enough, other: short }', []],
])('%s', (_, apiVersion, kind, rest, expected) => {
  const judgements = judged(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: velero-repo-credentials, namespace: velero }\n${rest}\n`);
  expect(told(judgements, 'repository-password-public')).toEqual(expected.map(line => `error repository-password-public ${kind} ${line}`));
});

test('another Secret may hold what it likes', () => {
  expect(told(judged('apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: velero }\nstringData: { repository-password: a }\n'), 'repository-password-public')).toEqual([]);
});
