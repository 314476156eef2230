import { mkdirSync, readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { ellipticKey, rsaKey } from '../certificates';
import { call, expectUntold, Given, opened, Terminal } from './calls';
import { fileIn, sealedPassword, sealedS3, temporaryFolder, yamlOf } from '../credentials/sealed-files';

const KEY = rsaKey();
const FOLDER = temporaryFolder();
const CERT = fileIn(FOLDER, 'sealed-secrets.pem', KEY.pem);
const [ACCESS, SECRET] = ['AKIATHEACCESSKEY0000', 'the/Secret+Key='];
const INI = `[default]\naws_access_key_id=${ACCESS}\naws_secret_access_key=${SECRET}\n`;
const NEXT = 'get it from the running controller: npx cdk8s-velero seal fetch-cert --out sealed-secrets.pem';

let out: string;
let folder: string;
let count = 0;

beforeEach(() => {
  folder = join(FOLDER, String(++count));
  mkdirSync(folder);
  out = join(folder, 's3.yaml');
});

/** Calls the command with what it must be told, and something more. */
function sealing(more: string[] = [], given: Given = { input: INI }) {
  return call(['seal', 's3', '--name', 'velero-s3', '--cert', CERT, '--out', out, ...more], given);
}

/** Asserts that a call failed with a message, told no secret and wrote nothing. */
async function refused(more: string[], message: string, code = 1, given: Given = { input: INI }): Promise<void> {
  const before = readdirSync(folder);
  const called = await sealing(more, given);
  expect(called).toEqual({ code, stdout: '', stderr: `${message}\n` });
  expectUntold(called, SECRET);
  expect(readdirSync(folder)).toEqual(before);
}

describe('seals', () => {
  test('keys from standard input', async () => {
    const called = await sealing();
    expect(called).toEqual({ code: 0, stdout: `${out}: Secret velero/velero-s3 with accessKey, cloud, secretKey, sealed strict\n`, stderr: '' });
    expect(opened(out, KEY)).toEqual({ accessKey: ACCESS, secretKey: SECRET });
    expect(readdirSync(folder)).toEqual(['s3.yaml']);
    expect(statSync(out).mode % 0o1000).toBe(0o644);
    expect(readFileSync(out, 'utf8')).not.toContain(SECRET);
  });

  test('what SealedCredential takes as it is', async () => {
    await sealing(['--namespace', 'backup']);
    const { secretName, namespace, secretKey } = SealedCredential.fromFile(Testing.chart(), 's3', out, { certificate: KEY.pem });
    expect({ secretName, namespace, secretKey }).toEqual({ secretName: 'velero-s3', namespace: 'backup', secretKey: 'cloud' });
  });

  test('keys from a file, which it leaves alone', async () => {
    const file = fileIn(folder, 'keys.env', `export AWS_ACCESS_KEY_ID="${ACCESS}"\r\nAWS_SECRET_ACCESS_KEY='${SECRET}'\r\n`);
    expect((await sealing(['--from-file', file], {})).code).toBe(0);
    expect(opened(out, KEY)).toEqual({ accessKey: ACCESS, secretKey: SECRET });
    expect(readFileSync(file, 'utf8')).toContain(SECRET);
  });

  test('keys that are typed at the terminal and not shown', async () => {
    const terminal = new Terminal(`${ACCESS}\r`, `${SECRET}\r`);
    const called = await sealing([], { terminal });
    expect(called.stderr).toBe('Access key (not shown): \nSecret key (not shown): \n');
    expect([called.code, terminal.modes, terminal.readIn]).toEqual([0, [true, false], [true, true]]);
    expectUntold(called, ACCESS, SECRET);
    expect(opened(out, KEY)).toEqual({ accessKey: ACCESS, secretKey: SECRET });
  });

  test('keys that it generates, and others each time', async () => {
    const called = await sealing(['--generate'], { terminal: new Terminal() });
    const { accessKey, secretKey } = opened(out, KEY);
    expect([accessKey, secretKey]).toEqual([expect.stringMatching(/^[A-Z0-9]{20}$/), expect.stringMatching(/^[A-Za-z0-9]{43}$/)]);
    expectUntold(called, accessKey, secretKey);
    await sealing(['--generate', '--replace']);
    expect(opened(out, KEY).secretKey).not.toBe(secretKey);
  });

  test.each(['strict', 'namespace-wide', 'cluster-wide'])('with scope %s', async scope => {
    expect((await sealing(['--scope', scope])).stdout).toBe(`${out}: Secret velero/velero-s3 with accessKey, cloud, secretKey, sealed ${scope}\n`);
    const annotation = `sealedsecrets.bitnami.com/${scope}`;
    const { metadata, spec } = parse(readFileSync(out, 'utf8'));
    expect([metadata.annotations[annotation], spec.template.metadata.annotations[annotation]]).toEqual(Array(2).fill(scope === 'strict' ? undefined : 'true'));
    expect(opened(out, KEY).secretKey).toBe(SECRET);
  });

  test('with a certificate from standard input', async () => {
    expect((await call(['seal', 's3', '--name', 'a', '--cert', '-', '--out', out, '--generate'], { input: KEY.pem })).code).toBe(0);
    expect(opened(out, KEY).accessKey).toHaveLength(20);
  });

  test('with the first of several certificates, and warns', async () => {
    const several = fileIn(folder, 'several.pem', KEY.pem + rsaKey().pem);
    expect((await sealing(['--cert', several])).stderr).toBe(`warning: seal s3: ${several} has 2 certificates; the first one is used, as kubeseal does\n`);
    expect(opened(out, KEY).secretKey).toBe(SECRET);
  });

  test('into JSON where the file is named so: ArgoCD reads nothing else there', async () => {
    const json = join(folder, 's3.json');
    expect((await sealing(['--out', json])).code).toBe(0);
    expect(JSON.parse(readFileSync(json, 'utf8')).metadata.name).toBe('velero-s3');
    expect(opened(json, KEY).secretKey).toBe(SECRET);
  });

  test('over the same credential where that is said, because S3 keys can be replaced', async () => {
    await sealing(['--generate']);
    expect((await sealing(['--replace'])).code).toBe(0);
    expect(opened(out, KEY)).toEqual({ accessKey: ACCESS, secretKey: SECRET });
  });

  test('and keeps a copy in plain text that only its owner reads', async () => {
    const copy = join(folder, 'break-glass');
    const called = await sealing(['--break-glass', copy]);
    expect(called.stdout).toBe(`${out}: Secret velero/velero-s3 with accessKey, cloud, secretKey, sealed strict\n`
      + `${copy}: the values in plain text. Keep it where the loss of the cluster does not reach, and nobody else.\n`);
    expectUntold(called, ACCESS, SECRET);
    expect(readFileSync(copy, 'utf8')).toBe(INI);
    expect(statSync(copy).mode % 0o1000).toBe(0o600);
    expect((await sealing(['--from-file', copy, '--out', join(folder, 'again.yaml')])).code).toBe(0);
  });
});

describe('refuses, exit code 2,', () => {
  const NAME = 'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
  const LABEL = 'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';

  test.each<[string, string[], string]>([
    ['a name with a capital', ['--name', 'S3'], `--name got "S3", wanted ${NAME}`],
    ['the name of the password', ['--name', 'velero-repo-credentials'], '--name got "velero-repo-credentials", wanted another name: '
      + 'that is the Secret of the repository password, without which no backup so far can be read; write velero-s3-credentials'],
    ['a namespace with a dot', ['--namespace', 'a.b'], `--namespace got "a.b", wanted ${LABEL}`],
    ['two sources', ['--generate', '--from-file', 'x'], '--generate and --from-file: wanted one of them'],
    ['two things from standard input', ['--cert', '-', '--from-file', '-'],
      '--cert and --from-file: wanted one of them from standard input; give a file for the other'],
    ['the certificate and the keys from standard input', ['--cert', '-'],
      '--cert and the values: wanted one of them from standard input; give a file for the other'],
    ['standard output', ['--out', '-'], '--out got "-", wanted a file'],
    ['no output', ['--out', ''], '--out got "", wanted a file'],
    ['a folder', ['--out', FOLDER], `--out got "${FOLDER}", wanted a file`],
    ['a device', ['--out', '/dev/null'], '--out got "/dev/null", wanted a file'],
    ['a copy on standard output', ['--break-glass', '-'], '--break-glass got "-", wanted a file'],
    ['a copy nowhere', ['--break-glass', ''], '--break-glass got "", wanted a file'],
  ])('%s', async (_, more, message) => {
    await refused(more, `seal s3: ${message}`, 2);
  });

  test('everything at once', async () => {
    await refused(['--name', 'A', '--namespace', 'B'], `seal s3: 2 problems\n  - --name got "A", wanted ${NAME}\n  - --namespace got "B", wanted ${LABEL}`, 2);
  });

  test('one file for the sealed and the plain values', async () => {
    await refused(['--break-glass', out], `seal s3: --break-glass got "${out}", wanted another file than --out`, 2);
    await refused(['--break-glass', join(folder, '..', String(count), 's3.yaml')],
      `seal s3: --break-glass got "${out}", wanted another file than --out`, 2);
  });

  test('options that are not there, without the value of one', async () => {
    const message = (text: string) => `error: ${text}\n(--help tells what there is)`;
    await refused([`--secret-key=${SECRET}`], message("unknown option '--secret-key'"), 2);
    await refused(['--scope', 'wide'],
      message("option '--scope <scope>' argument 'wide' is invalid. Allowed choices are strict, namespace-wide, cluster-wide."), 2);
  });

  test.each(['--name', '--out'])('a call without %s', async missing => {
    const args = Object.entries({ '--name': 'a', '--cert': CERT, '--out': out }).filter(([option]) => option !== missing).flat();
    const { code, stdout, stderr } = await call(['seal', 's3', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^error: required option '${missing} <\\w+>' not specified\n`));
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('a call without a certificate is told where to get it', async () => {
  expect(await call(['seal', 's3', '--name', 'a', '--out', out, '--generate'])).toEqual({
    code: 2, stdout: '', stderr: `seal s3: --cert: wanted the certificate of the controller; ${NEXT}\n`,
  });
  expect(readdirSync(folder)).toEqual([]);
});

describe('refuses, exit code 2 where a file cannot be read, else 1,', () => {
  test.each<[string, () => string, string]>([
    ['expired', () => rsaKey(2048, '20261124000000Z').pem, `--cert got "expired 2026-11-24T00:00:00Z", wanted a certificate that is still valid; ${NEXT}`],
    ['elliptic', () => ellipticKey().pem, `--cert got "ec", wanted a certificate with an RSA key: the controller has no other; ${NEXT}`],
    ['truncated', () => KEY.pem.slice(0, 500), `--cert: wanted a complete certificate: this one is truncated or damaged; ${NEXT}`],
    ['without a date', () => rsaKey(2048, '20461301000000Z').pem, `--cert: wanted a complete certificate: this one is truncated or damaged; ${NEXT}`],
    ['short', () => rsaKey(1024).pem, `--cert got "an RSA key of 1024 bits", wanted at least 2048 bits; ${NEXT}`],
    ['none', () => 'x', `--cert: wanted a certificate in PEM, beginning with -----BEGIN CERTIFICATE-----; ${NEXT}`],
  ])('a certificate that is %s', async (_, pem, message) => {
    await refused(['--cert', fileIn(folder, 'cert.pem', pem())], `seal s3: ${message}`);
  });

  test('a certificate that cannot be read', async () => {
    const none = join(folder, 'none.pem');
    await refused(['--cert', none], `seal s3: --cert got "${none}", wanted a file that can be read: there is no such file or folder; check the path, or ${NEXT}`, 2);
    await refused(['--cert', folder], `seal s3: --cert got "${folder}", wanted a file that can be read: it is a folder`, 2);
    await refused(['--cert', join(CERT, 'x')], `seal s3: --cert got "${join(CERT, 'x')}", wanted a file that can be read: a part of its path is no folder`, 2);
  });

  test.each<[string, string, string]>([
    ['no keys', '', 'standard input got "0 lines with aws_access_key_id or accesskey or access_key", wanted one; '
      + 'write aws_access_key_id=... in the file, outside of any section or in [default]'],
    ['one key', `accessKey=${ACCESS}\n`, 'standard input got "0 lines with aws_secret_access_key or secretkey or secret_key", wanted one; '
      + 'write aws_secret_access_key=... in the file, outside of any section or in [default]'],
    ['keys that are empty', 'accessKey=\nsecretKey=""\n',
      '2 problems\n  - access key: wanted a value: this one is empty\n  - secret key: wanted a value: this one is empty'],
    ['a key with a tab', `accessKey=${ACCESS}\nsecretKey=${SECRET}\t${SECRET}\n`,
      'secret key: wanted a value in one line: this one has a line break or another control character'],
    ['a key with a line break, as old editors wrote them', `accessKey=${ACCESS}\nsecretKey=${SECRET}\r${SECRET}\n`,
      'secret key: wanted a value in one line: this one has a line break or another control character'],
    ['a key with a space at its end', `accessKey=${ACCESS}\nsecretKey="${SECRET} "\n`,
      'secret key: wanted a value without a space at its beginning or end: not every reader keeps it'],
    ['keys with a comment behind them and half of their quotes', `accessKey="${ACCESS}\nsecretKey=${SECRET} # of the bucket\n`,
      '2 problems\n  - access key: wanted a key without blanks and quotes; write it alone in its line, without a comment behind it\n'
      + '  - secret key: wanted a key without blanks and quotes; write it alone in its line, without a comment behind it'],
  ])('%s', async (_, input, message) => {
    await refused([], `seal s3: ${message}`, 1, { input });
  });

  test('a file without keys, by its name', async () => {
    const file = fileIn(folder, 'keys', `aws_secret_access_key=${SECRET}\n`);
    await refused(['--from-file', file], `seal s3: --from-file ${file} got "0 lines with aws_access_key_id or accesskey or access_key", wanted one; `
      + 'write aws_access_key_id=... in the file, outside of any section or in [default]');
    const none = join(folder, 'none');
    await refused(['--from-file', none], `seal s3: --from-file got "${none}", wanted a file that can be read: there is no such file or folder; check the path`, 2);
  });

  test.each<[string, () => string]>([
    ['a chart', () => 'kind: Chart\n'],
    ['a plain Secret', () => `apiVersion: v1\nkind: Secret\nstringData: {secretKey: ${SECRET}}\n`],
    ['text', () => SECRET],
    ['keys of another name', () => yamlOf(sealedS3(KEY, { name: 'other' }))],
    ['keys of another namespace', () => yamlOf(sealedS3(KEY, { namespace: 'other' }))],
    ['a repository password', () => yamlOf(sealedPassword(KEY)).replaceAll('velero-repo-credentials', 'velero-s3')],
  ])('to replace %s', async (_, content) => {
    const before = content();
    fileIn(folder, 's3.yaml', before);
    await refused(['--replace'], `seal s3: --out got "${out}", wanted a file that is not there, or a SealedSecret of velero/velero-s3 with S3 keys; choose another file, or remove this one`);
    expect(readFileSync(out, 'utf8')).toBe(before);
  });

  test.each<[string, string[]]>([['alone', []], ['within a rotation', ['--rotate', '--generate']]])('to replace the keys in use, %s', async (_, rotating) => {
    await sealing(['--generate']);
    expect((await sealing(rotating.length > 0 ? rotating : ['--replace'])).code).toBe(0);
    const before = readFileSync(out, 'utf8');
    await refused(['--generate'], `seal s3: --out got "${out}", wanted a file that is not there: this one has the keys that Velero uses; `
      + '--rotate keeps them beside the new ones; where they have leaked, --replace puts the new ones in their place');
    expect(readFileSync(out, 'utf8')).toBe(before);
  });

  test('a copy in a folder that is not there', async () => {
    const path = join(folder, 'none', 's3.yaml');
    await refused(['--break-glass', path], `seal s3: --break-glass got "${path}", wanted a new file that can be written: there is no such file or folder; nothing was written; make the folder ${join(folder, 'none')} first`);
  });

  test('to replace a copy in plain text', async () => {
    const copy = fileIn(folder, 'break-glass', 'old');
    await refused(['--break-glass', copy], `seal s3: --break-glass got "${copy}", wanted a new file that can be written: it exists already; nothing was written; name another one`);
    expect(readFileSync(copy, 'utf8')).toBe('old');
  });

  test('a copy whose sealed file cannot be written, and removes it', async () => {
    const path = join(fileIn(folder, 'none', ''), 's3.yaml');
    await refused(['--break-glass', join(folder, 'copy'), '--out', path],
      `seal s3: --out got "${path}", wanted a file that can be written: a part of its path is no folder; nothing was written`);
  });
});

describe('a copy in a git work tree', () => {
  test('is refused, because the next commit could publish it', async () => {
    mkdirSync(join(folder, '.git'));
    mkdirSync(join(folder, 'deep'));
    const copy = join(folder, 'deep', 'copy');
    await refused(['--break-glass', copy], `seal s3: --break-glass got "${copy}", wanted a file outside of ${folder}: `
      + 'it is in plain text, and the next commit could publish it; add --force to write it there', 2);
    expect(readdirSync(join(folder, 'deep'))).toEqual([]);
  });

  test('is written with --force', async () => {
    mkdirSync(join(folder, '.git'));
    const copy = join(folder, 'copy');
    expect((await sealing(['--break-glass', copy, '--force'])).code).toBe(0);
    expect([readFileSync(copy, 'utf8'), statSync(copy).mode % 0o1000]).toEqual([INI, 0o600]);
  });
});
