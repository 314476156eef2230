import { Duration } from 'cdk8s';
import { emitted, json, nodeAgent, server } from './installs';
import { NodeOperator, Placement, TaintEffect, TolerationOperator } from '../../src/install/placement';

const FAST = { key: 'disk', operator: NodeOperator.IN, values: ['fast'] };
const EVERY: Required<Placement> = {
  nodeSelector: { pool: 'backup' },
  nodeAffinity: [FAST, { key: 'slow', operator: NodeOperator.DOES_NOT_EXIST }],
  tolerations: [
    { key: 'backup', value: 'yes', effect: TaintEffect.NO_SCHEDULE },
    { key: 'maintenance', effect: TaintEffect.NO_EXECUTE, tolerationPeriod: Duration.minutes(5) },
    { operator: TolerationOperator.EXISTS },
  ],
  priorityClassName: 'backup',
};
const POD = {
  nodeSelector: { 'kubernetes.io/os': 'linux', 'pool': 'backup' },
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [FAST, { key: 'slow', operator: 'DoesNotExist' }] }] },
    },
  },
  tolerations: [
    { key: 'backup', operator: 'Equal', value: 'yes', effect: 'NoSchedule' },
    { key: 'maintenance', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    { operator: 'Exists' },
  ],
  priorityClassName: 'backup',
};

test('given once, it reaches server, node-agent and movers, and of Jobs without its tolerations the priority class', () => {
  expect(server({ placement: EVERY })).toMatchObject(POD);
  expect(nodeAgent({ placement: EVERY })).toMatchObject(POD);
  const objects = emitted({ placement: EVERY });
  const carried = {
    loadAffinity: [{ nodeSelector: { matchLabels: { pool: 'backup' }, matchExpressions: EVERY.nodeAffinity } }], priorityClassName: 'backup',
  };
  expect(json(objects, 'node-agent-config', 'node-agent-config.json')).toEqual(carried);
  expect(json(objects, 'repository-maintenance', 'global')).toEqual({ priorityClassName: 'backup' });
});

test('each value can be replaced for one of them', () => {
  const props = { placement: EVERY, server: { placement: { nodeSelector: { pool: 'server' } } }, nodeAgent: { placement: { tolerations: [] } } };
  expect(server(props)).toMatchObject({ ...POD, nodeSelector: { 'kubernetes.io/os': 'linux', 'pool': 'server' } });
  expect(nodeAgent(props)).toMatchObject({ nodeSelector: POD.nodeSelector, affinity: POD.affinity, priorityClassName: 'backup' });
  expect(nodeAgent(props).tolerations).toBeUndefined();
});

test('Linux is only the default', () => {
  expect(server({ placement: { nodeSelector: { 'kubernetes.io/os': 'other' } } }).nodeSelector).toEqual({ 'kubernetes.io/os': 'other' });
  expect(server({ placement: { nodeAffinity: [] } }).affinity).toBeUndefined();
});

const LABEL = 'at most 63 letters, digits, "-", "_" and ".",';

test.each<[string, Placement, string]>([
  ['an unknown effect', { tolerations: [{ key: 'a', effect: 'NoSchedul' as TaintEffect }] },
    'tolerations[0].effect got "NoSchedul", wanted one of NoSchedule, PreferNoSchedule, NoExecute'],
  ['an unknown operator', { tolerations: [{ key: 'a', operator: 'Is' as TolerationOperator }] }, 'tolerations[0].operator got "Is", wanted one of Equal, Exists'],
  ['a value that is not compared', { tolerations: [{ key: 'a', operator: TolerationOperator.EXISTS, value: 'b' }] },
    'tolerations[0].value got "b", wanted no value with the operator Exists; leave out value, or use Equal'],
  ['a value without a key', { tolerations: [{ value: 'b' }] },
    'tolerations[0].key: wanted the key of a taint; use the operator Exists to tolerate every taint'],
  ['the key of a taint of two words', { tolerations: [{ key: 'a b' }] },
    `tolerations[0].key got "a b", wanted a label key: ${LABEL} after an optional DNS prefix and "/"`],
  ['the value of a taint of two words', { tolerations: [{ key: 'a', value: 'b c' }] },
    `tolerations[0].value got "b c", wanted a label value: ${LABEL} beginning and ending with a letter or digit`],
  ['a period without its effect', { tolerations: [{ key: 'a', effect: TaintEffect.NO_SCHEDULE, tolerationPeriod: Duration.minutes(1) }] },
    'tolerations[0].tolerationPeriod got "1 minute", wanted none without the effect NoExecute'],
  ['a period of half a second', { tolerations: [{ key: 'a', effect: TaintEffect.NO_EXECUTE, tolerationPeriod: Duration.millis(500) }] },
    'tolerations[0].tolerationPeriod got "0.5s", wanted a whole number of seconds, at least 1'],
  ['an operator that a label selector does not have', { nodeAffinity: [{ key: 'a', operator: 'Gt' as NodeOperator, values: ['1'] }] },
    'nodeAffinity[0].operator got "Gt", wanted one of In, NotIn, Exists, DoesNotExist'],
  ['a condition without values', { nodeAffinity: [{ key: 'a', operator: NodeOperator.IN }] },
    'nodeAffinity[0].values got [], wanted at least one value with the operator In'],
  ['a condition with too many values', { nodeAffinity: [{ key: 'a', operator: NodeOperator.DOES_NOT_EXIST, values: ['b'] }] },
    'nodeAffinity[0].values got ["b"], wanted no values with the operator DoesNotExist'],
  ['a condition with a value of two words', { nodeAffinity: [{ key: 'a', operator: NodeOperator.IN, values: ['b', 'c d'] }] },
    `nodeAffinity[0].values[1] got "c d", wanted a label value: ${LABEL} beginning and ending with a letter or digit`],
  ['a condition on no label', { nodeAffinity: [{ key: '', operator: NodeOperator.EXISTS }] },
    `nodeAffinity[0].key got "", wanted a label key: ${LABEL} after an optional DNS prefix and "/"`],
  ['a node label of two words', { nodeSelector: { a: 'b c' } },
    `nodeSelector['a'] got "b c", wanted a label value: ${LABEL} beginning and ending with a letter or digit`],
  ['a priority class with a capital', { priorityClassName: 'High' },
    'priorityClassName got "High", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit'],
])('fails with %s', (_, placement, message) => {
  expect(() => emitted({ server: { placement } })).toThrow(new Error(`VeleroInstall 'test/velero': server.placement.${message}`));
  expect(() => emitted({ nodeAgent: { placement } })).toThrow(new Error(`VeleroInstall 'test/velero': nodeAgent.placement.${message}`));
});

test('what is wrong with the placement of all is said once', () => {
  expect(() => emitted({ placement: { priorityClassName: 'High' } })).toThrow(new Error(
    'VeleroInstall \'test/velero\': placement.priorityClassName got "High", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit',
  ));
});
