import { readFileSync } from 'fs';
import { join } from 'path';
import { stringify } from 'yaml';
import { fingerprintOf } from '../../src/credentials/sealing-certificate';
import { ellipticKey, privatePem, rsaKey } from '../certificates';
import { call, expectUntold } from './calls';
import { fileIn, Loose, PLAIN, sealedPassword, sealedS3, temporaryFolder, yamlOf } from '../credentials/sealed-files';

const KEY = rsaKey();
const OTHER = rsaKey();
const S3 = sealedS3(KEY);
const FOLDER = temporaryFolder();
const FILE = fileIn(FOLDER, 's3.yaml', yamlOf(S3));
const PRIVATE = fileIn(FOLDER, 'key.pem', privatePem(KEY));
const WITH = `opens with ${fingerprintOf(KEY.publicKey)}`;
const CLOSED = 'wanted a value that one of the private keys opens: another key, name, namespace or scope, or a damaged value';

/** Verifies a manifest with the right key. */
async function verified(manifest: Loose) {
  const called = await call(['seal', 'verify', '-', '--private-key', PRIVATE], { input: yamlOf(manifest) });
  expectUntold(called, ...Object.values(PLAIN));
  return called;
}

const OPENS = { code: 0, stdout: `accessKey: ${WITH}\nsecretKey: ${WITH}\n`, stderr: '' };
const OPENS_NOT = {
  code: 1,
  stdout: 'accessKey: does not open\nsecretKey: does not open\n',
  stderr: `seal verify: -: 2 problems\n  - spec.encryptedData.accessKey: ${CLOSED}\n  - spec.encryptedData.secretKey: ${CLOSED}\n`,
};

test('says which key opens each value, and no value', async () => {
  const called = await call(['seal', 'verify', FILE, '--private-key', PRIVATE]);
  expect(called).toEqual(OPENS);
  expectUntold(called, ...Object.values(PLAIN), privatePem(KEY).split('\n')[1]);
});

test('opens with any of several keys, from a backup of the controller on standard input', async () => {
  const secret = (pem: string) => ({ kind: 'Secret', data: { 'tls.key': Buffer.from(pem).toString('base64') } });
  const input = stringify({ kind: 'List', items: [secret(privatePem(OTHER)), secret(privatePem(KEY))] });
  expect(await call(['seal', 'verify', FILE, '--private-key', '-'], { input })).toEqual(OPENS);
});

test('leaves out a key of the backup that it cannot use, and warns', async () => {
  const damaged = privatePem(OTHER).split('\n').filter((_, line) => line !== 4).join('\n');
  const file = fileIn(FOLDER, 'several.pem', `${damaged}${privatePem(ellipticKey(), 'pkcs8')}${privatePem(KEY)}`);
  const warning = `warning: seal verify: ${file}: one private key is left out:`;
  expect(await call(['seal', 'verify', FILE, '--private-key', file])).toEqual({
    ...OPENS,
    stderr: `${warning} wanted an RSA key in PEM without a passphrase: this one is damaged or encrypted\n${warning} got "ec", wanted an RSA key\n`,
  });
});

test.each(['namespace-wide', 'cluster-wide'] as const)('opens what is sealed %s', async scope => {
  expect(await verified(sealedS3(KEY, { scope }))).toEqual(OPENS);
});

test('opens a password', async () => {
  expect((await verified(sealedPassword(KEY))).stdout).toBe(`repository-password: ${WITH}\n`);
});

test.each<[string, Loose]>([
  ['under another key', sealedS3(OTHER)],
  ['under another name', { ...S3, metadata: { ...S3.metadata, name: 'other' } }],
  ['under another namespace', { ...S3, metadata: { ...S3.metadata, namespace: 'other' } }],
  ['under another scope', { ...S3, metadata: { ...S3.metadata, annotations: { 'sealedsecrets.bitnami.com/cluster-wide': 'true' } } }],
  ['without a name', { ...S3, metadata: { namespace: 'velero' } }],
  ['without a namespace', { ...S3, metadata: { name: 'velero-s3' } }],
  ['that nobody sealed', { ...S3, spec: { encryptedData: { accessKey: PLAIN.accessKey, secretKey: PLAIN.secretKey } } }],
  ['that are no text', { ...S3, spec: { encryptedData: { accessKey: 5, secretKey: null } } }],
])('values %s do not open', async (_, manifest) => {
  expect(await verified(manifest)).toEqual(OPENS_NOT);
});

test('one damaged value is told beside the others', async () => {
  const manifest = structuredClone(S3);
  const { accessKey } = S3.spec.encryptedData;
  manifest.spec.encryptedData.accessKey = `${accessKey.slice(0, 100)}${accessKey[100] === 'A' ? 'B' : 'A'}${accessKey.slice(101)}`;
  expect(await verified(manifest)).toEqual({
    code: 1, stdout: `accessKey: does not open\nsecretKey: ${WITH}\n`, stderr: `seal verify: -: spec.encryptedData.accessKey: ${CLOSED}\n`,
  });
});

test('a file without a value proves nothing', async () => {
  expect(await verified({ ...S3, spec: { encryptedData: {} } }))
    .toEqual({ code: 1, stdout: '', stderr: 'seal verify: -: spec.encryptedData: wanted at least one sealed key\n' });
});

test.each<[string, string[], number, string]>([
  ['a file that is not there', [join(FOLDER, 'none'), '--private-key', PRIVATE], 2,
    `seal verify: FILE got "${join(FOLDER, 'none')}", wanted a file that can be read: there is no such file or folder; check the path`],
  ['a key that is not there', [FILE, '--private-key', join(FOLDER, 'none')], 2,
    `seal verify: --private-key got "${join(FOLDER, 'none')}", wanted a file that can be read: there is no such file or folder; check the path`],
  ['a file without a key', [FILE, '--private-key', FILE], 1,
    `seal verify: ${FILE}: private key: wanted a private key in PEM, or the Secrets of the controller; `
    + '(umask 077; kubectl get secret -n kube-system -l sealedsecrets.bitnami.com/sealed-secrets-key -o yaml > sealing-keys.yaml) writes them'],
  ['two things from standard input', ['-', '--private-key', '-'], 2,
    'seal verify: FILE and --private-key: wanted one of them from standard input; give a file for the other'],
  ['no key', [FILE], 2, "error: required option '--private-key <file>' not specified\n(cdk8s-velero seal verify FILE --private-key FILE; --help tells more)"],
])('fails with %s', async (_, args, code, message) => {
  expect(await call(['seal', 'verify', ...args])).toEqual({ code, stdout: '', stderr: `${message}\n` });
});

test('writes nothing', async () => {
  const before = [FILE, PRIVATE].map(file => readFileSync(file, 'utf8'));
  await call(['seal', 'verify', FILE, '--private-key', PRIVATE]);
  expect([FILE, PRIVATE].map(file => readFileSync(file, 'utf8'))).toEqual(before);
});
