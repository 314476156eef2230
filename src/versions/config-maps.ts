import { Availability } from './availability';

/** The ConfigMaps that Velero reads JSON from, by what they configure. */
export type ConfigMapName = 'node-agent' | 'repository-maintenance' | 'backup-repository';

/** A key of that JSON; the keys of nested objects are written with dots, whatever names of nodes or classes stand between them. */
export interface ConfigMapKey extends Availability {
  readonly name: string;

  /** The values accepted, where Velero lists them. */
  readonly values?: readonly string[];

  /** Release, file and line. */
  readonly source: string;
}

/**
 * Every key that some release reads, by ConfigMap. A release ignores silently what it does not know, so that a setting does nothing.
 *
 * The first two are checked against the sources by tools/facts/check.sh.
 */
export const CONFIG_MAP_KEYS: Readonly<Record<ConfigMapName, readonly ConfigMapKey[]>> = {
  'node-agent': [
    { name: 'backupPVC', since: '1.15.0', source: 'v1.18.3 pkg/types/node_agent.go:110' },
    { name: 'backupPVC.annotations', since: '1.17.1', source: 'v1.18.3 pkg/types/node_agent.go:61' },
    { name: 'backupPVC.configMapNames', since: '1.18.3', source: 'v1.18.3 pkg/types/node_agent.go:74' },
    { name: 'backupPVC.readOnly', since: '1.15.0', source: 'v1.18.3 pkg/types/node_agent.go:54' },
    { name: 'backupPVC.secretNames', since: '1.18.3', source: 'v1.18.3 pkg/types/node_agent.go:67' },
    { name: 'backupPVC.spcNoRelabeling', since: '1.15.0', source: 'v1.18.3 pkg/types/node_agent.go:58' },
    { name: 'backupPVC.storageClass', since: '1.15.0', source: 'v1.18.3 pkg/types/node_agent.go:51' },
    { name: 'cachePVC', since: '1.18.0', source: 'v1.18.3 pkg/types/node_agent.go:125' },
    { name: 'cachePVC.residentThresholdInMB', since: '1.18.0', source: 'v1.18.3 pkg/types/node_agent.go:99' },
    { name: 'cachePVC.storageClass', since: '1.18.0', source: 'v1.18.3 pkg/types/node_agent.go:96' },
    { name: 'loadAffinity', source: 'v1.18.3 pkg/types/node_agent.go:107' },
    { name: 'loadAffinity.nodeSelector', source: 'v1.18.3 pkg/util/kube/pod.go:37' },
    { name: 'loadAffinity.storageClass', since: '1.17.0', source: 'v1.18.3 pkg/util/kube/pod.go:40' },
    { name: 'loadConcurrency', source: 'v1.18.3 pkg/types/node_agent.go:104' },
    { name: 'loadConcurrency.globalConfig', source: 'v1.18.3 pkg/types/node_agent.go:27' },
    { name: 'loadConcurrency.perNodeConfig', source: 'v1.18.3 pkg/types/node_agent.go:30' },
    { name: 'loadConcurrency.perNodeConfig.nodeSelector', source: 'v1.18.3 pkg/types/node_agent.go:43' },
    { name: 'loadConcurrency.perNodeConfig.number', source: 'v1.18.3 pkg/types/node_agent.go:46' },
    { name: 'loadConcurrency.prepareQueueLength', since: '1.17.0', source: 'v1.18.3 pkg/types/node_agent.go:33' },
    { name: 'podAnnotations', since: '1.18.0', source: 'v1.18.3 pkg/types/node_agent.go:128' },
    { name: 'podLabels', since: '1.18.0', source: 'v1.18.3 pkg/types/node_agent.go:131' },
    { name: 'podResources', since: '1.15.0', source: 'v1.18.3 pkg/types/node_agent.go:116' },
    { name: 'podResources.cpuLimit', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:45' },
    { name: 'podResources.cpuRequest', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:44' },
    { name: 'podResources.ephemeralStorageLimit', since: '1.18.1', source: 'v1.18.3 pkg/util/kube/pod.go:49' },
    { name: 'podResources.ephemeralStorageRequest', since: '1.18.1', source: 'v1.18.3 pkg/util/kube/pod.go:48' },
    { name: 'podResources.memoryLimit', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:47' },
    { name: 'podResources.memoryRequest', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:46' },
    { name: 'priorityClassName', since: '1.17.0', source: 'v1.18.3 pkg/types/node_agent.go:119' },
    { name: 'privilegedFsBackup', since: '1.17.1', source: 'v1.18.3 pkg/types/node_agent.go:122' },
    { name: 'restorePVC', since: '1.16.0', source: 'v1.18.3 pkg/types/node_agent.go:113' },
    { name: 'restorePVC.configMapNames', since: '1.18.3', source: 'v1.18.3 pkg/types/node_agent.go:91' },
    { name: 'restorePVC.ignoreDelayBinding', since: '1.16.0', source: 'v1.18.3 pkg/types/node_agent.go:79' },
    { name: 'restorePVC.secretNames', since: '1.18.3', source: 'v1.18.3 pkg/types/node_agent.go:85' },
  ],
  'repository-maintenance': [
    { name: 'keepLatestMaintenanceJobs', since: '1.17.0', source: 'v1.18.3 pkg/types/repo_maintenance.go:29' },
    { name: 'loadAffinity', since: '1.15.0', source: 'v1.18.3 pkg/types/repo_maintenance.go:23' },
    { name: 'loadAffinity.nodeSelector', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:37' },
    { name: 'loadAffinity.storageClass', since: '1.17.0', source: 'v1.18.3 pkg/util/kube/pod.go:40' },
    { name: 'podAnnotations', since: '1.18.0', source: 'v1.18.3 pkg/types/repo_maintenance.go:37' },
    { name: 'podLabels', since: '1.18.0', source: 'v1.18.3 pkg/types/repo_maintenance.go:41' },
    { name: 'podResources', since: '1.15.0', source: 'v1.18.3 pkg/types/repo_maintenance.go:26' },
    { name: 'podResources.cpuLimit', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:45' },
    { name: 'podResources.cpuRequest', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:44' },
    { name: 'podResources.ephemeralStorageLimit', since: '1.18.1', source: 'v1.18.3 pkg/util/kube/pod.go:49' },
    { name: 'podResources.ephemeralStorageRequest', since: '1.18.1', source: 'v1.18.3 pkg/util/kube/pod.go:48' },
    { name: 'podResources.memoryLimit', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:47' },
    { name: 'podResources.memoryRequest', since: '1.15.0', source: 'v1.18.3 pkg/util/kube/pod.go:46' },
    { name: 'priorityClassName', since: '1.17.0', source: 'v1.18.3 pkg/types/repo_maintenance.go:33' },
    // Not a key of the JSON but of the ConfigMap: <namespace>-<location>-<repository type> beside "global".
    { name: 'repositories', since: '1.15.0', source: 'v1.18.3 pkg/repository/maintenance/maintenance.go:245' },
  ],
  'backup-repository': [
    { name: 'cacheLimitMB', since: '1.15.0', source: 'v1.18.3 pkg/repository/provider/unified_repo.go:633' },
    {
      name: 'fullMaintenanceInterval',
      values: ['normalGC', 'fastGC', 'eagerGC'],
      since: '1.16.0',
      source: 'v1.18.3 pkg/repository/provider/unified_repo.go:634, values in pkg/repository/udmrepo/repo_options.go:79',
    },
  ],
};

/** What is known about a key; nothing when no release reads it. */
export function configMapKey(configMap: ConfigMapName, name: string): ConfigMapKey | undefined {
  return CONFIG_MAP_KEYS[configMap].find(key => key.name === name);
}
