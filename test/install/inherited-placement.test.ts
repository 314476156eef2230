import { emitted, installed, json } from './installs';
import { NodeOperator, Placement, TaintEffect, Toleration } from '../../src/install/placement';
import { VeleroFeature } from '../../src/install/velero-feature';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';

const { V1_14_1, V1_15_2, V1_16_2, V1_17_2, V1_18_3 } = VeleroVersion;
const FAST = { key: 'disk', operator: NodeOperator.IN, values: ['fast'] };
const DEDICATED: Placement = {
  nodeSelector: { dedicated: 'backup' }, tolerations: [{ key: 'dedicated', value: 'backup', effect: TaintEffect.NO_SCHEDULE }],
};
const THERE = [{ nodeSelector: { matchLabels: { dedicated: 'backup' } } }];
const CSI = { features: [VeleroFeature.ENABLE_CSI] };

function affinityOf(name: string, key: string, props: Partial<VeleroInstallProps>): unknown {
  const objects = emitted(props);
  return objects.some(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name) ? json(objects, name, key).loadAffinity : undefined;
}

const jobs = (props: Partial<VeleroInstallProps>) => affinityOf('repository-maintenance', 'global', props);
const movers = (props: Partial<VeleroInstallProps>) => affinityOf('node-agent-config', 'node-agent-config.json', props);

/** An allow-listed key, which 1.17.1 and newer give to Jobs, 1.17.0 and newer to movers. */
const LISTED: Toleration = { key: 'CriticalAddonsOnly' };

describe('maintenance Jobs of a server on dedicated, tainted nodes', () => {
  test.each<[VeleroVersion, string, unknown]>([
    [V1_14_1, 'copy affinity and tolerations of the server', undefined],
    [V1_15_2, 'copy the tolerations, so they go there', THERE],
    [V1_16_2, 'have no tolerations, so they go anywhere', undefined],
    [V1_17_2, 'have no tolerations, so they go anywhere', undefined],
    [V1_18_3, 'have no tolerations, so they go anywhere', undefined],
  ])('of %s %s', (version, _, expected) => {
    expect(jobs({ version, placement: DEDICATED })).toEqual(expected);
  });

  test.each([V1_15_2, V1_16_2, V1_17_2, V1_18_3])('of %s go where the user says', version => {
    expect(jobs({ version, placement: DEDICATED, maintenance: { nodes: [FAST] } })).toEqual([{ nodeSelector: { matchExpressions: [FAST] } }]);
  });

  test.each<[VeleroVersion, unknown]>([[V1_16_2, undefined], [VeleroVersion.of('1.17.0'), undefined], [V1_17_2, THERE], [V1_18_3, THERE]])(
    'of %s with a toleration that Velero lists', (version, expected) => {
      expect(jobs({ version, placement: { ...DEDICATED, tolerations: [LISTED] } })).toEqual(expected);
    });

  test.each<[string, Toleration[], unknown]>([
    ['a second one of a listed key is lost', [LISTED, { key: 'CriticalAddonsOnly', value: 'x' }], undefined],
    ['one that is only a preference costs nothing', [{ key: 'a', effect: TaintEffect.PREFER_NO_SCHEDULE }], THERE],
    ['none is none', [], THERE],
  ])('of the newest: %s', (_, tolerations, expected) => {
    expect(jobs({ placement: { ...DEDICATED, tolerations } })).toEqual(expected);
  });
});

describe('data movers of a node-agent on dedicated, tainted nodes', () => {
  test.each([V1_14_1, V1_15_2, V1_16_2, V1_17_2, V1_18_3])('of %s have no place, so that the user must say which nodes are not tainted', version => {
    const asked = { version, ...CSI, placement: DEDICATED };
    expect(() => emitted(asked)).toThrow(new Error(
      `VeleroInstall 'test/velero': nodeAgent.dataMoverAffinity: wanted the nodes of data movers, which Velero ${version} does not give node-agent's tolerations (dedicated); `
      + 'name nodes that have a node-agent and no such taint: on tainted ones the pods stay Pending and no snapshot is moved',
    ));
    expect(movers({ ...asked, nodeAgent: { dataMoverAffinity: [{ nodes: [FAST] }] } })).toEqual([{ nodeSelector: { matchExpressions: [FAST] } }]);
  });

  test.each([VeleroVersion.of('1.17.0'), V1_17_2, V1_18_3])('of %s with a toleration that Velero lists go there', version => {
    expect(movers({ version, ...CSI, placement: { ...DEDICATED, tolerations: [LISTED] } })).toEqual(THERE);
  });

  test('of 1.16 do not know that list', () => {
    expect(() => installed({ version: V1_16_2, ...CSI, placement: { ...DEDICATED, tolerations: [LISTED] } })).toThrow('(CriticalAddonsOnly)');
  });

  test('that tolerates everything is told so', () => {
    expect(() => installed({ ...CSI, placement: { ...DEDICATED, tolerations: [{}] } })).toThrow('(every taint)');
  });

  test.each<[string, Partial<VeleroInstallProps>, unknown]>([
    ['there are none without CSI', { placement: DEDICATED }, THERE],
    ['they go anywhere that node-agent goes when it chooses no nodes', { ...CSI, placement: { tolerations: DEDICATED.tolerations } }, undefined],
  ])('%s', (_, props, expected) => {
    expect(movers(props)).toEqual(expected);
  });
});
