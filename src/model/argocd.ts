import { type Manifest } from './manifest';
import { type Workload } from './workload';

/** Annotations that ArgoCD reads or writes. */
const PREFIX = 'argocd.argoproj.io/';

/** The label that ArgoCD marks its objects with where it tracks them by label. */
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';

/** How the description of an AppProject ends that `ArgoCdDelivery` writes: what it permits is declared there. */
export const GENERATED = 'Written by cdk8s-velero from what is emitted.';

/** Whether an object tells ArgoCD something, or was told something by it. */
export function isForArgoCd({ annotations }: Manifest): boolean {
  for (const key in annotations) {
    if (key.startsWith(PREFIX)) {
      return true;
    }
  }
  return false;
}

/** The options of an object itself: `Prune=false`, `Replace=true`. */
export function hasSyncOption({ annotations }: Manifest, ...options: readonly string[]): boolean {
  const text = annotations[`${PREFIX}sync-options`];
  return text !== undefined && text.split(',').some(option => options.includes(option.trim()));
}

/** The Application that ArgoCD noted on an object; nothing where it tracks by label, or never saw the object. */
export function trackedBy({ annotations }: Manifest): string | undefined {
  const [, application] = /^(?:[^:_]*_)?([^:]*):/.exec(annotations[`${PREFIX}tracking-id`] ?? '') ?? [];
  return application;
}

/** The wave in which ArgoCD applies an object: 0 where it says none, or no whole number. Hooks have waves of their own. */
export function syncWave({ annotations }: Manifest): number {
  const text = annotations[`${PREFIX}sync-wave`] ?? '';
  return /^[+-]?\d+$/.test(text) ? Number(text) : 0;
}

/** Whether ArgoCD applies an object in a phase of its own, or not at all. */
export function isHook({ annotations }: Manifest): boolean {
  return annotations[`${PREFIX}hook`] !== undefined;
}

/** A release of ArgoCD. */
export interface ArgoCdVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The ArgoCD that runs; nothing where the input does not have it. */
export function argoCdVersion(workloads: readonly Workload[]): ArgoCdVersion | undefined {
  const images = workloads.flatMap(({ pod }) => pod.containers.flatMap(({ image }) => image?.name === 'argocd' && image.version ? [image.version] : []));
  const [major, minor, patch] = images[0]?.split('.').map(Number) ?? [];
  return images.length === 0 ? undefined : { major, minor, patch };
}
