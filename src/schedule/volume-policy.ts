import { Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { Declarations, dnsLabel, dnsSubdomain, Problem, Problems } from '../findings';
import { kubeObject } from '../kube/object';
import { Capability } from '../versions';
import {
  checkClusterScopedFilterPolicy, checkIncludeExcludePolicy, checkNamespacedFilterPolicies, ClusterScopedFilterPolicy, IncludeExcludePolicy,
  NamespacedFilterPolicy, renderFilters,
} from './resource-filter';
import { VOLUME_POLICY } from './volume-policy-shape';
import { checkRule, matchesAll, needsOfRule, renderRule, VolumeRule } from './volume-rule';

const TYPE = 'VolumePolicy';

/**
 * Rules that tell how volumes are saved, in a ConfigMap that schedules refer to.
 */
export interface IVolumePolicy {
  /** Name of the ConfigMap. */
  readonly configMapName: string;

  /** Namespace of the ConfigMap: Velero's own. */
  readonly namespace: string;

  /** Whether it also filters kinds of resources, which goes with none of a schedule's older resource filters. */
  readonly filtersResources: boolean;
}

/**
 * Properties of a VolumePolicy.
 */
export interface VolumePolicyProps {
  /**
   * Namespace of Velero, which reads the ConfigMap nowhere else.
   *
   * @default 'velero'
   */
  readonly namespace?: string;

  /**
   * Name of the ConfigMap.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Rules for volumes, in order: the first whose conditions all hold decides. Volumes that no rule is for are treated as the schedule says.
   *
   * A rule after one without conditions is refused: it would never be looked at.
   *
   * @default - none
   */
  readonly rules?: VolumeRule[];

  /**
   * Kinds of resources that are saved. Velero >= 1.17.
   *
   * @default - none
   */
  readonly includeExcludePolicy?: IncludeExcludePolicy;

  /**
   * Which cluster-scoped objects are saved. Velero >= 1.18.3.
   *
   * @default - none
   */
  readonly clusterScopedFilterPolicy?: ClusterScopedFilterPolicy;

  /**
   * Which objects of some namespaces are saved. Velero >= 1.18.3.
   *
   * @default - none
   */
  readonly namespacedFilterPolicies?: NamespacedFilterPolicy[];
}

/**
 * What an existing ConfigMap is known to hold.
 */
export interface VolumePolicyAttributes {
  /**
   * Namespace of the ConfigMap: Velero's own.
   *
   * @default 'velero'
   */
  readonly namespace?: string;

  /**
   * Whether it also filters kinds of resources.
   *
   * @default false
   */
  readonly filtersResources?: boolean;
}

/**
 * Rules that tell how volumes are saved, as the ConfigMap that Velero reads.
 *
 * Velero fails the whole backup when it does not know a field of it, so what not every release has is checked against the VeleroInstall.
 *
 * @see https://velero.io/docs/main/resource-filtering/#resource-policies
 */
export class VolumePolicy extends Construct implements IVolumePolicy {
  /**
   * A policy that something else puts into the cluster.
   *
   * @param configMapName name of the ConfigMap
   */
  public static fromConfigMapName(
    scope: Construct, id: string, configMapName: string, attributes: VolumePolicyAttributes = {},
  ): IVolumePolicy {
    return new ExistingVolumePolicy(scope, id, configMapName, attributes);
  }

  /** Name of the ConfigMap. */
  public readonly configMapName: string;

  /** Namespace of the ConfigMap. */
  public readonly namespace: string;

  /** Whether it also filters kinds of resources. */
  public readonly filtersResources: boolean;

  /**
   * @throws when there is nothing in it, or something that Velero refuses or never looks at
   */
  public constructor(scope: Construct, id: string, props: VolumePolicyProps) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(...VOLUME_POLICY.problems(props ? '' : 'props', props));
    problems.refuse();
    this.configMapName = props.name ?? id;
    this.namespace = props.namespace ?? 'velero';
    this.filtersResources = [props.includeExcludePolicy, props.clusterScopedFilterPolicy, props.namespacedFilterPolicies].some(isGiven);

    problems.add(dnsSubdomain('name', this.configMapName), dnsLabel('namespace', this.namespace), ...checkPolicy(props));
    problems.refuse();

    const declarations = Declarations.of(this);
    declarations.claim(this, 'ConfigMap', this.namespace, this.configMapName);
    needsOf(props).forEach(([what, capability]) => declarations.need(this, TYPE, this.namespace, what, capability));

    kubeObject(this, 'Resource', 'ConfigMap', {
      metadata: deliver('VolumePolicy', { name: this.configMapName, namespace: this.namespace }),
      data: { 'policy.yaml': renderPolicy(props) },
    });
  }
}

