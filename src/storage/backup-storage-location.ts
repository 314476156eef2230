import { Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ICredential } from '../credentials/credential';
import { deliver } from '../delivery';
import { annotations, Declarations, dnsLabel, dnsSubdomain, labels, labelValue, oneOf, Problem, Problems, wholeSeconds } from '../findings';
import { kubeObject } from '../kube/object';
import type { BackupStorageLocationSpec, BackupStorageLocationSpecAccessMode, BackupStorageLocationSpecObjectStorage } from '../kube/velero.io';
import { goDuration, tables } from '../versions';
import { wrongBucket } from './bucket-name';
import { wrongCertificates } from './certificates';
import { LOCATION } from './location-shape';
import { type CertificateReference, IObjectStore } from './object-store';
import { secretInUrl } from './object-store-checks';

const TYPE = 'BackupStorageLocation';
const PROVIDER = 'aws';

/** What Velero writes into `config` from other fields of the location. */
const OWN_PROPS: { [key: string]: string } = { bucket: 'bucket', prefix: 'prefix', caCert: 'caCert', credentialsFile: 'credential' };

const URL_KEYS = ['s3Url', 'publicUrl'];

/** A name with a plugin's prefix: Velero adds `velero.io/` where there is none. */
const PROVIDERS_OF_AWS = [PROVIDER, `velero.io/${PROVIDER}`];

const MARK = Symbol.for('cdk8s-velero.BackupStorageLocation');

const PROVIDER_NAME = /^([a-z0-9.-]+\/)?[a-zA-Z0-9._-]+$/;

/** What Velero may do with a location. */
export enum AccessMode {
  /** Back up, restore, delete what has expired. */
  READ_WRITE = 'ReadWrite',
  /** Restore only: no backup is made there and nothing there expires. For disaster recovery. */
  READ_ONLY = 'ReadOnly',
}

/** A place where backups go. */
export interface IBackupStorageLocation {
  /** Name of the BackupStorageLocation. */
  readonly locationName: string;

  /** The Velero namespace that it is in. */
  readonly namespace: string;
}

/** What identifies a location that this app does not declare. */
export interface BackupStorageLocationAttributes {
  /**
   * The Velero namespace that it is in.
   *
   * @default 'velero'
   */
  readonly namespace?: string;
}

/** Properties of `BackupStorageLocation`. */
export interface BackupStorageLocationProps {
  /** The S3 endpoint: an `ObjectStore`, or an `RgwObjectStore`. */
  readonly objectStore: IObjectStore;

  /**
   * Name of the bucket, without a slash. Velero never creates it. 3 to 63 lower-case letters, digits, hyphens and single dots, and no IP address,
   * otherwise an error is raised.
   */
  readonly bucket: string;

  /**
   * Key of a Secret with an INI file of access key and secret key. The location is in its namespace: Velero reads no other.
   *
   * @default - what server and node-agent have themselves: the role of their ServiceAccounts or nodes on AWS, or the install's `objectStoreKeys`
   */
  readonly credential?: ICredential;

  /**
   * The Velero namespace. Another one than that of the credential raises an error.
   *
   * @default - that of the credential, and 'velero' without one
   */
  readonly namespace?: string;

  /**
   * Whether the Secret of the credential may be absent. Velero does not read this field of the API.
   *
   * @default - left out
   */
  readonly credentialOptional?: boolean;

  /**
   * Name of the BackupStorageLocation, at most 63 characters: Velero writes it into a label of each backup.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Folder in the bucket, without slash at its beginning or end and without `.` and `..`. Clusters that share a bucket need one each: in one folder
   * they would write into the same repositories and expire each other's backups. A folder inside of another location's raises an error: Velero
   * takes a location with folders that it does not know for damaged.
   *
   * @default - the root of the bucket
   */
  readonly prefix?: string;

  /**
   * What Velero may do there.
   *
   * @default - `AccessMode.READ_WRITE`
   */
  readonly accessMode?: AccessMode;

