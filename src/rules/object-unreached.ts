import { type BackupModel, type Manifest } from '../model';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'object-unreached',
  severities: ['warning'],
  title: 'A file in the folder of an Application of ArgoCD that no Application takes',
  goesWrong: 'An Application reads the files of its folder that its pattern `include` names, without those of `exclude`, and those of the folders below only with `recurse`. A file that none of '
    + 'them takes is in git, passes every review and never reaches the cluster: a schedule in it makes no backup, and ArgoCD, which compares only what it reads, shows everything as Synced.',
  fix: 'name the file in include of an Application, or move it',
  reference: 'https://argo-cd.readthedocs.io/en/stable/user-guide/directory/; argo-cd v3.5.1 reposerver/repository/repository.go, getPotentiallyValidManifestFile',
  check: model => model.applications.all.length === 0 ? [] : unreached(model),
  install: '1.18.3',
  bad: () => example('schedules/*.yaml'),
  good: () => example('*.yaml'),
};

function example(include: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: velero, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.org/gitops.git, targetRevision: main, path: ., directory: { include: "${include}" } }
  destination: { server: https://kubernetes.default.svc, namespace: velero }
`;
}

/** One finding a file, about its first object. */
function unreached(model: BackupModel): Verdict[] {
  const first = new Map<string, Manifest>();
  model.manifests.filter(manifest => !isForArgoCdItself(manifest)).forEach(manifest => {
    const { file } = manifest.at;
    if (file !== undefined && !manifest.isFromCluster) {
      first.set(file, first.get(file) ?? manifest);
    }
  });
  return [...first].flatMap(([file, manifest]) => {
    const missing = model.deliveries().missing(file);
    return missing.length === 0 ? [] : [{
      on: manifest,
      what: 'file',
      got: file.slice(file.lastIndexOf('/') + 1),
      wanted: `one that ${missing.slice(0, 3).map(application => application.manifest).join(' or ')} takes: what is in it never reaches the cluster`,
    }];
  });
}

/** What tells ArgoCD of all the others is applied by hand, or by an Application above it. */
function isForArgoCdItself({ group, kind, name }: Manifest): boolean {
  return group === 'argoproj.io' || (kind === 'ConfigMap' && name === 'argocd-cm');
}
