import { mkdirSync } from 'fs';
import { join, relative } from 'path';
import { Readable } from 'stream';
import { call } from './calls';
import { run } from '../../src/cli/program';
import { installation, schedule } from '../../src/rules/examples';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';

const FIXTURES = join(__dirname, '../fixtures/check');
const FOLDER = temporaryFolder();

const WRONG = schedule({ name: 'weekly', spec: { schedule: '0 2 * * 7' } });
const WARNED = schedule({ name: 'odd', template: { hooks: '{ resources: [{ name: still, pre: [{ exec: { container: c, command: [psql, -c, CHECKPOINT], timeout: 1m, onError: Fail } }] }] }' } });
const ACKNOWLEDGED = WARNED.replace('  namespace: velero\n', '  namespace: velero\n  annotations: { cdk8s-velero/acknowledge.hook-void: both are dumped by hand }\n');

async function check(...args: string[]) {
  return call(['check', ...args]);
}

test('what is fine is fine', async () => {
  const file = fileIn(FOLDER, 'fine.yaml', `# all that is needed\n---\n${installation('1.18.3')}---\n${schedule()}`);
  expect(await check(file)).toEqual({ code: 0, stdout: '0 errors, 0 warnings in 7 objects of 1 file\n', stderr: '' });
});

test('an error, with the line of its object and what to do', async () => {
  const file = fileIn(FOLDER, 'wrong.yaml', `${schedule()}---\n# weekly\n${WRONG}`);
  const line = schedule().split('\n').length + 2;
  const { code, stdout, stderr } = await check(file);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(new RegExp(`^${file}:${line}: error: Schedule velero/weekly: spec.schedule got "0 2 \\* \\* 7", wanted `)),
    expect.stringMatching(/^ {4}\S.* \(cron-invalid\)$/),
    '1 error, 0 warnings in 2 objects of 1 file',
    '',
  ]);
});

test('a warning fails with --strict only, and not at all where it is acknowledged', async () => {
  const warned = fileIn(FOLDER, 'warned.yaml', WARNED);
  const acknowledged = fileIn(FOLDER, 'acknowledged.yaml', ACKNOWLEDGED);
  expect(await check(warned)).toMatchObject({ code: 0, stdout: expect.stringContaining('0 errors, 1 warning in 1 object of 1 file') });
  expect(await check(warned, '--strict')).toMatchObject({ code: 1, stdout: expect.stringContaining('1 error, 0 warnings in 1 object') });
  expect(await check(acknowledged, '--strict')).toEqual({ code: 0, stdout: '0 errors, 0 warnings, 1 acknowledged in 1 object of 1 file\n', stderr: '' });
});

test('folders are read by name, whatever is in them; everything is judged together', async () => {
  const folder = join(FOLDER, 'folder');
  mkdirSync(join(folder, 'a'), { recursive: true });
  mkdirSync(join(folder, '.git'));
  fileIn(folder, 'b.yml', WRONG);
  fileIn(join(folder, 'a'), 'z.json', JSON.stringify({ apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'json' } }));
  fileIn(folder, 'values.yaml', 'image: velero\n');
  fileIn(folder, 'notes.txt', 'kind: [');
  fileIn(join(folder, '.git'), 'broken.yaml', 'kind: [');
  const { stdout } = await check(folder);
  expect(stdout.split('\n').filter(line => line.startsWith(folder)).map(line => relative(folder, line.split(': ')[0]))).toEqual(['a/z.json:1', 'b.yml:1']);
  expect(stdout).toMatch(/ in 2 objects of 3 files; 1 document without apiVersion and kind left out\n$/);
});

test('a file that is named twice is read once', async () => {
  const file = fileIn(FOLDER, 'once.yaml', WRONG);
  expect((await check(file, join(FOLDER, '.', 'once.yaml'), file)).stdout).toContain('1 error, 0 warnings in 1 object of 1 file');
});