  /**
   * Certificates, in PEM and nothing else, of the authority that signed the endpoint's certificate. Only with TLS, and neither with `caCertRef`
   * nor where the certificate is not verified.
   *
   * @default - that of the object store
   */
  readonly caCert?: string;

  /**
   * The same as a key of a Secret. Velero 1.18 and newer.
   *
   * @default - that of the object store, where Velero knows it
   */
  readonly caCertRef?: CertificateReference;

  /**
   * How often backups that others made in the bucket are looked for. 0 means never.
   *
   * @default - the server's `backupSyncPeriod`, 1 minute
   */
  readonly backupSyncPeriod?: Duration;

  /**
   * How often it is checked that the bucket can be reached. 0 means once.
   *
   * @default - the server's `storeValidationFrequency`, 1 minute
   */
  readonly validationFrequency?: Duration;

  /**
   * Provider of the plugin.
   *
   * @default 'aws'
   */
  readonly provider?: string;

  /**
   * Further keys of `config`, for another provider's plugin. A key that the object store sets already, one that the plugin for AWS does not know, and
   * `bucket`, `prefix`, `caCert` and `credentialsFile`, which come from other props, raise an error.
   *
   * @default - none
   */
  readonly extraConfig?: { [key: string]: string };

  /**
   * Labels of the BackupStorageLocation.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of the BackupStorageLocation. They win over those that tell ArgoCD how to apply it.
   *
   * @default - those of the delivery
   */
  readonly annotations?: { [name: string]: string };
}

/**
 * A bucket where backups go, in the namespace of its credential.
 *
 * It is the default one when `VeleroInstall` is given it as `defaultLocation`.
 *
 * @see https://velero.io/docs/main/api-types/backupstoragelocation/
 */
export class BackupStorageLocation extends Construct implements IBackupStorageLocation {
  /**
   * A location that this app does not declare. Nothing is emitted.
   *
   * @param name name of the BackupStorageLocation
   */
  public static fromLocationName(
    scope: Construct, id: string, name: string, attributes: BackupStorageLocationAttributes = {},
  ): IBackupStorageLocation {
    return new ImportedLocation(scope, id, name, attributes.namespace ?? 'velero');
  }

