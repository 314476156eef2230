import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { nodeAgent, server } from '../../src/rules/examples';

function rules(...list: any[]): any {
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'velero', namespace: 'monitoring' }, spec: { groups: [{ name: 'velero', rules: list }] } };
}

escapeHatch('metric-unknown', usual => {
  const own = new ApiObject(usual.chart, 'rules', rules({ alert: 'Failed', expr: 'increase(velero_backup_failure_total[1h]) > 0' }));
  return () => own.addJsonPatch(JsonPatch.replace('/spec/groups/0/rules/0/expr', 'increase(velero_backup_failed_total[1h]) > 0'));
});

function judgementsOf(version: string, expr: string, ...more: any[]) {
  return judged([...objectsIn(server(version)), rules({ alert: 'Failed', expr }, ...more)]).filter(({ rule }) => rule.id === 'metric-unknown');
}

function line(got: string, version: string): string {
  return `error metric-unknown PrometheusRule monitoring/velero: expr of the alert Failed got "${got}", wanted a metric that Velero ${version} has: without it the expression is never true`;
}

test.each([
  ['1.16.2', 'velero_backup_location_status_gauge == 0', 'velero_backup_location_status_gauge',
    'take the rule away, or change the version: Velero 1.17, 1.18 has this metric'],
  ['1.17.2', 'increase(velero_repo_maintenance_duration_seconds_count[1h]) > 0', 'velero_repo_maintenance_duration_seconds_count',
    'take the rule away, or change the version: Velero 1.18 has this metric'],
  ['1.18.3', 'velero_backup_storage_location_available == 0', 'velero_backup_storage_location_available', undefined],
  ['1.18.3', 'increase(velero_backup_failures_total[1h]) > 0', 'velero_backup_failures_total', 'write velero_backup_failure_total'],
  ['1.18.3', 'velero_backup_duration_seconds > 3600', 'velero_backup_duration_seconds', undefined],
  ['1.18.3', 'podVolume_pod_volume_backup_failure_total > 0', 'podVolume_pod_volume_backup_failure_total', undefined],
])('%s: %s', (version, expr, got, next) => {
  const judgements = judgementsOf(version, expr);
  expect(told(judgements)).toEqual([line(got, version)]);
  expect(judgements[0].next).toBe(next);
});

test('each metric of a rule once', () => {
  expect(judgementsOf('1.18.3', 'velero_backup_a > 0 or velero_backup_b{x="y"} > velero_backup_a')).toHaveLength(2);
});

test('a record is told of as one', () => {
  const judgements = judgementsOf('1.18.3', 'up', { record: 'velero:a', expr: 'velero_backup_a' });
  expect(judgements[0].what).toBe('expr of the record velero:a');
});

test.each([
  ['what the server exposes', 'velero_backup_location_status_gauge == 0'],
  ['what the node-agent exposes', 'rate(podVolume_data_upload_failure_total[1h]) > 0'],
  ['the three of a histogram', 'histogram_quantile(0.9, sum by (le) (rate(velero_backup_duration_seconds_bucket[1d]))) > 3600'],
  ['a record of the input', 'velero_backup_bad_runs > 0'],
  ['the name of a record', 'velero:schedule_rpo_seconds > 0'],
  ['what kube-state-metrics makes of objects', 'velero_cr_backup_info == 0'],
  ['another metric with the name in it', 'kube_customresource_velero_backup_phase > 0'],
  ['a name in a string or a comment', 'up{job="velero_backup_x"} > 0 # velero_backup_x'],
  ['a label', 'sum by (velero_backup_label) (up) > 0'],
])('silent about %s', (_, expr) => {
  expect(told(judgementsOf('1.18.3', expr, { record: 'velero_backup_bad_runs', expr: 'up' }))).toEqual([]);
});

test('silent without a known version, and where another Velero of the input has it', () => {
  const unknown = rules({ alert: 'Failed', expr: 'velero_backup_location_status_gauge == 0' });
  const judgedAll = (...objects: any[]) => told(judged([unknown, ...objects]), 'metric-unknown');
  const old = objectsIn(server('1.16.2'));
  expect(judgedAll()).toEqual([]);
  expect(judgedAll(...old)).toHaveLength(1);
  expect(judgedAll(...objectsIn(server('1.16.2').replace(/velero:v1.16.2/, 'velero:latest')))).toEqual([]);
  expect(judgedAll(...old, ...objectsIn(nodeAgent('1.18.3').replace('namespace: velero', 'namespace: other')))).toEqual([]);
});
