import { App, Chart, Size, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { Declarations } from '../../src/findings';
import { LabelSelectorOperator } from '../../src/schedule/label-selector';
import { IVolumePolicy, VolumePolicy, VolumePolicyProps } from '../../src/schedule/volume-policy';
import { VolumeAction, VolumeClaimAccessMode, VolumeClaimMode, VolumeClaimPhase, VolumeRule, VolumeType } from '../../src/schedule/volume-rule';
import { releaseOf } from '../../src/versions';
import { defaultChildOf, only, synthesized } from '../synthesized';

const { SKIP, FS_BACKUP, SNAPSHOT } = VolumeAction;
const AT = 'VolumePolicy \'test/volumes\'';

function chart(): Chart {
  return new Chart(Testing.app(), 'test');
}

function configMap(props: Partial<VolumePolicyProps>): any {
  const scope = chart();
  new VolumePolicy(scope, 'volumes', props);
  return only(synthesized(scope), 'ConfigMap');
}

function body(props: Partial<VolumePolicyProps>): any {
  return parse(configMap(props).data['policy.yaml']);
}

function rule(conditions: Omit<VolumeRule, 'action'>): any {
  return body({ rules: [{ ...conditions, action: SKIP }] }).volumePolicies[0];
}

test('the ConfigMap has one key, which is what Velero asks for, and comes before the schedules', () => {
  expect(configMap({ rules: [{ volumeTypes: [VolumeType.EMPTY_DIR], action: SKIP }] })).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'volumes',
      namespace: 'velero',
      // A Schedule outlives its removal from git, and needs its policy as long.
      annotations: { 'argocd.argoproj.io/sync-wave': '-2', 'argocd.argoproj.io/sync-options': 'Prune=false' },
    },
    data: {
      'policy.yaml': [
        'version: v1',
        'volumePolicies:',
        '  - conditions:',
        '      volumeTypes:',
        '        - emptyDir',
        '    action:',
        '      type: skip',
        '',
      ].join('\n'),
    },
  });
});

test('the name and the L1 object', () => {
  const policy = new VolumePolicy(chart(), 'volumes', { namespace: 'velero', name: 'scratch', rules: [{ action: FS_BACKUP }] });
  expect([policy.configMapName, policy.namespace, policy.filtersResources]).toEqual(['scratch', 'velero', false]);
  expect(defaultChildOf(policy).name).toBe('scratch');
});

test('rules keep their order, and lists they share are written out', () => {
  const storageClasses = ['fast'];
  expect(configMap({
    rules: [{ storageClasses, csi: {}, action: SNAPSHOT }, { storageClasses, action: FS_BACKUP }, { action: VolumeAction.custom({ by: 'us' }) }],
  }).data['policy.yaml']).toBe([
    'version: v1',
    'volumePolicies:',
    '  - conditions:',
    '      storageClass:',
    '        - fast',
    '      csi: {}',
    '    action:',
    '      type: snapshot',
    '  - conditions:',
    '      storageClass:',
    '        - fast',
    '    action:',
    '      type: fs-backup',
    '  - conditions: {}',
    '    action:',
    '      type: custom',
    '      parameters:',
    '        by: us',
    '',
  ].join('\n'));
});

test('every condition', () => {
  const conditions: Required<Omit<VolumeRule, 'action'>> = {
    capacityFrom: Size.gibibytes(10),
    capacityTo: Size.gibibytes(100),
    storageClasses: ['rook-ceph-block', 'fast'],
    nfs: { server: 'nas', path: '/volume1' },
    csi: { driver: 'rook-ceph.rbd.csi.ceph.com', volumeAttributes: { fsType: 'ext4' } },
    volumeTypes: [VolumeType.CSI, VolumeType.NFS],
    pvcLabels: { backup: 'no' },
    pvcPhase: [VolumeClaimPhase.PENDING, VolumeClaimPhase.LOST],
    pvcVolumeMode: VolumeClaimMode.BLOCK,
    pvcAccessModes: [VolumeClaimAccessMode.READ_WRITE_MANY],
  };
  expect(rule(conditions)).toEqual({
    conditions: {
      capacity: '10Gi,100Gi',
      storageClass: ['rook-ceph-block', 'fast'],
      nfs: { server: 'nas', path: '/volume1' },
      csi: { driver: 'rook-ceph.rbd.csi.ceph.com', volumeAttributes: { fsType: 'ext4' } },
      volumeTypes: ['csi', 'nfs'],
      pvcLabels: { backup: 'no' },
      pvcPhase: ['Pending', 'Lost'],
      pvcVolumeMode: 'Block',
      pvcAccessModes: ['ReadWriteMany'],
    },
    action: { type: 'skip' },
  });
});

