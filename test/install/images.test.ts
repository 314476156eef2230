import { emitted, nodeAgent, server } from './installs';
import { ImagePullPolicy, VeleroImages } from '../../src/install/velero-images';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';

const { V1_14_1, V1_18_3 } = VeleroVersion;
const DIGEST = `@sha256:${'0123456789abcdef'.repeat(4)}`;
const REFERENCE = 'a full image reference such as velero/velero:v1.18.3, with a tag or a digest';

test('images, plugins and registries of one\'s own', () => {
  const props: Partial<VeleroInstallProps> = {
    images: {
      server: 'registry.example/velero/velero@sha256:4bd9b4b7dd8c1e5a4d2f2b1d0f6f6b7a1c3e5d7f9a1b3c5d7e9f0a1b2c3d4e5f',
      pluginForAws: 'registry.example:5000/aws:v1.14.0',
      pullPolicy: ImagePullPolicy.ALWAYS,
      pullSecrets: ['registry'],
    },
    plugins: [{ name: 'other', image: 'other/plugin:v1', resources: { memoryLimit: '64Mi' } }],
  };
  const pod = server(props);
  expect(pod.containers[0].image).toEqual(props.images!.server);
  expect(pod.containers[0].imagePullPolicy).toEqual('Always');
  expect(pod.initContainers.map(({ name, image, imagePullPolicy }: any) => [name, image, imagePullPolicy])).toEqual([
    ['velero-plugin-for-aws', 'registry.example:5000/aws:v1.14.0', 'Always'],
    ['other', 'other/plugin:v1', 'Always'],
  ]);
  expect(pod.initContainers[1].resources).toEqual({ requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '100m', memory: '64Mi' } });
  expect(pod.imagePullSecrets).toEqual([{ name: 'registry' }]);
  expect(nodeAgent(props)).toMatchObject({ imagePullSecrets: [{ name: 'registry' }], containers: [{ image: props.images!.server }] });
});

test.each<[VeleroVersion, VeleroImages]>([
  [V1_18_3, { server: 'registry.example:5000/velero:v1.18.3', pluginForAws: 'registry.example:5000/aws:v1.14.1' }],
  [V1_18_3, { server: 'a/b:1.18', pluginForAws: 'a/b:1.14' }],
  [V1_18_3, { server: 'a/b:v1.18.3-hardened.2', pluginForAws: `a/b:v1.14.0${DIGEST}` }],
  [V1_18_3, { server: `a/b${DIGEST}`, pluginForAws: `registry.example:5000/b${DIGEST}` }],
  [V1_18_3, { server: 'a/b:latest', pluginForAws: 'a/b:2026.1.0' }],
  [VeleroVersion.of('1.18.1'), { server: 'velero/velero:v1.18.1' }],
])('with %s goes %j', (version, images) => {
  const pod = server({ version, images });
  expect(pod.containers[0].image).toEqual(images.server);
  expect(pod.initContainers[0].image).toEqual(images.pluginForAws ?? 'velero/velero-plugin-for-aws:v1.14.0');
});

test.each<[string, VeleroVersion, VeleroImages, string]>([
  ['a server of another minor', V1_18_3, { server: 'velero/velero:v1.14.1' },
    'images.server got "velero/velero:v1.14.1", wanted the release of version, 1.18.3; change version to that of the image, or the tag to v1.18.3'],
  ['a server of another patch', V1_18_3, { server: 'velero/velero:v1.18.1' },
    'images.server got "velero/velero:v1.18.1", wanted the release of version, 1.18.3; change version to that of the image, or the tag to v1.18.3'],
  ['a server whose digest is named by another minor', V1_18_3, { server: `velero/velero:1.1${DIGEST}` },
    `images.server got "velero/velero:1.1${DIGEST}", wanted the release of version, 1.18.3; change version to that of the image, or the tag to v1.18.3`],
  ['a plugin of another minor', V1_18_3, { pluginForAws: 'velero/velero-plugin-for-aws:v1.9.1' },
    'images.pluginForAws got "velero/velero-plugin-for-aws:v1.9.1", wanted a plugin 1.14, which goes with Velero 1.18.3; leave it out or take v1.14.0'],
  ['the newest plugin with an old server', V1_14_1, { pluginForAws: 'velero/velero-plugin-for-aws:v1.14.0' },
    'images.pluginForAws got "velero/velero-plugin-for-aws:v1.14.0", wanted a plugin 1.10, which goes with Velero 1.14.1; leave it out or take v1.10.1'],
  ['an image that changes by itself', V1_18_3, { server: 'velero/velero' }, `images.server got "velero/velero", wanted ${REFERENCE}`],
])('fails with %s', (_, version, images, message) => {
  expect(() => emitted({ version, images })).toThrow(new Error(`VeleroInstall 'test/velero': ${message}`));
});
