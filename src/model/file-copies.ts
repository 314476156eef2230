import { type BackupSpec } from './backup-spec';
import { type VolumePolicy } from './config-map';
import { type Fields } from './fields';
import { type LabelSelector, selects } from './label-selector';
import { type PodTemplate } from './pod';
import { type ClaimTemplate } from './workload';

/** The annotations of a pod that choose its volumes for, and out of, the copying of files. */
export const CHOSEN_VOLUMES = { included: 'backup.velero.io/backup-volumes', excluded: 'backup.velero.io/backup-volumes-excludes' } as const;

/** Keeps an object out of every backup. */
export const EXCLUDED_FROM_BACKUP = 'velero.io/exclude-from-backup';

/** What the conditions of a policy may ask of a claim. */
type ClaimFacts = Pick<ClaimTemplate, 'labels' | 'storageClass'>;

/** What a backup does with the volumes that it saves. */
export interface VolumeTreatment {
  readonly savesFilesByDefault: boolean;

  /** Absent when the backup names none. */
  readonly policy?: VolumePolicy;
}

/** Whether a pod names volumes whose files are to be copied. */
export function choosesVolumes({ annotations }: Pick<PodTemplate, 'annotations'>): boolean {
  return Boolean(annotations[CHOSEN_VOLUMES.included]);
}

/** Whether a backup saves the pods of a template, by labels and kinds; its namespaces are another matter. */
export function savesPods(spec: BackupSpec, labels: LabelSelector['matchLabels']): boolean {
  const { labelSelector, orLabelSelectors } = spec;
  const selectors = labelSelector ? [labelSelector] : orLabelSelectors;
  return labels[EXCLUDED_FROM_BACKUP] !== 'true'
    && savesAnyPods(spec)
    && (selectors.length === 0 || selectors.some(selector => selects(selector, labels)));
}

/** Whether pods are among the kinds that a backup saves. */
export function savesAnyPods({ fields }: BackupSpec): boolean {
  return includesKind(fields.strings('includedResources'), fields.strings('excludedResources'), 'pods')
    && includesKind(fields.strings('includedNamespaceScopedResources'), fields.strings('excludedNamespaceScopedResources'), 'pods');
}

/** Whether two lists of kinds, as backups and restores have them, take a kind in: by the names that Kubernetes has for it. */
export function includesKind(included: readonly string[], excluded: readonly string[], kind: keyof typeof KINDS): boolean {
  const isKind = (name: string) => name === '*' || KINDS[kind].test(name);
  return (included.length === 0 || included.some(isKind)) && !excluded.some(isKind);
}

const KINDS = {
  pods: /^(po|pods?)$/i,
  persistentvolumeclaims: /^(pvc|persistentvolumeclaims?)$/i,
  persistentvolumes: /^(pv|persistentvolumes?)$/i,
} as const;

/**
 * Whether the files of a volume are copied while the pod runs, for certain: no where a condition of the policy is about what manifests do not tell.
 *
 * @see velero v1.18.3 internal/volumehelper/volume_policy_helper.go, ShouldPerformFSBackup: the policy decides, then the annotations
 */
export function copiesFiles(
  { savesFilesByDefault, policy }: VolumeTreatment, { annotations }: Pick<PodTemplate, 'annotations'>, volume: string, claim: ClaimFacts | undefined,
): boolean {
  for (const { conditions, action } of policy?.rules ?? []) {
    const match = matches(conditions, claim);
    if (match === true) {
      return action === 'fs-backup';
    }
    if (match === undefined && action !== 'fs-backup') {
      return false;
    }
  }
  const named = (list: string | undefined) => list?.split(',').includes(volume) ?? false;
  return savesFilesByDefault ? !named(annotations[CHOSEN_VOLUMES.excluded]) : named(annotations[CHOSEN_VOLUMES.included]);
}

/** Whether a rule is for the volume of a claim; nothing where the manifest does not tell. */
function matches(conditions: Fields, claim: ClaimFacts | undefined): boolean | undefined {
  const results = Object.keys(conditions.json).map(key => holds(key, conditions, claim));
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

function holds(key: string, conditions: Fields, claim: ClaimFacts | undefined): boolean | undefined {
  const given = conditions.json[key];
  if (given === null || given === '' || (Array.isArray(given) && given.length === 0)) {
    return true;
  }
  switch (key) {
    case 'volumeTypes': return conditions.strings(key).every(type => WITHOUT_CLAIM.has(type)) ? false : undefined;
    case 'storageClass': return claim?.storageClass === undefined ? undefined : conditions.strings(key).includes(claim.storageClass);
    case 'pvcLabels': return claim && Object.entries(conditions.stringMap(key)).every(([name, value]) => claim.labels[name] === value);
    default: return undefined;
  }
}

/** Types of volumes that stand in the pod itself. */
const WITHOUT_CLAIM = new Set(['emptyDir', 'configMap', 'secret', 'projected', 'downwardAPI', 'gitRepo']);
