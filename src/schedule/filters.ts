import { dnsLabel, Problem } from '../findings';

/** Characters that make a namespace a pattern. */
const GLOB = /[*?[\]]/;
/** A set of characters in a pattern, the only place where a bracket may stand. */
const CHARACTER_SET = /\[[-a-z0-9]+\]/g;

/**
 * Whether a namespace is a pattern; `*` alone is none, every release takes it for "all".
 */
export function isGlob(namespace: string): boolean {
  return namespace !== '*' && GLOB.test(namespace);
}

/**
 * What is wrong with one namespace of a filter.
 *
 * @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/util/wildcard/expand.go#L70-L90
 */
export function checkNamespace(what: string, namespace: string): Problem | undefined {
  if (!GLOB.test(namespace)) {
    return dnsLabel(what, namespace);
  }
  const plain = namespace.replace(CHARACTER_SET, 'x');
  const fine = !/[[\]]|\*\*/.test(plain) && !dnsLabel(what, plain.replace(/[*?]/g, 'x'));
  return fine ? undefined : {
    what, got: namespace, wanted: 'a namespace, or a pattern of one with "*", "?" and sets such as "[abc]", without "**"',
  };
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
  ];
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
