import { dnsLabel, dnsSubdomain, Problem } from '../findings';
import { exampleOf, fits, isPattern } from './patterns';

/**
 * Whether a namespace is a pattern that not every release has; `*` alone is none, every release takes it for "all".
 */
export function isGlob(namespace: string): boolean {
  return namespace !== '*' && isPattern(namespace);
}

/** What is wrong with one namespace of a filter. */
export function checkNamespace(what: string, namespace: string): Problem | undefined {
  if (!isPattern(namespace)) {
    return dnsLabel(what, namespace);
  }
  const example = exampleOf(namespace);
  return example !== undefined && !dnsLabel(what, example) ? undefined : {
    what, got: namespace, wanted: 'a namespace, or a pattern of one with "*", "?" and sets such as "[abc]", without "**"',
  };
}

/**
 * What is wrong with kinds of resources. Velero keeps one that it cannot resolve and finds nothing of it, without a word.
 *
 * @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/util/collections/includes_excludes.go#L273-L292
 */
export function checkKinds(what: string, kinds: string[] | undefined): (Problem | undefined)[] {
  return kinds ? kinds.map(kind => isKind(kind) ? undefined : {
    what, got: kind, wanted: 'kinds of resources, such as pods or deployments.apps, patterns of them, or "*"',
  }) : [];
}

/** Upper case is taken because Kubernetes takes it: discovery finds `Pod` as well as `pods`. */
function isKind(kind: string): boolean {
  const example = exampleOf(kind.toLowerCase());
  return example !== undefined && dnsSubdomain('kind', example) === undefined;
}

/**
 * What is wrong with a pair of lists of namespaces.
 *
 * @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/util/collections/includes_excludes.go#L586-L633
 */
export function checkNamespaces(included: string[] | undefined, excluded: string[] | undefined): (Problem | undefined)[] {
  return [
    ...checkPair('includedNamespaces', included, 'excludedNamespaces', excluded),
    ...(included ?? []).map(namespace => checkNamespace('includedNamespaces', namespace)),
    ...(excluded ?? []).filter(namespace => namespace !== '*').map(namespace => checkNamespace('excludedNamespaces', namespace)),
  ];
}

/** What a backup can say about kinds of resources. */
export interface ResourceFilterLists {
  readonly includedResources?: string[];
  readonly excludedResources?: string[];
  readonly includeClusterResources?: boolean;
  readonly includedClusterScopedResources?: string[];
  readonly excludedClusterScopedResources?: string[];
  readonly includedNamespaceScopedResources?: string[];
  readonly excludedNamespaceScopedResources?: string[];
}

const OLD: (keyof ResourceFilterLists)[] = ['includedResources', 'excludedResources', 'includeClusterResources'];
const NEW: (keyof ResourceFilterLists)[] = [
  'includedClusterScopedResources', 'excludedClusterScopedResources', 'includedNamespaceScopedResources', 'excludedNamespaceScopedResources',
];
const ALL = [...OLD, ...NEW];
const LISTS = ALL.filter((key): key is Exclude<keyof ResourceFilterLists, 'includeClusterResources'> => key !== 'includeClusterResources');

/** The filters of the older kind that are set; they go with none of the newer kind. */
export function oldFilters(lists: ResourceFilterLists): string[] {
  return OLD.filter(key => lists[key] !== undefined);
}

/**
 * What is wrong with the lists of resources.
 *
 * @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/controller/backup_controller.go#L518-L560
 */
export function checkResources(lists: ResourceFilterLists): (Problem | undefined)[] {
  if (ALL.every(key => lists[key] === undefined)) {
    return [];
  }
  const older = oldFilters(lists);
  const newer = NEW.filter(key => lists[key] !== undefined);
  const mixed = older.length === 0 || newer.length === 0 ? undefined : {
    what: 'resource filters',
    got: [...older, ...newer],
    wanted: 'older or newer ones: Velero refuses a backup with both',
    next: `keep ${older.join(', ')} or keep ${newer.join(', ')}`,
  };
  return [
    mixed,
    ...checkPair('includedResources', lists.includedResources, 'excludedResources', lists.excludedResources),
    ...checkScopedPair(
      'includedClusterScopedResources', lists.includedClusterScopedResources,
      'excludedClusterScopedResources', lists.excludedClusterScopedResources,
    ),
    ...checkScopedPair(
      'includedNamespaceScopedResources', lists.includedNamespaceScopedResources,
      'excludedNamespaceScopedResources', lists.excludedNamespaceScopedResources,
    ),
    ...LISTS.flatMap(key => checkKinds(key, lists[key])),
  ];
}

/**
 * The list that leaves pods out of a backup, if one does.
 *
 * Without pods no file of a volume is read and no hook runs: Velero does both while it saves a pod. It looks up the claims and volumes
 * itself, so that they need not be among the saved kinds.
 *
 * @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/backup/item_backupper.go#L234-L312
 */
export function listWithoutPods(lists: ResourceFilterLists): keyof ResourceFilterLists | undefined {
  const includes = (['includedResources', 'includedNamespaceScopedResources'] as const).find(key => lists[key] && !lists[key].some(isPods));
  return includes ?? (['excludedResources', 'excludedNamespaceScopedResources'] as const).find(key => lists[key]?.some(isPods));
}

/** Whether a kind stands for pods, by any name that Kubernetes has for them. */
export function isPods(kind: string): boolean {
  return /^(po|pods?)$/i.test(kind) || fits('pods', kind);
}

/** Namespaces and the older resource filters: all may be included but not excluded. */
function checkPair(includes: string, included: string[] | undefined, excludes: string, excluded: string[] | undefined): (Problem | undefined)[] {
  return [
    empty(includes, included),
    empty(excludes, excluded),
    alone(includes, included),
    excluded?.includes('*') ? { what: excludes, got: excluded, wanted: 'no "*": such a backup would hold nothing' } : undefined,
    both(includes, included, excludes, excluded),
  ];
}

/** The newer resource filters: all may be excluded when nothing is included. */
function checkScopedPair(
  includes: string, included: string[] | undefined, excludes: string, excluded: string[] | undefined,
): (Problem | undefined)[] {
  return [
    empty(includes, included),
    empty(excludes, excluded),
    alone(includes, included),
    alone(excludes, excluded),
    included && excluded?.includes('*') ? { what: includes, got: included, wanted: `nothing beside ${excludes} "*"` } : undefined,
    both(includes, included, excludes, excluded),
  ];
}

/** Velero takes an empty list for "all", which is rarely what an empty list was meant to say. */
function empty(what: string, got: string[] | undefined): Problem | undefined {
  return got?.length === 0 ? { what, got, wanted: 'at least one item', next: 'leave it out to filter nothing' } : undefined;
}

function alone(what: string, got: string[] | undefined): Problem | undefined {
  return got && got.length > 1 && got.includes('*') ? { what, got, wanted: '"*" alone or a list without it' } : undefined;
}

function both(includes: string, included: string[] | undefined, excludes: string, excluded: string[] | undefined): Problem | undefined {
  const common = included && excluded ? included.filter(item => excluded.includes(item)) : [];
  return common.length > 0 ? {
    what: `${includes} and ${excludes}`, got: common, wanted: 'each item in one of them: Velero refuses a backup with both',
  } : undefined;
}
