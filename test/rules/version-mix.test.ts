import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { installation, nodeAgent, server } from '../../src/rules/examples';
import { BUNDLED_RELEASES, releaseOf } from '../../src/versions';

escapeHatch('version-mix', usual => () =>
  usual.object('DaemonSet', 'node-agent').addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/image', 'velero/velero:v1.16.2')));

function found(input: string | any[]): string[] {
  return told(judged(input), 'version-mix').map(line => line.replace('error version-mix ', ''));
}

test.each([
  ['another minor', '1.17.2', ['DaemonSet velero/node-agent: image of node-agent got "velero/velero:v1.17.2", wanted the version of the server, 1.18.3']],
  ['another patch', '1.18.2', []],
])('node-agent of %s', (_, version, expected) => {
  expect(found(`${server('1.18.3', '--uploader-type=kopia')}---\n${nodeAgent(version)}`)).toEqual(expected);
});

test('silent where an image does not tell its version', () => {
  expect(found(`${server('1.18.3', '--uploader-type=kopia')}---\n${nodeAgent('1.16.2').replace(':v1.16.2', ':main')}`)).toEqual([]);
});

test('manifests of several clusters, each with its own version', () => {
  const clusters = ['1.17.2', '1.18.3'].flatMap(version => [...objectsIn(installation(version)), ...releaseOf(version).customResourceDefinitions()]);
  expect(found(clusters)).toEqual([]);
});

test.each([
  ['velero/velero-plugin-for-aws:v1.13.2', ['a version 1.14 of it, which belongs to Velero 1.18: velero/velero-plugin-for-aws:v1.14.0']],
  ['velero/velero-plugin-for-gcp:v1.13.2', ['a version 1.14 of it, which belongs to Velero 1.18']],
  ['velero/velero-plugin-for-microsoft-azure:v1.14.1', []],
  ['velero/velero-plugin-for-csi:v0.7.1', ['no such init container: Velero 1.18.3 has this plugin inside, and does not start with a second one']],
  ['registry.example:5000/velero-plugin-for-aws@sha256:0123', []],
  ['example.org/backup-plugin:v0.1.0', []],
])('plugin %s', (image, wanted) => {
  const yaml = server('1.18.3', '--uploader-type=kopia').replace('velero/velero-plugin-for-aws:v1.14.0', image);
  expect(found(yaml)).toEqual(wanted.map(text => `Deployment velero/velero: image of the plugin got "${image}", wanted ${text}`));
});

describe('definitions', () => {
  const definitions = (version: string) => releaseOf(version).customResourceDefinitions();

  test.each(BUNDLED_RELEASES)('of the same release: %s', version => {
    expect(found([...objectsIn(installation(version)), ...definitions(version)])).toEqual([]);
  });

  test('newer ones serve an older server', () => {
    expect(found([...objectsIn(installation('1.14.1')), ...definitions('1.18.3')])).toEqual([]);
  });

  test('older ones drop fields', () => {
    expect(found([...objectsIn(installation('1.18.3')), ...definitions('1.16.2')])).toHaveLength(8);
    expect(found([...objectsIn(installation('1.16.2')), ...definitions('1.15.2')])).toEqual([
      'CustomResourceDefinition backuprepositories.velero.io: schema got undefined, wanted the definition of Velero 1.16.2, which has status.recentMaintenance: '
      + 'without, the API server drops what is written there',
      'CustomResourceDefinition datadownloads.velero.io: schema got undefined, wanted the definition of Velero 1.16.2, which has spec.nodeOS, status.acceptedByNode, '
      + 'status.acceptedTimestamp: without, the API server drops what is written there',
      'CustomResourceDefinition datauploads.velero.io: schema got undefined, wanted the definition of Velero 1.16.2, which has status.acceptedByNode, '
      + 'status.acceptedTimestamp, status.nodeOS: without, the API server drops what is written there',
    ]);
  });

  test('the newest of several installations counts', () => {
    const old = objectsIn(installation('1.16.2').replaceAll('namespace: velero', 'namespace: old').replace('name: velero\n', 'name: old\n'));
    expect(found([...old, ...objectsIn(installation('1.18.3')), ...definitions('1.17.2')])).toHaveLength(7);
  });

  test('silent about a patch that did not have the field yet, without a schema, and where a schema keeps what it does not know', () => {
    const [restores] = definitions('1.17.2').filter(({ metadata }) => metadata.name === 'restores.velero.io');
    expect(found([...objectsIn(installation('1.18.3').replaceAll('velero:v1.18.3', 'velero:v1.18.2')), restores])).toEqual([]);
    expect(found([...objectsIn(installation('1.18.3')), restores])).toHaveLength(1);
    expect(found([...objectsIn(installation('1.18.3')), { ...restores, spec: {} }])).toEqual([]);
    restores.spec.versions[0].schema.openAPIV3Schema.properties.spec = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
    expect(found([...objectsIn(installation('1.18.3')), restores])).toEqual([]);
  });
});
