import { Construct } from 'constructs';
import { deliver, DeliveryRole } from '../delivery';
import { Declarations, dnsLabel, Problems, refuse } from '../findings';
import { definitionsTwice, emitDefinitions } from './definitions';
import { INSTALL_PROPS } from './install-shape';
import { installation, Installation } from './installation';
import { MaintenanceOptions } from './maintenance-options';
import { NodeAgentOptions } from './node-agent-options';
import { clusterRoleBinding } from './permissions';
import { Placement } from './placement';
import { LABELS } from './pod-parts';
import { RestoreHelperOptions } from './restore-helper-options';
import { VeleroServerOptions } from './server-options';
import { VeleroFeature } from './velero-feature';
import { VeleroImages, VeleroPlugin } from './velero-images';
import { VeleroVersion } from './velero-version';
import { kubeObject } from '../kube/object';
import { IBackupRepository } from '../repository/backup-repository';
import { IBackupStorageLocation } from '../storage/backup-storage-location';
import { IObjectStoreKeys } from '../storage/object-store-keys';

const TYPE = 'VeleroInstall';

/** Properties of `VeleroInstall`. */
export interface VeleroInstallProps {
  /** The release. It decides definitions, images, plugin and flags; what it cannot do raises an error. */
  readonly version: VeleroVersion;

  /**
   * What volume data is written to. Its uploader must be one that the release writes: restic up to 1.16, kopia always. Its password must be
   * the Secret `velero-repo-credentials`, key `repository-password`, in the install's namespace: Velero reads no other.
   */
  readonly repository: IBackupRepository;

  /** Location of backups that name none. In the install's namespace. */
  readonly defaultLocation: IBackupStorageLocation;

  /**
   * Keys that the server, node-agent and the pods that they start get as variables, for locations without a credential: what Rook makes for an
   * `RgwUser` or an `RgwBucket`. They go before the keys of a credential too, unless its location names a profile. In the install's namespace,
   * otherwise an error is raised.
   *
   * @default - none: each location names its credential
   */
  readonly objectStoreKeys?: IObjectStoreKeys;

  /**
   * Namespace of everything that is not cluster-wide. One install in each.
   *
   * @default 'velero'
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is emitted. One that already exists must allow privileged pods where there is a node-agent, which mounts folders of the
   * node.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Labels of the namespace beside those of pod security. A level below `privileged` raises an error: node-agent would get no pods.
   *
   * @default - none
   */
  readonly namespaceLabels?: { [name: string]: string };

  /**
   * Annotations of the namespace.
   *
   * @default - none
   */
  readonly namespaceAnnotations?: { [name: string]: string };

  /**
   * The server.
   *
   * @default - the release's defaults
   */
  readonly server?: VeleroServerOptions;

  /**
   * Node-agent.
   *
   * @default - one on every Linux node
   */
  readonly nodeAgent?: NodeAgentOptions;

  /**
   * On which nodes everything runs.
   *
   * @default - any Linux node
   */
  readonly placement?: Placement;

  /**
   * The images.
   *
   * @default - those of the release
   */
  readonly images?: VeleroImages;

  /**
   * Plugins beside the one for AWS, which speaks S3.
   *
   * @default - none
   */
  readonly plugins?: VeleroPlugin[];

  /**
   * What Velero can do beyond its usual work, for the server and node-agent alike.
   *
   * @default - nothing
   */
  readonly features?: VeleroFeature[];

  /**
   * The Jobs that prune and compact repositories.
   *
   * @default - Velero's defaults
   */
  readonly maintenance?: MaintenanceOptions;

  /**
   * The container that waits in restored pods until their volumes are back.
   *
   * @default - one that the restricted Pod Security Standard accepts
   */
  readonly restoreHelper?: RestoreHelperOptions;

  /**
   * Whether the 13 CustomResourceDefinitions of the release are emitted. The server does not start without them. They are the whole cluster's: of
   * several installs in one app all but the newest leave them out.
   *
   * @default true
   */
  readonly customResourceDefinitions?: boolean;

  /**
   * Where the CustomResourceDefinitions go: a chart of their own can be an ArgoCD Application of its own, whose deletion nobody does in passing.
   *
   * @default - beside everything else
   */
  readonly customResourceDefinitionScope?: Construct;

  /**
   * Whether there is a Service `velero` with the port `metrics`. Node-agent has none: a PodMonitor reads every one of its pods.
   *
   * @default true
   */
  readonly metricsService?: boolean;
}

/**
 * A whole Velero: definitions, namespace, rights, settings, server and node-agent.
 *
 * Objects whose names Velero hard-codes are named so whatever the construct's id: Deployment `velero`, DaemonSet `node-agent`.
 *
 * @see https://velero.io/docs/main/customize-installation/
 */
export class VeleroInstall extends Construct {
  /** Namespace of the install. */
  public readonly namespace: string;

  /** The release. */
  public readonly version: VeleroVersion;

  /** Name of the server's ServiceAccount, which the maintenance Jobs use too. */
  public readonly serverServiceAccountName = 'velero';

