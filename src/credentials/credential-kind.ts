/** What the credential is for, as the annotation tells it. */
export enum CredentialKind {
  S3 = 's3',
  REPOSITORY_PASSWORD = 'repository-password',
}
