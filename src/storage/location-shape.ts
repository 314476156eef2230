import { CREDENTIAL } from '../credentials/credential';
import { DURATION, mapOf, required, struct, TEXT, thing, TRUTH } from '../findings';
import type { BackupStorageLocationProps } from './backup-storage-location';
import type { CertificateReference } from './object-store';

const STORE = thing('an ObjectStore, such as ObjectStore.rgw({ … })', value => typeof value?.config === 'object' && typeof value.tls === 'boolean');
const TEXT_MAP = mapOf(TEXT);

/** A key of a Secret with certificates. */
export const CERTIFICATE_REFERENCE = struct<CertificateReference>({ secretName: required(TEXT), secretKey: required(TEXT), optional: TRUTH });

/** What a location is made of. */
export const LOCATION = struct<BackupStorageLocationProps>({
  objectStore: required(STORE),
  bucket: required(TEXT),
  credential: CREDENTIAL,
  credentialOptional: TRUTH,
  namespace: TEXT,
  name: TEXT,
  prefix: TEXT,
  accessMode: TEXT,
  caCert: TEXT,
  caCertRef: CERTIFICATE_REFERENCE,
  backupSyncPeriod: DURATION,
  validationFrequency: DURATION,
  provider: TEXT,
  extraConfig: TEXT_MAP,
  labels: TEXT_MAP,
  annotations: TEXT_MAP,
});
