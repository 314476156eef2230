import { Chart, Testing } from 'cdk8s';
import { ExistingCredential } from '../../src/credentials/existing-credential';

const PLACE = 'ExistingCredential \'test/credential\'';
const NAME = 'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
const KEY = 'a key of a Secret: at most 253 letters, digits, "-", "_" and "."';
const NAMESPACE = 'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';

test('names a key of a Secret in the namespace of Velero and emits nothing', () => {
  const chart = Testing.chart();
  const { secretName, secretKey, namespace } = ExistingCredential.fromSecret(chart, 'credential', 'cloud-credentials', 'cloud');
  expect({ secretName, secretKey, namespace }).toEqual({ secretName: 'cloud-credentials', secretKey: 'cloud', namespace: 'velero' });
  expect(Testing.synth(chart)).toEqual([]);
});

test('takes another namespace, and may be named twice', () => {
  const chart = new Chart(Testing.app(), 'test');
  const credentials = ['one', 'two'].map(id => ExistingCredential.fromSecret(chart, id, 's3', 'cloud', { namespace: 'backup' }));
  expect(credentials.map(({ namespace }) => namespace)).toEqual(['backup', 'backup']);
});

test.each<[string, [string, string, string?], string]>([
  ['a name with a capital', ['S3', 'cloud'], `name got "S3", wanted ${NAME}`],
  ['no name', ['', 'cloud'], `name got "", wanted ${NAME}`],
  ['a key with a slash', ['s3', 'a/b'], `key got "a/b", wanted ${KEY}`],
  ['no key', ['s3', ''], `key got "", wanted ${KEY}`],
  ['a key that is a folder', ['s3', '..'], `key got "..", wanted ${KEY}`],
  ['a namespace with a dot', ['s3', 'cloud', 'a.b'], `namespace got "a.b", wanted ${NAMESPACE}`],
])('fails with %s', (_, [name, key, namespace], message) => {
  expect(() => ExistingCredential.fromSecret(Testing.chart(), 'credential', name, key, { namespace })).toThrow(new Error(`${PLACE}: ${message}`));
});

test('everything that is wrong is said at once', () => {
  expect(() => ExistingCredential.fromSecret(Testing.chart(), 'credential', 'A', 'b c', { namespace: 'D' })).toThrow(new Error([
    `${PLACE}: 3 problems`, `  - name got "A", wanted ${NAME}`, `  - key got "b c", wanted ${KEY}`, `  - namespace got "D", wanted ${NAMESPACE}`,
  ].join('\n')));
});

test('what no type stopped is refused', () => {
  expect(() => ExistingCredential.fromSecret(Testing.chart(), 'credential', 's3', 'cloud', { nmespace: 'velero' } as any))
    .toThrow(new Error(`${PLACE}: nmespace: wanted a prop that there is; write namespace`));
  expect(() => ExistingCredential.fromSecret(Testing.chart(), 'credential', 's3', 'cloud', { namespace: 5 } as any))
    .toThrow(new Error(`${PLACE}: namespace got 5, wanted a string`));
  expect(ExistingCredential.fromSecret(Testing.chart(), 'credential', 's3', 'cloud', null as any).namespace).toBe('velero');
});
