import { mkdirSync } from 'fs';
import { join } from 'path';
import { Readable } from 'stream';
import { parse, stringify } from 'yaml';
import { call } from './calls';
import { run } from '../../src/cli/program';
import { schedule } from '../../src/rules/examples';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';
import { objects } from '../diff/manifests';

const FOLDER = temporaryFolder();

const NIGHTLY = schedule();
const SHORTER = schedule({ template: { ttl: '240h0m0s' } });
const WEEKLY = schedule({ spec: { schedule: '0 2 * * 0' } });
const GONE = schedule({ name: 'other', template: { includedNamespaces: '[bank]' } });

function file(name: string, ...documents: string[]): string {
  return fileIn(FOLDER, name, documents.join('---\n'));
}

async function diff(...args: string[]) {
  return call(['diff', ...args]);
}

test('the same in another order, with other comments, quotes and notation is the same', async () => {
  const all = Object.values(objects());
  const was = file('was.yaml', ...all.map(each => stringify(each, { version: '1.1' })));
  const is = file('is.yaml', ...[...all].reverse().map(each => `# ${each.kind}\n${stringify(each, { version: '1.1', defaultStringType: 'QUOTE_DOUBLE', indent: 4, sortMapEntries: true })}`));
  const json = fileIn(FOLDER, 'list.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: all }));
  const flow = file('flow.yaml', ...all.map(each => stringify(each, { version: '1.1', collectionStyle: 'flow' })));
  for (const other of [is, json, flow, was]) {
    expect(await diff(was, other)).toEqual({ code: 0, stdout: `0 destructive, 0 notable, 0 harmless between ${all.length} objects and ${all.length}\n`, stderr: '' });
  }
});

test('what is notable, with its place in the new file and what it means', async () => {
  const was = file('nightly.yaml', NIGHTLY);
  const is = file('shorter.yaml', '# first\n', SHORTER);
  expect(await diff(was, is)).toEqual({
    code: 0,
    stdout: [
      `${is}:3: notable: Schedule velero/nightly: retention 720h (30 d) → 240h (10 d), 30 → 10 backups (retention-shortened)`,
      '    Nothing is deleted at once: the 30 that exist keep the end that they were made with, and go one by one within 720h (30 d).',
      '    After that nothing older than 240h (10 d) can be restored.',
      '0 destructive, 1 notable, 0 harmless between 1 object and 1',
      '',
    ].join('\n'),
    stderr: '',
  });
});

test('what is destructive ends with 1; of what is gone the place is the old one', async () => {
  const was = file('two.yaml', NIGHTLY, GONE);
  const is = file('one.yaml', NIGHTLY);
  const { code, stdout, stderr } = await diff(was, is);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout.split('\n')[0]).toBe(`${was}:${NIGHTLY.split('\n').length + 1}: destructive: Schedule velero/other: removed: saves bank every 24h, kept for 720h (30 d): 30 backups (schedule-removed)`);
});

test('the worst comes first, and what is told of several alike is told once', async () => {
  const named = (name: string, ttl: string) => schedule({ name, template: { ttl, includedNamespaces: `[${name}]` } });
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: x }\n';
  const was = file('many.yaml', ...names.map(name => named(name, '720h')), GONE);
  const is = file('fewer.yaml', configMap('one'), configMap('two'), service, ...names.map(name => named(name, '240h')));
  const { stdout } = await diff(was, is);
  expect(stdout.split('\n').filter(line => !line.startsWith(' ')).map(line => line.replace(/^\S+ /, ''))).toEqual([
    'destructive: Schedule velero/other: removed: saves bank every 24h, kept for 720h (30 d): 30 backups (schedule-removed)',
    'notable: 8 Schedules: velero/a, velero/b, velero/c, velero/d, velero/e and 3 more: retention 720h (30 d) → 240h (10 d), 30 → 10 backups (retention-shortened)',
    'harmless: 3 objects: ConfigMap one, ConfigMap two, Service x: added (object-added)',
    'destructive, 8 notable, 3 harmless between 9 objects and 11',
    '',
  ]);
});

