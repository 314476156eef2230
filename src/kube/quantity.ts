const QUANTITY = /^\+?(\d*)\.?(\d*)(?:([num]|[kMGTPE]|[KMGTPE]i)|([eE][+-]?\d+))?$/;

/** By the power of thousand that they stand for, from the smallest that Kubernetes keeps. */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** How many of the smallest unit are one. */
const ONE = 10n ** 9n;

/** Further from one than any amount of a computer. */
const LARGEST_EXPONENT = 18;
const LARGEST = 2n ** 63n * ONE;

/**
 * A quantity as the API server stores it: `1` for `1000m`, `500m` for `0.5`, `1536Mi` for `1.5Gi`. What is larger than any amount, or has
 * an exponent beyond any, stays as it is.
 *
 * What is written otherwise differs for ever from what is in the cluster, for who compares the two as texts.
 *
 * @see k8s.io/apimachinery v0.31.0 pkg/api/resource/quantity.go, CanonicalizeBytes
 */
export function canonicalQuantity(text: string): string {
  const [, whole, fraction, suffix = '', exponent = ''] = QUANTITY.exec(text) ?? [];
  const power = Number(exponent.slice(1));
  if (whole === undefined || whole + fraction === '' || Math.abs(power) > LARGEST_EXPONENT) {
    return text;
  }
  const digits = BigInt(whole + fraction);
  const amount = roundedUp(digits * factorOf(suffix, power), 10n ** BigInt(fraction.length + LARGEST_EXPONENT));
  if (amount >= LARGEST) {
    return text;
  }
  const isBinary = suffix.endsWith('i') && amount >= 1024n * ONE && amount % ONE === 0n;
  return isBinary ? inUnits(amount / ONE, 1024n, BINARY, exponent) : inUnits(amount, 1000n, DECIMAL, exponent);
}

/** In smallest units, and further by the largest exponent, so that it is whole. */
function factorOf(suffix: string, power: number): bigint {
  const scale = 10n ** BigInt(LARGEST_EXPONENT);
  return suffix.endsWith('i')
    ? 1024n ** BigInt(BINARY.indexOf(suffix)) * ONE * scale
    : 1000n ** BigInt(DECIMAL.indexOf(suffix)) * 10n ** BigInt(power + LARGEST_EXPONENT);
}

function roundedUp(amount: bigint, divisor: bigint): bigint {
  return (amount + divisor - 1n) / divisor;
}

/** With the largest unit in which the amount is whole; an exponent stays one. */
function inUnits(amount: bigint, step: bigint, units: readonly string[], exponent: string): string {
  let [count, unit] = [amount, 0];
  while (count !== 0n && count % step === 0n && unit < units.length - 1) {
    count /= step;
    unit++;
  }
  const [power, suffix] = [3 * (unit - DECIMAL.indexOf('')), units[unit]];
  return count === 0n ? '0' : exponent === '' ? `${count}${suffix}` : `${count}${power === 0 ? '' : `e${power}`}`;
}
