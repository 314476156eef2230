export { type ICredential } from './credentials/credential';
export { ExistingCredential, type ExistingCredentialOptions } from './credentials/existing-credential';
export { SealedCredential, type SealedCredentialOptions } from './credentials/sealed-credential';
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
  AccessMode, BackupStorageLocation, type BackupStorageLocationAttributes, type BackupStorageLocationProps, type CertificateReference,
  type IBackupStorageLocation,
} from './storage/backup-storage-location';
export { type AwsProps, ChecksumAlgorithm, ObjectStore, type ObjectStoreOptions, type RgwProps, type S3CompatibleOptions, type S3CompatibleProps } from './storage/object-store';
