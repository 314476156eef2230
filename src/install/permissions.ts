import type { KubeClusterRoleBindingProps, PolicyRule } from 'cdk8s-plus-28/lib/imports/k8s';
import { VeleroRelease } from '../versions';

/**
 * What the release lets node-agent do decides what it must be allowed to do:
 *
 * - `always`: file-system backup and the start of the program.
 * - `movers`: it starts pods in its own namespace: data movers with CSI snapshots, and from 1.17 a pod for each volume of a file-system backup.
 * - `snapshots`: it makes volumes of CSI snapshots and puts restored volumes behind the claims of applications.
 * - `cache`: it makes volumes for kopia's cache.
 */
type Reason = 'always' | 'movers' | 'snapshots' | 'cache';

interface NodeAgentRule extends PolicyRule {
  readonly for: Reason;
  /** Where the need comes from; file and function, in all releases unless one is named. */
  readonly source: string;
}

/**
 * Reads of the whole cluster.
 *
 * Most are `get`, `list` and `watch` where the code only gets: node-agent reads through the cache of its controller manager, which lists and
 * watches a kind in all namespaces on the first read, Secrets included. It has no option to narrow that.
 */
const CLUSTER_RULES: NodeAgentRule[] = [
  {
    for: 'always',
    apiGroups: [''],
    resources: ['pods', 'persistentvolumeclaims', 'persistentvolumes'],
    verbs: ['get', 'list', 'watch'],
    source: 'pkg/cmd/cli/nodeagent/server.go newNodeAgentServer, validatePodVolumesHostPath; pkg/util/kube/utils.go GetVolumeDirectory',
  },
  {
    for: 'always',
    apiGroups: [''],
    resources: ['secrets'],
    verbs: ['get', 'list', 'watch'],
    source: 'internal/credentials/file_store.go and secret_store.go with mgr.GetClient(): <= 1.16 pkg/cmd/cli/nodeagent/server.go run; '
      + '>= 1.17 pkg/controller/pod_volume_restore_controller_legacy.go InitLegacyPodVolumeRestoreReconciler, for restores of restic backups',
  },
  {
    for: 'always',
    apiGroups: [''],
    resources: ['nodes'],
    verbs: ['get', 'list'],
    source: 'pkg/cmd/cli/nodeagent/server.go getDataPathConcurrentNum; >= 1.16 pkg/util/kube/node.go GetNodeOS, HasNodeWithOS',
  },
  {
    for: 'always',
    apiGroups: ['storage.k8s.io'],
    resources: ['csidrivers'],
    verbs: ['get', 'list', 'watch'],
    source: 'pkg/util/kube/utils.go isProvidedByCSI',
  },
  {
    for: 'always',
    apiGroups: ['velero.io'],
    resources: ['backuprepositories', 'backupstoragelocations', 'datadownloads', 'datauploads', 'podvolumebackups', 'podvolumerestores'],
    verbs: ['get', 'list', 'watch'],
    source: 'pkg/cmd/cli/nodeagent/server.go newNodeAgentServer; pkg/repository/backup_repo_op.go; pkg/datapath/file_system.go Init',
  },
  {
    for: 'movers',
    apiGroups: ['scheduling.k8s.io'],
    resources: ['priorityclasses'],
    verbs: ['get'],
    source: '>= 1.17 pkg/util/kube/priority_class.go ValidatePriorityClass',
  },
  {
    for: 'snapshots',
    apiGroups: ['storage.k8s.io'],
    resources: ['storageclasses', 'volumeattachments'],
    verbs: ['get', 'list'],
    source: 'pkg/util/kube/pvc_pv.go WaitPVCConsumed; >= 1.16 GetPVCAttachingNodeOS; >= 1.17 GetPVAttachedNodes; >= 1.18 GetVolumeTopology',
  },
  {
    for: 'snapshots',
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['patch', 'update'],
    source: 'pkg/util/kube/pvc_pv.go RebindPVC: the claim of the application, in its namespace',
  },
  {
    for: 'snapshots',
    apiGroups: [''],
    resources: ['persistentvolumes'],
    verbs: ['delete', 'patch', 'update'],
    source: 'pkg/util/kube/pvc_pv.go SetPVReclaimPolicy, ResetPVBinding, DeletePVIfAny',
  },
  {
    for: 'snapshots',
    apiGroups: [''],
    resources: ['configmaps'],
    verbs: ['get'],
    source: '>= 1.18.3 pkg/util/kube/secrets.go: ConfigMaps of the application that the driver needs beside the intermediate claim',
  },
  {
    for: 'snapshots',
    apiGroups: ['snapshot.storage.k8s.io'],
    resources: ['volumesnapshots'],
    verbs: ['delete', 'get', 'list'],
    source: 'pkg/util/csi/volume_snapshot.go WaitVolumeSnapshotReady, EnsureDeleteVS: in the namespace of the application',
  },
  {
    for: 'snapshots',
    apiGroups: ['snapshot.storage.k8s.io'],
    resources: ['volumesnapshotcontents'],
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update'],
    source: 'pkg/exposer/csi_snapshot.go createBackupVSC; pkg/util/csi/volume_snapshot.go RetainVSC, RemoveVSCProtect, EnsureDeleteVSC',
  },
  {
    for: 'cache',
    apiGroups: ['storage.k8s.io'],
    resources: ['storageclasses'],
    verbs: ['get'],
    source: '>= 1.18 pkg/cmd/cli/nodeagent/server.go validateCachePVCConfig',
  },
  {
    for: 'cache',
    apiGroups: [''],
    resources: ['persistentvolumes'],
    verbs: ['patch'],
    source: '>= 1.18 pkg/util/kube/pvc_pv.go DeletePVAndPVCIfAny',
  },
];

