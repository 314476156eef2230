import { hasSyncOption, INSTANCE_LABEL, isForArgoCd, type Schedule, trackedBy } from '../model';
import { type Change } from './change';
import { changeOf, type SchedulePair } from './schedule-pair';

const SYNC_OPTIONS = 'metadata.annotations[\'argocd.argoproj.io/sync-options\']';

/** Whether the backups of a schedule go with it. */
export function ownership(schedule: SchedulePair): Change[] {
  const fields = schedule.pair.take('spec.useOwnerReferencesInBackup');
  const { was, is } = schedule;
  return was.useOwnerReferencesInBackup === is.useOwnerReferencesInBackup ? [] : [is.useOwnerReferencesInBackup
    ? changeOf(schedule, 'backups-owned', 'notable', 'useOwnerReferencesInBackup → true', fields,
      'Whoever deletes the Schedule deletes the Backup objects with it. Their data stays in the location, and Velero lists them again within a minute.')
    : changeOf(schedule, 'backups-owned', 'harmless', 'useOwnerReferencesInBackup → false', fields, 'New backups stay when the Schedule is deleted.')];
}

/** Whether ArgoCD may take the backups of a schedule for objects that git does not have, as it did not before. */
export function tracking(schedule: SchedulePair): Change[] {
  const { pair, was, is } = schedule;
  const isArgo = isForArgoCd(was.manifest) || isForArgoCd(is.manifest);
  if (!isArgo || !inheritsTracking(is) || inheritsTracking(was)) {
    return [];
  }
  const fields = pair.take('spec.template.metadata.labels', SYNC_OPTIONS, 'metadata.labels', 'metadata.annotations[\'argocd.argoproj.io/compare-options\']');
  const own = Object.hasOwn(is.template.labels, INSTANCE_LABEL);
  return [changeOf(schedule, 'backups-prunable', 'destructive',
    own ? `backups get the label ${INSTANCE_LABEL}` : 'backups get the labels of the Schedule, without Prune=false', fields,
    'ArgoCD that tracks by label (its default before 3.0) takes the backups for objects that git does not have, and prunes them: one that runs fails, a finished one comes '
    + 'back from the location within a minute and is pruned again.')];
}

/** Whether the backups carry the mark by which ArgoCD knows what it delivered, and nothing that keeps prune off. */
export function inheritsTracking({ manifest, template: { labels } }: Schedule): boolean {
  const copies = Object.keys(labels).length === 0 || Object.hasOwn(labels, INSTANCE_LABEL);
  return copies && !hasSyncOption(manifest, 'Prune=false', 'Prune=confirm') && trackedBy(manifest) === undefined;
}
