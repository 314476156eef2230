import { createColors } from 'picocolors';
import { type Surroundings } from './surroundings';

/** Colours where somebody sees them, and none elsewhere. */
export type Colors = ReturnType<typeof createColors>;

/** @see https://no-color.org */
export function colorsFor({ stdout, environment = {} }: Surroundings): Colors {
  return createColors(Boolean(stdout.isTTY) && !environment.NO_COLOR && environment.TERM !== 'dumb');
}
