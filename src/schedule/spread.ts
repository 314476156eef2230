import { createHash } from 'crypto';
import { Duration } from 'cdk8s';
import type { Problem } from '../findings';
import { shortGoDuration } from '../versions';
import { ALIGNED_PERIODS, alignedCron } from './aligned-cron';
import { CronExpression } from './cron-expression';

/** How starts are spread. */
export interface SpreadOptions {
  /** The starts are at most this far apart. */
  readonly rpo: Duration;

  /**
   * Where the window begins, as time since midnight UTC. Below 24 hours.
   *
   * @default - 1 hour for periods of a day or a week, 0 for shorter ones
   */
  readonly windowStart?: Duration;

  /**
   * How long the window is. At most the period.
   *
   * @default - 4 hours for periods of a day or a week, the whole period for shorter ones
   */
  readonly window?: Duration;
}

/** Thousands of applications share a few hundred starts, and parsing one costs more than all else of its schedule. */
const derived = new Map<string, CronExpression>();

const DAY = 24 * 60;
const NIGHT = { start: 60, length: 4 * 60 };

/** Options as numbers of minutes, the same for all schedules. */
export interface Spread {
  readonly period: number;
  readonly start: number;
  readonly length: number;
  readonly problems: Problem[];
}

/** How starts are spread: over the longest period that divides the calendar and is not above the RPO. */
export function spreadOf(options: SpreadOptions): Spread {
  const rpo = options.rpo.toMinutes({ integral: false });
  const period = ALIGNED_PERIODS.filter(minutes => minutes <= rpo).at(-1) ?? 1;
  const nightly = period >= DAY;
  const start = options.windowStart?.toMinutes({ integral: false }) ?? (nightly ? NIGHT.start : 0);
  const length = options.window?.toMinutes({ integral: false }) ?? (nightly ? NIGHT.length : period);
  const problems: Problem[] = [];
  if (rpo < 1) {
    problems.push({
      what: 'rpo', got: shortGoDuration(options.rpo), wanted: 'at least 1 minute', next: 'Velero looks at its schedules once a minute',
    });
  }
  if (!Number.isInteger(start) || start >= DAY) {
    problems.push({ what: 'windowStart', got: shortGoDuration(options.windowStart!), wanted: 'whole minutes below 24 hours, the time since midnight UTC' });
  }
  if (!Number.isInteger(length) || length < 1 || length > period) {
    problems.push({
      what: 'window', got: shortGoDuration(options.window!), wanted: `whole minutes, at least 1 and at most the period of ${shortGoDuration(Duration.minutes(period))}`,
    });
  }
  return { period, start, length, problems };
}

/**
 * A cron expression for one of many schedules, at a minute of the window that depends on the name alone: a schedule more or less moves no
 * other. Weeks begin on Sunday.
 */
export function spreadCron(name: string, { period, start, length }: Spread): CronExpression {
  return parsed(alignedCron(period, (start + Math.floor(fraction(name) * length)) % period));
}

/** An expression that is derived, and so the same for many. */
export function parsed(expression: string): CronExpression {
  const known = derived.get(expression) ?? CronExpression.of(expression);
  derived.set(expression, known);
  return known;
}

/** A number from 0 to below 1 that is the same on every machine. */
export function fraction(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}
