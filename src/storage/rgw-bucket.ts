import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import {
  annotations, Declarations, dnsLabel, dnsSubdomain, DURATION, labels, mapOf, NUMBER, Problem, Problems, required, struct, TEXT, thing,
} from '../findings';
import { kubeObject } from '../kube/object';
import { shortGoDuration } from '../versions';
import { wrongBucket } from './bucket-name';
import { IObjectStoreKeys } from './object-store-keys';
import { SIZE, wrongCount, wrongSize } from './quotas';
import { RGW_STORE } from './rgw-shapes';
import { IRgwObjectStore } from './rgw-store';
import { IRgwUser, type RgwUser } from './rgw-user';

const TYPE = 'RgwBucket';

/** What the release of Rook is written into, for who reads the manifests. */
const ROOK_VERSION = 'cdk8s-velero/rook-version';

/** A bucket. */
export interface IRgwBucket {
  /** Name of the bucket. */
  readonly bucketName: string;
}

/** Properties of `RgwBucket`. */
export interface RgwBucketProps {
  /** The store. */
  readonly objectStore: IRgwObjectStore;

  /**
   * The user that the bucket is made for. Rook 1.17 and newer, and the operator must allow it: see `RgwBucket`. More buckets than the user may
   * have raise an error.
   *
   * @default - one that Rook makes for the bucket, with keys that Rook makes: `keys`
   */
  readonly owner?: IRgwUser;

  /**
   * Name of the bucket, once in a store: 3 to 63 lower-case letters, digits, hyphens and single dots, and no IP address, otherwise an error is
   * raised.
   *
   * @default - the id of the construct
   */
  readonly bucketName?: string;

  /**
   * Name of the ObjectBucketClaim, and of the Secret and the ConfigMap that Rook makes.
   *
   * @default - the name of the bucket
   */
  readonly name?: string;

  /**
   * Namespace of the ObjectBucketClaim.
   *
   * @default - that of the owner if it is declared here, otherwise 'velero'
   */
  readonly namespace?: string;

  /**
   * Name of a StorageClass that this app does not emit. Its `reclaimPolicy` must be Retain, or the bucket goes with the claim.
   *
   * @default - `<store>-retained-buckets`, which is emitted once for all buckets of a store
   */
  readonly storageClassName?: string;

  /**
   * Who makes the buckets: the prefix and `.ceph.rook.io/bucket`, or, for an operator whose ROOK_OBC_WATCH_OPERATOR_NAMESPACE is `false`,
   * `ceph.rook.io/bucket` alone. Not together with `storageClassName`.
   *
   * @default - `<namespace of the store>.ceph.rook.io/bucket`
   */
  readonly provisioner?: string;

  /**
   * After how long parts of an upload that was not finished are deleted; nobody else ever does. Whole days, 0 for never. Nothing else in the bucket
   * is deleted by its age: an uploader uses objects of the first backup for as long as the data does not change. Rook 1.16.3 and newer, and from
   * 1.17 the operator must allow it: see `RgwBucket`.
   *
   * @default - 7 days with an owner; never without one, so that the operator need not allow anything
   */
  readonly abortIncompleteUploadsAfter?: Duration;

  /**
   * How much it may hold. With an owner the bucket's own quota, Rook 1.16 and newer, which the operator must allow from 1.17: see `RgwBucket`.
   *
   * @default - no limit
   */
  readonly maxSize?: Size;

  /**
   * How many objects it may hold. At least 1. The same as `maxSize` otherwise.
   *
   * @default - no limit
   */
  readonly maxObjects?: number;

  /**
   * Labels of the ObjectBucketClaim.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of the ObjectBucketClaim. They win over those of the delivery.
   *
   * @default - those of the delivery
   */
  readonly annotations?: { [name: string]: string };
}

