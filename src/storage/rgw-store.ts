import { dnsLabel, dnsSubdomain, Problem } from '../findings';
import { wrongCertificates } from './certificates';
import { type CertificateReference, COMPATIBLE_OPTIONS, IObjectStore, ObjectStore, type S3CompatibleOptions } from './object-store';
import { RookVersion } from './rook-version';

/** Rook makes a ConfigMap `rook-ceph-rgw-<store>-mime-types` of it: rook v1.20.6 pkg/apis/ceph.rook.io/v1/object.go:32 */
const LONGEST_NAME = 38;

/** Where Rook puts a Ceph cluster unless somebody says otherwise. */
export const NAMESPACE = 'rook-ceph';

/** An object store of Rook, declared here or not. */
export interface IRgwObjectStore extends IObjectStore {
  /** Name of the CephObjectStore. */
  readonly objectStoreName: string;

  /** Namespace of the CephObjectStore: that of the Ceph cluster. */
  readonly namespace: string;

  /** The release of the operator. */
  readonly version: RookVersion;

  /** Namespaces beside its own whose users it takes; `*` for all. */
  readonly allowUsersInNamespaces: string[];
}

/** Where a store is, as a location sees it. */
export interface Endpoint extends S3CompatibleOptions {
  readonly name: string;
  readonly namespace: string;
  readonly port?: number;
  readonly tls: boolean;
}

/** The Service that Rook makes for a store: rook v1.20.6 pkg/apis/ceph.rook.io/v1/object.go:166 */
export function endpoint({ name, ...options }: Endpoint): ObjectStore {
  return ObjectStore.rgw({ ...options, service: `rook-ceph-rgw-${name}` });
}

/** Props of another thing that `ObjectStore.rgw` takes as they are. */
export function s3Options(props: S3CompatibleOptions): S3CompatibleOptions {
  return Object.fromEntries(Object.keys(COMPATIBLE_OPTIONS).map(name => [name, props[name as keyof S3CompatibleOptions]]));
}

export function wrongName(name: string): Problem | undefined {
  return dnsLabel('name', name) ?? (name.length <= LONGEST_NAME ? undefined : {
    what: 'name', got: name, wanted: `at most ${LONGEST_NAME} characters: Rook makes longer names of it`,
  });
}

/** What Rook needs to serve a store by TLS, and its clients to trust it. */
export interface RgwTls {
  /**
   * Secret in the namespace of the store with the certificate: of type `kubernetes.io/tls`, or with the key `cert`. The certificate must name
   * `rook-ceph-rgw-<store>.<namespace>.svc`.
   */
  readonly certificateSecretName: string;

  /**
   * Certificates, in PEM and nothing else, of the authority that signed it. Written into each location where Velero is older than 1.18 or has no
   * `caCertRef`.
   *
   * @default - the authorities that Velero's image knows
   */
  readonly caCert?: string;

  /**
   * The same as a key of a Secret in the Velero namespace: what locations of Velero 1.18 and newer name. Without `caCert` older ones raise an error.
   *
   * @default - none
   */
  readonly caCertRef?: CertificateReference;
}

/** The authority that signed a certificate of RGW. */
export interface Authority {
  readonly caCert?: string;
  readonly caCertRef?: CertificateReference;
}

export function wrongAuthority(prefix: string, { caCert, caCertRef }: Authority, tls: boolean, skipsVerify = false): (Problem | undefined)[] {
  const given = Object.entries({ caCert, caCertRef }).flatMap(([name, value]) => value === undefined ? [] : [`${prefix}${name}`]);
  return [
    caCert === undefined ? undefined : wrongCertificates(`${prefix}caCert`, caCert),
    caCertRef && dnsSubdomain(`${prefix}caCertRef.secretName`, caCertRef.secretName),
    ...tls ? [] : given.map(what => ({ what, wanted: 'a store with TLS', next: 'write tls: true, or leave it out' })),
    ...skipsVerify ? given.map(what => ({ what, wanted: 'a certificate that is verified', next: 'leave insecureSkipTlsVerify out' })) : [],
  ];
}
