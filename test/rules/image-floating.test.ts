import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('image-floating', usual => () =>
  usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.replace('/spec/template/spec/initContainers/0/image', 'velero/velero-plugin-for-aws')));

const TAG = 'wanted the tag of a release or a digest, which is the same image tomorrow';
const PLUGIN = 'velero/velero-plugin-for-aws:v1.14.0';

test.each([
  ['velero/velero-plugin-for-aws', [TAG]],
  ['registry.example:5000/velero/velero-plugin-for-aws', [TAG]],
  ['velero/velero-plugin-for-aws:latest', [TAG]],
  ['velero/velero-plugin-for-aws:main', [TAG]],
  ['velero/velero-plugin-for-aws:v1.14.0', []],
  ['velero/velero-plugin-for-aws:latest@sha256:0123', undefined],
])('%s', (image, wanted) => {
  expect(told(judged(installation('1.18.3').replace(PLUGIN, image)), 'image-floating').filter(line => line.includes('plugin'))).toEqual((wanted ?? []).map(text =>
    `warning image-floating Deployment velero/velero: image of the container velero-plugin-for-aws got "${image}", ${text}`));
});

test('where one image has a digest, all are to have one', () => {
  expect(told(judged(installation('1.18.3').replace('v1.14.0', 'v1.14.0@sha256:0123')), 'image-floating')).toEqual([
    'warning image-floating Deployment velero/velero: image of the container velero got "velero/velero:v1.18.3", wanted a digest too, as other images of this installation have',
    'warning image-floating DaemonSet velero/node-agent: image of the container node-agent got "velero/velero:v1.18.3", wanted a digest too, as other images of this installation have',
  ]);
});
