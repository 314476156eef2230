import { ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { annotations, Declarations, dnsLabel, dnsSubdomain, labels, Problem, Problems } from '../findings';
import { ExistingRgwObjectStore, type RgwObjectStoreAttributes } from './existing-rgw-object-store';
import { type CertificateReference, ObjectStore, type S3CompatibleOptions } from './object-store';
import { gatewayOf, type RgwResources, wrongGateway } from './rgw-gateway';
import { RgwPool } from './rgw-pool';
import { PROPS } from './rgw-shapes';
import { endpoint, IRgwObjectStore, NAMESPACE, type RgwTls, s3Options, wrongAuthority, wrongName } from './rgw-store';
import { emitZone, type RgwZone, wrongZone } from './rgw-zone';
import { RookVersion } from './rook-version';
import type { CephObjectStoreSpec, CephObjectStoreSpecMetadataPool } from '../kube/ceph.rook.io';
import { kubeObject } from '../kube/object';

const TYPE = 'RgwObjectStore';

/** Copies where nothing is said: what every Ceph cluster of three hosts can hold. */
const POOL = RgwPool.replicated({ replicas: 3 });

/** Properties of `RgwObjectStore`. */
export interface RgwObjectStoreProps extends S3CompatibleOptions {
  /** The release of the operator. */
  readonly version: RookVersion;

  /**
   * Name of the CephObjectStore: a DNS label of at most 38 characters, because Rook makes longer names of it.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Namespace of the Ceph cluster.
   *
   * @default 'rook-ceph'
   */
  readonly namespace?: string;

  /**
   * How metadata is kept. Erasure coding raises an error: RGW needs what such a pool cannot do.
   *
   * @default - three copies on different hosts
   */
  readonly metadataPool?: RgwPool;

  /**
   * How data is kept.
   *
   * @default - three copies on different hosts
   */
  readonly dataPool?: RgwPool;

  /**
   * Zone of the store, which then has the pools.
   *
   * @default - none: the store is alone
   */
  readonly zone?: RgwZone;

  /**
   * How many gateways there are. At least 1. With one, backups fail while it restarts or its node is drained.
   *
   * @default 2
   */
  readonly instances?: number;

  /**
   * Port of the Service, 1 to 65535. URLs of locations leave out that of their scheme: links to logs are signed without it.
   *
   * @default - 80, or 443 with TLS
   */
  readonly port?: number;

  /**
   * The certificate of the store. It then speaks TLS alone.
   *
   * @default - http: what goes to the store can be read on the way, all Secrets among it, unless the network of the cluster is encrypted
   */
  readonly tls?: RgwTls;

  /**
   * Cpu and memory of each gateway.
   *
   * @default - none asked for, none limited
   */
  readonly resources?: RgwResources;

  /**
   * Priority class of the gateways.
   *
   * @default - none
   */
  readonly priorityClassName?: string;

  /**
   * Namespaces beside its own whose users it takes; `*` for all. Rook 1.12.3 and newer. That of each `RgwUser` of this store is added by itself.
   *
   * @default - those of its users
   */
  readonly allowUsersInNamespaces?: string[];

  /**
   * Labels of the CephObjectStore.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of the CephObjectStore. They win over those of the delivery.
   *
   * @default - those of the delivery
   */
  readonly annotations?: { [name: string]: string };
}

/**
 * Ceph RGW by Rook: a CephObjectStore, and with a zone its realm, zone group and zone.
 *
 * Its pools stay when it is deleted (`preservePoolsOnDelete`), and ArgoCD does not delete it: with the pools all backups in it would go.
 * It can be given to a `BackupStorageLocation` as it is.
 *
 * @see https://rook.io/docs/rook/latest/CRDs/Object-Storage/ceph-object-store-crd/
 */
export class RgwObjectStore extends Construct implements IRgwObjectStore {
  /**
   * An object store that this app does not declare. Nothing is emitted.
   *
   * @throws with all that is wrong
   */
  public static fromExisting(attributes: RgwObjectStoreAttributes): IRgwObjectStore {
    return new ExistingRgwObjectStore(attributes);
  }

  public readonly objectStoreName: string;

  public readonly namespace: string;

  public readonly version: RookVersion;

  public readonly caCert?: string;

  public readonly caCertRef?: CertificateReference;

  private readonly store: ObjectStore;
  private readonly allowed: Set<string>;

  public constructor(scope: Construct, id: string, props: RgwObjectStoreProps) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(...PROPS.problems('', props ?? {}));
    problems.refuse();
    this.objectStoreName = props.name ?? id;
    this.namespace = props.namespace ?? NAMESPACE;
    this.version = props.version;
    this.caCert = props.tls?.caCert;
    this.caCertRef = props.tls?.caCertRef;
    this.allowed = new Set(props.allowUsersInNamespaces);

    problems.add(wrongName(this.objectStoreName), dnsLabel('namespace', this.namespace), ...wrongGateway(props), ...wrongPools(props));
    problems.add(...wrongTls(props), ...wrongZone(props.zone), ...this.wrongNamespaces());
    problems.add(...labels('labels', props.labels), ...annotations('annotations', props.annotations));
    problems.refuse();
    this.store = endpoint({
      ...s3Options(props), name: this.objectStoreName, namespace: this.namespace, port: props.port, tls: props.tls !== undefined,
    });
    this.emit(props);
  }

  public get config(): { [key: string]: string } {
    return this.store.config;
  }

  public get tls(): boolean {
    return this.store.tls;
  }

  public get skipsTlsVerify(): boolean {
    return this.store.skipsTlsVerify;
  }

  /** Namespaces beside its own whose users it takes, as a copy. */
  public get allowUsersInNamespaces(): string[] {
    return [...this.allowed];
  }

  /**
   * Takes users of a namespace.
   *
   * @internal
   */
  public _allow(namespace: string): void {
    this.allowed.add(namespace);
  }

  private wrongNamespaces(): (Problem | undefined)[] {
    const given = this.allowUsersInNamespaces;
    return [
      ...given.map(namespace => namespace === '*' ? undefined : dnsLabel('allowUsersInNamespaces', namespace)),
      given.length === 0 ? undefined : this.version._lacking('allowUsersInNamespaces', 'users-in-namespaces', 'leave it out, or upgrade Rook'),
    ];
  }

  private emit(props: RgwObjectStoreProps): void {
    const { metadataPool = POOL, dataPool = POOL, zone } = props;
    const pools = { metadataPool: metadataPool._toKube() as CephObjectStoreSpecMetadataPool, dataPool: dataPool._toKube() };
    Declarations.of(this).claim(this, 'CephObjectStore', this.namespace, this.objectStoreName);
    if (zone) {
      emitZone(this, this.namespace, zone, pools);
    }
    kubeObject(this, 'Resource', 'CephObjectStore', { metadata: this.metadata(props), spec: { ...zone ? {} : pools, ...this.spec(props) } });
  }

  private metadata(props: RgwObjectStoreProps): ApiObjectMetadata {
    return deliver('CephObjectStore', {
      name: this.objectStoreName, namespace: this.namespace, labels: props.labels, annotations: props.annotations,
    });
  }

  private spec(props: RgwObjectStoreProps): CephObjectStoreSpec {
    return {
      preservePoolsOnDelete: true,
      zone: props.zone && { name: props.zone.name },
      gateway: gatewayOf(props),
      // Users may come later, from any chart.
      allowUsersInNamespaces: Lazy.any({ produce: () => this.allowed.size > 0 ? this.allowUsersInNamespaces : undefined }) as unknown as string[],
    };
  }
}

function wrongPools({ metadataPool, dataPool, zone }: RgwObjectStoreProps): (Problem | undefined)[] {
  const unused = zone?.create === false ? Object.entries({ metadataPool, dataPool }).filter(([, pool]) => pool !== undefined) : [];
  return [
    metadataPool?.isReplicated ?? true ? undefined : {
      what: 'metadataPool', wanted: 'whole copies: RGW cannot keep metadata in an erasure-coded pool', next: 'write RgwPool.replicated({ replicas: 3 })',
    },
    ...unused.map(([what]) => ({ what, wanted: 'none where the zone is not emitted here: the zone has the pools', next: 'leave it out' })),
  ];
}

function wrongTls({ tls, insecureSkipTlsVerify }: RgwObjectStoreProps): (Problem | undefined)[] {
  return tls === undefined ? [] : [
    dnsSubdomain('tls.certificateSecretName', tls.certificateSecretName),
    ...wrongAuthority('tls.', tls, true, insecureSkipTlsVerify),
  ];
}
