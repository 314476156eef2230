import type { Container, DaemonSetSpec, SecurityContext, Volume, VolumeMount } from 'cdk8s-plus-28/lib/imports/k8s';
import { containerResources, ContainerResources, resolveResources } from './container-resources';
import { NodeAgentOptions } from './node-agent-options';
import { Placement, podPlacement } from './placement';
import { environment, hostAliases, keyVariables, LABELS, METRICS_PORT, podAnnotations, probes, WRITABLE } from './pod-parts';
import { ResolvedImages } from './velero-images';
import { asIntOrString } from '../kube/object';
import { IObjectStoreKeys } from '../storage/object-store-keys';

/** The parts of node-agent's pods. */
export interface NodeAgentParts {
  readonly options: NodeAgentOptions;
  readonly placement: Placement;
  readonly arguments: string[];
  readonly images: ResolvedImages;
  readonly serviceAccountName: string;
  /** Changes with the ConfigMap, which node-agent reads at its start only. */
  readonly configHash?: string;
  readonly objectStoreKeys?: IObjectStoreKeys;
}

export const NODE_AGENT_RESOURCES: ContainerResources = { cpuRequest: '500m', memoryRequest: '512Mi', cpuLimit: '1', memoryLimit: '2Gi' };

const SELECTOR = { name: 'node-agent' };

/**
 * Root's rights over files of others, and no more: read and write any (DAC_OVERRIDE), give back owner (CHOWN), mode and times (FOWNER),
 * set-id bits (FSETID), devices (MKNOD) and file capabilities (SETFCAP).
 *
 * @see https://man7.org/linux/man-pages/man7/capabilities.7.html
 */
const FILE_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'MKNOD', 'SETFCAP'];

/**
 * Node-agent.
 *
 * Velero finds it by name: a DaemonSet `node-agent` with exactly one container and the volume `host-pods` at `/host_pods`, and its pods by the label
 * `name` up to 1.15 and `role` from 1.16. The pods that it starts copy image, ServiceAccount, variables, volumes and mounts, but run with a writable
 * root and the runtime's own capabilities.
 *
 * @see velero v1.18.3 pkg/exposer/image.go, pkg/nodeagent/node_agent.go
 */
export function nodeAgentDaemonSet(parts: NodeAgentParts): DaemonSetSpec {
  const { options, images, serviceAccountName, configHash } = parts;
  const annotations = { ...podAnnotations(options), ...(configHash && { 'cdk8s-velero/node-agent-config': configHash }) };
  return {
    selector: { matchLabels: SELECTOR },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: asIntOrString(options.maxUnavailable ?? '1') } },
    template: {
      metadata: {
        labels: { ...options.podLabels, ...LABELS, ...SELECTOR, role: 'node-agent' },
        annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
      },
      spec: {
        serviceAccountName,
        terminationGracePeriodSeconds: options.terminationGracePeriod?.toSeconds({ integral: false }) ?? 300,
        ...podPlacement(parts.placement),
        hostAliases: hostAliases(options),
        imagePullSecrets: images.pullSecrets.length > 0 ? images.pullSecrets.map(name => ({ name })) : undefined,
        securityContext: { runAsUser: 0, seccompProfile: options.privileged ? undefined : { type: 'RuntimeDefault' } },
        containers: [nodeAgentContainer(parts)],
        volumes: [...hostVolumes(options).map(({ volume }) => volume), ...WRITABLE.volumes],
      },
    },
  };
}

function nodeAgentContainer({ options, images, arguments: args, objectStoreKeys }: NodeAgentParts): Container {
  return {
    name: 'node-agent',
    image: images.server,
    imagePullPolicy: images.pullPolicy,
    command: ['/velero'],
    args: ['node-agent', 'server', ...args],
    ports: [{ name: 'metrics', containerPort: options.metricsPort ?? METRICS_PORT }],
    env: environment([
      { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      ...keyVariables(objectStoreKeys),
    ], options.environment),
    resources: containerResources(resolveResources(options.resources, NODE_AGENT_RESOURCES)),
    ...probes(),
    securityContext: securityContext(options),
    volumeMounts: [...hostVolumes(options).map(({ mount }) => mount), ...WRITABLE.mounts],
  };
}

/** The API server refuses a privileged container that may not escalate. */
function securityContext({ privileged = false }: NodeAgentOptions): SecurityContext {
  return privileged
    ? { privileged, readOnlyRootFilesystem: true }
    : { privileged, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: FILE_CAPABILITIES }, readOnlyRootFilesystem: true };
}

/** The second is where block volumes are; the mount point in the container does not move with the kubelet's folder. */
function hostVolumes({ kubeletRootDirectory = '/var/lib/kubelet' }: NodeAgentOptions): { volume: Volume; mount: VolumeMount }[] {
  return [
    hostVolume('host-pods', `${kubeletRootDirectory}/pods`, '/host_pods'),
    hostVolume('host-plugins', `${kubeletRootDirectory}/plugins`, '/var/lib/kubelet/plugins'),
  ];
}

/** Mounts that appear on the node after the start must be seen: the volumes of pods that come later. */
function hostVolume(name: string, path: string, mountPath: string): { volume: Volume; mount: VolumeMount } {
  return { volume: { name, hostPath: { path } }, mount: { name, mountPath, mountPropagation: 'HostToContainer' } };
}
