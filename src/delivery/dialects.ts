import { DELIVERY, DeliveryRole, DeliveryRule } from './table';

/**
 * Who applies the manifests.
 */
export enum DeliveryDialect {
  /** ArgoCD: waves, and what it may neither prune nor delete. */
  ARGOCD = 'argocd',
  /** Flux: what its kustomize-controller may not prune. It has no waves; order is that of Kustomizations with `dependsOn`. */
  FLUX = 'flux',
  /** Anybody else, such as kubectl: no annotations. */
  NONE = 'none',
}

/** Annotations by name. */
type Annotations = Readonly<Record<string, string>>;

/** Thousands of schedules have one role. */
const known = new Map<string, Annotations>();

/** What an object of a role says to whoever applies it. */
export function annotationsFor(dialect: DeliveryDialect, role: DeliveryRole): Annotations {
  const key = `${dialect} ${role}`;
  const annotations = known.get(key) ?? Object.freeze(ANNOTATIONS[dialect](DELIVERY[role]));
  known.set(key, annotations);
  return annotations;
}

const ANNOTATIONS: Record<DeliveryDialect, (rule: DeliveryRule) => Annotations> = {
  [DeliveryDialect.ARGOCD]: ({ wave, syncOptions, compareOptions }) => ({
    'argocd.argoproj.io/sync-wave': String(wave),
    ...(syncOptions && { 'argocd.argoproj.io/sync-options': syncOptions.join(',') }),
    ...(compareOptions && { 'argocd.argoproj.io/compare-options': compareOptions.join(',') }),
  }),

  // Holds when the object goes from git and when the Kustomization is deleted: https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
  [DeliveryDialect.FLUX]: ({ syncOptions }) => ({
    ...(syncOptions?.includes('Prune=false') && { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }),
  }),

  [DeliveryDialect.NONE]: () => ({}),
};
