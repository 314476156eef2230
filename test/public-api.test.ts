import * as library from '../src';

/** What users import. A name that goes is a breaking change; one that comes is a decision. */
test('the library exports these names', () => {
  expect(Object.keys(library).sort()).toEqual([
    'AccessMode', 'ArgoCdDelivery', 'ArgoCdSettings', 'BackupHooks', 'BackupSchedule', 'BackupStorageLocation', 'BackupTier',
    'ChecksumAlgorithm', 'CronExpression', 'Delivery', 'DeliveryDialect', 'ExistingCredential', 'ExternalCredential', 'FindingSeverity',
    'Findings', 'FullMaintenanceInterval', 'HookErrorMode', 'ImagePullPolicy', 'KopiaRepository', 'LabelSelectorOperator', 'LogFormat',
    'LogLevel', 'NodeOperator', 'ObjectStore', 'ResticRepository', 'RgwBucket', 'RgwObjectStore', 'RgwPool', 'RgwUser', 'RgwUserKeys',
    'RookVersion', 'SealedCredential', 'SecretStoreKind', 'ServerController', 'TaintEffect', 'TieredSchedule', 'TolerationOperator', 'Uploader',
    'VeleroFeature', 'VeleroInstall', 'VeleroVersion', 'VolumeAction', 'VolumeClaimAccessMode', 'VolumeClaimMode', 'VolumeClaimPhase',
    'VolumePolicy', 'VolumeType',
  ]);
});
