import { type BackupModel, type BackupSpec, type Schedule } from '../model';
import { expiresBeforeNext, NONE_AT_TIMES } from './backups-kept';
import { type Change, type Severity } from './change';
import { type InstallPair } from './program-pair';
import { hours, namesText, shown } from './words';

/** What the server is told for backups that say nothing themselves: told once, for all schedules that it is about. */
export function serverDefaults(install: InstallPair): Change[] {
  return [defaultRetention, defaultFiles, defaultMoves, defaultLocation].flatMap(aspect => aspect(install));
}

/** The schedules that are in both, make backups, and leave something to the server. */
function leaving({ comparison: { is, was }, is: { namespace } }: InstallPair, isLeft: (spec: BackupSpec) => boolean): readonly Schedule[] {
  return is.schedules.in(namespace)
    .filter(({ name, template, paused }) => !paused && isLeft(template) && was.schedules.get(namespace, name) !== undefined);
}

function namesOf(schedules: readonly Schedule[], none: string): string {
  return schedules.length === 0 ? none : `It counts for ${namesText(schedules)}.`;
}

function defaultRetention(install: InstallPair): Change[] {
  const fields = install.server.takeFlag('default-backup-ttl');
  const affected = leaving(install, ({ ttl }) => ttl === undefined || ttl.seconds === 0);
  const { namespace } = install.is;
  const ofServer = (model: BackupModel) => model.retentionOf(namespace, { ttl: undefined } as BackupSpec);
  const [before, after] = [ofServer(install.comparison.was), ofServer(install.comparison.is)];
  if (fields.length === 0 || before === after) {
    return [];
  }
  const isShorter = before !== undefined && (after === undefined || after < before);
  const tooShort = isShorter ? affected.filter(schedule => expiresBeforeNext(schedule, install.comparison.is)) : [];
  const [from, to] = [before, after].map(seconds => seconds === undefined ? 'not readable' : hours(seconds));
  return [{
    id: 'default-retention-changed',
    severity: tooShort.length > 0 ? 'destructive' : affected.length > 0 && isShorter ? 'notable' : 'harmless',
    on: install.server.is.manifest,
    message: `default retention ${from} → ${to}`,
    fields,
    means: [namesOf(affected, 'Every schedule says itself how long it keeps backups: only those that somebody makes by hand are concerned.'),
      ...(affected.length > 0 ? ['Backups that exist keep the end that they were made with.'] : []),
      ...(tooShort.length > 0 ? [`${NONE_AT_TIMES} So it is with ${namesText(tooShort)}.`] : [])],
  }];
}

function defaultFiles(install: InstallPair): Change[] {
  return switched(install, 'default-volumes-to-fs-backup', 'volumes-changed', ({ defaultVolumesToFsBackup }) => defaultVolumesToFsBackup === undefined,
    'The files of their volumes are not saved any more, but for those that a pod names in backup.velero.io/backup-volumes.');
}

function defaultMoves(install: InstallPair): Change[] {
  return switched(install, 'default-snapshot-move-data', 'snapshots-changed', ({ snapshotMoveData }) => snapshotMoveData === undefined,
    'Snapshots stay in the storage that they are of: nothing of them reaches the location any more.');
}

/** A switch; without it is off. */
function switched({ server, ...install }: InstallPair, flag: string, id: Change['id'], isLeft: (spec: BackupSpec) => boolean, off: string): Change[] {
  const fields = server.takeFlag(flag);
  const [before, after] = [server.was, server.is].map(({ commandLine }) => commandLine.isOn(flag) ?? false);
  if (before === after) {
    return [];
  }
  const affected = leaving({ server, ...install }, isLeft);
  const severity: Severity = before && affected.length > 0 ? 'destructive' : 'harmless';
  return [{
    id,
    severity,
    on: server.is.manifest,
    fields,
    message: `--${flag} ${shown(before)} → ${shown(after)}`,
    means: [namesOf(affected, 'Every schedule says itself what it wants.'), ...(severity === 'destructive' ? [off] : [])],
  }];
}

function defaultLocation(install: InstallPair): Change[] {
  const fields = install.server.takeFlag('default-backup-storage-location');
  const affected = leaving(install, ({ storageLocation }) => !storageLocation);
  return fields.length === 0 ? [] : [{
    id: 'default-location-changed',
    severity: affected.length > 0 ? 'notable' : 'harmless',
    on: install.server.is.manifest,
    message: `default location ${shown(fields[0].from)} → ${shown(fields[0].to)}`,
    fields,
    means: [namesOf(affected, 'Every schedule names its location.'), ...(affected.length > 0 ? ['Their first backup there copies all of each volume.'] : [])],
  }];
}
