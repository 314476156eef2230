export { type ICredential } from './credentials/credential';
export { type IBackupRepository, Uploader } from './repository/backup-repository';
