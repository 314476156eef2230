import { privateDecrypt, constants, createDecipheriv } from 'crypto';
import * as fc from 'fast-check';
import { seal, SealedFor, SCOPES, unseal } from '../../src/credentials/seal';
import { shapeOf } from '../../src/credentials/sealed-value';
import { rsaKey } from '../certificates';

const KEY = rsaKey();
const LARGE_KEY = rsaKey(4096);
const SEED = 20460101;
const STRICT: SealedFor = { scope: 'strict', namespace: 'velero', name: 'velero-s3' };

function sealed(value: Buffer, target = STRICT, key = KEY): string {
  return seal(value, key.publicKey, target);
}

describe('a sealed value', () => {
  test.each<[SealedFor['scope'], string]>([
    ['strict', 'velero/velero-s3'],
    ['namespace-wide', 'velero'],
    ['cluster-wide', ''],
  ])('is a length, the session key under RSA with the label of scope %s, the data and its tag', (scope, label) => {
    const blob = Buffer.from(sealed(Buffer.from('value'), { ...STRICT, scope }), 'base64');
    expect(blob.readUInt16BE(0)).toBe(256);
    const options = { key: KEY.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from(label) };
    const sessionKey = privateDecrypt(options, blob.subarray(2, 258));
    expect(sessionKey).toHaveLength(32);
    const decipher = createDecipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12));
    decipher.setAuthTag(blob.subarray(-16));
    expect(Buffer.concat([decipher.update(blob.subarray(258, -16)), decipher.final()]).toString()).toBe('value');
  });

  test('differs each time', () => {
    expect(sealed(Buffer.from('value'))).not.toBe(sealed(Buffer.from('value')));
  });

  test.each([['2048', KEY, 256], ['4096', LARGE_KEY, 512]])('tells RSA %s and its length from outside', (bits, key, bytes) => {
    const value = sealed(Buffer.alloc(43), STRICT, key);
    expect(shapeOf(value)).toEqual({ keyBits: Number(bits), bytes: 43 });
    expect(Buffer.from(value, 'base64').readUInt16BE(0)).toBe(bytes);
  });
});

describe('unsealing', () => {
  test.each([
    ['empty', Buffer.alloc(0)],
    ['binary', Buffer.from([0, 255, 0, 128])],
    ['UTF-8', Buffer.from('schöne Grüße, 秘密')],
    ['100 kB', Buffer.alloc(100_000, 'x')],
  ])('gives back %s values under keys of both sizes', (_, value) => {
    for (const key of [KEY, LARGE_KEY]) {
      expect(unseal(sealed(value, STRICT, key), [key.privateKey], STRICT)!.value.equals(value)).toBe(true);
    }
  });

  test('tries one key after the other and tells which one fits', () => {
    const other = rsaKey();
    const opened = unseal(sealed(Buffer.from('value')), [other.privateKey, LARGE_KEY.privateKey, KEY.privateKey], STRICT)!;
    expect([opened.value.toString(), opened.privateKey]).toEqual(['value', KEY.privateKey]);
    expect(unseal(sealed(Buffer.from('value')), [other.privateKey, LARGE_KEY.privateKey], STRICT)).toBeUndefined();
    expect(unseal(sealed(Buffer.from('value')), [], STRICT)).toBeUndefined();
  });

  test.each<[string, SealedFor, SealedFor]>([
    ['another name', STRICT, { ...STRICT, name: 'other' }],
    ['another namespace', STRICT, { ...STRICT, namespace: 'other' }],
    ['another scope', STRICT, { ...STRICT, scope: 'cluster-wide' }],
    ['another namespace, namespace-wide', { ...STRICT, scope: 'namespace-wide' }, { ...STRICT, scope: 'namespace-wide', namespace: 'other' }],
  ])('fails under %s', (_, target, other) => {
    expect(unseal(sealed(Buffer.from('value'), target), [KEY.privateKey], other)).toBeUndefined();
  });

  test.each<[string, SealedFor]>([
    ['another name of the same namespace', { scope: 'namespace-wide', namespace: 'velero', name: 'other' }],
    ['anything in the cluster', { scope: 'cluster-wide', namespace: 'other', name: 'other' }],
  ])('a wider scope opens under %s', (_, other) => {
    expect(unseal(sealed(Buffer.from('value'), { ...STRICT, scope: other.scope }), [KEY.privateKey], other)!.value.toString()).toBe('value');
  });

  test('gives back whatever was sealed, in every scope', () => {
    const target = fc.record({ scope: fc.constantFrom(...SCOPES), namespace: fc.string(), name: fc.string({ unit: 'binary' }) });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), target, (bytes, wild) => {
      const value = Buffer.from(bytes);
      expect(unseal(sealed(value, wild), [KEY.privateKey], wild)!.value.equals(value)).toBe(true);
    }), { seed: SEED, numRuns: 60 });
  });

  test('refuses a value with any bit flipped, and any part of it', () => {
    const blob = Buffer.from(sealed(Buffer.from('the secret')), 'base64');
    fc.assert(fc.property(fc.nat(blob.length * 8 - 1), bit => {
      const flipped = Buffer.from(blob);
      const byte = Math.floor(bit / 8);
      flipped[byte] = (flipped[byte] + 2 ** (bit % 8)) % 256;
      expect(unseal(flipped.toString('base64'), [KEY.privateKey], STRICT)).toBeUndefined();
    }), { seed: SEED, numRuns: 100 });
    fc.assert(fc.property(fc.nat(blob.length - 1), length => {
      expect(unseal(blob.subarray(0, length).toString('base64'), [KEY.privateKey], STRICT)).toBeUndefined();
    }), { seed: SEED, numRuns: 100 });
  });
});

describe('the shape of a value', () => {
  const blob = Buffer.from(sealed(Buffer.from('value')), 'base64');
  const withLength = (length: number) => {
    const changed = Buffer.from(blob);
    changed.writeUInt16BE(length);
    return changed.toString('base64');
  };

  test.each<[string, unknown]>([
    ['a number', 5],
    ['nothing', undefined],
    ['an empty string', ''],
    ['plain text', 'hunter2!'],
    ['base64 of plain text', Buffer.from('hunter2').toString('base64')],
    ['two bytes', 'AgA='],
    ['base64 without padding', `${blob.toString('base64').replace(/=+$/, '')}A`],
    ['base64 of URLs', '-_-_'],
    ['base64 in lines', `${blob.toString('base64').slice(0, 64)}\n${blob.toString('base64').slice(64)}`],
    ['a truncated value', blob.subarray(0, 2 + 256 + 15).toString('base64')],
    ['a key too short', withLength(128)],
    ['a key of no size that exists', withLength(257)],
    ['a key longer than the value', withLength(4096)],
  ])('%s has none', (_, value) => {
    expect(shapeOf(value)).toBeUndefined();
  });

  test('is that of the empty value too', () => {
    expect(shapeOf(blob.subarray(0, 2 + 256 + 16).toString('base64'))).toEqual({ keyBits: 2048, bytes: 0 });
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.anything(), value => {
      shapeOf(value);
    }), { seed: SEED, numRuns: 500 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 700 }), bytes => {
      const shape = shapeOf(Buffer.from(bytes).toString('base64'));
      expect(shape === undefined || shape.keyBits >= 2048).toBe(true);
    }), { seed: SEED, numRuns: 500 });
  });
});
