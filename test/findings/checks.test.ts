import { Duration } from 'cdk8s';
import { annotations, dnsLabel, dnsSubdomain, labelKey, labels, labelValue, quantity, wholeSeconds } from '../../src/findings';

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
  test.each([Duration.seconds(1), Duration.days(30), Duration.millis(2000), Duration.seconds(9_223_372_036), undefined])('takes %j', value => {
    expect(wholeSeconds('ttl', value)).toBeUndefined();
  });
  test.each([
    [Duration.seconds(0), '0s'], [Duration.millis(1500), '1.5s'], [Duration.millis(0.5), '0.0005s'], [Duration.hours(NaN), 'NaNs'],
  ])('refuses %j', (value, got) => {
    expect(wholeSeconds('ttl', value)).toEqual({ what: 'ttl', got, wanted: 'a whole number of seconds, at least 1' });
  });
  test.each([[Duration.seconds(9_223_372_037), '9223372037s'], [Duration.days(999_999), '86399913600s'], [Duration.days(Infinity), 'Infinitys']])(
    'refuses %j, which Go cannot hold', (value, got) => {
      expect(wholeSeconds('ttl', value)).toEqual({ what: 'ttl', got, wanted: 'at most 2562047h47m16s, the longest duration that Go has' });
    });
  test('tells callers without types what is wanted', () => {
    expect(wholeSeconds('ttl', '30d' as any)).toEqual({ what: 'ttl', got: '30d', wanted: 'a Duration, such as Duration.days(30)' });
  });
  test('a negative duration cannot be made', () => {
    expect(() => Duration.hours(-1)).toThrow('Duration amounts cannot be negative. Received: -1');
  });
});

test.each([[undefined], [1], [null], [['a']], [{}]])('%j is no name', got => {
  for (const check of [dnsLabel, dnsSubdomain, labelKey, labelValue]) {
    expect(check('name', got as any)).toEqual({ what: 'name', got, wanted: expect.any(String) });
  }
});

test.each([[1], [true]])('%j is no quantity', got => {
  expect(quantity('cpu', got as any)).toEqual({ what: 'cpu', got, wanted: QUANTITY });
});

describe('labels', () => {
  test('have keys and values', () => {
    expect(labels('labels', { 'app.kubernetes.io/name': 'velero', 'empty': '' })).toEqual([undefined, undefined]);
    expect(labels('labels', undefined)).toEqual([]);
  });
  test('are refused by key, else by value', () => {
    expect(labels('podLabels', { 'a b': 'c d', 'e': 'f g' })).toEqual([
      { what: 'podLabels', got: 'a b', wanted: KEY }, { what: 'podLabels[\'e\']', got: 'f g', wanted: VALUE },
    ]);
  });
});

describe('annotations', () => {
  test('have keys, in any case, and any values', () => {
    expect(annotations('annotations', { 'Example.ORG/Owner': 'who is {it}?' })).toEqual([undefined]);
    expect(annotations('annotations', undefined)).toEqual([]);
  });
  test('are refused by key', () => {
    expect(annotations('annotations', { 'a/b/c': 'd' })).toEqual([
      { what: 'annotations', got: 'a/b/c', wanted: 'an annotation key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"' },
    ]);
  });
});
