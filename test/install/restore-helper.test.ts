import { Yaml } from 'cdk8s';
import { emitted, object } from './installs';
import { RestoreHelperOptions } from '../../src/install/restore-helper-options';
import { VeleroImages } from '../../src/install/velero-images';
import { VeleroVersion } from '../../src/install/velero-version';

const CONTEXT = {
  allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' },
};

function config(version: VeleroVersion, restoreHelper?: RestoreHelperOptions, images?: VeleroImages): any {
  return emitted({ version, restoreHelper, images }).find(({ kind }) => kind === 'ConfigMap');
}

test('1.14 is told a security context that the restricted standard accepts', () => {
  const { metadata, data } = config(VeleroVersion.V1_14_1);
  expect(metadata).toMatchObject({
    name: 'fs-restore-action-config',
    namespace: 'velero',
    labels: {
      'velero.io/plugin-config': '',
      'velero.io/pod-volume-restore': 'RestoreItemAction',
      'component': 'velero',
      'app.kubernetes.io/name': 'velero',
    },
  });
  expect(data).toEqual({ secCtx: Yaml.stringify(CONTEXT) });
});

test.each([VeleroVersion.V1_15_2, VeleroVersion.V1_16_2, VeleroVersion.V1_17_2, VeleroVersion.V1_18_3])('%s does it itself', version => {
  expect(config(version)).toBeUndefined();
});

test('what is given holds in every release', () => {
  const options: Required<RestoreHelperOptions> = { resources: { memoryRequest: '256Mi' }, runAsUser: 26, runAsGroup: 27 };
  const { data } = config(VeleroVersion.V1_18_3, options, { restoreHelper: 'registry.example/helper:v1' });
  const { secCtx, ...rest } = data;
  expect(rest).toEqual({ image: 'registry.example/helper:v1', cpuRequest: '100m', memRequest: '256Mi', cpuLimit: '100m', memLimit: '256Mi' });
  expect(secCtx).toEqual(Yaml.stringify({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: 26,
    runAsGroup: 27,
    seccompProfile: { type: 'RuntimeDefault' },
  }));
});

test('a group alone leaves the user', () => {
  expect(config(VeleroVersion.V1_18_3, { runAsGroup: 5 }).data.secCtx).toEqual(expect.stringContaining('runAsUser: 1000\nrunAsGroup: 5\n'));
});

test('there is one of it', () => {
  expect(object(emitted({ version: VeleroVersion.V1_14_1 }), 'ConfigMap').metadata.name).toEqual('fs-restore-action-config');
});

test.each<[string, RestoreHelperOptions, string]>([
  ['root', { runAsUser: 0 }, 'restoreHelper.runAsUser got 0, wanted a user that is not root; namespaces under the restricted standard refuse root'],
  ['a quantity', { resources: { cpuLimit: 'x' } }, 'restoreHelper.resources.cpuLimit got "x", wanted a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi'],
  ['storage', { resources: { ephemeralStorageLimit: '1Gi' } },
    'restoreHelper.resources.ephemeralStorageLimit got "1Gi", wanted cpu and memory only; Velero reads nothing else'],
])('fails with %s', (_, restoreHelper, message) => {
  expect(() => emitted({ restoreHelper })).toThrow(new Error(`VeleroInstall 'test/velero': ${message}`));
});
