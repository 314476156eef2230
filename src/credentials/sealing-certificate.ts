import { createHash, KeyObject, X509Certificate } from 'crypto';
import { Problem } from '../findings';

/** Shorter keys protect nothing any more. The controller makes keys of 4096 bits. */
const SHORTEST_KEY = 2048;

const BEGIN = '-----BEGIN CERTIFICATE-----';
/** The command that gets a certificate. */
export const HOW_TO_FETCH = 'get it from the running controller: npx cdk8s-velero seal fetch-cert --out sealed-secrets.pem';

/** What the controller of a cluster publishes, so that everybody can seal for it. */
export interface SealingCertificate {
  readonly publicKey: KeyObject;

  /** Size of the key. */
  readonly bits: number;

  /** SHA-256 of the public key, which stays the same when a certificate of the key is issued again. */
  readonly fingerprint: string;

  readonly expires: Date;

  /** How many certificates the file has. The first one counts, as for kubeseal. */
  readonly count: number;
}

/**
 * Reads the first certificate in a PEM file.
 *
 * @param what the prop or option that it came from
 */
export function readCertificate(what: string, pem: string): SealingCertificate | Problem {
  if (!pem.includes(BEGIN)) {
    return { what, wanted: `a certificate in PEM, beginning with ${BEGIN}`, next: HOW_TO_FETCH };
  }
  const certificate = parsed(pem);
  if (certificate === undefined) {
    return { what, wanted: 'a complete certificate: this one is truncated or damaged', next: HOW_TO_FETCH };
  }
  const { publicKey } = certificate;
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (publicKey.asymmetricKeyType !== 'rsa') {
    return { what, got: publicKey.asymmetricKeyType, wanted: 'a certificate with an RSA key: the controller has no other', next: HOW_TO_FETCH };
  }
  if (bits < SHORTEST_KEY) {
    return { what, got: `an RSA key of ${bits} bits`, wanted: `at least ${SHORTEST_KEY} bits`, next: HOW_TO_FETCH };
  }
  return { publicKey, bits, fingerprint: fingerprintOf(publicKey), expires: new Date(certificate.validTo), count: pem.split(BEGIN).length - 1 };
}

/** Whether reading a certificate gave what is wrong with it instead. */
export function isProblem(read: SealingCertificate | Problem): read is Problem {
  return 'wanted' in read;
}

/** The controller opens what was sealed with an expired certificate; but who has one most likely has that of another cluster, or of the past. */
export function expired(what: string, { expires }: SealingCertificate, now: Date): Problem | undefined {
  return expires.getTime() > now.getTime() ? undefined : { what, got: `expired ${instant(expires)}`, wanted: 'a certificate that is still valid', next: HOW_TO_FETCH };
}

/** SHA-256 of a public key in its usual encoding, as `openssl pkey -pubout -outform der | sha256sum` prints it. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex');
}

/** A moment in whole seconds, as Kubernetes writes it. */
export function instant(moment: Date): string {
  return moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    // OpenSSL looks at the key only when it is asked for it, and at the dates not at all.
    return certificate.publicKey && !Number.isNaN(Date.parse(certificate.validTo)) ? certificate : undefined;
  } catch {
    return undefined;
  }
}
