import { type Application } from './application';
import { ApplicationFiles } from './application-files';
import { INSTANCE_LABEL, trackedBy } from './argocd';
import { type Manifest } from './manifest';

const NONE: readonly never[] = [];

/** Which Application of ArgoCD delivers which object, as far as the input tells. */
export class Deliveries {
  private readonly byApplication = new Map<Application, Manifest[]>();
  private readonly applicationByManifest = new Map<Manifest, Application>();
  private readonly files: ApplicationFiles;

  /** Applications whose folder is none of the input: they may deliver what they say the namespace of. */
  private readonly elsewhere: readonly Application[];

  /** @param homes the namespaces that Velero runs in or keeps its locations in: its definitions are delivered with them */
  public constructor(private readonly applications: readonly Application[], manifests: readonly Manifest[], homes: readonly string[]) {
    this.files = new ApplicationFiles(applications, applications.length === 0 ? NONE : manifests.map(({ at }) => at));
    if (applications.length === 0) {
      this.elsewhere = NONE;
      return;
    }
    const around = this.files.around();
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
    const found = this.files.of(file);
    const isTaken = found === undefined || found.taking.length > 0;
    return isTaken || found.around.some(({ sources }) => sources.some(({ isMade }) => isMade === undefined)) ? NONE : found.around;
  }

  private deliver(manifests: readonly Manifest[], homes: ReadonlySet<string>): void {
    const named = new Map(this.applications.map(application => [application.name, application]));
    const targeting = onlyOnes(this.elsewhere);
    const [home] = homes.size === 1 ? homes : [];
    for (const manifest of manifests) {
      const mark = markOf(manifest);
      const file = manifest.at.file === undefined ? undefined : this.files.of(manifest.at.file);
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