test.each([
  [{ capacityFrom: Size.mebibytes(512) }, { capacity: '512Mi,' }],
  [{ capacityTo: Size.tebibytes(1) }, { capacity: '0,1Ti' }],
  [{ capacityFrom: Size.gibibytes(0), capacityTo: Size.gibibytes(1.5) }, { capacity: '0Gi,1.5Gi' }],
  [{ capacityFrom: Size.gibibytes(1), capacityTo: Size.mebibytes(1024) }, { capacity: '1Gi,1024Mi' }],
  [{ capacityFrom: Size.gibibytes(0) }, {}],
  [{ nfs: {} }, { nfs: {} }],
  [{ nfs: { server: 'nas' } }, { nfs: { server: 'nas' } }],
])('the conditions %j', (conditions, written) => {
  expect(rule(conditions).conditions).toEqual(written);
});

test('what the policy can say beside volumes', () => {
  const props: Required<Omit<VolumePolicyProps, 'name' | 'namespace' | 'rules'>> = {
    includeExcludePolicy: {
      includedClusterScopedResources: ['persistentvolumes'],
      excludedClusterScopedResources: ['nodes'],
      includedNamespaceScopedResources: ['pods'],
      excludedNamespaceScopedResources: ['events'],
    },
    clusterScopedFilterPolicy: { resourceFilters: [{ kinds: ['clusterroles'], names: ['our-*'], excludedNames: ['our-test'] }] },
    namespacedFilterPolicies: [{
      namespaces: ['team-*'],
      resourceFilters: [
        { kinds: ['configmaps'], labelSelector: { matchLabels: { app: 'a' } } },
        { orLabelSelectors: [{ matchExpressions: [{ key: 'app', operator: LabelSelectorOperator.IN, values: ['a'] }] }] },
      ],
    }],
  };
  expect(body(props)).toEqual({
    version: 'v1',
    ...props,
    namespacedFilterPolicies: [{
      namespaces: ['team-*'],
      resourceFilters: [
        props.namespacedFilterPolicies[0].resourceFilters[0],
        { kinds: ['*'], ...props.namespacedFilterPolicies[0].resourceFilters[1] },
      ],
    }],
  });
  expect(new VolumePolicy(chart(), 'v', { namespace: 'velero', ...props }).filtersResources).toBe(true);
});

test('any text comes back as the same text, read by the rules of YAML 1.1 and 1.2', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('1.1', '1.2'), (text, version) => {
    let data: string;
    try {
      data = configMap({ rules: [{ nfs: { path: text }, csi: { driver: 'd', volumeAttributes: { [text]: text } }, action: SKIP }] }).data['policy.yaml'];
    } catch (error) {
      expect(String(error)).toMatch(/wanted a text that Velero does not read as a number/);
      return;
    }
    const { nfs, csi } = parse(data, { version: version as '1.1' }).volumePolicies[0].conditions;
    expect(nfs).toEqual({ path: text });
    expect(csi.volumeAttributes).toEqual({ [text]: text });
  }), { seed: 3, numRuns: 300 });
});

