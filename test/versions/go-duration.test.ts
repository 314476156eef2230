import { Duration } from 'cdk8s';
import { goDuration, parseGoDuration, shortGoDuration } from '../../src/versions';

test.each([
  [Duration.days(7), '168h0m0s', '168h'],
  [Duration.days(30), '720h0m0s', '720h'],
  [Duration.hours(6), '6h0m0s', '6h'],
  [Duration.minutes(90), '1h30m0s', '1h30m'],
  [Duration.seconds(3605), '1h0m5s', '1h5s'],
  [Duration.minutes(1), '1m0s', '1m'],
  [Duration.seconds(59), '59s', '59s'],
  [Duration.millis(2000), '2s', '2s'],
  [Duration.seconds(0), '0s', '0s'],
])('%j is %s as Go prints it and %s for people', (duration, go, short) => {
  expect(goDuration(duration)).toBe(go);
  expect(shortGoDuration(duration)).toBe(short);
});

test('only people get fractions of a second', () => {
  expect(shortGoDuration(Duration.millis(1500))).toBe('1.5s');
  expect(() => goDuration(Duration.millis(1500))).toThrow("'1500 millis' cannot be converted into a whole number of seconds");
});

describe('parseGoDuration', () => {
  const hour = 3_600_000_000_000n;
  test.each([
    ['0', 0n], ['-0', 0n], ['0s', 0n], ['1ns', 1n], ['1us', 1000n], ['1\u00b5s', 1000n], ['1\u03bcs', 1000n], ['1ms', 1_000_000n], ['1s', 1_000_000_000n],
    ['1m', 60_000_000_000n], ['720h0m0s', 720n * hour], ['1h30m', hour * 3n / 2n], ['1.5h', hour * 3n / 2n], ['.5h', hour / 2n], ['1.h', hour], ['+1h', hour],
    ['-1h', -hour], ['1m1h', hour + 60_000_000_000n], ['0.333333333333h', 1_199_999_999_998n], ['0.99999999999999999999h', 3_600_000_000_000n],
    ['9223372036854775807ns', 2n ** 63n - 1n], ['-9223372036854775808ns', -(2n ** 63n)],
  ])('reads %s', (text, nanoseconds) => {
    expect(parseGoDuration(text)).toBe(nanoseconds);
  });
  test.each([
    '', '-', '30d', '1', '1 h', ' 1h', '1h ', '1H', 'h', '.h', '1.2.3h', '1h-1m', '1w', '9223372036854775808ns', '2562048h', '1h\n', '\u0661h',
  ])('refuses %j', text => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
  test('reads what goDuration prints', () => {
    expect(parseGoDuration(goDuration(Duration.seconds(90_061)))).toBe(90_061_000_000_000n);
  });
});
