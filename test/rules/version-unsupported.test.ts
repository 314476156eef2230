import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { nodeAgent } from '../../src/rules/examples';

escapeHatch('version-unsupported', usual => () =>
  usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/image', 'velero/velero:v1.16.2')));

test.each([
  ['1.9.7', true], ['1.14.1', true], ['1.16.2', true], ['1.17.0', false], ['1.18.3', false], ['1.19.0', false], ['2.0.0', false],
])('%s', (version, old) => {
  expect(told(judged(nodeAgent(version)), 'version-unsupported')).toEqual(old ? [
    `warning version-unsupported DaemonSet velero/node-agent: version of Velero got "${version}", wanted 1.17 or 1.18, which upstream supports`,
  ] : []);
});

test('silent where the image does not tell the version', () => {
  expect(told(judged(nodeAgent('1.14.1').replace(':v1.14.1', '@sha256:0123')), 'version-unsupported')).toEqual([]);
});
