import { Problems } from '../findings';
import { VeleroRelease } from '../versions';
import { checkResources } from './container-resources';
import { atLeastOne, podResources } from './job-settings';
import { JsonDocument } from './json-document';
import { NodeAgentOptions } from './node-agent-options';
import { checkRequirements, loadAffinity, NodeRequirement, Placement } from './placement';
import { checkLabels } from './pod-parts';

/**
 * What node-agent reads from its ConfigMap; nothing when there is nothing to say.
 *
 * @see https://velero.io/docs/main/supported-configmaps/node-agent-configmap/
 */
export function nodeAgentConfig(problems: Problems, release: VeleroRelease, options: NodeAgentOptions, placement: Placement): object | undefined {
  const document = new JsonDocument('node-agent', release, problems);
  checkLabels(problems, 'nodeAgent.dataMoverPodLabels', options.dataMoverPodLabels);
  const config = {
    loadConcurrency: concurrency(problems, document, options),
    loadAffinity: affinity(problems, document, options, placement),
    podResources: moverResources(problems, document, options),
    priorityClassName: document.optional('priorityClassName', placement.priorityClassName),
    privilegedFsBackup: privilegedFsBackup(document, options),
    backupPVC: backupVolumes(document, options),
    restorePVC: restoreVolumes(document, options),
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

function affinity(problems: Problems, document: JsonDocument, { dataMoverAffinity }: NodeAgentOptions, placement: Placement) {
  if (dataMoverAffinity === undefined) {
    const same = loadAffinity(placement);
    return same && [same];
  }
  return dataMoverAffinity.map(({ nodes, storageClass }, index) => {
    const where = `nodeAgent.dataMoverAffinity[${index}]`;
    checkRequirements(problems, `${where}.nodes`, nodes);
    return { nodeSelector: selector(nodes), storageClass: document.value(`${where}.storageClass`, 'loadAffinity.storageClass', storageClass) };
  });
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

function backupVolumes(document: JsonDocument, { backupVolumes: volumes }: NodeAgentOptions) {
  const given = document.value('nodeAgent.backupVolumes', 'backupPVC', volumes);
  return given && Object.fromEntries(Object.entries(given).map(([storageClass, volume]) => {
    const where = `nodeAgent.backupVolumes['${storageClass}']`;
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

function restoreVolumes(document: JsonDocument, { restoreVolumes: volumes }: NodeAgentOptions) {
  const given = document.value('nodeAgent.restoreVolumes', 'restorePVC', volumes);
  return given && {
    ignoreDelayBinding: given.ignoreDelayBinding,
    secretNames: document.value('nodeAgent.restoreVolumes.secretNames', 'restorePVC.secretNames', given.secretNames),
    configMapNames: document.value('nodeAgent.restoreVolumes.configMapNames', 'restorePVC.configMapNames', given.configMapNames),
  };
}

function cacheVolumes(problems: Problems, document: JsonDocument, { cacheVolumes: volumes }: NodeAgentOptions) {
  const threshold = volumes?.residentThresholdInMB;
  if (threshold !== undefined && !(Number.isInteger(threshold) && threshold >= 0)) {
    problems.add({ what: 'nodeAgent.cacheVolumes.residentThresholdInMB', got: threshold, wanted: 'a whole number of MB, 0 or more' });
  }
  return document.value('nodeAgent.cacheVolumes', 'cachePVC', volumes);
}

function selector(nodes: NodeRequirement[]) {
  return { matchExpressions: nodes };
}
