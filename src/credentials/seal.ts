import { constants, createCipheriv, createDecipheriv, KeyObject, privateDecrypt, publicEncrypt, randomBytes } from 'crypto';

/** How far a sealed value may be moved: nowhere, within its namespace, anywhere in the cluster. */
export const SCOPES = ['strict', 'namespace-wide', 'cluster-wide'] as const;
export type SealingScope = typeof SCOPES[number];

/** What a value is sealed for. Under anything else no key opens it. */
export interface SealedFor {
  readonly scope: SealingScope;
  readonly namespace: string;
  readonly name: string;
}

const SESSION_KEY = 32;
const LENGTH = 2;
const TAG = 16;
/** Safe only because each session key encrypts one value. */
const NONCE = Buffer.alloc(12);

/**
 * Encrypts one value as the sealed-secrets controller decrypts it: AES-256-GCM under a session key, and that under RSA-OAEP with what it is
 * sealed for.
 *
 * @see https://github.com/bitnami/sealed-secrets/blob/v0.36.6/pkg/crypto/crypto.go
 */
export function seal(value: Buffer, publicKey: KeyObject, target: SealedFor): string {
  const sessionKey = randomBytes(SESSION_KEY);
  try {
    const sealedKey = publicEncrypt({ key: publicKey, ...oaep(target) }, sessionKey);
    const cipher = createCipheriv('aes-256-gcm', sessionKey, NONCE);
    const length = Buffer.alloc(LENGTH);
    length.writeUInt16BE(sealedKey.length);
    return Buffer.concat([length, sealedKey, cipher.update(value), cipher.final(), cipher.getAuthTag()]).toString('base64');
  } finally {
    sessionKey.fill(0);
  }
}

/** A value that a key opened. */
export interface Unsealed {
  readonly value: Buffer;
  readonly privateKey: KeyObject;
}

/**
 * Opens one value with the first key that fits.
 *
 * @returns nothing when none does: sealed for another cluster, name, namespace or scope, or damaged. There is no way to tell which.
 */
export function unseal(sealed: string, privateKeys: readonly KeyObject[], target: SealedFor): Unsealed | undefined {
  const blob = Buffer.from(sealed, 'base64');
  for (const privateKey of privateKeys) {
    const value = opened(blob, privateKey, target);
    if (value !== undefined) {
      return { value, privateKey };
    }
  }
  return undefined;
}

function opened(blob: Buffer, privateKey: KeyObject, target: SealedFor): Buffer | undefined {
  try {
    const end = LENGTH + blob.readUInt16BE(0);
    const sessionKey = privateDecrypt({ key: privateKey, ...oaep(target) }, blob.subarray(LENGTH, end));
    const decipher = createDecipheriv('aes-256-gcm', sessionKey, NONCE, { authTagLength: TAG });
    sessionKey.fill(0);
    decipher.setAuthTag(blob.subarray(Math.max(end, blob.length - TAG)));
    const value = decipher.update(blob.subarray(end, -TAG));
    decipher.final(); // in this mode it adds nothing and throws when a bit was changed
    return value;
  } catch {
    // Every failure means the same to the caller, as it does to the controller.
    return undefined;
  }
}

function oaep({ scope, namespace, name }: SealedFor) {
  const label = { 'strict': `${namespace}/${name}`, 'namespace-wide': namespace, 'cluster-wide': '' }[scope];
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from(label) };
}