  /** Name of node-agent's ServiceAccount, which the data movers use too. */
  public readonly nodeAgentServiceAccountName = 'velero-node-agent';

  public constructor(scope: Construct, id: string, props: VeleroInstallProps) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    // Plain JavaScript may give no props at all.
    problems.add(...INSTALL_PROPS.problems('', props ?? {}));
    problems.refuse();

    this.namespace = props.namespace ?? 'velero';
    this.version = props.version;
    problems.add(dnsLabel('namespace', this.namespace));
    const parts = installation(problems, this, props);
    problems.refuse();

    this.declare(props, parts);
    this.emit(props, parts);
  }

  private declare({ customResourceDefinitions = true, defaultLocation }: VeleroInstallProps, { configMaps }: Installation): void {
    const declarations = Declarations.of(this);
    declarations.claim(this, TYPE, this.namespace, 'velero');
    configMaps.forEach(({ name }) => declarations.claim(this, 'ConfigMap', this.namespace, name));
    const problem = customResourceDefinitions ? definitionsTwice(this) : undefined;
    if (problem) {
      refuse(`${TYPE} '${this.node.path}'`, problem);
    }
    declarations.installed(this.namespace, this.version._release);
    becomeDefault(defaultLocation);
  }

  private emit(props: VeleroInstallProps, parts: Installation): void {
    if (props.customResourceDefinitions ?? true) {
      emitDefinitions(props.customResourceDefinitionScope ?? this, this.version._release);
    }
    if (props.createNamespace ?? true) {
      kubeObject(this, 'Namespace', 'Namespace', { metadata: { ...parts.namespace, name: this.namespace } });
    }
    this.emitServerRights(props);
    this.emitConfigMaps(parts);
    kubeObject(this, 'Resource', 'Deployment', { metadata: this.metadata('Deployment', 'velero'), spec: parts.server });
    if (parts.nodeAgent) {
      this.emitNodeAgentRights(props, parts.nodeAgent);
      kubeObject(this, 'NodeAgent', 'DaemonSet', { metadata: this.metadata('DaemonSet', 'node-agent'), spec: parts.nodeAgent.daemonSet });
    }
    if (parts.service) {
      kubeObject(this, 'Service', 'Service', { metadata: this.metadata('Service', 'velero'), spec: parts.service });
    }
  }

  private emitServerRights({ server = {} }: VeleroInstallProps): void {
    const name = this.serverServiceAccountName;
    kubeObject(this, 'ServiceAccount', 'ServiceAccount', { metadata: this.metadata('ServiceAccount', name, server.serviceAccountAnnotations) });
    kubeObject(this, 'ClusterRoleBinding', 'ClusterRoleBinding', {
      metadata: this.clusterMetadata('ClusterRoleBinding', 'velero'),
      ...clusterRoleBinding(this.namespace, name, server.clusterRoleName ?? 'cluster-admin'),
    });
  }

  private emitNodeAgentRights({ nodeAgent = {} }: VeleroInstallProps, { clusterRules, rules }: NonNullable<Installation['nodeAgent']>): void {
    const name = this.nodeAgentServiceAccountName;
    const clusterRole = this.clusterMetadata('ClusterRole', name);
    kubeObject(this, 'NodeAgentServiceAccount', 'ServiceAccount', {
      metadata: this.metadata('ServiceAccount', name, nodeAgent.serviceAccountAnnotations),
    });
    kubeObject(this, 'NodeAgentClusterRole', 'ClusterRole', { metadata: clusterRole, rules: clusterRules });
    kubeObject(this, 'NodeAgentClusterRoleBinding', 'ClusterRoleBinding', {
      metadata: this.clusterMetadata('ClusterRoleBinding', name),
      ...clusterRoleBinding(this.namespace, name, clusterRole.name!),
    });
    kubeObject(this, 'NodeAgentRole', 'Role', { metadata: this.metadata('Role', name), rules });
    kubeObject(this, 'NodeAgentRoleBinding', 'RoleBinding', {
      metadata: this.metadata('RoleBinding', name),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: this.namespace }],
    });
  }

  private emitConfigMaps({ configMaps }: Installation): void {
    for (const { id, name, labels, data } of configMaps) {
      const { labels: common, ...metadata } = this.metadata('ConfigMap', name);
      kubeObject(this, id, 'ConfigMap', { metadata: { ...metadata, labels: { ...common, ...labels } }, data });
    }
  }

  private metadata(role: DeliveryRole, name: string, annotations?: { [name: string]: string }) {
    return deliver(role, { name, namespace: this.namespace, labels: LABELS, annotations });
  }

  /** Names of the whole cluster, where another namespace may have an install too. */
  private clusterMetadata(role: DeliveryRole, name: string) {
    return deliver(role, { name: this.namespace === 'velero' ? name : `${name}-${this.namespace}`, labels: LABELS });
  }
}

/** A location that another app emits cannot be told; it has to say `default: true` itself. */
function becomeDefault(location: IBackupStorageLocation & { _becomeDefault?: () => void }): void {
  location._becomeDefault?.();
}
