import { modelOf, object, told } from './manifests';

const SCHEDULE = object('velero.io/v1', 'Schedule', 'nightly', { spec: { template: { resourcePolicy: { kind: 'ConfigMap', name: 'volumes' } } } });

function policyOf(data: object | undefined): any {
  const model = modelOf(SCHEDULE, ...(data ? [object('v1', 'ConfigMap', 'volumes', { data })] : []));
  const policy = model.volumePolicyOf('velero', model.schedules.all[0].template);
  return { policy, model };
}

test('the YAML in the ConfigMap that a backup names', () => {
  const text = 'version: v1\nvolumePolicies:\n  - conditions: { volumeTypes: [emptyDir] }\n    action: { type: skip }\n';
  const { policy, model } = policyOf({ 'policy.yaml': text });
  expect([policy.key, policy.error, policy.fields.string('version')]).toEqual(['policy.yaml', undefined, 'v1']);
  expect(policy.rules.map((rule: any) => [rule.conditions.strings('volumeTypes'), rule.action])).toEqual([[['emptyDir'], 'skip']]);
  expect(model.volumePolicyOf('velero', model.schedules.all[0].template)).toBe(policy);
  expect(model.unreadable).toEqual([]);
});

test.each([
  ['none', {}, undefined],
  ['what is no YAML', { p: 'a: [' }, /^Flow sequence/],
  ['what is no object', { p: '- a' }, 'it is no object'],
  ['nothing', { p: '' }, 'it is no object'],
  ['aliases without end', { p: `a: &a [x]\n${'bcdefghij'.split('').map((key, i) => `${key}: &${key} [${`*${'abcdefghij'[i]},`.repeat(9)}]`).join('\n')}` }, /alias/],
])('a policy with %s', (_, data, error) => {
  const { policy } = policyOf(data);
  expect(policy.rules).toEqual([]);
  expect(policy.error).toEqual(error instanceof RegExp ? expect.stringMatching(error) : error);
});

test('a field of the wrong type is told with its path in the ConfigMap', () => {
  const { policy, model } = policyOf({ 'p.yaml': 'version: 1\nvolumePolicies: [{ action: skip }, 5]' });
  policy.fields.string('version');
  expect(told(model.unreadable)).toEqual([
    'ConfigMap velero/volumes: data[\'p.yaml\'].volumePolicies[1] got 5, wanted an object',
    'ConfigMap velero/volumes: data[\'p.yaml\'].volumePolicies[0].action got "skip", wanted an object',
    'ConfigMap velero/volumes: data[\'p.yaml\'].version got 1, wanted a string',
  ]);
});

test('no policy where none is named or none is there', () => {
  expect(policyOf(undefined).policy).toBeUndefined();
  const model = modelOf(object('velero.io/v1', 'Schedule', 'nightly'));
  expect(model.volumePolicyOf('velero', model.schedules.all[0].template)).toBeUndefined();
});
