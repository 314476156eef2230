import { chmodSync, existsSync, mkdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { s3PairsOf } from '../../src/credentials/s3-pairs';
import { SealedCredential } from '../../src/credentials/sealed-credential';
import { privatePem, rsaKey } from '../certificates';
import { call, opened } from './calls';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';

const HOW_TO = join(__dirname, '../../docs/how-to');
const KEY = rsaKey();
const FOLDER = temporaryFolder();
const S3 = join(FOLDER, 'sealed/velero-s3-credentials.yaml');
const PASSWORD = join(FOLDER, 'sealed/velero-repo-credentials.yaml');

const before = process.cwd();
beforeAll(() => {
  mkdirSync(join(FOLDER, 'program'));
  fileIn(FOLDER, 'certificate', KEY.pem);
  chmodSync(fileIn(join(FOLDER, 'program'), 'kubectl', `#!/bin/sh\ncase "$*" in *--raw*) cat ${FOLDER}/certificate;; *) echo http;; esac\n`), 0o755);
  fileIn(FOLDER, 'sealing-keys.yaml', stringify({ kind: 'List', items: [{ kind: 'Secret', data: { 'tls.key': Buffer.from(privatePem(KEY)).toString('base64') } }] }));
  process.chdir(FOLDER); // as a reader does, in an empty folder
});
afterAll(() => process.chdir(before));

/** The calls of the program in a document, in their order. */
function commandsOf(file: string): string[][] {
  const shell = [...readFileSync(join(HOW_TO, file), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('');
  return [...shell.matchAll(/^npx cdk8s-velero (.*)$/gm)].map(([, words]) => words.replaceAll('~', FOLDER).split(' '));
}

async function done(args: string[]): Promise<void> {
  expect(await call(args, { environment: { PATH: `${FOLDER}/program:${process.env.PATH}` } })).toMatchObject({ code: 0, stderr: '' });
}

test('three commands make the first credentials, and a fourth proves that the key of the controller opens them', async () => {
  const commands = commandsOf('first-credentials.md');
  expect(commands.map(([, command]) => command)).toEqual(['fetch-cert', 's3', 'repository-password', 'verify']);
  for (const command of commands) {
    await done(command);
  }
  expect(readFileSync('sealed-secrets.pem', 'utf8')).toBe(KEY.pem);
  expect(Object.keys(opened(S3, KEY))).toEqual(['accessKey', 'secretKey']);
  expect(readFileSync('velero-repository-password', 'utf8')).toBe(`repository-password=${opened(PASSWORD, KEY)['repository-password']}\n`);
  const chart = Testing.chart();
  expect([S3, PASSWORD].map((path, index) => SealedCredential.fromFile(chart, String(index), path).secretKey)).toEqual(['cloud', 'repository-password']);
});

test('two commands rotate the S3 keys', async () => {
  const old = opened(S3, KEY);
  const [rotate, drop, ...more] = commandsOf('rotate-s3-keys.md');
  expect(more).toEqual([]);
  await done(rotate);
  const both = opened(S3, KEY);
  expect([both.accessKey, both.secretKey]).toEqual([old.accessKey, old.secretKey]);
  expect(s3PairsOf(SealedCredential.fromFile(Testing.chart(), 's3', S3))).toHaveLength(2);
  await done(drop);
  expect(opened(S3, KEY)).toEqual({ accessKey: both.nextAccessKey, secretKey: both.nextSecretKey });
});

test('the documents link to each other, and the README to both', () => {
  const pages = [join(HOW_TO, 'first-credentials.md'), join(HOW_TO, 'rotate-s3-keys.md'), join(HOW_TO, '../../README.md')];
  const links = pages.flatMap(page => [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => join(page, '..', link)));
  expect(links.filter(link => !existsSync(link))).toEqual([]);
  expect(links).toEqual(expect.arrayContaining(pages.slice(0, 2)));
});
