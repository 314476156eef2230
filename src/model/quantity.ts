const QUANTITY = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([num]|[kMGTPE]i?|Ki)|[eE]([+-]?\d+))?$/;
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * The number that a quantity of Kubernetes stands for (`500m`, `10Gi`, `1e3`); nothing for what it refuses (`10GB`, `1 Gi`, an empty text).
 *
 * @see https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
 */
export function readQuantity(text: string): number | undefined {
  const [, digits, suffix, exponent] = QUANTITY.exec(text) ?? [];
  const factor = suffix === undefined ? 10 ** Number(exponent ?? 0) : FACTORS[suffix];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}
