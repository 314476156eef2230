import { emitted, json, nodeAgent, object } from './installs';
import { NodeAgentOptions } from '../../src/install/node-agent-options';
import { NodeOperator } from '../../src/install/placement';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';

const KEY = 'node-agent-config.json';
const FAST = { key: 'disk', operator: NodeOperator.IN, values: ['fast'] };

const EVERY: NodeAgentOptions = {
  concurrency: 2,
  concurrencyPerNode: [{ nodes: [FAST], concurrency: 4 }],
  prepareQueueLength: 3,
  dataMoverAffinity: [{ nodes: [FAST], storageClass: 'block' }, { nodes: [{ key: 'slow', operator: NodeOperator.DOES_NOT_EXIST }] }],
  dataMoverResources: { cpuRequest: '100m', memoryRequest: '256Mi', ephemeralStorageRequest: '1Gi', cpuLimit: '2', memoryLimit: '2Gi', ephemeralStorageLimit: '9Gi' },
  dataMoverPodLabels: { team: 'platform' },
  dataMoverPodAnnotations: { note: 'x' },
  privilegedFsBackup: true,
  backupVolumes: {
    block: { storageClass: 'scratch', readOnly: true, spcNoRelabeling: true, annotations: { a: 'b' }, secretNames: ['key'], configMapNames: ['vault'] },
  },
  restoreVolumes: { ignoreDelayBinding: true, secretNames: ['key'], configMapNames: ['vault'] },
  cacheVolumes: { storageClass: 'scratch', residentThresholdInMB: 0 },
};

test('every option becomes the key that Velero reads', () => {
  const objects = emitted({ nodeAgent: EVERY, placement: { priorityClassName: 'backup' } });
  expect(json(objects, 'node-agent-config', KEY)).toEqual({
    loadConcurrency: {
      globalConfig: 2, perNodeConfig: [{ nodeSelector: { matchExpressions: [FAST] }, number: 4 }], prepareQueueLength: 3,
    },
    loadAffinity: [
      { nodeSelector: { matchExpressions: [FAST] }, storageClass: 'block' },
      { nodeSelector: { matchExpressions: [{ key: 'slow', operator: 'DoesNotExist' }] } },
    ],
    podResources: {
      cpuRequest: '100m', memoryRequest: '256Mi', ephemeralStorageRequest: '1Gi', cpuLimit: '2', memoryLimit: '2Gi', ephemeralStorageLimit: '9Gi',
    },
    priorityClassName: 'backup',
    privilegedFsBackup: true,
    backupPVC: {
      block: { storageClass: 'scratch', readOnly: true, spcNoRelabeling: true, annotations: { a: 'b' }, secretNames: ['key'], configMapNames: ['vault'] },
    },
    restorePVC: { ignoreDelayBinding: true, secretNames: ['key'], configMapNames: ['vault'] },
    cachePVC: { storageClass: 'scratch', residentThresholdInMB: 0 },
    podLabels: { team: 'platform' },
    podAnnotations: { note: 'x' },
  });
});

test('the ConfigMap has one key, is labelled and comes before its reader', () => {
  const { metadata, data } = object(emitted({ nodeAgent: { concurrency: 2 } }), 'ConfigMap');
  expect(Object.keys(data)).toEqual([KEY]);
  expect(metadata).toEqual({
    name: 'node-agent-config',
    namespace: 'velero',
    labels: { 'component': 'velero', 'app.kubernetes.io/name': 'velero' },
    annotations: { 'argocd.argoproj.io/sync-wave': '-2' },
  });
});

test('1.14 reads it by its fixed name, newer ones are told', () => {
  const nodeAgentOptions = { concurrency: 2 };
  const flag = '--node-agent-configmap=node-agent-config';
  expect(nodeAgent({ version: VeleroVersion.V1_14_1, nodeAgent: nodeAgentOptions }).containers[0].args).toEqual(['node-agent', 'server']);
  expect(nodeAgent({ version: VeleroVersion.V1_15_2, nodeAgent: nodeAgentOptions }).containers[0].args).toEqual(['node-agent', 'server', flag]);
  for (const version of [VeleroVersion.V1_14_1, VeleroVersion.V1_15_2]) {
    expect(json(emitted({ version, nodeAgent: nodeAgentOptions }), 'node-agent-config', KEY)).toEqual({ loadConcurrency: { globalConfig: 2 } });
  }
});

