import { type BackupModel, grouped, type Location, type Manifest, type Schedule, shownUrl } from '../model';
import { type Change, type Severity } from './change';
import { type FieldChange } from './changed-fields';
import { type Comparison } from './comparison';
import { deletion, fate, isKept } from './kept';
import { type Pair } from './pair';
import { isSamePlace } from './same-place';
import { type Context } from './schedule-pair';
import { arrow, capital, counted, namesText, shown } from './words';

/** A location as it was and as it is, with the schedules that write there now. */
interface LocationPair {
  readonly pair: Pair;
  readonly was: Location;
  readonly is: Location;
  readonly users: readonly Schedule[];
  readonly model: BackupModel;
}

/** What becomes of the places for backups. */
export function locations({ comparison }: Context): Change[] {
  const byManifest = (all: readonly Location[]) => new Map(all.map(location => [location.manifest, location]));
  const [before, after] = [byManifest(comparison.was.locations.all), byManifest(comparison.is.locations.all)];
  const users = usersOf(comparison);
  const gone = comparison.takeRemoved(manifest => before.has(manifest)).map(manifest => removed(comparison, before.get(manifest)!, users));
  const come = comparison.takeAdded(manifest => after.has(manifest)).map(manifest => added(after.get(manifest)!));
  const changed = comparison.pairsOf('velero.io/BackupStorageLocation').flatMap(pair => {
    const location = { pair, was: before.get(pair.was)!, is: after.get(pair.is)!, users: users.get(keyOf(pair.is)) ?? [], model: comparison.is };
    return [moved, access, credential, byDefault, settings].flatMap(aspect => aspect(location));
  });
  return [...gone, ...come, ...changed];
}

function changeOf({ is }: LocationPair, id: Change['id'], severity: Severity, message: string, fields: readonly FieldChange[], ...means: readonly string[]): Change {
  return { id, severity, on: is.manifest, message, means, fields };
}

/** By what they name, or else the default. */
function usersOf({ is }: Comparison): ReadonlyMap<string, readonly Schedule[]> {
  const nameOf = ({ namespace, template }: Schedule) => template.storageLocation || is.locationOf(namespace, template)?.name || '';
  return grouped(is.schedules.all.filter(({ paused }) => !paused), schedule => keyOf({ namespace: schedule.namespace, name: nameOf(schedule) }));
}

