import { join } from 'path';
import { fingerprintOf } from '../../src/credentials/sealing-certificate';
import { rsaKey } from '../certificates';
import { call, expectUntold } from './calls';
import { fileIn, PLAIN, sealedPassword, sealedS3, temporaryFolder, yamlOf } from '../credentials/sealed-files';

const KEY = rsaKey();
const S3 = sealedS3(KEY, { scope: 'namespace-wide' });
const FOLDER = temporaryFolder();
const CERT = fileIn(FOLDER, 'cert.pem', KEY.pem);
const FILE = fileIn(FOLDER, 's3.yaml', yamlOf(S3));
const FINGERPRINT = fingerprintOf(KEY.publicKey);
const S3_TOLD = [
  'name                 velero-s3',
  'namespace            velero',
  'scope                namespace-wide',
  'credential           s3',
  `sealed with          ${FINGERPRINT}`,
  'certificate expires  2046-01-01T00:00:00Z',
  'sealed key           accessKey: 20 bytes, RSA 2048',
  'sealed key           secretKey: 16 bytes, RSA 2048',
  'template key         cloud',
  '',
].join('\n');

test('tells what everybody can see of S3 keys', async () => {
  const called = await call(['seal', 'inspect', FILE]);
  expect(called).toEqual({ code: 0, stdout: S3_TOLD, stderr: '' });
  expectUntold(called, ...Object.values(PLAIN));
});

test('tells it of a password, from standard input and against the certificate', async () => {
  expect(await call(['seal', 'inspect', '-', '--cert', CERT], { input: JSON.stringify(sealedPassword(KEY)) })).toEqual({
    code: 0,
    stdout: [
      'name                 velero-repo-credentials',
      'namespace            velero',
      'scope                strict',
      'credential           repository-password',
      `sealed with          ${FINGERPRINT}`,
      'certificate expires  2046-01-01T00:00:00Z',
      'sealed key           repository-password: 14 bytes, RSA 2048',
      '',
    ].join('\n'),
    stderr: '',
  });
});

test('tells what is there of what kubeseal wrote, and what is wrong with it', async () => {
  const file = fileIn(FOLDER, 'bare.yaml', yamlOf({
    ...S3, metadata: {}, spec: { encryptedData: { secretKey: PLAIN.secretKey, token: S3.spec.encryptedData.secretKey } },
  }));
  const called = await call(['seal', 'inspect', file]);
  expect(called).toEqual({
    code: 1,
    stdout: [
      'name                 none',
      'namespace            none',
      'scope                strict',
      'credential           not told',
      'sealed with          not told',
      'certificate expires  not told',
      'sealed key           secretKey: no sealed value',
      'sealed key           token: 16 bytes, RSA 2048',
      '',
    ].join('\n'),
    stderr: [
      `seal inspect: ${file}: 3 problems`,
      '  - metadata.name: wanted the name that it was sealed for; seal it again with --name and --namespace',
      '  - metadata.namespace: wanted the namespace that it was sealed for; seal it again with --name and --namespace',
      '  - spec.encryptedData.secretKey: wanted a sealed value in base64: this one is truncated or not sealed; seal it again',
      '',
    ].join('\n'),
  });
  expectUntold(called, PLAIN.secretKey);
});

test('finds values under a key of another size than the certificate', async () => {
  const other = fileIn(FOLDER, 'other.pem', rsaKey(3072).pem);
  const problem = (key: string) => `spec.encryptedData.${key} got "sealed with a key of 2048 bits", wanted the 3072 bits of the certificate; seal it again with that certificate`;
  expect(await call(['seal', 'inspect', FILE, '--cert', other])).toEqual({
    code: 1, stdout: S3_TOLD, stderr: `seal inspect: ${FILE}: 2 problems\n  - ${problem('accessKey')}\n  - ${problem('secretKey')}\n`,
  });
});

test('a file cannot write lines of its own or move the cursor', async () => {
  const file = fileIn(FOLDER, 'forged.json', JSON.stringify({
    ...S3,
    metadata: { ...S3.metadata, annotations: { ...S3.metadata.annotations, 'cdk8s-velero/sealed-with': 'x\nscope  strict\u001b[1A\u009b2K' } },
    spec: { ...S3.spec, encryptedData: { 'a\u001b[2J': 'x' } },
  }));
  const { code, stdout, stderr } = await call(['seal', 'inspect', file]);
  expect(code).toBe(1);
  expect(stdout).toContain('sealed with          x\\u000ascope  strict\\u001b[1A\\u009b2K\n');
  expect(stdout).toContain('sealed key           a\\u001b[2J: no sealed value\n');
  expect(stderr).toContain('  - spec.encryptedData.a\\u001b[2J: wanted a sealed value in base64');
});

test.each<[string, string[], number, string]>([
  ['a file that is not there', [join(FOLDER, 'none')], 2,
    `FILE got "${join(FOLDER, 'none')}", wanted a file that can be read: there is no such file or folder; check the path`],
  ['a folder', [FOLDER], 2, `FILE got "${FOLDER}", wanted a file that can be read: it is a folder`],
  ['a certificate that is not there', [FILE, '--cert', join(FOLDER, 'none')], 2,
    `--cert got "${join(FOLDER, 'none')}", wanted a file that can be read: there is no such file or folder; check the path`],
  ['two things from standard input', ['-', '--cert', '-'], 2,
    'FILE and --cert: wanted one of them from standard input; give a file for the other'],
])('fails with %s', async (_, args, code, message) => {
  expect(await call(['seal', 'inspect', ...args])).toEqual({ code, stdout: '', stderr: `seal inspect: ${message}\n` });
});

test.each<[string, string, string]>([
  ['nothing', '', 'file got "0 documents", wanted one SealedSecret; keep one in a file'],
  ['two files in one', `${yamlOf(S3)}---\n${yamlOf(S3)}`, 'file got "2 documents", wanted one SealedSecret; keep one in a file'],
  ['a plain Secret', `apiVersion: v1\nkind: Secret\nstringData: {secretKey: ${PLAIN.secretKey}}\n`,
    'kind got "v1 Secret", wanted one SealedSecret of bitnami.com/v1alpha1; seal the Secret first: never commit it as it is'],
  ['what is no YAML', `secretKey: "${PLAIN.secretKey}\n`, 'line 2: wanted YAML or JSON (MISSING_CHAR); seal it again'],
])('fails with %s, and quotes nothing of it', async (_, input, message) => {
  expect(await call(['seal', 'inspect', '-'], { input })).toEqual({ code: 1, stdout: '', stderr: `seal inspect: -: ${message}\n` });
});

test('fails without a file', async () => {
  expect(await call(['seal', 'inspect'])).toEqual({ code: 2, stdout: '', stderr: "error: missing required argument 'file'\n(cdk8s-velero seal inspect FILE; --help tells more)\n" });
});