describe('refuses', () => {
  const skip = (conditions: Omit<VolumeRule, 'action'>): Partial<VolumePolicyProps> => ({ rules: [{ ...conditions, action: SKIP }] });
  const filters = (...resourceFilters: any[]): Partial<VolumePolicyProps> => ({ namespacedFilterPolicies: [{ namespaces: ['a'], resourceFilters }] });

  test.each<[string, Partial<VolumePolicyProps>, string]>([
    ['nothing', {}, 'rules got [], wanted at least one rule; leave the policy out'],
    ['no rules', { rules: [] }, 'rules got [], wanted at least one rule; leave the policy out'],
    ['what is never looked at', { rules: [{ action: SKIP }, { csi: {}, action: SNAPSHOT }] },
      'rules[0]: wanted conditions, or to be the last: without any it is for all volumes, and Velero never looks at rules[1]; move it to the end'],
    ['a reversed capacity', skip({ capacityFrom: Size.gibibytes(2), capacityTo: Size.mebibytes(100) }),
      'rules[0].capacityFrom got "2Gi", wanted at most capacityTo 100Mi; swap them'],
    ['a capacity of nothing', skip({ capacityTo: Size.gibibytes(0) }), 'rules[0].capacityTo got "0Ki", wanted more than nothing; leave it out for any capacity'],
    ['a fraction', skip({ capacityTo: Size.kibibytes(0.5) }), 'rules[0].capacity got "0,0.5Ki", wanted whole KiB'],
    ['an empty list', skip({ storageClasses: [] }), 'rules[0].storageClasses got [], wanted at least one item; leave it out for any'],
    ['no labels', skip({ pvcLabels: {} }), 'rules[0].pvcLabels got {}, wanted at least one item; leave it out for any'],
    ['attributes of no driver', skip({ csi: { volumeAttributes: { a: 'b' } } }),
      'rules[0].csi.driver: wanted the name of the driver beside volumeAttributes: Velero refuses them without'],
    ['a text that arrives as a number', skip({ pvcLabels: { build: '0o17' } }), 'rules[0] got "0o17", wanted a text that Velero does not read as a number'],
    ['a name', { ...skip({ csi: {} }), name: 'A' },
      'name got "A", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit'],
    ['a namespace', { ...skip({ csi: {} }), namespace: 'a.b' },
      'namespace got "a.b", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit'],
    ['an empty include-exclude policy', { includeExcludePolicy: {} }, 'includeExcludePolicy got {}, wanted at least one list; leave it out'],
    ['everything', { includeExcludePolicy: { includedNamespaceScopedResources: ['*'] } },
      'includeExcludePolicy.includedNamespaceScopedResources got ["*"], wanted no "*"'],
    ['a kind in both lists', { includeExcludePolicy: { includedClusterScopedResources: ['nodes'], excludedClusterScopedResources: ['nodes'] } },
      'includeExcludePolicy.includedClusterScopedResources and excludedClusterScopedResources got ["nodes"], '
      + 'wanted each item in one of them: Velero refuses a backup with both'],
    ['no cluster-scoped filter', { clusterScopedFilterPolicy: { resourceFilters: [] } },
      'clusterScopedFilterPolicy.resourceFilters got [], wanted at least one filter'],
    ['a cluster-scoped filter for all', { clusterScopedFilterPolicy: { resourceFilters: [{ names: ['a'] }] } },
      'clusterScopedFilterPolicy.resourceFilters[0].kinds: wanted the kinds: here a filter cannot be for all'],
    ['no namespaced policy', { namespacedFilterPolicies: [] }, 'namespacedFilterPolicies got [], wanted at least one policy; leave it out'],
    ['no namespaces', { namespacedFilterPolicies: [{ namespaces: [], resourceFilters: [{}] }] },
      'namespacedFilterPolicies[0].namespaces got [], wanted at least one namespace'],
    ['a namespace twice', { namespacedFilterPolicies: [{ namespaces: ['a', 'a'], resourceFilters: [{}] }] },
      'namespacedFilterPolicies got ["a"], wanted each namespace once'],
    ['a pattern', { namespacedFilterPolicies: [{ namespaces: ['a**'], resourceFilters: [{}] }] },
      'namespacedFilterPolicies[0].namespaces got "a**", wanted a namespace, or a pattern of one with "*", "?" and sets such as "[abc]", without "**"'],
    ['no namespaced filter', filters(), 'namespacedFilterPolicies[0].resourceFilters got [], wanted at least one filter'],
    ['a kind in two filters', filters({ kinds: ['pods'] }, { kinds: ['pods'] }),
      'namespacedFilterPolicies[0].resourceFilters got ["pods"], wanted each kind in one filter'],
    ['two filters for all', filters({}, { kinds: ['*'] }),
      'namespacedFilterPolicies[0].resourceFilters got [{},{"kinds":["*"]}], wanted at most one filter for all other kinds'],
    ['names of all kinds', filters({ names: ['a'] }),
      'namespacedFilterPolicies[0].resourceFilters[0] got {"names":["a"]}, wanted no names without kinds'],
    ['excluded names of all kinds', filters({ excludedNames: ['a'] }),
      'namespacedFilterPolicies[0].resourceFilters[0] got {"excludedNames":["a"]}, wanted no names without kinds'],
    ['both selectors', filters({ labelSelector: { matchLabels: { a: 'b' } }, orLabelSelectors: [{ matchLabels: { a: 'b' } }] }),
      'namespacedFilterPolicies[0].resourceFilters[0] got ["labelSelector","orLabelSelectors"], wanted one of them'],
    ['an empty selector', filters({ labelSelector: {} }),
      'namespacedFilterPolicies[0].resourceFilters[0].labelSelector got {}, wanted at least one condition; leave the selector out to select everything'],
  ])('%s', (_, props, message) => {
    expect(() => configMap(props)).toThrow(new Error(`${AT}: ${message}`));
  });

  test('a second ConfigMap of that name', () => {
    const scope = chart();
    new VolumePolicy(scope, 'one', { namespace: 'velero', name: 'same', rules: [{ action: SKIP }] });
    expect(() => new VolumePolicy(scope, 'two', { namespace: 'velero', name: 'same', rules: [{ action: SKIP }] })).toThrow(new Error(
      'ConfigMap \'test/two\': name got "velero/same", wanted a ConfigMap that no other construct declares; '
      + '\'test/one\' has it already: rename or remove one of them',
    ));
  });
});

