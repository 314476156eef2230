import { App, Chart, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { ArgoCdDelivery } from '../../src';

escapeHatch('project-refuses', usual => {
  new ArgoCdDelivery(new Chart(usual.app as App, 'argocd'), 'delivery', {
    repository: 'https://git.example.org/gitops.git', revision: 'main', path: 'manifests', separateDefinitions: false,
  });
  return () => usual.object('AppProject', 'velero').addJsonPatch(JsonPatch.replace('/spec/clusterResourceWhitelist', []));
});

const REPOSITORY = 'https://git.example.org/gitops.git';
const SERVER = 'https://kubernetes.default.svc';

function project(spec: any): any {
  const usual = { sourceRepos: [REPOSITORY], destinations: [{ server: SERVER, namespace: 'velero' }] };
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'backups', namespace: 'argocd' }, spec: { ...usual, ...spec } };
}

function application(spec: any = {}): any {
  const usual = {
    project: 'backups', source: { repoURL: REPOSITORY, path: '.', directory: { recurse: true } }, destination: { server: SERVER, namespace: 'velero' },
  };
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'velero', namespace: 'argocd' }, spec: { ...usual, ...spec } };
}

function object(apiVersion: string, kind: string, namespace?: string, name = 'a'): any {
  return { apiVersion, kind, metadata: { name, namespace } };
}

function refused(...objects: any[]): string[] {
  return told(judged(objects), 'project-refuses').map(line => line.replace('error project-refuses AppProject argocd/backups: spec.', ''));
}