test('a change of it replaces the pods, which read it at their start only', () => {
  const hash = (concurrency: number) =>
    object(emitted({ nodeAgent: { concurrency } }), 'DaemonSet').spec.template.metadata.annotations['cdk8s-velero/node-agent-config'];
  expect(hash(2)).toMatch(/^[0-9a-f]{16}$/);
  expect(hash(2)).toEqual(hash(2));
  expect(hash(3)).not.toEqual(hash(2));
});

test.each<[string, Partial<VeleroInstallProps>, any]>([
  ['a node concurrency leaves the others at 1', { nodeAgent: { concurrencyPerNode: [{ nodes: [FAST], concurrency: 4 }] } },
    { loadConcurrency: { globalConfig: 1, perNodeConfig: [{ nodeSelector: { matchExpressions: [FAST] }, number: 4 }] } }],
  ['a queue too', { nodeAgent: { prepareQueueLength: 5 } }, { loadConcurrency: { globalConfig: 1, prepareQueueLength: 5 } }],
  ['movers go where node-agent is', { placement: { nodeSelector: { pool: 'a' }, nodeAffinity: [FAST] } },
    { loadAffinity: [{ nodeSelector: { matchLabels: { pool: 'a' }, matchExpressions: [FAST] } }] }],
  ['the priority class of movers is not known to 1.16', { version: VeleroVersion.V1_16_2, placement: { priorityClassName: 'backup', nodeSelector: { pool: 'a' } } },
    { loadAffinity: [{ nodeSelector: { matchLabels: { pool: 'a' } } }] }],
  ['all four of cpu and memory are there', { nodeAgent: { dataMoverResources: { memoryRequest: '1Gi' } } },
    { podResources: { cpuRequest: '0', memoryRequest: '1Gi', cpuLimit: '0', memoryLimit: '0' } }],
  ['a privileged node-agent has privileged pods', { nodeAgent: { privileged: true } }, { privilegedFsBackup: true }],
  ['unless it says not', { nodeAgent: { privileged: true, privilegedFsBackup: false } }, { privilegedFsBackup: false }],
])('%s', (_, props, expected) => {
  expect(json(emitted(props), 'node-agent-config', KEY)).toEqual(expected);
});

test.each<[string, Partial<VeleroInstallProps>]>([
  ['by default', {}],
  ['for a placement that says nothing', { placement: { nodeSelector: {}, nodeAffinity: [] } }],
  ['for tolerations, which movers cannot have', { placement: { tolerations: [{ key: 'a' }] } }],
  ['for privileged pods that the release does not start', { version: VeleroVersion.V1_16_2, nodeAgent: { privileged: true } }],
])('there is none %s', (_, props) => {
  expect(emitted(props).filter(({ kind }) => kind === 'ConfigMap')).toEqual([]);
});

const PLACE = "VeleroInstall 'test/velero'";
const QUANTITY = 'a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi';
const LEAVE = 'leave it out or change the version';

