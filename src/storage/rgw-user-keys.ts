import { CREDENTIAL, ICredential } from '../credentials/credential';
import { CURRENT_PAIR, type S3Pair, s3PairsOf } from '../credentials/s3-pairs';
import { dnsLabel, Problem, Problems } from '../findings';
import { REPOSITORY_PASSWORD } from '../versions';

/**
 * Where the keys of an `RgwUser` come from, and how Velero gets them.
 *
 * | choice | Rook | how Velero gets the keys |
 * |---|---|---|
 * | `RgwUserKeys.sealed(credential)` | 1.17 and newer | from the credential, which the location names: one sealed pair feeds both |
 * | `RgwUserKeys.madeByRook()` | 1.12.3 and newer | as variables: `user.keys` is the install's `objectStoreKeys`, the location has no credential |
 * | no `RgwUser`: an `RgwBucket` without owner | 1.12 and newer | the same way, by `bucket.keys`: Rook makes a user for the bucket |
 *
 * Keys in variables reach all locations of the install but those that name a credential and a profile of it, so they are for one store. They are
 * Rook's, and lost with the Kubernetes cluster even where Ceph survives: sealed ones work in the next cluster too.
 */
export class RgwUserKeys {
  /**
   * Those in the Secret of a credential, which Rook reads in the same namespace: keys `accessKey` and `secretKey`, as `cdk8s-velero seal s3` writes
   * them, and `nextAccessKey` and `nextSecretKey` while a rotation lasts. RGW takes these and no others: Rook removes what is not there.
   *
   * @param credential the one that the location names
   * @throws when the app declares the Secret without such keys, and for the password of the repositories
   */
  public static sealed(credential: ICredential): RgwUserKeys {
    const problems = new Problems('RgwUserKeys.sealed');
    problems.add(...credential === undefined ? [{ what: 'credential', wanted: CREDENTIAL.wanted }] : CREDENTIAL.problems('credential', credential));
    problems.refuse();
    problems.add(wrongKind(credential));
    problems.refuse();
    // Of a Secret that others bring only the cluster knows what is in it.
    const pairs = s3PairsOf(credential) ?? [CURRENT_PAIR];
    problems.add(pairs.length > 0 ? undefined : {
      what: 'credential',
      got: `${credential.namespace}/${credential.secretName}`,
      wanted: `a Secret with the keys ${CURRENT_PAIR.accessKey} and ${CURRENT_PAIR.secretKey} beside ${credential.secretKey}: Rook reads no file`,
      next: `seal it anew: npx cdk8s-velero seal s3 --name ${credential.secretName} --namespace ${credential.namespace} --cert sealed-secrets.pem`,
    });
    problems.refuse();
    return new RgwUserKeys(credential.namespace, credential.secretName, pairs);
  }

  /**
   * Those that Rook makes, in a Secret `rook-ceph-object-user-<store>-<user>` without a file that a location could read.
   *
   * @param namespace the Velero namespace, 'velero' if left out
   */
  public static madeByRook(namespace: string = 'velero'): RgwUserKeys {
    const problems = new Problems('RgwUserKeys.madeByRook');
    problems.add(dnsLabel('namespace', namespace));
    problems.refuse();
    return new RgwUserKeys(namespace);
  }

  private constructor(
    /** Namespace of the Secret, and so of the user. */
    public readonly namespace: string,
    private readonly secretName?: string,
    private readonly pairs: readonly S3Pair[] = [],
  ) {}

  /** @internal */
  public get _secret(): { readonly name: string; readonly pairs: readonly S3Pair[] } | undefined {
    return this.secretName === undefined ? undefined : { name: this.secretName, pairs: this.pairs };
  }
}

/** Sealing S3 keys under its name would take the password away from all backups so far. */
function wrongKind({ namespace, secretName, secretKey }: ICredential): Problem | undefined {
  return secretName !== REPOSITORY_PASSWORD.secretName && secretKey !== REPOSITORY_PASSWORD.secretKey ? undefined : {
    what: 'credential',
    got: `${namespace}/${secretName}`,
    wanted: 'a credential with S3 keys: this is the password of the repositories',
    next: 'give it the credential that the location names',
  };
}
