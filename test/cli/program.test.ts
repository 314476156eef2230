import { join } from 'path';
import { Testing } from 'cdk8s';
import { version } from '../../package.json';
import { SealedCredential, SealedCredentialOptions } from '../../src/credentials/sealed-credential';
import { rsaKey } from '../certificates';
import { call } from './calls';
import { fileIn, sealedS3, temporaryFolder, yamlOf } from '../credentials/sealed-files';

const EMPTY = temporaryFolder();
const HINT = '(--help tells what there is)\n';

test.each(['--version', '-V'])('%s tells the version of the package', async option => {
  expect(await call([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [[], 'Usage: cdk8s-velero [options] [command]'],
  [['seal'], 'Usage: cdk8s-velero seal [options] [command]'],
  [['seal', 'fetch-cert'], 'Usage: cdk8s-velero seal fetch-cert [options]'],
  [['seal', 's3'], 'Usage: cdk8s-velero seal s3 [options]'],
  [['seal', 'repository-password'], 'Usage: cdk8s-velero seal repository-password [options]'],
  [['seal', 'inspect'], 'Usage: cdk8s-velero seal inspect [options] <file>'],
  [['seal', 'verify'], 'Usage: cdk8s-velero seal verify [options] <file>'],
])('%j has its help, on standard output', async (command, usage) => {
  const { code, stdout, stderr } = await call([...command, '--help']);
  expect([code, stderr, stdout.split('\n')[0]]).toEqual([0, '', usage]);
});

test.each([[['seal', 's3']], [['seal', 'repository-password']]])('%j never takes a secret as an option', async command => {
  const { stdout } = await call([...command, '--help']);
  const options = [...stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, option]) => option);
  expect(options).toEqual(expect.arrayContaining(['cert', 'out', 'namespace', 'scope', 'break-glass', 'force', 'generate', 'from-file', 'help']));
  expect(options.filter(option => /secret|access|value|^password/.test(option))).toEqual([]);
});

test.each<[string[], string]>([
  [['sael'], `error: unknown command 'sael'\n(Did you mean seal?)\n${HINT}`],
  [['seal', 's4'], `error: unknown command 's4'\n(Did you mean s3?)\n${HINT}`],
  [['--verbose'], `error: unknown option '--verbose'\n${HINT}`],
  [['--password=hunter2'], `error: unknown option '--password'\n${HINT}`],
  [['--password=hunter2\nhunter2'], `error: unknown option '--password'\n${HINT}`],
  [['seal', 'inspect', 'a', 'b'], 'error: too many arguments for \'inspect\'. Expected 1 argument but got 2.\n(cdk8s-velero seal inspect FILE; --help tells more)\n'],
])('%j is wrong use', async (args, stderr) => {
  expect(await call(args)).toEqual({ code: 2, stdout: '', stderr });
});

test('the help tells what exit codes mean', async () => {
  expect((await call(['--help'])).stdout.replace(/\s+/g, ' '))
    .toContain('Exit codes: 0 fine; 1 something was found, or failed; 2 wrong use: an argument, or a file that it names and that cannot be read.');
});

test.each([
  [['check', 'NONE']], [['diff', 'NONE', '-']], [['seal', 'inspect', 'NONE']], [['seal', 'verify', '-', '--private-key', 'NONE']],
  [['seal', 's3', '--name', 'a', '--out', 'NONE.yaml', '--cert', 'NONE']], [['seal', 'repository-password', '--out', 'NONE.yaml', '--cert', 'NONE']],
])('%j: a file that cannot be read is wrong use for every command, with a next step', async args => {
  const { code, stderr } = await call(args.map(word => word.replace('NONE', join(EMPTY, 'none'))), { input: yamlOf(sealedS3(rsaKey())) });
  expect([code, stderr]).toEqual([2, expect.stringContaining('/none", wanted a file')]);
  expect(stderr).toContain('that can be read: there is no such file or folder; check the path');
});

test.each([[[]], [['seal']]])('%j alone is wrong use and shows the help', async args => {
  const { code, stdout, stderr } = await call(args);
  expect([code, stdout, stderr.split(' ')[0]]).toEqual([2, '', 'Usage:']);
});

describe('the command that a missing file asks for', () => {
  const folder = temporaryFolder();
  const key = rsaKey();
  const certificate = fileIn(folder, 'sealed-secrets.pem', key.pem);

  test.each<[string, SealedCredentialOptions, string]>([
    ['velero-s3.yaml', {}, 'velero/velero-s3/cloud'],
    ['offsite.sealed.yaml', { namespace: 'backup' }, 'backup/offsite/cloud'],
    ['report-store.json', { key: 'cloud' }, 'velero/report-store/cloud'],
    ['s3 keys.yaml', { name: 'velero-s3' }, 'velero/velero-s3/cloud'],
    ['velero-repo-credentials.yaml', { certificate: key.pem }, 'velero/velero-repo-credentials/repository-password'],
    ['password.yaml', { key: 'repository-password', namespace: 'backup' }, 'backup/velero-repo-credentials/repository-password'],
  ])('makes %s as the app wants it', async (file, options, expected) => {
    const make = () => SealedCredential.fromFile(Testing.chart(), 'credential', join(folder, file), options);
    const { namespace, secretName, secretKey } = await asTold(make);
    expect(`${namespace}/${secretName}/${secretKey}`).toBe(expected);
  });

  /** Does what the message says: it is given the certificate's place and, for S3, the keys. */
  async function asTold(make: () => SealedCredential): Promise<SealedCredential> {
    const told: string[] = [];
    try {
      make();
    } catch (error) {
      told.push(...(/make it: npx cdk8s-velero (.*)$/.exec((error as Error).message)!)[1].match(/'[^']*'|\S+/g)!);
    }
    const args = told.map(word => word.startsWith("'") ? word.slice(1, -1) : word).map(word => word === 'sealed-secrets.pem' ? certificate : word);
    expect(await call(args, { input: 'accessKey=a\nsecretKey=b\n' })).toMatchObject({ code: 0 });
    return make();
  }
});
