import { type BackupModel, counterComparison, expressionOf, namesIn, type PrometheusRule, prometheusSeconds } from '../model';
import { tables } from '../versions';
import { alertOn } from './examples';
import { type Rule, type Verdict } from './rule';

const LAST_STATUS = 'velero_backup_last_status';

export const rule: Rule = {
  id: 'alert-never-fires',
  severities: ['error'],
  title: 'An alert that cannot fire, or that never stops',
  goesWrong: `From 1.13 Velero sets \`${LAST_STATUS}\` back to 1 whenever it looks at the Schedule, which is every minute: an alert on it never lives long enough to fire, though the chart `
    + 'proposes it. A counter that is compared itself (`velero_backup_failure_total > 0`) stays above until the server restarts, and an alert that is always on is soon switched off. '
    + 'And `increase(…[5m]) > 0` with `for: 5m` is over before it counts: one failure a night goes unseen.',
  fix: 'alert on time() - velero_backup_last_successful_timestamp, and on increase() over a window longer than for',
  reference: 'velero v1.18.3 pkg/controller/schedule_controller.go:109, pkg/metrics/metrics.go:529; https://github.com/velero-io/velero/issues/8753',
  check: model => model.prometheusRules.all.flatMap(each => lastStatus(each) ?? comparison(model, each)),
  install: '1.18.3',
  bad: () => alertOn('VeleroBackupFailed', 'velero_backup_last_status{schedule!=""} != 1'),
  good: () => alertOn('VeleroBackupFailed', 'increase(velero_backup_failure_total{schedule!=""}[1h]) > 0'),
};

function lastStatus(alert: PrometheusRule): Verdict[] | undefined {
  return !namesIn(alert.expression).has(LAST_STATUS) ? undefined : [{
    on: alert.manifest,
    what: expressionOf(alert),
    got: alert.expression,
    wanted: `another metric than ${LAST_STATUS}: Velero sets it to 1 every minute, whatever became of the backup`,
    next: 'use time() - velero_backup_last_successful_timestamp and increase(velero_backup_failure_total[…])',
  }];
}

function comparison(model: BackupModel, alert: PrometheusRule): Verdict[] {
  const found = alert.records ? undefined : counterComparison(alert.expression);
  if (found === undefined || !isCounter(found.metric)) {
    return [];
  }
  const pending = prometheusSeconds(alert.for ?? '0') ?? 0;
  if (found.window === undefined) {
    return [{
      on: alert.manifest,
      what: expressionOf(alert),
      got: alert.expression,
      wanted: `increase(${found.metric}[…]): the counter itself never comes down again until the program restarts`,
      next: 'compare its increase over a window longer than for',
    }];
  }
  return pending < found.window || !FAILURES.test(found.metric) || startsWithin(model, found.window) ? [] : [{
    on: alert.manifest,
    what: `for of the alert ${alert.name}`,
    got: alert.for,
    wanted: `less than the window of ${alert.expression}: one failure is out of the window before the alert fires`,
    next: 'make the window longer, or for shorter',
  }];
}

function isCounter(name: string): boolean {
  const { SERVER_METRICS, NODE_AGENT_METRICS } = tables.metrics();
  return [...SERVER_METRICS, ...NODE_AGENT_METRICS].some(metric => metric.name === name && metric.type === 'counter');
}

/** What counts once a run. */
const FAILURES = /^velero_backup_(partial_|validation_)?failure_total$/;

/** Whether failures of one schedule may follow each other so closely that the window never empties. Of unknown ones none runs twice an hour. */
function startsWithin({ schedules }: BackupModel, window: number): boolean {
  const gaps = schedules.all.map(({ cron }) => cron?.longestGap).filter(gap => gap !== undefined);
  return gaps.length === 0 ? window >= 3600 : gaps.some(gap => gap <= window);
}
