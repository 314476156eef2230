import { join } from 'path';
import { stringify } from 'yaml';
import { privatePem, rsaKey } from '../certificates';
import { call, Called, Given, opened, Terminal } from './calls';
import { fileIn, PLAIN, sealedS3, temporaryFolder, yamlOf } from '../credentials/sealed-files';

const fs = jest.requireActual<typeof import('fs')>('fs');
const seal = jest.requireActual<typeof import('../../src/credentials/seal')>('../../src/credentials/seal');
const KEY = rsaKey();
const FOLDER = temporaryFolder();
const CERT = fileIn(FOLDER, 'sealed-secrets.pem', KEY.pem);
/** Node copies a key when it reads it; what stands beside the key is in the file alone. */
const BESIDE = 'the end of the file';
const PRIVATE = fileIn(FOLDER, 'key.pem', `${privatePem(KEY)}${BESIDE}`);
/** As the how-to has it written by kubectl. */
const LIST = fileIn(FOLDER, 'keys.yaml', stringify({
  kind: 'List', items: [{ kind: 'Secret', data: { 'tls.key': Buffer.from(`${privatePem(KEY)}${BESIDE}`).toString('base64') } }],
}));
const SECRET = 'the-secret-of-this-test';
const PAIR = `accessKey=AKIA\nsecretKey=${SECRET}\n`;
const FILE = fileIn(FOLDER, 'keys', PAIR);

let out: string;
let count = 0;

beforeEach(() => {
  const folder = join(FOLDER, String(++count));
  fs.mkdirSync(folder);
  out = join(folder, 'sealed.yaml');
});

/** Every buffer that a call makes, reads or decrypts into. What Node does with them inside of streams and ciphers is beyond this test. */
async function buffersOf(args: string[], given?: Given): Promise<{ called: Called; buffers: Buffer[] }> {
  const buffers: Buffer[] = [];
  const watch = (owner: any, method: string, bufferIn: (result: any) => unknown = result => result) => {
    const real = owner[method];
    return jest.spyOn(owner, method).mockImplementation((...parameters: any[]) => {
      const result = real.apply(owner, parameters);
      const buffer = bufferIn(result);
      if (Buffer.isBuffer(buffer)) {
        buffers.push(buffer);
      }
      return result;
    });
  };
  const watched = [
    watch(Buffer, 'from'), watch(Buffer, 'alloc'), watch(Buffer, 'concat'), watch(fs, 'readFileSync'), watch(seal, 'unseal', result => result?.value),
  ];
  try {
    return { called: await call(args, given), buffers };
  } finally {
    watched.forEach(one => one.mockRestore());
  }
}

test.each<[string, string[], Given, number]>([
  ['S3 keys from standard input', ['s3', '--name', 'velero-s3'], { input: PAIR }, 0],
  ['S3 keys from a file', ['s3', '--name', 'velero-s3', '--from-file', FILE], {}, 0],
  ['a password from standard input', ['repository-password', '--ask'], { input: `repository-password=${SECRET}\n` }, 0],
  ['a password that is refused', ['repository-password', '--ask'], { input: `repository-password=" ${SECRET}"\n` }, 1],
  ['a password that is not found', ['repository-password', '--ask'], { input: `password=${SECRET}\n` }, 1],
])('%s: overwritten in memory', async (_, args, given, code) => {
  const { called, buffers } = await buffersOf(['seal', ...args, '--cert', CERT, '--out', out], given);
  expect([called.code, buffers.length > 3]).toEqual([code, true]);
  expect(buffers.filter(buffer => buffer.includes(SECRET))).toEqual([]);
});

test.each<[string, string[], number]>([
  ['the same twice', [`${SECRET}\r`, `${SECRET}\r`], 0],
  ['not the same', [`${SECRET}\r`, `${SECRET}!\r`], 1],
  ['once and cancelled', [`${SECRET}\r`, '\x03'], 1],
])('a password that is typed: overwritten in memory, %s', async (_, typed, code) => {
  const terminal = new Terminal(...typed);
  const { called, buffers } = await buffersOf(['seal', 'repository-password', '--ask', '--cert', CERT, '--out', out], { terminal });
  await new Promise(setImmediate);
  expect(called.code).toBe(code);
  expect([...buffers, ...terminal.chunks].filter(buffer => buffer.includes(SECRET))).toEqual([]);
});

test.each([
  ['a password', ['repository-password'], 'repository-password'], ['a secret key', ['s3', '--name', 'velero-s3', '--generate'], 'secretKey'],
])('%s that is generated: overwritten in memory, also where the break-glass copy was made', async (_, args, key) => {
  const { called, buffers } = await buffersOf(['seal', ...args, '--cert', CERT, '--out', out, '--break-glass', `${out}.plain`]);
  expect(called.code).toBe(0);
  const value = opened(out, KEY)[key];
  expect(fs.readFileSync(`${out}.plain`, 'utf8')).toContain(value);
  expect(buffers.filter(buffer => buffer.includes(value))).toEqual([]);
});

test('a pair that takes the place of another: overwritten in memory', async () => {
  const file = fileIn(FOLDER, 'rotated.yaml', yamlOf(sealedS3(KEY)));
  const { called, buffers } = await buffersOf(['seal', 's3', '--name', 'velero-s3', '--rotate', '--cert', CERT, '--out', file], { input: PAIR });
  expect([called.code, buffers.length > 3]).toEqual([0, true]);
  expect(buffers.filter(buffer => buffer.includes(SECRET))).toEqual([]);
});

test.each([['a key', PRIVATE, 0], ['a list of Secrets', LIST, 0], ['no key', fileIn(FOLDER, 'none.pem', BESIDE), 1]])('what verify reads and opens with %s is overwritten in memory', async (_, key, code) => {
  const file = fileIn(FOLDER, 's3.yaml', yamlOf(sealedS3(KEY)));
  const { called, buffers } = await buffersOf(['seal', 'verify', file, '--private-key', key]);
  expect(called.code).toBe(code);
  expect(buffers.filter(buffer => [BESIDE, ...Object.values(PLAIN)].some(secret => buffer.includes(secret)))).toEqual([]);
});
