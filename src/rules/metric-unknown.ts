import { type BackupModel, expressionOf, namesIn, type PrometheusRule } from '../model';
import { available, type Metric, releaseOf, tables, type VeleroRelease, VELERO_MINORS } from '../versions';
import { alertOn } from './examples';
import { nearest } from './nearest';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'metric-unknown',
  severities: ['error'],
  title: 'An alert or recording rule asks for a metric that this version of Velero does not have',
  goesWrong: 'Prometheus takes any name. A metric that nobody exposes has no series, an expression without series is never true, and the alert never fires: silence looks like health. '
    + 'The state of locations is measured from 1.17, the maintenance of repositories from 1.18, and the counters of restores end otherwise (`_failed_total`) than those of '
    + 'backups (`_failure_total`).',
  fix: 'take a metric that this version has, or change the version of Velero',
  reference: 'velero v1.18.3 pkg/metrics/metrics.go:105-485',
  check: model => {
    const releases = model.installs.map(({ release }) => release).filter(release => release !== undefined);
    return releases.length === 0 || releases.length < model.installs.length ? [] : unknown(model, releases);
  },
  install: '1.16.2',
  bad: () => alertOn('VeleroLocationUnavailable', 'velero_backup_location_status_gauge == 0'),
  good: () => alertOn('VeleroLocationUnavailable', 'increase(velero_backup_validation_failure_total[1h]) > 0'),
};

/** What Velero calls its own. Under another name, such as velero_cr_…, anybody may expose what he reads from its objects. */
const OWN = /^(velero_(backup|restore|volume_snapshot|csi_snapshot|repo_maintenance|schedule)_|podVolume_)/;

function unknown({ prometheusRules }: BackupModel, releases: readonly VeleroRelease[]): Verdict[] {
  const metrics = releases.flatMap(({ serverMetrics, nodeAgentMetrics }) => [...serverMetrics.values(), ...nodeAgentMetrics.values()]);
  const known = new Set(metrics.flatMap(seriesOf));
  const recorded = new Set(prometheusRules.all.filter(({ records }) => records).map(({ name }) => name));
  return prometheusRules.all.flatMap(each => [...namesIn(each.expression)]
    .filter(name => OWN.test(name) && !known.has(name) && !recorded.has(name))
    .map(name => verdictOf(each, name, known, releases)));
}

/** Prometheus stores a histogram as three. */
function seriesOf({ name, type }: Metric): string[] {
  return type === 'histogram' ? ['bucket', 'sum', 'count'].map(suffix => `${name}_${suffix}`) : [name];
}

function verdictOf(asking: PrometheusRule, name: string, known: ReadonlySet<string>, releases: readonly VeleroRelease[]): Verdict {
  const versions = releases.map(({ version }) => version).join(' and ');
  return {
    on: asking.manifest,
    what: expressionOf(asking),
    got: name,
    wanted: `a metric that Velero ${versions} has: without it the expression is never true`,
    next: elsewhere(name) ?? meant(name, known),
  };
}

/** The versions that have it. */
function elsewhere(name: string): string | undefined {
  const { SERVER_METRICS, NODE_AGENT_METRICS } = tables.metrics();
  const metric = [...SERVER_METRICS, ...NODE_AGENT_METRICS].find(each => seriesOf(each).includes(name));
  const having = metric && VELERO_MINORS.filter(minor => available(metric, releaseOf(`${minor}.0`).version));
  return having && `take the rule away, or change the version: Velero ${having.join(', ')} has this metric`;
}

function meant(name: string, known: ReadonlySet<string>): string | undefined {
  const near = nearest(name, known);
  return near && `write ${near}`;
}
