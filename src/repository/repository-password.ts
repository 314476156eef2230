import { ICredential } from '../credentials/credential';
import { Problem } from '../findings';

/** @see velero v1.18.3 pkg/repository/keys/keys.go:33, the same since v1.10 */
const SECRET_NAME = 'velero-repo-credentials';
const SECRET_KEY = 'repository-password';

/** Velero looks the password up by these names. Without them it makes a Secret of that name itself, with a password from its source code. */
export function wrongPassword({ secretName, secretKey }: ICredential): Problem | undefined {
  return secretName === SECRET_NAME && secretKey === SECRET_KEY ? undefined : {
    what: 'password',
    got: `${secretName}/${secretKey}`,
    wanted: `Secret ${SECRET_NAME} with key ${SECRET_KEY}: Velero reads no other and would encrypt with the public password of its source code`,
    next: `seal it under that name: npx cdk8s-velero seal repository-password --cert sealed-secrets.pem --out sealed/${SECRET_NAME}.yaml`,
  };
}
