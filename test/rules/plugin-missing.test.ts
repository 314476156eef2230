import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('plugin-missing', usual => () => usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.replace('/spec/provider', 'gcp')));

const USUAL = installation('1.18.3');
const AWS = 'velero/velero-plugin-for-aws:v1.14.0';

function found(yaml: string): string[] {
  return told(judged(yaml), 'plugin-missing').map(line => line.replace('error plugin-missing Deployment velero/velero: plugins got ', ''));
}

test.each([
  ['no plugin at all', USUAL.replace(/ {6}initContainers:\n[^]*?(?= {6}containers:)/, ''),
    [`"none", wanted one for aws, the provider of the location offsite: ${AWS}`]],
  ['the plugin of another store', USUAL.replace(AWS, 'velero/velero-plugin-for-gcp:v1.14.0'),
    [`"velero/velero-plugin-for-gcp:v1.14.0", wanted one for aws, the provider of the location offsite: ${AWS}`]],
  ['a slip of the finger', USUAL.replace('provider: aws', 'provider: awss'), [`"${AWS}", wanted one for awss, the provider of the location offsite`]],
  ['the long name', USUAL.replace('provider: aws', 'provider: velero.io/aws'), []],
  ['a mirror', USUAL.replace(AWS, `registry.example:5000/${AWS}`), []],
  ['an image that nobody knows', USUAL.replace(AWS, 'example.org/store-plugin:v1'), []],
  ['an image with everything inside', USUAL.replace(/ {6}initContainers:\n[^]*?(?= {6}containers:)/, '').replace('velero/velero:v1.18.3', 'example.org/velero-with-plugins:v1.18.3'), []],
  ['a folder of plugins of their own', USUAL.replace(AWS, 'velero/velero-plugin-for-gcp:v1.14.0').replace('{ name: plugins, emptyDir: {} }', '{ name: plugins, image: { reference: a } }'), []],
  ['another folder', USUAL.replace(AWS, 'velero/velero-plugin-for-gcp:v1.14.0').replace('"server",', '"server","--plugin-dir=/own",'), []],
  ['no provider: a matter of the definition', USUAL.replace('  provider: aws\n', ''), []],
])('%s', (_, yaml, expected) => {
  expect(found(yaml)).toEqual(expected);
});

test('manifests of several clusters, each with its own plugin', () => {
  const other = USUAL.replaceAll('provider: aws', 'provider: gcp').replaceAll('-for-aws', '-for-gcp');
  expect(found([USUAL, other].join('---\n'))).toEqual([]);
});

test('silent about locations without a server', () => {
  const [, location] = /(apiVersion: velero.io[^]*?)---/.exec(USUAL)!;
  expect(found(location)).toEqual([]);
});