function keyOf({ namespace, name }: Pick<Manifest, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function added(location: Location): Change {
  return { id: 'location-added', severity: 'harmless', on: location.manifest, message: `added: ${placeOf(location)}`, means: [], fields: [] };
}

/**
 * @see velero v1.18.3 pkg/controller/backup_sync_controller.go:90 (a location that is gone is not synced, so that nothing is taken off the list),
 * pkg/controller/gc_controller.go:139 (gcFailureBSLNotFound)
 */
function removed(comparison: Comparison, location: Location, users: ReadonlyMap<string, readonly Schedule[]>): Change {
  const { manifest } = location;
  const left = users.get(keyOf(location)) ?? [];
  const kept = isKept(manifest, comparison);
  return {
    id: 'location-removed',
    severity: kept && left.length === 0 ? 'notable' : 'destructive',
    on: manifest,
    message: `removed: ${placeOf(location)}`,
    means: [
      kept ? `Prune leaves it in the cluster until somebody deletes it: ${deletion(manifest.kind, manifest.namespace, manifest.name)}` : `${capital(fate(manifest, comparison))}; nothing in the bucket is deleted.`,
      'Once it is gone its backups are still listed, but can neither be restored nor described, and they never expire: what they need in the bucket is yours to delete.',
      ...(left.length > 0 ? [`${namesText(left)} still ${left.length === 1 ? 'writes' : 'write'} there: each backup fails validation then.`] : []),
    ],
    fields: [],
  };
}

/** `bucket backups/production at http://minio:9000` */
function placeOf({ bucket, folder, config, provider }: Location): string {
  const at = Object.hasOwn(config, 's3Url') ? ` at ${shown(shownUrl(config.s3Url))}` : provider === undefined ? '' : ` of ${shown(provider)}`;
  return `bucket ${shown(bucket)}${folder === '' ? '' : `/${folder}`}${at}`;
}

/** What was and what is; of a URL only what is not secret, also where it is none. */
function told({ path, from, to }: FieldChange): string {
  const value = (each: unknown) => /\.(s3|public)Url$/.test(path) && typeof each === 'string' ? shownUrl(each) : each;
  return arrow(value(from), value(to));
}

const PLACE = ['spec.provider', 'spec.objectStorage.bucket', 'spec.objectStorage.prefix', 'spec.config.s3Url'];

/**
 * Whether the location is another place.
 *
 * @see velero v1.18.3 pkg/controller/backup_sync_controller.go, deleteOrphanedBackups;
 * pkg/controller/backup_repository_controller.go, needInvalidBackupRepo
 */
function moved(location: LocationPair): Change[] {
  const { pair, was, is } = location;
  const fields = pair.take(...PLACE);
  const isSame = isSamePlace(was, is);
  const message = fields.map(field => `${field.path.slice(field.path.lastIndexOf('.') + 1)} ${told(field)}`).join('; ');
  if (fields.length === 0 || (isSame && was.endpoint?.url === is.endpoint?.url)) {
    return [];
  }
  if (isSame) {
    return [was.endpoint?.origin === is.endpoint?.origin
      ? changeOf(location, 'location-settings-changed', 'harmless', message, fields, 'The same address, written otherwise: Velero connects to its repositories anew.')
      : changeOf(location, 'location-settings-changed', 'notable', message, fields, 'The same store under another port or scheme: until it answers there the location is Unavailable, and no backup is made.')];
  }
  return [
    changeOf(location, 'location-moved', 'destructive', message, fields,
      'What was saved so far stays in the old place and cannot be restored from this location: within a minute Velero takes each backup off its list that the new place does not have.',
      'Nothing is deleted in the old place, and nothing there expires any more. Repositories begin anew.',
      'Copy the old place to the new one before, or leave this location as it is (accessMode: ReadOnly) and declare another one beside it.'),
  ];
}

/** @see velero v1.18.3 pkg/controller/backup_controller.go (ReadOnly fails validation), pkg/controller/gc_controller.go:159 (nothing expires) */
function access(location: LocationPair): Change[] {
  const { pair, was, is, users } = location;
  const fields = pair.take('spec.accessMode');
  const [before, after] = [was, is].map(({ accessMode }) => accessMode || 'ReadWrite');
  if (before === after) {
    return [];
  }
  const message = `accessMode ${arrow(before, after)}`;
  if (after !== 'ReadOnly') {
    return [changeOf(location, 'location-access-changed', 'harmless', message, fields, 'Backups can be written there, and expired ones are deleted again.')];
  }
  const writing = users.length === 0 ? [] : [`${namesText(users)} still ${users.length === 1 ? 'writes' : 'write'} there: each backup fails validation.`];
  return [changeOf(location, 'location-access-changed', users.length > 0 ? 'destructive' : 'notable', message, fields,
    ...writing, 'Backups made so far can be restored; they do not expire as long as it is so.')];
}

function credential(location: LocationPair): Change[] {
  const { pair, was, is } = location;
  const fields = pair.take('spec.credential');
  const text = ({ credential: secret }: Location) => secret === undefined ? 'that of the server' : `Secret ${secret.name ?? ''}, key ${secret.key ?? ''}`;
  return fields.length === 0 ? [] : [changeOf(location, 'location-credential-changed', 'notable', `credential ${text(was)} → ${text(is)}`, fields,
    'It must open the same bucket: with other keys the location is Unavailable, and nothing is saved or restored.')];
}

function byDefault(location: LocationPair): Change[] {
  const { pair, was, is, users } = location;
  const fields = pair.take('spec.default');
  if (was.isDefault === is.isDefault) {
    return [];
  }
  const unnamed = users.filter(({ template }) => !template.storageLocation);
  return [is.isDefault
    ? changeOf(location, 'default-location-changed', unnamed.length > 0 ? 'notable' : 'harmless', 'is the default now', fields,
      unnamed.length > 0 ? `${namesText(unnamed)} ${unnamed.length === 1 ? 'names' : 'name'} no location and ${unnamed.length === 1 ? 'writes' : 'write'} here from now on: the first backup copies all of each volume.`
        : 'Every schedule names its location; only backups that somebody makes by hand go here.')
    : noDefault(location, fields)];
}

/** Where none is left, backups that name none go nowhere. */
function noDefault(location: LocationPair, fields: readonly FieldChange[]): Change {
  const { is, model } = location;
  const lost = model.schedules.in(is.namespace).filter(({ paused, template }) =>
    !paused && !template.storageLocation && model.locationOf(is.namespace, template) === undefined);
  return changeOf(location, 'default-location-changed', lost.length > 0 ? 'destructive' : 'harmless', 'is not the default any more', fields,
    ...(lost.length > 0 ? [`${namesText(lost)} ${lost.length === 1 ? 'names' : 'name'} no location, and none is the default: each backup fails validation.`] : []));
}

/** The rest of the spec: how the store is spoken to. */
function settings(location: LocationPair): Change[] {
  const fields = location.pair.take('spec');
  const messages = fields.map(field => `${field.path.replace(/^spec\./, '')} ${field.path.endsWith('caCert') ? 'changed' : told(field)}`);
  const isNotable = fields.some(({ path }) => /^spec\.(config|objectStorage)/.test(path));
  return fields.length === 0 ? [] : [changeOf(location, 'location-settings-changed', isNotable ? 'notable' : 'harmless', messages.join('; '), fields,
    ...(isNotable ? [`If the store does not answer that way the location is Unavailable${location.users.length > 0 ? `, and ${counted(location.users.length, 'schedule')} saves nothing`.replace('schedules saves', 'schedules save') : ''}.`] : []))];
}