describe('kinds', () => {
  const schedule = object('velero.io/v1', 'Schedule', 'velero');
  const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole');

  test('of the whole cluster only where the project lists them', () => {
    expect(refused(project({}), application(), role, schedule)).toEqual([
      'clusterResourceWhitelist got undefined, wanted the kind ClusterRole of rbac.authorization.k8s.io: without, no sync applies ClusterRole a or anything beside it',
    ]);
  });

  test('once, however many objects there are', () => {
    expect(refused(project({}), application(), object('v1', 'Namespace', undefined, 'b'), object('v1', 'Namespace', undefined, 'c'))).toEqual([
      'clusterResourceWhitelist got undefined, wanted the kind Namespace: without, no sync applies Namespace b or anything beside it',
    ]);
  });

  test.each([
    ['a list of the kind', [{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }], []],
    ['a pattern', [{ group: 'rbac.*', kind: '*' }], []],
    ['everything', [{ group: '*', kind: '*' }], []],
    ['its name', [{ group: '*', kind: '*', name: 'a' }], []],
    ['another name', [{ group: '*', kind: '*', name: 'velero*' }], [expect.stringContaining('clusterResourceWhitelist')]],
    ['another kind', [{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' }], [expect.stringContaining('clusterResourceWhitelist')]],
    ['another group', [{ group: '', kind: 'ClusterRole' }], [expect.stringContaining('clusterResourceWhitelist')]],
  ])('of the whole cluster, by %s', (_, clusterResourceWhitelist, expected) => {
    expect(refused(project({ clusterResourceWhitelist }), application(), role)).toEqual(expected);
  });

  test('that live in namespaces all, unless they are listed', () => {
    const wanted = 'namespaceResourceWhitelist got undefined, wanted the kind Schedule of velero.io: without, no sync applies Schedule velero/a or anything beside it';
    expect(refused(project({}), application(), schedule)).toEqual([]);
    expect(refused(project({ namespaceResourceWhitelist: [{ group: 'velero.io', kind: 'Schedule' }] }), application(), schedule)).toEqual([]);
    expect(refused(project({ namespaceResourceWhitelist: [] }), application(), schedule)).toEqual([wanted]);
    expect(refused(project({ namespaceResourceBlacklist: [{ group: 'velero.io', kind: '*' }] }), application(), schedule)).toEqual([wanted]);
  });

  const definition = (scope: string) => ({
    ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', undefined, 'things.example.org'), spec: { group: 'example.org', names: { kind: 'Thing' }, scope },
  });
  const crds = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' };
  const ofThings = 'ResourceWhitelist got undefined, wanted the kind Thing of example.org: without, no sync applies ';

  test('that nobody knows may be permitted by either list', () => {
    const things = [{ group: 'example.org', kind: 'Thing' }];
    for (const thing of [object('example.org/v1', 'Thing'), object('example.org/v1', 'Thing', 'elsewhere')]) {
      expect(refused(project({}), application(), thing)).toEqual([]);
      expect(refused(project({ clusterResourceWhitelist: things, namespaceResourceWhitelist: [] }), application(), thing)).toEqual([]);
      expect(refused(project({ namespaceResourceWhitelist: things }), application(), thing)).toEqual([]);
    }
    expect(refused(project({ namespaceResourceWhitelist: [] }), application(), object('example.org/v1', 'Thing'))).toEqual([
      `cluster${ofThings}Thing a or anything beside it`,
    ]);
  });

  test('are known by their definition in the input', () => {
    const listed = { clusterResourceWhitelist: [crds], namespaceResourceWhitelist: [{ group: 'example.org', kind: 'Thing' }] };
    expect(refused(project(listed), application(), definition('Namespaced'), object('example.org/v1', 'Thing'))).toEqual([]);
    expect(refused(project(listed), application(), definition('Cluster'), object('example.org/v1', 'Thing', 'velero'))).toEqual([
      `cluster${ofThings}Thing velero/a or anything beside it`,
    ]);
    const both = { clusterResourceWhitelist: [crds, { group: 'example.org', kind: 'Thing' }], namespaceResourceWhitelist: [] };
    expect(refused(project(both), application(), definition('Cluster'), object('example.org/v1', 'Thing'))).toEqual([]);
    expect(refused(project(both), application(), definition('Namespaced'), object('example.org/v1', 'Thing'))).toEqual([
      `namespace${ofThings}Thing a or anything beside it`,
    ]);
  });

  test.each([
    ['monitoring.coreos.com/v1', 'PrometheusRule', 'namespace'],
    ['bitnami.com/v1alpha1', 'SealedSecret', 'namespace'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'namespace'],
    ['ceph.rook.io/v1', 'CephObjectStore', 'namespace'],
    ['objectbucket.io/v1alpha1', 'ObjectBucketClaim', 'namespace'],
    ['postgresql.cnpg.io/v1', 'Cluster', 'namespace'],
    ['external-secrets.io/v1', 'ClusterSecretStore', 'cluster'],
    ['cert-manager.io/v1', 'ClusterIssuer', 'cluster'],
    ['snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass', 'cluster'],
    ['objectbucket.io/v1alpha1', 'ObjectBucket', 'cluster'],
    ['postgresql.cnpg.io/v1', 'ClusterImageCatalog', 'cluster'],
  ])('%s %s belongs to the %s, whatever its manifest says', (apiVersion, kind, scope) => {
    const listed = [{ group: apiVersion.slice(0, apiVersion.indexOf('/')), kind }];
    const [right, wrong] = scope === 'cluster' ? [{ clusterResourceWhitelist: listed, namespaceResourceWhitelist: [] }, { namespaceResourceWhitelist: listed }]
      : [{ namespaceResourceWhitelist: listed }, { clusterResourceWhitelist: listed, namespaceResourceWhitelist: [] }];
    for (const namespace of [undefined, 'velero']) {
      expect(refused(project(right), application(), object(apiVersion, kind, namespace))).toEqual([]);
      expect(refused(project(wrong), application(), object(apiVersion, kind, namespace))).toEqual([expect.stringContaining(`${scope}ResourceWhitelist got undefined`)]);
    }
  });

  test('that live in namespaces by a name are permitted by every name: ArgoCD does not look at it', () => {
    const namespaceResourceWhitelist = [{ group: 'velero.io', kind: 'Schedule', name: 'another' }];
    expect(refused(project({ namespaceResourceWhitelist }), application(), schedule)).toEqual([]);
  });
});

describe('namespaces', () => {
  const schedule = object('velero.io/v1', 'Schedule', 'backups');
  const found = 'destinations got undefined, wanted the namespace backups of the cluster that Application argocd/velero goes to: without, no sync applies Schedule backups/a';

  test.each([
    ['another one', [{ server: SERVER, namespace: 'velero' }], [found]],
    ['the same by the address of the cluster', [{ server: SERVER, namespace: '{velero,backups}' }], []],
    ['the same by the name of the cluster', [{ name: 'in-cluster', namespace: '*' }], []],
    ['all but it', [{ server: SERVER, namespace: '*' }, { server: SERVER, namespace: '!backups' }], [found]],
    ['all but another one', [{ server: SERVER, namespace: '*' }, { server: SERVER, namespace: '!kube-system' }], []],
    ['that of another cluster', [{ server: SERVER, namespace: 'velero' }, { server: 'https://other', namespace: 'backups' }], [found]],
    ['on no cluster but another', [{ server: SERVER, namespace: '*' }, { server: '!https://kubernetes.*', namespace: 'backups' }], [found]],
    ['no cluster at all', [{ server: SERVER, namespace: 'velero' }, { namespace: 'backups' }], [found]],
  ])('%s', (_, destinations, expected) => {
    expect(refused(project({ destinations }), application(), schedule)).toEqual(expected);
  });

  test('of a cluster that is named here and addressed there are taken for the same', () => {
    const elsewhere = application({ destination: { name: 'production', namespace: 'velero' } });
    expect(refused(project({ destinations: [{ server: 'https://10.0.0.1', namespace: '*' }] }), elsewhere, schedule)).toEqual([]);
    expect(refused(project({ destinations: [{ name: 'staging', namespace: '*' }] }), elsewhere)).toEqual([
      'destinations got undefined, wanted the namespace velero of the cluster that Application argocd/velero goes to: without, no sync applies Application argocd/velero',
    ]);
  });

  test('of objects that live in none do not count', () => {
    const clusterResourceWhitelist = [{ group: '*', kind: '*' }];
    expect(refused(project({ clusterResourceWhitelist }), application(), object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'elsewhere'))).toEqual([]);
  });

  test('that an Application does not name must be permitted too', () => {
    expect(refused(project({}), application({ destination: { server: SERVER } }))).toEqual([
      'destinations got undefined, wanted the namespace "" of the cluster that Application argocd/velero goes to: without, no sync applies Application argocd/velero',
    ]);
  });
});

describe('repositories', () => {
  test.each([
    ['another one', ['https://git.example.org/other.git'], ['sourceRepos got undefined, wanted https://git.example.org/gitops.git, which Application argocd/velero takes its objects from']],
    ['none', [], ['sourceRepos got undefined, wanted https://git.example.org/gitops.git, which Application argocd/velero takes its objects from']],
    ['the same without .git, in other letters', ['https://git.EXAMPLE.org/gitops'], []],
    ['a pattern', ['https://git.example.org/*'], []],
    ['a pattern that ends at a slash', ['https://*'], [expect.stringContaining('sourceRepos')]],
    ['all', ['*'], []],
    ['all but it', ['*', '!https://git.example.org/gitops'], [expect.stringContaining('sourceRepos')]],
    ['all but another', ['!https://git.example.org/other'], []],
  ])('%s', (_, sourceRepos, expected) => {
    expect(refused(project({ sourceRepos }), application())).toEqual(expected);
  });

  test('by ssh, in both ways to write it', () => {
    const spec = { source: { repoURL: 'git@git.example.org:team/gitops.git', path: 'a' } };
    expect(refused(project({ sourceRepos: ['ssh://git@git.example.org/team/gitops'] }), application(spec))).toEqual([]);
  });
});

test('what to do: by hand, or in the ArgoCdDelivery that the project is made of', () => {
  const next = (spec: any) => judged([project(spec), application(), object('v1', 'Secret', 'other')]).filter(({ rule }) => rule.id === 'project-refuses')
    .map(judgement => judgement.next);
  const spec = { sourceRepos: [], namespaceResourceWhitelist: [] };
  expect(next(spec)).toEqual(['add it', 'add { group: "", kind: Secret }, and take it off the list of those that are refused', 'add it']);
  expect(next({ ...spec, description: 'Anything. Written by cdk8s-velero from what is emitted.' })).toEqual(['repository', 'permittedKinds', 'permittedNamespaces'].map(prop =>
    `synthesize again and apply it; what is not emitted belongs into ${prop} of the ArgoCdDelivery, and nothing is changed in the file`));
});

test('silent where the project is not in the input', () => {
  const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole');
  expect(refused(application(), role)).toEqual([]);
  expect(refused(project({}), application({ project: 'default' }), role)).toEqual([]);
  expect(refused(project({}), application({ project: undefined }), role)).toEqual([]);
});
