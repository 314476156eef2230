import { dnsLabel, dnsSubdomain, labelValue, quantity } from '../../src/findings';

const LABEL = 'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const SUBDOMAIN = 'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
const VALUE = 'a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
const QUANTITY = 'a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi';

describe.each([
  ['dnsLabel', dnsLabel, LABEL, ['velero', 'a', '0', 'n8n-prod', 'a'.repeat(63)], ['', 'Velero', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64), 'ä']],
  ['dnsSubdomain', dnsSubdomain, SUBDOMAIN, ['velero', 'a.b', 'a-b.c', 'a'.repeat(253)], ['', 'A', 'a..b', '.a', 'a.', 'a/b', 'a'.repeat(254)]],
  ['labelValue', labelValue, VALUE, ['', 'tier-0', 'A_b.c', 'a'.repeat(63)], ['-a', 'a-', 'a b', 'a/b', 'a'.repeat(64)]],
  ['quantity', quantity, QUANTITY, ['0', '1', '500m', '1.5', '.5', '512Mi', '1Gi', '1e3', '1E-3', '+2', '5k', '3u', undefined], ['', '512mi', '1 Gi', '1GiB', '-1', 'half', '1,5', '5K', 'e3']],
] as [string, (what: string, got: any) => any, string, any[], string[]][])('%s', (_, check, wanted, good, bad) => {
  test.each(good)('takes %j', value => {
    expect(check('name', value)).toBeUndefined();
  });
  test.each(bad)('refuses %j', value => {
    expect(check('name', value)).toEqual({ what: 'name', got: value, wanted });
  });
});
