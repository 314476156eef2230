import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { notWaiting, server } from '../../src/rules/examples';

escapeHatch('repository-password-race', usual => {
  new ApiObject(usual.chart, 'sealed', {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: 'velero-repo-credentials', namespace: 'velero' },
    spec: { encryptedData: { 'repository-password': 'AgB3' } },
  });
  const deployment = usual.object('Deployment', 'velero');
  const { volumes } = deployment.toJson().spec.template.spec;
  const index = volumes.findIndex(({ secret }: any) => secret?.secretName === 'velero-repo-credentials');
  return () => deployment.addJsonPatch(JsonPatch.replace(`/spec/template/spec/volumes/${index}/secret/optional`, true));
});

const WAITING = server('1.18.3', '--uploader-type=kopia');
const RUSHING = notWaiting(WAITING);

function producer(kind: string, annotations = ''): string {
  return `apiVersion: ${kind}\nmetadata: { name: velero-repo-credentials, namespace: velero, annotations: { ${annotations} } }\n`;
}

const SEALED = producer('bitnami.com/v1alpha1\nkind: SealedSecret');
const SECRET = producer('v1\nkind: Secret');

function found(...documents: string[]): string[] {
  return told(judged(documents.join('---\n')), 'repository-password-race').map(line => line.replace('error repository-password-race Deployment velero/velero: ', ''));
}

function wanted(producedBy: string): string[] {
  return [`volumes got undefined, wanted one of the Secret velero-repo-credentials, not optional, so that the pod waits for ${producedBy}: `
    + 'the server would make the Secret itself, with a public password'];
}

test.each([
  ['a SealedSecret', SEALED, 'SealedSecret velero/velero-repo-credentials'],
  ['an ExternalSecret', producer('external-secrets.io/v1\nkind: ExternalSecret'), 'ExternalSecret velero/velero-repo-credentials'],
  ['a SealedSecret of an earlier wave', producer('bitnami.com/v1alpha1\nkind: SealedSecret', 'argocd.argoproj.io/sync-wave: "-6"'), 'SealedSecret velero/velero-repo-credentials'],
  ['a Secret of a later wave', producer('v1\nkind: Secret', 'argocd.argoproj.io/sync-wave: "1"'), 'Secret velero/velero-repo-credentials'],
])('%s', (_, document, producedBy) => {
  expect(found(RUSHING, document)).toEqual(wanted(producedBy));
  expect(found(WAITING, document)).toEqual([]);
});

const ARGS = '          args:';

test.each([
  ['a Secret that is applied with the server', RUSHING, SECRET],
  ['a variable that needs it', RUSHING.replace(ARGS, `          env: [{ name: P, valueFrom: { secretKeyRef: { name: velero-repo-credentials, key: repository-password } } }]\n${ARGS}`), SEALED],
  ['all variables of it', RUSHING.replace(ARGS, `          envFrom: [{ secretRef: { name: velero-repo-credentials } }]\n${ARGS}`), SEALED],
  ['a projected volume', RUSHING.replace('      volumes:\n', '$&        - { name: p, projected: { sources: [{ secret: { name: velero-repo-credentials } }] } }\n'), SEALED],
  ['a server that runs already', RUSHING.replace('name: velero,', 'name: velero, uid: 1,'), SEALED],
  ['nothing that makes it', RUSHING, ''],
  ['a Secret of another namespace', RUSHING, SEALED.replace('namespace: velero', 'namespace: other')],
])('silent: %s', (_, deployment, document) => {
  expect(found(...[deployment, document].filter(text => text !== ''))).toEqual([]);
});

test.each([
  ['a variable', 'env: [{ name: P, valueFrom: { secretKeyRef: { name: velero-repo-credentials, key: a, optional: true } } }]'],
  ['all variables', 'envFrom: [{ secretRef: { name: velero-repo-credentials, optional: true } }]'],
])('%s that may be absent does not wait', (_, field) => {
  expect(found(RUSHING.replace(ARGS, `          ${field}\n${ARGS}`), SEALED)).toHaveLength(1);
});