  /** Whether a value is a location that is declared in an app, also by another copy of this package. */
  public static isBackupStorageLocation(x: any): x is BackupStorageLocation {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  public readonly locationName: string;

  public readonly namespace: string;

  /** Name of the bucket. */
  public readonly bucket: string;

  /** Folder in the bucket, if not its root. */
  public readonly prefix?: string;

  /** What Velero may do there. */
  public readonly accessMode: AccessMode;

  private isDefault = false;

  public constructor(scope: Construct, id: string, props: BackupStorageLocationProps) {
    super(scope, id);
    Object.defineProperty(this, MARK, { value: true });
    const problems = Problems.of(this, TYPE);
    problems.add(...LOCATION.problems('', props ?? {}));
    problems.refuse();
    this.locationName = props.name ?? id;
    this.namespace = props.namespace ?? props.credential?.namespace ?? 'velero';
    this.bucket = props.bucket;
    this.prefix = props.prefix;
    this.accessMode = props.accessMode ?? AccessMode.READ_WRITE;

    problems.add(...wrongNames(this), wrongNamespace(props), wrongProvider(props), ...wrongTls(props), ...wrongConfig(props));
    problems.add(...labels('labels', props.labels), ...annotations('annotations', props.annotations));
    problems.add(oneOf('accessMode', props.accessMode, Object.values(AccessMode)));
    problems.add(period('backupSyncPeriod', props.backupSyncPeriod), period('validationFrequency', props.validationFrequency));
    problems.refuse();
    this.declare(props);

    kubeObject(this, 'Resource', 'BackupStorageLocation', {
      metadata: deliver('BackupStorageLocation', {
        name: this.locationName, namespace: this.namespace, labels: props.labels, annotations: props.annotations,
      }),
      spec: {
        ...specOf(props),
        objectStorage: lazy(() => ({ bucket: props.bucket, prefix: props.prefix, ...this.authority(props) })),
        default: lazy(() => this.isDefault),
      },
    });
  }

  /**
   * Makes it the location of backups that name none.
   *
   * @internal
   */
  public _becomeDefault(): void {
    this.isDefault = true;
  }

  /** Which release reads it may be declared after the location. */
  private authority({ objectStore, ...own }: BackupStorageLocationProps): Pick<BackupStorageLocationSpecObjectStorage, 'caCert' | 'caCertRef'> {
    const { caCert, caCertRef } = own.caCert ?? own.caCertRef ? own : objectStore;
    const release = Declarations.of(this).releaseIn(this.namespace);
    const named = caCertRef && (caCert === undefined || release?.has('ca-certificate-reference'));
    return named
      ? { caCertRef: { name: caCertRef.secretName, key: caCertRef.secretKey, optional: caCertRef.optional } }
      : { caCert: caCert && Buffer.from(caCert).toString('base64') };
  }

  private declare(props: BackupStorageLocationProps): void {
    const declarations = Declarations.of(this);
    declarations.claim(this, TYPE, this.namespace, this.locationName);
    if (props.accessMode !== AccessMode.READ_ONLY) {
      declarations.claimFolder(this, TYPE, `${endpointOf(props.objectStore)} ${this.bucket}`, this.prefix ?? '');
    }
    if (props.caCertRef ?? (props.caCert === undefined && props.objectStore.caCert === undefined && props.objectStore.caCertRef)) {
      declarations.need(this, TYPE, this.namespace, 'caCertRef', 'ca-certificate-reference');
    }
    if (isAws(props)) {
      declarations.expect(this, TYPE, this.namespace, ({ pluginVersion }) => unknownToPlugin(configOf(props), pluginVersion));
    }
  }
}

class ImportedLocation extends Construct implements IBackupStorageLocation {
  public constructor(scope: Construct, id: string, public readonly locationName: string, public readonly namespace: string) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(dnsSubdomain('name', locationName), dnsLabel('namespace', namespace));
    problems.refuse();
  }
}

function wrongNames({ locationName, bucket, prefix }: BackupStorageLocation): (Problem | undefined)[] {
  return [
    dnsSubdomain('name', locationName),
    labelValue('name', locationName),
    wrongBucket('bucket', bucket),
    prefix === undefined ? undefined : wrongPrefix(prefix),
  ];
}

function wrongPrefix(prefix: string): Problem | undefined {
  const what = 'prefix';
  const steps = prefix.split('/');
  if (steps.some(step => step === '' || /[\s\p{Cc}]/u.test(step))) {
    return { what, got: prefix, wanted: 'a folder without "/" at its beginning or end, or none', next: trimmed(steps) };
  }
  // A store takes them as they are, and the clients of velero, kopia and restic resolve them, not all alike.
  return steps.some(step => step === '.' || step === '..')
    ? { what, got: prefix, wanted: 'a folder without "." and ".." in it', next: 'write the folder that is meant' } : undefined;
}

function trimmed(steps: string[]): string {
  const folder = steps.map(step => step.trim()).filter(step => step !== '').join('/');
  return folder === '' ? 'leave prefix out for the root of the bucket' : `write "${folder}"`;
}

function wrongNamespace({ namespace, credential }: BackupStorageLocationProps): Problem | undefined {
  if (namespace === undefined) {
    return undefined;
  }
  return credential === undefined || credential.namespace === namespace ? dnsLabel('namespace', namespace) : {
    what: 'namespace', got: namespace, wanted: `${credential.namespace}, where the credential is: Velero reads no other`, next: 'leave it out',
  };
}

function wrongProvider({ provider = PROVIDER }: BackupStorageLocationProps): Problem | undefined {
  return PROVIDER_NAME.test(provider) ? undefined : { what: 'provider', got: provider, wanted: 'the name of a plugin, such as aws or example.com/other' };
}