describe('what not every release has', () => {
  function unmet(version: string, props: Partial<VolumePolicyProps>): string[] {
    const scope = chart();
    new VolumePolicy(scope, 'volumes', { namespace: 'velero', ...props });
    Declarations.of(scope).installed('velero', releaseOf(version));
    return (scope.node.root as App).node.validate();
  }
  const filter = { clusterScopedFilterPolicy: { resourceFilters: [{ kinds: ['nodes'] }] } };

  test.each<[string, string, Partial<VolumePolicyProps>, string, string]>([
    ['1.15.2', '1.16.0', { rules: [{ csi: { driver: 'd', volumeAttributes: { a: 'b' } }, action: SKIP }] },
      'rules[0].csi.volumeAttributes', '1.16.0 for volumeAttributes of CSI volumes in a volume policy'],
    ['1.15.2', '1.16.0', { rules: [{ csi: {}, action: SKIP }, { pvcLabels: { a: 'b' }, action: SKIP }] },
      'rules[1].pvcLabels', '1.16.0 for labels of claims in a volume policy'],
    ['1.17.2', '1.18.0', { rules: [{ pvcPhase: [VolumeClaimPhase.BOUND], action: SKIP }] }, 'rules[0].pvcPhase', '1.18.0 for the phase of claims in a volume policy'],
    ['1.18.0', '1.18.1', { rules: [{ action: VolumeAction.custom() }] }, 'rules[0].action', '1.18.1 for the action custom of a volume policy'],
    ['1.18.2', '1.18.3', { rules: [{ pvcVolumeMode: VolumeClaimMode.FILESYSTEM, action: SKIP }] },
      'rules[0].pvcVolumeMode', '1.18.3 for the volume mode of claims in a volume policy'],
    ['1.18.2', '1.18.3', { rules: [{ pvcAccessModes: [VolumeClaimAccessMode.READ_WRITE_ONCE], action: SKIP }] },
      'rules[0].pvcAccessModes', '1.18.3 for the access modes of claims in a volume policy'],
    ['1.16.2', '1.17.0', { includeExcludePolicy: { excludedNamespaceScopedResources: ['events'] } },
      'includeExcludePolicy', '1.17.0 for includeExcludePolicy of a volume policy'],
    ['1.18.2', '1.18.3', filter, 'clusterScopedFilterPolicy', '1.18.3 for resource filters in a volume policy'],
    ['1.18.2', '1.18.3', { namespacedFilterPolicies: [{ namespaces: ['a'], resourceFilters: [{}] }] },
      'namespacedFilterPolicies', '1.18.3 for resource filters in a volume policy'],
  ])('%s lacks what %s has', (without, withIt, props, what, wanted) => {
    expect(unmet(without, props)).toEqual([
      `${AT}: ${what}: wanted Velero >= ${wanted}, but velero runs ${without}; leave it out or change the version of the VeleroInstall`,
    ]);
    expect(unmet(withIt, props)).toEqual([]);
  });

  test('skipping emptyDir needs nothing', () => {
    expect(unmet('1.14.1', { rules: [{ volumeTypes: [VolumeType.EMPTY_DIR], action: SKIP }] })).toEqual([]);
  });
});

