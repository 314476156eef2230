import { type Application, type ApplicationSource } from './application';
import { matchesGlob } from './glob';
import { type Place } from './place';

const MANIFEST = /\.(ya?ml|json|jsonnet)$/;

/** A list of paths in a pattern, or one, and what goes for all of them: `{a.yaml,b.yaml}`, `{a,b}/*`. */
const LIST = /^(\{[^{}]*\}|[^{},*?[\]\\/]+)(\/[^{}]*)?$/;

/** Which Applications have to do with a file. */
export interface FileDelivery {
  /** The Applications with a folder around the file. */
  readonly around: readonly Application[];

  /** Those of them that read it. */
  readonly taking: readonly Application[];
}

/** A source with its folder, taken apart once. */
interface Folder {
  readonly application: Application;
  readonly source: ApplicationSource;
  readonly steps: readonly string[];
}

/** A folder of a source that is around a folder of files, and what lies between them. */
interface Around extends Folder {
  readonly between: string;
}

/** A file of the input by the steps of its path. */
interface InputFile {
  readonly steps: readonly string[];

  /** Whether an app writes it. */
  readonly isWritten: boolean;
}

/**
 * Which Applications have a folder around which file of the input, and which of them take it.
 *
 * Where a file lies in its repository is not known: people check a folder from outside of it, from halfway, from within, or from the root of the
 * repository. The folder of the source is looked for in the path of the file, and the beginning of that path in the end of the folder of the source.
 * Where neither leads to a file that the source takes, the input is its folder if `include` names something that lies there: so it is with what an
 * app writes, and seen from within. The root of a repository is around the files that somebody reads, and not around those that an app writes: into
 * which repository the app does not know.
 */
export class ApplicationFiles {
  private readonly files = new Map<string, FileDelivery>();
  private readonly byFolder = new Map<string, readonly Around[]>();
  private readonly byLastStep = new Map<string, Folder[]>();
  private readonly roots: Folder[] = [];
  private readonly folders: readonly Folder[];

  public constructor(applications: readonly Application[], places: Iterable<Place>) {
    this.folders = applications.flatMap(application => application.sources.flatMap(source =>
      source.path === undefined ? [] : [{ application, source, steps: stepsOf(source.path) }]));
    for (const folder of this.folders) {
      const last = folder.steps.at(-1);
      const same = last === undefined ? this.roots : this.byLastStep.get(last) ?? [];
      same.push(folder);
      if (last !== undefined) {
        this.byLastStep.set(last, same);
      }
    }
    this.read(places);
  }

  /** Nothing for a file that is none of the input. */
  public of(file: string): FileDelivery | undefined {
    return this.files.get(file);
  }

  /** The Applications with a folder around any file. */
  public around(): ReadonlySet<Application> {
    return new Set([...this.files.values()].flatMap(({ around }) => around));
  }

  private read(places: Iterable<Place>): void {
    const files = new Map<string, InputFile>();
    for (const { file, construct } of places) {
      if (file !== undefined && !files.has(file)) {
        files.set(file, { steps: stepsOf(file), isWritten: construct !== undefined });
      }
    }
    const here = this.namingWhatLiesHere([...files.values()]);
    files.forEach((input, file) => {
      const folders = input.steps.slice(0, -1).join('/');
      this.files.set(file, deliveryOf(input, [...this.aroundFolderOf(input), ...here.map(folder => ({ ...folder, between: folders }))]));
    });
  }

  /** The sources that name a file or a folder where the input begins, but for those that are known to have their folder elsewhere. */
  private namingWhatLiesHere(files: readonly InputFile[]): readonly Folder[] {
    const tops = new Set(files.map(({ steps }) => steps.length > 1 ? `${steps[0]}/` : steps[0]));
    const naming = this.folders.filter(({ source: { include } }) => include !== undefined && namesIn(include).some(name => tops.has(name)));
    const elsewhere = naming.length === 0 ? new Set() : new Set(files.flatMap(input =>
      this.aroundFolderOf(input).filter(around => takesFrom(around, input)).map(({ source }) => source)));
    return naming.filter(({ source }) => !elsewhere.has(source));
  }

  /** By the paths alone. */
  private aroundFolderOf({ steps, isWritten }: InputFile): readonly Around[] {
    const folders = steps.slice(0, -1);
    const key = `${isWritten} ${folders.join('/')}`;
    const known = this.byFolder.get(key);
    if (known !== undefined) {
      return known;
    }
    const candidates = [...new Set(folders)].flatMap(step => this.byLastStep.get(step) ?? []);
    const found = [
      ...(isWritten ? [] : this.roots).map(folder => ({ ...folder, between: folders.join('/') })),
      ...candidates.flatMap(folder => between(folder.steps, folders).map(rest => ({ ...folder, between: rest }))),
    ];
    this.byFolder.set(key, found);
    return found;
  }
}

/** What a pattern lists by name: files, and folders with a slash behind. What fits by a star or brackets is not listed. */
function namesIn(include: string): string[] {
  const [, list, rest = ''] = LIST.exec(include) ?? [];
  const paths = list?.replace(/[{}]/g, '').split(',') ?? [];
  return paths.map(path => /^[^*?[\]\\/]+(\/|$)/.exec(`${path}${rest}`)?.[0] ?? '');
}

function deliveryOf(input: InputFile, all: readonly Around[]): FileDelivery {
  return { around: applicationsOf(all), taking: applicationsOf(all.filter(around => takesFrom(around, input))) };
}

function takesFrom({ source, between: folders }: Around, { steps }: InputFile): boolean {
  const name = steps[steps.length - 1] ?? '';
  return takes(source, folders === '' ? name : `${folders}/${name}`);
}

function applicationsOf(all: readonly Around[]): readonly Application[] {
  return [...new Set(all.map(({ application }) => application))];
}

/** What lies between the folder of a source and a folder of the input: several, where the name of the one comes again below it. */
function between(wanted: readonly string[], folders: readonly string[]): string[] {
  const found: string[] = [];
  for (let start = folders.length - wanted.length; start >= 0; start--) {
    if (wanted.every((step, index) => folders[start + index] === step)) {
      found.push(folders.slice(start + wanted.length).join('/'));
    }
  }
  for (let shared = Math.min(folders.length, wanted.length - 1); shared > 0 && found.length === 0; shared--) {
    const beginning = wanted.length - shared;
    if (folders.slice(0, shared).every((step, index) => wanted[beginning + index] === step)) {
      found.push(folders.slice(shared).join('/'));
    }
  }
  return found;
}

/** @see argo-cd v3.5.1 reposerver/repository/repository.go, getPotentiallyValidManifestFile */
function takes({ isMade, recurses, include, exclude }: ApplicationSource, path: string): boolean {
  return isMade || ((recurses || !path.includes('/')) && MANIFEST.test(path)
    && (exclude === undefined || !matchesGlob(exclude, path)) && (include === undefined || matchesGlob(include, path)));
}

function stepsOf(path: string): string[] {
  return path.split('/').filter(step => step !== '' && step !== '.');
}
