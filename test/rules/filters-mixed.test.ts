import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('filters-mixed', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(
  JsonPatch.add('/spec/template/includedResources', ['pods']), JsonPatch.add('/spec/template/excludedNamespaceScopedResources', ['events']),
));

function findings(yaml: string): string[] {
  return told(judged(yaml), 'filters-mixed').map(line => line.replace(/^.*?: /, ''));
}

const OLD = { includedResources: '[pods]' };

test.each([
  ['an old list beside a scoped one', { ...OLD, excludedClusterScopedResources: '[nodes]' },
    ['spec.template.includedResources got ["pods"], wanted no old filter beside excludedClusterScopedResources']],
  ['a switch beside a scoped list', { includeClusterResources: 'false', includedNamespaceScopedResources: '[pods]' },
    ['spec.template.includeClusterResources got false, wanted no old filter beside includedNamespaceScopedResources']],
  ['empty lists are none', { includedResources: '[]', excludedClusterScopedResources: '[nodes]', orLabelSelectors: '[]', labelSelector: '{}' }, []],
  ['both kinds of selectors', { labelSelector: '{ matchLabels: { a: b } }', orLabelSelectors: '[{ matchLabels: { c: d } }]' },
    ['spec.template.orLabelSelectors got undefined, wanted either labelSelector or orLabelSelectors']],
  ['a namespace on both sides', { includedNamespaces: '[shop, wiki]', excludedNamespaces: '[wiki]' },
    ['spec.template.excludedNamespaces got "wiki", wanted what includedNamespaces does not name too']],
  ['a star among others', { includedNamespaces: '[shop, "*"]' }, ['spec.template.includedNamespaces got "*", wanted "*" alone']],
  ['everything excluded', { excludedResources: '["*"]' }, ['spec.template.excludedResources got "*", wanted names: nothing would be left']],
  ['all scoped resources excluded is fine', { excludedClusterScopedResources: '["*"]' }, []],
  ['but not beside others', { excludedClusterScopedResources: '["*"]', includedClusterScopedResources: '[nodes]' },
    ['spec.template.excludedClusterScopedResources got "*", wanted "*" alone, and no includedClusterScopedResources beside it']],
])('%s', (_, template, expected) => {
  expect(findings(schedule({ template }))).toEqual(expected);
});

describe('a policy that filters resources', () => {
  const policy = (content: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: filters, namespace: velero }\ndata:\n  policy.yaml: |\n    version: v1\n    ${content}\n`;
  const named = { resourcePolicy: '{ kind: ConfigMap, name: filters }' };

  test.each(['includeExcludePolicy: { includedClusterScopedResources: [nodes] }', 'namespacedFilterPolicies: [{ namespaces: [shop], resourceFilters: [{ kinds: [pods] }] }]'])('%s', content => {
    const name = content.split(':')[0];
    expect(findings(`${policy(content)}---\n${schedule({ template: { ...named, ...OLD } })}`)).toEqual([
      `spec.template.includedResources got ["pods"], wanted no old filter beside the ${name} in the ConfigMap filters`,
    ]);
    expect(findings(`${policy(content)}---\n${schedule({ template: named })}`)).toEqual([]);
  });

  test('one that only treats volumes is fine', () => {
    expect(findings(`${policy('volumePolicies: []')}---\n${schedule({ template: { ...named, ...OLD } })}`)).toEqual([]);
  });
});

test('a restore', () => {
  const restore = 'apiVersion: velero.io/v1\nkind: Restore\nmetadata: { name: any, namespace: velero }\n'
    + 'spec: { labelSelector: {}, orLabelSelectors: [{}], includedResources: [pods], excludedResources: [pods] }\n';
  expect(findings(restore)).toEqual([
    'spec.orLabelSelectors got undefined, wanted either labelSelector or orLabelSelectors',
    'spec.excludedResources got "pods", wanted what includedResources does not name too',
  ]);
});
