import { type Location, type Manifest, type Schedule, type VeleroProgram } from '../model';
import { type Comparison } from './comparison';
import { isKept, isPruned } from './kept';
import { isSamePlace } from './same-place';
import { disabledIn, makesBackups } from './server-work';

/** Whether a Schedule that git has no longer goes on making backups: prune leaves it in the cluster, and what it needs is there and works. */
export function goesOn(schedule: Schedule, comparison: Comparison): boolean {
  const { manifest, namespace, cron, paused } = schedule;
  return !paused && cron?.longestGap !== undefined && isKept(manifest, comparison) && prunedNamespace(namespace, comparison) === undefined
    && hasServer(namespace, comparison) && hasLocation(schedule, comparison);
}

/** The Namespace of that name, where prune deletes it, with all that is in it. */
export function prunedNamespace(name: string, comparison: Comparison): Manifest | undefined {
  const manifest = comparison.was.namespaces.get('', name)?.manifest;
  return manifest !== undefined && isPruned(manifest, comparison) ? manifest : undefined;
}

/**
 * What becomes of the backups of a Schedule that git has no longer, as the end of a sentence that says that they stay.
 * Where not all is known it says less.
 *
 * @see velero v1.18.3 pkg/controller/gc_controller.go:159: nothing expires in a location that is ReadOnly
 */
export function prospectOf({ namespace, template }: Schedule, comparison: Comparison): string {
  const before = comparison.was.locationOf(namespace, template);
  if (prunedNamespace(namespace, comparison) !== undefined || (before === undefined && knowsLocations(namespace, comparison))) {
    return ' in the bucket.';
  }
  const after = before && locationsAfter(namespace, comparison).find(({ name }) => name === before.name);
  if (before !== undefined && after === undefined) {
    return without('their location');
  }
  return before && after && !isSamePlace(before, after) ? ' in the old place: from this location they can neither be restored nor expire.'
    : prospectWith(after, namespace, comparison);
}

function prospectWith(location: Location | undefined, namespace: string, comparison: Comparison): string {
  const server = serverAfter(namespace, comparison);
  if (server === undefined ? knowsServer(namespace, comparison) : server.workload.replicas === 0) {
    return without(server === undefined ? 'a server' : 'a server that runs');
  }
  const isPartial = server !== undefined && (server.commandLine.isOn('restore-only') || disabledIn(server).length > 0);
  return isPartial ? ' in the bucket.'
    : location?.accessMode === 'ReadOnly' ? ', and can be restored: they do not expire as long as their location is ReadOnly.'
      : ' until they expire, and can be restored.';
}

function without(what: string): string {
  return ` in the bucket: without ${what} they can neither be restored nor expire.`;
}

/** Where there was none in the input, it is in another repository. */
function hasServer(namespace: string, comparison: Comparison): boolean {
  const server = serverAfter(namespace, comparison);
  return server === undefined ? !knowsServer(namespace, comparison) : makesBackups(server);
}

function knowsServer(namespace: string, { was }: Comparison): boolean {
  return was.installIn(namespace)?.server !== undefined;
}

/** The server that runs once prune is done. */
function serverAfter(namespace: string, comparison: Comparison): VeleroProgram | undefined {
  const [before, after] = [comparison.was, comparison.is].map(model => model.installIn(namespace)?.server);
  return after ?? (before !== undefined && isLeft(before.manifest, comparison) ? before : undefined);
}

/** Whether a schedule finds its location, as Velero looks for it, and can write there. */
function hasLocation({ namespace, template }: Schedule, comparison: Comparison): boolean {
  const named = template.storageLocation || serverAfter(namespace, comparison)?.commandLine.value('default-backup-storage-location');
  const location = locationsAfter(namespace, comparison).find(({ name, isDefault }) => named ? name === named : isDefault);
  return location === undefined ? !knowsLocations(namespace, comparison) : location.accessMode !== 'ReadOnly';
}

/** Where neither input has one, they are in another repository. */
function knowsLocations(namespace: string, { was, is }: Comparison): boolean {
  return was.locations.in(namespace).length + is.locations.in(namespace).length > 0;
}

/** The locations that there are once prune is done. */
function locationsAfter(namespace: string, comparison: Comparison): readonly Location[] {
  const { was, is } = comparison;
  return [...is.locations.in(namespace), ...was.locations.in(namespace).filter(({ manifest }) => isLeft(manifest, comparison))];
}

function isLeft(manifest: Manifest, comparison: Comparison): boolean {
  return comparison.pairOf(manifest) === undefined && isKept(manifest, comparison);
}
