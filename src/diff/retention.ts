import { backupsArrow, backupsKept, backupsText, expiresBeforeNext, retentionOf } from './backups-kept';
import { type Change } from './change';
import { type FieldChange } from './changed-fields';
import { changeOf, type SchedulePair } from './schedule-pair';
import { durationText, hours } from './words';

/**
 * The TTL of a schedule.
 *
 * @see velero v1.18.1 pkg/controller/backup_controller.go:391: written into the Backup when it starts, and never changed after that
 */
export function retention(schedule: SchedulePair): Change[] {
  const fields = schedule.pair.take('spec.template.ttl');
  const { was, is, models } = schedule;
  const [before, after] = [retentionOf(was, models.was), retentionOf(is, models.is)];
  if (fields.length === 0 || (before !== undefined && before === after)) {
    return [];
  }
  const told = `retention ${durationText(was.template.ttl, byDefault(before))} → ${durationText(is.template.ttl, byDefault(after))}`;
  if (is.template.ttl !== undefined && is.template.ttl.seconds === undefined) {
    return [changeOf(schedule, 'retention-unreadable', 'destructive', told, fields,
      'Velero reads hours, minutes and seconds, as 720h: it cannot read this, and with one such Schedule it may see none of them.')];
  }
  if (before === undefined || after === undefined) {
    return [changeOf(schedule, 'retention-changed', 'notable', told, fields, 'Which of the two is longer cannot be told: the server is not in both sets of manifests.')];
  }
  return [after < before ? shortened(schedule, told, fields, before, after) : lengthened(schedule, told, fields)];
}

function byDefault(seconds: number | undefined): string {
  return seconds === undefined ? 'the default of the server' : `${hours(seconds)} by default`;
}

function shortened(schedule: SchedulePair, told: string, fields: readonly FieldChange[], before: number, after: number): Change {
  const { was, is, models } = schedule;
  const [kept, left] = [backupsKept(was, models.was), backupsKept(is, models.is)];
  const isTooShort = expiresBeforeNext(is, models.is);
  const existing = kept === undefined ? 'the existing ones' : `the ${backupsText(kept)} that exist`;
  return changeOf(schedule, 'retention-shortened', isTooShort ? 'destructive' : 'notable', `${told}${backupsArrow(kept, left)}`, fields,
    `Nothing is deleted at once: ${existing} keep the end that they were made with, and go one by one within ${hours(before)}.`,
    isTooShort ? `Each new one is deleted before the next is made, ${hours(is.cron!.longestGap!)} later: at times there is none at all.`
      : `After that nothing older than ${hours(after)} can be restored.`);
}

function lengthened(schedule: SchedulePair, told: string, fields: readonly FieldChange[]): Change {
  const { was, is, models } = schedule;
  return changeOf(schedule, 'retention-lengthened', 'harmless', `${told}${backupsArrow(backupsKept(was, models.was), backupsKept(is, models.is))}`, fields,
    'New backups only: those that exist keep the end that they were made with. The object store needs more space.');
}