/**
 * A bucket that Rook makes: an ObjectBucketClaim of a StorageClass that retains it.
 *
 * From 1.17 on the operator refuses a claim that asks for more than `maxSize` and `maxObjects`, unless it allows the fields by name: in the value
 * `obcAllowAdditionalConfigFields` of its chart, or as ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS in the ConfigMap `rook-ceph-operator-config`. An owner
 * needs `bucketOwner`, `abortIncompleteUploadsAfter` needs `bucketLifecycle`. The finding `bucket-claim-refused` names what is missing.
 *
 * Do not delete the claim: Rook keeps the bucket, but denies its owner all access to it by a policy of the bucket.
 *
 * @see https://rook.io/docs/rook/latest/Storage-Configuration/Object-Storage-RGW/ceph-object-bucket-claim/
 */
export class RgwBucket extends Construct implements IRgwBucket {
  /**
   * A bucket that this app does not declare. Nothing is emitted.
   *
   * @param bucketName name of the bucket
   */
  public static fromName(bucketName: string): IRgwBucket {
    const problems = new Problems(`${TYPE}.fromName`);
    problems.add(typeof bucketName === 'string' ? wrongBucket('bucketName', bucketName) : { what: 'bucketName', got: bucketName, wanted: TEXT.wanted });
    problems.refuse();
    return { bucketName };
  }

  public readonly bucketName: string;

  /** Namespace of the ObjectBucketClaim. */
  public readonly namespace: string;

  /**
   * Its keys, for an install whose location has no credential.
   *
   * @default - none where it has an owner, who has keys of its own
   */
  public readonly keys?: IObjectStoreKeys;

  public constructor(scope: Construct, id: string, props: RgwBucketProps) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(...PROPS.problems('', props ?? {}));
    problems.refuse();
    const { objectStore, owner } = props;
    this.bucketName = props.bucketName ?? id;
    this.namespace = props.namespace ?? (isOwner(owner) ? owner.namespace : 'velero');
    const name = props.name ?? this.bucketName;
    const config = new ClaimConfig(props);

    problems.add(wrongBucket('bucketName', this.bucketName), dnsSubdomain('name', name), dnsLabel('namespace', this.namespace));
    problems.add(...config.problems(), ...wrongStorageClass(props), isOwner(owner) ? owner._refuses(objectStore) : undefined);
    problems.add(...labels('labels', props.labels), ...annotations('annotations', props.annotations));
    problems.refuse();

    this.keys = owner ? undefined : {
      secretName: name, namespace: this.namespace, accessKeyName: 'AWS_ACCESS_KEY_ID', secretKeyName: 'AWS_SECRET_ACCESS_KEY',
    };
    const declarations = Declarations.of(this);
    declarations.claim(this, 'ObjectBucketClaim', this.namespace, name);
    declarations.claim(this, 'bucket', `${objectStore.namespace}/${objectStore.objectStoreName}`, this.bucketName);
    kubeObject(this, 'Resource', 'ObjectBucketClaim', {
      metadata: deliver('ObjectBucketClaim', {
        name,
        namespace: this.namespace,
        labels: props.labels,
        annotations: { [ROOK_VERSION]: objectStore.version.version, ...props.annotations },
      }),
      spec: {
        bucketName: this.bucketName,
        storageClassName: props.storageClassName ?? storageClassOf(this, props),
        additionalConfig: config.values(),
      },
    });
    if (isOwner(owner)) {
      owner._own();
    }
  }
}

/** What a claim asks for beside a name. */
class ClaimConfig {
  private readonly days: number;

  public constructor(private readonly props: RgwBucketProps) {
    const { abortIncompleteUploadsAfter: after, owner } = props;
    this.days = after?.toDays({ integral: false }) ?? (owner ? 7 : 0);
  }

