import { type Application } from './application';
import { isClusterScoped } from './cluster-scope';
import { type Fields } from './fields';
import { matchesGlob } from './glob';
import { type Manifest } from './manifest';

/** What Applications may deliver: an AppProject of ArgoCD. */
export class AppProject {
  public readonly namespace: string;
  public readonly name: string;
  private readonly repositories: readonly string[];
  private readonly destinations: readonly Fields[];

  public constructor(public readonly manifest: Manifest) {
    const { spec } = manifest;
    this.namespace = manifest.namespace;
    this.name = manifest.name;
    this.repositories = spec.strings('sourceRepos');
    this.destinations = spec.objects('destinations');
  }

  /** Whether its Applications may have objects of a kind, and of that name. */
  public permitsKind({ group, kind, name, namespace }: Manifest): boolean {
    const { spec } = this.manifest;
    const scope = isClusterScoped({ group, kind, namespace }) ? 'cluster' : 'namespace';
    const whitelist = `${scope}ResourceWhitelist`;
    // Without a list of kinds that live in namespaces all of them are permitted, and of the others none.
    const isListed = scope === 'namespace' && !spec.has(whitelist) ? true : isInList(spec.objects(whitelist), group, kind, name);
    return isListed && !isInList(spec.objects(`${scope}ResourceBlacklist`), group, kind, name);
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

function isInList(list: readonly Fields[], group: string, kind: string, name: string): boolean {
  return list.some(item => fitsPlainly(item.string('group') ?? '', group) && fitsPlainly(item.string('kind') ?? '', kind)
    && (!item.has('name') || item.string('name') === '' || fitsPlainly(item.string('name') ?? '', name)));
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
