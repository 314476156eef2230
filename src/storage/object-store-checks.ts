import { oneOf, Problem } from '../findings';
import { ChecksumAlgorithm } from './checksum-algorithm';
import type { ObjectStoreOptions } from './object-store';
import { parsedUrl, shownUrl } from '../model/url';

/** Of what every object store may have. */
export function wrongOptions(options: ObjectStoreOptions): (Problem | undefined)[] {
  const { publicUrl, profile, customerKeyEncryptionSecret, customerKeyEncryptionFile, kmsKeyId, serverSideEncryption, signatureVersion } = options;
  return [
    publicUrl === undefined ? undefined : wrongUrl('publicUrl', publicUrl),
    oneOf('checksumAlgorithm', options.checksumAlgorithm, Object.values(ChecksumAlgorithm)),
    profile === undefined ? undefined : named('profile', profile, 'the name of a section in the credential\'s INI file'),
    ...Object.entries({ customerKeyEncryptionFile, kmsKeyId, serverSideEncryption, signatureVersion })
      .map(([what, got]) => got === undefined ? undefined : named(what, got, 'a value without spaces around it')),
    customerKeyEncryptionSecret === undefined || /^[^/\s]+\/[^/\s]+$/.test(customerKeyEncryptionSecret) ? undefined : {
      what: 'customerKeyEncryptionSecret', got: customerKeyEncryptionSecret, wanted: 'the name of a Secret and a key in it, as name/key',
    },
    wrongEncryption(options),
    ...wrongTags(options.tags),
  ];
}

/** @see velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/object_store.go, Init and PutObject */
function wrongEncryption({ serverSideEncryption, ...options }: ObjectStoreOptions): Problem | undefined {
  const { customerKeyEncryptionFile, customerKeyEncryptionSecret, kmsKeyId } = options;
  const given = Object.entries({ customerKeyEncryptionFile, customerKeyEncryptionSecret, kmsKeyId }).filter(([, value]) => value);
  const keys = given.map(([name]) => name);
  if (keys.length > 1) {
    return { what: keys.join(' and '), wanted: 'one of them: the plugin refuses two keys', next: 'leave one out' };
  }
  return keys.length === 0 || serverSideEncryption === undefined || (kmsKeyId && serverSideEncryption === 'aws:kms') ? undefined : {
    what: 'serverSideEncryption', got: serverSideEncryption, wanted: `none beside ${keys[0]}, which decides what the plugin asks for`, next: 'leave one out',
  };
}

/** @see velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/helpers.go CheckTags, the same since v1.9.0 */
function wrongTags(tags: { [key: string]: string } = {}): (Problem | undefined)[] {
  const encoded = encodedTags(tags);
  return [
    encoded.length === 1 ? { what: 'tags', got: 'one', wanted: '2 to 10: the plugin refuses a single one', next: 'add a second' } : undefined,
    encoded.length > 10 ? { what: 'tags', got: encoded.length, wanted: '2 to 10: S3 stores no more', next: 'leave some out' } : undefined,
    ...encoded.map(([key, value]) => key !== '' && key.length <= 128 && value.length <= 248 ? undefined : {
      what: `tags["${decodeURIComponent(key)}"]`, wanted: 'a key of 1 to 128 characters and a value of at most 248, in the encoding of a URL',
    }),
  ];
}

/** As the plugin reads them. */
export function encodedTags(tags: { [key: string]: string }): [string, string][] {
  return Object.entries(tags).map(([key, value]) => [encodeURIComponent(key), encodeURIComponent(value)]);
}

export function named(what: string, got: string, wanted: string): Problem | undefined {
  return got.trim() === got && got !== '' ? undefined : { what, got, wanted };
}

const PLAIN_URL = 'a URL of scheme http or https with host and port only';

/** Whether text that should be a URL may hold a password or a signature. Asked before it is parsed: also of what is no URL. */
export function mayHoldSecret(url: string): boolean {
  return shownUrl(url) !== url;
}

/** What is secret in a URL would be public in git: the message does not repeat what it got then. */
export function secretInUrl(what: string, got: string): Problem | undefined {
  const next = got.includes('@') ? 'take the user and the password out of the URL: they belong in a Secret'
    : 'leave out what follows the host and the port: a query or a fragment may hold a signature or a token';
  return mayHoldSecret(got) ? { what, wanted: PLAIN_URL, next } : undefined;
}

/**
 * @param noPath why there is no path
 */
export function wrongUrl(
  what: string, got: string, noPath: string = 'kopia expects no path; a folder in the bucket is the location\'s prefix',
): Problem | undefined {
  return secretInUrl(what, got) ?? notPlain(what, got, noPath);
}

function notPlain(what: string, got: string, noPath: string): Problem | undefined {
  const wanted = PLAIN_URL;
  const url = /^https?:\/\//.test(got) ? parsedUrl(got) : undefined;
  if (url === undefined) {
    return { what, got, wanted, next: 'write it as http://host:port' };
  }
  if (url.pathname !== '/' || got.endsWith('/')) {
    return { what, got, wanted, next: `write ${url.origin}: ${noPath}` };
  }
  if (url.port === '0') {
    return { what, got, wanted: 'a port from 1 to 65535' };
  }
  return isOrigin(got, url) ? undefined : { what, got, wanted, next: `write ${url.origin}` };
}

/** WHATWG URLs drop what they do not need, such as line breaks. The plugin's client, which is written in Go, does not. */
function isOrigin(got: string, { origin, protocol }: URL): boolean {
  return [origin, `${origin}:${protocol === 'https:' ? 443 : 80}`].includes(got.toLowerCase());
}