test('what means the same is said once for several', async () => {
  const renamed = (name: string, namespace: string) => schedule({ name, template: { includedNamespaces: `[${namespace}]` } });
  const { stdout } = await diff(file('names.yaml', renamed('a', 'one'), renamed('b', 'two')), file('other-names.yaml', renamed('c', 'one'), renamed('d', 'two')));
  expect(stdout.split('\n').map(line => line.replace(/^\/\S+ /, ''))).toEqual([
    'notable: Schedule velero/c: renamed: a → c (schedule-renamed)',
    'notable: Schedule velero/d: renamed: b → d (schedule-renamed)',
    '    Of each of these 2:',
    '    The old one is deleted by prune.',
    '    Backups made so far keep the old name until they expire, the last one after 720h (30 d): restores by the name of the new one do not find them.',
    '    Metrics and alerts by schedule begin anew. The repositories go on: they belong to a namespace and a location.',
    '0 destructive, 2 notable, 0 harmless between 2 objects and 2',
    '',
  ]);
});

test('JSON has every change by itself, with all its fields', async () => {
  const was = file('json-was.yaml', NIGHTLY);
  const is = file('json-is.yaml', WEEKLY, 'values: of a chart\n');
  const { code, stdout, stderr } = await diff(was, is, '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({
    changes: [{
      id: 'backups-less-often',
      severity: 'notable',
      at: `Schedule velero/nightly (${is}:1)`,
      object: 'Schedule velero/nightly',
      file: is,
      line: 1,
      message: 'cron "0 2 * * *" → "0 2 * * 0": 24h → 168h (7 d) between two backups, 30 → 4 backups',
      means: ['Up to 168h (7 d) of data may be lost, and nobody promised less.'],
      fields: ['spec.schedule'],
    }],
    summary: { destructive: 0, notable: 1, harmless: 0, objects: { old: 1, new: 1 }, documentsLeftOut: 1 },
  });
});

test('fields of another object are told with it', async () => {
  const all = objects();
  const program = (image: string) => stringify({ ...all['Deployment velero'], spec: put(all['Deployment velero'].spec, image) });
  const agent = (image: string) => stringify({ ...all['DaemonSet node-agent'], spec: put(all['DaemonSet node-agent'].spec, image) });
  const { stdout } = await diff(file('v1.yaml', program('1.16.1'), agent('1.16.1')), file('v2.yaml', program('1.16.2'), agent('1.16.2')), '--format', 'json');
  const { changes } = JSON.parse(stdout);
  expect(changes.map(({ id, fields }: any) => [id, fields])).toEqual([['version-changed', [
    'spec.template.spec.containers[velero].image', 'DaemonSet velero/node-agent: spec.template.spec.containers[node-agent].image',
  ]]]);
});

function put(spec: any, version: string): any {
  const copy = parse(stringify(spec));
  copy.template.spec.containers[0].image = `velero/velero:v${version}`;
  return copy;
}

test('Markdown for a pull request: what is harmless is folded', async () => {
  const was = file('md-was.yaml', NIGHTLY, GONE);
  const is = file('md-is.yaml', SHORTER, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "a" }\n');
  const { code, stdout } = await diff(was, is, '--format', 'markdown');
  expect(code).toBe(1);
  const place = (path: string) => path.replace(/_/g, '\\_');
  expect(stdout.split('\n')).toEqual([
    '### What changes for the backups: 1 destructive, 1 notable, 1 harmless',
    '',
    '#### Destructive (1)',
    '',
    `- **Schedule velero/other**: removed: saves bank every 24h, kept for 720h (30 d): 30 backups <sub>${place(was)}:${NIGHTLY.split('\n').length + 1} · schedule-removed</sub>`,
    '  - No schedule is left that saves bank.',
    '  - Prune deletes it.',
    '  - The 30 backups made so far stay until they expire, and can be restored.',
    '',
    '#### Notable (1)',
    '',
    `- **Schedule velero/nightly**: retention 720h (30 d) → 240h (10 d), 30 → 10 backups <sub>${place(is)}:1 · retention-shortened</sub>`,
    '  - Nothing is deleted at once: the 30 that exist keep the end that they were made with, and go one by one within 720h (30 d).',
    '  - After that nothing older than 240h (10 d) can be restored.',
    '',
    '<details><summary>Harmless (1)</summary>',
    '',
    `- **ConfigMap a**: added <sub>${place(is)}:${SHORTER.split('\n').length + 1} · object-added</sub>`,
    '',
    '</details>',
    '',
    '<sub>cdk8s-velero diff between 2 objects and 2</sub>',
    '',
  ]);
});

