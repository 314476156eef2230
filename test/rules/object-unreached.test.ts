import { ApiObject, App, Chart, JsonPatch, YamlOutputType } from 'cdk8s';
import { escapeHatch, UsualApp } from './escape-hatch';
import { told } from './judged';
import { ArgoCdDelivery, Findings } from '../../src';
import { BackupModel } from '../../src/model';
import { judge } from '../../src/rules';

escapeHatch('object-unreached', usual => {
  new ApiObject(new Chart(usual.app, 'more'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'velero' } });
  new ArgoCdDelivery(new Chart(usual.app as App, 'argocd'), 'delivery', {
    repository: 'https://git.example.org/gitops.git', revision: 'main', path: 'manifests', separateDefinitions: false,
  });
  return () => usual.object('Application', 'velero').addJsonPatch(JsonPatch.replace('/spec/source/directory/include', 'more.k8s.yaml'));
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

test('a file without a folder could lie in any: it belongs to those that name it, or another one beside it', () => {
  const foreign = application('deploy/grafana', {}, 'grafana');
  expect(unreached(['a.yaml', 'b.yaml'], application('clusters/one', { include: '{a.yaml,c.yaml}' }), foreign)).toEqual([found('s1', 'b.yaml')]);
  expect(unreached(['a.yaml'], application('clusters/one', { include: 'a.yaml' }), foreign)).toEqual([]);
  expect(unreached(['a.yaml'], application('clusters/one', { include: 'b.yaml' }), foreign)).toEqual([]);
  expect(unreached(['a.yaml'], application('clusters/one', { include: 'x*.yaml' }), foreign)).toEqual([]);
  expect(unreached(['a.yaml'], application('.', { include: 'b.yaml' }), foreign)).toEqual([found('s0', 'a.yaml')]);
});

describe('folders that are named', () => {
  const named = application('clusters/velero', { recurse: true, include: '{tier-0,velero}/*' });

  test.each([
    ['the output', ['tier-0/a.yaml', 'velero/b.yaml', 'more/c.yaml']],
    ['a folder around it', ['velero/tier-0/a.yaml', 'velero/velero/b.yaml', 'velero/more/c.yaml']],
    ['the repository', ['clusters/velero/tier-0/a.yaml', 'clusters/velero/velero/b.yaml', 'clusters/velero/more/c.yaml']],
    ['a folder in a folder', ['home/gitops/clusters/velero/tier-0/a.yaml', 'home/gitops/clusters/velero/velero/b.yaml', 'home/gitops/clusters/velero/more/c.yaml']],
  ])('and another one beside them, seen from %s', (_, files) => {
    expect(unreached(files, named)).toEqual([found('s2', 'c.yaml')]);
  });

  test.each(['{tier-0/**,velero/*.yaml}', '{tier-0,other}/**', 'tier-0/*.yaml', 'tier-0/a.yaml'])('by %s', include => {
    expect(unreached(['tier-0/a.yaml', 'more/c.yaml'], application('clusters/one', { recurse: true, include }))).toEqual([found('s1', 'c.yaml')]);
  });

  test('have nothing to do with folders of that name elsewhere', () => {
    expect(unreached(['apps/b.yaml', 'clusters/one/apps/a.yaml'], application('clusters/one', { recurse: true, include: 'apps/a.yaml' }))).toEqual([]);
  });

  test('and one that is the path itself', () => {
    const own = application('clusters/one/velero-crds', { recurse: true }, 'velero-crds');
    expect(unreached(['velero-crds/a.yaml', 'tier-0/b.yaml', 'more/c.yaml'], own, application('clusters/one', { recurse: true, include: '{tier-0,velero}/*' })))
      .toEqual([found('s2', 'c.yaml')]);
  });
});

describe('an app that writes folders', () => {
  const folders = () => {
    const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    const chart = (name: string) => new ApiObject(new Chart(app, name), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'velero' } });
    ['velero', 'tier-0', 'more'].forEach(chart);
    const delivery = new ArgoCdDelivery(new Chart(app, 'argocd'), 'delivery', {
      repository: 'https://git.example.org/gitops.git', revision: 'main', path: 'clusters/velero', separateDefinitions: false,
    });
    return { app, delivery };
  };
  const unreachedBy = (app: App) => Findings.all(app).filter(({ id }) => id === 'object-unreached').map(({ message }) => message);

  test('delivers them all', () => {
    const { app, delivery } = folders();
    expect(ApiObject.of(delivery).toJson().spec.source.directory.include).toBe('{more,tier-0,velero}/*');
    expect(unreachedBy(app)).toEqual([]);
  });

  test('until somebody patches the pattern', () => {
    const { app, delivery } = folders();
    ApiObject.of(delivery).addJsonPatch(JsonPatch.replace('/spec/source/directory/include', '{tier-0,velero}/*'));
    expect(unreachedBy(app)).toEqual(['file got "ConfigMap.more.k8s.yaml", wanted one that Application argocd/velero takes: what is in it never reaches the cluster']);
  });

  test('and the project is held against them', () => {
    const { app, delivery } = folders();
    (delivery.node.findChild('Project') as ApiObject).addJsonPatch(JsonPatch.replace('/spec/namespaceResourceWhitelist', []));
    expect(Findings.all(app).filter(({ id }) => id === 'project-refuses').map(({ message }) => message)).toEqual([
      'spec.namespaceResourceWhitelist: wanted the kind ConfigMap: without, no sync applies ConfigMap velero/velero or anything beside it',
    ]);
  });

  test('has nothing to do with Applications of others', () => {
    const { app } = folders();
    const apps = new Chart(app, 'apps');
    [{ path: '.', directory: { recurse: true } }, { path: 'deploy/grafana', directory: { include: 'grafana.yaml' } }].forEach((source, index) =>
      new ApiObject(apps, `a${index}`, application(source.path, source.directory, `other${index}`)));
    expect(unreachedBy(app)).toEqual([]);
  });
});

