import { dnsLabel, mapOf, NUMBER, Problem, Problems, required, Shape, struct, TEXT, TRUTH } from '../findings';
import { ChecksumAlgorithm } from './checksum-algorithm';
import { encodedTags, mayHoldSecret, named, wrongOptions, wrongUrl } from './object-store-checks';

/** An S3 endpoint as a location sees it: an `ObjectStore`, or an `RgwObjectStore`. */
export interface IObjectStore {
  /** The location's `config`: a copy. */
  readonly config: { [key: string]: string };

  /** Whether the connection is encrypted. */
  readonly tls: boolean;

  /** Whether the server accepts any certificate. */
  readonly skipsTlsVerify: boolean;

  /**
   * Certificates, in PEM, of the authority that signed the endpoint's certificate.
   *
   * @default - the authorities that the image knows
   */
  readonly caCert?: string;

  /**
   * The same as a key of a Secret in the Velero namespace. From Velero 1.18 a location names it; to older ones `caCert` is written out.
   *
   * @default - none
   */
  readonly caCertRef?: CertificateReference;
}

/** A key of a Secret in the Velero namespace with a certificate. */
export interface CertificateReference {
  /** Name of the Secret. */
  readonly secretName: string;
  /** Key in the Secret with the PEM certificates. */
  readonly secretKey: string;
  /**
   * Whether the Secret may be absent. Velero does not read this field of the API.
   *
   * @default - left out
   */
  readonly optional?: boolean;
}

/** What every object store may have. */
export interface ObjectStoreOptions {
  /**
   * URL of the store as it is reached from outside of the cluster: `velero backup logs` and `describe` download from it. It begins with
   * http:// or https:// and has no path, otherwise an error is raised.
   *
   * @default - the URL that the server uses
   */
  readonly publicUrl?: string;

  /**
   * Profile in the credential's INI file.
   *
   * @default 'default'
   */
  readonly profile?: string;

  /**
   * Tags that the plugin puts on each object, 2 to 10 of them: the plugin refuses a single one. They do not reach what the uploader writes. Written
   * as `key=value` joined by `&`, where a key takes at most 128 characters and a value 248, otherwise an error is raised.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Checksum that the plugin sends with each object.
   *
   * @default - `ChecksumAlgorithm.NONE`, except for AWS, where the key is left out and the plugin uses CRC32
   */
  readonly checksumAlgorithm?: ChecksumAlgorithm;

  /**
   * Path of a file in the server's container with the 32-byte key of SSE-C. Not together with `customerKeyEncryptionSecret` or `kmsKeyId`.
   *
   * @default - no SSE-C
   */
  readonly customerKeyEncryptionFile?: string;

  /**
   * Secret and key in it with the 32-byte key of SSE-C, as `name/key`, in the Velero namespace. Plugin 1.13 and newer, that is Velero 1.17.
   *
   * @default - no SSE-C
   */
  readonly customerKeyEncryptionSecret?: string;

  /**
   * Server-side encryption that the plugin asks for, such as `AES256` or `aws:kms`. It covers what the plugin writes, not the uploader's repository,
   * which is encrypted with the repository password. The plugin ignores it beside a key of your own: that raises an error, except for `aws:kms` with
   * `kmsKeyId`.
   *
   * @default - none, or `aws:kms` with `kmsKeyId`
   */
  readonly serverSideEncryption?: string;

  /**
   * Key of the store's key management: its id, `alias/<name>` or ARN. The plugin then asks for `aws:kms`.
   *
   * @default - none
   */
  readonly kmsKeyId?: string;

  /**
   * Version of the signature of download URLs. The plugins of the known releases accept it and always use 4.
   *
   * @default - left out
   */
  readonly signatureVersion?: string;

  /**
   * Whether the credential's file is a shared configuration too. The plugins of the known releases accept it and always read both from the file.
   *
   * @default - left out
   */
  readonly enableSharedConfig?: boolean;
}

/** Options of an object store that is not AWS. */
export interface S3CompatibleOptions extends ObjectStoreOptions {
  /**
   * Region that requests are signed for. Most stores take any, none takes an empty one.
   *
   * @default 'us-east-1'
   */
  readonly region?: string;

  /**
   * Whether the server accepts any certificate. Only with https, and not for production: prefer `caCert` of the location.
   *
   * @default false
   */
  readonly insecureSkipTlsVerify?: boolean;
}

/** Options of `ObjectStore.s3Compatible`. */
export interface S3CompatibleProps extends S3CompatibleOptions {
  /** URL of the endpoint: http:// or https://, host, optional port. A path, a query or a user raises an error: kopia expects none. */
  readonly url: string;

