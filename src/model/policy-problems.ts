import { CAPABILITIES, type Capability, tables, type VeleroRelease, type VolumePolicyKey } from '../versions';
import { type VolumePolicy } from './config-map';
import { isJson } from './fields';
import { capacityBounds } from './volume-policy';

/** Why Velero refuses a volume policy, or why a part of it means nothing. */
export interface PolicyProblem {
  /** From the root of the YAML: `volumePolicies[0].action.type`. */
  readonly path: string;
  readonly got?: unknown;
  readonly wanted: string;

  /** What it could have been, where the names are known. */
  readonly candidates?: readonly string[];
}

/** What is wrong with the YAML of a policy for a release; for any release where that is not known. */
export function policyProblems({ fields }: VolumePolicy, release: VeleroRelease | undefined): PolicyProblem[] {
  const { json } = fields;
  const version = json.version === undefined || json.version === null ? [{ path: 'version', wanted: 'v1: Velero refuses a policy without a version' }] : [];
  return [
    ...version,
    ...keyProblems(json, '', '', release),
    ...itemsOf(json.volumePolicies).flatMap((rule, index) => ruleProblems(rule, `volumePolicies[${index}]`)),
    ...listProblems(json.includeExcludePolicy),
    ...filterProblems(json.clusterScopedFilterPolicy, 'clusterScopedFilterPolicy', ['resourceFilters']),
    ...itemsOf(json.namespacedFilterPolicies).flatMap((policy, index) => filterProblems(policy, `namespacedFilterPolicies[${index}]`, ['namespaces', 'resourceFilters'])),
  ];
}

function keyProblems(value: unknown, name: string, path: string, release: VeleroRelease | undefined): PolicyProblem[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => keyProblems(item, name, `${path}[${index}]`, release));
  }
  const known = isJson(value) ? childrenOf(name) : undefined;
  const given = Object.entries(known === undefined ? {} : value as object).filter(([, child]) => child !== undefined && child !== null);
  return given.flatMap(([key, child]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const row = known!.get(key);
    return row === undefined
      ? [{ path: at, wanted: `a key that a policy has here: ${[...known!.keys()].join(', ')}`, candidates: [...known!.keys()] }]
      : [...needed(row.needs, at, undefined, release), ...valueProblems(row, child, at, release), ...keyProblems(child, row.name, at, release)];
  });
}

function needed(capability: Capability | undefined, path: string, got: unknown, release: VeleroRelease | undefined): PolicyProblem[] {
  return capability === undefined || release === undefined || release.has(capability) ? [] : [{
    path, got, wanted: `Velero >= ${CAPABILITIES[capability].since} for ${CAPABILITIES[capability].description}: ${release.version} refuses the policy`,
  }];
}

function valueProblems({ name, values }: VolumePolicyKey, value: unknown, path: string, release: VeleroRelease | undefined): PolicyProblem[] {
  if (values === undefined) {
    return [];
  }
  const custom = name === 'volumePolicies.action.type' && value === 'custom';
  const others = (Array.isArray(value) ? value : [value]).filter(each => !values.includes(each));
  return [
    ...(custom ? needed('volume-policy-custom-action', path, value, release) : []),
    ...others.map(got => ({ path, got, wanted: values.length > 8 ? `a type that Velero knows, such as ${EXAMPLES.join(', ')}: no volume is of another` : values.join(' or '), candidates: values })),
  ];
}

const EXAMPLES = ['emptyDir', 'hostPath', 'nfs', 'csi'];

function ruleProblems(rule: unknown, path: string): PolicyProblem[] {
  const { conditions, action } = isJson(rule) ? rule : {};
  const { capacity, csi } = isJson(conditions) ? conditions : {};
  const type = isJson(action) ? action.type : undefined;
  const attributes = isJson(csi) && isJson(csi.volumeAttributes) && !csi.driver;
  return [
    ...(type === undefined || type === null ? [{ path: `${path}.action.type`, wanted: 'skip, fs-backup or snapshot: a rule must say what becomes of the volume' }] : []),
    ...(capacity === undefined || capacity === null || capacity === '' ? [] : capacityProblems(`${path}.conditions.capacity`, String(capacity))),
    ...(attributes ? [{ path: `${path}.conditions.csi.driver`, wanted: 'the driver whose volumeAttributes are meant' }] : []),
  ];
}

function capacityProblems(path: string, got: string): PolicyProblem[] {
  const bounds = capacityBounds(got);
  if (bounds === undefined) {
    return [{ path, got, wanted: 'two quantities with a comma between them, of which one may be left out: "10Gi,100Gi"' }];
  }
  const [lower, upper] = bounds;
  return upper >= lower || upper === 0 ? [] : [{ path, got, wanted: 'the smaller one first' }];
}

/** Of an includeExcludePolicy. */
function listProblems(policy: unknown): PolicyProblem[] {
  return !isJson(policy) ? [] : ['ClusterScopedResources', 'NamespaceScopedResources'].flatMap(scope => {
    const [included, excluded] = [`included${scope}`, `excluded${scope}`].map(key => textsOf(policy[key]));
    const path = `includeExcludePolicy.excluded${scope}`;
    return [
      ...([...included, ...excluded].includes('*') ? [{ path: 'includeExcludePolicy', got: '*', wanted: 'names of resources: a policy knows no star' }] : []),
      ...excluded.filter(name => included.includes(name)).map(got => ({ path, got, wanted: `what included${scope} does not name too` })),
    ];
  });
}

function filterProblems(policy: unknown, path: string, lists: readonly string[]): PolicyProblem[] {
  if (!isJson(policy)) {
    return [];
  }
  return lists.filter(list => !Array.isArray(policy[list]) || (policy[list] as unknown[]).length === 0)
    .map(list => ({ path: `${path}.${list}`, wanted: 'at least one entry: Velero refuses a filter policy without' }));
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): readonly string[] {
  return itemsOf(value).filter(item => typeof item === 'string');
}

let children: ReadonlyMap<string, ReadonlyMap<string, VolumePolicyKey>> | undefined;

/** The keys below one, by their last part; nothing below what holds names of the user's. */
function childrenOf(name: string): ReadonlyMap<string, VolumePolicyKey> | undefined {
  children ??= readChildren();
  return children.get(name);
}

function readChildren(): Map<string, Map<string, VolumePolicyKey>> {
  const all = new Map<string, Map<string, VolumePolicyKey>>();
  for (const key of tables.volumePolicies().VOLUME_POLICY_KEYS) {
    const dot = key.name.lastIndexOf('.');
    const parent = key.name.slice(0, Math.max(dot, 0));
    all.set(parent, (all.get(parent) ?? new Map<string, VolumePolicyKey>()).set(key.name.slice(dot + 1), key));
  }
  return all;
}
