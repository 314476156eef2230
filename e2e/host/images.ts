import { createHash } from 'crypto';
import { createReadStream } from 'fs';
import { chmod, copyFile, link, mkdir, mkdtemp, rm, symlink, writeFile } from 'fs/promises';
import { dirname, join } from 'path';
import { run } from '../command';
import { part } from '../progress';
import { cached, cacheFolder, keyOf } from './cache';

/** What a path of an image holds. */
export type ImageFile =
  | { readonly path: string; readonly from: string }
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly target: string };

/** A container image of one layer, made of files of this machine. */
export interface Image {
  /** References under which the container runtime finds it, with registry. */
  readonly references: string[];
  readonly files: ImageFile[];
  /** Its configuration: user, entry point, environment. */
  readonly config: { readonly [name: string]: unknown };
  /** Changes whenever the content of a file does that stays under its path. */
  readonly version: string;
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Writes images that the cache does not have as archives that the container runtime imports.
 *
 * @returns the archives' paths
 */
export async function makeImages(images: Image[]): Promise<string[]> {
  const archives: string[] = [];
  for (const image of images) {
    const name = image.references[0].replace(/^.*\//, '').replace(':', '-');
    const path = join(cacheFolder(), 'images', `${name}-${keyOf(JSON.stringify(image))}.tar`);
    archives.push(await cached(path, unfinished => part(`image ${image.references[0]}`, () => archive(image, unfinished))));
  }
  return archives;
}

/** A docker archive: the layer, its configuration and the list of both. */
async function archive(image: Image, target: string): Promise<void> {
  const work = await mkdtemp(join(dirname(target), 'image-'));
  const root = join(work, 'root');
  await fill(root, image.files);
  const parts = join(work, 'parts');
  await mkdir(parts);
  await tar(root, join(parts, 'layer.tar'), ['.']);
  await writeFile(join(parts, 'config.json'), JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { Env: [PATH], ...image.config },
    rootfs: { type: 'layers', diff_ids: [`sha256:${await sha256(join(parts, 'layer.tar'))}`] },
  }));
  await writeFile(join(parts, 'manifest.json'), JSON.stringify([{ Config: 'config.json', RepoTags: image.references, Layers: ['layer.tar'] }]));
  await tar(parts, target, ['manifest.json', 'config.json', 'layer.tar']);
  await rm(work, { recursive: true });
}

/** Every folder is open to every user, whatever the caller's umask: what runs in the image is not root. */
async function fill(root: string, files: ImageFile[]): Promise<void> {
  await folder(join(root, 'tmp'), 0o1777);
  for (const file of files) {
    const path = join(root, file.path);
    await folder(dirname(path), 0o755);
    if ('target' in file) {
      await symlink(file.target, path);
    } else if ('text' in file) {
      await writeFile(path, file.text);
      await chmod(path, 0o644);
    } else {
      await linkOrCopy(file.from, path);
    }
  }
}

async function folder(path: string, mode: number): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  for (let made = path; first !== undefined && made.length >= first.length; made = dirname(made)) {
    await chmod(made, made === path ? mode : 0o755);
  }
}

/** Programs are large and in the cache already: a second name is enough there. */
async function linkOrCopy(from: string, path: string): Promise<void> {
  try {
    await link(from, path);
  } catch {
    await copyFile(from, path);
    await chmod(path, 0o755);
  }
}

async function tar(from: string, to: string, names: string[]): Promise<void> {
  await run('tar', ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--hard-dereference', '-C', from, '-cf', to, ...names]);
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
