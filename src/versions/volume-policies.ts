import { type Capability } from './capabilities';

/** A key of a volume policy; those of nested objects are written with dots, as in `conditions.csi.driver`. */
export interface VolumePolicyKey {
  readonly name: string;

  /** What a release must have; every known one has the others. */
  readonly needs?: Capability;

  /** All that means something, where Velero or Kubernetes lists the values. */
  readonly values?: readonly string[];
}

/** @see velero v1.18.3 internal/resourcepolicies/volume_types_conditions.go:29-58 */
const VOLUME_TYPES = [
  'awsAzureDisk', 'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cinder', 'cephfs', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'fc',
  'flocker', 'flexVolume', 'gitRepo', 'glusterfs', 'gcePersistentDisk', 'hostPath', 'iscsi', 'local', 'nfs', 'photonPersistentDisk', 'portworxVolume',
  'projected', 'quobyte', 'rbd', 'scaleIO', 'secret', 'storageOS', 'vsphereVolume',
];

/**
 * Every key that some release takes in the YAML of a volume policy. With any other the whole backup fails validation.
 *
 * @see velero v1.18.3 internal/resourcepolicies/resource_policies.go:50-189, volume_resources_validator.go:28-52
 */
export const VOLUME_POLICY_KEYS: readonly VolumePolicyKey[] = [
  { name: 'version', values: ['v1'] },
  { name: 'volumePolicies' },
  { name: 'volumePolicies.conditions' },
  { name: 'volumePolicies.conditions.capacity' },
  { name: 'volumePolicies.conditions.storageClass' },
  { name: 'volumePolicies.conditions.nfs' },
  { name: 'volumePolicies.conditions.nfs.server' },
  { name: 'volumePolicies.conditions.nfs.path' },
  { name: 'volumePolicies.conditions.csi' },
  { name: 'volumePolicies.conditions.csi.driver' },
  { name: 'volumePolicies.conditions.csi.volumeAttributes', needs: 'volume-policy-csi-attributes' },
  { name: 'volumePolicies.conditions.volumeTypes', values: VOLUME_TYPES },
  { name: 'volumePolicies.conditions.pvcLabels', needs: 'volume-policy-pvc-labels' },
  { name: 'volumePolicies.conditions.pvcPhase', needs: 'volume-policy-pvc-phase', values: ['Pending', 'Bound', 'Lost'] },
  { name: 'volumePolicies.conditions.pvcVolumeMode', needs: 'volume-policy-pvc-volume-mode', values: ['Filesystem', 'Block'] },
  {
    name: 'volumePolicies.conditions.pvcAccessModes',
    needs: 'volume-policy-pvc-access-modes',
    values: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
  },
  { name: 'volumePolicies.action' },
  { name: 'volumePolicies.action.type', values: ['skip', 'fs-backup', 'snapshot', 'custom'] },
  { name: 'volumePolicies.action.parameters' },
  { name: 'includeExcludePolicy', needs: 'volume-policy-include-exclude' },
  ...['includedClusterScopedResources', 'excludedClusterScopedResources', 'includedNamespaceScopedResources', 'excludedNamespaceScopedResources']
    .map((name): VolumePolicyKey => ({ name: `includeExcludePolicy.${name}`, needs: 'volume-policy-include-exclude' })),
  { name: 'clusterScopedFilterPolicy', needs: 'volume-policy-resource-filters' },
  { name: 'clusterScopedFilterPolicy.resourceFilters', needs: 'volume-policy-resource-filters' },
  { name: 'namespacedFilterPolicies', needs: 'volume-policy-resource-filters' },
  { name: 'namespacedFilterPolicies.namespaces', needs: 'volume-policy-resource-filters' },
  { name: 'namespacedFilterPolicies.resourceFilters', needs: 'volume-policy-resource-filters' },
  ...['clusterScopedFilterPolicy', 'namespacedFilterPolicies']
    .flatMap(policy => ['kinds', 'labelSelector', 'orLabelSelectors', 'names', 'excludedNames'].map((name): VolumePolicyKey => ({
      name: `${policy}.resourceFilters.${name}`, needs: 'volume-policy-resource-filters',
    }))),
];
