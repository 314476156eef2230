/** Values that sealing must bring through unchanged: in the unit tests, and by the real kubeseal in both directions (e2e/sealing). */
export const SEALED_VALUES: Readonly<Record<string, Buffer>> = {
  empty: Buffer.alloc(0),
  binary: Buffer.from([0, 255, 10, 13, 128, 0]),
  utf8: Buffer.from('schöne Grüße, 秘密 🔑'),
  large: Buffer.alloc(100_000, 'a line of one hundred kilobytes\n'),
};
