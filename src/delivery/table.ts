/** How the objects of one kind in one role are to be applied and kept. */
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
 * credentials (their deletion deletes the Secret that opens the repositories), object stores and buckets, locations and schedules (their annotations
 * reach the Backups), and the volume policies of schedules that are kept: without its policy a backup fails validation.
 *
 * The waves are those of the needs: the rule `wave-order` holds every app against what its objects need.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const DELIVERY = {
  CustomResourceDefinition: { wave: -10, syncOptions: [...KEEP, 'ServerSideApply=true'] },
  Namespace: { wave: -9, syncOptions: KEEP },
  CephObjectStore: { wave: -8, syncOptions: [...KEEP, AWAITED] },
  CephObjectRealm: { wave: -8, syncOptions: [...KEEP, AWAITED] },
  CephObjectZoneGroup: { wave: -8, syncOptions: [...KEEP, AWAITED] },
  CephObjectZone: { wave: -8, syncOptions: [...KEEP, AWAITED] },
  SealedSecret: { wave: -6, syncOptions: [...KEEP, AWAITED] },
  ExternalSecret: { wave: -6, syncOptions: [...KEEP, AWAITED] },
  CephObjectStoreUser: { wave: -5, syncOptions: [...KEEP, AWAITED] },
  StorageClass: { wave: -5, syncOptions: KEEP },
  ObjectBucketClaim: { wave: -4, syncOptions: [...KEEP, AWAITED] },
  ServiceAccount: { wave: -2 },
  ClusterRole: { wave: -2 },
  ClusterRoleBinding: { wave: -2 },
  Role: { wave: -2 },
  RoleBinding: { wave: -2 },
  ConfigMap: { wave: -2 },
  NetworkPolicy: { wave: -2 },
  VolumePolicy: { wave: -2, syncOptions: ['Prune=false'] },
  Service: { wave: -2 },
  Deployment: { wave: 0 },
  DaemonSet: { wave: 0 },
  BackupStorageLocation: { wave: 1, syncOptions: [...KEEP, AWAITED] },
  Schedule: { wave: 2, syncOptions: ['Prune=false', AWAITED], compareOptions: ['IgnoreExtraneous'] },
  PrometheusRule: { wave: 3, syncOptions: [AWAITED] },
  ServiceMonitor: { wave: 3, syncOptions: [AWAITED] },
  PodMonitor: { wave: 3, syncOptions: [AWAITED] },
  CronJob: { wave: 4 },

  // What tells ArgoCD of all this: for an Application above them, which delivers Applications.
  AppProject: { wave: -2, syncOptions: KEEP },
  DefinitionsApplication: { wave: -1, syncOptions: KEEP },
  Application: { wave: 0, syncOptions: KEEP },
  ArgoCdSettings: { wave: -3, syncOptions: [...KEEP, 'ServerSideApply=true'] },
} satisfies Record<string, DeliveryRule>;

export type DeliveryRole = keyof typeof DELIVERY;
