import { type Application, type ApplicationSource } from './application';
import { INSTANCE_LABEL, trackedBy } from './argocd';
import { matchesGlob } from './glob';
import { type Manifest } from './manifest';

const NONE: readonly never[] = [];
const MANIFEST = /\.(ya?ml|json|jsonnet)$/;

/** Which Application of ArgoCD delivers which object, as far as the input tells. */
export class Deliveries {
  private readonly byApplication = new Map<Application, Manifest[]>();
  private readonly applicationByManifest = new Map<Manifest, Application>();
  private readonly files = new Map<string, FileDelivery>();

  /** Applications whose folder is none of the input: they may deliver what they say the namespace of. */
  private readonly elsewhere: readonly Application[];

  /** @param homes the namespaces that Velero runs in or keeps its locations in: its definitions are delivered with them */
  public constructor(private readonly applications: readonly Application[], manifests: readonly Manifest[], homes: readonly string[]) {
    if (applications.length === 0) {
      this.elsewhere = NONE;
      return;
    }
    manifests.forEach(({ at: { file } }) => file !== undefined && !this.files.has(file) && this.files.set(file, deliveryOf(file, applications)));
    const around = new Set([...this.files.values()].flatMap(file => file.around));
    this.elsewhere = applications.filter(application => !around.has(application));
    this.deliver(manifests, new Set(homes));
  }

  /** What an Application delivers. */
  public of(application: Application): readonly Manifest[] {
    return this.byApplication.get(application) ?? NONE;
  }

  /** Nothing where it is not plain: where the input has no Application for it, or several that may deliver it. */
  public applicationOf(manifest: Manifest): Application | undefined {
    return this.applicationByManifest.get(manifest);
  }

  /** The Applications whose folder holds a file, and that all leave it out for sure; none where one takes it, or may take it. */
  public missing(file: string): readonly Application[] {
    const found = this.files.get(file);
    const isTaken = found === undefined || found.taking.length > 0;
    return isTaken || found.around.some(({ sources }) => sources.some(({ isMade }) => isMade === undefined)) ? NONE : found.around;
  }

  private deliver(manifests: readonly Manifest[], homes: ReadonlySet<string>): void {
    const named = new Map(this.applications.map(application => [application.name, application]));
    const targeting = onlyOnes(this.elsewhere);
    const [home] = homes.size === 1 ? homes : [];
    for (const manifest of manifests) {
      const mark = markOf(manifest);
      const file = manifest.at.file === undefined ? undefined : this.files.get(manifest.at.file);
      const namespace = isDefinition(manifest) ? home : manifest.namespace;
      const application = mark !== undefined ? named.get(mark) : file !== undefined && file.around.length > 0 ? only(file.taking)
        : namespace ? targeting.get(namespace) : undefined;
      if (application !== undefined) {
        this.applicationByManifest.set(manifest, application);
        this.byApplication.set(application, []);
      }
    }
    this.applicationByManifest.forEach((application, manifest) => this.byApplication.get(application)!.push(manifest));
  }
}

interface FileDelivery {
  /** The Applications with a folder around the file. */
  readonly around: readonly Application[];

  /** Those of them that read it. */
  readonly taking: readonly Application[];
}

function deliveryOf(file: string, applications: readonly Application[]): FileDelivery {
  const around: Application[] = [];
  const taking: Application[] = [];
  for (const application of applications) {
    const inside = application.sources.flatMap(source => pathsWithin(source, file).map(path => ({ source, path })));
    if (inside.length > 0) {
      around.push(application);
    }
    if (inside.some(({ source, path }) => takes(source, path))) {
      taking.push(application);
    }
  }
  return { around, taking };
}

/** @see argo-cd v3.5.1 reposerver/repository/repository.go, getPotentiallyValidManifestFile */
function takes({ isMade, recurses, include, exclude }: ApplicationSource, path: string): boolean {
  return isMade || ((recurses || !path.includes('/')) && MANIFEST.test(path)
    && (exclude === undefined || !matchesGlob(exclude, path)) && (include === undefined || matchesGlob(include, path)));
}

/**
 * The path of a file below that of a source; nothing where it lies elsewhere.
 *
 * Where a file lies in its repository is not known: people check a folder from outside of it, from inside, or from the root of the repository. The
 * folder of the source is looked for in the path of the file, and the beginning of that path in the end of the folder of the source.
 */
function pathsWithin({ path }: ApplicationSource, file: string): string[] {
  if (path === undefined) {
    return [];
  }
  const wanted = stepsOf(path);
  const steps = stepsOf(file);
  if (wanted.length === 0) {
    return [steps.join('/')];
  }
  const [folders, name] = [steps.slice(0, -1), steps[steps.length - 1]];
  for (let start = folders.length - wanted.length; start >= 0; start--) {
    if (wanted.every((step, index) => folders[start + index] === step)) {
      return [[...folders.slice(start + wanted.length), name].join('/')];
    }
  }
  for (let shared = Math.min(folders.length, wanted.length - 1); shared > 0; shared--) {
    if (folders.slice(0, shared).join('/') === wanted.slice(-shared).join('/')) {
      return [[...folders.slice(shared), name].join('/')];
    }
  }
  return folders.length === 0 ? [name] : [];
}

function stepsOf(path: string): string[] {
  return path.split('/').filter(step => step !== '' && step !== '.');
}

/** The Applications that alone deliver to a namespace. */
function onlyOnes(applications: readonly Application[]): ReadonlyMap<string, Application | undefined> {
  const targeting = new Map<string, Application | undefined>();
  for (const application of applications) {
    const { destinationNamespace = '' } = application;
    targeting.set(destinationNamespace, targeting.has(destinationNamespace) ? undefined : application);
  }
  return targeting;
}

function only(applications: readonly Application[]): Application | undefined {
  return applications.length === 1 ? applications[0] : undefined;
}

/** In a cluster ArgoCD has marked all that it delivers; what has no mark there is of somebody else. */
function markOf(manifest: Manifest): string | undefined {
  return trackedBy(manifest) ?? (manifest.isFromCluster ? manifest.labels[INSTANCE_LABEL] ?? '' : undefined);
}

function isDefinition({ kind, name }: Manifest): boolean {
  return kind === 'CustomResourceDefinition' && name.endsWith('.velero.io');
}
