import { type ICredential } from './credential';

/** Keys of a Secret that hold one pair of S3 keys. */
export interface S3Pair {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** The pair that the store knows already. Velero uses it, unless there is a next one. */
export const CURRENT_PAIR: S3Pair = { accessKey: 'accessKey', secretKey: 'secretKey' };

/**
 * The pair that a rotation goes over to. It has names of its own, because the store's user is told of it only after the Secret: were it put in place
 * of the one in use, Rook would remove that one from the store in between.
 */
export const NEXT_PAIR: S3Pair = { accessKey: 'nextAccessKey', secretKey: 'nextSecretKey' };

/** A credential that knows what its Secret has. */
interface Knowing {
  readonly _keys: readonly string[];
}

/**
 * The pairs of S3 keys in the Secret of a credential, the one that Velero uses last, for whoever tells a store which ones to take.
 *
 * @returns nothing where the Secret is not declared in this app: only the cluster knows what is in it
 */
export function s3PairsOf(credential: ICredential): S3Pair[] | undefined {
  const { _keys } = credential as Partial<Knowing>;
  return _keys && [CURRENT_PAIR, NEXT_PAIR].filter(pair => has(_keys, pair));
}

/** Whether both keys of a pair are there. */
export function has(keys: readonly string[], { accessKey, secretKey }: S3Pair): boolean {
  return keys.includes(accessKey) && keys.includes(secretKey);
}
