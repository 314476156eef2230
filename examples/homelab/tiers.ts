import { App, Chart, Duration } from 'cdk8s';
import { BackupHooks, BackupTier, CronExpression, Findings, HookErrorMode, IBackupStorageLocation, TieredSchedule } from '../../src';

/** There is no class for CSI snapshots here: volumes are saved as files. */
const NO_SNAPSHOTS = { snapshotVolumes: false };

/** What must survive, in three tiers. The crons are those of the cluster; without one a cron is derived from the RPO. */
export function tiers(app: App, location: IBackupStorageLocation, offsite: IBackupStorageLocation): void {
  critical(new Chart(app, 'tier-0'), location, offsite);
  important(new Chart(app, 'tier-1'), location);
  configuration(new Chart(app, 'tier-2'), location);
}

/**
 * The first copy sits in the Ceph cluster that would be lost together with the volumes: hence a second one, elsewhere, once a week. Not of
 * sealed-secrets below: objects are stored in plain gzip, and the keys that open every credential do not belong into somebody else's bucket.
 */
function critical(chart: Chart, location: IBackupStorageLocation, offsite: IBackupStorageLocation): void {
  const cron = CronExpression.of('0 */6 * * *');
  new TieredSchedule(chart, 'critical', {
    tier: BackupTier.of({ name: 'tier-0', rpo: Duration.hours(6), rto: Duration.hours(2), retention: Duration.hours(168) }),
    location,
    offsite: { location: offsite, rpo: Duration.days(7), rto: Duration.hours(24), retention: Duration.days(30) },
    ...NO_SNAPSHOTS,
    applications: [
      { name: 'n8n-prod', cron, hooks: dumpOfN8nPostgres() },
      { name: 'keycloak', cron },
      { name: 'infisical', cron },
      { name: 'authelia', cron },
      { name: 'lldap', cron },
    ],
  });
  Findings.of(chart).acknowledge('schedules-collide',
    'The five run one after the other, 68 minutes at most so far, which the RPO bears; restores are practised against these times.');
}

function important(chart: Chart, location: IBackupStorageLocation): void {
  new TieredSchedule(chart, 'important', {
    tier: BackupTier.of({ name: 'tier-1', rpo: Duration.hours(24), rto: Duration.hours(4), retention: Duration.hours(720) }),
    location,
    ...NO_SNAPSHOTS,
    applications: [
      { name: 'n8n-dev', cron: CronExpression.of('0 2 * * *') },
      {
        name: 'grafana',
        namespaces: ['monitoring'],
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'grafana' } },
        cron: CronExpression.of('0 3 * * *'),
      },
    ],
  });
}

function configuration(chart: Chart, location: IBackupStorageLocation): void {
  const cron = CronExpression.of('0 4 * * 0');
  new TieredSchedule(chart, 'configuration', {
    tier: BackupTier.of({ name: 'tier-2', rpo: Duration.hours(168), rto: Duration.hours(8), retention: Duration.hours(2160) }),
    location,
    ...NO_SNAPSHOTS,
    applications: [{ name: 'sealed-secrets', cron }, { name: 'cert-manager', cron }],
  });
  Findings.of(chart).acknowledge('schedules-collide', 'Both are done within minutes, once a week.');
}

/**
 * A copy of `pgdata` that was made file by file while PostgreSQL runs is not consistent: the dump beside it on the same volume is what a
 * restore loads. Only the primary writes one. A failed dump does not keep the volumes from being saved; it makes the backup PartiallyFailed.
 */
function dumpOfN8nPostgres(): BackupHooks {
  const dump = '/var/lib/postgresql/data/velero-dump.sql.gz';
  return BackupHooks.of({
    resources: [{
      name: 'dump-n8n-postgres',
      includedNamespaces: ['n8n-prod'],
      labelSelector: { matchLabels: { 'cnpg.io/cluster': 'n8n-postgres', 'cnpg.io/instanceRole': 'primary' } },
      pre: [{
        container: 'postgres',
        command: [
          '/bin/bash', '-ec',
          `set -o pipefail; umask 077; pg_dumpall -U postgres --clean --if-exists | gzip -1 > ${dump}.tmp && mv ${dump}.tmp ${dump}`,
        ],
        onError: HookErrorMode.CONTINUE,
        timeout: Duration.minutes(30),
      }],
    }],
  });
}