test('standard input', async () => {
  const { code, stdout } = await call(['check', '-'], { input: `\n${WRONG}` });
  expect([code, stdout.split(' ')[0]]).toEqual([1, 'stdin:2:']);
});

test('each object of a List has its own line', async () => {
  const items = [schedule(), WRONG].map(text => `- ${text.trimEnd().split('\n').join('\n  ')}\n`).join('');
  const list = `apiVersion: v1\nitems:\n${items}kind: List\nmetadata:\n  resourceVersion: ""\n`;
  const line = 3 + schedule().trimEnd().split('\n').length;
  expect((await call(['check', '-'], { input: list })).stdout.split(' ')[0]).toBe(`stdin:${line}:`);
});

test('what helm template of the official chart puts out', async () => {
  const { code, stdout, stderr } = await check(join(FIXTURES, 'helm-template.yaml'), '--format', 'json');
  expect([code, stderr]).toEqual([1, '']);
  const { findings, summary } = JSON.parse(stdout);
  expect(findings.map(({ id, object, line }: any) => `${line} ${object} ${id}`)).toEqual([
    '172 Deployment velero/velero repository-password-missing',
    '293 Schedule velero/velero-nightly scratch-saved',
  ]);
  expect(summary).toEqual({ objects: 10, files: 1, documentsLeftOut: 0 });
});

test('what kubectl get puts out: status, managed fields, backups and restores of the past', async () => {
  expect(await check(join(FIXTURES, 'kubectl-get.yaml'))).toEqual({ code: 0, stdout: '0 errors, 0 warnings in 7 objects of 1 file\n', stderr: '' });
});

test('JSON has everything, acknowledged or not', async () => {
  const file = fileIn(FOLDER, 'both.yaml', `${WRONG}---\n${ACKNOWLEDGED}`);
  const { findings } = JSON.parse((await check(file, '--format', 'json')).stdout);
  expect(findings).toEqual([
    {
      id: 'cron-invalid',
      severity: 'error',
      at: `Schedule velero/weekly (${file}:1)`,
      object: 'Schedule velero/weekly',
      file,
      line: 1,
      message: expect.stringMatching(/^spec.schedule got "0 2 \* \* 7", wanted /),
      fix: expect.any(String),
      reference: expect.any(String),
    },
    expect.objectContaining({ id: 'hook-void', severity: 'warning', acknowledged: 'both are dumped by hand' }),
  ]);
});

describe('colours', () => {
  async function told(isTTY: boolean, environment: Record<string, string>): Promise<string> {
    let stdout = '';
    const write = (text: string) => { stdout += text; };
    await run(['check', '-'], { stdin: Readable.from([WRONG]), stdout: { isTTY, write }, stderr: { write }, now: new Date(0), environment });
    return stdout;
  }

  test('on a terminal', async () => {
    expect(await told(true, {})).toContain('\u001b[31merror\u001b[39m');
  });

  test.each<[boolean, Record<string, string>]>([[false, {}], [true, { NO_COLOR: '1' }], [true, { TERM: 'dumb' }]])('none: %s, %j', async (isTTY, environment) => {
    expect(await told(isTTY, environment)).not.toContain('\u001b');
  });
});

test('a manifest cannot write lines of its own or move the cursor', async () => {
  const { stdout } = await call(['check', '-'], { input: JSON.stringify({ apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'a\nerror\u001b[1A' } }) });
  expect(stdout).toContain('Schedule a\\u000aerror\\u001b[1A: ');
});

test('its help tells all of it', async () => {
  const { code, stdout } = await check('--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: cdk8s-velero check \[options\] <path\.\.\.>/);
  expect(stdout.replace(/\s+/g, ' ')).toContain('(choices: "text", "json", "sarif", default: "text")');
});

test.each([
  [[], "error: missing required argument 'path'"],
  [['x', '--format', 'xml'], "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, sarif."],
])('%j is wrong use', async (args, message) => {
  expect(await check(...args)).toEqual({ code: 2, stdout: '', stderr: `${message}\n(cdk8s-velero check PATH...; --help tells more)\n` });
});
