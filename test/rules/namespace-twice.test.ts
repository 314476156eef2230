import { ApiObject } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { type ScheduleExample, schedule } from '../../src/rules/examples';

escapeHatch('namespace-twice', usual => () => {
  const nightly = usual.object('Schedule', 'nightly').toJson();
  new ApiObject(usual.chart, 'weekly', { ...nightly, metadata: { ...nightly.metadata, name: 'weekly' }, spec: { ...nightly.spec, schedule: '30 3 * * 0' } });
});

function findings(...examples: ScheduleExample[]): string[] {
  return told(judged(examples.map((example, index) => schedule({ name: `s${index}`, ...example })).join('---\n')), 'namespace-twice').map(line => line.replace('warning namespace-twice ', ''));
}

const WEEKLY = { schedule: '30 3 * * 0' };
const POINTLESS = 'Schedule velero/s1: spec.template.includedNamespaces got "shop", wanted namespaces that s0 does not save already, at least as often, kept at least as long and in the same place';

test.each([
  ['rarer and kept no longer', {}, { spec: WEEKLY }, [POINTLESS]],
  ['rarer and kept longer', {}, { spec: WEEKLY, template: { ttl: '8760h' } }, []],
  ['as often and kept shorter', {}, { template: { ttl: '100h' } }, [POINTLESS]],
  ['as often and kept longer', { template: { ttl: '800h' } }, { template: { ttl: '100h' } }, [POINTLESS]],
  ['exactly the same', {}, {}, [POINTLESS]],
  ['to another location', {}, { template: { storageLocation: 'elsewhere' } }, []],
  ['of other resources', {}, { template: { includedClusterScopedResources: '[nodes]' } }, []],
  ['paused', {}, { spec: { ...WEEKLY, paused: 'true' } }, []],
  ['of another namespace', {}, { spec: WEEKLY, template: { includedNamespaces: '[wiki]' } }, []],
  ['of everything, beside one for a namespace', { template: { includedNamespaces: '["*"]' } }, { spec: WEEKLY }, [POINTLESS]],
  ['of everything but that namespace', { template: { includedNamespaces: '["*"]', excludedNamespaces: '[shop]' } }, { spec: WEEKLY }, []],
  ['with a cron that nobody can read', {}, { spec: { schedule: 'whenever' } }, []],
  ['with labels of its own', {}, { spec: WEEKLY, template: { metadata: '{ labels: { tier: weekly } }' } }, [POINTLESS]],
])('%s', (_, one, other, expected) => {
  expect(findings(one, other)).toEqual(expected);
});

test('one finding for all the namespaces that they share', () => {
  const names = { includedNamespaces: '[a, b, c, d]' };
  expect(findings({ template: names }, { spec: WEEKLY, template: names })).toEqual([POINTLESS.replace('"shop"', '"a, b, c, …"')]);
});

test('policies of one text are one', () => {
  const named = (name: string) => ({ resourcePolicy: `{ kind: ConfigMap, name: ${name} }` });
  const policy = (name: string, content: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: velero }\ndata: { p: "${content}" }\n`;
  const both = (content: string) => told(judged([
    policy('a', '{ version: v1 }'), policy('b', content), schedule({ template: named('a') }), schedule({ name: 'weekly', spec: WEEKLY, template: named('b') }),
  ].join('---\n')), 'namespace-twice');
  expect(both('{ version: v1 }')).toHaveLength(1);
  expect(both('{ version: v1, volumePolicies: [] }')).toHaveLength(0);
});
