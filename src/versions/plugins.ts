import { Availability, available } from './availability';

/** A key of a location's `config` that the plugin for AWS accepts, in the releases of the plugin. Every value is a string. */
export interface LocationConfigKey extends Availability {
  readonly name: string;

  /** Set by Velero from another field of the location; who sets it in `config` too overrides that. */
  readonly injected?: string;

  /** The values accepted, where the plugin lists them. */
  readonly values?: readonly string[];

  readonly source: string;
}

/** Why releases of the plugin for AWS must not write to a store that is compatible with S3 but is not AWS. */
export interface PluginDefect extends Availability {
  /** Only over https: over http the AWS SDK sends checksums as headers, which such stores accept or ignore. */
  readonly onlyOverTls: boolean;

  /** What happens, as a clause. */
  readonly description: string;

  readonly source: string;
}

/**
 * The plugins of the Velero project that write to object stores, by the name of their image: the provider that locations name, with or without
 * `velero.io/` before it. Each has the minor that `VeleroRelease.pluginVersion` has, because their minors go up together.
 *
 * @see velero-plugin-for-aws v1.14.3 README.md:22; https://velero.io/docs/v1.18/release-schedule/: "bumped up one minor version when new Velero is released"
 */
export const STORE_PLUGINS: ReadonlyMap<string, string> = new Map([
  ['velero-plugin-for-aws', 'aws'],
  ['velero-plugin-for-microsoft-azure', 'azure'],
  ['velero-plugin-for-gcp', 'gcp'],
]);

/** Snapshots by CSI: in all later releases it is part of Velero, and a server that finds it a second time does not start. */
export const CSI_PLUGIN: Availability & { readonly name: string; readonly source: string } = {
  name: 'velero-plugin-for-csi',
  until: '1.14.0',
  source: 'velero v1.14.1 pkg/cmd/server/plugin/plugin.go:144, pkg/plugin/clientmgmt/process/registry.go:203; CHANGELOG-1.14.md:64',
};

const BOOLEAN = ['true', 'false'];
const CHECKSUMS = ['', 'CRC32', 'CRC32C', 'SHA1', 'SHA256'];

/**
 * What the plugin for AWS accepts; with any other key the location is Unavailable (`config has invalid keys`).
 *
 * Ranges are of the plugin; a key without one is older than v1.10, the plugin of the oldest known Velero.
 */
export const LOCATION_CONFIG_KEYS: readonly LocationConfigKey[] = [
  { name: 'bucket', injected: 'objectStorage.bucket', source: 'velero v1.18.3 pkg/plugin/framework/validation.go:31' },
  { name: 'caCert', injected: 'objectStorage.caCert', source: 'velero v1.18.3 pkg/plugin/framework/validation.go:31' },
  {
    name: 'checksumAlgorithm',
    values: CHECKSUMS,
    until: '1.14.1',
    source: 'v1.13.2 velero-plugin-for-aws/object_store.go:63, values in aws-sdk-go-v2/service/s3 v1.48.0 types/enums.go:207',
  },
  {
    name: 'checksumAlgorithm',
    values: [...CHECKSUMS, 'CRC64NVME'],
    since: '1.14.1',
    until: '1.14.2',
    source: 'v1.14.1 go.mod: aws-sdk-go-v2/service/s3 v1.97.3, its types/enums.go:263',
  },
  {
    name: 'checksumAlgorithm',
    values: [...CHECKSUMS, 'CRC64NVME', 'SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'],
    since: '1.14.2',
    source: 'v1.14.3 velero-plugin-for-aws/object_store.go:63, values in aws-sdk-go-v2/service/s3 v1.101.0 types/enums.go:273',
  },
  { name: 'credentialsFile', injected: 'credential', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:56' },
  { name: 'customerKeyEncryptionFile', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:51' },
  { name: 'customerKeyEncryptionSecret', since: '1.13.0', source: 'v1.13.0 velero-plugin-for-aws/object_store.go:52' },
  { name: 'enableSharedConfig', values: BOOLEAN, source: 'v1.14.3 velero-plugin-for-aws/object_store.go:61' },
  { name: 'insecureSkipTLSVerify', values: BOOLEAN, source: 'v1.14.3 velero-plugin-for-aws/object_store.go:59' },
  { name: 'kmsKeyId', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:50' },
  { name: 'prefix', injected: 'objectStorage.prefix', source: 'velero v1.18.3 pkg/plugin/framework/validation.go:31' },
  { name: 'profile', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:57' },
  { name: 'publicUrl', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:49' },
  { name: 'region', source: 'v1.14.3 velero-plugin-for-aws/volume_snapshotter.go:41' },
  { name: 's3ForcePathStyle', values: BOOLEAN, source: 'v1.14.3 velero-plugin-for-aws/object_store.go:53' },
  { name: 's3Url', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:48' },
  { name: 'serverSideEncryption', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:58' },
  { name: 'signatureVersion', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:55' },
  { name: 'tagging', source: 'v1.14.3 velero-plugin-for-aws/object_store.go:62' },
];

/**
 * Releases of the plugin for AWS that break or corrupt backups on stores that are compatible with S3 but are not AWS, Ceph among them,
 * even with `checksumAlgorithm: ""`.
 */
export const PLUGIN_DEFECTS: readonly PluginDefect[] = [
  {
    since: '1.9.1',
    until: '1.9.2',
    onlyOverTls: false,
    description: 'it always sends a checksum, which the store refuses, and knows no checksumAlgorithm to switch that off',
    source: 'v1.9.1 velero-plugin-for-aws/object_store.go:192; velero#7534, velero#7543',
  },
  {
    since: '1.14.1',
    until: '1.14.3',
    onlyOverTls: true,
    description: 'it adds a checksum behind the data of every object: the store refuses it or keeps it as part of the object, which nothing can read then',
    source: 'velero#9804, velero#9951; https only: aws-sdk-go-v2 service/internal/checksum v1.9.15 middleware_compute_input_checksum.go:168',
  },
  {
    since: '1.14.3',
    until: '1.15.0',
    onlyOverTls: true,
    description: 'it adds a checksum behind the data of every object above 5 MiB: the store refuses it or keeps it as part of the object',
    source: 'velero-plugin-for-aws#313 mends uploads in one part only: velero#10543',
  },
];

/** Keys of a location's `config` that a release of the plugin accepts, by name. */
export function locationConfigKeys(pluginVersion: string): ReadonlyMap<string, LocationConfigKey> {
  return new Map(LOCATION_CONFIG_KEYS.filter(key => available(key, pluginVersion)).map(key => [key.name, key]));
}

/** What is wrong with a release of the plugin on a store that is compatible with S3 but is not AWS; nothing when it is fine. */
export function pluginDefect(pluginVersion: string, overTls: boolean): PluginDefect | undefined {
  return PLUGIN_DEFECTS.find(defect => available(defect, pluginVersion) && (overTls || !defect.onlyOverTls));
}
