import { secretKey } from '../../src/credentials/secret-key';

test.each(['cloud', 'repository-password', 'tls.key', '.dockerconfigjson', 'a_b', '-', '_', 'A', 'a'.repeat(253)])('%s is a key of a Secret', key => {
  expect(secretKey('key', key)).toBeUndefined();
});

test.each(['', '.', '..', '..data', 'a b', 'a/b', 'a:b', 'ä', 'a\n', 'a'.repeat(254)])('%j is none', key => {
  expect(secretKey('key', key)).toEqual({ what: 'key', got: key, wanted: 'a key of a Secret: at most 253 letters, digits, "-", "_" and "."' });
});
