import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { schedule } from '../../src/rules/examples';

function rules(...list: any[]): any {
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'velero', namespace: 'monitoring' }, spec: { groups: [{ name: 'velero', rules: list }] } };
}

escapeHatch('alert-never-fires', usual => {
  const own = new ApiObject(usual.chart, 'rules', rules({ alert: 'Failed', expr: 'increase(velero_backup_failure_total[1h]) > 0', for: '5m' }));
  return () => own.addJsonPatch(JsonPatch.replace('/spec/groups/0/rules/0/expr', 'velero_backup_last_status == 0'));
});

const ON = 'error alert-never-fires PrometheusRule monitoring/velero: ';

function judgedOn(expr: string, pending?: string, ...objects: any[]): string[] {
  return told(judged([rules({ alert: 'Failed', expr, ...(pending && { for: pending }) }), ...objects]), 'alert-never-fires');
}

test.each([
  'velero_backup_last_status{schedule!=""} != 1',
  'velero_backup_last_status == 0 and on (schedule) velero_backup_total > 0',
  'min by (schedule) (velero_backup_last_status) < 1',
])('%s', expr => {
  expect(judgedOn(expr, '15m')).toEqual([
    `${ON}expr of the alert Failed got ${JSON.stringify(expr)}, wanted another metric than velero_backup_last_status: Velero sets it to 1 every minute, whatever became of the backup`,
  ]);
});

test('a record of it is as useless', () => {
  expect(told(judged([rules({ record: 'velero:last', expr: 'velero_backup_last_status' })]), 'alert-never-fires')[0]).toContain('expr of the record velero:last');
});

test.each([
  ['velero_backup_failure_total > 0', 'velero_backup_failure_total'],
  ['velero_backup_failure_total{schedule!=""} >= 1', 'velero_backup_failure_total'],
  ['(sum by (schedule) (velero_backup_partial_failure_total{job="velero"})) > 0', 'velero_backup_partial_failure_total'],
  ['sum(velero_backup_validation_failure_total) without (pod) != 0', 'velero_backup_validation_failure_total'],
  ['# a comment\nvelero_backup_deletion_failure_total\n  > 0', 'velero_backup_deletion_failure_total'],
  ['podVolume_data_upload_failure_total > 3', 'podVolume_data_upload_failure_total'],
])('%s never stops', (expr, metric) => {
  expect(judgedOn(expr)).toEqual([
    `${ON}expr of the alert Failed got ${JSON.stringify(expr)}, wanted increase(${metric}[…]): the counter itself never comes down again until the program restarts`,
  ]);
});

test.each([
  ['increase(velero_backup_failure_total[5m]) > 0', '5m'],
  ['sum by (schedule) (rate(velero_backup_partial_failure_total{schedule!=""}[5m])) > 0', '1h30m'],
])('%s for %s is over before it fires', (expr, pending) => {
  expect(judgedOn(expr, pending)).toEqual([
    `${ON}for of the alert Failed got "${pending}", wanted less than the window of ${expr}: one failure is out of the window before the alert fires`,
  ]);
});

test.each([
  ['a window longer than for', 'increase(velero_backup_failure_total[1h]) > 0', '5m'],
  ['no for', 'increase(velero_backup_failure_total[5m]) > 0', undefined],
  ['a for that cannot be read', 'increase(velero_backup_failure_total[5m]) > 0', 'soon'],
  ['a window that cannot be read', 'increase(velero_backup_failure_total[$window]) > 0', '5m'],
  ['failures of volumes, many of which come one after the other', 'increase(podVolume_data_upload_failure_total[5m]) > 0', '5m'],
  ['successes that are missing', 'increase(velero_backup_success_total[25h]) == 0', '26h'],
  ['a long window without schedules: they may run every hour', 'increase(velero_backup_failure_total[1h]) > 0', '2h'],
  ['the age of the last success', 'time() - velero_backup_last_successful_timestamp{schedule!=""} > 90000', '10m'],
  ['a counter against itself before', 'velero_backup_failure_total - velero_backup_failure_total offset 1h > 0', '10m'],
  ['a new counter', 'velero_repo_maintenance_failure_total > 0 unless velero_repo_maintenance_failure_total offset 3h', undefined],
  ['a state', 'velero_backup_location_status_gauge == 0', '15m'],
  ['a comparison that is a number itself', 'velero_backup_failure_total > bool 0', undefined],
  ['a number of backups', 'velero_backup_total > 100', undefined],
  ['the counter of somebody else', 'kube_failures_total > 0', undefined],
  ['the name in a string', 'label_replace(up, "a", "velero_backup_last_status", "b", "(.*)") > 0', undefined],
  ['an expression longer than people write', `velero_backup_failure_total > 0${' '.repeat(10_001)}`, undefined],
])('silent about %s', (_, expr, pending) => {
  expect(judgedOn(expr, pending)).toEqual([]);
});

test('failures that follow each other closely keep the alert waiting until it fires', () => {
  const hourly = (cron: string) => objectsIn(schedule({ spec: { schedule: cron } }));
  const expr = 'increase(velero_backup_failure_total[1h]) > 0';
  expect(judgedOn(expr, '2h', ...hourly('"0 * * * *"'))).toEqual([]);
  expect(judgedOn(expr, '2h', ...hourly('"0 2 * * *"'))).toHaveLength(1);
});
