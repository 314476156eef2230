import { readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { privatePem, rsaKey } from './certificates';
import { sealedS3, yamlOf } from './credentials/sealed-files';
import { committedFiles, keyMaterialIn, plainSecretsIn } from './key-material';
import { generateAccessKey, generatePassword, generateSecretKey } from '../src/credentials/generated';
import { rule as repositoryPasswordPublic } from '../src/rules/repository-password-public';

const ROOT = join(__dirname, '..');
/** The one password that a document has to show: the example of the rule that tells weak ones. */
const SHOWN = /repository-password: (\S+)/.exec(repositoryPasswordPublic.good())![1];
/** Hashes of packages are as long and as random as keys. */
const HASHES = /(^|\/)(package-lock\.json|go\.sum)$/;

test('no file that is committed has a key in it', () => {
  const files = committedFiles(ROOT);
  expect(files.length).toBeGreaterThan(300);
  const findings = files.filter(file => !HASHES.test(file))
    .flatMap(file => keyMaterialIn(readFileSync(join(ROOT, file), 'latin1').replaceAll(SHOWN, '…')).map(found => `${file}: ${found}`));
  expect(findings).toEqual([]);
}, 60_000);

test('where there is no git, or no clone, it says so', () => {
  expect(() => committedFiles(ROOT, 'no-such-git')).toThrow('the search for key material got no list of files from no-such-git (ENOENT), '
    + 'wanted what git has of a clone; install git, or run this test in a clone');
  expect(() => committedFiles(tmpdir())).toThrow('the search for key material got no list of files from git (128), wanted');
});

test.each(readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name))(
  'what example %s emits has no Secret with values', name => {
    const folder = join(ROOT, 'examples', name, 'manifests');
    const outputs = readdirSync(folder);
    expect(outputs.length).toBeGreaterThan(3);
    expect(outputs.flatMap(file => plainSecretsIn(readFileSync(join(folder, file), 'utf8')))).toEqual([]);
  });

describe('the search finds', () => {
  const key = rsaKey();
  const pem = privatePem(key);
  const encoded = Buffer.from(pem).toString('base64');

  test.each<[string, string, string[]]>([
    ['a private key', `x\n${pem}`, ['a private key, line 2']],
    ['one in the other form', privatePem(key, 'pkcs8'), ['a private key, line 1']],
    ['one in JSON', JSON.stringify({ key: pem }), ['a private key, line 1']],
    ['one under a passphrase', `-----BEGIN RSA PRIVATE KEY-----${'\n'}Proc-Type: 4,ENCRYPTED\n`, ['a private key, line 1']],
    ['one in a Secret', `data:\n  tls.key: ${encoded}\n`, ['a private key, line 1 in base64']],
    ['an access key of AWS', `aws_access_key_id=AKIA${'ABCDEFGH'.repeat(2)}\n`, ['an access key of AWS, line 1']],
  ])('%s', (_, text, findings) => {
    expect(keyMaterialIn(text)).toEqual(findings);
  });

  test('every key and password that the commands generate', () => {
    const generated = Array.from({ length: 200 }, () => [generateSecretKey(), generatePassword()]).flat().map(String);
    const missed = generated.filter(value => keyMaterialIn(`repository-password=${value}\n`).length !== 2);
    // A draw without a digit, or with many characters twice, is rare and may be missed; that all others are found says that the search is no show.
    expect(missed.length).toBeLessThan(8);
  });

  test('a Secret with values', () => {
    expect(plainSecretsIn('kind: ConfigMap\ndata: {a: b}\n---\nkind: Secret\nmetadata: {name: s, namespace: n}\nstringData: {a: b}\n')).toEqual(['Secret n/s with values']);
    expect(plainSecretsIn('kind: Secret\ndata: {a: b}\n')).toEqual(['Secret undefined/undefined with values']);
    expect(plainSecretsIn('kind: Secret\n---\n')).toEqual([]);
  });
});

describe('the search lets be', () => {
  test.each<[string, string]>([
    ['a certificate', rsaKey().pem],
    ['a marked test key', `TEST KEY of somebody\n${privatePem(rsaKey())}`],
    ['a sealed file', yamlOf(sealedS3(rsaKey()))],
    ['a template', 'aws_secret_access_key={{ .secretKey }}\npassword: ${PASSWORD}\n'],
    ['hashes in hexadecimal', `image: velero@sha256:${'0123456789abcdef'.repeat(4)}\ncommit: ${'0123456789'.repeat(4)}\n`],
    ['the pair that AWS has published', 'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['long words', 'secret_key: the-name-of-a-key-in-a-secret-of-kubernetes\n'],
    ['an access key that is no secret', `id=${String(generateAccessKey())}\n`],
  ])('%s', (_, text) => {
    expect(keyMaterialIn(text)).toEqual([]);
  });
});
