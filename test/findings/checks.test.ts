import { Duration } from 'cdk8s';
import { dnsLabel, dnsSubdomain, labelKey, labelValue, quantity, wholeSeconds } from '../../src/findings';

const LABEL = 'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const SUBDOMAIN = 'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
const VALUE = 'a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
const KEY = 'a label key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"';
const QUANTITY = 'a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi';

describe.each([
  ['dnsLabel', dnsLabel, LABEL, ['velero', 'a', '0', 'n8n-prod', 'a'.repeat(63)], ['', 'Velero', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64), 'ä']],
  ['dnsSubdomain', dnsSubdomain, SUBDOMAIN, ['velero', 'a.b', 'a-b.c', 'a'.repeat(253)], ['', 'A', 'a..b', '.a', 'a.', 'a/b', 'a'.repeat(254)]],
  ['labelValue', labelValue, VALUE, ['', 'tier-0', 'A_b.c', 'a'.repeat(63)], ['-a', 'a-', 'a b', 'a/b', 'a'.repeat(64)]],
  ['labelKey', labelKey, KEY, ['app', 'A_b.c', 'app.kubernetes.io/name', 'a'.repeat(63)], ['', '/', '/a', 'a/', 'a/b/c', '-a', 'A/b', 'a b', 'a'.repeat(64)]],
  ['quantity', quantity, QUANTITY, ['0', '1', '500m', '1.5', '.5', '512Mi', '1Gi', '1e3', '1E-3', '+2', '5k', '3u', undefined], ['', '512mi', '1 Gi', '1GiB', '-1', 'half', '1,5', '5K', 'e3']],
] as [string, (what: string, got: any) => any, string, any[], string[]][])('%s', (_, check, wanted, good, bad) => {
  test.each(good)('takes %j', value => {
    expect(check('name', value)).toBeUndefined();
  });
  test.each(bad)('refuses %j', value => {
    expect(check('name', value)).toEqual({ what: 'name', got: value, wanted });
  });
});

describe('wholeSeconds', () => {
  test.each([Duration.seconds(1), Duration.days(30), Duration.millis(2000), undefined])('takes %j', value => {
    expect(wholeSeconds('ttl', value)).toBeUndefined();
  });
  test.each([
    [Duration.seconds(0), '0s'], [Duration.millis(1500), '1.5s'], [Duration.millis(0.5), '0.0005s'], [Duration.hours(NaN), 'NaNs'],
  ])('refuses %j', (value, got) => {
    expect(wholeSeconds('ttl', value)).toEqual({ what: 'ttl', got, wanted: 'a whole number of seconds, at least 1' });
  });
  test('tells callers without types what is wanted', () => {
    expect(wholeSeconds('ttl', '30d' as any)).toEqual({ what: 'ttl', got: '30d', wanted: 'a Duration, such as Duration.days(30)' });
  });
  test('a negative duration cannot be made', () => {
    expect(() => Duration.hours(-1)).toThrow('Duration amounts cannot be negative. Received: -1');
  });
});
