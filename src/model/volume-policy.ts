import { type VolumePolicy, type VolumeRule } from './config-map';
import { type Fields, type Json } from './fields';
import { readQuantity } from './quantity';

/** Conditions that only the volume of a claim, or one of a network, can fulfil. */
const NOT_OF_PODS = ['storageClass', 'nfs', 'csi', 'pvcLabels', 'pvcPhase', 'pvcVolumeMode', 'pvcAccessModes'];

/**
 * What a policy does with a volume that stands in the pod itself, `emptyDir` or `hostPath`; nothing where no rule is for it.
 *
 * @see velero v1.18.3 internal/resourcepolicies/volume_resources.go: such a volume has a type and nothing else, and the capacity 0
 */
export function podVolumeAction({ rules }: VolumePolicy, type: 'emptyDir' | 'hostPath'): string | undefined {
  const isFor = ({ conditions }: VolumeRule) =>
    !NOT_OF_PODS.some(key => restricts(conditions.json[key])) && allowsType(conditions, type) && allowsNothing(conditions);
  return rules.find(isFor)?.action;
}

/** The lower and the upper bound of a `capacity` condition, 0 where one is left out; nothing for what Velero refuses. */
export function capacityBounds(text: string): readonly [number, number] | undefined {
  const bounds = text.split(',').map(bound => bound.trim() === '' ? 0 : readQuantity(bound.trim()));
  const [lower, upper] = bounds;
  return bounds.length !== 2 || lower === undefined || upper === undefined ? undefined : [lower, upper];
}

/** An empty condition holds for every volume, but `nfs: {}` and `csi: {}` ask for any such volume. */
function restricts(condition: unknown): boolean {
  return condition !== undefined && condition !== null && condition !== '' && !(Array.isArray(condition) && condition.length === 0);
}

function allowsType({ json }: Fields, type: string): boolean {
  const { volumeTypes }: Json = json;
  return !Array.isArray(volumeTypes) || volumeTypes.length === 0 || volumeTypes.includes(type);
}

function allowsNothing({ json: { capacity } }: Fields): boolean {
  const bounds = typeof capacity === 'string' && capacity !== '' ? capacityBounds(capacity) : [0, 0] as const;
  return bounds !== undefined && bounds[0] === 0;
}
