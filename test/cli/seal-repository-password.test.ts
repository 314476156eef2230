import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { wrongSecret } from '../../src/cli/secret-input';
import { unseal } from '../../src/credentials/seal';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { KopiaRepository } from '../../src/repository/kopia-repository';
import { rsaKey } from '../certificates';
import { call, expectUntold, Given, opened, Terminal } from './calls';
import { fileIn, sealedPassword, sealedS3, temporaryFolder, yamlOf } from '../credentials/sealed-files';

const KEY = rsaKey();
const FOLDER = temporaryFolder();
const CERT = fileIn(FOLDER, 'sealed-secrets.pem', KEY.pem);
const PASSWORD = 'the password of before';
const OVERWRITE = '--overwrite-and-lose-all-existing-backups';
const WARNING = "warning: seal repository-password: without --break-glass only the controller's private key opens the password: "
  + 'keep a copy of that key outside of the cluster\n';

let folder: string;
let out: string;
let copy: string;
let count = 0;

beforeEach(() => {
  folder = join(FOLDER, String(++count));
  mkdirSync(folder);
  out = join(folder, 'velero-repo-credentials.yaml');
  copy = join(folder, 'break-glass');
});

function sealing(more: string[] = [], given: Given = {}) {
  return call(['seal', 'repository-password', '--cert', CERT, '--out', out, ...more], given);
}

function password(): string {
  return opened(out, KEY)['repository-password'];
}

/** What no text could tell: bytes that are no UTF-8. */
function openedBytes(path: string): Buffer {
  const { metadata, spec } = parse(readFileSync(path, 'utf8'));
  const target = { scope: 'strict', namespace: metadata.namespace, name: metadata.name } as const;
  return Buffer.from(unseal(spec.encryptedData['repository-password'], [KEY.privateKey], target)!.value);
}

async function refused(more: string[], message: string, given: Given = {}, code = 1): Promise<void> {
  const before = readdirSync(folder);
  const called = await sealing(more, given);
  expect(called).toEqual({ code, stdout: '', stderr: `${message}\n` });
  expectUntold(called, PASSWORD);
  expect(readdirSync(folder)).toEqual(before);
}

describe('seals', () => {
  test('256 bits that it invents, under the name that Velero reads, and says who can open them', async () => {
    const called = await sealing();
    expect(called).toEqual({ code: 0, stdout: `${out}: Secret velero/velero-repo-credentials with repository-password, sealed strict\n`, stderr: WARNING });
    expect(password()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Object.keys(opened(out, KEY))).toEqual(['repository-password']);
    expect([readdirSync(folder), statSync(out).mode % 0o1000]).toEqual([['velero-repo-credentials.yaml'], 0o644]);
    expectUntold(called, password());
    expect(parse(readFileSync(out, 'utf8')).spec.template.immutable).toBe(true);
  });

  test('what a repository takes as it is', async () => {
    await sealing(['--namespace', 'backup', '--generate']);
    const chart = Testing.chart();
    const credential = SealedCredential.fromFile(chart, 'password', out, { namespace: 'backup', certificate: KEY.pem });
    expect(new KopiaRepository(chart, 'repository', { password: credential }).password).toBe(credential);
  });

  test('with a copy in plain text that only its owner reads, and no warning', async () => {
    const called = await sealing(['--break-glass', copy]);
    expect([called.code, called.stderr]).toEqual([0, '']);
    expectUntold(called, password());
    expect(readFileSync(copy, 'utf8')).toBe(`repository-password=${password()}\n`);
    expect(statSync(copy).mode % 0o1000).toBe(0o600);
  });

  test('the same again from the copy', async () => {
    await sealing(['--break-glass', copy]);
    const before = password();
    const called = await sealing(['--from-file', copy, OVERWRITE]);
    expect([called.code, password()]).toEqual([0, before]);
    expectUntold(called, before);
  });

  test('any password that is typed the same again from its copy', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 12 }).map(array => Buffer.from(array));
    const tricky = fc.string({ unit: fc.constantFrom('"', "'", '#', '=', ' ', 'a', '\\', '[', '\ufeff', 'ö'), minLength: 1, maxLength: 6 }).map(text => Buffer.from(text));
    const value = fc.oneof(bytes, tricky).filter(each => wrongSecret('password', each) === undefined);
    await fc.assert(fc.asyncProperty(value, async each => {
      [out, copy].forEach(file => rmSync(file, { force: true }));
      const typed = Buffer.concat([each, Buffer.from('\r')]);
      expect((await sealing(['--ask', '--break-glass', copy], { terminal: new Terminal(typed, typed) })).code).toBe(0);
      expect((await sealing(['--from-file', copy, OVERWRITE])).code).toBe(0);
      expect(openedBytes(out)).toEqual(each);
    }), { seed: 20460103, numRuns: 60 });
  });

  test.each(['repository-password', 'RESTIC_PASSWORD', 'repository_password'])('the password in %s=... of standard input', async name => {
    const given = { input: `# the password\n${name}="${PASSWORD}"\n` };
    for (const more of [['--ask'], ['--from-file', '-']]) {
      await sealing([...more, OVERWRITE], given);
      expect(password()).toBe(PASSWORD);
    }
  });

  test('a password that is typed twice and not shown', async () => {
    const terminal = new Terminal(`${PASSWORD}\r`, `${PASSWORD}\r`);
    const called = await sealing(['--ask'], { terminal });
    expect(called.stderr).toBe(`Repository password (not shown): \nRepository password again: \n${WARNING}`);
    expect([terminal.modes, terminal.readIn]).toEqual([[true, false], [true, true]]);
    expect(password()).toBe(PASSWORD);
    expectUntold(called, PASSWORD);
  });

  test('nothing from standard input where it is not told to', async () => {
    await sealing([], { input: `repository-password=${PASSWORD}\n` });
    expect(password()).not.toBe(PASSWORD);
  });
});

