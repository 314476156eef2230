import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { annotations, Declarations, dnsLabel, labels, mapOf, NUMBER, Problem, Problems, required, struct, TEXT, thing } from '../findings';
import { IObjectStoreKeys } from './object-store-keys';
import { SIZE, wrongCount, wrongSize } from './quotas';
import { RGW_STORE } from './rgw-shapes';
import { IRgwObjectStore } from './rgw-store';
import { RgwUserKeys } from './rgw-user-keys';
import type { CephObjectStoreUserSpec, CephObjectStoreUserSpecQuotasMaxSize } from '../kube/ceph.rook.io';
import { kubeObject } from '../kube/object';

const TYPE = 'RgwUser';

/** A user of an object store. */
export interface IRgwUser {
  /** Name of the user in RGW. */
  readonly userName: string;
}

/** Properties of `RgwUser`. */
export interface RgwUserProps {
  /** The store. One in another namespace takes the user if it is declared here, or allows the namespace; otherwise an error is raised. */
  readonly objectStore: IRgwObjectStore;

  /** Where its keys come from, and with them its namespace. */
  readonly keys: RgwUserKeys;

  /**
   * Name of the user, a DNS label. It is the store's, whatever the namespace: a second one of that name in an app raises an error.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Name for people.
   *
   * @default - the name
   */
  readonly displayName?: string;

  /**
   * How many buckets it may have. At least 1, otherwise an error is raised. Rook's own default is 1000.
   *
   * @default 1
   */
  readonly maxBuckets?: number;

  /**
   * How much it may store, in all its buckets. With more, backups fail: watch it.
   *
   * @default - no limit
   */
  readonly maxSize?: Size;

  /**
   * How many objects it may store, in all its buckets. At least 1. Volumes are cut into objects of some 20 MB.
   *
   * @default - no limit
   */
  readonly maxObjects?: number;

  /**
   * Labels of the CephObjectStoreUser.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of the CephObjectStoreUser. They win over those of the delivery.
   *
   * @default - those of the delivery
   */
  readonly annotations?: { [name: string]: string };
}

/**
 * A user of Ceph RGW for Velero alone: a CephObjectStoreUser without capabilities of an administrator, and with one bucket.
 *
 * Rook does not delete a user that owns buckets: the object then stays in Terminating, and the data is safe.
 *
 * @see https://rook.io/docs/rook/latest/CRDs/Object-Storage/ceph-object-store-user-crd/
 */
export class RgwUser extends Construct implements IRgwUser {
  /**
   * A user that this app does not declare.
   *
   * @param name name of the user in RGW
   */
  public static fromName(name: string): IRgwUser {
    const problems = new Problems(`${TYPE}.fromName`);
    problems.add(typeof name === 'string' && /^\S+$/.test(name) ? undefined : { what: 'name', got: name, wanted: 'the name of a user, without blanks' });
    problems.refuse();
    return { userName: name };
  }

  public readonly userName: string;

  /** Namespace of the CephObjectStoreUser: that of its keys. */
  public readonly namespace: string;

  /** Its keys, for an install whose location has no credential. */
  public readonly keys: IObjectStoreKeys;

  /** How many buckets it may have. */
  public readonly maxBuckets: number;

  private buckets = 0;

  public constructor(scope: Construct, id: string, private readonly props: RgwUserProps) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(...PROPS.problems('', props ?? {}));
    problems.refuse();
    this.userName = props.name ?? id;
    this.namespace = props.keys.namespace;
    this.maxBuckets = props.maxBuckets ?? 1;
    this.keys = this.keysOf(props);

    problems.add(dnsLabel('name', this.userName), wrongCount('maxBuckets', props.maxBuckets), wrongCount('maxObjects', props.maxObjects));
    problems.add(wrongSize('maxSize', props.maxSize));
    problems.add(props.keys._secret && props.objectStore.version._lacking('keys', 'user-keys', 'write RgwUserKeys.madeByRook(), or upgrade Rook'));
    problems.add(...this.wrongNamespace(props.objectStore));
    problems.add(...labels('labels', props.labels), ...annotations('annotations', props.annotations));
    problems.refuse();

