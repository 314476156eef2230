import { Fields, isJson } from './fields';
import { type Location } from './location';
import { type Manifest } from './manifest';

/** An S3 service that Rook runs on Ceph. */
export interface CephObjectStore {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly port?: number;
  readonly securePort?: number;
}

export interface CephObjectStoreUser {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;

  /** The CephObjectStore that it belongs to. */
  readonly store?: string;

  /** Namespace of that store. */
  readonly storeNamespace: string;

  /** The Secrets of its namespace that its keys come from; none where Rook makes them. */
  readonly keySecrets: ReadonlySet<string>;
}

/** A claim to a bucket, for which Rook makes the bucket, a user and a Secret. */
export interface ObjectBucketClaim {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly bucketName?: string;
  readonly storageClass?: string;

  /** Quotas, lifecycle and policy, each in a string. */
  readonly additionalConfig: Readonly<Record<string, string>>;
}

export function readCephObjectStore(manifest: Manifest): CephObjectStore {
  const gateway = manifest.spec.object('gateway');
  return {
    manifest, namespace: manifest.namespace, name: manifest.name, port: gateway.number('port'), securePort: gateway.number('securePort'),
  };
}

export function readCephObjectStoreUser(manifest: Manifest): CephObjectStoreUser {
  const { spec, namespace, name } = manifest;
  const keySecrets = spec.objects('keys').flatMap(key => ['accessKeyRef', 'secretKeyRef'].map(field => key.object(field).string('name') ?? ''));
  return {
    manifest, namespace, name, store: spec.string('store'), storeNamespace: spec.string('clusterNamespace') ?? namespace, keySecrets: new Set(keySecrets.filter(secret => secret !== '')),
  };
}

export function readObjectBucketClaim(manifest: Manifest): ObjectBucketClaim {
  const { spec } = manifest;
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    bucketName: spec.string('bucketName') ?? spec.string('generateBucketName'),
    storageClass: spec.string('storageClassName'),
    additionalConfig: spec.stringMap('additionalConfig'),
  };
}

/** Whether a location keeps its backups in the bucket of a claim. A generated name is longer than what it is generated from. */
export function claimsBucketOf({ manifest, bucketName }: ObjectBucketClaim, { bucket, endpoint }: Location): boolean {
  if (bucketName === undefined || !bucket || endpoint === undefined || endpoint.isAws) {
    return false;
  }
  return manifest.spec.has('bucketName') ? bucket === bucketName : bucket.startsWith(`${bucketName}-`);
}

/** The rules by which a bucket deletes objects; none where Rook could not read them either. */
export function lifecycleRules({ manifest, additionalConfig }: ObjectBucketClaim): readonly Fields[] {
  const { bucketLifecycle } = additionalConfig;
  try {
    const value: unknown = bucketLifecycle === undefined ? undefined : JSON.parse(bucketLifecycle);
    return isJson(value) ? Fields.of(value, manifest, 'spec.additionalConfig.bucketLifecycle').objects('Rules') : [];
  } catch {
    return [];
  }
}
