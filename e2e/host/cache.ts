import { createHash } from 'crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'fs';
import { homedir } from 'os';
import { dirname, join, resolve } from 'path';

/** Names another folder for what is built. */
const OVERRIDE = 'CDK8S_VELERO_E2E_CACHE';

/** Where built programs and images are kept: outside of the repository, so that a fresh clone finds them. */
export function cacheFolder(): string {
  const folder = resolve(process.env[OVERRIDE] ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-velero-e2e'));
  if (/^\/(run|dev|proc|sys)(\/|$)/.test(folder)) {
    throw new Error(`${OVERRIDE}: got ${folder}, wanted a folder that the cluster can see: it has /run, /dev, /proc and /sys of its own; give another one`);
  }
  return folder;
}

/** A key that differs whenever one of the parts does. */
export function keyOf(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  parts.forEach(item => hash.update(`${item.length}:`).update(item));
  return hash.digest('hex').slice(0, 16);
}

/**
 * A file or folder of the cache, made by `make` when it is not there. It appears under its name only when it is whole: two runs may make it at the
 * same time, and one that is killed leaves none.
 *
 * @param make writes it under the path that it is given
 */
export async function cached(path: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  if (existsSync(path)) {
    return path;
  }
  mkdirSync(dirname(path), { recursive: true });
  const work = mkdtempSync(join(dirname(path), '.unfinished-'));
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
