import { hasSyncOption, type Manifest } from '../model';

/**
 * Whether prune leaves an object alone that git has no longer: ArgoCD, Flux and Helm each have a word for that.
 *
 * @see gitops-engine v0.7.1 pkg/sync/sync_context.go:1224: ArgoCD asks the object in the cluster, which is as it was
 */
export function isKept(manifest: Manifest): boolean {
  const { annotations } = manifest;
  return hasSyncOption(manifest, 'Prune=false')
    || annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled'
    || annotations['helm.sh/resource-policy'] === 'keep';
}

/** What ArgoCD does with an object that git has no longer, as a clause. */
export function fate(manifest: Manifest): string {
  return isKept(manifest) ? 'prune leaves it in the cluster' : isConfirmed(manifest) ? 'prune deletes it once somebody confirms' : 'prune deletes it';
}

/** The command that deletes what prune leaves. Without a name it is for somebody to fill in: what is told of several alike is told once. */
export function deletion(kind: string, namespace: string, name = 'OLD-NAME'): string {
  return `kubectl ${namespace === '' ? '' : `-n ${namespace} `}delete ${kind.toLowerCase()} ${name}`;
}

/** Whether ArgoCD waits with prune until somebody confirms: ArgoCD 2.14 and later. */
export function isConfirmed(manifest: Manifest): boolean {
  return hasSyncOption(manifest, 'Prune=confirm');
}
