import type { CapabilityFact } from './capabilities';

/** Keys of tolerations that pods which Velero makes inherit, in the releases that have a list of them. Of each key they get the first. */
export const LISTED_TOLERATIONS = {
  keys: ['kubernetes.azure.com/scalesetpriority', 'CriticalAddonsOnly'],
  source: 'v1.18.3 pkg/util/third_party.go:27, the same in v1.17.2',
};

/** Releases whose node-agent starts without the folder of the pods: it moves snapshots then and copies no files. Earlier ones end. */
export const NODE_AGENT_WITHOUT_HOST_PATH = {
  since: '1.16.0',
  source: 'v1.16.0 pkg/cmd/cli/nodeagent/server.go:422; v1.15.2 pkg/cmd/cli/nodeagent/server.go:391',
};

/** What decides how server, node-agent and the pods that they start must be installed. */
export const INSTALL_CAPABILITIES = {
  'restic-backup': {
    until: '1.17.0',
    description: 'new backups by restic',
    source: 'v1.16.2 pkg/uploader/types.go:44; refused by v1.17.2 pkg/uploader/types.go:44',
  },
  'restic-deprecated': {
    since: '1.15.0',
    until: '1.17.0',
    description: 'a warning in every backup by restic',
    source: 'v1.15.0 and v1.16.2 pkg/uploader/types.go:49',
  },
  'restic-restore': {
    until: '1.19.0',
    description: 'restores of what restic wrote',
    source: 'v1.18.3 pkg/controller/pod_volume_restore_controller_legacy.go:362; until 1.19: CHANGELOG-1.17.md:61',
  },
  'fs-backup-pods': {
    since: '1.17.0',
    description: 'pods of their own for file-system backups and restores',
    source: 'v1.17.0 pkg/exposer/pod_volume.go:102; node-agent did it itself before',
  },
  'data-mover-pods': {
    since: '1.15.0',
    description: 'pods of their own for the data mover',
    source: 'v1.15.0 pkg/datamover/backup_micro_service.go:50; node-agent did it itself before',
  },
  'node-agent-role-label': {
    since: '1.16.0',
    description: 'finding node-agent pods by the label role: node-agent (by name: node-agent before)',
    source: 'v1.16.0 pkg/nodeagent/node_agent.go:141; v1.15.2 pkg/nodeagent/node_agent.go:119',
  },
  'node-agent-fixed-config-map': {
    until: '1.15.0',
    description: 'reading the ConfigMap node-agent-config without a flag',
    source: 'v1.14.1 pkg/nodeagent/node_agent.go:38',
  },
  'node-agent-config-map-one-key': {
    since: '1.18.0',
    description: 'refusing a ConfigMap of node-agent with more than one key',
    source: 'v1.18.0 pkg/nodeagent/node_agent.go:147; the last key in random order won before',
  },
  'config-maps-must-exist': {
    since: '1.17.0',
    description: 'ending when a ConfigMap named by a flag is missing or no JSON',
    source: 'v1.17.0 pkg/cmd/server/server.go:214, pkg/cmd/cli/nodeagent/server.go:254; a line in the log before',
  },
  'maintenance-inherits-affinity': {
    until: '1.15.0',
    description: 'maintenance Jobs with the affinity of the server',
    source: 'v1.14.1 pkg/repository/maintenance.go:159',
  },
  'maintenance-inherits-tolerations': {
    until: '1.16.0',
    description: 'maintenance Jobs with the tolerations of the server',
    source: 'v1.14.1 pkg/repository/maintenance.go:163, v1.15.2 pkg/repository/manager/manager.go:453',
  },
  'maintenance-inherits-node-selector': {
    until: '1.16.0',
    description: 'maintenance Jobs with the node selector of the server',
    source: 'v1.14.1 pkg/repository/maintenance.go:167, v1.15.2 pkg/repository/manager/manager.go:457',
  },
  'maintenance-inherits-labels': {
    until: '1.16.0',
    description: 'maintenance Jobs whose pods have the labels of the server',
    source: 'v1.14.1 pkg/repository/maintenance.go:171, v1.15.2 pkg/repository/manager/manager.go:461; v1.16.2 pkg/repository/maintenance/maintenance.go:463 sets its own',
  },
  'maintenance-inherits-listed-tolerations': {
    since: '1.17.1',
    description: 'maintenance Jobs with those tolerations of the server that Velero lists: kubernetes.azure.com/scalesetpriority, CriticalAddonsOnly',
    source: 'v1.17.1 pkg/repository/maintenance/maintenance.go:469, pkg/util/third_party.go:27',
  },
  'data-mover-inherits-listed-tolerations': {
    since: '1.17.0',
    description: 'data movers with those tolerations of node-agent that Velero lists: kubernetes.azure.com/scalesetpriority, CriticalAddonsOnly',
    source: 'v1.17.2 pkg/controller/data_upload_controller.go:960; v1.17.0 by CHANGELOG-1.17.md:145 (velero#9072); none before: v1.16.2 pkg/exposer/csi_snapshot.go:594',
  },
  'maintenance-inherits-security-context': {
    since: '1.17.0',
    description: 'maintenance Jobs with the security contexts of the server',
    source: 'v1.17.0 pkg/repository/maintenance/maintenance.go:505; v1.16.2 has none',
  },
  'pods-inherit-pull-secrets': {
    since: '1.16.2',
    description: 'maintenance Jobs and data movers with the image pull secrets of server and node-agent',
    source: 'v1.16.2 pkg/repository/maintenance/maintenance.go:442, pkg/exposer/image.go:75',
  },
  'home-falls-back': {
    since: '1.16.0',
    description: 'running without HOME (the repository\'s settings go to the folder for temporary files)',
    source: 'v1.16.0 pkg/repository/udmrepo/repo_options.go:219; HOME=/ fails in every release',
  },
  'restore-helper-security-context': {
    since: '1.15.1',
    description: 'an unprivileged security context of the init container of restored pods (user 1000)',
    source: 'v1.15.1 pkg/restore/actions/pod_volume_restore_action.go:297; v1.15.0 sets none',
  },
  'restore-helper-inherits-security-context': {
    since: '1.16.0',
    description: 'an init container of restored pods with the security context of their first container',
    source: 'v1.16.0 pkg/restore/actions/pod_volume_restore_action.go:171; absent in v1.15.2',
  },
  'restore-helper-pod-user': {
    since: '1.18.3',
    description: 'an init container of restored pods that runs as the user of the pod',
    source: 'v1.18.3 pkg/restore/actions/pod_volume_restore_action.go:204; user 1000 before, which cannot read volumes closed to others',
  },
} satisfies Record<string, CapabilityFact>;
