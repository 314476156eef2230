import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { server } from '../../src/rules/examples';

/** The only thing that makes the server wait for the Secret. */
escapeHatch('repository-password-missing', usual => () => {
  const deployment = usual.object('Deployment', 'velero');
  const { volumes } = deployment.toJson().spec.template.spec;
  const index = volumes.findIndex(({ secret }: any) => secret?.secretName === 'velero-repo-credentials');
  deployment.addJsonPatch(JsonPatch.replace(`/spec/template/spec/volumes/${index}/secret/optional`, true));
});

const UNGUARDED = server('1.18.3', '--uploader-type=kopia').replace('optional: false', 'optional: true');

test.each([
  ['Secret', 'v1', 'velero-repo-credentials', ''],
  ['SealedSecret', 'bitnami.com/v1alpha1', 'velero-repo-credentials', ''],
  ['ExternalSecret', 'external-secrets.io/v1', 'anything', 'spec: { target: { name: velero-repo-credentials } }'],
])('a %s makes it', (kind, apiVersion, name, more) => {
  const producer = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: velero }\n${more}\n`;
  expect(told(judged(`${UNGUARDED}---\n${producer}`), 'repository-password-missing')).toEqual([]);
});

test('one in another namespace does not', () => {
  const elsewhere = 'apiVersion: v1\nkind: Secret\nmetadata: { name: velero-repo-credentials, namespace: default }\n';
  expect(told(judged(`${UNGUARDED}---\n${elsewhere}`), 'repository-password-missing')).toHaveLength(1);
});
