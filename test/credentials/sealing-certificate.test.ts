import { createHash, X509Certificate } from 'crypto';
import { expired, fingerprintOf, instant, isProblem, readCertificate, SealingCertificate } from '../../src/credentials/sealing-certificate';
import { ellipticKey, rsaKey } from '../certificates';

const KEY = rsaKey();
const NEXT = 'get it from the running controller: npx cdk8s-velero seal fetch-cert --out sealed-secrets.pem';
const TRUNCATED = { what: '--cert', wanted: 'a complete certificate: this one is truncated or damaged', next: NEXT };
const NONE = { what: '--cert', wanted: 'a certificate in PEM, beginning with -----BEGIN CERTIFICATE-----', next: NEXT };

function read(pem: string): SealingCertificate {
  return readCertificate('--cert', pem) as SealingCertificate;
}

describe('a certificate', () => {
  test('tells its key', () => {
    const certificate = read(KEY.pem);
    expect(isProblem(certificate)).toBe(false);
    expect(certificate).toMatchObject({ bits: 2048, expires: new Date('2046-01-01T00:00:00Z'), count: 1 });
    expect(certificate.publicKey.equals(KEY.publicKey)).toBe(true);
    expect(certificate.fingerprint).toBe(createHash('sha256').update(new X509Certificate(KEY.pem).publicKey.export({ type: 'spki', format: 'der' })).digest('hex'));
    expect(certificate.fingerprint).toBe(fingerprintOf(KEY.publicKey));
  });

  test('is the first of several, whatever stands before it', () => {
    const other = rsaKey();
    const certificate = read(`subject=nobody\n${KEY.pem}${other.pem}${other.pem}`);
    expect([certificate.count, certificate.fingerprint]).toEqual([3, fingerprintOf(KEY.publicKey)]);
  });

  test.each<[string, string, object]>([
    ['an empty file', '', NONE],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n', NONE],
    ['a page of HTML', '<html>', NONE],
    ['half a certificate', KEY.pem.slice(0, 400), TRUNCATED],
    ['a certificate with lines missing', KEY.pem.split('\n').filter((_, line) => line !== 4).join('\n'), TRUNCATED],
    ['nothing between the markers', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n', TRUNCATED],
    ['an elliptic key', ellipticKey().pem, { what: '--cert', got: 'ec', wanted: 'a certificate with an RSA key: the controller has no other', next: NEXT }],
    ['a short key', rsaKey(1024).pem, { what: '--cert', got: 'an RSA key of 1024 bits', wanted: 'at least 2048 bits', next: NEXT }],
  ])('%s is refused', (_, pem, problem) => {
    const found = readCertificate('--cert', pem);
    expect(found).toEqual(problem);
    expect(isProblem(found)).toBe(true);
  });

  test('can be compared with a clock', () => {
    const certificate = read(KEY.pem);
    expect(expired('--cert', certificate, new Date('2045-12-31T23:59:59Z'))).toBeUndefined();
    expect(expired('--cert', certificate, new Date('2046-01-01T00:00:00Z'))).toEqual({
      what: '--cert', got: 'expired 2046-01-01T00:00:00Z', wanted: 'a certificate that is still valid', next: NEXT,
    });
  });

  test('moments are written in whole seconds', () => {
    expect(instant(new Date('2046-01-01T00:00:00.123Z'))).toBe('2046-01-01T00:00:00Z');
  });
});
