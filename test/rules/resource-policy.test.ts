import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, schedule, server } from '../../src/rules/examples';

escapeHatch('resource-policy', usual => () => usual.object('ConfigMap', 'nightly-volumes').addJsonPatch(JsonPatch.add('/data/second', '')));

function configMap(content: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: volumes, namespace: velero }\ndata:\n  policy.yaml: ${JSON.stringify(content)}\n`;
}

function named(reference = '{ kind: ConfigMap, name: volumes }'): string {
  return schedule({ template: { resourcePolicy: reference } });
}

function findings(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'resource-policy').map(line => line.replace(/^error resource-policy /, ''));
}

/** What is found in the text of a policy. */
function found(content: string, version = '1.18.3'): string[] {
  return findings(installation(version), configMap(content), named()).map(line => line.replace('ConfigMap velero/volumes: ', '').replace("data['policy.yaml'].", ''));
}

function rule(conditions: string, action = '{ type: skip }'): string {
  return `version: v1\nvolumePolicies: [{ conditions: ${conditions}, action: ${action} }]`;
}

describe('the reference', () => {
  test.each(['Secret', ''])('kind %j is ignored by Velero', kind => {
    expect(findings(configMap('version: v1'), named(`{ kind: "${kind}", name: volumes }`))).toEqual([
      `Schedule velero/nightly: spec.template.resourcePolicy.kind got ${JSON.stringify(kind)}, wanted ConfigMap: Velero ignores any other kind, and the policy with it`,
    ]);
  });

  test('any case of the kind will do', () => {
    expect(findings(configMap('version: v1'), named('{ kind: configmap, name: volumes }'))).toEqual([]);
  });

  test('a ConfigMap that is not there, where others are', () => {
    expect(findings(configMap('version: v1'), named('{ kind: ConfigMap, name: volume }'))).toEqual([
      'Schedule velero/nightly: spec.template.resourcePolicy.name got "volume", wanted a ConfigMap of the namespace velero: without it every backup fails validation',
    ]);
    expect(findings(named('{ kind: ConfigMap, name: volumes }'))).toEqual([]);
  });

  test('the policy of the server', () => {
    const flag = server('1.18.3', '--uploader-type=kopia', '--global-backup-volume-policies-configmap=volumes');
    expect(findings(flag, configMap('version: v2'))).toEqual(["ConfigMap velero/volumes: data['policy.yaml'].version got \"v2\", wanted v1"]);
    expect(findings(flag.replace('=volumes', '=all-volumes'), configMap('version: v1'))).toEqual([
      'Deployment velero/velero: --global-backup-volume-policies-configmap got "all-volumes", wanted a ConfigMap of the namespace velero: without it every backup fails validation',
    ]);
  });
});

describe('the ConfigMap', () => {
  test('is told once, however many schedules name it', () => {
    expect(findings(configMap('version: v2'), named(), named().replace('name: nightly', 'name: weekly'))).toHaveLength(1);
  });

  test('has one key', () => {
    const two = `${configMap('version: v1')}  other: ""\n`;
    expect(findings(two, named())).toEqual(['ConfigMap velero/volumes: data got "policy.yaml, other", wanted exactly one key: Velero refuses the policy']);
    expect(findings(configMap('').replace(/\ndata:[^]*/, '\n'), named())).toEqual(['ConfigMap velero/volumes: data got undefined, wanted exactly one key: Velero refuses the policy']);
  });

  test('is YAML', () => {
    expect(findings(configMap('a: ['), named())[0]).toMatch(/data\['policy\.yaml'\] got undefined, wanted YAML that can be read: .+/);
    expect(findings(configMap('just text'), named())).toEqual(["ConfigMap velero/volumes: data['policy.yaml'] got undefined, wanted YAML that can be read: it is no object"]);
  });
});

test.each([
  ['the version is missing', 'volumePolicies: []', ['version got undefined, wanted v1: Velero refuses a policy without a version']],
  ['an unknown key', 'version: v1\nvolumePolices: []',
    ['volumePolices got undefined, wanted a key that a policy has here: version, volumePolicies, includeExcludePolicy, clusterScopedFilterPolicy, namespacedFilterPolicies']],
  ['an unknown condition', rule('{ nfs: { host: a } }'), ['volumePolicies[0].conditions.nfs.host got undefined, wanted a key that a policy has here: server, path']],
  ['an unknown action', rule('{}', '{ type: fsbackup }'), ['volumePolicies[0].action.type got "fsbackup", wanted skip or fs-backup or snapshot or custom']],
  ['no action', rule('{}', '{}'), ['volumePolicies[0].action.type got undefined, wanted skip, fs-backup or snapshot: a rule must say what becomes of the volume']],
  ['one bound', rule('{ capacity: 10Gi }'),
    ['volumePolicies[0].conditions.capacity got "10Gi", wanted two quantities with a comma between them, of which one may be left out: "10Gi,100Gi"']],
  ['bounds that are none', rule('{ capacity: "10GB,20GB" }'),
    ['volumePolicies[0].conditions.capacity got "10GB,20GB", wanted two quantities with a comma between them, of which one may be left out: "10Gi,100Gi"']],
  ['bounds the wrong way round', rule('{ capacity: "20Gi,10Gi" }'), ['volumePolicies[0].conditions.capacity got "20Gi,10Gi", wanted the smaller one first']],
  ['open bounds', rule('{ capacity: "10Gi," }'), []],
  ['attributes without a driver', rule('{ csi: { volumeAttributes: { a: b } } }'), ['volumePolicies[0].conditions.csi.driver got undefined, wanted the driver whose volumeAttributes are meant']],
  ['a phase that no claim has', rule('{ pvcPhase: [Pending, Gone] }'), ['volumePolicies[0].conditions.pvcPhase got "Gone", wanted Pending or Bound or Lost']],
  ['a star', 'version: v1\nincludeExcludePolicy: { includedClusterScopedResources: ["*"] }', ['includeExcludePolicy got "*", wanted names of resources: a policy knows no star']],
  ['both sides', 'version: v1\nincludeExcludePolicy: { includedNamespaceScopedResources: [pods], excludedNamespaceScopedResources: [pods] }',
    ['includeExcludePolicy.excludedNamespaceScopedResources got "pods", wanted what includedNamespaceScopedResources does not name too']],
  ['an empty filter', 'version: v1\nnamespacedFilterPolicies: [{ namespaces: [] , resourceFilters: [{ kinds: [pods] }] }]',
    ['namespacedFilterPolicies[0].namespaces got undefined, wanted at least one entry: Velero refuses a filter policy without']],
  ['all that is right', `version: v1
