export { type ICredential } from './credentials/credential';
export { ExistingCredential, type ExistingCredentialOptions } from './credentials/existing-credential';
export {
  ExternalCredential, type ExternalRepositoryPasswordProps, type ExternalS3Props, type RemoteValue, SecretStoreKind, type SecretStoreReference,
} from './credentials/external-credential';
export { SealedCredential, type SealedCredentialOptions } from './credentials/sealed-credential';
export { ArgoCdDelivery, type ArgoCdDeliveryProps, type ArgoCdDestination, type ArgoCdRetry } from './delivery/argocd-delivery';
export { ArgoCdSettings, type ArgoCdSettingsProps, type ExcludedKinds } from './delivery/argocd-settings';
export { Delivery } from './delivery/delivery';
export { DeliveryDialect } from './delivery/dialects';
export { type PermittedKind } from './delivery/project';
export { type Finding, FindingSeverity } from './findings/finding';
export { Findings } from './findings/findings';
export { type ContainerResources } from './install/container-resources';
export { type MaintenanceOptions, type RepositoryMaintenance } from './install/maintenance-options';
export {
  type BackupVolumeOptions, type CacheVolumeOptions, type DataMoverAffinity, type NodeAgentOptions, type NodeConcurrency, type RestoreVolumeOptions,
} from './install/node-agent-options';
export { NodeOperator, type NodeRequirement, type Placement, TaintEffect, type Toleration, TolerationOperator } from './install/placement';
export { type RestoreHelperOptions } from './install/restore-helper-options';
export { ServerController, type VeleroServerOptions } from './install/server-options';
export { VeleroFeature } from './install/velero-feature';
export { ImagePullPolicy, type VeleroImages, type VeleroPlugin } from './install/velero-images';
export { VeleroInstall, type VeleroInstallProps } from './install/velero-install';
export { VeleroVersion } from './install/velero-version';
export { type HostAlias, LogFormat, LogLevel, type WorkloadOptions } from './install/workload-options';
export { type IBackupRepository, Uploader } from './repository/backup-repository';
export { FullMaintenanceInterval, KopiaRepository, type KopiaRepositoryProps } from './repository/kopia-repository';
export { ResticRepository, type ResticRepositoryProps } from './repository/restic-repository';
export { BackupHooks, type BackupHooksProps, type BackupResourceHook, type ExecHook, HookErrorMode } from './schedule/backup-hooks';
export { type BackupOptions } from './schedule/backup-options';
export { BackupSchedule, type BackupScheduleAttributes, type BackupScheduleProps, type IBackupSchedule } from './schedule/backup-schedule';
export { BackupTier, type BackupTierProps } from './schedule/backup-tier';
export { CronExpression } from './schedule/cron-expression';
export { type LabelSelector, LabelSelectorOperator, type LabelSelectorRequirement } from './schedule/label-selector';
export { type OffsiteCopy } from './schedule/offsite-copy';
export {
  type ClusterScopedFilterPolicy, type IncludeExcludePolicy, type NamespacedFilterPolicy, type ResourceFilter,
} from './schedule/resource-filter';
export { type BackupApplication, TieredSchedule, type TieredScheduleProps } from './schedule/tiered-schedule';
export { type IVolumePolicy, VolumePolicy, type VolumePolicyAttributes, type VolumePolicyProps } from './schedule/volume-policy';
export {
  type CsiVolumeCondition, type NfsVolumeCondition, VolumeAction, VolumeClaimAccessMode, VolumeClaimMode, VolumeClaimPhase, type VolumeRule,
  VolumeType,
} from './schedule/volume-rule';
export {
  AccessMode, BackupStorageLocation, type BackupStorageLocationAttributes, type BackupStorageLocationProps, type IBackupStorageLocation,
} from './storage/backup-storage-location';
export { ChecksumAlgorithm } from './storage/checksum-algorithm';
export { type RgwObjectStoreAttributes } from './storage/existing-rgw-object-store';
export {
  type AwsProps, type CertificateReference, type IObjectStore, type MinioProps, ObjectStore, type ObjectStoreOptions,
  type RgwProps, type S3CompatibleOptions, type S3CompatibleProps,
} from './storage/object-store';
export { type IObjectStoreKeys } from './storage/object-store-keys';
export { type IRgwBucket, RgwBucket, type RgwBucketProps } from './storage/rgw-bucket';
export { type RgwResources } from './storage/rgw-gateway';
export { RgwObjectStore, type RgwObjectStoreProps } from './storage/rgw-object-store';
export { type ErasureCodedPoolProps, type ReplicatedPoolProps, RgwPool, type RgwPoolOptions } from './storage/rgw-pool';
export { type IRgwObjectStore, type RgwTls } from './storage/rgw-store';
export { type IRgwUser, RgwUser, type RgwUserProps } from './storage/rgw-user';
export { RgwUserKeys } from './storage/rgw-user-keys';
export { type RgwZone } from './storage/rgw-zone';
export { RookVersion } from './storage/rook-version';
