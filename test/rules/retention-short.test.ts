import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule, server } from '../../src/rules/examples';

escapeHatch('retention-short', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/template/ttl', '24h0m0s')));

function findings(cron: string, ttl: string, around = ''): string[] {
  return told(judged(`${around}${schedule({ spec: { schedule: JSON.stringify(cron) }, template: { ttl } })}`), 'retention-short').map(line => line.replace(/ retention-short .*?wanted/, ''));
}

test.each([
  ['0 2 * * *', '72h', []],
  ['0 2 * * *', '71h', ['warning at least 3 times the longest time between two backups, 24h: a backup is deleted 71h after its start, whether or not newer ones succeeded']],
  ['0 2 * * *', '24h', ['error more than the longest time between two backups, 24h: a backup is deleted 24h after its start, before the next one is made']],
  ['0 2 * * *', '-1h', ['error more than the longest time between two backups, 24h: a backup is deleted -1h after its start, before the next one is made']],
  ['0 2 1 * *', '720h', ['error more than the longest time between two backups, 744h: a backup is deleted 720h after its start, before the next one is made']],
  ['@every 6h', '18h', []],
  ['not a cron', '1h', []],
  ['0 2 * * *', '1d', []],
  ['0 2 1 * *', '0s', []],
])('%s kept for %s', (cron, ttl, expected) => {
  expect(findings(cron, ttl)).toEqual(expected);
});

test.each([
  [[], ['error more than the longest time between two backups, 744h: a backup is deleted 720h after its start, before the next one is made']],
  [['--default-backup-ttl=2400h'], []],
])('without a ttl the server says how long: %j', (flags, expected) => {
  expect(findings('0 2 1 * *', '0s', `${server('1.18.3', '--uploader-type=kopia', ...flags)}---\n`)).toEqual(expected);
});
