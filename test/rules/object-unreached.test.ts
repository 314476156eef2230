import { App, Chart, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { told } from './judged';
import { ArgoCdDelivery } from '../../src';
import { BackupModel } from '../../src/model';
import { judge } from '../../src/rules';

escapeHatch('object-unreached', usual => {
  new ArgoCdDelivery(new Chart(usual.app as App, 'argocd'), 'delivery', {
    repository: 'https://git.example.org/gitops.git', revision: 'main', path: 'manifests', separateDefinitions: false,
  });
  return () => usual.object('Application', 'velero').addJsonPatch(JsonPatch.replace('/spec/source/directory/include', 'schedules.k8s.yaml'));
});

function application(path: string, directory: any = {}, name = 'velero'): any {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name, namespace: 'argocd' }, spec: { source: { path, directory } } };
}

/** A schedule in each file, and Applications in a file of their own. */
function unreached(files: readonly string[], ...applications: any[]): string[] {
  const schedules = files.map((file, index) => ({
    object: { apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: `s${index}`, namespace: 'velero' } }, at: { file, line: 1 },
  }));
  return told(judge(BackupModel.of([...schedules, ...applications.map(object => ({ object, at: { file: 'apps/argocd.yaml', line: 1 } }))])), 'object-unreached');
}

const found = (name: string, file: string, by = 'Application argocd/velero') =>
  `warning object-unreached Schedule velero/${name}: file got "${file}", wanted one that ${by} takes: what is in it never reaches the cluster`;

test.each([
  ['the same folder', 'manifests/a.yaml', 'manifests'],
  ['a folder in a folder', 'gitops/clusters/one/manifests/a.yaml', 'clusters/one/manifests'],
  ['the whole path', '/home/me/gitops/manifests/a.yaml', 'manifests'],
  ['seen from inside of it', 'a.yaml', 'clusters/one/manifests'],
  ['seen from halfway', 'one/manifests/a.yaml', 'clusters/one/manifests'],
  ['with a dot in front', './manifests/a.yaml', './manifests/'],
])('a file that a pattern leaves out: %s', (_, file, path) => {
  expect(unreached([file], application(path, { include: 'b.yaml' }))).toEqual([found('s0', 'a.yaml')]);
  expect(unreached([file], application(path, { exclude: '*.yaml' }))).toEqual([found('s0', 'a.yaml')]);
  expect(unreached([file], application(path, { include: '{a,b}.yaml' }))).toEqual([]);
  expect(unreached([file], application(path, {}))).toEqual([]);
});

test('files of folders below are taken only with recurse', () => {
  expect(unreached(['manifests/sub/a.yaml'], application('manifests', { include: '*.yaml' }))).toEqual([found('s0', 'a.yaml')]);
  expect(unreached(['manifests/sub/a.yaml'], application('manifests', { recurse: true }))).toEqual([]);
  expect(unreached(['manifests/sub/a.yaml'], application('manifests', { recurse: true, include: 'sub/*' }))).toEqual([]);
  expect(unreached(['one/manifests/sub/a.yaml'], application('clusters/one/manifests', { recurse: true, include: 'other/*' }))).toEqual([found('s0', 'a.yaml')]);
});

test('the root of a repository', () => {
  expect(unreached(['a.yaml', 'sub/b.yaml'], application('.', { include: '*' }))).toEqual([found('s1', 'b.yaml')]);
  expect(unreached(['a.yaml', 'sub/b.yaml'], application('.', { recurse: true, include: 'sub/*' }))).toEqual([found('s0', 'a.yaml')]);
});

test('what ArgoCD takes for no manifest', () => {
  expect(unreached(['manifests/a.txt'], application('manifests', { include: '*' }))).toEqual([found('s0', 'a.txt')]);
});

test('one finding a file; several Applications that all leave it out', () => {
  const applications = [application('manifests', { include: 'a.yaml' }), application('manifests', { include: 'b.yaml' }, 'other')];
  expect(unreached(['manifests/c.yaml', 'manifests/c.yaml', 'manifests/b.yaml'], ...applications)).toEqual([
    found('s0', 'c.yaml', 'Application argocd/velero or Application argocd/other'),
  ]);
});

test.each([
  ['no Application', ['manifests/a.yaml'], []],
  ['Applications for other folders', ['manifests/a.yaml'], [application('other', { include: 'b.yaml' })]],
  ['a folder whose end is the beginning of another', ['velero/a.yaml'], [application('velero/manifests', { include: 'b.yaml' })]],
  ['a chart', ['manifests/a.yaml'], [{ ...application('manifests'), spec: { source: { chart: 'velero', repoURL: 'https://charts' } } }]],
  ['what Helm makes of the folder', ['manifests/templates/a.yaml'], [{ ...application('manifests'), spec: { source: { path: 'manifests', helm: {} } } }]],
  ['a folder that may be a kustomization', ['manifests/base/a.yaml'], [{ ...application('manifests'), spec: { source: { path: 'manifests' } } }]],
  ['a pattern that cannot be read, for the other one', ['manifests/a.yaml'], [application('manifests', { include: '{a' }), application('manifests', { include: 'a.yaml' }, 'other')]],
])('silent about %s', (_, files, applications) => {
  expect(unreached(files, ...applications)).toEqual([]);
});

test('sources of several folders', () => {
  const several = { ...application(''), spec: { sources: [{ path: 'one', directory: {} }, { path: 'two', directory: { include: 'b.yaml' } }] } };
  expect(unreached(['one/a.yaml', 'two/a.yaml', 'two/b.yaml'], several)).toEqual([found('s1', 'a.yaml')]);
});

test('silent about what tells ArgoCD, and about a dump of a cluster', () => {
  const objects = [
    application('.', { include: 'none.yaml' }),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' } },
    { apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'a', namespace: 'velero', uid: '5f0c2f5e-3a52-4b8e-9a51-6f2f0d5f6f0a' } },
  ];
  expect(told(judge(BackupModel.of(objects.map(object => ({ object, at: { file: 'a.yaml', line: 1 } })))), 'object-unreached')).toEqual([]);
  expect(told(judge(BackupModel.of(objects.map(object => ({ object, at: {} })))), 'object-unreached')).toEqual([]);
});
