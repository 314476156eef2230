import { createReadStream, readdirSync, realpathSync, statSync } from 'fs';
import { join } from 'path';
import { unreadable } from './failure';
import { type Surroundings } from './surroundings';
import { type Problem } from '../findings/problems';

/** What a check reads: its name as people know it, and its bytes. */
export interface InputFile {
  readonly name: string;
  readonly content: Buffer;
}

/** What was found under the paths of a check, and what is wrong with them. */
export interface InputFiles {
  readonly files: readonly InputFile[];
  readonly problems: readonly Problem[];
}

/** More than any folder of manifests has in a file, and less than what a computer gasps at when it is parsed. */
const LARGEST = 50 * 1024 * 1024;

const STANDARD_INPUT = '-';
const MANIFEST = /\.(ya?ml|json)$/i;
const PATH = 'PATH';

/** Reads all files at once, so that everything that is wrong is told at once. Files in folders by name, whatever the order of the file system. */
export async function readPaths(paths: readonly string[], { stdin }: Surroundings): Promise<InputFiles> {
  const walk = new Walk();
  const files: InputFile[] = [];
  const names = paths.flatMap(path => path === STANDARD_INPUT ? [path] : walk.filesUnder(path));
  const { problems } = walk;
  for (const name of withoutTwins(names)) {
    try {
      const content = await readLimited(name === STANDARD_INPUT ? stdin : createReadStream(name));
      if (content === undefined) {
        problems.push({ what: PATH, got: name, wanted: `a file of at most ${LARGEST / 1024 / 1024} MB`, next: 'take out what has nothing to do with backups, or split it' });
      } else {
        files.push({ name: name === STANDARD_INPUT ? 'stdin' : name, content });
      }
    } catch (error) {
      problems.push(unreadableInput(name, error));
    }
  }
  return { files, problems };
}

/** One name for each file: what is read twice would collide with itself. */
function withoutTwins(names: readonly string[]): Iterable<string> {
  const byFile = new Map<string, string>();
  for (const name of names) {
    const file = name === STANDARD_INPUT ? name : realPath(name);
    byFile.set(file, byFile.get(file) ?? name);
  }
  return byFile.values();
}

/** A pipe that a shell opened has a name, but no place. */
function realPath(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return name;
  }
}

/** The files under paths. A path that was named is read whatever its ending; in a folder only manifests are. */
class Walk {
  public readonly problems: Problem[] = [];

  /** Real paths: with links from each folder to each other there would be no end of ways. */
  private readonly walked = new Set<string>();

  public filesUnder(path: string): string[] {
    try {
      return statSync(path).isDirectory() ? this.filesIn(path, []) : [path];
    } catch (error) {
      this.problems.push(unreadableInput(path, error));
      return [];
    }
  }

  /** @param around the real paths of the folders that this one lies in */
  private filesIn(folder: string, around: readonly string[]): string[] {
    const real = realpathSync(folder);
    if (around.includes(real)) {
      this.problems.push({
        what: PATH,
        got: folder,
        wanted: `a folder that does not lead back into itself: it is a link to ${real}`,
        next: 'take the link away, or name the folders one by one',
      });
    }
    if (this.walked.has(real)) {
      return [];
    }
    this.walked.add(real);
    const names = readdirSync(folder).filter(name => !name.startsWith('.') && name !== 'node_modules').sort();
    return names.flatMap(name => this.filesAt(join(folder, name), [...around, real]));
  }

  private filesAt(path: string, around: readonly string[]): string[] {
    try {
      const found = statSync(path);
      return found.isDirectory() ? this.filesIn(path, around) : found.isFile() && MANIFEST.test(path) ? [path] : [];
    } catch (error) {
      const leadsNowhere = (error as NodeJS.ErrnoException).code === 'ENOENT' && !MANIFEST.test(path);
      this.problems.push(...(leadsNowhere ? [] : [unreadableInput(path, error)]));
      return [];
    }
  }
}

function unreadableInput(path: string, error: unknown): Problem {
  return unreadable(PATH, path, error, { kind: 'file or folder', next: 'check the path; what an app of cdk8s writes is there after npx cdk8s synth' });
}

/** Nothing when there is more than anybody should parse: a device has no end. */
async function readLimited(stream: NodeJS.ReadableStream & { destroy?(): unknown }): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > LARGEST) {
      return undefined; // leaving the loop closes the stream
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
