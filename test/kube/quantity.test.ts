import { canonicalQuantity } from '../../src/kube/quantity';

/** What k8s.io/apimachinery v0.31.0 makes of them: `resource.MustParse(text)`, then `CanonicalizeBytes`. */
test.each([
  ['1000m', '1'],
  ['500m', '500m'],
  ['0.5', '500m'],
  ['.25', '250m'],
  ['1.500', '1500m'],
  ['2.', '2'],
  ['+2', '2'],
  ['007', '7'],
  ['1000000000n', '1'],
  ['1500u', '1500u'],
  ['0.1n', '1n'],
  ['1000k', '1M'],
  ['1000P', '1E'],
  ['0.001k', '1'],
  ['1000', '1k'],
  ['1024Mi', '1Gi'],
  ['1000Mi', '1000Mi'],
  ['1.5Gi', '1536Mi'],
  ['1024Ki', '1Mi'],
  ['1Ki', '1Ki'],
  ['0.5Ki', '512'],
  ['0.0005Ki', '512m'],
  ['1.0001Ki', '1024102400u'],
  ['7Ei', '7Ei'],
  ['0', '0'],
  ['0Mi', '0'],
  ['0.0e3', '0'],
  ['1e3', '1e3'],
  ['1E3', '1e3'],
  ['12e1', '120'],
  ['1e-4', '100e-6'],
])('%s is stored as %s, and that stays', (text, stored) => {
  expect(canonicalQuantity(text)).toBe(stored);
  expect(canonicalQuantity(stored)).toBe(stored);
});

test.each(['16Ei', '10E', '1e19', '1e999999999', '1e-999999999', '-1', '1GB', '', '.'])('%j is more than any amount, or none, and stays', text => {
  expect(canonicalQuantity(text)).toBe(text);
});