describe('Applications of others in an app', () => {
  const findings = (source: any, withDelivery: boolean) => {
    const { app } = new UsualApp();
    const apps = new Chart(app, 'apps');
    const [apiVersion, server] = ['argoproj.io/v1alpha1', 'https://kubernetes.default.svc'];
    new ApiObject(apps, 'project', {
      apiVersion,
      kind: 'AppProject',
      metadata: { name: 'grafana', namespace: 'argocd' },
      spec: {
        sourceRepos: ['https://git.example.org/grafana.git'],
        destinations: [{ server, namespace: 'grafana' }],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [{ group: 'apps', kind: 'Deployment' }],
      },
    });
    new ApiObject(apps, 'application', {
      apiVersion,
      kind: 'Application',
      metadata: { name: 'grafana', namespace: 'argocd' },
      spec: {
        project: 'grafana',
        source: { repoURL: 'https://git.example.org/grafana.git', ...source },
        destination: { server, namespace: 'grafana' },
        syncPolicy: { automated: { prune: true } },
      },
    });
    if (withDelivery) {
      new ArgoCdDelivery(new Chart(app, 'argocd'), 'delivery', {
        repository: 'https://git.example.org/gitops.git', revision: 'main', path: 'manifests', separateDefinitions: false,
      });
    }
    return Findings.all(app).filter(({ severity }) => severity !== 'info').map(({ id, message }) => `${id} ${message}`);
  };

  test.each<[string, any]>([
    ['a directory', { path: 'deploy/grafana', directory: {} }],
    ['what may be a chart', { path: 'deploy/grafana' }],
    ['another file', { path: 'deploy/grafana', directory: { include: 'grafana.yaml' } }],
    ['the root of their repository', { path: '.', directory: { recurse: true } }],
  ])('have nothing to do with what it writes: %s', (_, source) => {
    expect(findings(source, false)).toEqual([]);
    expect(findings(source, true)).toEqual([]);
  });
});

test('two thousand Applications and files are no work', () => {
  const count = 2000;
  const applications = Array.from({ length: count }, (_, index) => application(`apps/a${index}`, index % 2 ? {} : { include: 'b.yaml' }, `a${index}`));
  const files = Array.from({ length: count }, (_, index) => ({
    object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: `s${index}`, namespace: 'n' } }, at: { file: `apps/a${index}/a.yaml`, line: 1 },
  }));
  const begin = process.cpuUsage();
  const deliveries = BackupModel.of([...files, ...applications.map(object => ({ object, at: { file: 'argocd.yaml', line: 1 } }))]).deliveries();
  expect(files.filter(({ at }) => deliveries.missing(at.file).length > 0)).toHaveLength(count / 2);
  expect(process.cpuUsage(begin).user / 1000).toBeLessThan(3000);
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

test('with sources ArgoCD does not look at source', () => {
  const both = { ...application(''), spec: { source: { path: 'one', directory: { include: 'b.yaml' } }, sources: [{ path: 'two', directory: { include: 'b.yaml' } }] } };
  expect(unreached(['one/a.yaml', 'two/a.yaml'], both)).toEqual([found('s1', 'a.yaml')]);
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
