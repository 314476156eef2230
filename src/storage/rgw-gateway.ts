import { dnsSubdomain, Problem, quantity } from '../findings';
import type { RgwObjectStoreProps } from './rgw-object-store';
import type { CephObjectStoreSpecGateway } from '../kube/ceph.rook.io';
import { asQuantity } from '../kube/object';

/** Cpu and memory of each gateway, as Kubernetes quantities: `500m`, `2`, `1Gi`. Any other text raises an error. */
export interface RgwResources {
  /**
   * Cpu that the scheduler keeps free.
   *
   * @default - none
   */
  readonly cpuRequest?: string;

  /**
   * Memory that the scheduler keeps free.
   *
   * @default - none
   */
  readonly memoryRequest?: string;

  /**
   * Cpu above which a gateway is slowed down.
   *
   * @default - none
   */
  readonly cpuLimit?: string;

  /**
   * Memory above which a gateway is killed, with the uploads that run.
   *
   * @default - none
   */
  readonly memoryLimit?: string;
}

export function wrongPort(port: number | undefined): Problem | undefined {
  return port === undefined || (Number.isInteger(port) && port >= 1 && port <= 65535) ? undefined : {
    what: 'port', got: port, wanted: 'a whole number from 1 to 65535',
  };
}

export function wrongGateway({ instances = 2, port, resources = {}, priorityClassName }: RgwObjectStoreProps): (Problem | undefined)[] {
  return [
    Number.isInteger(instances) && instances >= 1 ? undefined : { what: 'instances', got: instances, wanted: 'a whole number, at least 1' },
    wrongPort(port),
    ...Object.entries(resources).map(([name, amount]) => quantity(`resources.${name}`, amount)),
    priorityClassName === undefined ? undefined : dnsSubdomain('priorityClassName', priorityClassName),
  ];
}

/** The gateways of a store, in the words of Rook. */
export function gatewayOf({ instances = 2, port, tls, resources, priorityClassName }: RgwObjectStoreProps): CephObjectStoreSpecGateway {
  return {
    instances,
    ...tls ? { securePort: port ?? 443, sslCertificateRef: tls.certificateSecretName } : { port: port ?? 80 },
    resources: resources && {
      requests: amounts(resources.cpuRequest, resources.memoryRequest), limits: amounts(resources.cpuLimit, resources.memoryLimit),
    },
    priorityClassName,
  };
}

function amounts(cpu: string | undefined, memory: string | undefined): any {
  const given = Object.entries({ cpu, memory }).flatMap(([name, amount]) => amount === undefined ? [] : [[name, asQuantity(amount)]]);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
