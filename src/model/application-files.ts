import { type Application, type ApplicationSource } from './application';
import { matchesGlob } from './glob';
import { type Place } from './place';

const MANIFEST = /\.(ya?ml|json|jsonnet)$/;

/** A pattern that is a name, or a list of names. */
const NAMES = /^(?:\{[^*?[\]{}\\]*\}|[^*?[\]{},\\]+)$/;

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

/**
 * Which Applications have a folder around which file of the input, and which of them take it.
 *
 * Where a file lies in its repository is not known: people check a folder from outside of it, from halfway, or from the root of the repository. The
 * folder of the source is looked for in the path of the file, and the beginning of that path in the end of the folder of the source. A file without a
 * folder, as an app writes it, could lie in any: it belongs to those that name it, or another one without a folder, in `include`. The root of a
 * repository is around the files that somebody reads, and not around those that an app writes: into which repository the app does not know.
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
    const written = new Map<string, boolean>();
    for (const { file, construct } of places) {
      if (file !== undefined && !written.has(file)) {
        written.set(file, construct !== undefined);
      }
    }
    const bare = new Set([...written.keys()].map(stepsOf).flatMap(steps => steps.length === 1 ? steps : []));
    const naming = this.folders.filter(({ source: { include = '' } }) => NAMES.test(include) && include.replace(/[{}]/g, '').split(',').some(name => bare.has(name)));
    const besideBare = naming.map(folder => ({ ...folder, between: '' }));
    const inRoot = [...new Set([...naming, ...this.roots])].map(folder => ({ ...folder, between: '' }));
    written.forEach((isWritten, file) => {
      const steps = stepsOf(file);
      const around = steps.length > 1 ? this.aroundFolder(steps.slice(0, -1)) : isWritten ? besideBare : inRoot;
      this.files.set(file, deliveryOf(steps[steps.length - 1] ?? '', around));
    });
  }

  private aroundFolder(steps: readonly string[]): readonly Around[] {
    const key = steps.join('/');
    const known = this.byFolder.get(key);
    if (known !== undefined) {
      return known;
    }
    const candidates = [...new Set(steps)].flatMap(step => this.byLastStep.get(step) ?? []);
    const found = [
      ...this.roots.map(folder => ({ ...folder, between: key })),
      ...candidates.flatMap(folder => between(folder.steps, steps).map(rest => ({ ...folder, between: rest }))),
    ];
    this.byFolder.set(key, found);
    return found;
  }
}

function deliveryOf(name: string, all: readonly Around[]): FileDelivery {
  const taking = all.filter(({ source, between: folders }) => takes(source, folders === '' ? name : `${folders}/${name}`));
  return { around: applicationsOf(all), taking: applicationsOf(taking) };
}

function applicationsOf(all: readonly Around[]): readonly Application[] {
  return [...new Set(all.map(({ application }) => application))];
}

/** What lies between the folder of a source and a folder of the input; nothing where the one is not around the other. */
function between(wanted: readonly string[], folders: readonly string[]): string[] {
  for (let start = folders.length - wanted.length; start >= 0; start--) {
    if (wanted.every((step, index) => folders[start + index] === step)) {
      return [folders.slice(start + wanted.length).join('/')];
    }
  }
  for (let shared = Math.min(folders.length, wanted.length - 1); shared > 0; shared--) {
    const beginning = wanted.length - shared;
    if (folders.slice(0, shared).every((step, index) => wanted[beginning + index] === step)) {
      return [folders.slice(shared).join('/')];
    }
  }
  return [];
}

/** @see argo-cd v3.5.1 reposerver/repository/repository.go, getPotentiallyValidManifestFile */
function takes({ isMade, recurses, include, exclude }: ApplicationSource, path: string): boolean {
  return isMade || ((recurses || !path.includes('/')) && MANIFEST.test(path)
    && (exclude === undefined || !matchesGlob(exclude, path)) && (include === undefined || matchesGlob(include, path)));
}

function stepsOf(path: string): string[] {
  return path.split('/').filter(step => step !== '' && step !== '.');
}