    const { objectStoreName, namespace } = props.objectStore;
    Declarations.of(this).claim(this, 'CephObjectStoreUser', `${namespace}/${objectStoreName}`, this.userName);
    this.beAllowed(props.objectStore);
    kubeObject(this, 'Resource', 'CephObjectStoreUser', {
      metadata: deliver('CephObjectStoreUser', {
        name: this.userName, namespace: this.namespace, labels: props.labels, annotations: props.annotations,
      }),
      spec: this.spec(props),
    });
  }

  /**
   * What is wrong with one more bucket of this user; nothing while there is room.
   *
   * @internal
   */
  public _refuses({ objectStoreName, namespace }: IRgwObjectStore): Problem | undefined {
    const { objectStore } = this.props;
    if (objectStoreName !== objectStore.objectStoreName || namespace !== objectStore.namespace) {
      return {
        what: 'owner',
        got: `${this.userName} of ${objectStore.namespace}/${objectStore.objectStoreName}`,
        wanted: `a user of ${namespace}/${objectStoreName}, the store of the bucket`,
      };
    }
    return this.buckets < this.maxBuckets ? undefined : {
      what: 'owner', got: this.userName, wanted: `a user that may have ${this.buckets + 1} buckets, but its maxBuckets is ${this.maxBuckets}`, next: 'raise it there',
    };
  }

  /**
   * Has one more bucket, which is declared by now.
   *
   * @internal
   */
  public _own(): void {
    this.buckets++;
  }

  private keysOf({ objectStore: { objectStoreName }, keys: { _secret, namespace } }: RgwUserProps): IObjectStoreKeys {
    const used = _secret?.pairs.at(-1);
    return used
      ? { secretName: _secret!.name, namespace, accessKeyName: used.accessKey, secretKeyName: used.secretKey }
      : { secretName: `rook-ceph-object-user-${objectStoreName}-${this.userName}`, namespace, accessKeyName: 'AccessKey', secretKeyName: 'SecretKey' };
  }

  private wrongNamespace(store: IRgwObjectStore): (Problem | undefined)[] {
    if (store.namespace === this.namespace) {
      return [];
    }
    const allowed = isDeclared(store) || ['*', this.namespace].some(each => store.allowUsersInNamespaces.includes(each));
    return [
      store.version._lacking('keys', 'users-in-namespaces', 'upgrade Rook, or let Rook make a user for the bucket: an RgwBucket without owner'),
      allowed ? undefined : {
        what: 'keys',
        got: `namespace ${this.namespace}`,
        wanted: `one that the object store ${store.objectStoreName} takes users of: ${[store.namespace, ...store.allowUsersInNamespaces].join(', ')}`,
        next: `add ${this.namespace} to spec.allowUsersInNamespaces of the CephObjectStore and to the attributes of fromExisting`,
      },
    ];
  }

  private beAllowed(store: IRgwObjectStore): void {
    if (isDeclared(store) && store.namespace !== this.namespace && !store.allowUsersInNamespaces.includes('*')) {
      store._allow(this.namespace);
    }
  }

  private spec(props: RgwUserProps): CephObjectStoreUserSpec {
    const { objectStore: { objectStoreName, namespace }, keys: { _secret } } = props;
    const reference = (key: string) => ({ name: _secret!.name, key });
    return {
      store: objectStoreName,
      clusterNamespace: namespace === this.namespace ? undefined : namespace,
      displayName: props.displayName ?? this.userName,
      quotas: {
        maxBuckets: this.maxBuckets,
        maxSize: props.maxSize?.asString() as unknown as CephObjectStoreUserSpecQuotasMaxSize | undefined,
        maxObjects: props.maxObjects,
      },
      keys: _secret?.pairs.map(({ accessKey, secretKey }) => ({ accessKeyRef: reference(accessKey), secretKeyRef: reference(secretKey) })),
    };
  }
}

/** A store that can still be told what it shall take. */
interface DeclaredStore {
  _allow(namespace: string): void;
}

function isDeclared(store: IRgwObjectStore): store is IRgwObjectStore & DeclaredStore {
  return '_allow' in store;
}

const PROPS = struct<RgwUserProps>({
  objectStore: required(RGW_STORE),
  keys: required(thing('RgwUserKeys, such as RgwUserKeys.sealed(credential)', value => typeof value?.namespace === 'string' && '_secret' in value)),
  name: TEXT,
  displayName: TEXT,
  maxBuckets: NUMBER,
  maxSize: SIZE,
  maxObjects: NUMBER,
  labels: mapOf(TEXT),
  annotations: mapOf(TEXT),
});
