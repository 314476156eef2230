import { Construct } from 'constructs';
import { dnsLabel, dnsSubdomain, Problems, struct, TEXT } from '../findings';
import { ICredential } from './credential';
import { secretKey as wrongKey } from './secret-key';

/** Where a Secret is that this app does not declare. */
export interface ExistingCredentialOptions {
  /**
   * Namespace of the Secret.
   *
   * @default 'velero'
   */
  readonly namespace?: string;
}

const TYPE = 'ExistingCredential';
const OPTIONS = struct<ExistingCredentialOptions>({ namespace: TEXT });

/**
 * A credential that something else brings into the cluster. Nothing is emitted.
 *
 * It must be there before the server starts: where the repository password is absent, the server waits for it.
 */
export class ExistingCredential extends Construct implements ICredential {
  /**
   * Names a key of a Secret.
   *
   * @param name name of the Secret
   * @param key key in the Secret: `cloud` for S3, `repository-password` for the repositories
   */
  public static fromSecret(scope: Construct, id: string, name: string, key: string, options: ExistingCredentialOptions = {}): ExistingCredential {
    return new ExistingCredential(scope, id, name, key, options ?? {});
  }

  public readonly namespace: string;

  private constructor(
    scope: Construct,
    id: string,
    public readonly secretName: string,
    public readonly secretKey: string,
    options: ExistingCredentialOptions,
  ) {
    super(scope, id);
    this.namespace = options.namespace ?? 'velero';
    const problems = Problems.of(this, TYPE);
    problems.add(...OPTIONS.problems('', options));
    problems.refuse();
    problems.add(dnsSubdomain('name', secretName), wrongKey('key', secretKey), dnsLabel('namespace', this.namespace));
    problems.refuse();
  }
}
