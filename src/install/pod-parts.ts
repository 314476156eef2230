import type { EnvVar, HostAlias as KubeHostAlias, Probe, SecurityContext, Volume, VolumeMount } from 'cdk8s-plus-28/lib/imports/k8s';
import { labelKey, labelValue, Problem, Problems, wholeSeconds } from '../findings';
import { WorkloadOptions } from './workload-options';
import { core } from '../kube/core';

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

/** What Velero's programs read; names that users must not take. */
const RESERVED_ENVIRONMENT = ['HOME', 'LD_LIBRARY_PATH', 'NODE_NAME', 'VELERO_NAMESPACE', 'VELERO_SCRATCH_DIR'];

/** Labels by which Velero or this library finds pods. */
const RESERVED_LABELS = ['app.kubernetes.io/instance', 'app.kubernetes.io/name', 'component', 'deploy', 'name', 'role'];

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
  const httpGet = { path: '/metrics', port: core().IntOrString.fromString('metrics') };
  return {
    startupProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 30 },
    livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 10 },
    readinessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 3 },
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

/** Refuses what would hide the pods from Velero or from this library, or break the programs. */
export function checkPods(problems: Problems, where: string, options: WorkloadOptions): void {
  checkLabels(problems, `${where}.podLabels`, options.podLabels, RESERVED_LABELS);
  problems.add(wholeSeconds(`${where}.terminationGracePeriod`, options.terminationGracePeriod));
  for (const [name, value] of Object.entries(options.environment ?? {})) {
    problems.add(reserved(`${where}.environment['${name}']`, value, RESERVED_ENVIRONMENT.includes(name)));
  }
}

/** Refuses labels that the API server would refuse, and those that are taken. */
export function checkLabels(problems: Problems, what: string, labels: { [name: string]: string } = {}, taken = ['app.kubernetes.io/instance']): void {
  for (const [name, value] of Object.entries(labels)) {
    problems.add(labelKey(what, name), labelValue(`${what}['${name}']`, value), reserved(`${what}['${name}']`, value, taken.includes(name)));
  }
}

function reserved(what: string, got: string, is: boolean): Problem | undefined {
  return is ? { what, got, wanted: 'a name that Velero, ArgoCD or this library does not use itself', next: 'leave it out' } : undefined;
}
