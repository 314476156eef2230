import { CREDENTIAL, ICredential } from '../credentials/credential';
import { Problem, required } from '../findings';
import { REPOSITORY_PASSWORD } from '../versions';

const { secretName: NAME, secretKey: KEY } = REPOSITORY_PASSWORD;

/** Velero looks the password up by these names. Without them it makes a Secret of that name itself, with a password from its source code. */
export function wrongPassword(password: ICredential): Problem[] {
  const problems = required(CREDENTIAL).problems('password', password);
  return problems.length > 0 || (password.secretName === NAME && password.secretKey === KEY) ? problems : [{
    what: 'password',
    got: `${password.secretName}/${password.secretKey}`,
    wanted: `Secret ${NAME} with key ${KEY}: Velero reads no other and would encrypt with the public password of its source code`,
    next: `seal it under that name: npx cdk8s-velero seal repository-password --cert sealed-secrets.pem --out sealed/${NAME}.yaml`,
  }];
}
