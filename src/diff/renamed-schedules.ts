import { grouped, type Manifest, type Schedule } from '../model';
import { type Comparison } from './comparison';
import { type Pair } from './pair';

/** A schedule that is now called otherwise. */
export interface Renamed {
  readonly was: Schedule;
  readonly is: Schedule;
  readonly pair: Pair;
}

/** By what a schedule is known when its name is another: first by what it saves, then by the application that it says it is for. */
const MARKS: readonly ((schedule: Schedule) => string | undefined)[] = [
  ({ namespace, template: { includedNamespaces, excludedNamespaces, fields: { json } } }) =>
    JSON.stringify([namespace, sorted(includedNamespaces), sorted(excludedNamespaces), json.labelSelector ?? null, json.orLabelSelectors ?? null]),
  ({ namespace, manifest: { labels } }) => labels.app === undefined ? undefined : JSON.stringify([namespace, labels.app]),
];

function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort();
}

/** Finds the schedules that came for one that went, and joins the two. */
export function renamedSchedules(comparison: Comparison): readonly Renamed[] {
  const gone = comparison.was.schedules.all.filter(({ manifest }) => comparison.isRemoved(manifest));
  const come = comparison.is.schedules.all.filter(({ manifest }) => comparison.isAdded(manifest));
  const renamed: Renamed[] = [];
  const known = new Set<Manifest>();
  for (const mark of MARKS) {
    const candidates = grouped(come.filter(({ manifest }) => !known.has(manifest)), mark);
    for (const was of gone.filter(({ manifest }) => !known.has(manifest)).sort(byName)) {
      const is = mark(was) === undefined ? undefined : closest(was, (candidates.get(mark(was)) ?? []).filter(({ manifest }) => !known.has(manifest)));
      if (is !== undefined) {
        known.add(was.manifest).add(is.manifest);
        renamed.push({ was, is, pair: comparison.join(was.manifest, is.manifest) });
      }
    }
  }
  return renamed;
}

/** Several may save the same: hourly here, weekly elsewhere. */
function closest(was: Schedule, candidates: readonly Schedule[]): Schedule | undefined {
  const likeness = (is: Schedule) => 4 * Number(is.template.storageLocation === was.template.storageLocation)
    + 2 * Number(is.cron?.expression === was.cron?.expression) + Number(is.template.ttl?.seconds === was.template.ttl?.seconds);
  return [...candidates].sort((one, other) => likeness(other) - likeness(one) || byName(one, other))[0];
}

function byName(one: Schedule, other: Schedule): number {
  return one.name < other.name ? -1 : 1;
}