/** What node-agent, and the pods that run under its ServiceAccount, do in Velero's namespace. */
const NAMESPACE_RULES: NodeAgentRule[] = [
  {
    for: 'always',
    apiGroups: ['velero.io'],
    resources: ['podvolumebackups', 'podvolumerestores', 'datauploads', 'datadownloads'],
    verbs: ['patch', 'update'],
    source: 'pkg/controller/pod_volume_backup_controller.go, pod_volume_restore_controller.go, data_upload_controller.go, data_download_controller.go',
  },
  {
    for: 'always',
    apiGroups: ['velero.io'],
    resources: ['backuprepositories'],
    verbs: ['create'],
    source: 'pkg/repository/ensurer.go EnsureRepo',
  },
  {
    for: 'always',
    apiGroups: [''],
    resources: ['configmaps'],
    verbs: ['get'],
    source: 'pkg/nodeagent/node_agent.go GetConfigs; >= 1.18 pkg/cmd/cli/nodeagent/server.go getBackupRepoConfigs',
  },
  {
    for: 'movers',
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['create', 'delete'],
    source: 'pkg/exposer/csi_snapshot.go createBackupPod, generic_restore.go createRestorePod; >= 1.17 pod_volume.go createHostingPod',
  },
  {
    for: 'movers',
    apiGroups: [''],
    resources: ['pods/log'],
    verbs: ['get'],
    source: '>= 1.15 pkg/datapath/micro_service_watcher.go redirectDataMoverLogs',
  },
  {
    for: 'movers',
    apiGroups: [''],
    resources: ['events'],
    verbs: ['create', 'get', 'list', 'patch', 'watch'],
    source: '>= 1.15 pkg/util/kube/event.go NewEventRecorder, pkg/datapath/micro_service_watcher.go; >= 1.18 pkg/exposer DiagnoseExpose',
  },
  {
    for: 'movers',
    apiGroups: ['apps'],
    resources: ['daemonsets'],
    verbs: ['get'],
    source: 'pkg/nodeagent/node_agent.go GetPodSpec; >= 1.15 GetLabelValue; >= 1.17 GetToleration, GetHostPodPath',
  },
  {
    for: 'snapshots',
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['create', 'delete'],
    source: 'pkg/exposer/csi_snapshot.go createBackupPVC, generic_restore.go createRestorePVC; pkg/util/kube/pvc_pv.go EnsureDeletePVC',
  },
  {
    for: 'snapshots',
    apiGroups: ['snapshot.storage.k8s.io'],
    resources: ['volumesnapshots'],
    verbs: ['create'],
    source: 'pkg/exposer/csi_snapshot.go createBackupVS',
  },
  {
    for: 'snapshots',
    apiGroups: [''],
    resources: ['secrets', 'configmaps'],
    verbs: ['create', 'delete', 'get', 'list'],
    source: '>= 1.18.3 pkg/util/kube/secrets.go: copies of what the driver needs beside the intermediate claim',
  },
  {
    for: 'cache',
    apiGroups: [''],
    resources: ['persistentvolumeclaims'],
    verbs: ['create', 'delete'],
    source: '>= 1.18 pkg/exposer/cache_volume.go createCachePVC',
  },
];

/** What an install uses of node-agent. */
export interface NodeAgentUse {
  readonly release: VeleroRelease;
  /** The feature EnableCSI. */
  readonly snapshots: boolean;
  readonly cacheVolumes: boolean;
}

/** Rules of node-agent's ClusterRole. */
export function nodeAgentClusterRules(use: NodeAgentUse): PolicyRule[] {
  return rulesFor(use, CLUSTER_RULES);
}

/** Rules of node-agent's Role in Velero's namespace. */
export function nodeAgentRules(use: NodeAgentUse): PolicyRule[] {
  return rulesFor(use, NAMESPACE_RULES);
}

/** The binding of a ServiceAccount to a ClusterRole. */
export function clusterRoleBinding(namespace: string, serviceAccount: string, clusterRole: string): Omit<KubeClusterRoleBindingProps, 'metadata'> {
  return {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
  };
}

function rulesFor({ release, snapshots, cacheVolumes }: NodeAgentUse, rules: NodeAgentRule[]): PolicyRule[] {
  const reasons = new Set<Reason>(['always']);
  if (snapshots) {
    reasons.add('snapshots');
  }
  if (cacheVolumes) {
    reasons.add('cache');
  }
  if (snapshots || release.has('fs-backup-pods')) {
    reasons.add('movers');
  }
  return rules.filter(rule => reasons.has(rule.for)).map(({ apiGroups, resources, verbs }) => ({ apiGroups, resources, verbs }));
}
