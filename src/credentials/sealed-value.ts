/** Bytes of AES-GCM's tag at the end of a sealed value. */
const TAG_BYTES = 16;
/** Bytes of the length at the beginning of a sealed value. */
const LENGTH_BYTES = 2;
/** Shortest RSA key, in bytes, that anything seals with: 2048 bits. */
const SHORTEST_KEY = 256;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What a sealed value tells without the private key. */
export interface SealedShape {
  /** Size of the RSA key that it was sealed with. */
  readonly keyBits: number;

  /** Size of what is sealed: everybody can see it. */
  readonly bytes: number;
}

/**
 * Reads the outside of one `encryptedData` value: a 16-bit length, the session key under RSA, the data under AES-GCM with its tag.
 *
 * @returns nothing when it is no such value. A wrong key, name or namespace cannot be told from outside.
 * @see https://github.com/bitnami/sealed-secrets/blob/v0.36.6/pkg/crypto/crypto.go
 */
export function shapeOf(value: unknown): SealedShape | undefined {
  if (typeof value !== 'string' || value === '' || !BASE64.test(value)) {
    return undefined;
  }
  const blob = Buffer.from(value, 'base64');
  const key = blob.length > LENGTH_BYTES ? blob.readUInt16BE(0) : 0;
  const bytes = blob.length - LENGTH_BYTES - key - TAG_BYTES;
  return key >= SHORTEST_KEY && key % 8 === 0 && bytes >= 0 ? { keyBits: key * 8, bytes } : undefined;
}
