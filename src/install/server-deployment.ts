import type { Container, DeploymentSpec, Volume, VolumeMount } from 'cdk8s-plus-28/lib/imports/k8s';
import { containerResources, ContainerResources, resolveResources } from './container-resources';
import { Placement, podPlacement } from './placement';
import { CONFINED, environment, hostAliases, keyVariables, LABELS, METRICS_PORT, podAnnotations, probes, WRITABLE } from './pod-parts';
import { VeleroServerOptions } from './server-options';
import { ResolvedImages, VeleroPlugin } from './velero-images';
import { IObjectStoreKeys } from '../storage/object-store-keys';
import { IMAGE_USER } from '../versions';

/** The parts of the server's pod. */
export interface ServerParts {
  readonly options: VeleroServerOptions;
  readonly placement: Placement;
  readonly arguments: string[];
  readonly images: ResolvedImages;
  readonly plugins: VeleroPlugin[];
  readonly serviceAccountName: string;
  /** Secret and key of the repository password. */
  readonly password: { readonly secretName: string; readonly secretKey: string };
  readonly objectStoreKeys?: IObjectStoreKeys;
}

export const SERVER_RESOURCES: ContainerResources = { cpuRequest: '500m', memoryRequest: '256Mi', cpuLimit: '1', memoryLimit: '1Gi' };

const PLUGIN_RESOURCES: ContainerResources = { cpuRequest: '10m', memoryRequest: '32Mi', cpuLimit: '100m', memoryLimit: '128Mi' };

/** Where the server's container has volumes beside that of the plugins. */
export const SERVER_MOUNTS: VolumeMount[] = [
  ...WRITABLE.mounts,
  { name: 'repository-password', mountPath: '/repository-password', readOnly: true },
];

/** Labels by which the Deployment and the Service find the server's pod. */
export const SERVER_SELECTOR = { deploy: 'velero' };

/**
 * The server.
 *
 * Velero finds it by name: a Deployment `velero` whose first container is the server. Its maintenance Jobs copy that container's image, variables
 * and mounts, the pod's volumes, and from 1.17 both security contexts.
 *
 * @see velero v1.18.3 pkg/util/velero/velero.go
 */
export function serverDeployment(parts: ServerParts): DeploymentSpec {
  const { options, images, plugins, serviceAccountName } = parts;
  return {
    // Velero has no leader election: two servers would run every backup twice, and a new one fails the backups of the one before.
    replicas: 1,
    strategy: { type: 'Recreate' },
    selector: { matchLabels: SERVER_SELECTOR },
    template: {
      metadata: { labels: { ...options.podLabels, ...LABELS, ...SERVER_SELECTOR }, annotations: podAnnotations(options) },
      spec: {
        serviceAccountName,
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: options.terminationGracePeriod?.toSeconds({ integral: false }) ?? 3600,
        ...podPlacement(parts.placement),
        hostAliases: hostAliases(options),
        imagePullSecrets: images.pullSecrets.length > 0 ? images.pullSecrets.map(name => ({ name })) : undefined,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: options.runAsUser ?? IMAGE_USER.uid,
          runAsGroup: options.runAsGroup ?? IMAGE_USER.gid,
          fsGroup: options.runAsGroup ?? IMAGE_USER.gid,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        initContainers: [
          { name: 'velero-plugin-for-aws', image: images.pluginForAws },
          ...plugins,
        ].map(plugin => pluginContainer(plugin, images)),
        containers: [serverContainer(parts)],
        volumes: [{ name: 'plugins', emptyDir: {} }, ...WRITABLE.volumes, passwordVolume(parts)],
      },
    },
  };
}

function serverContainer({ options, images, arguments: args, objectStoreKeys }: ServerParts): Container {
  const pluginDirectory = options.pluginDirectory ?? '/plugins';
  return {
    name: 'velero',
    image: images.server,
    imagePullPolicy: images.pullPolicy,
    command: ['/velero'],
    args: ['server', ...args],
    ports: [{ name: 'metrics', containerPort: options.metricsPort ?? METRICS_PORT }],
    env: environment([
      { name: 'LD_LIBRARY_PATH', value: pluginDirectory },
      // Plugins inherit these: newer AWS SDKs add checksums that Ceph refuses unless they are told not to.
      { name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_required' },
      { name: 'AWS_RESPONSE_CHECKSUM_VALIDATION', value: 'when_required' },
      ...keyVariables(objectStoreKeys),
    ], options.environment),
    resources: containerResources(resolveResources(options.resources, SERVER_RESOURCES)),
    ...probes(),
    securityContext: CONFINED,
    volumeMounts: [{ name: 'plugins', mountPath: pluginDirectory }, ...SERVER_MOUNTS],
  };
}

/** The plugins' images copy themselves to /target and have no shell to be told anything else. */
function pluginContainer({ name, image, resources }: VeleroPlugin, { pullPolicy }: ResolvedImages): Container {
  return {
    name,
    image,
    imagePullPolicy: pullPolicy,
    resources: containerResources(resolveResources(resources, PLUGIN_RESOURCES)),
    securityContext: CONFINED,
    volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
  };
}

/**
 * Nobody reads it there: a server that starts before the Secret exists would create it with a password that is printed in Velero's source.
 * The kubelet does not start a pod while a Secret that it mounts, or a key of it that it names, is not there.
 */
function passwordVolume({ password: { secretName, secretKey } }: ServerParts): Volume {
  return {
    name: 'repository-password',
    secret: { secretName, items: [{ key: secretKey, path: secretKey }], defaultMode: 0o440, optional: false },
  };
}
