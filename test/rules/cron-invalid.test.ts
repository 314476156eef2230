import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { VeleroVersion } from '../../src';
import { installation, schedule } from '../../src/rules/examples';

escapeHatch('cron-invalid', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/schedule', 'CRON_TZ=Europe/Berlin 0 2 * * *')),
  VeleroVersion.V1_14_1);

test.each([
  ['0 2 * *', 'exactly 5: minute, hour, day of month, month, day of week (fields 4)'],
  ['0 2 31 2 *', 'one that comes (date "0 2 31 2 *")'],
  ['@everyday', '@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly or "@every " and a Go duration, nothing around it (descriptor "@everyday")'],
])('%s', (expression, wanted) => {
  expect(told(judged(schedule({ spec: { schedule: JSON.stringify(expression) } })))).toEqual([
    `error cron-invalid Schedule velero/nightly: spec.schedule got ${JSON.stringify(expression)}, wanted ${wanted}`,
  ]);
});

test('a schedule without one', () => {
  const [object] = objectsIn(schedule());
  delete object.spec.schedule;
  expect(told(judged([object]))).toEqual(['error cron-invalid Schedule velero/nightly: spec.schedule got undefined, wanted a cron expression']);
});

test('a time zone needs 1.15', () => {
  const zoned = schedule({ spec: { schedule: 'CRON_TZ=Europe/Berlin 0 2 * * *' } });
  expect(told(judged(`${installation('1.14.1')}---\n${zoned}`), 'cron-invalid')).toEqual([
    'error cron-invalid Schedule velero/nightly: spec.schedule got "CRON_TZ=Europe/Berlin 0 2 * * *", wanted Velero >= 1.15.0 for a time zone in a cron '
    + 'expression (robfig/cron v3), but velero runs 1.14.1',
  ]);
  expect(told(judged(`${installation('1.15.2')}---\n${zoned}`))).toEqual([]);
  expect(told(judged(zoned))).toEqual([]);
});
