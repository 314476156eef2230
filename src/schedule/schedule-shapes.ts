import { DURATION, listOf, mapOf, NUMBER, required, Shape, struct, TEXT, thing, TRUTH } from '../findings';
import type { BackupOptions } from './backup-options';
import type { BackupScheduleProps } from './backup-schedule';
import { SELECTOR } from './label-selector';
import { OFFSITE_COPY } from './offsite-copy';
import type { BackupApplication, TieredScheduleProps } from './tiered-schedule';

const TEXTS = listOf(TEXT);
const TEXT_MAP = mapOf(TEXT);

const LOCATION = thing(
  'a location, such as a BackupStorageLocation', value => typeof value?.locationName === 'string' && typeof value.namespace === 'string',
);
const CRON = thing("a CronExpression, such as CronExpression.of('0 2 * * *')", value => typeof value?.longestGap === 'function');
const TIER = thing('a BackupTier', value => typeof value?.schedulePrefix === 'string' && typeof value.rpo?.toSeconds === 'function');
const POLICY = thing('a policy, such as a VolumePolicy', value => typeof value?.configMapName === 'string' && typeof value.namespace === 'string');
const HOOKS = thing('hooks, made by BackupHooks.of', value => typeof value?._toKube === 'function');

const OPTIONS: Shape<BackupOptions> = {
  includedResources: TEXTS,
  excludedResources: TEXTS,
  includeClusterResources: TRUTH,
  includedClusterScopedResources: TEXTS,
  excludedClusterScopedResources: TEXTS,
  includedNamespaceScopedResources: TEXTS,
  excludedNamespaceScopedResources: TEXTS,
  labelSelector: SELECTOR,
  orLabelSelectors: listOf(SELECTOR),
  orderedResources: mapOf(TEXTS),
  hooks: HOOKS,
  defaultVolumesToFsBackup: TRUTH,
  defaultVolumesToRestic: TRUTH,
  snapshotVolumes: TRUTH,
  volumeSnapshotLocations: TEXTS,
  snapshotMoveData: TRUTH,
  datamover: TEXT,
  csiSnapshotTimeout: DURATION,
  itemOperationTimeout: DURATION,
  parallelFilesUpload: NUMBER,
  volumeGroupSnapshotLabelKey: TEXT,
  paused: TRUTH,
  skipImmediately: TRUTH,
  useOwnerReferencesInBackup: TRUTH,
};

/** What a schedule is made of. */
export const SCHEDULE = struct<BackupScheduleProps>({
  ...OPTIONS,
  name: TEXT,
  location: required(LOCATION),
  cron: required(CRON),
  ttl: DURATION,
  tier: TIER,
  rpo: DURATION,
  rto: DURATION,
  includedNamespaces: TEXTS,
  excludedNamespaces: TEXTS,
  volumePolicy: POLICY,
  labels: TEXT_MAP,
  backupLabels: TEXT_MAP,
  annotations: TEXT_MAP,
});

/** What an application of a tier is made of. */
export const APPLICATION = required(struct<BackupApplication>({
  ...OPTIONS, name: required(TEXT), namespaces: TEXTS, cron: CRON, ttl: DURATION, volumes: POLICY, offsite: TRUTH,
}));

/** What the schedules of a tier are made of. */
export const TIERED_SCHEDULE = struct<TieredScheduleProps>({
  ...OPTIONS,
  tier: required(TIER),
  location: required(LOCATION),
  applications: required(listOf(APPLICATION)),
  offsite: OFFSITE_COPY,
  namePrefix: TEXT,
  volumePolicy: POLICY,
  window: DURATION,
  windowStart: DURATION,
});
