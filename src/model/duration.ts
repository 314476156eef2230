import { parseGoDuration } from '../versions';
import { type Fields } from './fields';

/** A duration as it was written. */
export interface GoDuration {
  readonly text: string;

  /** Absent when Go cannot read it: `30d`. */
  readonly seconds?: number;
}

/** Thousands of schedules share a few retentions, and reading one costs more than all else of its field. */
const known = new Map<string, GoDuration>();

/** The duration in a field; nothing when the field is absent. */
export function durationIn(fields: Fields, key: string): GoDuration | undefined {
  const text = fields.string(key);
  return text === undefined ? undefined : readDuration(text);
}

export function readDuration(text: string): GoDuration {
  const duration = known.get(text) ?? { text, seconds: secondsOf(text) };
  known.set(text, duration);
  return duration;
}

function secondsOf(text: string): number | undefined {
  const nanoseconds = parseGoDuration(text);
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e9;
}
