import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { nodeAgent, server } from '../../src/rules/examples';

escapeHatch('placement-not-inherited', usual => () => usual.object('DaemonSet', 'node-agent').addJsonPatch(
  JsonPatch.add('/spec/template/spec/tolerations', [{ key: 'dedicated', operator: 'Exists' }]),
));

function tolerating(workload: string, ...tolerations: object[]): string {
  return workload.replace('      serviceAccountName', `      tolerations: ${JSON.stringify(tolerations)}\n      serviceAccountName`);
}

function findings(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'placement-not-inherited').map(line => line.replace(/^warning placement-not-inherited .*?: spec.template.spec./, ''));
}

const DEDICATED = { key: 'dedicated', operator: 'Exists' };

describe('the node-agent', () => {
  const EVICTED = 'wanted one that the pods of file-system backups get too: Velero 1.18.3 gives it to none of them, and they are thrown out of nodes with this taint';

  test.each([
    ['of one taint', [DEDICATED], [`tolerations[0] got "dedicated", ${EVICTED}`]],
    ['of every taint', [{ operator: 'Exists' }], [`tolerations[0] got "every taint", ${EVICTED}`]],
    ['that only lets pods be scheduled', [{ ...DEDICATED, effect: 'NoSchedule' }], []],
    ['of the state of a node', [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }], []],
    ['that Velero lists', [{ key: 'CriticalAddonsOnly', operator: 'Exists' }], []],
    ['that Velero lists, the second of its key', [{ key: 'CriticalAddonsOnly', value: 'a' }, { key: 'CriticalAddonsOnly', value: 'b' }],
      [`tolerations[1] got "CriticalAddonsOnly", ${EVICTED}`]],
  ])('a toleration %s', (_, tolerations, expected) => {
    expect(findings(tolerating(nodeAgent('1.18.3'), ...tolerations))).toEqual(expected);
  });

  test('up to 1.16 it does the work itself', () => {
    expect(findings(tolerating(nodeAgent('1.16.2'), DEDICATED))).toEqual([]);
  });

  const CSI = server('1.16.2', '--uploader-type=kopia', '--features=EnableCSI');

  test('but data movers are pods from 1.15 on', () => {
    expect(findings(CSI, tolerating(nodeAgent('1.16.2'), { ...DEDICATED, effect: 'NoSchedule' }))).toEqual([
      'tolerations[0] got "dedicated", wanted one that data movers get too: Velero 1.16.2 gives it to none of them, and they are not scheduled to nodes with this taint',
    ]);
  });

  test('whoever says where data movers run knows', () => {
    const settings = (json: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: velero }\ndata: { settings: '${json}' }\n`;
    const flagged = tolerating(nodeAgent('1.16.2', '--node-agent-configmap=settings'), { ...DEDICATED, effect: 'NoSchedule' });
    expect(findings(CSI, flagged, settings('{ "loadAffinity": [] }'))).toEqual([]);
    expect(findings(CSI, flagged, settings('{}'))).toHaveLength(1);
    expect(findings(CSI, flagged)).toEqual([]);
  });
});

describe('the server', () => {
  test.each([
    ['1.15.2', []],
    ['1.16.2', ['tolerations[0] got "dedicated", wanted one that maintenance Jobs get too: Velero 1.16.2 gives it to none of them, and they need nodes without this taint']],
  ])('Velero %s', (version, expected) => {
    expect(findings(tolerating(server(version, '--uploader-type=kopia'), { ...DEDICATED, effect: 'NoSchedule' }))).toEqual(expected);
  });

  test.each([
    ['a taint that only asks', { ...DEDICATED, effect: 'PreferNoSchedule' }, []],
    ['Jobs that are placed', DEDICATED, ['--repo-maintenance-job-configmap=elsewhere']],
  ])('silent about %s', (_, toleration, flags) => {
    expect(findings(tolerating(server('1.18.3', '--uploader-type=kopia', ...flags), toleration))).toEqual([]);
  });
});

test('where the nodes are known, only their taints count', () => {
  const node = (taints: string) => `apiVersion: v1\nkind: Node\nmetadata: { name: worker }\nspec: { taints: ${taints} }\n`;
  const every = tolerating(nodeAgent('1.18.3'), { operator: 'Exists' });
  expect(findings(every, node('[]'))).toEqual([]);
  expect(findings(every, node('[{ key: node.kubernetes.io/unreachable, effect: NoExecute }]'))).toEqual([]);
  expect(findings(every, node('[{ key: dedicated, effect: NoExecute }]'))).toHaveLength(1);
});

test('silent about a version that nobody knows', () => {
  expect(findings(tolerating(nodeAgent('1.99.0'), DEDICATED))).toEqual([]);
});