  /**
   * Whether the bucket is in the path of a request and not in its host name. Kopia and restic always use the path.
   *
   * @default true
   */
  readonly forcePathStyle?: boolean;
}

/** Options of `ObjectStore.rgw`. */
export interface RgwProps extends S3CompatibleOptions {
  /** Name of the Service: `rook-ceph-rgw-<object store>` where Rook made it. */
  readonly service: string;

  /** Namespace of the Service. */
  readonly namespace: string;

  /**
   * Port of the Service, 1 to 65535. The URL leaves out that of its scheme: links to logs are signed without it.
   *
   * @default - 80, or 443 with TLS
   * @see https://github.com/aws/aws-sdk-go-v2/blob/main/aws/signer/internal/v4/host.go
   */
  readonly port?: number;

  /**
   * Whether the endpoint speaks TLS. Its certificate must name the Service.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/** Options of `ObjectStore.minio`. */
export interface MinioProps extends S3CompatibleOptions {
  /** URL of the API, not of the console: http:// or https://, host, optional port. A path, a query or a user raises an error. */
  readonly url: string;
}

/** Options of `ObjectStore.aws`. */
export interface AwsProps extends ObjectStoreOptions {
  /** Region of the bucket, such as `eu-central-1`. */
  readonly region: string;
}

/**
 * An S3 endpoint with its quirks: what each profile writes into the `config` of a location, and why.
 *
 * | key | `rgw` | `minio` | `s3Compatible` | `aws` | why |
 * |---|---|---|---|---|---|
 * | `s3Url` | of the Service | given | given | none | the plugin finds AWS by the region. No path: kopia expects none |
 * | `region` | `us-east-1` | `us-east-1` | `us-east-1` | given | requests are signed for one; beside a URL the plugin detects none |
 * | `s3ForcePathStyle` | `true` | `true` | `true` or given | none | such stores have no host name for each bucket |
 * | `checksumAlgorithm` | empty | empty | empty | none: CRC32 | RGW and older MinIO refuse checksums that they do not know |
 * | `insecureSkipTLSVerify` | if asked | if asked | if asked | never | every image knows who signed the certificate of AWS |
 * | `serverSideEncryption`, `kmsKeyId` | if asked | if asked | if asked | if asked | AWS encrypts anyway; `aws:kms` takes a key of yours |
 * | `publicUrl` | if asked | if asked | if asked | if asked | outside of the cluster a Service has no address |
 *
 * None has a storage class: the plugin has no key for it, and objects get the default class of the bucket. A lifecycle of the bucket can move them
 * to one that is read at once, such as STANDARD_IA. From an archive that thaws first (GLACIER) nothing can be restored.
 *
 * A location of AWS works with a key, as any other, or with a role: then it has no credential, and the ServiceAccounts of server and node-agent
 * (`serviceAccountAnnotations`) or the nodes have the role.
 *
 * @see https://github.com/velero-io/velero-plugin-for-aws/blob/main/backupstoragelocation.md
 */
export class ObjectStore implements IObjectStore {
  /**
   * Ceph RGW inside the cluster, by the Service that Rook makes for it.
   *
   * Checksums are off: RGW refuses those that newer plugins send by default.
   */
  public static rgw(props: RgwProps): ObjectStore {
    const problems = typed('ObjectStore.rgw', RGW.problems('', props ?? {}));
    const [scheme, own] = props.tls ? ['https', 443] as const : ['http', 80] as const;
    const port = props.port ?? own;
    problems.add(
      dnsLabel('service', props.service),
      dnsLabel('namespace', props.namespace),
      Number.isInteger(port) && port >= 1 && port <= 65535 ? undefined : { what: 'port', got: port, wanted: 'a whole number from 1 to 65535' },
    );
    const url = `${scheme}://${props.service}.${props.namespace}.svc${port === own ? '' : `:${port}`}`;
    return new ObjectStore(compatible(problems, props, url, true), props.tls ?? false);
  }

  /** AWS S3. The plugin finds the endpoint by the region. */
  public static aws(props: AwsProps): ObjectStore {
    const problems = typed('ObjectStore.aws', AWS.problems('', props ?? {}));
    problems.add(named('region', props.region, 'a region such as eu-central-1'), ...wrongOptions(props));
    problems.refuse();
    return new ObjectStore({ region: props.region, ...configOf(props) }, true);
  }

