import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('rpo-unreachable', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/metadata/annotations/cdk8s-velero~1rpo', '12h')));

test.each([
  ['0 0 */2 * *', '48h', []],
  ['0 0 */2 * *', '47h', ['48h']],
  ['0 0 29 2 *', '1000h', ['70104h']],
  ['@every 5h', '5h', []],
  ['@every 5h30m', '5h', ['5.5h']],
])('%s with an RPO of %s', (expression, rpo, gaps) => {
  const yaml = schedule({ annotations: { 'cdk8s-velero/rpo': rpo }, spec: { schedule: JSON.stringify(expression) } });
  expect(told(judged(yaml), 'rpo-unreachable')).toEqual(gaps.map(gap => 'error rpo-unreachable Schedule velero/nightly: spec.schedule got '
    + `${JSON.stringify(expression)}, wanted a longest gap of at most the RPO ${rpo}, but it is ${gap}`));
});

test('silent about an RPO and about a cron expression that cannot be read', () => {
  expect(told(judged(schedule({ annotations: { 'cdk8s-velero/rpo': '1d' } })), 'rpo-unreachable')).toEqual([]);
  expect(told(judged(schedule({ annotations: { 'cdk8s-velero/rpo': '1h' }, spec: { schedule: 'nightly' } })), 'rpo-unreachable')).toEqual([]);
});