describe('never rotates by accident:', () => {
  const refusal = () => `seal repository-password: --out got "${out}", wanted a file that is not there: `
    + 'the password encrypts every existing backup of a volume, and with another one none of them can be read; '
    + `keep the file; where no backup matters, add ${OVERWRITE} and delete Secret velero-repo-credentials`;

  test.each([[[]], [['--generate']], [['--ask']], [['--force']], [['--from-file', '-']], [['--scope', 'cluster-wide']]])('a file that is there is kept with %j', async more => {
    await sealing();
    const before = readFileSync(out, 'utf8');
    await refused(more, refusal(), { input: `repository-password=${PASSWORD}\n` });
    await refused([...more, '--break-glass', copy], refusal(), { input: `repository-password=${PASSWORD}\n` });
    expect(readFileSync(out, 'utf8')).toBe(before);
  });

  test('whatever the file is', async () => {
    fileIn(folder, 'velero-repo-credentials.yaml', '');
    await refused([], refusal());
  });

  test.each<[string, () => string]>([
    ['what is no YAML', () => '{ "name": "a package'],
    ['another manifest', () => '{"name": "package", "version": "1.0.0"}'],
    ['a certificate', () => KEY.pem],
    ['S3 keys', () => yamlOf(sealedS3(KEY))],
    ['S3 keys under the name of the password', () => yamlOf(sealedS3(KEY)).replaceAll('velero-s3', 'velero-repo-credentials')],
  ])('not even the flag replaces %s', async (_, content) => {
    const before = content();
    fileIn(folder, 'velero-repo-credentials.yaml', before);
    await refused([OVERWRITE], `seal repository-password: --out got "${out}", wanted a SealedSecret of velero-repo-credentials; choose another file, or remove this one`);
    expect(readFileSync(out, 'utf8')).toBe(before);
  });

  describe('a second password beside the first one', () => {
    const beside = (name: string, content = yamlOf(sealedPassword(KEY))) => fileIn(folder, name, content);
    const refusalOf = (file: string) => `seal repository-password: --out got "${out}", wanted the only password of Velero in velero, but ${file} has one: `
      + 'with another one no backup that it encrypted can be read; keep that file; what is sealed for another cluster goes into another folder';

    test.each(['password.yaml', 'password.yml', 'password.json'])('is not invented where %s has one', async name => {
      const file = beside(name, name.endsWith('.json') ? JSON.stringify(sealedPassword(KEY)) : undefined);
      await refused([], refusalOf(file));
      await refused(['--generate', '--break-glass', copy], refusalOf(file));
    });

    test('is sealed where it is the one that repositories have', async () => {
      beside('password.yaml');
      expect((await sealing(['--ask'], { input: `repository-password=${PASSWORD}\n` })).code).toBe(0);
      expect(password()).toBe(PASSWORD);
    });

    test('is made for another namespace, beside other files and with the flag', async () => {
      beside('s3.yaml', yamlOf(sealedS3(KEY)));
      beside('notes.txt');
      beside('damaged.yaml', 'a: [');
      mkdirSync(join(folder, 'folder.yaml'));
      expect((await sealing()).code).toBe(0);
      beside('password.yaml');
      expect((await sealing([OVERWRITE])).code).toBe(0);
      expect((await sealing(['--namespace', 'backup', '--out', join(folder, 'backup.yaml')])).code).toBe(0);
    });
  });

  test('a file that somebody else writes meanwhile is kept', async () => {
    const terminal = new Terminal(`${PASSWORD}\r`, `${PASSWORD}\r`);
    const setRawMode = terminal.setRawMode.bind(terminal);
    terminal.setRawMode = raw => {
      setRawMode(raw);
      fileIn(folder, 'velero-repo-credentials.yaml', 'faster');
    };
    const { code, stderr } = await sealing(['--ask', '--break-glass', copy], { terminal });
    expect(code).toBe(1);
    expect(stderr).toContain(`seal repository-password: --out got "${out}", wanted a file that can be written: it exists already; nothing was written\n`);
    expect([readFileSync(out, 'utf8'), existsSync(copy)]).toEqual(['faster', false]);
    expect(readdirSync(folder)).toEqual(['velero-repo-credentials.yaml']);
  });

  test('a link to nothing is kept too', async () => {
    symlinkSync(join(folder, 'none'), out);
    await refused([], `seal repository-password: --out got "${out}", wanted a file that can be written: it exists already; nothing was written`);
  });

  test('only the one flag replaces it', async () => {
    await sealing();
    const before = password();
    expect((await sealing([OVERWRITE])).code).toBe(0);
    expect(password()).not.toBe(before);
  });
});

