import { Availability, available } from './availability';

/** A fact about Rook with its source. */
export interface RookFact extends Availability {
  /** What a user would call it, as the end of "Rook >= 1.17.0 for …". */
  readonly description: string;

  readonly source: string;
}

/** What some releases of Rook can and others cannot, as far as object stores go. */
const TABLE = {
  'users-in-namespaces': {
    since: '1.12.3',
    description: 'users in another namespace than that of the Ceph cluster (clusterNamespace, allowUsersInNamespaces)',
    source: 'rook v1.12.3 pkg/operator/ceph/object/user/controller.go:391; absent in v1.12.2',
  },
  'bucket-quota': {
    since: '1.16.0',
    description: 'quotas of a bucket (bucketMaxSize, bucketMaxObjects)',
    source: 'rook v1.16.0 pkg/operator/ceph/object/bucket/util.go; absent in v1.15.9, which reads past it without a word',
  },
  'bucket-lifecycle': {
    since: '1.16.3',
    description: 'the lifecycle of a bucket (bucketLifecycle)',
    source: 'rook v1.16.3 pkg/operator/ceph/object/bucket/util.go; absent in v1.16.2, which reads past it without a word',
  },
  'user-keys': {
    since: '1.17.0',
    description: 'keys of a user from a Secret (spec.keys)',
    source: 'rook v1.17.0 deploy/examples/crds.yaml, PendingReleaseNotes.md; absent in v1.16.9',
  },
  'bucket-owner': {
    since: '1.17.0',
    description: 'the owner of a bucket (bucketOwner)',
    source: 'rook v1.17.0 pkg/operator/ceph/object/bucket/util.go:152; absent in v1.16.9, which reads past it without a word',
  },
  'bucket-fields-refused': {
    since: '1.17.0',
    description: 'refusing fields of a claim that the operator does not allow',
    source: 'rook v1.17.0 pkg/operator/ceph/object/bucket/util.go:96-157, PendingReleaseNotes.md; v1.16.9 takes all that it knows',
  },
} satisfies Record<string, RookFact>;

export type RookCapability = keyof typeof TABLE;

export const ROOK_CAPABILITIES: Readonly<Record<RookCapability, RookFact>> = TABLE;

/**
 * Known minors, oldest first. The definitions of the kinds that are emitted lose no field from one to the next: `tools/crds/generate.sh` takes those
 * of three of them from `deploy/examples/crds.yaml` of github.com/rook/rook into `test/fixtures/rook-<version>.json`.
 */
export const ROOK_MINORS: readonly string[] = ['1.12', '1.13', '1.14', '1.15', '1.16', '1.17', '1.18', '1.19', '1.20'];

/**
 * What the operator says which fields of a claim's `additionalConfig` it takes: names with commas between, and no blanks.
 *
 * @see rook v1.20.6 pkg/operator/ceph/controller/controller_utils.go:59, 166; deploy/charts/rook-ceph/templates/configmap.yaml:22
 */
export const ROOK_OPERATOR_CONFIG = {
  configMap: 'rook-ceph-operator-config',
  key: 'ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS',
  chartValue: 'obcAllowAdditionalConfigFields',
};

/** Fields of a claim that every operator takes. */
export const ROOK_ALLOWED_FIELDS: readonly string[] = ['maxObjects', 'maxSize'];

/** Fields of a claim that the operator takes only where it is told so. Any other is read past. */
export const ROOK_GATED_FIELDS: readonly string[] = ['bucketMaxObjects', 'bucketMaxSize', 'bucketPolicy', 'bucketLifecycle', 'bucketOwner'];

/** Whether a release of Rook can do something. */
export function rookHas(version: string, capability: RookCapability): boolean {
  return available(ROOK_CAPABILITIES[capability], version);
}
