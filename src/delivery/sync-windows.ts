import { Duration } from 'cdk8s';
import { calendarFields } from '../cron/grammar';
import { Problem } from '../findings';
import { Cron } from '../model/cron';
import { shortGoDuration } from '../versions';

const MINUTES_OF_DAY = 1440;

/** When ArgoCD leaves Applications alone: a field of an AppProject. */
export interface SyncWindow {
  readonly kind: 'deny';
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone?: string;
  readonly applications: readonly string[];

  /** A person may sync all the same: an emergency does not wait for a backup. */
  readonly manualSync: true;
}

/**
 * No sync while backups run: one that restarts the server makes the backup that runs fail.
 *
 * One window an expression, however many schedules share it. ArgoCD reads the same five fields as Velero, but neither a zone among them nor a
 * descriptor; `@every`, which counts from the last backup, has no time to keep free.
 *
 * Up to 3.1 ArgoCD tells windows apart by kind, schedule and duration, without the zone, and API and UI refuse to change a project with two that
 * are the same to it: of those in another zone each is a minute longer than the one before.
 *
 * @see argo-cd v3.5.1 pkg/apis/application/v1alpha1/types.go, SyncWindow.active
 */
export function syncWindows(expressions: readonly string[], backupDuration: Duration, applications: readonly string[]): SyncWindow[] {
  const windows = new Map<string, SyncWindow>();
  for (const expression of expressions) {
    const { problems, timeZone } = Cron.of(expression);
    const schedule = problems.length === 0 ? calendarFields(expression) : undefined;
    if (schedule !== undefined) {
      windows.set(`${timeZone} ${schedule}`, { kind: 'deny', schedule, duration: '', timeZone, applications, manualSync: true });
    }
  }
  const sorted = [...windows.values()].sort(byText(({ schedule, timeZone }) => `${schedule} ${timeZone ?? ''}`));
  return sorted.map(window => {
    const before = sorted.filter(({ schedule }) => schedule === window.schedule).indexOf(window);
    return { ...window, duration: shortGoDuration(Duration.seconds(backupDuration.toSeconds() + before * 60)) };
  });
}

/**
 * Windows that leave no time: then nothing is ever synced but by hand.
 *
 * Held against a day on which all schedules start; the zones of the times are left aside.
 */
export function noTimeLeft(expressions: readonly string[], backupDuration: Duration): Problem | undefined {
  const length = Math.ceil(backupDuration.toSeconds({ integral: false }) / 60);
  const starts = [...new Set(expressions.flatMap(expression => Cron.of(expression).minutesOfDay))].sort((one, other) => one - other);
  const gaps = starts.map((start, index) => (starts[index + 1] ?? starts[0] + MINUTES_OF_DAY) - start);
  const widest = Math.max(...gaps);
  return starts.length === 0 || widest > length ? undefined : {
    what: 'backupDuration',
    got: shortGoDuration(backupDuration),
    wanted: `less than ${widest} minutes, the longest time of a day in which no schedule starts: ArgoCD would never sync by itself`,
    next: 'give the time that your backups take, spread the schedules less, or set syncWindows: false',
  };
}

function byText<T>(textOf: (value: T) => string): (one: T, other: T) => number {
  return (one, other) => textOf(one) < textOf(other) ? -1 : 1;
}