describe('refuses', () => {
  test.each<[string, string[], string]>([
    ['two sources', ['--ask', '--generate'], '--ask, --generate and --from-file: wanted one of them'],
    ['a question and a file', ['--ask', '--from-file', 'x'], '--ask, --generate and --from-file: wanted one of them'],
    ['a file and an invention', ['--generate', '--from-file', 'x'], '--generate and --from-file: wanted one of them'],
    ['the certificate and the password from standard input', ['--ask', '--cert', '-'],
      '--cert and the values: wanted one of them from standard input; give a file for the other'],
  ])('%s', async (_, more, message) => {
    await refused(more, `seal repository-password: ${message}`, {}, 2);
  });

  test('one file for the sealed and the plain password, also through a link', async () => {
    await refused(['--break-glass', out], `seal repository-password: --break-glass got "${out}", wanted another file than --out`, {}, 2);
    symlinkSync(folder, join(folder, 'link'));
    const same = join(folder, 'link', 'velero-repo-credentials.yaml');
    await refused(['--break-glass', same, OVERWRITE], `seal repository-password: --break-glass got "${same}", wanted another file than --out`, {}, 2);
  });

  test.each<[string, string, string]>([
    ['an empty password', 'repository-password=\n', 'password: wanted a value: this one is empty'],
    ['two passwords', `repository-password=${PASSWORD}\nrestic_password=${PASSWORD}\n`,
      'standard input got "2 lines with repository-password or repository_password or restic_password", wanted one; '
      + 'write repository-password=... in the file, outside of any section or in [default]'],
    ['a bare password', PASSWORD, 'standard input got "0 lines with repository-password or repository_password or restic_password", wanted one; '
      + 'write repository-password=... in the file, outside of any section or in [default]'],
    ['a space that restic would trim', `repository-password=" ${PASSWORD}"\n`,
      'password: wanted a value without a space at its beginning or end: not every reader keeps it'],
    ['quotes that its own copy would lose', `repository-password="'${PASSWORD}'"\n`,
      'password: wanted a value without quotes around it: an INI or env file loses them'],
  ])('%s', async (_, input, message) => {
    await refused(['--ask'], `seal repository-password: ${message}`, { input });
  });

  test('a name: Velero reads one only', async () => {
    const { code, stderr } = await sealing(['--name', 'other']);
    expect([code, stderr]).toEqual([2, "error: unknown option '--name'\n(--help tells what there is)\n"]);
  });
});
