import { EmittedChart, EmittedObject } from './emitted';
import { SyncWindow } from './sync-windows';
import { GENERATED } from '../model/argocd';
import { Scopes } from '../model/cluster-scope';

/** A kind that Applications may deliver. */
export interface PermittedKind {
  /**
   * The group of its API, without the version: `batch`.
   *
   * @default - the core group
   */
  readonly group?: string;

  /** The kind: `CronJob`. */
  readonly kind: string;

  /**
   * Whether its objects belong to the whole cluster.
   *
   * @default false
   */
  readonly clusterScoped?: boolean;
}

/** What an AppProject is made of. */
export interface ProjectContents {
  readonly repository: string;
  readonly destination: { readonly server?: string; readonly name?: string };

  /** That the Applications name, and what is permitted beside the emitted. */
  readonly namespaces: readonly string[];
  readonly kinds: readonly PermittedKind[];
  readonly syncWindows: readonly SyncWindow[];

  /** Which kinds belong to the whole cluster. One that nobody knows is permitted as both. */
  readonly scopes: Scopes;
}

/**
 * The spec of an AppProject that permits what is emitted, and nothing else.
 *
 * @see argo-cd v3.5.1 pkg/apis/application/v1alpha1/app_project_types.go, IsGroupKindNamePermitted
 */
export function projectSpec(charts: readonly EmittedChart[], contents: ProjectContents): object {
  const { repository, destination, namespaces, kinds, syncWindows, scopes } = contents;
  const objects = charts.flatMap(chart => chart.objects);
  const permitted: PermittedKind[] = [
    ...objects.flatMap(object => scopes.of(object).map(scope => ({ ...object, clusterScoped: scope === 'Cluster' }))), ...kinds,
  ];
  const inNamespaces = objects.filter(object => object.namespace !== '' && scopes.of(object).includes('Namespaced'));
  const all = new Set([...namespaces, ...inNamespaces.map(({ namespace }) => namespace)]);
  return {
    description: `The backups of the cluster, and nothing else. ${GENERATED}`,
    sourceRepos: [repository],
    destinations: [...all].sort().map(namespace => ({ ...destination, namespace })),
    clusterResourceWhitelist: listed(permitted.filter(({ clusterScoped }) => clusterScoped)),
    namespaceResourceWhitelist: listed(permitted.filter(({ clusterScoped }) => !clusterScoped)),
    syncWindows: syncWindows.length > 0 ? syncWindows : undefined,
  };
}

/**
 * The namespace of objects that name none, which ArgoCD wants to know and a project must permit: where the locations or the schedules are.
 */
export function homeOf(charts: readonly EmittedChart[]): string {
  const objects = charts.flatMap(chart => chart.objects).filter(({ namespace }) => namespace !== '');
  return (objects.find(({ group }) => group === 'velero.io') ?? objects[0] as EmittedObject | undefined)?.namespace ?? 'velero';
}

function listed(kinds: readonly PermittedKind[]): { readonly group: string; readonly kind: string }[] {
  const names = new Set(kinds.map(({ group = '', kind }) => `${group}/${kind}`));
  return [...names].sort().map(name => ({ group: name.slice(0, name.lastIndexOf('/')), kind: name.slice(name.lastIndexOf('/') + 1) }));
}
