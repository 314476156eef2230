import { createPrivateKey, KeyObject } from 'crypto';
import { parseAllDocuments } from 'yaml';
import { Problem, Problems, refuse } from '../findings';

const BEGIN = '-----BEGIN ';
const LABEL_END = 'PRIVATE KEY-----';
const NEWLINE = 0x0a;

/** The private keys in a file, and what is wrong with those that cannot be used. */
export interface PrivateKeys {
  readonly keys: KeyObject[];
  readonly unusable: Problem[];
}

/**
 * Reads the private keys of a controller: in PEM, or as Secrets or lists of Secrets, as its backup has them. One of them that cannot be used keeps
 * nobody from using the others.
 *
 * @param place what messages begin with
 * @param content what the caller overwrites; what is decoded of it is overwritten here
 */
export function readPrivateKeys(place: string, content: Buffer): PrivateKeys {
  const decoded = isPem(content) ? [] : pemsIn(content.toString());
  try {
    const found = [content, ...decoded].flatMap(blocksIn).map(keyOf);
    const keys = found.filter(one => one instanceof KeyObject);
    const unusable = found.filter(one => !(one instanceof KeyObject)) as Problem[];
    const problems = new Problems(place);
    problems.add(...keys.length > 0 ? [] : unusable);
    problems.refuse();
    return found.length > 0 ? { keys, unusable } : refuse(place, {
      what: 'private key',
      wanted: 'a private key in PEM, or the Secrets of the controller',
      next: '(umask 077; kubectl get secret -n kube-system -l sealedsecrets.bitnami.com/sealed-secrets-key -o yaml > sealing-keys.yaml) writes them',
    });
  } finally {
    decoded.forEach(pem => pem.fill(0));
  }
}

/** At the beginning of a line: in the Secrets of a backup it is in base64, or indented. Before it may stand whatever a tool tells of the key. */
function isPem(content: Buffer): boolean {
  return content.indexOf(BEGIN) === 0 || content.includes(`\n${BEGIN}`);
}

/** The keys in PEM, as parts of the buffer itself: nothing of a copy could be overwritten. */
function blocksIn(pem: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let start = pem.indexOf(BEGIN); start !== -1; start = pem.indexOf(BEGIN, start + 1)) {
    const lineEnd = pem.indexOf(NEWLINE, start);
    const label = pem.toString('latin1', start + BEGIN.length, Math.max(lineEnd, start)).trimEnd();
    const end = `-----END ${label}`;
    const endAt = label.endsWith(LABEL_END) ? pem.indexOf(end, start) : -1;
    if (endAt !== -1) {
      blocks.push(pem.subarray(start, endAt + end.length));
    }
  }
  return blocks;
}

function keyOf(pem: Buffer): KeyObject | Problem {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return { what: 'private key', wanted: 'an RSA key in PEM without a passphrase: this one is damaged or encrypted' };
  }
  return key.asymmetricKeyType === 'rsa' ? key : { what: 'private key', got: key.asymmetricKeyType, wanted: 'an RSA key' };
}

function pemsIn(text: string): Buffer[] {
  return documentsIn(text)
    .flatMap(document => [document, ...listOf(document?.items)])
    .map(item => item?.data?.['tls.key'])
    .filter(value => typeof value === 'string')
    .map(value => Buffer.from(value, 'base64'));
}

function listOf(items: unknown): any[] {
  return Array.isArray(items) ? items : [];
}

/** What cannot be parsed holds no key; the parser's message would quote it. */
function documentsIn(text: string): any[] {
  try {
    return [...parseAllDocuments(text, { logLevel: 'error' })].filter(({ errors }) => errors.length === 0).map(document => document.toJS());
  } catch {
    return [];
  }
}
