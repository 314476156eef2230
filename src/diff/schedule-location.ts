import { retentionOf } from './backups-kept';
import { type Change } from './change';
import { isSamePlace } from './same-place';
import { changeOf, type SchedulePair } from './schedule-pair';
import { hours, shown } from './words';

/** Where a schedule writes to. */
export function location(schedule: SchedulePair): Change[] {
  const { pair, was, is, models } = schedule;
  const fields = pair.take('spec.template.storageLocation');
  const before = was.template.storageLocation || models.was.locationOf(was.namespace, was.template)?.name;
  const after = is.template.storageLocation || models.is.locationOf(is.namespace, is.template)?.name;
  if (fields.length === 0 || before === after) {
    return [];
  }
  const told = `location ${shown(before ?? 'the default')} → ${shown(after ?? 'the default')}`;
  const kept = retentionOf(was, models.was);
  const isMissing = models.is.locations.in(is.namespace).length > 0 && models.is.locationOf(is.namespace, is.template) === undefined;
  const [old, now] = [models.was.locationOf(was.namespace, was.template), models.is.locationOf(is.namespace, is.template)];
  if (old !== undefined && now !== undefined && isSamePlace(old, now)) {
    return [changeOf(schedule, 'schedule-location-changed', 'notable', told, fields,
      'Both are the same folder of the same bucket: the repositories there go on, and nothing is copied anew. Backups made so far keep the name of the old location.')];
  }
  return [isMissing
    ? changeOf(schedule, 'schedule-location-changed', 'destructive', told, fields, 'These manifests have no such location: each backup fails validation unless the cluster has it.')
    : changeOf(schedule, 'schedule-location-changed', 'notable', told, fields,
      `Backups made so far stay in the old location until they expire${kept === undefined ? '' : `, the last one after ${hours(kept)}`}, and are restored from there.`,
      'Repositories are made anew in the other one: the first backup copies all of each volume.')];
}
