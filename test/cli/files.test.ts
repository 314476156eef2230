import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'fs';
import { join } from 'path';
import { isNoFile, isSamePlace, twiceStandardInput, workTreeOf, writePrivate, writeWhole } from '../../src/cli/files';
import { reasonOf } from '../../src/findings/system-errors';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';

/** The module itself: what is imported from it cannot be replaced. */
const fs = jest.requireActual<typeof import('fs')>('fs');
const FOLDER = temporaryFolder();

let folder: string;
let count = 0;

beforeEach(() => {
  folder = join(FOLDER, String(++count));
  mkdirSync(folder);
});

afterEach(() => jest.restoreAllMocks());

/** Lets a call to the file system fail as a full disk does. */
function failing(call: 'writeFileSync' | 'fsyncSync' | 'renameSync' | 'linkSync', code = 'ENOSPC'): void {
  jest.spyOn(fs, call as 'fsyncSync').mockImplementation(() => {
    throw Object.assign(new Error(`${code}: of ${call}`), { code });
  });
}

function refusal(path: string, reason: string): Error {
  return new Error(`seal: --out got "${path}", wanted a file that can be written: ${reason}; nothing was written`);
}

describe('a whole file', () => {
  test('is written, and replaces another one only where that is meant', () => {
    const path = join(folder, 'file');
    writeWhole('seal', '--out', path, 'one', false);
    expect([readFileSync(path, 'utf8'), statSync(path).mode % 0o1000]).toEqual(['one', 0o644]);
    writeWhole('seal', '--out', path, 'two', true);
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(() => writeWhole('seal', '--out', path, 'three', false)).toThrow(refusal(path, 'it exists already'));
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['two', ['file']]);
  });

  test.each(['writeFileSync', 'fsyncSync', 'renameSync'] as const)('leaves the old one and no rest when the disk is full at %s', call => {
    const path = fileIn(folder, 'file', 'old');
    failing(call);
    expect(() => writeWhole('seal', '--out', path, 'new', true)).toThrow(refusal(path, 'the disk is full'));
    jest.restoreAllMocks();
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['old', ['file']]);
  });

  test.each(['fsyncSync', 'linkSync'] as const)('leaves nothing when there was none and %s fails', call => {
    const path = join(folder, 'file');
    failing(call, 'EIO');
    expect(() => writeWhole('seal', '--out', path, 'new', false)).toThrow(refusal(path, 'EIO'));
    jest.restoreAllMocks();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([0o600, 0o664])('keeps the mode of the one that it replaces, such as %o', mode => {
    const path = fileIn(folder, 'file', 'old');
    chmodSync(path, mode);
    writeWhole('seal', '--out', path, 'new', true);
    expect([readFileSync(path, 'utf8'), statSync(path).mode % 0o1000]).toEqual(['new', mode]);
  });

  test('goes where a link leads, and the link stays one', () => {
    mkdirSync(join(folder, 'deep'));
    const path = fileIn(join(folder, 'deep'), 'file', 'old');
    const link = join(folder, 'link');
    symlinkSync(join('deep', 'file'), link);
    writeWhole('seal', '--out', link, 'new', true);
    expect([readFileSync(path, 'utf8'), lstatSync(link).isSymbolicLink()]).toEqual(['new', true]);
    expect([readdirSync(folder).sort(), readdirSync(join(folder, 'deep'))]).toEqual([['deep', 'link'], ['file']]);
  });

  test('cannot be written over a folder', () => {
    expect(() => writeWhole('seal', '--out', folder, 'new', true)).toThrow(refusal(folder, 'it is a folder'));
  });

  test('brings the folders that it is to be in', () => {
    const path = join(folder, 'sealed', 'cluster', 'new');
    writeWhole('seal', '--out', path, 'new', false);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('cannot be written under a file', () => {
    const path = join(fileIn(folder, 'file', 'old'), 'new');
    expect(() => writeWhole('seal', '--out', path, 'new', true)).toThrow(refusal(path, 'a part of its path is no folder'));
  });
});

describe('a private file', () => {
  const refused = (path: string, reason: string, next = '') => new Error(
    `seal: --copy got "${path}", wanted a new file that can be written: ${reason}; nothing was written${next}`,
  );

  test('is for its owner alone and can be removed again', () => {
    const path = join(folder, 'copy');
    const remove = writePrivate('seal', '--copy', path, Buffer.from('plain'));
    expect([readFileSync(path, 'utf8'), statSync(path).mode % 0o1000]).toEqual(['plain', 0o600]);
    remove();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is never written over another one, nor through a link', () => {
    const path = fileIn(folder, 'copy', 'old');
    expect(() => writePrivate('seal', '--copy', path, Buffer.from('plain'))).toThrow(refused(path, 'it exists already', '; name another one'));
    expect(readFileSync(path, 'utf8')).toBe('old');
    const link = join(folder, 'link');
    symlinkSync(join(folder, 'none'), link);
    expect(() => writePrivate('seal', '--copy', link, Buffer.from('plain'))).toThrow(refused(link, 'it exists already', '; name another one'));
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test('is not written into a folder that is not there: nobody would look for it', () => {
    const path = join(folder, 'none', 'copy');
    expect(() => writePrivate('seal', '--copy', path, Buffer.from('plain')))
      .toThrow(refused(path, 'there is no such file or folder', `; make the folder ${join(folder, 'none')} first`));
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['writeFileSync', 'fsyncSync'] as const)('leaves no half of itself when %s fails', call => {
    const path = join(folder, 'copy');
    failing(call);
    expect(() => writePrivate('seal', '--copy', path, Buffer.from('plain'))).toThrow(refused(path, 'the disk is full'));
    jest.restoreAllMocks();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a git work tree', () => {
  test('is found above a file, also above one in folders that are not there', () => {
    mkdirSync(join(folder, '.git'));
    expect(workTreeOf(join(folder, 'copy'))).toBe(folder);
    expect(workTreeOf(join(folder, 'a', 'b', 'copy'))).toBe(folder);
    expect(workTreeOf(folder)).toBeUndefined();
  });

  test('may have a file for its repository, as worktrees and submodules have', () => {
    fileIn(folder, '.git', 'gitdir: elsewhere\n');
    expect(workTreeOf(join(folder, 'copy'))).toBe(folder);
  });

  test('is found behind a link to a folder', () => {
    mkdirSync(join(folder, 'tree'));
    mkdirSync(join(folder, 'tree', '.git'));
    symlinkSync(join(folder, 'tree'), join(folder, 'link'));
    expect(workTreeOf(join(folder, 'link', 'copy'))).toBe(join(folder, 'tree'));
  });
});

test('two paths of one file are the same place, whether it is there or not', () => {
  symlinkSync(folder, join(folder, 'link'));
  expect(isSamePlace(join(folder, 'a'), join(folder, 'link', '..', 'link', 'a'))).toBe(true);
  expect(isSamePlace(join(folder, 'a'), join(folder, 'link', 'a'))).toBe(true);
  expect(isSamePlace(join(folder, 'none', 'a'), join(folder, 'none', 'a'))).toBe(true);
  expect(isSamePlace(join(folder, 'a'), join(folder, 'b'))).toBe(false);
});

test('a folder and a device are no files; what is not there may become one', () => {
  expect([folder, '/dev/null', fileIn(folder, 'file', ''), join(folder, 'none'), join(folder, 'file', 'x'), join(folder, 'x'.repeat(300))].map(isNoFile))
    .toEqual([true, true, false, false, false, false]);
});

test('standard input is for one thing', () => {
  expect(twiceStandardInput({ '--a': '-', '--b': 'file', '--c': undefined })).toBeUndefined();
  expect(twiceStandardInput({ '--a': '-', '--b': '-', '--c': '-' }))
    .toEqual({ what: '--a and --b and --c', wanted: 'one of them from standard input', next: 'give a file for the other' });
});

test.each([
  ['ENOENT', 'there is no such file or folder'], ['EACCES', 'permission denied'], ['EPERM', 'permission denied'], ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is no folder'], ['EEXIST', 'it exists already'], ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the file system is read-only'], ['EIO', 'EIO'], [undefined, 'it failed'],
])('%s is told as "%s"', (code, reason) => {
  expect(reasonOf(Object.assign(new Error('of a path'), { code }))).toBe(reason);
});
