import { parse } from 'yaml';
import { seal, SCOPES, SealedFor, SealingScope, unseal } from '../../src/credentials/seal';
import { sealRepositoryPassword, sealS3Keys, toYaml } from '../../src/credentials/sealed-manifest';
import { readCertificate, SealingCertificate } from '../../src/credentials/sealing-certificate';
import { rsaKey } from '../certificates';

const KEY = rsaKey();
const certificate = readCertificate('--cert', KEY.pem) as SealingCertificate;
const OURS = { 'cdk8s-velero/sealed-with': certificate.fingerprint, 'cdk8s-velero/certificate-expires': '2046-01-01T00:00:00Z' };
const MANAGED = { 'sealedsecrets.bitnami.com/managed': 'true' };

function opened(value: unknown, target: SealedFor): string {
  return unseal(value as string, [KEY.privateKey], target)!.value.toString();
}

test.each<[SealingScope, Record<string, string>]>([
  ['strict', {}],
  ['namespace-wide', { 'sealedsecrets.bitnami.com/namespace-wide': 'true' }],
  ['cluster-wide', { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
])('a pair of S3 keys, sealed %s, is a SealedSecret with a file for Velero', (scope, wide) => {
  const target = { scope, namespace: 'backup', name: 'velero-s3' };
  const manifest = sealS3Keys({ ...target, certificate }, Buffer.from('access'), Buffer.from('secret'));
  const { accessKey, secretKey } = manifest.spec.encryptedData;
  expect(manifest).toEqual({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: 'velero-s3', namespace: 'backup', annotations: { 'cdk8s-velero/credential': 's3', ...OURS, ...wide } },
    spec: {
      encryptedData: { accessKey, secretKey },
      template: {
        metadata: { name: 'velero-s3', namespace: 'backup', annotations: { ...MANAGED, ...wide } },
        type: 'Opaque',
        data: { cloud: '[default]\naws_access_key_id={{ .accessKey }}\naws_secret_access_key={{ .secretKey }}\n' },
      },
    },
  });
  expect([opened(accessKey, target), opened(secretKey, target)]).toEqual(['access', 'secret']);
});

test('a repository password is a SealedSecret whose Secret cannot be changed', () => {
  const target: SealedFor = { scope: 'strict', namespace: 'velero', name: 'velero-repo-credentials' };
  const manifest = sealRepositoryPassword({ ...target, certificate }, Buffer.from('password'));
  const value = manifest.spec.encryptedData['repository-password'];
  expect(manifest).toEqual({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: 'velero-repo-credentials', namespace: 'velero', annotations: { 'cdk8s-velero/credential': 'repository-password', ...OURS } },
    spec: {
      encryptedData: { 'repository-password': value },
      template: { metadata: { name: 'velero-repo-credentials', namespace: 'velero', annotations: MANAGED }, type: 'Opaque', immutable: true },
    },
  });
  expect(opened(value, target)).toBe('password');
});

test('is written as Kubernetes reads it: dates and words of YAML 1.1 are strings, a value is one line', () => {
  const value = seal(Buffer.alloc(500), KEY.publicKey, { scope: 'strict', namespace: 'on', name: '1.0' });
  const text = toYaml(sealS3Keys({ scope: 'strict', namespace: 'on', name: '1.0', certificate }, Buffer.alloc(500), Buffer.alloc(500)));
  expect(text.split('\n').slice(0, 8)).toEqual([
    'apiVersion: bitnami.com/v1alpha1', 'kind: SealedSecret', 'metadata:', '  name: "1.0"', '  namespace: "on"', '  annotations:',
    '    cdk8s-velero/credential: s3', `    cdk8s-velero/sealed-with: ${quotedAsNeeded(certificate.fingerprint)}`,
  ]);
  expect(text).toContain('    cdk8s-velero/certificate-expires: "2046-01-01T00:00:00Z"\n');
  expect(text.split('\n').filter(line => line.startsWith('    accessKey: '))[0]).toHaveLength(`    accessKey: ${value}`.length);
});

test('all scopes are known', () => {
  expect(SCOPES).toEqual(['strict', 'namespace-wide', 'cluster-wide']);
  expect(parse(toYaml({ apiVersion: 'a', kind: 'b', metadata: {}, spec: { encryptedData: {} } }))).toEqual({ apiVersion: 'a', kind: 'b', metadata: {}, spec: { encryptedData: {} } });
});

/** A fingerprint of digits only, or of digits around one "e", would be a number. */
function quotedAsNeeded(fingerprint: string): string {
  return /^\d+(e\d+)?$/.test(fingerprint) ? `"${fingerprint}"` : fingerprint;
}
