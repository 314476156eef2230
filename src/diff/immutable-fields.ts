import { hasSyncOption, readQuantity } from '../model';
import { type Change } from './change';
import { type FieldChange } from './changed-fields';
import { type Comparison } from './comparison';
import { type Pair } from './pair';
import { type Context } from './schedule-pair';
import { arrow, plain } from './words';

/** Fields of a kind that the API server does not let anybody change, but for those that it does. */
interface Immutable {
  readonly fields: readonly string[];
  readonly but?: readonly string[];

  /** Whether it holds for the object as it was. */
  readonly when?: (pair: Pair) => boolean;
  readonly source: string;
}

const isSealedOff = ({ was }: Pair) => was.fields.boolean('immutable') === true;

/** @see kubernetes v1.34.2 pkg/apis, the validation of updates; apiextensions-apiserver v0.34.0 */
const IMMUTABLE: Readonly<Record<string, readonly Immutable[]>> = {
  'apps/Deployment': [{ fields: ['spec.selector'], source: 'apps/validation/validation.go:712' }],
  'apps/DaemonSet': [{ fields: ['spec.selector'], source: 'apps/validation/validation.go:403' }],
  'apps/ReplicaSet': [{ fields: ['spec.selector'], source: 'apps/validation/validation.go:767' }],
  'apps/StatefulSet': [{
    fields: ['spec'],
    but: ['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds'],
    source: 'apps/validation/validation.go:268',
  }],
  'batch/Job': [{
    fields: ['completions', 'selector', 'template', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'].map(field => `spec.${field}`),
    source: 'batch/validation/validation.go:624-663',
  }],
  // What git does not say stays as the cluster has chosen it.
  '/Service': [{
    fields: ['spec.clusterIP'],
    when: ({ was, is }) => is.spec.has('clusterIP') && ![was, is].some(({ spec }) => spec.string('type') === 'ExternalName'),
    source: 'core/validation/validation.go, validateUpgradeDowngradeClusterIPs',
  }],
  '/PersistentVolumeClaim': [{ fields: ['spec'], but: ['resources', 'volumeAttributesClassName'], source: 'core/validation/validation.go, ValidatePersistentVolumeClaimUpdate' }],
  '/Secret': [
    { fields: ['type'], source: 'core/validation/validation.go:7431' },
    { fields: ['data', 'stringData', 'immutable'], when: isSealedOff, source: 'core/validation/validation.go, ValidateSecretUpdate' },
  ],
  '/ConfigMap': [{ fields: ['data', 'binaryData', 'immutable'], when: isSealedOff, source: 'core/validation/validation.go, ValidateConfigMapUpdate' }],
  'storage.k8s.io/StorageClass': [{
    fields: ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'], source: 'storage/validation/validation.go:72-83',
  }],
  'rbac.authorization.k8s.io/RoleBinding': [{ fields: ['roleRef'], source: 'rbac/validation/validation.go, ValidateRoleBindingUpdate' }],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [{ fields: ['roleRef'], source: 'rbac/validation/validation.go, ValidateClusterRoleBindingUpdate' }],
  'scheduling.k8s.io/PriorityClass': [{ fields: ['value', 'preemptionPolicy'], source: 'scheduling/validation/validation.go:58' }],
  'apiextensions.k8s.io/CustomResourceDefinition': [{
    fields: ['spec.scope', 'spec.group', 'spec.names.kind', 'spec.names.plural'], source: 'apiextensions/validation/validation.go:623-629',
  }],
};

const REFUSED = 'The API server refuses to change this: the sync fails here, and what comes in later waves is not applied. Delete the object by hand before, or give it another name.';

/** What the API server fills in: whoever writes it out changes nothing. */
const DEFAULTS: ReadonlyMap<string, unknown> = new Map([
  ['reclaimPolicy', 'Delete'],
  ['volumeBindingMode', 'Immediate'],
  ['spec.volumeMode', 'Filesystem'],
  ['type', 'Opaque'],
  ['roleRef.apiGroup', 'rbac.authorization.k8s.io'],
  ['spec.completionMode', 'NonIndexed'],
  ['preemptionPolicy', 'PreemptLowerPriority'],
  ['spec.podManagementPolicy', 'OrderedReady'],
]);

function isDefault({ path, from, to }: FieldChange): boolean {
  return DEFAULTS.has(path) && (from ?? DEFAULTS.get(path)) === (to ?? DEFAULTS.get(path));
}

/** What ArgoCD cannot apply, because the API server refuses it. */
export function immutableFields({ comparison }: Context): Change[] {
  return [...Object.entries(IMMUTABLE).flatMap(([kind, rows]) => rows.flatMap(row => refused(comparison, kind, row))), ...claims(comparison)];
}

function refused(comparison: Comparison, kind: string, { fields, but, when }: Immutable): Change[] {
  const isMeant = (pair: Pair) => pair.has(...fields) && !isHook(pair) && (when === undefined || when(pair));
  return comparison.pairsOf(kind).filter(isMeant).flatMap(pair => {
    const changed = pair.takeBut(fields, (but ?? []).map(field => `spec.${field}`), isDefault);
    return changed.length === 0 ? [] : [changeOf(pair, changed)];
  });
}

/** ArgoCD and Helm delete a hook before they make it again. */
function isHook({ is: { annotations } }: Pair): boolean {
  return Object.hasOwn(annotations, 'argocd.argoproj.io/hook') || Object.hasOwn(annotations, 'helm.sh/hook');
}

/** A claim may grow and not shrink. */
function claims(comparison: Comparison): Change[] {
  return comparison.pairsOf('/PersistentVolumeClaim').flatMap(pair => {
    const fields = pair.take('spec.resources.requests.storage');
    const [from, to] = fields.flatMap(field => [field.from, field.to]).map(value => readQuantity(plain(value)));
    if (fields.length === 0) {
      return [];
    }
    return [from === undefined || to === undefined || to < from ? changeOf(pair, fields) : {
      id: 'claim-grown' as const,
      severity: 'harmless' as const,
      on: pair.is,
      message: `storage ${arrow(fields[0].from, fields[0].to)}`,
      fields,
      means: ['Its StorageClass must allow volumes to grow.'],
    }];
  });
}

function changeOf({ is, was }: Pair, fields: readonly FieldChange[]): Change {
  const isHidden = is.kind === 'Secret';
  const told = fields.map(({ path, from, to }) => isHidden ? path : `${path} ${arrow(from, to)}`).join('; ');
  const volume = was.kind === 'PersistentVolumeClaim' ? ', and the volume goes with it' : '';
  const means = hasSyncOption(is, 'Force=true') ? `With Force=true ArgoCD deletes the object and makes it anew${volume}.` : REFUSED;
  return { id: 'field-immutable', severity: 'destructive', on: is, message: told, fields, means: [means] };
}
