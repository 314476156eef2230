import { createPrivateKey, KeyObject } from 'crypto';
import { parse } from 'yaml';
import { refuse } from '../findings';

const BLOCK = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]+?-----END \1PRIVATE KEY-----/g;
/** At the beginning of a line: in the Secrets of a backup it is in base64, or indented. Before it may stand whatever a tool tells of the key. */
const BEGINNING = /^-----BEGIN /m;

/**
 * Reads the private keys of a controller: in PEM, or as a Secret or a list of Secrets, as its backup has them.
 *
 * @param place what messages begin with
 */
export function readPrivateKeys(place: string, text: string): KeyObject[] {
  const blocks = (BEGINNING.test(text) ? [text] : pemsIn(text)).flatMap(pem => pem.match(BLOCK) ?? []);
  if (blocks.length === 0) {
    refuse(place, {
      what: 'private key',
      wanted: 'a private key in PEM, or the Secrets of the controller',
      next: 'kubectl get secret -n kube-system -l sealedsecrets.bitnami.com/sealed-secrets-key -o yaml prints them',
    });
  }
  return blocks.map(block => keyOf(place, block));
}

function keyOf(place: string, pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return refuse(place, { what: 'private key', wanted: 'an RSA key in PEM without a passphrase: this one is damaged or encrypted' });
  }
  return key.asymmetricKeyType === 'rsa' ? key : refuse(place, { what: 'private key', got: key.asymmetricKeyType, wanted: 'an RSA key' });
}

function pemsIn(text: string): string[] {
  const parsed = quietly(text);
  return [parsed, ...listOf(parsed?.items)]
    .map(item => item?.data?.['tls.key'])
    .filter(value => typeof value === 'string')
    .map(value => Buffer.from(value, 'base64').toString());
}

function listOf(items: unknown): any[] {
  return Array.isArray(items) ? items : [];
}

/** What cannot be parsed holds no key; the parser's message would quote it. */
function quietly(text: string): any {
  try {
    return parse(text, { logLevel: 'error' });
  } catch {
    return undefined;
  }
}
