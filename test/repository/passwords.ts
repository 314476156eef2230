import { ICredential } from '../../src/credentials/credential';

/** The password as Velero reads it. */
export const PASSWORD: ICredential = { secretName: 'velero-repo-credentials', secretKey: 'repository-password', namespace: 'velero' };

const WANTED = 'wanted Secret velero-repo-credentials with key repository-password: Velero reads no other and would encrypt with the public password of its source code; '
  + 'seal it under that name: npx cdk8s-velero seal repository-password --cert sealed-secrets.pem --out sealed/velero-repo-credentials.yaml';

/** Passwords that Velero would not read, and the message. */
export const WRONG_PASSWORDS: [string, ICredential, string][] = [
  ['another name', { ...PASSWORD, secretName: 'velero-restic-credentials' }, `password got "velero-restic-credentials/repository-password", ${WANTED}`],
  ['another key', { ...PASSWORD, secretKey: 'password' }, `password got "velero-repo-credentials/password", ${WANTED}`],
  ['none', undefined as any, 'password: wanted a credential, such as ExistingCredential.fromSecret(…)'],
];
