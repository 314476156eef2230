import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, schedule } from '../../src/rules/examples';

escapeHatch('namespace-unknown', usual => {
  new ApiObject(usual.chart, 'shop', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  return () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/template/includedNamespaces/0', 'shpo'));
});

const SHOP = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

function findings(yaml: string): string[] {
  return told(judged(yaml), 'namespace-unknown').map(line => line.replace(/ namespace-unknown .*?: /, ': '));
}

function saving(...names: string[]): string {
  return schedule({ template: { includedNamespaces: JSON.stringify(names) } });
}

test('a name that is not declared, as others are', () => {
  expect(findings(`${SHOP}---\n${saving('shop', 'wiki')}`)).toEqual([
    'warning: spec.template.includedNamespaces got "wiki", wanted a namespace that these manifests declare, as they do others',
  ]);
});

test('what was probably meant', () => {
  const [{ next }] = judged(`${SHOP}---\n${saving('shpo')}`);
  expect(next).toBe('write shop');
});

test.each([
  ['no namespace is declared', saving('wiki')],
  ['none but that of Velero is', `${installation('1.18.3')}---\n${saving('wiki')}`],
  ['every cluster has it', `${SHOP}---\n${saving('default', 'kube-system')}`],
  ['something lies in it', `${SHOP}---\napiVersion: v1\nkind: Service\nmetadata: { name: wiki, namespace: wiki }\n---\n${saving('wiki')}`],
  ['ArgoCD may make it', `${SHOP}---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: wiki, namespace: argocd }\n`
    + `spec: { destination: { namespace: wiki } }\n---\n${saving('wiki')}`],
  ['it is a pattern or all', `${SHOP}---\n${saving('wiki-*', '*')}`],
])('silent when %s', (_, yaml) => {
  expect(findings(yaml)).toEqual([]);
});

test.each(['{a,b}', 'shop**', 'Shop', 'shop_1', 'shop[', '!shop', 'a'.repeat(64)])('%s is refused in every version', name => {
  expect(findings(saving(name))).toEqual([
    `error: spec.template.includedNamespaces got ${JSON.stringify(name)}, wanted the name of a namespace or a pattern with *, ? and [a-z]: Velero refuses the backup`,
  ]);
});

test.each([['1.17.2', 1], ['1.18.3', 0]])('a pattern in Velero %s', (version, count) => {
  const excluded = schedule({ template: { excludedNamespaces: '["shop-?"]', includedNamespaces: '[]' } });
  expect(findings(`${installation(version)}---\n${excluded}`)).toEqual(Array(count).fill(
    `error: spec.template.excludedNamespaces got "shop-?", wanted a name: Velero ${version} knows no patterns and looks for a namespace that is called so`,
  ));
});
