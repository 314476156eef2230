import { generateKeyPairSync, KeyObject, sign } from 'crypto';

/** A key pair made for one run of the tests, and its certificate. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly pem: string;
}

const SHA256_WITH_RSA = element(0x30, element(0x06, Buffer.from('2a864886f70d01010b', 'hex')), element(0x05));
const ECDSA_WITH_SHA256 = element(0x30, element(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

/** An RSA key with a certificate that expires when told. */
export function rsaKey(bits = 2048, expires = '20460101000000Z'): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { privateKey, publicKey, pem: certificate(privateKey, publicKey, SHA256_WITH_RSA, expires) };
}

/** A key that nothing can be sealed with. */
export function ellipticKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, publicKey, pem: certificate(privateKey, publicKey, ECDSA_WITH_SHA256, '20460101000000Z') };
}

export function privatePem({ privateKey }: TestKey, type: 'pkcs1' | 'pkcs8' = 'pkcs1'): string {
  return privateKey.export({ type, format: 'pem' }).toString();
}

/** The least that is a certificate: X.509 version 3, self-signed, without a name. */
function certificate(privateKey: KeyObject, publicKey: KeyObject, algorithm: Buffer, expires: string): string {
  const validity = element(0x30, element(0x18, Buffer.from('20200101000000Z')), element(0x18, Buffer.from(expires)));
  const name = element(0x30);
  const signed = element(0x30,
    element(0xa0, element(0x02, Buffer.from([2]))), element(0x02, Buffer.from([1])), algorithm, name, validity, name,
    publicKey.export({ type: 'spki', format: 'der' }));
  const signature = sign('sha256', signed, privateKey);
  const encoded = element(0x30, signed, algorithm, element(0x03, Buffer.from([0]), signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${encoded.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** @see ITU-T X.690 8.1.3 */
function lengthOf({ length }: Buffer): number[] {
  if (length < 0x80) {
    return [length];
  }
  return length < 0x100 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
}

/** One element of DER. */
function element(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body)]), body]);
}
