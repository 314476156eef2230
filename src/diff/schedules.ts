import { type BackupModel, isForArgoCd, type Manifest, type Schedule } from '../model';
import { backupsKept, backupsText, retentionOf } from './backups-kept';
import { type Change, worst } from './change';
import { deletion, fate, isConfirmed, isKept } from './kept';
import { goesOn, prospectOf, prunedNamespace } from './kept-schedule';
import { otherFields } from './other-fields';
import { inheritsTracking, ownership, tracking } from './ownership';
import { frequency, pause, promises } from './promises';
import { type Renamed, renamedSchedules } from './renamed-schedules';
import { retention } from './retention';
import { location } from './schedule-location';
import { type Context, type SchedulePair } from './schedule-pair';
import { hooks, kinds, labels, namespaces } from './selection';
import { files, policy, snapshots } from './volumes';
import { capital, hours, listed } from './words';

const SCHEDULE = 'velero.io/Schedule';

/** What is told of a schedule that is in both; each takes the fields that it tells of. */
const ASPECTS: readonly ((schedule: SchedulePair) => Change[])[] = [
  tracking, pause, namespaces, labels, kinds, files, snapshots, policy, location, frequency, retention, promises, hooks, ownership, otherFields,
];

/** What becomes of the schedules. */
export function schedules(context: Context): Change[] {
  const { comparison, comparison: { was, is } } = context;
  const [before, after] = [byManifest(was.schedules.all), byManifest(is.schedules.all)];
  const renamed = renamedSchedules(comparison);
  const gone = comparison.takeRemoved(manifest => before.has(manifest)).map(manifest => removed(context, before.get(manifest)!));
  const come = comparison.takeAdded(manifest => after.has(manifest)).map(manifest => added(context, after.get(manifest)!));
  const changed = comparison.pairsOf(SCHEDULE).flatMap(pair => {
    const schedule = { ...context, pair, was: before.get(pair.was)!, is: after.get(pair.is)!, models: { was, is } };
    return ASPECTS.flatMap(aspect => aspect(schedule));
  });
  return [...gone, ...renamed.map(each => renaming(context, each)), ...come, ...changed];
}

function byManifest(all: readonly Schedule[]): ReadonlyMap<Manifest, Schedule> {
  return new Map(all.map(schedule => [schedule.manifest, schedule]));
}

function added({ comparison: { is } }: Context, schedule: Schedule): Change {
  const { manifest, paused } = schedule;
  return {
    id: 'schedule-added',
    severity: 'harmless',
    on: manifest,
    message: `added: ${summary(schedule, is)}`,
    fields: [],
    means: paused ? ['It is paused: it makes no backups until it is resumed.'] : [],
  };
}

function removed({ comparison, protection }: Context, schedule: Schedule): Change {
  const { manifest, paused, useOwnerReferencesInBackup: owns } = schedule;
  const [pruned, isLeft] = [!isKept(manifest, comparison), goesOn(schedule, comparison)];
  const { severity, means } = paused ? { severity: 'harmless', means: [] } as const : protection.lossOf(protection.lost(schedule, undefined), schedule, isLeft);
  const namespace = prunedNamespace(schedule.namespace, comparison);
  const left = namespace !== undefined ? `It goes with its namespace: ${fate(namespace, comparison)}.`
    : `Prune leaves it in the cluster${isLeft ? ', where it goes on making backups' : ''} until somebody deletes it: ${deletion(manifest.kind, manifest.namespace, manifest.name)}`;
  const losesBackups = pruned && isForArgoCd(manifest) && inheritsTracking(schedule);
  const kept = backupsKept(schedule, comparison.was);
  return {
    id: 'schedule-removed',
    severity: worst(severity, losesBackups ? 'destructive' : 'notable'),
    on: manifest,
    message: `removed: ${summary(schedule, comparison.was)}`,
    means: [
      ...(isLeft ? [left, ...means] : [...means, pruned ? `${capital(fate(manifest, comparison))}.` : left]),
      losesBackups ? 'Its backups have the labels of the Schedule: ArgoCD that tracks by label prunes them too, and again each time that they come back from the location.'
        : `The ${kept === undefined ? '' : `${backupsText(kept)} `}backups made so far stay${prospectOf(schedule, comparison)}`,
      ...(owns ? ['Their Backup objects are deleted with the Schedule, and listed again from the location within a minute.'] : []),
    ],
    fields: [],
  };
}

function renaming({ comparison, comparison: { was: before } }: Context, { was, is, pair }: Renamed): Change {
  const kept = retentionOf(was, before);
  const inMeantime = !goesOn(was, comparison) ? '' : is.paused ? ', where it goes on making backups' : ', and both make backups';
  return {
    id: 'schedule-renamed',
    severity: 'notable',
    on: is.manifest,
    message: `renamed: ${was.name} → ${is.name}`,
    means: [
      isKept(was.manifest, comparison) ? `Prune leaves the old one in the cluster${inMeantime} until somebody deletes it: ${deletion(was.manifest.kind, was.namespace)}`
        : `The old one is ${isConfirmed(was.manifest) ? 'deleted by prune once somebody confirms' : 'deleted by prune'}.`,
      `Backups made so far keep the old name until they expire${kept === undefined ? '' : `, the last one after ${hours(kept)}`}: restores by the name of the new one do not find them.`,
      'Metrics and alerts by schedule begin anew. The repositories go on: they belong to a namespace and a location.',
    ],
    fields: pair.take('metadata.name'),
  };
}

/** `saves n8n-prod every 6h, kept for 168h (7 d): 28 backups` */
function summary(schedule: Schedule, model: BackupModel): string {
  const { template: { coversAllNamespaces, includedNamespaces }, cron } = schedule;
  const [retained, kept] = [retentionOf(schedule, model), backupsKept(schedule, model)];
  return [
    `saves ${coversAllNamespaces ? 'all namespaces' : listed(includedNamespaces)}`,
    cron?.longestGap === undefined ? '' : ` every ${hours(cron.longestGap)}`,
    retained === undefined ? '' : `, kept for ${hours(retained)}`,
    kept === undefined ? '' : `: ${backupsText(kept)} backups`,
  ].join('');
}
