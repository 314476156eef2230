import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { nodeAgent, server } from '../../src/rules/examples';

escapeHatch('namespace-not-privileged', usual => () =>
  usual.object('Namespace', 'velero').addJsonPatch(JsonPatch.replace('/metadata/labels/pod-security.kubernetes.io~1enforce', 'restricted')));

const AGENT = nodeAgent('1.18.3');
const HOSTLESS = AGENT.split('\n').filter(line => !line.includes('host-pods')).join('\n');
const ON = 'namespace-not-privileged Namespace velero: label pod-security.kubernetes.io/enforce';

function namespace(labels: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: { name: velero, labels: ${labels} }\n`;
}

test.each([
  ['baseline', AGENT, '{ pod-security.kubernetes.io/enforce: baseline }', [`error ${ON} got "baseline", wanted privileged: no pod of DaemonSet velero/node-agent is let in otherwise`]],
  ['restricted', AGENT, '{ pod-security.kubernetes.io/enforce: restricted }', [`error ${ON} got "restricted", wanted privileged: no pod of DaemonSet velero/node-agent is let in otherwise`]],
  ['the label of the documentation of Velero', AGENT, '{ pod-security.velero.io/enforce: privileged }',
    [`warning ${ON} got undefined, wanted privileged: a cluster that enforces another level by default lets no pod of DaemonSet velero/node-agent in`]],
  ['privileged', AGENT, '{ pod-security.kubernetes.io/enforce: privileged }', []],
  ['baseline for a node-agent without folders of the node', HOSTLESS, '{ pod-security.kubernetes.io/enforce: baseline }', []],
  ['restricted for a node-agent without folders of the node', HOSTLESS, '{ pod-security.kubernetes.io/enforce: restricted }',
    [`error ${ON} got "restricted", wanted privileged: no pod of DaemonSet velero/node-agent is let in otherwise`]],
  ['a server alone', server('1.18.3', '--uploader-type=kopia'), '{ pod-security.kubernetes.io/enforce: restricted }', []],
])('%s', (_, yaml, labels, expected) => {
  expect(told(judged(`${yaml}---\n${namespace(labels)}`), 'namespace-not-privileged')).toEqual(expected);
});

test('silent without the Namespace, which somebody else makes', () => {
  expect(told(judged(AGENT), 'namespace-not-privileged')).toEqual([]);
});