describe('a policy of somebody else', () => {
  test('is a reference and emits nothing', () => {
    const scope = chart();
    const policy: IVolumePolicy = VolumePolicy.fromConfigMapName(scope, 'theirs', 'scratch');
    expect([policy.configMapName, policy.namespace, policy.filtersResources]).toEqual(['scratch', 'velero', false]);
    expect(synthesized(scope)).toEqual([]);
    expect(VolumePolicy.fromConfigMapName(scope, 'other', 'x', { namespace: 'backups', filtersResources: true })).toMatchObject({
      namespace: 'backups', filtersResources: true,
    });
  });

  test('is refused with a name that cannot be one', () => {
    expect(() => VolumePolicy.fromConfigMapName(chart(), 'theirs', '', { namespace: '' })).toThrow(new Error([
      'VolumePolicy \'test/theirs\': 2 problems',
      '  - configMapName got "", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit',
      '  - namespace got "", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit',
    ].join('\n')));
  });
});

describe('plain JavaScript is told what is wanted', () => {
  test.each<[any, string]>([
    [undefined, 'props: wanted an object'],
    [{ rules: 'skip' }, 'rules got "skip", wanted a list'],
    [{ rules: [{ volumeTypes: ['emptyDir'] }] }, 'rules[0].action: wanted a VolumeAction, such as VolumeAction.SKIP'],
    [{ rules: [{ action: 'skip', capacityTo: '1Gi' }] },
      '2 problems\n  - rules[0].action got "skip", wanted a VolumeAction, such as VolumeAction.SKIP\n  - rules[0].capacityTo got "1Gi", wanted a Size, such as Size.gibibytes(100)'],
    [{ rules: [{ action: VolumeAction.SKIP, pvcPhase: ['Gone'], pvcVolumeMode: 'block', pvcAccessModes: ['RWO'] }] },
      '3 problems\n  - rules[0].pvcPhase got "Gone", wanted one of Bound, Lost, Pending\n'
      + '  - rules[0].pvcAccessModes got "RWO", wanted one of ReadOnlyMany, ReadWriteMany, ReadWriteOnce, ReadWriteOncePod\n'
      + '  - rules[0].pvcVolumeMode got "block", wanted one of Block, Filesystem'],
    [{ clusterScopedFilterPolicy: {} }, 'clusterScopedFilterPolicy.resourceFilters: wanted a list'],
    [{ clusterScopedFilterPolicy: { resourceFilters: [{ kinds: ['a b'] }] } },
      'clusterScopedFilterPolicy.resourceFilters[0].kinds got "a b", wanted kinds of resources, such as pods or deployments.apps, patterns of them, or "*"'],
  ])('%#', (props, message) => {
    expect(() => new VolumePolicy(chart(), 'p', props)).toThrow(new Error(`VolumePolicy 'test/p': ${message}`));
  });

  test('a kind of volume that is none', () => {
    expect(() => new VolumePolicy(chart(), 'p', { rules: [{ action: VolumeAction.SKIP, volumeTypes: ['tmpfs' as any] }] }))
      .toThrow('VolumePolicy \'test/p\': rules[0].volumeTypes got "tmpfs", wanted one of awsElasticBlockStore, azureDisk, ');
  });
});
