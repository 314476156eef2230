import { available, compared } from '../../src/versions';

test.each([
  ['1.14.1', '1.14.1', 0],
  ['1.14.2', '1.14.10', -8],
  ['1.15.0', '1.14.9', 1],
  ['2.0.0', '1.99.99', 1],
])('compares by numbers: %s with %s', (one, other, expected) => {
  expect(compared(one, other)).toBe(expected);
});

test.each([
  [{}, '1.14.0', true],
  [{ since: '1.15.0' }, '1.14.9', false],
  [{ since: '1.15.0' }, '1.15.0', true],
  [{ since: '1.18.3' }, '1.18.2', false],
  [{ until: '1.17.0' }, '1.16.9', true],
  [{ until: '1.17.0' }, '1.17.0', false],
  [{ since: '1.15.0', until: '1.17.0' }, '1.16.0', true],
  [{ since: '1.15.0', until: '1.17.0' }, '1.17.1', false],
])('%j has %s: %s', (range, version, expected) => {
  expect(available(range, version)).toBe(expected);
});
