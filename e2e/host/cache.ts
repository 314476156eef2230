import { createHash } from 'crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'fs';
import { homedir } from 'os';
import { dirname, join, resolve } from 'path';
import { removeLeftovers } from './leftovers';
import { ownMark } from './processes';

/** Names another folder for what is built. */
export const CACHE_OVERRIDE = 'CDK8S_VELERO_E2E_CACHE';

/** What is being made is in a folder with this name, the mark of the process that makes it, and six letters. */
const UNFINISHED = '.unfinished-';

/** Where built programs and images are kept: outside of the repository, so that a fresh clone finds them. */
export function cacheFolder(): string {
  return resolve(process.env[CACHE_OVERRIDE] ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-velero-e2e'));
}

/** A key that differs whenever one of the parts does. */
export function keyOf(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  parts.forEach(item => hash.update(`${item.length}:`).update(item));
  return hash.digest('hex').slice(0, 16);
}

/**
 * A file or folder of the cache, made by `make` when it is not there. It appears under its name only when it is whole: two runs may make it at the
 * same time. What one leaves that was killed, the next one removes.
 *
 * @param make writes it under the path that it is given
 */
export async function cached(path: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  if (existsSync(path)) {
    return path;
  }
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  removeLeftovers(folder, UNFINISHED);
  const work = mkdtempSync(join(folder, `${UNFINISHED}${ownMark()}-`));
  try {
    const unfinished = join(work, 'made');
    await make(unfinished);
    if (!existsSync(path)) {
      renameSync(unfinished, path);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return path;
}