test.each<[string, Partial<VeleroInstallProps>, string]>([
  ['prepareQueueLength before 1.17', { version: VeleroVersion.V1_16_2, nodeAgent: { prepareQueueLength: 2 } },
    `nodeAgent.prepareQueueLength got 2, wanted Velero >= 1.17.0 for loadConcurrency.prepareQueueLength in the node-agent ConfigMap, not 1.16.2; ${LEAVE}`],
  ['movers\' resources before 1.15', { version: VeleroVersion.V1_14_1, nodeAgent: { dataMoverResources: { cpuLimit: '1' } } },
    `nodeAgent.dataMoverResources got {"cpuRequest":"0","memoryRequest":"0","cpuLimit":"1","memoryLimit":"0"}, wanted Velero >= 1.15.0 for podResources in the node-agent ConfigMap, not 1.14.1; ${LEAVE}`],
  ['movers\' labels before 1.18', { version: VeleroVersion.V1_17_2, nodeAgent: { dataMoverPodLabels: { a: 'b' } } },
    `nodeAgent.dataMoverPodLabels got {"a":"b"}, wanted Velero >= 1.18.0 for podLabels in the node-agent ConfigMap, not 1.17.2; ${LEAVE}`],
  ['backup volumes before 1.15', { version: VeleroVersion.V1_14_1, nodeAgent: { backupVolumes: { a: {} } } },
    `nodeAgent.backupVolumes got {"a":{}}, wanted Velero >= 1.15.0 for backupPVC in the node-agent ConfigMap, not 1.14.1; ${LEAVE}`],
  ['their annotations before 1.17.1', { version: VeleroVersion.V1_16_2, nodeAgent: { backupVolumes: { a: { annotations: { b: 'c' } } } } },
    `nodeAgent.backupVolumes['a'].annotations got {"b":"c"}, wanted Velero >= 1.17.1 for backupPVC.annotations in the node-agent ConfigMap, not 1.16.2; ${LEAVE}`],
  ['restore volumes before 1.16', { version: VeleroVersion.V1_15_2, nodeAgent: { restoreVolumes: { ignoreDelayBinding: true } } },
    `nodeAgent.restoreVolumes got {"ignoreDelayBinding":true}, wanted Velero >= 1.16.0 for restorePVC in the node-agent ConfigMap, not 1.15.2; ${LEAVE}`],
  ['a mover affinity of a StorageClass before 1.17', { version: VeleroVersion.V1_16_2, nodeAgent: { dataMoverAffinity: [{ nodes: [FAST], storageClass: 'a' }] } },
    `nodeAgent.dataMoverAffinity[0].storageClass got "a", wanted Velero >= 1.17.0 for loadAffinity.storageClass in the node-agent ConfigMap, not 1.16.2; ${LEAVE}`],
  ['cache volumes before 1.18', { version: VeleroVersion.V1_17_2, nodeAgent: { cacheVolumes: { storageClass: 'a' } } },
    `nodeAgent.cacheVolumes got {"storageClass":"a"}, wanted Velero >= 1.18.0 for cachePVC in the node-agent ConfigMap, not 1.17.2; ${LEAVE}`],
  ['a negative threshold', { nodeAgent: { cacheVolumes: { storageClass: 'a', residentThresholdInMB: -1 } } },
    'nodeAgent.cacheVolumes.residentThresholdInMB got -1, wanted a whole number of MB, 0 or more'],
  ['no concurrency', { nodeAgent: { concurrency: 0 } }, 'nodeAgent.concurrency got 0, wanted a whole number, 1 or more'],
  ['half a concurrency', { nodeAgent: { concurrencyPerNode: [{ nodes: [FAST], concurrency: 0.5 }] } },
    'nodeAgent.concurrencyPerNode[0].concurrency got 0.5, wanted a whole number, 1 or more'],
  ['no queue', { nodeAgent: { prepareQueueLength: 0 } }, 'nodeAgent.prepareQueueLength got 0, wanted a whole number, 1 or more'],
  ['movers\' quantities', { nodeAgent: { dataMoverResources: { cpuLimit: 'one' } } }, `nodeAgent.dataMoverResources.cpuLimit got "one", wanted ${QUANTITY}`],
  ['movers with ArgoCD\'s label', { nodeAgent: { dataMoverPodLabels: { 'app.kubernetes.io/instance': 'a' } } },
    'nodeAgent.dataMoverPodLabels[\'app.kubernetes.io/instance\'] got "a", wanted a name that Velero, ArgoCD or this library does not use itself; leave it out'],
  ['a condition without values', { nodeAgent: { dataMoverAffinity: [{ nodes: [{ key: 'a', operator: NodeOperator.NOT_IN }] }] } },
    'nodeAgent.dataMoverAffinity[0].nodes[0].values got [], wanted at least one value with the operator NotIn'],
])('fails with %s', (_, props, message) => {
  expect(() => emitted(props)).toThrow(new Error(`${PLACE}: ${message}`));
});
