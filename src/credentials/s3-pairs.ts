import { type ICredential } from './credential';

/** Keys of a Secret that hold one pair of S3 keys. */
export interface S3Pair {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** The pair that Velero uses. */
export const CURRENT_PAIR: S3Pair = { accessKey: 'accessKey', secretKey: 'secretKey' };

/** The pair before the last rotation: the store takes it until it is dropped. */
export const PREVIOUS_PAIR: S3Pair = { accessKey: 'previousAccessKey', secretKey: 'previousSecretKey' };

/** A credential that knows what its Secret has. */
interface Knowing {
  readonly _keys: readonly string[];
}

/**
 * The pairs of S3 keys in the Secret of a credential, the one in use first, for whoever tells a store which ones to take.
 *
 * @returns nothing where the Secret is not declared in this app: only the cluster knows what is in it
 */
export function s3PairsOf(credential: ICredential): S3Pair[] | undefined {
  const { _keys } = credential as Partial<Knowing>;
  return _keys && [CURRENT_PAIR, PREVIOUS_PAIR].filter(pair => has(_keys, pair));
}

/** Whether both keys of a pair are there. */
export function has(keys: readonly string[], { accessKey, secretKey }: S3Pair): boolean {
  return keys.includes(accessKey) && keys.includes(secretKey);
}
