import { stringify } from 'yaml';
import { readPrivateKeys } from '../../src/credentials/private-keys';
import { ellipticKey, privatePem, rsaKey } from '../certificates';

const ONE = rsaKey();
const OTHER = rsaKey();
const NONE = 'seal verify: keys: private key: wanted a private key in PEM, or the Secrets of the controller; '
  + 'kubectl get secret -n kube-system -l sealedsecrets.bitnami.com/sealed-secrets-key -o yaml prints them';
const DAMAGED = 'seal verify: keys: private key: wanted an RSA key in PEM without a passphrase: this one is damaged or encrypted';

function secret(pem: string) {
  return { apiVersion: 'v1', kind: 'Secret', data: { 'tls.crt': 'AAAA', 'tls.key': Buffer.from(pem).toString('base64') } };
}

function found(text: string): boolean[] {
  const keys = readPrivateKeys('seal verify: keys', text);
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
  ['half a key', privatePem(ONE).slice(0, 600), NONE],
  ['a key with a line missing', privatePem(ONE).split('\n').filter((_, line) => line !== 4).join('\n'), DAMAGED],
  ['a key under a passphrase', ONE.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(), DAMAGED],
  ['an elliptic key', privatePem(ellipticKey(), 'pkcs8'), 'seal verify: keys: private key got "ec", wanted an RSA key'],
])('fails with %s, and quotes nothing of it', (_, text, message) => {
  expect(() => readPrivateKeys('seal verify: keys', text)).toThrow(new Error(message));
});
