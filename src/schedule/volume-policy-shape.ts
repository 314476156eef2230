import { listOf, mapOf, required, struct, TEXT, thing } from '../findings';
import { SELECTOR } from './label-selector';
import type { ClusterScopedFilterPolicy, IncludeExcludePolicy, NamespacedFilterPolicy, ResourceFilter } from './resource-filter';
import type { VolumePolicyProps } from './volume-policy';
import type { CsiVolumeCondition, NfsVolumeCondition, VolumeRule } from './volume-rule';

const TEXTS = listOf(TEXT);
const TEXT_MAP = mapOf(TEXT);
const SIZE = thing('a Size, such as Size.gibibytes(100)', value => typeof value?.toKibibytes === 'function');
const ACTION = thing('a VolumeAction, such as VolumeAction.SKIP', value => typeof value?._toPolicy === 'function');

const RULE = struct<VolumeRule>({
  action: required(ACTION),
  capacityFrom: SIZE,
  capacityTo: SIZE,
  storageClasses: TEXTS,
  nfs: struct<NfsVolumeCondition>({ server: TEXT, path: TEXT }),
  csi: struct<CsiVolumeCondition>({ driver: TEXT, volumeAttributes: TEXT_MAP }),
  volumeTypes: TEXTS,
  pvcLabels: TEXT_MAP,
  pvcPhase: TEXTS,
  pvcVolumeMode: TEXT,
  pvcAccessModes: TEXTS,
});

const FILTERS = required(listOf(struct<ResourceFilter>({
  kinds: TEXTS, labelSelector: SELECTOR, orLabelSelectors: listOf(SELECTOR), names: TEXTS, excludedNames: TEXTS,
})));

/** What a volume policy is made of. */
export const VOLUME_POLICY = required(struct<VolumePolicyProps>({
  namespace: TEXT,
  name: TEXT,
  rules: listOf(RULE),
  includeExcludePolicy: struct<IncludeExcludePolicy>({
    includedClusterScopedResources: TEXTS,
    excludedClusterScopedResources: TEXTS,
    includedNamespaceScopedResources: TEXTS,
    excludedNamespaceScopedResources: TEXTS,
  }),
  clusterScopedFilterPolicy: struct<ClusterScopedFilterPolicy>({ resourceFilters: FILTERS }),
  namespacedFilterPolicies: listOf(struct<NamespacedFilterPolicy>({ namespaces: required(TEXTS), resourceFilters: FILTERS })),
}));
