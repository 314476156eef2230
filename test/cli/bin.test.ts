import { ChildProcess, spawn } from 'child_process';
import { existsSync, readdirSync, statSync } from 'fs';
import { join } from 'path';
import { privatePem, rsaKey } from '../certificates';
import { Called, expectUntold, opened } from './calls';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';

const ROOT = join(__dirname, '../..');
const KEY = rsaKey();
const FOLDER = temporaryFolder();
const CERT = fileIn(FOLDER, 'sealed-secrets.pem', KEY.pem);
const PRIVATE = fileIn(FOLDER, 'key.pem', privatePem(KEY));
const [ACCESS, SECRET] = ['AKIATHEACCESSKEY0000', 'the/Secret+Key='];

/** The real program where it is compiled and nothing is newer, otherwise its source. */
const PROGRAM = isCompiled() ? [join(ROOT, 'bin/cdk8s-velero')] : ['--import', 'tsx', join(ROOT, 'src/cli/main.ts')];

function isCompiled(): boolean {
  const main = join(ROOT, 'lib/cli/main.js');
  const newest = Math.max(...['src/cli', 'src/credentials'].flatMap(room => readdirSync(join(ROOT, room)).map(file => statSync(join(ROOT, room, file)).mtimeMs)));
  return existsSync(main) && statSync(main).mtimeMs > newest;
}

/** Runs the program in a process of its own, from a folder of its own. */
function program(args: string[], input: string): Promise<Called> {
  const child = spawn(process.execPath, [...PROGRAM, ...args], { cwd: PROGRAM.length === 1 ? FOLDER : ROOT });
  child.stdin.end(input);
  return ended(child);
}

function ended(child: ChildProcess): Promise<Called> {
  const told = { stdout: '', stderr: '' };
  child.stdout!.on('data', data => { told.stdout += data; });
  child.stderr!.on('data', data => { told.stderr += data; });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? -1, ...told }));
  });
}

test('the program seals what is piped in, and opens it again', async () => {
  const out = join(FOLDER, 's3.yaml');
  const sealed = await program(['seal', 's3', '--name', 'velero-s3', '--cert', CERT, '--out', out], `accessKey=${ACCESS}\nsecretKey=${SECRET}\n`);
  expect(sealed).toEqual({ code: 0, stdout: `${out}: Secret velero/velero-s3 with accessKey, cloud, secretKey, sealed strict\n`, stderr: '' });
  expect(opened(out, KEY)).toEqual({ accessKey: ACCESS, secretKey: SECRET });
  const verified = await program(['seal', 'verify', out, '--private-key', '-'], privatePem(KEY));
  expect([verified.code, verified.stdout.match(/opens with/g)]).toEqual([0, ['opens with', 'opens with']]);
  expectUntold(verified, ACCESS, SECRET);
}, 20_000);

test('the program tells findings by exit code 1 and wrong use by 2, on standard error', async () => {
  const [finding, use] = await Promise.all([program(['seal', 'verify', PRIVATE, '--private-key', PRIVATE], ''), program(['seal'], '')]);
  expect([finding.code, finding.stdout, finding.stderr.startsWith(`seal verify: ${PRIVATE}: `)]).toEqual([1, '', true]);
  expect([use.code, use.stdout, use.stderr.startsWith('Usage: cdk8s-velero seal ')]).toEqual([2, '', true]);
}, 20_000);

/** Runs a command at a real terminal: util-linux. Only there the system itself shows what is typed, unless it is told not to. */
const SCRIPT = '/usr/bin/script';

(process.env.CI || (existsSync(SCRIPT) && process.platform === 'linux') ? test : test.skip)('a real terminal does not show what is typed', async () => {
  const out = join(FOLDER, 'typed.yaml');
  const words = [process.execPath, ...PROGRAM, 'seal', 's3', '--name', 'velero-s3', '--cert', CERT, '--out', out];
  const child = spawn(SCRIPT, ['-qefc', words.map(word => `'${word}'`).join(' '), '/dev/null'], { cwd: ROOT });
  const answers = [['Access key (not shown): ', `${ACCESS}\r`], ['Secret key (not shown): ', `${SECRET}\r`]];
  let seen = '';
  child.stdout.on('data', data => {
    seen += data;
    if (answers.length > 0 && seen.includes(answers[0][0])) {
      child.stdin.write(answers.shift()![1]);
    }
  });
  const called = await ended(child);
  expect(called.code).toBe(0);
  expect(called.stdout).toContain('sealed strict');
  expectUntold(called, ACCESS, SECRET);
  expect(opened(out, KEY)).toEqual({ accessKey: ACCESS, secretKey: SECRET });
}, 20_000);
