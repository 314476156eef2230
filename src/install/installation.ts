import { createHash } from 'crypto';
import { ApiObjectMetadata } from 'cdk8s';
import type { DaemonSetSpec, DeploymentSpec, PolicyRule, ServiceSpec } from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { Problems } from '../findings';
import { asIntOrString } from '../kube/object';
import { tables } from '../versions';
import { CommandLine } from './command-line';
import { checkResources } from './container-resources';
import { checkInstall } from './install-checks';
import { maintenanceConfig } from './maintenance-config';
import { nodeAgentConfig } from './node-agent-config';
import { nodeAgentDaemonSet } from './node-agent-daemon-set';
import { nodeAgentClusterRules, nodeAgentRules } from './permissions';
import { checkPlacement } from './placement-checks';
import { checkPods } from './pod-checks';
import { LABELS, METRICS_PORT } from './pod-parts';
import { RESTORE_HELPER_LABELS, restoreHelperConfig } from './restore-helper';
import { SERVER_SELECTOR, serverDeployment } from './server-deployment';
import { NODE_AGENT_PROPS, SERVER_PROPS, setServerFlags, setWorkloadFlags } from './server-flags';
import { VeleroFeature } from './velero-feature';
import { checkImages, ResolvedImages, resolveImages } from './velero-images';
import type { VeleroInstall, VeleroInstallProps } from './velero-install';

/** A ConfigMap of the install. */
export interface InstallConfigMap {
  readonly id: string;
  readonly name: string;
  readonly labels?: { [name: string]: string };
  readonly data: { [key: string]: string };
}

/** What an install emits, before it is emitted. */
export interface Installation {
  readonly namespace: ApiObjectMetadata;
  readonly server: DeploymentSpec;
  readonly service?: ServiceSpec;
  readonly nodeAgent?: { readonly daemonSet: DaemonSetSpec; readonly clusterRules: PolicyRule[]; readonly rules: PolicyRule[] };
  readonly configMaps: InstallConfigMap[];
}

/** Velero 1.14 reads this name and no other; newer ones are told it. */
const NODE_AGENT_CONFIG = 'node-agent-config';
const MAINTENANCE_CONFIG = 'repository-maintenance';
const RESTORE_HELPER_CONFIG = 'fs-restore-action-config';

/** Works everything out and notes what cannot be; nothing of it is emitted when a problem was noted. */
export function installation(problems: Problems, install: VeleroInstall, props: VeleroInstallProps): Installation {
  checkInstall(problems, install, props);
  const { restoreHelper = {}, plugins = [], metricsService = true } = props;
  const release = props.version._release;
  const images = resolveImages(props.images, release);
  checkImages(problems, images, plugins, release);
  checkPlacement(problems, 'placement', props.placement ?? {});
  plugins.forEach(({ resources }, index) => checkResources(problems, `plugins[${index}].resources`, resources ?? {}));

  const restoreHelperData = restoreHelperConfig(problems, release, restoreHelper, images.restoreHelper);
  const server = serverParts(problems, install, props, images);
  const nodeAgent = props.nodeAgent?.enabled === false ? undefined : nodeAgentParts(problems, install, props, images);
  return {
    namespace: namespaceMetadata(props),
    server: server.deployment,
    service: metricsService ? service(props) : undefined,
    nodeAgent,
    configMaps: [
      ...server.configMaps,
      ...(nodeAgent?.configMaps ?? []),
      ...(restoreHelperData
        ? [{ id: 'RestoreHelperConfig', name: RESTORE_HELPER_CONFIG, labels: RESTORE_HELPER_LABELS, data: restoreHelperData }]
        : []),
    ],
  };
}

