import { annotations, dnsSubdomain, Problem, Problems } from '../findings';
import { VeleroRelease } from '../versions';
import { checkResources } from './container-resources';
import { lostByMovers } from './inherited-placement';
import { atLeastOne, podResources } from './job-settings';
import { JsonDocument } from './json-document';
import { checkLabels } from './metadata-checks';
import { BackupVolumeOptions, NodeAgentOptions, RestoreVolumeOptions } from './node-agent-options';
import { loadAffinity, NodeRequirement, Placement } from './placement';
import { checkRequirements } from './placement-checks';

/** What decides node-agent's settings. */
export interface NodeAgentSettings {
  readonly release: VeleroRelease;
  readonly options: NodeAgentOptions;
  /** Placement of node-agent, which the pods that it starts share. */
  readonly placement: Placement;
  /** The feature EnableCSI: there are pods that move data. */
  readonly snapshots: boolean;
}

/**
 * What node-agent reads from its ConfigMap; nothing when there is nothing to say.
 *
 * @see https://velero.io/docs/main/supported-configmaps/node-agent-configmap/
 */
export function nodeAgentConfig(problems: Problems, settings: NodeAgentSettings): object | undefined {
  const { release, options, placement } = settings;
  const document = new JsonDocument('node-agent', release, problems);
  checkLabels(problems, 'nodeAgent.dataMoverPodLabels', options.dataMoverPodLabels);
  problems.add(...annotations('nodeAgent.dataMoverPodAnnotations', options.dataMoverPodAnnotations));
  const config = {
    loadConcurrency: concurrency(problems, document, options),
    loadAffinity: affinity(problems, document, settings),
    podResources: moverResources(problems, document, options),
    priorityClassName: document.optional('priorityClassName', placement.priorityClassName),
    privilegedFsBackup: privilegedFsBackup(document, options),
    backupPVC: backupVolumes(problems, document, options),
    restorePVC: restoreVolumes(problems, document, options),
    cachePVC: cacheVolumes(problems, document, options),
    podLabels: document.value('nodeAgent.dataMoverPodLabels', 'podLabels', options.dataMoverPodLabels),
    podAnnotations: document.value('nodeAgent.dataMoverPodAnnotations', 'podAnnotations', options.dataMoverPodAnnotations),
  };
  return Object.values(config).some(value => value !== undefined) ? config : undefined;
}

function concurrency(problems: Problems, document: JsonDocument, options: NodeAgentOptions) {
  const { concurrency: everywhere, concurrencyPerNode, prepareQueueLength } = options;
  problems.add(atLeastOne('nodeAgent.concurrency', everywhere), atLeastOne('nodeAgent.prepareQueueLength', prepareQueueLength));
  concurrencyPerNode?.forEach(({ nodes, concurrency: number }, index) => {
    problems.add(atLeastOne(`nodeAgent.concurrencyPerNode[${index}].concurrency`, number));
    checkRequirements(problems, `nodeAgent.concurrencyPerNode[${index}].nodes`, nodes);
  });
  const queue = document.value('nodeAgent.prepareQueueLength', 'loadConcurrency.prepareQueueLength', prepareQueueLength);
  if (everywhere === undefined && concurrencyPerNode === undefined && queue === undefined) {
    return undefined;
  }
  return {
    globalConfig: everywhere ?? 1,
    perNodeConfig: concurrencyPerNode?.map(({ nodes, concurrency: number }) => ({ nodeSelector: { matchExpressions: nodes }, number })),
    prepareQueueLength: queue,
  };
}

/** Where node-agent is, because the pods that move data need one on their node. */
function affinity(problems: Problems, document: JsonDocument, settings: NodeAgentSettings) {
  const { options: { dataMoverAffinity }, placement } = settings;
  if (dataMoverAffinity === undefined) {
    const same = loadAffinity(placement);
    problems.add(same && unreachable(settings));
    return same && [same];
  }
  return dataMoverAffinity.map(({ nodes, storageClass }, index) => {
    const where = `nodeAgent.dataMoverAffinity[${index}]`;
    checkRequirements(problems, `${where}.nodes`, nodes);
    problems.add(storageClass === undefined ? undefined : dnsSubdomain(`${where}.storageClass`, storageClass));
    return { nodeSelector: selector(nodes), storageClass: document.value(`${where}.storageClass`, 'loadAffinity.storageClass', storageClass) };
  });
}

/**
 * Whether those nodes are tainted is not known here, so the user has to say. Other nodes would be no way out: the node-agent on the node of such a
 * pod has to take it on, and its image is never pulled.
 *
 * @see velero v1.18.3 pkg/controller/data_upload_controller.go:320, pkg/exposer/csi_snapshot.go
 */
