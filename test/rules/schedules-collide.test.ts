import { ApiObject } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { VeleroVersion } from '../../src';
import { installation, schedule, server } from '../../src/rules/examples';

escapeHatch('schedules-collide', usual => () => {
  const nightly = usual.object('Schedule', 'nightly').toJson();
  new ApiObject(usual.chart, 'weekly', { ...nightly, metadata: { ...nightly.metadata, name: 'weekly' }, spec: { ...nightly.spec, schedule: '0 2 * * 0' } });
}, VeleroVersion.V1_14_1);

function schedules(...crons: string[]): string {
  return crons.map((cron, index) => schedule({ name: `s${index}`, spec: { schedule: JSON.stringify(cron) } })).join('---\n');
}

test.each([
  ['every six hours, five of them: one finding', Array(5).fill('0 */6 * * *'),
    ['spec.schedule got "0 */6 * * *", wanted a start of its own: at 00:00 4 others start too, and they wait for each other: s1, s2, s3, …']],
  ['a daily and a weekly one', ['5 4 * * *', '5 4 * * 0'],
    ['spec.schedule got "5 4 * * *", wanted a start of its own: at 04:05 another starts too, and they wait for each other: s1']],
  ['on different weekdays', ['0 4 * * 0', '0 4 * * 1'], []],
  ['the first Monday meets every Monday', ['0 4 1-7 * *', '0 4 * * 1'],
    ['spec.schedule got "0 4 1-7 * *", wanted a start of its own: at 04:00 another starts too, and they wait for each other: s1']],
  ['different minutes', ['0 4 * * *', '1 4 * * *'], []],
  ['different time zones', ['0 4 * * *', 'TZ=Asia/Tokyo 0 4 * * *'], []],
  ['intervals drift', ['@every 6h', '@every 6h'], []],
])('%s', (_, crons, expected) => {
  expect(told(judged(`${installation('1.16.2')}---\n${schedules(...crons)}`), 'schedules-collide').map(line => line.replace(/^.*?: /, ''))).toEqual(expected);
});

test('not where several backups run at once, and not where nobody knows', () => {
  const crowd = schedules('0 4 * * *', '0 4 * * *');
  expect(told(judged(`${server('1.18.3', '--uploader-type=kopia', '--concurrent-backups=3')}---\n${crowd}`), 'schedules-collide')).toEqual([]);
  expect(told(judged(crowd), 'schedules-collide')).toEqual([]);
  expect(told(judged(`${server('1.18.3', '--uploader-type=kopia')}---\n${crowd}`), 'schedules-collide')).toHaveLength(1);
});

test('a paused schedule meets nobody', () => {
  const paused = schedule({ name: 'paused', spec: { paused: 'true' } });
  expect(told(judged(`${installation('1.16.2')}---\n${schedule()}---\n${paused}`), 'schedules-collide')).toEqual([]);
});
