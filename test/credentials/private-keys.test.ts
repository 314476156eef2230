import { stringify } from 'yaml';
import { readPrivateKeys } from '../../src/credentials/private-keys';
import { ellipticKey, privatePem, rsaKey } from '../certificates';

const ONE = rsaKey();
const OTHER = rsaKey();
const NONE = 'seal verify: keys: private key: wanted a private key in PEM, or the Secrets of the controller; '
  + '(umask 077; kubectl get secret -n kube-system -l sealedsecrets.bitnami.com/sealed-secrets-key -o yaml > sealing-keys.yaml) writes them';
const DAMAGED = 'seal verify: keys: private key: wanted an RSA key in PEM without a passphrase: this one is damaged or encrypted';

function secret(pem: string) {
  return { apiVersion: 'v1', kind: 'Secret', data: { 'tls.crt': 'AAAA', 'tls.key': Buffer.from(pem).toString('base64') } };
}

function found(text: string): boolean[] {
  const { keys, unusable } = readPrivateKeys('seal verify: keys', Buffer.from(text));
  expect(unusable).toEqual([]);
  return [ONE, OTHER].map(({ privateKey }) => keys.some(key => key.equals(privateKey)));
}

test.each<[string, string, boolean[]]>([
  ['PEM as the controller writes it', privatePem(ONE), [true, false]],
  ['PEM in the newer form', privatePem(ONE, 'pkcs8'), [true, false]],
  ['PEM after blank lines and with Windows line ends', `\r\n\r\n${privatePem(ONE).replace(/\n/g, '\r\n')}`, [true, false]],
  ['PEM of two keys, with a certificate between them', `${privatePem(ONE)}${ONE.pem}${privatePem(OTHER)}`, [true, true]],
  ['PEM that begins with the certificate', `${ONE.pem}${privatePem(ONE)}`, [true, false]],
  ['PEM after what a tool tells of it', `Bag Attributes\n    friendlyName: key: {\nKey Attributes: <No Attributes>\n${privatePem(ONE)}`, [true, false]],
  ['a Secret', stringify(secret(privatePem(ONE))), [true, false]],
  ['a Secret in JSON', JSON.stringify(secret(privatePem(OTHER))), [false, true]],
  ['Secrets one after the other', [ONE, OTHER].map(key => stringify(secret(privatePem(key)))).join('---\n'), [true, true]],
  ['a Secret behind a document that is none', `{"hunter2: [\n---\n${stringify(secret(privatePem(ONE)))}`.replace('{"hunter2: [', 'hunter2'), [true, false]],
  ['a list, with what is no key in it', stringify({ kind: 'List', items: [secret(privatePem(ONE)), null, 'x', { data: null }, { data: { 'tls.key': 5 } }, secret(privatePem(OTHER))] }), [true, true]],
])('are read from %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each<[string, string, string]>([
  ['an empty file', '', NONE],
  ['a certificate', ONE.pem, NONE],
  ['text', 'hunter2', NONE],
  ['what is neither YAML nor PEM', '{"hunter2: [', NONE],
  ['a list that is none', 'items: hunter2\n', NONE],
  ['a Secret without a key', 'data: {password: aHVudGVyMg==}\n', NONE],
  ['nothing but the beginning of a key', '-----BEGIN RSA PRIVATE KEY-----', NONE],
  ['a key that ends as another kind', privatePem(ONE).replace('END RSA PRIVATE', 'END EC PRIVATE'), NONE],
  ['half a key', privatePem(ONE).slice(0, 600), NONE],
  ['a key with a line missing', privatePem(ONE).split('\n').filter((_, line) => line !== 4).join('\n'), DAMAGED],
  ['a key under a passphrase', ONE.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(), DAMAGED],
  ['an elliptic key', privatePem(ellipticKey(), 'pkcs8'), 'seal verify: keys: private key got "ec", wanted an RSA key'],
])('fails with %s, and quotes nothing of it', (_, text, message) => {
  expect(() => readPrivateKeys('seal verify: keys', Buffer.from(text))).toThrow(new Error(message));
});

describe('a key that cannot be used keeps nobody from using another one,', () => {
  const ELLIPTIC = { what: 'private key', got: 'ec', wanted: 'an RSA key' };
  const BROKEN = { what: 'private key', wanted: 'an RSA key in PEM without a passphrase: this one is damaged or encrypted' };
  const damaged = privatePem(OTHER).split('\n').filter((_, line) => line !== 4).join('\n');

  test.each<[string, string]>([
    ['in PEM', `${damaged}${privatePem(ellipticKey(), 'pkcs8')}${privatePem(ONE)}`],
    ['in a list', stringify({ kind: 'List', items: [damaged, privatePem(ellipticKey(), 'pkcs8'), privatePem(ONE)].map(secret) })],
  ])('%s', (_, text) => {
    const { keys, unusable } = readPrivateKeys('seal verify: keys', Buffer.from(text));
    expect(keys.map(key => key.equals(ONE.privateKey))).toEqual([true]);
    expect(unusable).toEqual([BROKEN, ELLIPTIC]);
  });

  test('and where there is none, each is told', () => {
    expect(() => readPrivateKeys('seal verify: keys', Buffer.from(`${damaged}${privatePem(ellipticKey(), 'pkcs8')}`))).toThrow(new Error([
      'seal verify: keys: 2 problems',
      '  - private key: wanted an RSA key in PEM without a passphrase: this one is damaged or encrypted',
      '  - private key got "ec", wanted an RSA key',
    ].join('\n')));
  });
});