class ExistingVolumePolicy extends Construct implements IVolumePolicy {
  public readonly configMapName: string;
  public readonly namespace: string;
  public readonly filtersResources: boolean;

  public constructor(scope: Construct, id: string, configMapName: string, attributes: VolumePolicyAttributes) {
    super(scope, id);
    this.configMapName = configMapName;
    this.namespace = attributes.namespace ?? 'velero';
    this.filtersResources = attributes.filtersResources ?? false;
    const problems = Problems.of(this, TYPE);
    problems.add(dnsSubdomain('configMapName', configMapName), dnsLabel('namespace', this.namespace));
    problems.refuse();
  }
}

function isGiven(policy: unknown): boolean {
  return policy !== undefined;
}

function checkPolicy(props: VolumePolicyProps): (Problem | undefined)[] {
  const { rules = [], includeExcludePolicy, clusterScopedFilterPolicy, namespacedFilterPolicies } = props;
  const others = [includeExcludePolicy, clusterScopedFilterPolicy, namespacedFilterPolicies].some(isGiven);
  return [
    rules.length > 0 || others ? undefined : { what: 'rules', got: rules, wanted: 'at least one rule', next: 'leave the policy out' },
    ...rules.flatMap((rule, index) => checkRule(`rules[${index}]`, rule)),
    unreachable(rules),
    ...includeExcludePolicy ? checkIncludeExcludePolicy(includeExcludePolicy) : [],
    ...clusterScopedFilterPolicy ? checkClusterScopedFilterPolicy(clusterScopedFilterPolicy) : [],
    ...namespacedFilterPolicies ? checkNamespacedFilterPolicies(namespacedFilterPolicies) : [],
  ];
}

function unreachable(rules: VolumeRule[]): Problem | undefined {
  const last = rules.findIndex(matchesAll);
  return last === -1 || last === rules.length - 1 ? undefined : {
    what: `rules[${last}]`,
    wanted: `conditions, or to be the last: without any it is for all volumes, and Velero never looks at rules[${last + 1}]`,
    next: 'move it to the end',
  };
}

function needsOf(props: VolumePolicyProps): [string, Capability][] {
  const needs: [string, Capability][] = (props.rules ?? []).flatMap((rule, index) => needsOfRule(`rules[${index}]`, rule));
  const sections: [string, unknown, Capability][] = [
    ['includeExcludePolicy', props.includeExcludePolicy, 'volume-policy-include-exclude'],
    ['clusterScopedFilterPolicy', props.clusterScopedFilterPolicy, 'volume-policy-resource-filters'],
    ['namespacedFilterPolicies', props.namespacedFilterPolicies, 'volume-policy-resource-filters'],
  ];
  sections.filter(([, section]) => isGiven(section)).forEach(([what, , capability]) => needs.push([what, capability]));
  return needs;
}

function renderPolicy({ rules, includeExcludePolicy, clusterScopedFilterPolicy, namespacedFilterPolicies }: VolumePolicyProps): string {
  const policy = {
    version: 'v1',
    volumePolicies: rules?.map(renderRule),
    includeExcludePolicy,
    clusterScopedFilterPolicy: clusterScopedFilterPolicy && { resourceFilters: renderFilters(clusterScopedFilterPolicy.resourceFilters) },
    namespacedFilterPolicies: namespacedFilterPolicies?.map(({ namespaces, resourceFilters }) => ({
      namespaces, resourceFilters: renderFilters(resourceFilters),
    })),
  };
  // The copy has neither undefined fields, which YAML would write as null, nor shared lists, which it would write as aliases.
  return Yaml.stringify(JSON.parse(JSON.stringify(policy)));
}
