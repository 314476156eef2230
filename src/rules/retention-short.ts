import { type BackupModel, type Schedule } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

const WANTED_PERIODS = 3;

export const rule: Rule = {
  id: 'retention-short',
  severities: ['warning', 'error'],
  title: 'A schedule that keeps too few backups',
  goesWrong: 'Velero knows no number of backups to keep. Each is deleted when its TTL is over, the last good one too, whether or not a newer one was made. With a TTL of '
    + 'fewer than three periods, two failed nights leave nothing to restore from; with one of no more than a period there is nothing between the end of one backup and the next, '
    + 'even when all succeed. The longest gap of the cron counts: a monthly schedule has one of 31 days. In all versions.',
  fix: 'keep backups longer, or make them more often',
  reference: 'velero v1.18.1 pkg/controller/backup_controller.go:391-413, pkg/controller/gc_controller.go:139-169',
  check: model => model.schedules.all.flatMap(each => short(model, each)),
  install: '1.18.3',
  bad: () => schedule({ template: { ttl: '36h0m0s' } }),
  good: () => schedule({ template: { ttl: '72h0m0s' } }),
};

function short(model: BackupModel, each: Schedule): Verdict[] {
  const gap = each.cron?.longestGap;
  const ttl = model.retentionOf(each.namespace, each.template);
  if (gap === undefined || ttl === undefined || ttl >= WANTED_PERIODS * gap) {
    return [];
  }
  const gone = ttl <= gap;
  return [{
    on: each.manifest,
    what: 'spec.template.ttl',
    got: each.template.ttl?.text,
    severity: gone ? 'error' : 'warning',
    wanted: `${gone ? 'more than' : `at least ${WANTED_PERIODS} times`} the longest time between two backups, ${hours(gap)}: a backup is deleted ${hours(ttl)} after its start, `
      + (gone ? 'before the next one is made' : 'whether or not newer ones succeeded'),
  }];
}

function hours(seconds: number): string {
  return `${Math.round(seconds / 36) / 100}h`;
}
