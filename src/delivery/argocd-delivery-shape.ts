import { DURATION, listOf, NUMBER, required, struct, TEXT, TRUTH } from '../findings';
import type { ArgoCdDeliveryProps, ArgoCdDestination, ArgoCdRetry } from './argocd-delivery';
import type { PermittedKind } from './project';

/** What a delivery is made of. */
export const ARGOCD_DELIVERY = struct<ArgoCdDeliveryProps>({
  repository: required(TEXT),
  revision: required(TEXT),
  path: required(TEXT),
  name: TEXT,
  namespace: TEXT,
  project: TEXT,
  createProject: TRUTH,
  destination: struct<ArgoCdDestination>({ server: TEXT, name: TEXT }),
  separateDefinitions: TRUTH,
  automated: TRUTH,
  prune: TRUTH,
  selfHeal: TRUTH,
  retry: struct<ArgoCdRetry>({ limit: NUMBER, backoff: DURATION, factor: NUMBER, maxBackoff: DURATION }),
  syncWindows: TRUTH,
  backupDuration: DURATION,
  permittedKinds: listOf(struct<PermittedKind>({ group: TEXT, kind: required(TEXT), clusterScoped: TRUTH })),
  permittedNamespaces: listOf(TEXT),
});
