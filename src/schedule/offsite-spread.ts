import { Duration } from 'cdk8s';
import { alignedCron } from './aligned-cron';
import { CronExpression } from './cron-expression';
import { fraction, parsed, spreadOf } from './spread';

const DAY = 24 * 60;

/** Farther apart is not better: most backups are over by then. In minutes. */
const APART = 120;

/** Thousands of applications share a few crons, and each asks for the same minutes. */
const known = new Map<string, number[]>();

/**
 * A cron for the second copy of an application, at a minute that depends on its name and is apart from the starts of the first, whatever day it is.
 *
 * What starts by a drifting `@every` has no minute to keep away from.
 */
export function offsiteCron(name: string, rpo: Duration, first: CronExpression): CronExpression {
  const { period, start, length } = spreadOf({ rpo });
  const key = `${period} ${first.expression}`;
  const offsets = known.get(key) ?? apart(period, start, length, first._minutesOfDay());
  known.set(key, offsets);
  return parsed(alignedCron(period, offsets[Math.floor(fraction(`${name} offsite`) * offsets.length)]));
}

/** The minutes of the window that are far from all starts of the first: up to `APART`, or half as far as can be, so that many are left. */
function apart(period: number, from: number, length: number, taken: readonly number[]): number[] {
  const all = Array.from({ length: Math.min(period, DAY) }, (_, minute) => minute);
  const nearest = distancesTo(taken);
  const starts = Array.from({ length: Math.max(1, DAY / period) }, (_, count) => count * period);
  const distances = all.map(minute => Math.min(...starts.map(start => nearest[(minute + start) % DAY])));
  const free = all.filter(minute => minute >= from && minute < from + length && distances[minute] > 0);
  const minutes = free.length > 0 ? free : all;
  const enough = Math.min(APART, Math.max(...minutes.map(minute => distances[minute])) / 2);
  return minutes.filter(minute => distances[minute] >= enough);
}

/** For each minute of the day how far it is to the nearest of those that are taken, around midnight too. */
function distancesTo(taken: readonly number[]): number[] {
  const distances = Array<number>(DAY).fill(DAY);
  taken.forEach(minute => distances[minute] = 0);
  const grow = (minute: number, before: number) => distances[minute % DAY] = Math.min(distances[minute % DAY], distances[before % DAY] + 1);
  // Twice around, so that what is before midnight reaches what is after it.
  for (let step = 1; step < 2 * DAY; step++) {
    grow(step, step - 1);
    grow(2 * DAY - step, 2 * DAY - step + 1);
  }
  return distances;
}
