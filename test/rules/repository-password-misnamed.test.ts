import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { server } from '../../src/rules/examples';

escapeHatch('repository-password-misnamed', usual => {
  const sealed = new ApiObject(usual.chart, 'sealed', {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: 'velero-repo-credentials', namespace: 'velero' },
    spec: { encryptedData: { 'repository-password': 'AgB3' } },
  });
  return () => sealed.addJsonPatch(JsonPatch.move('/spec/encryptedData/repository-password', '/spec/encryptedData/password'));
});

const SERVER = server('1.18.3', '--uploader-type=kopia');

function secret(name: string, rest: string, kind = 'bitnami.com/v1alpha1\nkind: SealedSecret'): string {
  return `apiVersion: ${kind}\nmetadata: { name: ${name}, namespace: velero }\n${rest}\n`;
}

const OLD = secret('velero-restic-credentials', 'spec: { encryptedData: { repository-password: AgB } }');
const RIGHT = secret('velero-repo-credentials', 'spec: { encryptedData: { repository-password: AgB } }');
const KEYS = 'wanted repository-password: Velero reads no other, and opens no repository without';

test.each([
  ['the old name', [SERVER, OLD],
    ['SealedSecret velero/velero-restic-credentials: name of the Secret got "velero-restic-credentials", wanted velero-repo-credentials: Velero 1.18.3 does not look at the old name']],
  ['the old one left over beside the new', [SERVER, OLD, RIGHT], []],
  ['the old name of an old Velero', [SERVER.replace('velero:v1.18.3', 'velero:v1.9.7'), OLD], []],
  ['the old name without an installation', [OLD], []],
  ['another key', [secret('velero-repo-credentials', 'stringData: { password: a, user: b }', 'v1\nkind: Secret')], [`Secret velero/velero-repo-credentials: keys got "password, user", ${KEYS}`]],
  ['an ExternalSecret with another key', [secret('velero-repo-credentials', 'spec: { data: [{ secretKey: password }] }', 'external-secrets.io/v1\nkind: ExternalSecret')],
    [`ExternalSecret velero/velero-repo-credentials: keys got "password", ${KEYS}`]],
  ['an ExternalSecret whose keys nobody knows', [secret('velero-repo-credentials', 'spec: { dataFrom: [{}] }', 'external-secrets.io/v1\nkind: ExternalSecret')], []],
  ['a Secret that something else fills', [secret('velero-repo-credentials', '', 'v1\nkind: Secret')], []],
])('%s', (_, documents, expected) => {
  expect(told(judged(documents.join('---\n')), 'repository-password-misnamed')).toEqual(expected.map(line => `error repository-password-misnamed ${line}`));
});
