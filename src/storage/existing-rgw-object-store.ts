import { dnsLabel, Problems } from '../findings';
import { type CertificateReference, ObjectStore, type S3CompatibleOptions } from './object-store';
import { wrongPort } from './rgw-gateway';
import { ATTRIBUTES } from './rgw-shapes';
import { endpoint, IRgwObjectStore, NAMESPACE, s3Options, wrongAuthority, wrongName } from './rgw-store';
import { RookVersion } from './rook-version';

/** What identifies an object store that this app does not declare. */
export interface RgwObjectStoreAttributes extends S3CompatibleOptions {
  /** Name of the CephObjectStore. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default 'rook-ceph'
   */
  readonly namespace?: string;

  /** The release of the operator: it decides how users get keys and what buckets can be told. */
  readonly version: RookVersion;

  /**
   * Port of the Service, 1 to 65535. URLs of locations leave out that of their scheme: links to logs are signed without it.
   *
   * @default - 80, or 443 with TLS
   */
  readonly port?: number;

  /**
   * Whether it speaks TLS.
   *
   * @default false
   */
  readonly tls?: boolean;

  /**
   * Certificates, in PEM, of the authority that signed its certificate. Only with TLS.
   *
   * @default - the authorities that Velero's image knows
   */
  readonly caCert?: string;

  /**
   * The same as a key of a Secret in the Velero namespace, for Velero 1.18 and newer.
   *
   * @default - none
   */
  readonly caCertRef?: CertificateReference;

  /**
   * Its `allowUsersInNamespaces`: an `RgwUser` in a namespace that is not there raises an error, because Rook would refuse it.
   *
   * @default - none beside its own
   */
  readonly allowUsersInNamespaces?: string[];
}

/** A store that is only named. */
export class ExistingRgwObjectStore implements IRgwObjectStore {
  public readonly objectStoreName: string;
  public readonly namespace: string;
  public readonly version: RookVersion;
  public readonly caCert?: string;
  public readonly caCertRef?: CertificateReference;
  public readonly allowUsersInNamespaces: string[];
  private readonly store: ObjectStore;

  public constructor(attributes: RgwObjectStoreAttributes) {
    const problems = new Problems('RgwObjectStore.fromExisting');
    problems.add(...ATTRIBUTES.problems('', attributes ?? {}));
    problems.refuse();
    const { name, namespace = NAMESPACE, port, tls = false, caCert, caCertRef, insecureSkipTlsVerify } = attributes;
    problems.add(wrongName(name), dnsLabel('namespace', namespace), wrongPort(port), ...wrongAuthority('', attributes, tls, insecureSkipTlsVerify));
    problems.refuse();
    this.objectStoreName = name;
    this.namespace = namespace;
    this.version = attributes.version;
    this.caCert = caCert;
    this.caCertRef = caCertRef;
    this.allowUsersInNamespaces = attributes.allowUsersInNamespaces ?? [];
    this.store = endpoint({ ...s3Options(attributes), name, namespace, port, tls });
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
}
