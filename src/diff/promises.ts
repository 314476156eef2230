import { type GoDuration } from '../model';
import { backupsArrow, backupsKept, expiresBeforeNext, NONE_AT_TIMES } from './backups-kept';
import { type Change, type Severity } from './change';
import { goesOn } from './kept-schedule';
import { changeOf, type SchedulePair } from './schedule-pair';
import { arrow, capital, durationText, hours, shown } from './words';

/** When a schedule starts. */
export function frequency(schedule: SchedulePair): Change[] {
  const fields = schedule.pair.take('spec.schedule');
  const { was, is, models } = schedule;
  const [from, to] = [was.cron?.expression, is.cron?.expression];
  if (fields.length === 0 || from?.split(/\s+/).join(' ') === to?.split(/\s+/).join(' ')) {
    return [];
  }
  const [before, after] = [was.cron?.longestGap, is.cron?.longestGap];
  const told = `cron ${arrow(from, to)}`;
  if (after === undefined) {
    return [changeOf(schedule, 'schedule-invalid', 'destructive', told, fields,
      'Velero cannot read it: the Schedule becomes FailedValidation and makes no backups.',
      ...(is.cron?.problems ?? []).flatMap(({ next }) => next === undefined ? [] : [`${capital(next)}.`]))];
  }
  const kept = backupsArrow(backupsKept(was, models.was), backupsKept(is, models.is));
  if (before === undefined) {
    return [changeOf(schedule, 'backups-more-often', 'harmless', told, fields, `Velero could not read the one before. There is a backup every ${hours(after)} now.`)];
  }
  if (after === before) {
    return [changeOf(schedule, 'backup-time-moved', 'harmless', told, fields, `As often as before: every ${hours(after)}.`)];
  }
  const isTooSparse = expiresBeforeNext(is, models.is) && !expiresBeforeNext(was, models.was);
  const gap = `${hours(before)} → ${hours(after)} between two backups${kept}`;
  return [after > before
    ? changeOf(schedule, 'backups-less-often', isTooSparse ? 'destructive' : 'notable', `${told}: ${gap}`, fields,
      `Up to ${hours(after)} of data may be lost, ${broken(schedule, after)}`, ...(isTooSparse ? [NONE_AT_TIMES] : []))
    : changeOf(schedule, 'backups-more-often', 'harmless', `${told}: ${gap}`, fields)];
}

function broken({ is: { rpo } }: SchedulePair, gap: number): string {
  return rpo?.seconds === undefined ? 'and nobody promised less.'
    : gap > rpo.seconds ? `though the schedule promises ${hours(rpo.seconds)} (RPO).` : `which is within the promised ${hours(rpo.seconds)} (RPO).`;
}

/** What a schedule promises to people and alerts. */
export function promises(schedule: SchedulePair): Change[] {
  const { was, is } = schedule;
  return [
    ...promised(schedule, 'rpo', 'RPO', was.rpo, is.rpo, 'Alerts wait for that long before they tell of a missing backup.'),
    ...promised(schedule, 'rto', 'RTO', was.rto, is.rto, 'The recovery may take longer; nothing about the backups is other.'),
    ...tier(schedule),
  ];
}

function promised(
  schedule: SchedulePair, key: string, name: string, was: GoDuration | undefined, is: GoDuration | undefined, looser: string,
): Change[] {
  const fields = schedule.pair.take(`metadata.annotations['cdk8s-velero/${key}']`);
  if (fields.length === 0 || (was?.seconds !== undefined && was.seconds === is?.seconds)) {
    return [];
  }
  const isLooser = was?.seconds !== undefined && (is?.seconds === undefined || is.seconds > was.seconds);
  const severity: Severity = isLooser ? 'notable' : 'harmless';
  const told = `${name} ${durationText(was, 'nothing')} → ${durationText(is, 'nothing')}`;
  return [changeOf(schedule, 'promise-changed', severity, told, fields, ...(isLooser ? [looser] : []))];
}

function tier(schedule: SchedulePair): Change[] {
  const fields = schedule.pair.take('metadata.annotations[\'cdk8s-velero/tier\']');
  return fields.length === 0 ? [] : [changeOf(schedule, 'promise-changed', 'harmless', `tier ${shown(schedule.was.tier)} → ${shown(schedule.is.tier)}`, fields)];
}

/** Whether a schedule makes backups for now. */
export function pause(schedule: SchedulePair): Change[] {
  const { pair, was, is, protection, comparison } = schedule;
  const fields = pair.take('spec.paused');
  if (was.paused === is.paused) {
    return [];
  }
  if (!is.paused) {
    return [changeOf(schedule, 'schedule-resumed', 'harmless', 'resumed', fields, 'What was due in the meantime is made up for by one backup at once.')];
  }
  if (was.name !== is.name && goesOn(was, comparison)) {
    return [changeOf(schedule, 'schedule-paused', 'notable', 'paused', fields, `${was.name} goes on as long as nobody deletes it: until then its namespaces are saved.`)];
  }
  const { severity, means } = protection.lossOf(protection.lost(is, undefined), was);
  return [changeOf(schedule, 'schedule-paused', severity, 'paused', fields, 'No backups until it is resumed; those that exist expire as before, the last one too.', ...means)];
}
