/** How ArgoCD is to treat the objects of one kind in one role. */
export interface DeliveryRule {
  /** Waves are applied in ascending order; each waits for the one before to be healthy. */
  readonly wave: number;
  readonly syncOptions?: string[];
  readonly compareOptions?: string[];
}

const KEEP = ['Prune=false', 'Delete=false'];
/** The CustomResourceDefinition may come with the same sync: without this the dry run of the object fails. */
const AWAITED = 'SkipDryRunOnMissingResource=true';

/**
 * One row a kind, or a role where one kind plays several.
 *
 * What is kept on prune and delete is what cannot be had back from git: definitions (their deletion deletes every object), namespaces,
 * credentials (their deletion deletes the Secret that opens the repositories), locations and schedules (their annotations reach the Backups), and the
 * volume policies of schedules that are kept: without its policy a backup fails validation.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const DELIVERY = {
  CustomResourceDefinition: { wave: -10, syncOptions: [...KEEP, 'ServerSideApply=true'] },
  Namespace: { wave: -9, syncOptions: KEEP },
  SealedSecret: { wave: -6, syncOptions: [...KEEP, AWAITED] },
  ServiceAccount: { wave: -2 },
  ClusterRole: { wave: -2 },
  ClusterRoleBinding: { wave: -2 },
  Role: { wave: -2 },
  RoleBinding: { wave: -2 },
  ConfigMap: { wave: -2 },
  VolumePolicy: { wave: -2, syncOptions: ['Prune=false'] },
  Service: { wave: -2 },
  Deployment: { wave: 0 },
  DaemonSet: { wave: 0 },
  BackupStorageLocation: { wave: 1, syncOptions: [...KEEP, AWAITED] },
  Schedule: { wave: 2, syncOptions: ['Prune=false', AWAITED], compareOptions: ['IgnoreExtraneous'] },
} satisfies Record<string, DeliveryRule>;

export type DeliveryRole = keyof typeof DELIVERY;
