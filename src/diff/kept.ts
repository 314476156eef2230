import { hasSyncOption, type Manifest } from '../model';
import { type Comparison } from './comparison';

/**
 * Whether prune leaves an object alone that git has no longer: ArgoCD, Flux and Helm each have a word for that.
 *
 * @see gitops-engine v0.7.1 pkg/sync/sync_context.go:1224: ArgoCD asks the object in the cluster, which is as it was
 */
export function isKept(manifest: Manifest, comparison: Comparison): boolean {
  const { annotations } = manifest;
  return hasSyncOption(manifest, 'Prune=false')
    || isSparedByAll(manifest, comparison)
    || annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled'
    || annotations['helm.sh/resource-policy'] === 'keep';
}

/** Whether git has an object no longer, and prune deletes it. */
export function isPruned(manifest: Manifest, comparison: Comparison): boolean {
  return comparison.pairOf(manifest) === undefined && !isKept(manifest, comparison);
}

/** Whether the Application that delivered it prunes nothing, as it is now. */
function isSparedByAll(manifest: Manifest, { was, is }: Comparison): boolean {
  const before = was.deliveries().applicationOf(manifest);
  const application = before && (is.applications.get(before.namespace, before.name) ?? before);
  return application !== undefined && (!application.prunes || application.syncOptions.includes('Prune=false'));
}

/** What ArgoCD does with an object that git has no longer, as a clause. */
export function fate(manifest: Manifest, comparison: Comparison): string {
  return isKept(manifest, comparison) ? 'prune leaves it in the cluster' : isConfirmed(manifest) ? 'prune deletes it once somebody confirms' : 'prune deletes it';
}

/** The command that deletes what prune leaves. Without a name it is for somebody to fill in: what is told of several alike is told once. */
export function deletion(kind: string, namespace: string, name = 'OLD-NAME'): string {
  return `kubectl ${namespace === '' ? '' : `-n ${namespace} `}delete ${kind.toLowerCase()} ${name}`;
}

/** Whether ArgoCD waits with prune until somebody confirms: ArgoCD 2.14 and later. */
export function isConfirmed(manifest: Manifest): boolean {
  return hasSyncOption(manifest, 'Prune=confirm');
}
