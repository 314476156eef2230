import { generateAccessKey, generatePassword, generateSecretKey } from '../../src/credentials/generated';

describe.each([
  ['an access key', generateAccessKey, /^[A-Z0-9]{20}$/],
  ['a secret key', generateSecretKey, /^[A-Za-z0-9]{43}$/],
  ['a password', generatePassword, /^[A-Za-z0-9_-]{43}$/],
])('%s', (_, generate, pattern) => {
  test('has its length and characters, and is new each time', () => {
    const many = Array.from({ length: 200 }, () => generate().toString());
    many.forEach(one => expect(one).toMatch(pattern));
    expect(new Set(many).size).toBe(200);
  });

  test('uses the whole of its alphabet', () => {
    const seen = new Set(Array.from({ length: 400 }, () => generate().toString()).join(''));
    const alphabet = Array.from({ length: 128 }, (__, code) => String.fromCharCode(code)).filter(one => pattern.test(one.repeat(generate().length)));
    expect([...seen].sort()).toEqual(alphabet.sort());
  });
});
