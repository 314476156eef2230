import { thing } from '../findings';

/**
 * A key of a Secret that holds something secret: an S3 key pair or the repository password.
 *
 * The value itself never passes through synth.
 */
export interface ICredential {
  /** Name of the Secret. */
  readonly secretName: string;

  /** Namespace of the Secret. */
  readonly namespace: string;

  /** Key in the Secret whose value is the credential. */
  readonly secretKey: string;
}

/** For callers whom no type stops. */
export const CREDENTIAL = thing(
  'a credential, such as ExistingCredential.fromSecret(…)',
  value => [value?.secretName, value?.secretKey, value?.namespace].every(name => typeof name === 'string'),
);
