/**
 * Access key and secret key in a Secret, each under a key of its own and not in the file that a location reads: as Rook writes them.
 *
 * `VeleroInstall` takes them as `objectStoreKeys`, for locations without a credential. They count before the file of a credential too, unless the
 * object store has a `profile`.
 */
export interface IObjectStoreKeys {
  /** Name of the Secret. */
  readonly secretName: string;

  /** Namespace of the Secret. */
  readonly namespace: string;

  /** Key in the Secret whose value is the access key. */
  readonly accessKeyName: string;

  /** Key in the Secret whose value is the secret key. */
  readonly secretKeyName: string;
}
