import type { ResourceRequirements } from 'cdk8s-plus-28/lib/imports/k8s';
import { Problem, Problems, quantity } from '../findings';
import { asQuantity } from '../kube/object';

/**
 * What a container asks for and may use. Kubernetes quantities: `500m`, `2`, `512Mi`, `1Gi`.
 *
 * Raises an error for anything Kubernetes would refuse: a malformed quantity, or a request above its limit.
 */
export interface ContainerResources {
  /**
   * Cpu that the scheduler keeps free for the container. `0` keeps none.
   *
   * @default - the component's own default, at most the given limit
   */
  readonly cpuRequest?: string;

  /**
   * Memory that the scheduler keeps free for the container. `0` keeps none.
   *
   * @default - the component's own default, at most the given limit
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
   * @default - the component's own default, at least the given request
   */
  readonly cpuLimit?: string;

  /**
   * Memory above which the container is killed, and with it the backup that runs. `0` takes the component's default limit away.
   *
   * @default - the component's own default, at least the given request
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

/**
 * What the user gave over the component's defaults.
 *
 * A default gives way to what was given of the other: a given request above the default limit raises that limit, a given limit below the default
 * request lowers that request. The API server refuses a pod whose request is above its limit.
 */
export function resolveResources(given: ContainerResources = {}, defaults: ContainerResources): ContainerResources {
  const resolved: { [key in Key]?: string } = { ...defaults };
  for (const key of KEYS) {
    resolved[key] = given[key] ?? defaults[key];
  }
  for (const [request, limit] of LIMITED) {
    if (aboveLimit('', resolved, request, limit)) {
      const [lasting, yielding] = given[limit] === undefined ? [request, limit] : [limit, request];
      resolved[yielding] = resolved[lasting];
    }
  }
  return resolved;
}

/**
 * As Kubernetes' own type.
 *
 * A limit of nothing is no limit: for a container `0` would be taken at its word. A request of nothing is written out: Kubernetes takes the limit for
 * the request where none is.
 */
export function containerResources(resources: ContainerResources): ResourceRequirements {
  const { cpuLimit, memoryLimit, ephemeralStorageLimit } = resources;
  return {
    requests: quantities({ 'cpu': resources.cpuRequest, 'memory': resources.memoryRequest, 'ephemeral-storage': resources.ephemeralStorageRequest }),
    limits: quantities({ 'cpu': unlessZero(cpuLimit), 'memory': unlessZero(memoryLimit), 'ephemeral-storage': unlessZero(ephemeralStorageLimit) }),
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
  const set = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return set.length === 0 ? undefined : Object.fromEntries(set.map(([name, text]) => [name, asQuantity(text)]));
}

function unlessZero(limit: string | undefined): string | undefined {
  return limit === undefined || amount(limit) === 0 ? undefined : limit;
}
