import { dnsLabel, mapOf, NUMBER, oneOf, Problem, Problems, required, Shape, struct, TEXT, TRUTH } from '../findings';

/**
 * The checksum that the plugin sends with each object.
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
    const problems = typed('ObjectStore.rgw', RGW.problems('', props ?? {}));
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
    const problems = typed('ObjectStore.aws', AWS.problems('', props ?? {}));
    problems.add(named('region', props.region, 'a region such as eu-central-1'), ...wrongOptions(props));
    problems.refuse();
    return new ObjectStore({ region: props.region, ...configOf(props) }, true);
  }

  /** Any other store that speaks S3: MinIO, Garage, SeaweedFS, a cloud that is not AWS. */
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
const COMPATIBLE_OPTIONS: Shape<S3CompatibleOptions> = { ...OPTIONS, region: TEXT, insecureSkipTlsVerify: TRUTH };
const AWS = struct<AwsProps>({ ...OPTIONS, region: required(TEXT) });
const RGW = struct<RgwProps>({ ...COMPATIBLE_OPTIONS, service: required(TEXT), namespace: required(TEXT), port: NUMBER, tls: TRUTH });
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

function wrongOptions(options: ObjectStoreOptions): (Problem | undefined)[] {
  const { publicUrl, profile, customerKeyEncryptionSecret, customerKeyEncryptionFile, kmsKeyId, serverSideEncryption, signatureVersion } = options;
  return [
    publicUrl === undefined ? undefined : wrongUrl('publicUrl', publicUrl),
    oneOf('checksumAlgorithm', options.checksumAlgorithm, Object.values(ChecksumAlgorithm)),
    profile === undefined ? undefined : named('profile', profile, 'the name of a section in the credential\'s INI file'),
    ...Object.entries({ customerKeyEncryptionFile, kmsKeyId, serverSideEncryption, signatureVersion })
      .map(([what, got]) => got === undefined ? undefined : named(what, got, 'a value without spaces around it')),
    customerKeyEncryptionSecret === undefined || /^[^/\s]+\/[^/\s]+$/.test(customerKeyEncryptionSecret) ? undefined : {
      what: 'customerKeyEncryptionSecret', got: customerKeyEncryptionSecret, wanted: 'the name of a Secret and a key in it, as name/key',
    },
    wrongEncryption(options),
    ...wrongTags(options.tags),
  ];
}

/** @see velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/object_store.go, Init and PutObject */
function wrongEncryption({ serverSideEncryption, ...options }: ObjectStoreOptions): Problem | undefined {
  const { customerKeyEncryptionFile, customerKeyEncryptionSecret, kmsKeyId } = options;
  const given = Object.entries({ customerKeyEncryptionFile, customerKeyEncryptionSecret, kmsKeyId }).filter(([, value]) => value);
  const keys = given.map(([name]) => name);
  if (keys.length > 1) {
    return { what: keys.join(' and '), wanted: 'one of them: the plugin refuses two keys', next: 'leave one out' };
  }
  return keys.length === 0 || serverSideEncryption === undefined || (kmsKeyId && serverSideEncryption === 'aws:kms') ? undefined : {
    what: 'serverSideEncryption', got: serverSideEncryption, wanted: `none beside ${keys[0]}, which decides what the plugin asks for`, next: 'leave one out',
  };
}

/** @see velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/helpers.go CheckTags, the same since v1.9.0 */
function wrongTags(tags: { [key: string]: string } = {}): (Problem | undefined)[] {
  const encoded = encodedTags(tags);
  return [
    encoded.length === 1 ? { what: 'tags', got: 'one', wanted: '2 to 10: the plugin refuses a single one', next: 'add a second' } : undefined,
    encoded.length > 10 ? { what: 'tags', got: encoded.length, wanted: '2 to 10: S3 stores no more', next: 'leave some out' } : undefined,
    ...encoded.map(([key, value]) => key !== '' && key.length <= 128 && value.length <= 248 ? undefined : {
      what: `tags["${decodeURIComponent(key)}"]`, wanted: 'a key of 1 to 128 characters and a value of at most 248, in the encoding of a URL',
    }),
  ];
}

function encodedTags(tags: { [key: string]: string }): [string, string][] {
  return Object.entries(tags).map(([key, value]) => [encodeURIComponent(key), encodeURIComponent(value)]);
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
  if (url.pathname !== '/' || url.search || url.hash || got.endsWith('/')) {
    return { what, got, wanted, next: `write ${url.origin}: kopia expects no path; a folder in the bucket is the location's prefix` };
  }
  if (url.port === '0') {
    return { what, got, wanted: 'a port from 1 to 65535' };
  }
  return isOrigin(got, url) ? undefined : { what, got, wanted, next: `write ${url.origin}` };
}

/** WHATWG URLs drop what they do not need, such as line breaks and an empty query. The plugin's client, which is written in Go, does not. */
function isOrigin(got: string, { origin, protocol }: URL): boolean {
  return [origin, `${origin}:${protocol === 'https:' ? 443 : 80}`].includes(got.toLowerCase());
}
