import { type Endpoint, readEndpoint } from './endpoint';
import { type Manifest } from './manifest';

/** A BackupStorageLocation: where backups go. */
export interface Location {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly provider?: string;
  readonly bucket?: string;
  readonly prefix?: string;

  /** The prefix without slashes around it, as Velero takes it: empty for the root of the bucket. */
  readonly folder: string;

  /** PEM in base64. */
  readonly caCert?: string;
  readonly caCertRef?: { readonly name?: string; readonly key?: string };

  /** Values of another type than string are unreadable fields: the API server refuses them. */
  readonly config: Readonly<Record<string, string>>;
  readonly credential?: { readonly name?: string; readonly key?: string };
  readonly isDefault: boolean;
  readonly accessMode?: string;

  /** Whether the plugin for AWS serves it, which reads `config`. */
  readonly usesAwsPlugin: boolean;

  /** `config.s3Url`: absent where there is none or it is none, and for Amazon's own service of a region. */
  readonly endpoint?: Endpoint;

  /** `config.publicUrl`, for which links for people are signed where there is one. */
  readonly publicEndpoint?: Endpoint;
}

/** A VolumeSnapshotLocation. */
export interface SnapshotLocation {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly provider?: string;
}

export function readLocation(manifest: Manifest): Location {
  const { spec } = manifest;
  const storage = spec.object('objectStorage');
  const certificate = storage.optionalObject('caCertRef');
  const credential = spec.optionalObject('credential');
  const provider = spec.string('provider');
  const config = spec.stringMap('config');
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    provider,
    bucket: storage.string('bucket'),
    prefix: storage.string('prefix'),
    folder: (storage.string('prefix') ?? '').split('/').filter(step => step !== '').join('/'),
    caCert: storage.string('caCert'),
    caCertRef: certificate && { name: certificate.string('name'), key: certificate.string('key') },
    config,
    credential: credential && { name: credential.string('name'), key: credential.string('key') },
    isDefault: spec.boolean('default') ?? false,
    accessMode: spec.string('accessMode'),
    usesAwsPlugin: provider === 'aws' || provider === 'velero.io/aws',
    endpoint: endpointIn(config, 's3Url'),
    publicEndpoint: endpointIn(config, 'publicUrl'),
  };
}

function endpointIn(config: Location['config'], key: string): Endpoint | undefined {
  return Object.hasOwn(config, key) ? readEndpoint(config[key]) : undefined;
}

export function readSnapshotLocation(manifest: Manifest): SnapshotLocation {
  return { manifest, namespace: manifest.namespace, name: manifest.name, provider: manifest.spec.string('provider') };
}
