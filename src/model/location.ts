import { type Manifest } from './manifest';

/** A BackupStorageLocation: where backups go. */
export interface Location {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly provider?: string;
  readonly bucket?: string;
  readonly prefix?: string;

  /** PEM in base64. */
  readonly caCert?: string;
  readonly caCertRef?: { readonly name?: string; readonly key?: string };

  /** Values of another type than string are unreadable fields: the API server refuses them. */
  readonly config: Readonly<Record<string, string>>;
  readonly credential?: { readonly name?: string; readonly key?: string };
  readonly isDefault: boolean;
  readonly accessMode?: string;
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
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    provider: spec.string('provider'),
    bucket: storage.string('bucket'),
    prefix: storage.string('prefix'),
    caCert: storage.string('caCert'),
    caCertRef: certificate && { name: certificate.string('name'), key: certificate.string('key') },
    config: spec.stringMap('config'),
    credential: credential && { name: credential.string('name'), key: credential.string('key') },
    isDefault: spec.boolean('default') ?? false,
    accessMode: spec.string('accessMode'),
  };
}

export function readSnapshotLocation(manifest: Manifest): SnapshotLocation {
  return { manifest, namespace: manifest.namespace, name: manifest.name, provider: manifest.spec.string('provider') };
}
