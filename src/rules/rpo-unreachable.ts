import { type GoDuration, type Schedule } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'rpo-unreachable',
  severities: ['error'],
  title: 'The backups of a schedule are further apart than the RPO allows',
  goesWrong: 'Velero knows no RPO: it makes the backups as the cron says, all of them succeed, and after a loss there are more hours to make up for than were promised. '
    + 'The longest gap counts, over ends of months, leap years and changes of the clock: `0 0 */2 * *` runs on the 31st and on the 1st, but then not before the 3rd.',
  fix: 'run the schedule more often, or promise a larger RPO',
  reference: 'https://velero.io/docs/main/backup-reference/#schedule-a-backup',
  check: ({ schedules }) => schedules.all.flatMap(late),
  install: '1.18.3',
  bad: () => schedule({ annotations: { 'cdk8s-velero/rpo': '6h' }, spec: { schedule: '0 */8 * * *' } }),
  good: () => schedule({ annotations: { 'cdk8s-velero/rpo': '6h' }, spec: { schedule: '0 */6 * * *' } }),
};

function late({ manifest, cron, rpo }: Schedule): Verdict[] {
  const allowed = rpo?.seconds;
  if (allowed === undefined || cron?.longestGap === undefined || cron.longestGap <= allowed) {
    return [];
  }
  return [{
    on: manifest,
    what: 'spec.schedule',
    got: cron.expression,
    wanted: `a longest gap of at most the RPO ${(rpo as GoDuration).text}, but it is ${hours(cron.longestGap)}`,
  }];
}

function hours(seconds: number): string {
  return `${Math.round(seconds / 36) / 100}h`;
}
