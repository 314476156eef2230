import { Duration } from 'cdk8s';
import type { Affinity, PodSpec, Toleration as KubeToleration } from 'cdk8s-plus-28/lib/imports/k8s';

/** What a taint does to pods that do not tolerate it. */
export enum TaintEffect {
  /** New pods are not placed on the node. */
  NO_SCHEDULE = 'NoSchedule',
  /** New pods are placed elsewhere if possible. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** New pods are not placed on the node and running ones are evicted. */
  NO_EXECUTE = 'NoExecute',
}

/** How a toleration matches a taint. */
export enum TolerationOperator {
  /** Key and value are equal. */
  EQUAL = 'Equal',
  /** The key is there, whatever its value. */
  EXISTS = 'Exists',
}

/** A taint that a pod tolerates. */
export interface Toleration {
  /**
   * Key of the taint.
   *
   * @default - every key; needs the operator `EXISTS`
   */
  readonly key?: string;

  /**
   * How key and value are matched.
   *
   * @default - `EQUAL` with a value, else `EXISTS`
   */
  readonly operator?: TolerationOperator;

  /**
   * Value of the taint. Only with `EQUAL`.
   *
   * @default - none
   */
  readonly value?: string;

  /**
   * Effect of the taint.
   *
   * @default - every effect
   */
  readonly effect?: TaintEffect;

  /**
   * How long a running pod stays after the taint appears, in whole seconds. Only with `NO_EXECUTE`.
   *
   * @default - for ever
   */
  readonly tolerationPeriod?: Duration;
}

/**
 * How the label of a node is compared. These four, and not Kubernetes' `Gt` and `Lt`: Velero places the pods that it makes itself
 * by a label selector, which has no more.
 */
export enum NodeOperator {
  /** The label has one of the values. */
  IN = 'In',
  /** The label has none of the values, or is not there. */
  NOT_IN = 'NotIn',
  /** The label is there. */
  EXISTS = 'Exists',
  /** The label is not there. */
  DOES_NOT_EXIST = 'DoesNotExist',
}

/** A condition on the label of a node. */
export interface NodeRequirement {
  /** Key of the label. */
  readonly key: string;

  /** How it is compared. */
  readonly operator: NodeOperator;

  /**
   * The values. At least one for `IN` and `NOT_IN`, none for the others.
   *
   * @default - none
   */
  readonly values?: string[];
}

/**
 * On which nodes pods run.
 *
 * Given once, it reaches the server, node-agent, the data movers and the repository maintenance Jobs as far as the release can carry it: the
 * priority class of movers and Jobs from 1.17; tolerations reach Jobs up to 1.15 and movers never, from 1.17 except for the two keys that Velero
 * lists (`kubernetes.azure.com/scalesetpriority`, `CriticalAddonsOnly`).
 *
 * Node selector and affinity reach them too, unless they lack a toleration: nodes that are chosen and tainted would never take them. Jobs run on
 * any node then, where `maintenance.nodes` does not say which. Movers cannot: they need a node-agent on their node, so `nodeAgent.dataMoverAffinity`
 * must say where one runs without such a taint.
 */
export interface Placement {
  /**
   * Labels that a node must have.
   *
   * @default - none, beside `kubernetes.io/os: linux`
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Conditions that a node must meet, all of them.
   *
   * @default - none
   */
  readonly nodeAffinity?: NodeRequirement[];

  /**
   * Taints that are tolerated.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Name of the PriorityClass.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
}

/** A label selector over nodes, as Velero's own ConfigMaps have it. */
export interface LoadAffinity {
  readonly nodeSelector: {
    readonly matchLabels?: { [label: string]: string };
    readonly matchExpressions?: NodeRequirement[];
  };
  readonly storageClass?: string;
}

/** Velero's images are Linux images; the server of a cluster with Windows nodes must not land there. */
export function podPlacement(placement: Placement): Pick<PodSpec, 'nodeSelector' | 'affinity' | 'tolerations' | 'priorityClassName'> {
  return {
    nodeSelector: { 'kubernetes.io/os': 'linux', ...placement.nodeSelector },
    affinity: affinity(placement.nodeAffinity),
    // An empty list would be left out by the API server and stay a difference for ArgoCD.
    tolerations: placement.tolerations?.length ? placement.tolerations.map(toleration) : undefined,
    priorityClassName: placement.priorityClassName,
  };
}

/** The same nodes in the form of Velero's ConfigMaps; nothing when every node will do. */
export function loadAffinity({ nodeSelector, nodeAffinity }: Placement): LoadAffinity | undefined {
  const matchLabels = nodeSelector && Object.keys(nodeSelector).length > 0 ? nodeSelector : undefined;
  const matchExpressions = nodeAffinity && nodeAffinity.length > 0 ? nodeAffinity : undefined;
  return matchLabels || matchExpressions ? { nodeSelector: { matchLabels, matchExpressions } } : undefined;
}

function affinity(requirements: NodeRequirement[] = []): Affinity | undefined {
  return requirements.length === 0 ? undefined : {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: requirements }] } },
  };
}

function toleration({ key, operator, value, effect, tolerationPeriod }: Toleration): KubeToleration {
  return { key, operator: operatorOf({ operator, value }), value, effect, tolerationSeconds: tolerationPeriod?.toSeconds({ integral: false }) };
}

/** What a toleration without an operator means. */
export function operatorOf({ operator, value }: Toleration): TolerationOperator {
  return operator ?? (value === undefined ? TolerationOperator.EXISTS : TolerationOperator.EQUAL);
}
