import { ApiObjectMetadata } from 'cdk8s';
import { DELIVERY, DeliveryRole, DeliveryRule } from './table';

export type { DeliveryRole } from './table';

/**
 * The metadata of an emitted object with what tells ArgoCD how to apply it.
 *
 * Annotations that the caller gives win: a user who sets one knows why.
 *
 * @param role the row of the table, usually the kind
 */
export function deliver(role: DeliveryRole, metadata: ApiObjectMetadata): ApiObjectMetadata {
  const { wave, syncOptions, compareOptions }: DeliveryRule = DELIVERY[role];
  return {
    ...metadata,
    annotations: {
      'argocd.argoproj.io/sync-wave': String(wave),
      ...(syncOptions && { 'argocd.argoproj.io/sync-options': syncOptions.join(',') }),
      ...(compareOptions && { 'argocd.argoproj.io/compare-options': compareOptions.join(',') }),
      ...metadata.annotations,
    },
  };
}
