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
