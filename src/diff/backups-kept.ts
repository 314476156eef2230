import { type BackupModel, type Schedule } from '../model';

/** How long the backups of a schedule are kept, in seconds; nothing where that is not known. */
export function retentionOf({ namespace, template }: Schedule, model: BackupModel): number | undefined {
  return model.retentionOf(namespace, template);
}

/** How many backups of a schedule there are once it has run for as long as it keeps them; nothing where that is not known. */
export function backupsKept(schedule: Schedule, model: BackupModel): number | undefined {
  const retention = retentionOf(schedule, model);
  const gap = schedule.cron?.averageGap;
  return retention === undefined || gap === undefined ? undefined : retention / gap;
}

/** Whether a backup is deleted before the next one is made. */
export function expiresBeforeNext(schedule: Schedule, model: BackupModel): boolean {
  const retention = retentionOf(schedule, model);
  const gap = schedule.cron?.longestGap;
  return retention !== undefined && gap !== undefined && retention <= gap;
}

export const NONE_AT_TIMES = 'Each backup is deleted before the next is made: at times there is none at all.';

/** `28`; Velero starts backups and deletes them by the clock, so that it may be one more or less. */
export function backupsText(kept: number): string {
  return kept < 1 ? '<1' : String(Math.round(kept));
}

/** `28 → 12 backups`, for a message about what changed; nothing where the number is not known or the same. */
export function backupsArrow(was: number | undefined, is: number | undefined): string {
  const [before, after] = [was, is].map(kept => kept === undefined ? undefined : backupsText(kept));
  return before === undefined || after === undefined || before === after ? '' : `, ${before} → ${after} backups`;
}
