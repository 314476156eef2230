import { execFileSync } from 'child_process';
import { closeSync, mkdirSync, openSync, symlinkSync, truncateSync } from 'fs';
import { join } from 'path';
import { call } from './calls';
import { schedule } from '../../src/rules/examples';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';

const FOLDER = temporaryFolder();
const CHECK_PATH = 'check the path; what an app of cdk8s writes is there after npx cdk8s synth';

function folder(name: string): string {
  mkdirSync(join(FOLDER, name));
  return join(FOLDER, name);
}

/** Exit code 2, nothing on standard output, and no stack trace. */
async function expectRefused(args: string[], message: string, input?: string | Buffer): Promise<void> {
  expect(await call(['check', ...args], { input })).toEqual({ code: 2, stdout: '', stderr: `check: ${message}\n` });
}

test('a missing path', async () => {
  await expectRefused([join(FOLDER, 'none')], `PATH got "${FOLDER}/none", wanted a file or folder that can be read: there is no such file or folder; ${CHECK_PATH}`);
});

test('everything that is wrong, at once', async () => {
  const broken = fileIn(FOLDER, 'several.yaml', 'kind: A\n---\nkind: [\n---\na: b: c\n');
  await expectRefused([join(FOLDER, 'none'), broken], [
    '3 problems',
    `  - PATH got "${FOLDER}/none", wanted a file or folder that can be read: there is no such file or folder; ${CHECK_PATH}`,
    `  - ${broken}:4: wanted YAML or JSON: Flow sequence in block collection must be sufficiently indented and end with a ]; correct it`,
    `  - ${broken}:5: wanted YAML or JSON: Nested mappings are not allowed in compact mappings; correct it`,
  ].join('\n'));
});

test.each([
  ['a colon too many', 'apiVersion: v1\nkind: Secret\ndata: {\n  password: hunter2: x\n}\n', 4, 'Block collections are not allowed within flow collections'],
  ['a tab', 'kind: A\n\tx: 1\n', 2, 'Tabs are not allowed as indentation'],
  ['the same key twice', 'kind: A\nkind: B\n', 2, 'Map keys must be unique; take one away, or write --- between two objects'],
  ['JSON that ends too early', '{"kind": "Secret",\n"x": "hunter2"', 2, 'Flow map must end with a }'],
  ['no end of nesting', '['.repeat(20_000), 1, 'it is nested too deep'],
  ['aliases that unfold without end', `a: &a [x]\n${[...'bcdefg'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[index]}`)}]\n`).join('')}`, 1,
    'Excessive alias count indicates a resource exhaustion attack'],
  ['an alias', 'kind: A\npassword: *hunter2\n', 1, 'Unresolved alias (the anchor must be set before the alias); correct it'],
  ['a block', 'kind: A\npassword: |hunter2\n', 2, 'Block scalar header includes extra characters; correct it'],
  ['a tag', 'kind: A\npassword: !hunter2!pass x\n', 2, 'Could not resolve tag; correct it'],
  ['half a tag', 'kind: A\npassword: !hunter2! x\n', 2, 'Could not resolve tag; correct it'],
  ['an escape', 'kind: A\npassword: "\\xhunter2"\n', 2, 'Invalid escape sequence; correct it'],
  ['what stands behind the end', 'kind: A\npassword: >-hunter2: x\n', 2, 'Block scalar header includes extra characters; correct it'],
  ['a bracket', 'kind: A\npassword: ]hunter2: x\n', 2, 'Unexpected flow-seq-end token in YAML stream; correct it'],
])('invalid: %s', async (_, input, line, message) => {
  const { code, stdout, stderr } = await call(['check', '-'], { input });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`stdin:${line}: wanted YAML or JSON: ${message}`);
  expect(stderr).not.toMatch(/hunter2|xhu/);
});

test('a List whose items are wrong is told by the line of the file', async () => {
  await expectRefused(['-'], 'stdin:5: wanted YAML or JSON: Flow sequence in block collection must be sufficiently indented and end with a ]; correct it',
    'apiVersion: v1\nitems:\n- kind: A\n  x: [1\n- kind: B\nkind: List\n');
});

