import { dnsLabel, Problem, Problems } from '../findings';

/**
 * How the plugin signs what it stores, beyond the transfer itself.
 *
 * @see https://github.com/velero-io/velero-plugin-for-aws/blob/main/backupstoragelocation.md
 */
export enum ChecksumAlgorithm {
  /** No checksum: the only value that every S3-compatible store accepts. */
  NONE = '',
  /** CRC32, what the plugin uses when the key is absent. */
  CRC32 = 'CRC32',
  /** CRC32C. */
  CRC32C = 'CRC32C',
  /** SHA-1. */
  SHA1 = 'SHA1',
  /** SHA-256. */
  SHA256 = 'SHA256',
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
   * Tags that the plugin puts on each object, `key=value` joined by `&` when emitted. They do not reach what the uploader writes.
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
   * Server-side encryption that the plugin asks for: `AES256` or `aws:kms`. It covers what the plugin writes, not the uploader's repository,
   * which is encrypted with the repository password.
   *
   * @default - none
   */
  readonly serverSideEncryption?: string;

  /**
   * Key of the store's key management, for `aws:kms`.
   *
   * @default - none
   */
  readonly kmsKeyId?: string;
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
   * Port of the Service, 1 to 65535.
   *
   * @default - 80, or 443 with TLS
   */
  readonly port?: number;

  /**
   * Whether the endpoint speaks TLS. Its certificate must name the Service.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/** Options of `ObjectStore.aws`. */
export interface AwsProps extends ObjectStoreOptions {
  /** Region of the bucket, such as `eu-central-1`. */
  readonly region: string;
}

/**
 * An S3 endpoint with its quirks.
 *
 * @see https://github.com/velero-io/velero-plugin-for-aws/blob/main/backupstoragelocation.md
 */
export class ObjectStore {
  /**
   * Ceph RGW inside the cluster, by the Service that Rook makes for it.
   *
   * Checksums are off: RGW refuses those that newer plugins send by default.
   */
  public static rgw(props: RgwProps): ObjectStore {
    const problems = new Problems('ObjectStore.rgw');
    const port = props.port ?? (props.tls ? 443 : 80);
    problems.add(
      dnsLabel('service', props.service),
      dnsLabel('namespace', props.namespace),
      Number.isInteger(port) && port >= 1 && port <= 65535 ? undefined : { what: 'port', got: port, wanted: 'a whole number from 1 to 65535' },
    );
    const url = `${props.tls ? 'https' : 'http'}://${props.service}.${props.namespace}.svc:${port}`;
    return new ObjectStore(compatible(problems, props, url, true), props.tls ?? false);
  }

  /** AWS S3. The plugin finds the endpoint by the region. */
  public static aws(props: AwsProps): ObjectStore {
    const problems = new Problems('ObjectStore.aws');
    problems.add(named('region', props.region, 'a region such as eu-central-1'), ...wrongOptions(props));
    problems.refuse();
    return new ObjectStore({ region: props.region, ...configOf(props) }, true);
  }

  /** Any other store that speaks S3: MinIO, Garage, SeaweedFS, a cloud that is not AWS. */
  public static s3Compatible(props: S3CompatibleProps): ObjectStore {
    const problems = new Problems('ObjectStore.s3Compatible');
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

function compatible(problems: Problems, options: S3CompatibleOptions, url: string, forcePathStyle: boolean): { [key: string]: string } {
  const region = options.region ?? 'us-east-1';
  problems.add(
    named('region', region, 'a region to sign for, such as us-east-1: the plugin has none to detect where there is a URL'),
    options.insecureSkipTlsVerify && url.startsWith('http:') ? {
      what: 'insecureSkipTlsVerify', got: true, wanted: `an https URL with it, but the URL is ${url}`, next: 'leave it out: over http there is nothing to verify',
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
function configOf(options: ObjectStoreOptions): { [key: string]: string } {
  const { publicUrl, profile, tags, checksumAlgorithm, customerKeyEncryptionFile, customerKeyEncryptionSecret, serverSideEncryption, kmsKeyId } = options;
  const given = {
    publicUrl, profile, checksumAlgorithm, customerKeyEncryptionFile, customerKeyEncryptionSecret, serverSideEncryption, kmsKeyId,
    tagging: tags && Object.entries(tags).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&'),
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function wrongOptions(options: ObjectStoreOptions): (Problem | undefined)[] {
  const encryptions = [
    options.customerKeyEncryptionFile && 'customerKeyEncryptionFile',
    options.customerKeyEncryptionSecret && 'customerKeyEncryptionSecret',
    options.kmsKeyId && 'kmsKeyId',
  ].filter(name => name !== undefined);
  const secret = options.customerKeyEncryptionSecret;
  return [
    options.publicUrl === undefined ? undefined : wrongUrl('publicUrl', options.publicUrl),
    encryptions.length > 1 ? { what: encryptions.join(' and '), wanted: 'one of them: the plugin refuses two keys', next: 'leave one out' } : undefined,
    secret === undefined || /^[^/]+\/[^/]+$/.test(secret) ? undefined : {
      what: 'customerKeyEncryptionSecret', got: secret, wanted: 'the name of a Secret and a key in it, as name/key',
    },
    options.profile === undefined ? undefined : named('profile', options.profile, 'the name of a section in the credential\'s INI file'),
  ];
}

function named(what: string, got: string, wanted: string): Problem | undefined {
  return got.trim() === got && got !== '' ? undefined : { what, got, wanted };
}

/** Credentials in a URL would be public in git: the message does not repeat what it got then. */
function wrongUrl(what: string, got: string): Problem | undefined {
  const wanted = 'a URL of scheme http or https with host and port only';
  if (!/^https?:\/\//.test(got) || !URL.canParse(got)) {
    return { what, got, wanted, next: 'write it as http://host:port' };
  }
  const url = new URL(got);
  if (url.username || url.password) {
    return { what, wanted, next: 'take the user and the password out of the URL: they belong in the credential' };
  }
  return (url.pathname !== '/' && url.pathname !== '') || url.search || url.hash || got.endsWith('/')
    ? { what, got, wanted, next: `write ${url.origin}: kopia expects no path; a folder in the bucket is the location's prefix` }
    : undefined;
}
