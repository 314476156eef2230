import { type Application, type AppProject, type Manifest, type Scopes } from '../model';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'project-refuses',
  severities: ['error'],
  title: 'An AppProject of ArgoCD that does not permit what its Application delivers',
  goesWrong: 'ArgoCD compares every object with the lists of the AppProject before it applies any. One that is not permitted ends the whole sync with `resource … is not permitted in project …`: '
    + 'nothing of the Application is applied, neither the new schedule nor the fix of the old one, while Velero goes on with what it has. Kinds of the whole cluster, such as '
    + 'CustomResourceDefinition and Namespace, are permitted only where the project lists them.',
  fix: 'permit it in the AppProject',
  reference: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/; argo-cd v3.5.1 controller/sync.go, validateSyncPermissions; pkg/apis/application/v1alpha1/app_project_types.go',
  check: model => model.applications.all.flatMap(application => {
    const project = model.appProjects.get(application.namespace, application.project ?? 'default');
    return project === undefined ? [] : refused({
      application, project, manifests: model.deliveries().of(application), scopes: model.scopes(),
    });
  }),
  install: '1.18.3',
  bad: () => example('{ group: velero.io, kind: "*" }'),
  good: () => example('{ group: velero.io, kind: DeleteBackupRequest }'),
};

function example(refusedKind: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: backups, namespace: argocd }
spec:
  sourceRepos: [https://git.example.org/gitops.git]
  destinations: [{ server: https://kubernetes.default.svc, namespace: velero }]
  clusterResourceWhitelist: [{ group: "", kind: Namespace }]
  namespaceResourceBlacklist: [${refusedKind}]
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: velero, namespace: argocd }
spec:
  project: backups
  source: { repoURL: https://git.example.org/gitops.git, targetRevision: main, path: ., directory: { recurse: true } }
  destination: { server: https://kubernetes.default.svc, namespace: velero }
`;
}

/** An Application, what it delivers, and what it may. */
interface Delivery {
  readonly application: Application;
  readonly project: AppProject;
  readonly manifests: readonly Manifest[];
  readonly scopes: Scopes;
}

function refused(delivery: Delivery): Verdict[] {
  return [...refusedSources(delivery), ...refusedKinds(delivery), ...refusedNamespaces(delivery)];
}

function refusedSources({ application, project }: Delivery): Verdict[] {
  const repositories = new Set(application.sources.flatMap(({ repository }) => repository ?? []));
  return [...repositories].filter(repository => !project.permitsRepository(repository)).map(repository => ({
    on: project.manifest,
    what: 'spec.sourceRepos',
    wanted: `${repository}, which ${application.manifest} takes its objects from`,
    next: nextFor(project, 'repository', 'add it'),
  }));
}

/** One finding a kind. */
function refusedKinds({ project, manifests, scopes }: Delivery): Verdict[] {
  const first = new Map<string, Manifest>();
  manifests.filter(manifest => !isOfArgoCd(manifest)).forEach(manifest => {
    const kind = `${manifest.group}/${manifest.kind}`;
    first.set(kind, first.get(kind) ?? manifest);
  });
  return [...first.values()].filter(manifest => !project.permitsKind(manifest, scopes)).map(manifest => ({
    on: project.manifest,
    what: `spec.${scopes.isNamespaced(manifest) ? 'namespace' : 'cluster'}ResourceWhitelist`,
    wanted: `the kind ${manifest.kind}${manifest.group && ` of ${manifest.group}`}: without, no sync applies ${manifest} or anything beside it`,
    next: nextFor(project, 'permittedKinds', `add { group: "${manifest.group}", kind: ${manifest.kind} }, and take it off the list of those that are refused`),
  }));
}

/** That of the Application too, which ArgoCD asks for before it reads a manifest. */
function refusedNamespaces({ application, project, manifests, scopes }: Delivery): Verdict[] {
  const { destinationNamespace = '' } = application;
  const first = new Map([[destinationNamespace, application.manifest]]);
  manifests.filter(manifest => !isOfArgoCd(manifest) && manifest.namespace !== '' && scopes.isNamespaced(manifest)).forEach(manifest =>
    first.set(manifest.namespace, first.get(manifest.namespace) ?? manifest));
  return [...first].filter(([namespace]) => !project.permitsNamespace(namespace, application)).map(([namespace, manifest]) => ({
    on: project.manifest,
    what: 'spec.destinations',
    wanted: `the namespace ${namespace === '' ? '""' : namespace} of the cluster that ${application.manifest} goes to: without, no sync applies ${manifest}`,
    next: nextFor(project, 'permittedNamespaces', 'add it'),
  }));
}

/** What is emitted is permitted there by itself: somebody patched it, or it is older than the other manifests. */
function nextFor({ isGenerated }: AppProject, prop: string, byHand: string): string {
  return isGenerated ? `synthesize again and apply it; what is not emitted belongs into ${prop} of the ArgoCdDelivery, and nothing is changed in the file` : byHand;
}

/** Applications and projects are of the people who run ArgoCD. */
function isOfArgoCd({ group }: Manifest): boolean {
  return group === 'argoproj.io';
}