  /**
   * MinIO, in the cluster or elsewhere.
   *
   * Checksums are off: older releases refuse those that newer plugins send by default.
   */
  public static minio(props: MinioProps): ObjectStore {
    const problems = typed('ObjectStore.minio', MINIO.problems('', props ?? {}));
    problems.add(wrongUrl('url', props.url));
    return new ObjectStore(compatible(problems, props, props.url, true), props.url.startsWith('https:'));
  }

  /** Any other store that speaks S3: Garage, SeaweedFS, a cloud that is not AWS. */
  public static s3Compatible(props: S3CompatibleProps): ObjectStore {
    const problems = typed('ObjectStore.s3Compatible', S3_COMPATIBLE.problems('', props ?? {}));
    problems.add(wrongUrl('url', props.url));
    return new ObjectStore(compatible(problems, props, props.url, props.forcePathStyle ?? true), props.url.startsWith('https:'));
  }

  private constructor(
    private readonly keys: { [key: string]: string },
    /** Whether the connection is encrypted. */
    public readonly tls: boolean,
  ) {}

  /** The location's `config`: a copy. */
  public get config(): { [key: string]: string } {
    return { ...this.keys };
  }

  /** Whether the server accepts any certificate. */
  public get skipsTlsVerify(): boolean {
    return this.keys.insecureSkipTLSVerify === 'true';
  }
}

const OPTIONS: Shape<ObjectStoreOptions> = {
  publicUrl: TEXT,
  profile: TEXT,
  tags: mapOf(TEXT),
  checksumAlgorithm: TEXT,
  customerKeyEncryptionFile: TEXT,
  customerKeyEncryptionSecret: TEXT,
  serverSideEncryption: TEXT,
  kmsKeyId: TEXT,
  signatureVersion: TEXT,
  enableSharedConfig: TRUTH,
};
/** Of whatever is compatible. */
export const COMPATIBLE_OPTIONS: Shape<S3CompatibleOptions> = { ...OPTIONS, region: TEXT, insecureSkipTlsVerify: TRUTH };
const AWS = struct<AwsProps>({ ...OPTIONS, region: required(TEXT) });
const RGW = struct<RgwProps>({ ...COMPATIBLE_OPTIONS, service: required(TEXT), namespace: required(TEXT), port: NUMBER, tls: TRUTH });
const MINIO = struct<MinioProps>({ ...COMPATIBLE_OPTIONS, url: required(TEXT) });
const S3_COMPATIBLE = struct<S3CompatibleProps>({ ...COMPATIBLE_OPTIONS, url: required(TEXT), forcePathStyle: TRUTH });

/** For the checks that follow, which trust the types. */
function typed(place: string, wrong: Problem[]): Problems {
  const problems = new Problems(place);
  problems.add(...wrong);
  problems.refuse();
  return problems;
}

function compatible(problems: Problems, options: S3CompatibleOptions, url: string, forcePathStyle: boolean): { [key: string]: string } {
  const region = options.region ?? 'us-east-1';
  problems.add(
    named('region', region, 'a region to sign for, such as us-east-1: the plugin has none to detect where there is a URL'),
    options.insecureSkipTlsVerify && url.startsWith('http:') ? {
      what: 'insecureSkipTlsVerify',
      got: true,
      wanted: `an https URL with it${mayHoldSecret(url) ? '' : `, but the URL is ${url}`}`,
      next: 'leave it out: over http there is nothing to verify',
    } : undefined,
    ...wrongOptions(options),
  );
  problems.refuse();
  return {
    region,
    s3ForcePathStyle: String(forcePathStyle),
    s3Url: url,
    checksumAlgorithm: ChecksumAlgorithm.NONE,
    ...(options.insecureSkipTlsVerify && { insecureSkipTLSVerify: 'true' }),
    ...configOf(options),
  };
}

/** Values are strings: the field is a map of strings, and the API server refuses `true`. */
function configOf({ tags = {}, enableSharedConfig, ...options }: ObjectStoreOptions): { [key: string]: string } {
  const given = {
    publicUrl: options.publicUrl,
    profile: options.profile,
    checksumAlgorithm: options.checksumAlgorithm,
    customerKeyEncryptionFile: options.customerKeyEncryptionFile,
    customerKeyEncryptionSecret: options.customerKeyEncryptionSecret,
    serverSideEncryption: options.serverSideEncryption,
    kmsKeyId: options.kmsKeyId,
    signatureVersion: options.signatureVersion,
    enableSharedConfig: enableSharedConfig?.toString(),
    tagging: Object.keys(tags).length === 0 ? undefined : encodedTags(tags).map(tag => tag.join('=')).join('&'),
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
