import type { EnvVar, HostAlias as KubeHostAlias, Probe, SecurityContext, Volume, VolumeMount } from 'cdk8s-plus-28/lib/imports/k8s';
import { WorkloadOptions } from './workload-options';
import { asIntOrString } from '../kube/object';
import { IObjectStoreKeys } from '../storage/object-store-keys';

/** Where Velero serves metrics when nothing else is said. */
export const METRICS_PORT = 8085;

/** Every object of an install. Not `app.kubernetes.io/instance`: ArgoCD tracks by it and would prune what carries it. */
export const LABELS = { 'component': 'velero', 'app.kubernetes.io/name': 'velero' };

/** The home of the images' own user, so that programs that ask the system and not HOME end up in the same place. */
const HOME = '/home/cnb';

/**
 * What both programs write beside their data: kopia's configuration and cache under HOME, credentials and downloads under /tmp, restic's cache
 * under /scratch. With a read-only root each needs a volume: kopia fails with "mkdir /home/cnb/udmrepo: read-only file system" otherwise.
 */
export const WRITABLE: { volumes: Volume[]; mounts: VolumeMount[] } = {
  volumes: ['scratch', 'home', 'tmp'].map(name => ({ name, emptyDir: {} })),
  mounts: [
    { name: 'scratch', mountPath: '/scratch' },
    { name: 'home', mountPath: HOME },
    { name: 'tmp', mountPath: '/tmp' },
  ],
};

/** A container that may do nothing beyond its own user's rights. */
export const CONFINED: SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** By the names that the AWS SDK and restic know. A pod does not start before the Secret exists. */
export function keyVariables(keys: IObjectStoreKeys | undefined): EnvVar[] {
  return keys === undefined ? [] : Object.entries({ AWS_ACCESS_KEY_ID: keys.accessKeyName, AWS_SECRET_ACCESS_KEY: keys.secretKeyName })
    .map(([name, key]) => ({ name, valueFrom: { secretKeyRef: { name: keys.secretName, key } } }));
}

/** Variables of both programs, the user's after ours. */
export function environment(own: EnvVar[], given: { [name: string]: string } = {}): EnvVar[] {
  const variables: EnvVar[] = [
    { name: 'VELERO_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'VELERO_SCRATCH_DIR', value: '/scratch' },
    { name: 'HOME', value: HOME },
    ...own,
  ];
  return [
    ...variables.filter(({ name }) => !(name in given)),
    ...Object.entries(given).map(([name, value]) => ({ name, value })),
  ];
}

/**
 * `/metrics` is the only thing that both programs serve.
 *
 * A restart costs the backup that runs, and a busy program answers late: it is given five minutes of silence first. The server begins to serve
 * after it has talked to the API server, hence the start-up probe.
 */
export function probes(): { startupProbe: Probe; livenessProbe: Probe; readinessProbe: Probe } {
  const httpGet = { path: '/metrics', port: asIntOrString('metrics') };
  return {
    startupProbe: { httpGet, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 150 },
    livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 10 },
    readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 3 },
  };
}

export function podAnnotations({ podAnnotations: given, scrapeAnnotations, metricsPort = METRICS_PORT }: WorkloadOptions) {
  const annotations = {
    ...(scrapeAnnotations && { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(metricsPort), 'prometheus.io/path': '/metrics' }),
    ...given,
  };
  return Object.keys(annotations).length > 0 ? annotations : undefined;
}

export function hostAliases({ hostAliases: given }: WorkloadOptions): KubeHostAlias[] | undefined {
  return given?.length ? given.map(({ ip, hostnames }) => ({ ip, hostnames })) : undefined;
}
