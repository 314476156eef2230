import { Size, SizeRoundingBehavior } from 'cdk8s';
import { Problem, thing } from '../findings';

/** For callers whom no type stops. */
export const SIZE = thing('a Size, such as Size.gibibytes(500)', value => typeof value?.asString === 'function');

/** How many of something there may be. Rook takes 0 for none at all, and -1, for no limit, only in the store's own namespace: rook#13019. */
export function wrongCount(what: string, got: number | undefined): Problem | undefined {
  return got === undefined || (Number.isSafeInteger(got) && got >= 1) ? undefined : { what, got, wanted: 'a whole number, at least 1' };
}

/** How much of something there may be. */
export function wrongSize(what: string, got: Size | undefined): Problem | undefined {
  return got === undefined || got.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) > 0 ? undefined : {
    what, got: got.asString(), wanted: 'a size above 0', next: 'leave it out for no limit',
  };
}
