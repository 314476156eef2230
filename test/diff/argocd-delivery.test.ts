import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const application = (all: Objects, source: object = { path: '.', directory: {} }, more: object = {}) => {
  all.Application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'velero', namespace: 'argocd', ...more },
    spec: { project: 'backups', source, destination: { namespace: 'velero' } },
  };
};
const project = (all: Objects, name: string, kinds: object[] = []) => {
  all.AppProject = {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name, namespace: 'argocd' }, spec: { namespaceResourceWhitelist: kinds },
  };
};
/** A kind that no table knows: its definition, an object of it, and a project with the kind in one list or the other. */
const defined = (all: Objects, scope: string, list: string, kinds: object[]) => {
  application(all);
  all.CustomResourceDefinition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'vaults.example.org' },
    spec: { group: 'example.org', names: { kind: 'Vault', plural: 'vaults' }, scope, versions: [{ name: 'v1', served: true }] },
  };
  all.Vault = { apiVersion: 'example.org/v1', kind: 'Vault', metadata: { name: 'a' } };
  all.AppProject = {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'backups', namespace: 'argocd' }, spec: { namespaceResourceWhitelist: [], [list]: kinds },
  };
};
const VAULTS = [{ group: 'example.org', kind: 'Vault' }];
const SCHEDULES = [{ group: 'velero.io', kind: 'Schedule' }];
const FINALIZERS = { finalizers: ['resources-finalizer.argocd.argoproj.io'] };
const tracked = { annotations: { 'argocd.argoproj.io/tracking-id': 'velero:argoproj.io/Application:argocd/velero' } };

testChanges([
  {
    what: 'another folder, in which these manifests do not lie',
    was: all => application(all),
    is: all => application(all, { path: 'other' }),
    told: [
      [
        'destructive delivery-changed Application argocd/velero: source.directory, source.path . → other',
        'It delivers 2 objects less: orders, velero. With prune ArgoCD deletes what it does not find.',
        'No Application here delivers it: where somebody applied it by hand, somebody must again (kubectl apply -f all.yaml).',
      ],
    ],
  },
  {
    what: 'the root, spelled out',
    was: all => application(all, { path: 'here' }),
    is: all => application(all, { path: './' }),
    told: [
      ['notable delivery-changed Application argocd/velero: source.path here → ./'],
    ],
  },
  {
    what: 'another repository',
    was: all => application(all, { path: '.', repoURL: 'https://git.example.org/a.git' }),
    is: all => application(all, { path: '.', repoURL: 'https://git.example.org/b.git' }),
    told: [
      [
        'notable delivery-changed Application argocd/velero: source.repoURL https://git.example.org/a.git → https://git.example.org/b.git',
        'It reads another repository: with prune ArgoCD deletes what it does not find there.',
      ],
    ],
  },
  {
    what: 'its files are left out',
    was: all => application(all),
    is: all => application(all, { path: '.', directory: { exclude: '*.yaml' } }),
    told: [
      [
        'destructive delivery-changed Application argocd/velero: source.directory.exclude nothing → "*.yaml"',
        'It delivers 21 objects less: archive, bucket, data, db, fast and 16 more. With prune ArgoCD deletes what it does not find.',
        'No Application here delivers it: where somebody applied it by hand, somebody must again (kubectl apply -f all.yaml).',
      ],
    ],
  },
  {
    what: 'deletes with it what it delivered',
    was: all => application(all),
    is: all => application(all, undefined, FINALIZERS),
    told: [
      [
        'notable delivery-changed Application argocd/velero: metadata.finalizers',
        'Who deletes the Application deletes all that it delivered, but for what says Delete=false.',
      ],
    ],
  },
  {
    what: 'leaves behind what it delivered',
    was: all => application(all, undefined, FINALIZERS),
    is: all => application(all),
    told: [
      [
        'notable delivery-changed Application argocd/velero: metadata.finalizers',
        'What it delivered stays when somebody deletes the Application.',
      ],
    ],
  },
  {
    what: 'delivers itself',
    was: all => application(all, undefined, tracked),
    is: all => application(all, { path: '.', directory: { recurse: true } }, tracked),
    told: [
      ['notable delivery-changed Application argocd/velero: source.directory.recurse nothing → true'],
    ],
  },
  {
    what: 'a project that no longer permits what its Application delivers',
    was: all => { application(all); project(all, 'backups', SCHEDULES); },
    is: all => { application(all); project(all, 'backups'); },
    told: [
      [
        'destructive delivery-changed AppProject argocd/backups: namespaceResourceWhitelist',
        'It no longer permits Schedule, of which there are objects: the whole sync fails, and nothing is applied.',
      ],
    ],
  },
  {
    what: 'a project that no longer permits a kind of the whole cluster, by its definition',
    was: all => defined(all, 'Cluster', 'clusterResourceWhitelist', VAULTS),
    is: all => defined(all, 'Cluster', 'namespaceResourceWhitelist', VAULTS),
    told: [
      [
        'destructive delivery-changed AppProject argocd/backups: clusterResourceWhitelist, namespaceResourceWhitelist',
        'It no longer permits Vault, of which there are objects: the whole sync fails, and nothing is applied.',
      ],
    ],
  },
  {
    what: 'a project that no longer permits a kind that lives in namespaces, by its definition',
    was: all => defined(all, 'Namespaced', 'namespaceResourceWhitelist', VAULTS),
    is: all => defined(all, 'Namespaced', 'clusterResourceWhitelist', VAULTS),
    told: [
      [
        'destructive delivery-changed AppProject argocd/backups: clusterResourceWhitelist, namespaceResourceWhitelist',
        'It no longer permits Vault, of which there are objects: the whole sync fails, and nothing is applied.',
      ],
    ],
  },
  {
    what: 'a list in which the kind never counted',
    was: all => defined(all, 'Cluster', 'namespaceResourceWhitelist', VAULTS),
    is: all => defined(all, 'Cluster', 'namespaceResourceWhitelist', []),
    told: [
      ['notable delivery-changed AppProject argocd/backups: namespaceResourceWhitelist'],
    ],
  },
  {
    what: 'a project of others',
    was: all => { application(all); project(all, 'others', SCHEDULES); },
    is: all => { application(all); project(all, 'others'); },
    told: [
      ['notable delivery-changed AppProject argocd/others: namespaceResourceWhitelist'],
    ],
  },
]);
