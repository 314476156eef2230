import { type BackupModel, type Cron, type Install, type Schedule } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'schedules-collide',
  severities: ['warning'],
  title: 'Schedules that start in the same minute where one backup waits for the other',
  goesWrong: 'Velero makes one backup at a time: up to 1.17 always, from 1.18 unless `--concurrent-backups` says otherwise. What is due in the same minute '
    + 'waits in no order that anybody chose, so that the real time between two backups of one schedule is longer than its cron says, and a long one delays all others. '
    + 'The work on the nodes and on the object store comes in bursts too.',
  fix: 'give each schedule a minute of its own',
  reference: 'velero v1.18.1 pkg/controller/backup_queue_controller.go:248-300; one reconciler before',
  check: model => model.installs.filter(isSerial).flatMap(({ namespace }) => collisions(model, namespace)),
  install: '1.17.2',
  bad: () => [apart('orders'), apart('stock')].join('---\n'),
  good: () => [apart('orders'), apart('stock', '20 2 * * *')].join('---\n'),
};

function apart(name: string, cron = '0 2 * * *'): string {
  return schedule({ name, spec: { schedule: cron }, template: { includedNamespaces: `[${name}]` } });
}

function isSerial({ server, release }: Install): boolean {
  return release !== undefined && server !== undefined && (!release.has('backup-queue') || Number(server.commandLine.value('concurrent-backups') ?? 1) <= 1);
}

/**
 * One finding a minute in which schedules meet that no earlier minute told of: five that meet every six hours are one finding.
 *
 * On the first of them by name, so that it stays there as long as that schedule does.
 */
function collisions(model: BackupModel, namespace: string): Verdict[] {
  const told = new Set<Schedule>();
  return [...bySlot(model.schedules.in(namespace))].flatMap(([minute, candidates]) => {
    const crowd = candidates.length > 1 ? meeting(candidates) : [];
    const fresh = crowd.some(each => !told.has(each));
    crowd.forEach(each => told.add(each));
    return fresh ? [verdictOf(minute, crowd)] : [];
  });
}

/** By minute of the day and time zone: the schedules that start then on some day. */
function bySlot(schedules: readonly Schedule[]): Map<string, Schedule[]> {
  const slots = new Map<string, Schedule[]>();
  for (const each of schedules.filter(({ paused }) => !paused)) {
    for (const minute of each.cron?.minutesOfDay ?? []) {
      const slot = each.cron!.timeZone === undefined ? clock(minute) : `${clock(minute)} ${each.cron!.timeZone}`;
      const sharing = slots.get(slot);
      if (sharing === undefined) {
        slots.set(slot, [each]);
      } else {
        sharing.push(each);
      }
    }
  }
  return slots;
}

/** Those that start on the same day as another. Expressions are compared, which are few where schedules are many. */
function meeting(candidates: readonly Schedule[]): readonly Schedule[] {
  const counts = new Map<Cron, number>();
  candidates.forEach(({ cron }) => counts.set(cron!, (counts.get(cron!) ?? 0) + 1));
  const crons = [...counts.keys()];
  const shared = new Set(crons.filter(cron => counts.get(cron)! > 1 || crons.some(other => other !== cron && cron.sharesDayWith(other))));
  return candidates.filter(({ cron }) => shared.has(cron!));
}

function verdictOf(minute: string, crowd: readonly Schedule[]): Verdict {
  const [first, ...others] = [...crowd].sort((one, other) => one.name < other.name ? -1 : 1);
  const names = others.slice(0, 3).map(({ name }) => name).join(', ') + (others.length > 3 ? ', …' : '');
  return {
    on: first.manifest,
    what: 'spec.schedule',
    got: first.cron!.expression,
    wanted: `a start of its own: at ${minute} ${others.length === 1 ? 'another starts' : `${others.length} others start`} too, and they wait for each other: ${names}`,
  };
}

const CLOCK = Array.from({ length: 1440 }, (_, minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);

function clock(minute: number): string {
  return CLOCK[minute];
}
