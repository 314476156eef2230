import { randomBytes } from 'crypto';
import {
  closeSync, existsSync, fchmodSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, unlinkSync,
  writeFileSync,
} from 'fs';
import { basename, dirname, join, resolve } from 'path';
import { unreadable } from './failure';
import { Surroundings, WrongUse } from './surroundings';
import { Problem, refuse, tell } from '../findings/problems';
import { reasonOf } from '../findings/system-errors';

const STANDARD_INPUT = '-';

/** Reads a file as `readNamed` does, or standard input for `-`. The caller overwrites it when it is secret. */
export async function readInput(command: string, option: string, path: string, { stdin }: Surroundings, next?: string): Promise<Buffer> {
  return path === STANDARD_INPUT ? readAll(stdin) : readNamed(command, option, path, next);
}

/**
 * Reads a file that somebody named.
 *
 * @param next what to do where nothing is there
 * @throws WrongUse when it cannot be read
 */
export function readNamed(command: string, option: string, path: string, next?: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new WrongUse(`${command}: ${tell(unreadable(option, path, error, { next }))}`);
  }
}

/** Reads a stream to its end, and leaves nothing behind in what it was read into. */
export async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(bytesOf(chunk));
  }
  const all = Buffer.concat(chunks);
  chunks.forEach(chunk => chunk.fill(0));
  return all;
}

/** The bytes themselves and no copy, so that they can be overwritten. */
export function bytesOf(chunk: string | Buffer): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** Two things cannot both come from standard input. */
export function twiceStandardInput(paths: { [option: string]: string | undefined }): Problem | undefined {
  const reading = Object.keys(paths).filter(option => paths[option] === STANDARD_INPUT);
  return reading.length < 2 ? undefined : { what: reading.join(' and '), wanted: 'one of them from standard input', next: 'give a file for the other' };
}

/**
 * Writes a whole file or none, and the folder that it is to be in: beside its place first. A reader never sees half of it, and an old file survives
 * a full disk. One that is replaced keeps its mode, and a link to it stays one.
 *
 * @param replace whether a file that is there may be replaced
 */
export function writeWhole(command: string, option: string, path: string, text: string, replace: boolean): void {
  let beside: string | undefined;
  try {
    const replaced = replace && existsSync(path);
    const target = replaced ? realpathSync(path) : path; // a link stays a link
    if (!existsSync(dirname(target))) {
      mkdirSync(dirname(target), { recursive: true });
    }
    beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
    writeNew(beside, Buffer.from(text), 0o644, replaced ? statSync(target).mode % 0o1000 : undefined);
    if (replace) {
      renameSync(beside, target);
    } else {
      linkSync(beside, target); // unlike renaming, it fails where somebody was faster
      unlinkSync(beside);
    }
  } catch (error) {
    if (beside !== undefined) {
      removeQuietly(beside);
    }
    refuse(command, { what: option, got: path, wanted: `a file that can be written: ${reasonOf(error)}`, next: 'nothing was written' });
  }
}

/**
 * Writes a file that only its owner may read, never over another one.
 *
 * @returns what removes it again
 */
export function writePrivate(command: string, option: string, path: string, content: Buffer): () => void {
  try {
    writeNew(path, content, 0o600);
    return () => rmSync(path, { force: true });
  } catch (error) {
    refuse(command, { what: option, got: path, wanted: `a new file that can be written: ${reasonOf(error)}`, next: afterPrivate(path, error) });
  }
}

function afterPrivate(path: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const next = code === 'ENOENT' ? `make the folder ${dirname(path)} first` : code === 'EEXIST' ? 'name another one' : undefined;
  return ['nothing was written', next].filter(Boolean).join('; ');
}

/** The git work tree that a file would be in, if any: the next commit could publish it. */
export function workTreeOf(path: string): string | undefined {
  return workTreeAround(dirname(placeOf(path)));
}

/** Whether two paths lead to one file, which may not be there yet. */
export function isSamePlace(one: string, other: string): boolean {
  return placeOf(one) === placeOf(other);
}

function placeOf(path: string): string {
  const folder = dirname(resolve(path));
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
}

function workTreeAround(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : workTreeAround(parent);
}

/** Whether something is there that is no file, such as a folder or a device. */
export function isNoFile(path: string): boolean {
  try {
    return !statSync(path).isFile();
  } catch {
    return false; // whoever writes there says what is wrong
  }
}

/** What is told is why something could not be written, and not that the rest of it could not be removed either. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch { /* as above */ }
}

/**
 * Removes what was begun when it cannot be finished.
 *
 * @param exactMode the mode whatever the umask says
 */
function writeNew(path: string, content: Buffer, mode: number, exactMode?: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    if (exactMode !== undefined) {
      fchmodSync(file, exactMode);
    }
    writeFileSync(file, content);
    fsyncSync(file);
  } catch (error) {
    removeQuietly(path);
    throw error;
  } finally {
    closeSync(file);
  }
}