volumePolicies:
  - conditions: { storageClass: [a], nfs: {}, csi: { driver: d, volumeAttributes: { k: v } }, volumeTypes: [emptyDir, nfs], pvcLabels: { anything: goes } }
    action: { type: custom, parameters: { any: { thing: 1 } } }
  - conditions: { pvcPhase: [Lost], pvcVolumeMode: Block, pvcAccessModes: [ReadWriteOnce] }
    action: { type: snapshot }
  - conditions:
    action: { type: fs-backup }
clusterScopedFilterPolicy: { resourceFilters: [{ kinds: [nodes], names: [a], labelSelector: { matchLabels: { a: b } } }] }
`, []],
])('%s', (_, content, expected) => {
  expect(found(content)).toEqual(expected);
});

test.each([
  ['1.15.2', rule('{ pvcLabels: { a: b } }'), '1.16.0', 'labels of claims in a volume policy', 'volumePolicies[0].conditions.pvcLabels'],
  ['1.16.2', 'version: v1\nincludeExcludePolicy: {}', '1.17.0', 'includeExcludePolicy of a volume policy', 'includeExcludePolicy'],
  ['1.17.2', rule('{ pvcPhase: [Lost] }'), '1.18.0', 'the phase of claims in a volume policy', 'volumePolicies[0].conditions.pvcPhase'],
])('a key that Velero %s does not have yet', (version, content, since, description, path) => {
  expect(found(content, version)).toEqual([`${path} got undefined, wanted Velero >= ${since} for ${description}: ${version} refuses the policy`]);
  expect(findings(configMap(content), named())).toEqual([]);
});

test('an action that Velero 1.17.2 does not have yet', () => {
  expect(found(rule('{}', '{ type: custom }'), '1.17.2')).toEqual([
    'volumePolicies[0].action.type got "custom", wanted Velero >= 1.18.1 for the action custom of a volume policy: 1.17.2 refuses the policy',
  ]);
});

test('the same text in two installations is judged for each release', () => {
  const content = rule('{ pvcPhase: [Lost] }');
  const other = [installation('1.17.2'), configMap(content), named()].join('---\n').replaceAll('namespace: velero', 'namespace: old').replace('name: velero\n', 'name: old\n');
  expect(findings(installation('1.18.3'), configMap(content), named(), other)).toHaveLength(1);
});

test('a ConfigMap that no schedule names may hold anything', () => {
  expect(findings(configMap('anything: goes'), schedule())).toEqual([]);
});

describe('the policy of a restore', () => {
  const restore = (reference: string, status = '') => `apiVersion: velero.io/v1\nkind: Restore\nmetadata: { name: shop, namespace: velero }\nspec: { backupName: nightly-20260101000000, resourcePolicy: ${reference} }\n${status}`;
  const NAMED = '{ kind: ConfigMap, name: volumes }';

  test('filters are what it is for', () => {
    const filters = 'version: v1\nnamespacedFilterPolicies: [{ namespaces: [shop], resourceFilters: [{ kinds: [pods] }] }]';
    expect(findings(installation('1.18.3'), configMap(filters), restore(NAMED))).toEqual([]);
  });

  test('rules for volumes and lists of resources are refused', () => {
    const both = 'version: v1\nvolumePolicies: [{ conditions: { volumeTypes: [emptyDir] }, action: { type: skip } }]\nincludeExcludePolicy: { includedNamespaceScopedResources: [pods] }';
    expect(findings(installation('1.18.3'), configMap(both), named(), restore(NAMED))).toEqual(['volumePolicies', 'includeExcludePolicy'].map(key =>
      `ConfigMap velero/volumes: data['policy.yaml'].${key} got undefined, wanted clusterScopedFilterPolicy and namespacedFilterPolicies alone in what a Restore names: Velero refuses the restore`));
  });

  test('another kind is refused, not ignored as in a backup', () => {
    expect(findings(installation('1.18.3'), configMap('version: v1'), restore('{ kind: Secret, name: volumes }'))).toEqual([
      'Restore velero/shop: spec.resourcePolicy.kind got "Secret", wanted ConfigMap: Velero refuses the restore with any other kind',
    ]);
  });

  test('a ConfigMap that is not there', () => {
    expect(findings(installation('1.18.3'), configMap('version: v1'), restore('{ kind: ConfigMap, name: volume }'))).toEqual([
      'Restore velero/shop: spec.resourcePolicy.name got "volume", wanted a ConfigMap of the namespace velero: without it the restore fails validation',
    ]);
  });

  test('what has run needs it no more', () => {
    expect(findings(installation('1.18.3'), configMap('version: v1'), restore('{ kind: Secret, name: gone }', 'status: { phase: Completed }'))).toEqual([]);
  });
});
