/** Kinds that ArgoCD does not look at: an entry of `resource.exclusions`. */
export interface Exclusion {
  readonly apiGroups: readonly string[];
  readonly kinds: readonly string[];
  readonly clusters?: readonly string[];
}

/** The first minor whose `argocd-cm` comes with exclusions. */
export const USUAL_SINCE = '3.0';

/**
 * What ArgoCD excludes by itself since 3.0. Whoever writes the key writes all of it.
 *
 * @see argo-cd v3.5.1 manifests/base/config/argocd-cm.yaml, the same since v3.0.0
 */
export const USUAL_EXCLUSIONS: readonly Exclusion[] = [
  { apiGroups: ['', 'discovery.k8s.io'], kinds: ['Endpoints', 'EndpointSlice'] },
  { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
  {
    apiGroups: ['authentication.k8s.io', 'authorization.k8s.io'],
    kinds: ['SelfSubjectReview', 'TokenReview', 'LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  },
  { apiGroups: ['certificates.k8s.io'], kinds: ['CertificateSigningRequest'] },
  { apiGroups: ['cert-manager.io'], kinds: ['CertificateRequest'] },
  { apiGroups: ['cilium.io'], kinds: ['CiliumIdentity', 'CiliumEndpoint', 'CiliumEndpointSlice'] },
  {
    apiGroups: ['kyverno.io', 'reports.kyverno.io', 'wgpolicyk8s.io'],
    kinds: [
      'PolicyReport', 'ClusterPolicyReport', 'EphemeralReport', 'ClusterEphemeralReport', 'AdmissionReport', 'ClusterAdmissionReport', 'BackgroundScanReport',
      'ClusterBackgroundScanReport', 'UpdateRequest',
    ],
  },
];

/** What Velero makes for itself, several for each backup. */
export const MADE_BY_VELERO = [
  'BackupRepository', 'DataDownload', 'DataUpload', 'DeleteBackupRequest', 'DownloadRequest', 'PodVolumeBackup', 'PodVolumeRestore', 'ServerStatusRequest',
];

/** What Schedules make: hundreds, which inherit the annotations of their Schedule. Somebody may keep a Restore in git; then ArgoCD must see it. */
export const MADE_BY_SCHEDULES = ['Backup', 'Restore'];
