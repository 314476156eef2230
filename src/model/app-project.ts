import { type Application } from './application';
import { GENERATED } from './argocd';
import { Scopes } from './cluster-scope';
import { type Fields } from './fields';
import { matchesGlob } from './glob';
import { type Manifest } from './manifest';

const WITHOUT_DEFINITIONS = new Scopes([]);

/** What Applications may deliver: an AppProject of ArgoCD. */
export class AppProject {
  public readonly namespace: string;
  public readonly name: string;
  /** Whether it is derived from what an app emits: whoever changes it by hand loses that with the next synth. */
  public readonly isGenerated: boolean;
  private readonly repositories: readonly string[];
  private readonly destinations: readonly Fields[];

  public constructor(public readonly manifest: Manifest) {
    const { spec } = manifest;
    this.namespace = manifest.namespace;
    this.name = manifest.name;
    this.isGenerated = spec.string('description')?.endsWith(GENERATED) ?? false;
    this.repositories = spec.strings('sourceRepos');
    this.destinations = spec.objects('destinations');
  }

  /**
   * Whether its Applications may have objects of a kind: by any scope that it may have.
   *
   * @param scopes with the definitions of the input; without, from tables alone
   */
  public permitsKind({ group, kind, name }: Manifest, scopes = WITHOUT_DEFINITIONS): boolean {
    const { spec } = this.manifest;
    return scopes.of({ group, kind }).some(scope => {
      const list = scope === 'Cluster' ? 'clusterResource' : 'namespaceResource';
      // Names count only in the lists of the whole cluster.
      const named = scope === 'Cluster' ? name : undefined;
      // Without a list of kinds that live in namespaces all of them are permitted, and of the others none.
      const isListed = scope === 'Namespaced' && !spec.has(`${list}Whitelist`) ? true : isInList(spec.objects(`${list}Whitelist`), group, kind, named);
      return isListed && !isInList(spec.objects(`${list}Blacklist`), group, kind, named);
    });
  }

  /** Whether they may go to a namespace of the cluster that an Application goes to. */
  public permitsNamespace(namespace: string, application: Application): boolean {
    let isPermitted = false;
    for (const destination of this.destinations) {
      const pattern = destination.string('namespace') ?? '';
      const cluster = { server: destination.string('server') ?? '', name: destination.string('name') ?? '' };
      const [isCluster, isNamespace] = [mayBe(cluster, clusterOf(application)), fits(pattern, namespace)];
      isPermitted ||= isCluster && isNamespace;
      if (isCluster !== isNamespace && [isCluster ? pattern : `${cluster.server}${cluster.name}`].some(isDenial)) {
        return false;
      }
    }
    return isPermitted;
  }

  /** Whether they may come from a repository. */
  public permitsRepository(repository: string): boolean {
    const url = normalized(repository);
    const denied = this.repositories.some(pattern => isDenial(pattern) && matchesGlob(normalized(pattern.slice(1)), url, true));
    return !denied && this.repositories.some(pattern => pattern === '*' || isDenial(pattern) || matchesGlob(normalized(pattern), url, true));
  }
}

/** @see argo-cd v3.5.1 pkg/apis/application/v1alpha1/types.go, isResourceInList and isNamedResourceInList */
function isInList(list: readonly Fields[], group: string, kind: string, name: string | undefined): boolean {
  return list.some(item => fitsPlainly(item.string('group') ?? '', group) && fitsPlainly(item.string('kind') ?? '', kind)
    && (name === undefined || !item.has('name') || item.string('name') === '' || fitsPlainly(item.string('name') ?? '', name)));
}

/** A cluster by its address, its name, or both. */
interface Cluster {
  readonly server: string;
  readonly name: string;
}

/** The cluster that ArgoCD itself runs in. */
const OWN: Cluster = { server: 'https://kubernetes.default.svc', name: 'in-cluster' };

function clusterOf({ destinationServer = '', destinationName = '' }: Application): Cluster {
  return destinationServer.replace(/\/$/, '') === OWN.server || destinationName === OWN.name ? OWN : { server: destinationServer, name: destinationName };
}

/** Which address belongs to which name only ArgoCD knows: where one is given as an address and the other as a name, they may be the same. */
function mayBe(pattern: Cluster, cluster: Cluster): boolean {
  const compared = (['server', 'name'] as const).filter(key => pattern[key] !== '' && cluster[key] !== '');
  return compared.length === 0 ? pattern.server !== '' || pattern.name !== '' : compared.some(key => fits(pattern[key], cluster[key]));
}

function isDenial(pattern: string): boolean {
  return pattern.startsWith('!');
}

function fits(pattern: string, value: string): boolean {
  return isDenial(pattern) ? !fitsPlainly(pattern.slice(1), value) : fitsPlainly(pattern, value);
}

function fitsPlainly(pattern: string, value: string): boolean {
  return pattern === '*' || pattern === value || matchesGlob(pattern, value);
}

/** Enough of what ArgoCD does to tell that two spellings are one: util/git/git.go, NormalizeGitURL. */
function normalized(url: string): string {
  return url.trim().toLowerCase().replace(/\.git$/, '').replace(/^ssh:\/\//, '').replace(/^([^/@]+@[^/:]+):/, '$1/');
}