  public problems(): (Problem | undefined)[] {
    const { objectStore: { version }, owner, maxSize, maxObjects, abortIncompleteUploadsAfter: after } = this.props;
    const leaveOut = 'leave it out, or upgrade Rook';
    return [
      owner && version._lacking('owner', 'bucket-owner', 'leave it out: Rook then makes a user for the bucket, whose keys VeleroInstall takes as objectStoreKeys'),
      // Without an owner quotas are those of the user that Rook makes.
      owner && maxSize && version._lacking('maxSize', 'bucket-quota', leaveOut),
      owner && maxObjects !== undefined ? version._lacking('maxObjects', 'bucket-quota', leaveOut) : undefined,
      after && this.days > 0 ? version._lacking('abortIncompleteUploadsAfter', 'bucket-lifecycle', leaveOut) : undefined,
      Number.isInteger(this.days) ? undefined : { what: 'abortIncompleteUploadsAfter', got: shortGoDuration(after!), wanted: 'whole days, or 0 for never' },
      wrongSize('maxSize', maxSize),
      wrongCount('maxObjects', maxObjects),
    ];
  }

  /** Texts, all of them: Rook reads nothing else. */
  public values(): { [key: string]: string } | undefined {
    const { owner, maxSize, maxObjects } = this.props;
    const [size, objects] = owner ? ['bucketMaxSize', 'bucketMaxObjects'] : ['maxSize', 'maxObjects'];
    const values = {
      ...(owner && { bucketOwner: owner.userName }),
      ...(this.days > 0 && { bucketLifecycle: JSON.stringify({ Rules: [abortAfter(this.days)] }) }),
      ...(maxSize && { [size]: maxSize.asString() }),
      ...(maxObjects && { [objects]: String(maxObjects) }),
    };
    return Object.keys(values).length > 0 ? values : undefined;
  }
}

/** As Rook's documentation has it, an empty prefix included. */
function abortAfter(days: number): object {
  return { ID: 'AbortIncompleteMultipartUploads', Status: 'Enabled', Prefix: '', AbortIncompleteMultipartUpload: { DaysAfterInitiation: days } };
}

function wrongStorageClass({ storageClassName, provisioner }: RgwBucketProps): (Problem | undefined)[] {
  return [
    storageClassName === undefined ? undefined : dnsSubdomain('storageClassName', storageClassName),
    storageClassName !== undefined && provisioner !== undefined
      ? { what: 'provisioner', got: provisioner, wanted: 'none beside storageClassName, whose own provisioner counts', next: 'leave one out' } : undefined,
    provisioner === undefined || /^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)?ceph\.rook\.io\/bucket$/.test(provisioner)
      ? undefined : { what: 'provisioner', got: provisioner, wanted: 'ceph.rook.io/bucket, or that with a DNS label and a dot before it' },
  ];
}

/** One for all buckets of a store: the class names the store, and nothing of the bucket. */
function storageClassOf(bucket: Construct, { objectStore, provisioner }: RgwBucketProps): string {
  const { objectStoreName, namespace } = objectStore;
  const by = provisioner ?? `${namespace}.ceph.rook.io/bucket`;
  const name = `${objectStoreName}-retained-buckets`;
  return Declarations.of(bucket).once(`StorageClass ${name} ${namespace} ${by}`, () => {
    Declarations.of(bucket).claim(bucket, 'StorageClass', 'cluster', name);
    kubeObject(bucket, 'StorageClass', 'StorageClass', {
      metadata: deliver('StorageClass', { name }),
      provisioner: by,
      reclaimPolicy: 'Retain',
      parameters: { objectStoreName, objectStoreNamespace: namespace },
    });
    return name;
  });
}

function isOwner(owner: IRgwUser | undefined): owner is RgwUser {
  return owner !== undefined && '_own' in owner;
}

const PROPS = struct<RgwBucketProps>({
  objectStore: required(RGW_STORE),
  owner: thing('an RgwUser, or RgwUser.fromName(…)', value => typeof value?.userName === 'string'),
  bucketName: TEXT,
  name: TEXT,
  namespace: TEXT,
  storageClassName: TEXT,
  provisioner: TEXT,
  abortIncompleteUploadsAfter: DURATION,
  maxSize: SIZE,
  maxObjects: NUMBER,
  labels: mapOf(TEXT),
  annotations: mapOf(TEXT),
});