test.each([
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['no UTF-8', Buffer.from([0x6b, 0xff, 0xfe])],
  ['text with zeros', Buffer.from('kind: A\u0000')],
])('binary: %s', async (name, content) => {
  const file = fileIn(FOLDER, `${name}.yaml`, content);
  await expectRefused([file], `PATH got "${file}", wanted a text in UTF-8: this one is binary`);
});

test('a file of 100 MB, and a device without an end', async () => {
  const file = join(FOLDER, 'large.yaml');
  closeSync(openSync(file, 'w'));
  truncateSync(file, 100 * 1024 * 1024);
  const message = 'wanted a file of at most 50 MB; take out what has nothing to do with backups, or split it';
  await expectRefused([file], `PATH got "${file}", ${message}`);
  await expectRefused(['/dev/zero'], `PATH got "/dev/zero", ${message}`);
});

test('a document larger than any object', async () => {
  const input = `kind: A\napiVersion: v1\nx:\n${'- abcdefghijklmnopqrstuvwxyz\n'.repeat(310_000)}`;
  await expectRefused(['-'], 'stdin:1: wanted YAML or JSON: a document of at most 8 MB, as every object of Kubernetes is; correct it', input);
});

test('a folder whose links lead back into itself', async () => {
  const loop = folder('loop');
  mkdirSync(join(loop, 'deep'));
  symlinkSync('..', join(loop, 'deep', 'up'));
  fileIn(loop, 'a.yaml', schedule());
  await expectRefused([loop],
    `PATH got "${loop}/deep/up", wanted a folder that does not lead back into itself: it is a link to ${loop}; take the link away, or name the folders one by one`);
});

test('links that lead in a circle, and links to nothing', async () => {
  const circle = folder('circle');
  symlinkSync('b.yaml', join(circle, 'a.yaml'));
  symlinkSync('a.yaml', join(circle, 'b.yaml'));
  symlinkSync('nowhere', join(circle, 'c.yaml'));
  symlinkSync('nowhere', join(circle, 'other'));
  const unreadable = (name: string, reason: string) => `  - PATH got "${circle}/${name}", wanted a file or folder that can be read: ${reason}`;
  await expectRefused([circle], [
    '3 problems',
    unreadable('a.yaml', 'its links lead in a circle'),
    unreadable('b.yaml', 'its links lead in a circle'),
    unreadable('c.yaml', `there is no such file or folder; ${CHECK_PATH}`),
  ].join('\n'));
});

test('the same folder by two ways is read once', async () => {
  const twice = folder('twice');
  mkdirSync(join(twice, 'v1'));
  symlinkSync('v1', join(twice, 'current'));
  fileIn(join(twice, 'v1'), 'a.yaml', schedule());
  expect(await call(['check', twice])).toEqual({ code: 0, stdout: '0 errors, 0 warnings in 1 object of 1 file\n', stderr: '' });
});

test('folders that link to each other all over are walked once each', async () => {
  const maze = folder('maze');
  const rooms = Array.from({ length: 12 }, (_, index) => join(maze, `room-${index}`));
  rooms.forEach(room => mkdirSync(room));
  rooms.forEach(room => rooms.filter(other => other !== room).forEach((other, index) => symlinkSync(other, join(room, `to-${index}`))));
  const { code, stderr } = await call(['check', maze]);
  expect([code, stderr.split('\n')[1]]).toEqual([2, expect.stringContaining('a folder that does not lead back into itself')]);
});

test('a pipe in a folder is none of its manifests, and keeps nobody waiting', async () => {
  const pipes = folder('pipes');
  execFileSync('mkfifo', [join(pipes, 'a.yaml')]);
  fileIn(pipes, 'b.yaml', schedule());
  expect((await call(['check', pipes])).stdout).toContain('in 1 object of 1 file');
});

test.each([
  ['an empty folder', () => folder('empty'), 'there is no file *.yaml, *.yml or *.json'],
  ['a file of comments', () => fileIn(FOLDER, 'comments.yaml', '# nothing\n---\n---\n# here\n'), 'there is none in 1 file'],
  ['the values of a chart', () => fileIn(FOLDER, 'values.yaml', 'image: velero\n'), 'there is none in 1 file'],
])('nothing to check: %s', async (_, make, reason) => {
  const path = make();
  await expectRefused([path], `PATH got "${path}", wanted at least one object of Kubernetes, but ${reason}; name the files or the folder that are applied to the cluster`);
});