function unreachable({ release, placement, snapshots }: NodeAgentSettings): Problem | undefined {
  const lost = lostByMovers(release, placement);
  return !snapshots || lost.length === 0 ? undefined : {
    what: 'nodeAgent.dataMoverAffinity',
    wanted: `the nodes of data movers, which Velero ${release.version} does not give node-agent's tolerations (${lost.map(({ key }) => key ?? 'every taint').join(', ')})`,
    next: 'name nodes that have a node-agent and no such taint: on tainted ones the pods stay Pending and no snapshot is moved',
  };
}

function moverResources(problems: Problems, document: JsonDocument, { dataMoverResources: resources }: NodeAgentOptions) {
  if (resources === undefined) {
    return undefined;
  }
  checkResources(problems, 'nodeAgent.dataMoverResources', resources);
  return podResources(document, 'nodeAgent.dataMoverResources', resources);
}

/** A node-agent that must be privileged saves through pods that must be too, where the release starts pods for that. */
function privilegedFsBackup(document: JsonDocument, { privileged, privilegedFsBackup: given }: NodeAgentOptions): boolean | undefined {
  return document.value('nodeAgent.privilegedFsBackup', 'privilegedFsBackup', given) ?? document.optional('privilegedFsBackup', privileged || undefined);
}

function backupVolumes(problems: Problems, document: JsonDocument, { backupVolumes: volumes }: NodeAgentOptions) {
  const given = document.value('nodeAgent.backupVolumes', 'backupPVC', volumes);
  return given && Object.fromEntries(Object.entries(given).map(([storageClass, volume]) => {
    const where = `nodeAgent.backupVolumes['${storageClass}']`;
    problems.add(dnsSubdomain('nodeAgent.backupVolumes', storageClass));
    checkBackupVolume(problems, where, volume);
    return [storageClass, {
      storageClass: volume.storageClass,
      readOnly: volume.readOnly,
      spcNoRelabeling: volume.spcNoRelabeling,
      annotations: document.value(`${where}.annotations`, 'backupPVC.annotations', volume.annotations),
      secretNames: document.value(`${where}.secretNames`, 'backupPVC.secretNames', volume.secretNames),
      configMapNames: document.value(`${where}.configMapNames`, 'backupPVC.configMapNames', volume.configMapNames),
    }];
  }));
}

function checkBackupVolume(problems: Problems, where: string, volume: BackupVolumeOptions): void {
  problems.add(volume.storageClass === undefined ? undefined : dnsSubdomain(`${where}.storageClass`, volume.storageClass));
  problems.add(...annotations(`${where}.annotations`, volume.annotations));
  checkCopied(problems, where, volume);
  if (volume.spcNoRelabeling && !volume.readOnly) {
    problems.add({ what: `${where}.spcNoRelabeling`, got: true, wanted: 'readOnly: true beside it', next: 'Velero ignores it with a writable volume' });
  }
}

function restoreVolumes(problems: Problems, document: JsonDocument, { restoreVolumes: volumes }: NodeAgentOptions) {
  const given = document.value('nodeAgent.restoreVolumes', 'restorePVC', volumes);
  checkCopied(problems, 'nodeAgent.restoreVolumes', volumes ?? {});
  return given && {
    ignoreDelayBinding: given.ignoreDelayBinding,
    secretNames: document.value('nodeAgent.restoreVolumes.secretNames', 'restorePVC.secretNames', given.secretNames),
    configMapNames: document.value('nodeAgent.restoreVolumes.configMapNames', 'restorePVC.configMapNames', given.configMapNames),
  };
}

/** Names of what a driver needs beside a claim. */
function checkCopied(problems: Problems, where: string, { secretNames = [], configMapNames = [] }: RestoreVolumeOptions): void {
  problems.add(
    ...secretNames.map((name, index) => dnsSubdomain(`${where}.secretNames[${index}]`, name)),
    ...configMapNames.map((name, index) => dnsSubdomain(`${where}.configMapNames[${index}]`, name)),
  );
}

function cacheVolumes(problems: Problems, document: JsonDocument, { cacheVolumes: volumes }: NodeAgentOptions) {
  const threshold = volumes?.residentThresholdInMB;
  if (threshold !== undefined && !(Number.isInteger(threshold) && threshold >= 0)) {
    problems.add({ what: 'nodeAgent.cacheVolumes.residentThresholdInMB', got: threshold, wanted: 'a whole number of MB, 0 or more' });
  }
  problems.add(volumes && dnsSubdomain('nodeAgent.cacheVolumes.storageClass', volumes.storageClass));
  return document.value('nodeAgent.cacheVolumes', 'cachePVC', volumes);
}

function selector(nodes: NodeRequirement[]) {
  return { matchExpressions: nodes };
}
