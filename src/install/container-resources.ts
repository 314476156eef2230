import type { ResourceRequirements } from 'cdk8s-plus-28/lib/imports/k8s';
import { Problem, Problems, quantity } from '../findings';
import { core } from '../kube/core';

/**
 * What a container asks for and may use. Kubernetes quantities: `500m`, `2`, `512Mi`, `1Gi`.
 *
 * Raises an error for anything Kubernetes would refuse: a malformed quantity, or a request above its limit.
 */
export interface ContainerResources {
  /**
   * Cpu that the scheduler keeps free for the container.
   *
   * @default - the component's own default
   */
  readonly cpuRequest?: string;

  /**
   * Memory that the scheduler keeps free for the container.
   *
   * @default - the component's own default
   */
  readonly memoryRequest?: string;

  /**
   * Storage of the node that the scheduler keeps free for the container: logs, its writable layer and emptyDirs.
   *
   * @default - none
   */
  readonly ephemeralStorageRequest?: string;

  /**
   * Cpu above which the container is slowed down. `0` takes the component's default limit away.
   *
   * @default - the component's own default
   */
  readonly cpuLimit?: string;

  /**
   * Memory above which the container is killed, and with it the backup that runs. `0` takes the component's default limit away.
   *
   * @default - the component's own default
   */
  readonly memoryLimit?: string;

  /**
   * Storage of the node above which the pod is evicted. Kopia's cache counts: 5 GB for each repository by default.
   *
   * @default - none
   */
  readonly ephemeralStorageLimit?: string;
}

type Key = keyof ContainerResources;

const KEYS: Key[] = ['cpuRequest', 'memoryRequest', 'ephemeralStorageRequest', 'cpuLimit', 'memoryLimit', 'ephemeralStorageLimit'];
const LIMITED: [request: Key, limit: Key][] = [
  ['cpuRequest', 'cpuLimit'],
  ['memoryRequest', 'memoryLimit'],
  ['ephemeralStorageRequest', 'ephemeralStorageLimit'],
];

/** Refuses what the API server, or Velero for the pods that it makes itself, would refuse. */
export function checkResources(problems: Problems, where: string, resources: ContainerResources): void {
  const malformed = KEYS.flatMap(key => quantity(`${where}.${key}`, resources[key]) ?? []);
  problems.add(...malformed);
  if (malformed.length === 0) {
    problems.add(...LIMITED.map(([request, limit]) => aboveLimit(where, resources, request, limit)));
  }
}

/** What the user gave over the component's defaults. A given request above a default limit raises that limit: it was not the user's. */
export function resolveResources(given: ContainerResources | undefined, defaults: ContainerResources): ContainerResources {
  const resolved: { [key in Key]?: string } = { ...defaults, ...given };
  for (const [request, limit] of LIMITED) {
    const asked = given?.[request];
    if (asked !== undefined && given?.[limit] === undefined && resolved[limit] !== undefined && amount(asked) > amount(resolved[limit])) {
      resolved[limit] = asked;
    }
  }
  return resolved;
}

/** As Kubernetes' own type. A limit of nothing is no limit: for a container `0` would be taken at its word. */
export function containerResources(resources: ContainerResources): ResourceRequirements {
  return {
    requests: quantities({ 'cpu': resources.cpuRequest, 'memory': resources.memoryRequest, 'ephemeral-storage': resources.ephemeralStorageRequest }),
    limits: quantities({ 'cpu': resources.cpuLimit, 'memory': resources.memoryLimit, 'ephemeral-storage': resources.ephemeralStorageLimit }),
  };
}

/**
 * A quantity as a number, for comparison only.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function amount(text: string): number {
  const [, digits, suffix] = /^([+-]?[\d.]+)(.*)$/.exec(text) ?? [];
  const power = ['', 'K', 'M', 'G', 'T', 'P', 'E'];
  if (suffix?.endsWith('i')) {
    return Number(digits) * 1024 ** power.indexOf(suffix[0]);
  }
  if (suffix !== undefined && /^[eE][+-]?\d+$/.test(suffix)) {
    return Number(digits + suffix);
  }
  const exponent = { n: -9, u: -6, m: -3, k: 3 }[suffix ?? ''] ?? 3 * power.indexOf(suffix ?? '');
  return Number(digits) * 10 ** exponent;
}

function aboveLimit(where: string, resources: ContainerResources, request: Key, limit: Key): Problem | undefined {
  const asked = resources[request];
  const most = resources[limit];
  if (asked === undefined || most === undefined || amount(most) === 0 || amount(asked) <= amount(most)) {
    return undefined;
  }
  return { what: `${where}.${request}`, got: asked, wanted: `at most its limit, which is ${most}`, next: `raise ${limit} or lower ${request}` };
}

function quantities(given: Record<string, string | undefined>) {
  const set = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined && amount(entry[1]) !== 0);
  return set.length === 0 ? undefined : Object.fromEntries(set.map(([name, text]) => [name, core().Quantity.fromString(text)]));
}
