import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, schedule } from '../../src/rules/examples';

escapeHatch('namespace-uncovered', usual => {
  new ApiObject(usual.chart, 'orders', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'orders', namespace: 'shop' } });
  return () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/template/includedNamespaces/0', 'wiki'));
});

function object(kind: string, name: string, spec: object = {}, metadata: object = {}): string {
  const group: Record<string, string> = { StatefulSet: 'apps/v1', Cluster: 'postgresql.cnpg.io/v1' };
  return `${JSON.stringify({ apiVersion: group[kind] ?? 'v1', kind, metadata: { name, namespace: kind === 'Namespace' ? undefined : 'wiki', ...metadata }, spec })}\n`;
}

const CLAIM = object('PersistentVolumeClaim', 'pages');

function findings(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'namespace-uncovered').map(line => line.replace('warning namespace-uncovered ', ''));
}

test('all its volumes, on the namespace where that is declared', () => {
  const stateful = object('StatefulSet', 'wiki', { volumeClaimTemplates: [{ metadata: { name: 'index' } }], template: { spec: { volumes: [{ name: 'a', persistentVolumeClaim: { claimName: 'files' } }] } } });
  const database = object('Cluster', 'database');
  const wanted = 'got undefined, wanted a schedule that saves it: it has persistent volumes';
  expect(findings(schedule(), CLAIM, stateful, database)).toEqual([`PersistentVolumeClaim wiki/pages: namespace wiki ${wanted} (pages, index, files, …)`]);
  expect(findings(schedule(), CLAIM, object('Namespace', 'wiki'))).toEqual([`Namespace wiki: namespace wiki ${wanted} (pages)`]);
});

test.each([
  ['no schedule is in the input', [CLAIM]],
  ['a schedule saves it', [CLAIM, schedule({ template: { includedNamespaces: '["wi*"]' } })]],
  ['a paused schedule saves it', [CLAIM, schedule({ spec: { paused: 'true' }, template: { includedNamespaces: '[wiki]' } })]],
  ['the namespace is left out on purpose', [CLAIM, schedule(), object('Namespace', 'wiki', {}, { labels: { 'velero.io/exclude-from-backup': 'true' } })]],
  ['the claim is left out on purpose', [schedule(), object('PersistentVolumeClaim', 'cache', {}, { labels: { 'velero.io/exclude-from-backup': 'true' } })]],
  ['the database saves itself', [schedule(), object('Cluster', 'database', { backup: { barmanObjectStore: {} } })]],
  ['it is that of Velero', [installation('1.18.3'), schedule(), object('PersistentVolumeClaim', 'cache', {}, { namespace: 'velero' })]],
  ['it has no volumes', [schedule(), object('StatefulSet', 'wiki')]],
])('silent when %s', (_, yaml) => {
  expect(findings(...yaml)).toEqual([]);
});