test('no change in Markdown', async () => {
  const { code, stdout } = await diff(file('same.yaml', NIGHTLY), file('same.yaml', NIGHTLY), '--format', 'markdown');
  expect([code, stdout]).toEqual([0, '### What changes for the backups: 0 destructive, 0 notable, 0 harmless\n\n<sub>cdk8s-velero diff between 1 object and 1</sub>\n']);
});

test('a manifest can neither write markup, nor call people by name, nor move the cursor', async () => {
  const name = '</details>@all `x` [a](b) **c**\n# d\u001b[1A';
  const is = fileIn(FOLDER, 'evil.json', JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }));
  const was = file('without.yaml', NIGHTLY);
  const both = fileIn(FOLDER, 'both.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [parse(NIGHTLY), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }] }));
  expect((await diff(was, both, '--format', 'markdown')).stdout)
    .toContain('- **ConfigMap &lt;/details&gt;@\u200ball \\`x\\` \\[a\\](b) \\*\\*c\\*\\*\\\\u000a\\# d\\\\u001b\\[1A**: added <sub>');
  expect((await diff(was, both)).stdout).toContain('harmless: ConfigMap </details>@all `x` [a](b) **c**\\u000a# d\\u001b[1A: added (object-added)\n');
  expect((await diff(is, is)).stdout).toBe('0 destructive, 0 notable, 0 harmless between 1 object and 1\n');
});

test('colours on a terminal', async () => {
  let stdout = '';
  const write = (text: string) => { stdout += text; };
  await run(['diff', '-', file('colours.yaml', SHORTER)], { stdin: Readable.from([NIGHTLY]), stdout: { isTTY: true, write }, stderr: { write }, now: new Date(0), environment: {} });
  expect(stdout).toContain('\u001b[33mnotable\u001b[39m');
});

test('the first manifests of a repository: before, the folder was empty', async () => {
  const empty = join(FOLDER, 'empty');
  mkdirSync(empty);
  const { code, stdout } = await diff(empty, file('first.yaml', NIGHTLY));
  expect([code, stdout.split('\n')[1]]).toEqual([0, '0 destructive, 0 notable, 1 harmless between 0 objects and 1']);
});

const HINT = '(cdk8s-velero diff OLD NEW, as the folder was and as it is to be; --help tells more)\n';
const CHECK_PATH = 'check the path; what an app of cdk8s writes is there after npx cdk8s synth';

describe('wrong use', () => {
  const there = () => file('there.yaml', NIGHTLY);

  test.each<[string, () => string[], string]>([
    ['a path too few', () => ['x'], `error: missing required argument 'new'\n${HINT}`],
    ['a path too many', () => ['x', 'y', 'z'], `error: too many arguments for 'diff'. Expected 2 arguments but got 3.\n${HINT}`],
    ['an unknown format', () => ['x', 'y', '--format', 'xml'],
      `error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, markdown, json.\n${HINT}`],
    ['standard input twice', () => ['-', '-'], 'diff: OLD and NEW: wanted one of them from standard input; give a file for the other\n'],
    ['a missing path', () => [there(), join(FOLDER, 'none')],
      `diff: PATH got "${FOLDER}/none", wanted a file or folder that can be read: there is no such file or folder; ${CHECK_PATH}\n`],
    ['everything that is wrong, at once', () => [join(FOLDER, 'none'), file('broken.yaml', 'kind: [\n')], [
      'diff: 2 problems',
      `  - PATH got "${FOLDER}/none", wanted a file or folder that can be read: there is no such file or folder; ${CHECK_PATH}`,
      `  - ${FOLDER}/broken.yaml:2: wanted YAML or JSON: Flow sequence in block collection must be sufficiently indented and end with a ]; correct it`,
      '',
    ].join('\n')],
    ['nothing in either', () => [file('no.yaml', '# nothing\n'), file('none.yaml', 'a: b\n')],
      `diff: OLD and NEW got "${FOLDER}/no.yaml ${FOLDER}/none.yaml", wanted at least one object of Kubernetes in one of them; name the files or the folder that are applied to the cluster\n`],
  ])('%s', async (_, args, stderr) => {
    expect(await diff(...args())).toEqual({ code: 2, stdout: '', stderr });
  });
});

test('its help tells all of it', async () => {
  const { code, stdout } = await diff('--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: cdk8s-velero diff \[options\] <old> <new>/);
  expect(stdout.replace(/\s+/g, ' ')).toContain('(choices: "text", "markdown", "json", default: "text")');
});