function serverParts(problems: Problems, install: VeleroInstall, props: VeleroInstallProps, images: ResolvedImages) {
  const { server: options = {}, repository, maintenance = {}, plugins = [] } = props;
  const release = props.version._release;
  const placement = { ...props.placement, ...options.placement };
  checkPlacement(problems, 'server.placement', options.placement ?? {});
  checkPods(problems, 'server', options);
  checkResources(problems, 'server.resources', options.resources ?? {});

  const line = new CommandLine({ name: 'server', flags: release.serverFlags, everyFlag: tables.flags().SERVER_FLAGS }, release, problems);
  line.set('features', 'features', props.features?.length ? props.features : undefined);
  line.set('repository.uploader', 'uploader-type', release.uploaders.includes(repository.uploader) ? repository.uploader : undefined);
  line.set('defaultLocation', 'default-backup-storage-location', props.defaultLocation.locationName);
  setServerFlags(line, problems, options);
  setWorkloadFlags(line, problems, 'server', options);
  line.set('repository.maintenanceFrequency', 'default-repo-maintain-frequency', repository.maintenanceFrequency);
  if (release.serverFlags.has('backup-repository-configmap') || !Construct.isConstruct(repository)) {
    // One of this library's tells at synth which of its own props the release does not read.
    line.set('repository.configMapName', 'backup-repository-configmap', repository.configMapName);
  }
  const jobs = maintenanceConfig(problems, line, { release, options: maintenance, placement, repository, namespace: install.namespace });
  line.set('maintenance', 'repo-maintenance-job-configmap', jobs && MAINTENANCE_CONFIG);
  line.setExtra('server.extraFlags', options.extraFlags, SERVER_PROPS);

  const deployment = serverDeployment({
    options,
    placement,
    arguments: line.toArguments(),
    images,
    plugins,
    serviceAccountName: install.serverServiceAccountName,
    password: repository.password,
    objectStoreKeys: props.objectStoreKeys,
  });
  return { deployment, configMaps: jobs ? [{ id: 'MaintenanceConfig', name: MAINTENANCE_CONFIG, data: json(jobs) }] : [] };
}

function nodeAgentParts(problems: Problems, install: VeleroInstall, props: VeleroInstallProps, images: ResolvedImages) {
  const { nodeAgent: options = {}, repository, features = [] } = props;
  const release = props.version._release;
  const placement = { ...props.placement, ...options.placement };
  checkPlacement(problems, 'nodeAgent.placement', options.placement ?? {});
  checkPods(problems, 'nodeAgent', options);
  checkResources(problems, 'nodeAgent.resources', options.resources ?? {});

  const snapshots = features.includes(VeleroFeature.ENABLE_CSI);
  const config = nodeAgentConfig(problems, { release, options, placement, snapshots });
  const data = config && json({ 'node-agent-config.json': config });
  const line = new CommandLine({ name: 'node-agent', flags: release.nodeAgentFlags, everyFlag: tables.flags().NODE_AGENT_FLAGS }, release, problems);
  line.set('features', 'features', features.length > 0 ? features : undefined);
  setWorkloadFlags(line, problems, 'nodeAgent', options);
  line.set('nodeAgent.dataMoverPrepareTimeout', 'data-mover-prepare-timeout', options.dataMoverPrepareTimeout);
  if (!release.has('node-agent-fixed-config-map')) {
    line.set('nodeAgent', 'node-agent-configmap', data && NODE_AGENT_CONFIG);
  }
  if (release.nodeAgentFlags.has('backup-repository-configmap')) {
    line.set('repository.configMapName', 'backup-repository-configmap', repository.configMapName);
  }
  line.setExtra('nodeAgent.extraFlags', options.extraFlags, NODE_AGENT_PROPS);

  const use = { release, snapshots, cacheVolumes: options.cacheVolumes !== undefined };
  return {
    daemonSet: nodeAgentDaemonSet({
      options,
      placement,
      arguments: line.toArguments(),
      images,
      serviceAccountName: install.nodeAgentServiceAccountName,
      configHash: data && hash(data),
      objectStoreKeys: props.objectStoreKeys,
    }),
    clusterRules: nodeAgentClusterRules(use),
    rules: nodeAgentRules(use),
    configMaps: data ? [{ id: 'NodeAgentConfig', name: NODE_AGENT_CONFIG, data }] : [],
  };
}

/** Node-agent mounts folders of the node, which the baseline Pod Security Standard already refuses: its DaemonSet would have no pods. */
function namespaceMetadata({ namespaceLabels, namespaceAnnotations }: VeleroInstallProps): ApiObjectMetadata {
  const modes = ['enforce', 'audit', 'warn'];
  const security = modes.flatMap(mode => [
    [`pod-security.kubernetes.io/${mode}`, 'privileged'],
    [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
  ]);
  return deliver('Namespace', {
    labels: { ...LABELS, ...Object.fromEntries(security), ...namespaceLabels },
    annotations: namespaceAnnotations,
  });
}

function service({ server }: VeleroInstallProps): ServiceSpec {
  return {
    type: 'ClusterIP',
    selector: SERVER_SELECTOR,
    ports: [{ name: 'metrics', port: server?.metricsPort ?? METRICS_PORT, targetPort: asIntOrString('metrics') }],
  };
}

/** Velero parses JSON and nothing else. What is undefined is left out. */
function json(documents: { [key: string]: object }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(documents).map(([key, document]) => [key, JSON.stringify(document, null, 2)]));
}

function hash(data: { [key: string]: string }): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
}
