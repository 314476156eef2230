import { listOf, mapOf, NUMBER, required, struct, TEXT, thing, TRUTH } from '../findings';
import type { RgwObjectStoreAttributes } from './existing-rgw-object-store';
import { CERTIFICATE_REFERENCE } from './location-shape';
import { COMPATIBLE_OPTIONS } from './object-store';
import type { RgwResources } from './rgw-gateway';
import type { RgwObjectStoreProps } from './rgw-object-store';
import type { RgwTls } from './rgw-store';
import type { RgwZone } from './rgw-zone';

const VERSION = thing("a RookVersion, such as RookVersion.of('1.20.6')", value => typeof value?._has === 'function');
const POOL = thing('an RgwPool, such as RgwPool.replicated({ replicas: 3 })', value => typeof value?.isReplicated === 'boolean');
const TEXTS = listOf(TEXT);

/** What is known of a store that is not declared here. */
export const ATTRIBUTES = struct<RgwObjectStoreAttributes>({
  ...COMPATIBLE_OPTIONS,
  name: required(TEXT),
  namespace: TEXT,
  version: required(VERSION),
  port: NUMBER,
  tls: TRUTH,
  caCert: TEXT,
  caCertRef: CERTIFICATE_REFERENCE,
  allowUsersInNamespaces: TEXTS,
});

/** What a store is made of. */
export const PROPS = struct<RgwObjectStoreProps>({
  ...COMPATIBLE_OPTIONS,
  version: required(VERSION),
  name: TEXT,
  namespace: TEXT,
  metadataPool: POOL,
  dataPool: POOL,
  zone: struct<RgwZone>({ name: required(TEXT), zoneGroup: TEXT, realm: TEXT, create: TRUTH, pullEndpoint: TEXT, customEndpoints: TEXTS }),
  instances: NUMBER,
  port: NUMBER,
  tls: struct<RgwTls>({ certificateSecretName: required(TEXT), caCert: TEXT, caCertRef: CERTIFICATE_REFERENCE }),
  resources: struct<RgwResources>({ cpuRequest: TEXT, memoryRequest: TEXT, cpuLimit: TEXT, memoryLimit: TEXT }),
  priorityClassName: TEXT,
  allowUsersInNamespaces: TEXTS,
  labels: mapOf(TEXT),
  annotations: mapOf(TEXT),
});

/** For callers whom no type stops. */
export const RGW_STORE = thing(
  'an RgwObjectStore, or RgwObjectStore.fromExisting({ … })',
  value => typeof value?.objectStoreName === 'string' && typeof value.version?._has === 'function',
);
