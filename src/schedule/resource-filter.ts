import { Problem } from '../findings';
import { checkKinds, checkNamespace, checkResources } from './filters';
import { checkSelector, LabelSelector } from './label-selector';

/**
 * Kinds of resources for every backup that refers to the policy. The fields mean what those of a schedule mean; `*` is refused.
 *
 * Goes with no includedResources, excludedResources and includeClusterResources of a schedule.
 */
export interface IncludeExcludePolicy {
  /**
   * Cluster-scoped kinds to include.
   *
   * @default - what the schedule says
   */
  readonly includedClusterScopedResources?: string[];

  /**
   * Cluster-scoped kinds to exclude.
   *
   * @default - what the schedule says
   */
  readonly excludedClusterScopedResources?: string[];

  /**
   * Kinds in namespaces to include.
   *
   * @default - what the schedule says
   */
  readonly includedNamespaceScopedResources?: string[];

  /**
   * Kinds in namespaces to exclude.
   *
   * @default - what the schedule says
   */
  readonly excludedNamespaceScopedResources?: string[];
}

/**
 * Which objects of some kinds are saved.
 */
export interface ResourceFilter {
  /**
   * The kinds, such as `configmaps`. Each kind in one filter only; `*` alone is for all kinds that no other filter names.
   *
   * @default - all kinds that no other filter names
   */
  readonly kinds?: string[];

  /**
   * Labels of the objects. Not with orLabelSelectors.
   *
   * @default - any
   */
  readonly labelSelector?: LabelSelector;

  /**
   * Selectors of which one must hold. Not with labelSelector.
   *
   * @default - any
   */
  readonly orLabelSelectors?: LabelSelector[];

  /**
   * Names, or patterns of names. Only with kinds.
   *
   * @default - any
   */
  readonly names?: string[];

  /**
   * Names, or patterns of names, of what is not saved. Only with kinds.
   *
   * @default - none
   */
  readonly excludedNames?: string[];
}

/**
 * Which cluster-scoped objects are saved.
 */
export interface ClusterScopedFilterPolicy {
  /** Filters; at least one, and each names its kinds. */
  readonly resourceFilters: ResourceFilter[];
}

/**
 * Which objects of some namespaces are saved.
 */
export interface NamespacedFilterPolicy {
  /** Namespaces or patterns of namespaces; at least one, and each in one policy only. */
  readonly namespaces: string[];

  /** Filters; at least one, of which one may be for all other kinds. */
  readonly resourceFilters: ResourceFilter[];
}

/** @see https://github.com/velero-io/velero/blob/v1.18.3/internal/resourcepolicies/resource_policies.go#L134-L156 */
export function checkIncludeExcludePolicy(policy: IncludeExcludePolicy): (Problem | undefined)[] {
  const lists = Object.entries(policy).filter(([, list]) => list !== undefined);
  return [
    lists.length > 0 ? undefined : { what: 'includeExcludePolicy', got: policy, wanted: 'at least one list', next: 'leave it out' },
    ...lists.map(([name, list]) => list.includes('*') ? { what: `includeExcludePolicy.${name}`, got: list, wanted: 'no "*"' } : undefined),
    ...checkResources(policy).map(problem => problem && { ...problem, what: `includeExcludePolicy.${problem.what}` }),
  ];
}

/** @see https://github.com/velero-io/velero/blob/v1.18.3/internal/resourcepolicies/resource_policies.go#L640-L700 */
export function checkClusterScopedFilterPolicy({ resourceFilters }: ClusterScopedFilterPolicy): (Problem | undefined)[] {
  const at = 'clusterScopedFilterPolicy.resourceFilters';
  return [
    ...checkFilters(at, resourceFilters),
    ...resourceFilters.map((filter, index) => forAllKinds(filter) ? {
      what: `${at}[${index}].kinds`, got: filter.kinds, wanted: 'the kinds: here a filter cannot be for all',
    } : undefined),
  ];
}

/** @see https://github.com/velero-io/velero/blob/v1.18.3/internal/resourcepolicies/resource_policies.go#L543-L637 */
export function checkNamespacedFilterPolicies(policies: NamespacedFilterPolicy[]): (Problem | undefined)[] {
  const namespaces = policies.flatMap(policy => policy.namespaces);
  const repeated = namespaces.filter((namespace, index) => namespaces.indexOf(namespace) !== index);
  return [
    policies.length > 0 ? undefined : { what: 'namespacedFilterPolicies', got: policies, wanted: 'at least one policy', next: 'leave it out' },
    repeated.length === 0 ? undefined : { what: 'namespacedFilterPolicies', got: repeated, wanted: 'each namespace once' },
    ...policies.flatMap((policy, index) => checkNamespacedFilterPolicy(`namespacedFilterPolicies[${index}]`, policy)),
  ];
}

function checkNamespacedFilterPolicy(at: string, { namespaces, resourceFilters }: NamespacedFilterPolicy): (Problem | undefined)[] {
  return [
    namespaces.length > 0 ? undefined : { what: `${at}.namespaces`, got: namespaces, wanted: 'at least one namespace' },
    ...namespaces.map(namespace => checkNamespace(`${at}.namespaces`, namespace)),
    ...checkFilters(`${at}.resourceFilters`, resourceFilters),
    resourceFilters.filter(forAllKinds).length < 2 ? undefined : {
      what: `${at}.resourceFilters`, got: resourceFilters.filter(forAllKinds), wanted: 'at most one filter for all other kinds',
    },
    ...resourceFilters.map((filter, index) => forAllKinds(filter) && (filter.names || filter.excludedNames) ? {
      what: `${at}.resourceFilters[${index}]`, got: filter, wanted: 'no names without kinds',
    } : undefined),
  ];
}

function checkFilters(at: string, filters: ResourceFilter[]): (Problem | undefined)[] {
  const kinds = filters.flatMap(filter => filter.kinds ?? []).filter(kind => kind !== '*');
  const repeated = kinds.filter((kind, index) => kinds.indexOf(kind) !== index);
  return [
    filters.length > 0 ? undefined : { what: at, got: filters, wanted: 'at least one filter' },
    repeated.length === 0 ? undefined : { what: at, got: repeated, wanted: 'each kind in one filter' },
    ...filters.flatMap((filter, index) => [
      ...checkKinds(`${at}[${index}].kinds`, filter.kinds),
      filter.labelSelector && filter.orLabelSelectors ? {
        what: `${at}[${index}]`, got: ['labelSelector', 'orLabelSelectors'], wanted: 'one of them',
      } : undefined,
      ...checkSelector(`${at}[${index}].labelSelector`, filter.labelSelector),
      ...(filter.orLabelSelectors ?? []).flatMap((selector, position) => checkSelector(`${at}[${index}].orLabelSelectors[${position}]`, selector)),
    ]),
  ];
}

function forAllKinds({ kinds = [] }: ResourceFilter): boolean {
  return kinds.length === 0 || (kinds.length === 1 && kinds[0] === '*');
}

/** Filters as items of the ConfigMap; `kinds` is a list to Velero even when there is none. */
export function renderFilters(filters: ResourceFilter[]): any[] {
  return filters.map(filter => ({ ...filter, kinds: filter.kinds ?? ['*'] }));
}
