import { CREDENTIAL } from '../credentials/credential';
import { DURATION, mapOf, required, struct, TEXT, thing, TRUTH } from '../findings';
import type { BackupStorageLocationProps, CertificateReference } from './backup-storage-location';

const STORE = thing('an ObjectStore, such as ObjectStore.rgw({ … })', value => typeof value?.config === 'object' && typeof value.tls === 'boolean');
const TEXT_MAP = mapOf(TEXT);

/** What a location is made of. */
export const LOCATION = struct<BackupStorageLocationProps>({
  objectStore: required(STORE),
  bucket: required(TEXT),
  credential: required(CREDENTIAL),
  credentialOptional: TRUTH,
  name: TEXT,
  prefix: TEXT,
  accessMode: TEXT,
  caCert: TEXT,
  caCertRef: struct<CertificateReference>({ secretName: required(TEXT), secretKey: required(TEXT), optional: TRUTH }),
  backupSyncPeriod: DURATION,
  validationFrequency: DURATION,
  provider: TEXT,
  extraConfig: TEXT_MAP,
  labels: TEXT_MAP,
  annotations: TEXT_MAP,
});
