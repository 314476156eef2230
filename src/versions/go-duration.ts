import { Duration } from 'cdk8s';

/**
 * A duration as Go prints it (`168h0m0s`): what Velero's own client writes back, so that nothing ever drifts.
 *
 * @see https://pkg.go.dev/time#Duration.String
 */
export function goDuration(duration: Duration): string {
  const { hours, minutes, seconds } = parts(duration.toSeconds());
  return hours > 0 ? `${hours}h${minutes}m${seconds}s` : minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

/** The same without what is zero (`168h`), for annotations and messages that people read. Takes fractions of a second too. */
export function shortGoDuration(duration: Duration): string {
  const { hours, minutes, seconds } = parts(duration.toSeconds({ integral: false }));
  return `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${seconds ? `${seconds}s` : ''}` || '0s';
}

/**
 * The nanoseconds of a duration as Go reads it: `1h30m`, `1.5h`, `-10s`; nothing for what Go refuses (`30d`, `1 h`, `90`).
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseGoDuration(text: string): bigint | undefined {
  const [, sign, amount] = /^([+-]?)(.*)$/s.exec(text)!;
  if (amount === '0') {
    return 0n;
  }
  if (!GO_DURATION.test(amount)) {
    return undefined;
  }
  let total = 0n;
  for (const [, whole, fraction, unit] of amount.matchAll(GO_DURATION_PART)) {
    total += BigInt(whole || '0') * BigInt(NANOSECONDS[unit]) + fractionOf(fraction ?? '', NANOSECONDS[unit]);
  }
  return total > LONGEST + (sign === '-' ? 1n : 0n) ? undefined : sign === '-' ? -total : total;
}

const NANOSECONDS: Record<string, number> = {
  ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12, // micro sign and Greek mu
};
const GO_DURATION = /^((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/;
const GO_DURATION_PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g;
/** Go keeps durations in 64 bits, about 292 years. */
const LONGEST = 2n ** 63n - 1n;

/** Go multiplies fractions as floating point numbers and ignores digits that do not fit into 63 bits. */
function fractionOf(digits: string, unit: number): bigint {
  let [value, scale] = [0n, 1];
  for (const digit of digits) {
    const longer = value * 10n + BigInt(digit);
    if (longer > LONGEST) {
      break;
    }
    [value, scale] = [longer, scale * 10];
  }
  return BigInt(Math.trunc(Number(value) * (unit / scale)));
}

function parts(total: number): { hours: number; minutes: number; seconds: number } {
  return { hours: Math.floor(total / 3600), minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
}