function wrongTls({ objectStore, caCert, caCertRef }: BackupStorageLocationProps): (Problem | undefined)[] {
  const given = [caCert !== undefined && 'caCert', caCertRef && 'caCertRef'].filter(name => typeof name === 'string');
  const what = given.join(' and ');
  return [
    caCertRef && dnsSubdomain('caCertRef.secretName', caCertRef.secretName),
    given.length > 1 ? { what, wanted: 'one of them: Velero refuses both', next: 'leave one out' } : undefined,
    given.length > 0 && !objectStore.tls ? { what, wanted: 'an endpoint with TLS', next: 'leave it out: over http no certificate is presented' } : undefined,
    given.length > 0 && objectStore.skipsTlsVerify
      ? { what, wanted: 'a certificate that is verified', next: 'leave insecureSkipTlsVerify out of the object store' }
      : undefined,
    caCert === undefined ? undefined : wrongCertificates('caCert', caCert),
  ];
}

/** Zero is a value of its own here: it switches the period off. */
function period(what: string, got: Duration | undefined): Problem | undefined {
  return got?.toMilliseconds?.({ integral: false }) === 0 ? undefined : wholeSeconds(what, got);
}

function wrongConfig(props: BackupStorageLocationProps): (Problem | undefined)[] {
  return Object.keys(props.extraConfig ?? {}).map(key => {
    const what = `extraConfig["${key}"]`;
    if (key in OWN_PROPS) {
      return { what, wanted: `the prop ${OWN_PROPS[key]} instead: Velero fills ${key} from it`, next: 'move it there' };
    }
    if (key in props.objectStore.config) {
      return { what, wanted: 'a key that the object store does not set', next: 'set it on the object store' };
    }
    if (URL_KEYS.includes(key)) {
      return secretInUrl(what, props.extraConfig![key]);
    }
    return isAws(props) && !tables.plugins().LOCATION_CONFIG_KEYS.some(({ name }) => name === key)
      ? { what, wanted: 'a key that velero-plugin-for-aws knows: with any other the location is Unavailable', next: 'leave it out' }
      : undefined;
  });
}

function isAws({ provider = PROVIDER }: BackupStorageLocationProps): boolean {
  return PROVIDERS_OF_AWS.includes(provider);
}

/** One spelling for one endpoint: `http://rgw.rook.svc` is port 80 as well. */
function endpointOf({ config: { s3Url } }: IObjectStore): string {
  return s3Url === undefined ? 'AWS' : new URL(s3Url).origin;
}

function unknownToPlugin(config: { [key: string]: string }, pluginVersion: string): Problem | undefined {
  const known = tables.plugins().locationConfigKeys(pluginVersion);
  const unknown = Object.keys(config).find(key => !known.has(key));
  return unknown === undefined ? undefined : {
    what: unknown, wanted: `a key that velero-plugin-for-aws ${pluginVersion} of this release knows`, next: 'leave it out or change the version of the VeleroInstall',
  };
}

function configOf({ objectStore, extraConfig }: BackupStorageLocationProps): { [key: string]: string } {
  return { ...objectStore.config, ...extraConfig };
}

function specOf(props: BackupStorageLocationProps): Omit<BackupStorageLocationSpec, 'objectStorage'> {
  return {
    provider: props.provider ?? PROVIDER,
    credential: props.credential && { name: props.credential.secretName, key: props.credential.secretKey, optional: props.credentialOptional },
    config: configOf(props),
    accessMode: props.accessMode as unknown as BackupStorageLocationSpecAccessMode | undefined,
    backupSyncPeriod: props.backupSyncPeriod && goDuration(props.backupSyncPeriod),
    validationFrequency: props.validationFrequency && goDuration(props.validationFrequency),
  };
}

/** What is known at synth only. */
function lazy<T>(produce: () => T): T {
  return Lazy.any({ produce }) as unknown as T;
}
