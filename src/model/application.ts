import { type Fields } from './fields';
import { matchesGlob } from './glob';
import { type Manifest } from './manifest';

/** An Application of ArgoCD. */
export interface Application {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly project?: string;
  readonly destinationNamespace?: string;
  readonly destinationServer?: string;
  readonly destinationName?: string;

  /** `sources`, or `source` where that is empty: ArgoCD reads one or the other (argo-cd v3.5.1 types.go, GetSources). */
  readonly sources: readonly ApplicationSource[];

  /** `Replace=true` and so on, for all its objects. */
  readonly syncOptions: readonly string[];
  readonly prunes: boolean;
  readonly healsItself: boolean;

  /** Whether its objects are deleted with it. */
  readonly cascades: boolean;
  readonly ignored: readonly IgnoredFields[];
}

/** Fields that ArgoCD does not compare: an entry of `ignoreDifferences`. */
interface IgnoredFields {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;

  /** JSON pointers and expressions of jq. */
  readonly paths: readonly string[];
}

/** Where the objects of an Application come from. */
export interface ApplicationSource {
  readonly repository?: string;

  /** Absent for a chart. */
  readonly path?: string;

  /**
   * Whether a tool makes manifests of it: known where the Application says so, or that it is a `directory`. Where it says neither, ArgoCD looks for a
   * kustomization or a chart in it.
   */
  readonly isMade?: boolean;
  readonly recurses: boolean;

  /** Patterns of paths below `path`. */
  readonly include?: string;
  readonly exclude?: string;
}

const CASCADING = /^(post-delete-finalizer|resources-finalizer)\.argocd\.argoproj\.io(\/|$)/;

export function readApplication(manifest: Manifest): Application {
  const { spec } = manifest;
  const policy = spec.object('syncPolicy');
  const automated = policy.object('automated');
  const destination = spec.object('destination');
  const source = spec.optionalObject('source');
  const several = spec.objects('sources');
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    project: spec.string('project'),
    destinationNamespace: destination.string('namespace'),
    destinationServer: destination.string('server'),
    destinationName: destination.string('name'),
    sources: (several.length > 0 ? several : source ? [source] : []).map(readSource),
    syncOptions: policy.strings('syncOptions'),
    prunes: automated.boolean('prune') ?? false,
    healsItself: automated.boolean('selfHeal') ?? false,
    ignored: spec.objects('ignoreDifferences').map(readIgnored),
    cascades: manifest.fields.object('metadata').strings('finalizers').some(finalizer => CASCADING.test(finalizer)),
  };
}

/**
 * Whether an Application says that the status of an object, or a part of it, is not compared.
 *
 * @see argo-cd v3.5.1 util/argo/normalizers/diff_normalizer.go, Match
 */
export function ignoresStatus({ ignored }: Application, { group, kind, namespace, name }: Manifest): boolean {
  return ignored.some(each => matchesGlob(each.group, group) && matchesGlob(each.kind, kind) && (each.namespace ?? namespace) === namespace
    && (each.name ?? name) === name && each.paths.some(path => /^[/.]status\b/.test(path)));
}

function readIgnored(difference: Fields): IgnoredFields {
  return {
    group: difference.string('group') ?? '',
    kind: difference.string('kind') ?? '',
    namespace: difference.string('namespace') || undefined,
    name: difference.string('name') || undefined,
    paths: [...difference.strings('jsonPointers'), ...difference.strings('jqPathExpressions')],
  };
}

function readSource(source: Fields): ApplicationSource {
  const directory = source.object('directory');
  const path = source.string('path');
  return {
    repository: source.string('repoURL'),
    path,
    isMade: ['chart', 'helm', 'kustomize', 'plugin'].some(tool => source.has(tool)) || (source.has('directory') ? false : undefined),
    recurses: directory.boolean('recurse') ?? false,
    include: directory.string('include') || undefined,
    exclude: directory.string('exclude') || undefined,
  };
}
