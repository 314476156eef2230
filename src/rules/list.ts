import { rule as acknowledgementIdle } from './acknowledgement-idle';
import { rule as alertNeverFires } from './alert-never-fires';
import { rule as argocdDestroys } from './argocd-destroys';
import { rule as argocdFights } from './argocd-fights';
import { rule as backupsPruned } from './backups-pruned';
import { rule as bucketClaimRefused } from './bucket-claim-refused';
import { rule as bucketExpires } from './bucket-expires';
import { rule as configmapInvalid } from './configmap-invalid';
import { rule as crdMissing } from './crd-missing';
import { rule as credentialUnusable } from './credential-unusable';
import { rule as cronInvalid } from './cron-invalid';
import { rule as databaseLive } from './database-live';
import { rule as durationInvalid } from './duration-invalid';
import { rule as filtersMixed } from './filters-mixed';
import { rule as hardCodedName } from './hard-coded-name';
import { rule as hookIncomplete } from './hook-incomplete';
import { rule as hookTooEarly } from './hook-too-early';
import { rule as hookVoid } from './hook-void';
import { rule as imageFloating } from './image-floating';
import { rule as imageWithoutShell } from './image-without-shell';
import { rule as locationChecksum } from './location-checksum';
import { rule as locationConfig } from './location-config';
import { rule as locationDefault } from './location-default';
import { rule as locationPort } from './location-port';
import { rule as locationShared } from './location-shared';
import { rule as locationSingleDomain } from './location-single-domain';
import { rule as locationTls } from './location-tls';
import { rule as locationUnknown } from './location-unknown';
import { rule as locationUnreachable } from './location-unreachable';
import { rule as metricUnknown } from './metric-unknown';
import { rule as missingField } from './missing-field';
import { rule as namespaceNotPrivileged } from './namespace-not-privileged';
import { rule as namespaceTwice } from './namespace-twice';
import { rule as namespaceUncovered } from './namespace-uncovered';
import { rule as namespaceUnknown } from './namespace-unknown';
import { rule as networkBlocked } from './network-blocked';
import { rule as nodeAgentMissing } from './node-agent-missing';
import { rule as objectUnreached } from './object-unreached';
import { rule as ownerReference } from './owner-reference';
import { rule as placementNotInherited } from './placement-not-inherited';
import { rule as plaintextSecret } from './plaintext-secret';
import { rule as pluginCorrupts } from './plugin-corrupts';
import { rule as pluginMissing } from './plugin-missing';
import { rule as projectRefuses } from './project-refuses';
import { rule as randomUid } from './random-uid';
import { rule as repositoryPasswordMisnamed } from './repository-password-misnamed';
import { rule as repositoryPasswordMissing } from './repository-password-missing';
import { rule as repositoryPasswordPublic } from './repository-password-public';
import { rule as repositoryPasswordRace } from './repository-password-race';
import { rule as resourcePolicy } from './resource-policy';
import { rule as resticDeprecated } from './restic-deprecated';
import { rule as resticRemoved } from './restic-removed';
import { rule as restoreRefused } from './restore-refused';
import { rule as restoreWithoutPods } from './restore-without-pods';
import { rule as retentionShort } from './retention-short';
import { rule as rpoUnreachable } from './rpo-unreachable';
import { type Rule } from './rule';
import { rule as scheduleName } from './schedule-name';
import { rule as schedulesCollide } from './schedules-collide';
import { rule as scratchSaved } from './scratch-saved';
import { rule as serverNotSingle } from './server-not-single';
import { rule as skipImmediately } from './skip-immediately';
import { rule as snapshotWithoutCsi } from './snapshot-without-csi';
import { rule as unknownField } from './unknown-field';
import { rule as unknownFlag } from './unknown-flag';
import { rule as unreadableField } from './unreadable-field';
import { rule as uploaderImplicit } from './uploader-implicit';
import { rule as versionMix } from './version-mix';
import { rule as versionUnsupported } from './version-unsupported';
import { rule as volumeNotSaved } from './volume-not-saved';
import { rule as waveOrder } from './wave-order';

/** Every rule, in the order of docs/RULES.md. The last two judge what the others did. */
export const RULES: readonly Rule[] = [
  // What Velero consists of
  resticRemoved,
  resticDeprecated,
  uploaderImplicit,
  unknownFlag,
  hardCodedName,
  nodeAgentMissing,
  namespaceNotPrivileged,
  versionMix,
  crdMissing,
  pluginMissing,
  pluginCorrupts,
  randomUid,
  serverNotSingle,
  imageFloating,
  imageWithoutShell,
  configmapInvalid,
  placementNotInherited,
  networkBlocked,
  versionUnsupported,

  // The repository and its password
  repositoryPasswordMissing,
  repositoryPasswordMisnamed,
  repositoryPasswordPublic,
  repositoryPasswordRace,
  plaintextSecret,

  // Locations
  locationUnknown,
  locationDefault,
  locationConfig,
  locationChecksum,
  locationTls,
  locationUnreachable,
  locationPort,
  locationShared,
  locationSingleDomain,
  bucketClaimRefused,
  bucketExpires,
  credentialUnusable,

  // Schedules
  cronInvalid,
  scheduleName,
  skipImmediately,
  backupsPruned,
  ownerReference,
  durationInvalid,
  retentionShort,
  rpoUnreachable,
  schedulesCollide,
  namespaceUnknown,
  namespaceTwice,
  namespaceUncovered,
  filtersMixed,
  resourcePolicy,

  // Volumes
  scratchSaved,
  volumeNotSaved,
  snapshotWithoutCsi,

  // Hooks and databases
  hookIncomplete,
  hookTooEarly,
  hookVoid,
  databaseLive,

  // Restores
  restoreWithoutPods,
  restoreRefused,

  // Monitoring and delivery
  alertNeverFires,
  metricUnknown,
  argocdDestroys,
  argocdFights,
  waveOrder,
  objectUnreached,
  projectRefuses,

  // Manifests and this library
  unknownField,
  missingField,
  unreadableField,
  acknowledgementIdle,
];
