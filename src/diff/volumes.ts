import { type BackupModel, type Schedule, type VolumePolicy } from '../model';
import { type Change, worst } from './change';
import { changeOf, type SchedulePair } from './schedule-pair';
import { policyDifference } from './volume-policy-change';
import { arrow, shown } from './words';

/** Whether the files of volumes are saved that nobody chose one by one. */
export function files(schedule: SchedulePair): Change[] {
  const { pair, was, is, models } = schedule;
  const fields = pair.take('spec.template.defaultVolumesToFsBackup', 'spec.template.defaultVolumesToRestic');
  const before = models.was.savesFilesByDefault(was.namespace, was.template);
  const after = models.is.savesFilesByDefault(is.namespace, is.template);
  if (fields.length === 0 || before === after) {
    return [];
  }
  const told = `defaultVolumesToFsBackup ${arrow(before, after)}`;
  return [after
    ? changeOf(schedule, 'volumes-changed', 'harmless', told, fields, 'The files of all volumes are saved that nobody leaves out.')
    : changeOf(schedule, 'volumes-changed', 'destructive', told, fields,
      'The files of volumes are not saved any more, but for those that a pod names in backup.velero.io/backup-volumes. The backups are Completed all the same.')];
}

/** Whether volumes are saved by snapshots, and whether their data leaves the cluster. */
export function snapshots(schedule: SchedulePair): Change[] {
  const { pair, was, is, models } = schedule;
  const fields = pair.take('spec.template.snapshotVolumes', 'spec.template.snapshotMoveData', 'spec.template.volumeSnapshotLocations');
  if (fields.length === 0) {
    return [];
  }
  const savesFiles = models.is.savesFilesByDefault(is.namespace, is.template);
  const makes = [was, is].map(({ template }) => template.snapshotVolumes !== false);
  const [moved, moves] = [models.was.movesSnapshotData(was.namespace, was.template), models.is.movesSnapshotData(is.namespace, is.template)];
  const losesSnapshots = makes[0] && !makes[1] && !savesFiles;
  const losesData = moved && !moves && makes[1] && !savesFiles;
  const told = fields.map(({ path, from, to }) => `${path.slice('spec.template.'.length)} ${arrow(from, to)}`).join('; ');
  return [changeOf(schedule, 'snapshots-changed', losesSnapshots || losesData ? 'destructive' : 'harmless', told, fields,
    ...(losesSnapshots ? ['No snapshots are made of volumes, and their files are not copied either: their data is not saved any more.'] : []),
    ...(losesData ? ['Snapshots stay in the storage that they are of, and are lost with it: nothing of them reaches the location any more.'] : []))];
}

/** Another ConfigMap with a policy; a changed one is told of once, for all schedules that name it. */
export function policy(schedule: SchedulePair): Change[] {
  const { pair, was, is, models } = schedule;
  if (!pair.has('spec.template.resourcePolicy')) {
    return [];
  }
  const [before, after] = [policyOf(models.was, was), policyOf(models.is, is)];
  const fields = pair.take('spec.template.resourcePolicy');
  const told = `volume policy ${nameOf(was)} → ${nameOf(is)}`;
  const ignored = isIgnored(is) ? ['Velero ignores every kind but ConfigMap without a word, and the policy with it.'] : [];
  if (is.template.resourcePolicy !== undefined && !isIgnored(is) && after === undefined) {
    return [changeOf(schedule, 'volume-policy-changed', 'notable', told, fields,
      'These manifests have no such ConfigMap: each backup fails validation unless the cluster has it.')];
  }
  const { severity, message, means } = policyDifference(before, after) ?? { severity: 'harmless', message: '', means: ['Both say the same.'] };
  return [changeOf(schedule, 'volume-policy-changed', isIgnored(is) ? worst('notable', severity) : severity, `${told}${message && `: ${message}`}`, fields, ...ignored, ...means)];
}

/** @see velero v1.18.3 internal/resourcepolicies/resource_policies.go:402 */
function isIgnored({ template: { resourcePolicy } }: Schedule): boolean {
  return resourcePolicy !== undefined && resourcePolicy.kind?.toLowerCase() !== 'configmap';
}

function policyOf(model: BackupModel, schedule: Schedule): VolumePolicy | undefined {
  return isIgnored(schedule) ? undefined : model.volumePolicyOf(schedule.namespace, schedule.template);
}

function nameOf(schedule: Schedule): string {
  const { kind, name } = schedule.template.resourcePolicy ?? {};
  return isIgnored(schedule) ? `${shown(name)} (kind ${shown(kind)})` : shown(name);
}
