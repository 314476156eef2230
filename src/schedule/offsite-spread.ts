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
  // The copy starts again after each period, and the day is a whole number of them.
  const span = Math.min(period, DAY);
  const starts = [...new Set(taken.map(minute => minute % span))];
  const window = apartFrom(starts, span, from, Math.min(from + length, span)).filter(({ distance }) => distance > 0);
  const minutes = window.length > 0 ? window : apartFrom(starts, span, 0, span);
  const enough = Math.min(APART, Math.max(...minutes.map(({ distance }) => distance)) / 2);
  return minutes.filter(({ distance }) => distance >= enough).map(({ minute }) => minute);
}

/** Each minute with how far it is to the nearest start, around the end of the span too. */
function apartFrom(starts: readonly number[], span: number, from: number, until: number): { readonly minute: number; readonly distance: number }[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, index) => {
    const minute = from + index;
    const distance = starts.reduce((nearest, start) => Math.min(nearest, Math.abs(minute - start), span - Math.abs(minute - start)), DAY);
    return { minute, distance };
  });
}
