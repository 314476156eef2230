import { Duration } from 'cdk8s';
import { compared, goDuration, REPOSITORY_PASSWORD } from '../versions';
import { CLOUD, CLOUD_KEY, cloudOf } from './cloud-file';
import { CredentialKind } from './credential-kind';
import type { ExternalRepositoryPasswordProps, ExternalS3Props, RemoteValue, SecretStoreReference } from './external-credential';
import { CURRENT_PAIR, NEXT_PAIR } from './s3-pairs';

/** One value that comes from the store. */
interface ExternalValue {
  /** The prop that names it. */
  readonly prop: string;
  readonly value: RemoteValue;
  /** The key of the Secret that it goes into. */
  readonly secretKey: string;
}

/** What becomes of the values of one credential. */
export interface ExternalShape {
  readonly kind: CredentialKind;
  readonly values: readonly ExternalValue[];
  /** Values that are composed of them. */
  readonly templates: Readonly<Record<string, string>>;
  readonly refresh: object;
  readonly target: object;
}

/** Keys are replaced in the store; the Secret follows. Whoever deletes the ExternalSecret does not want the keys either. */
export function s3Shape(props: ExternalS3Props): ExternalShape {
  const { accessKey, secretKey, nextAccessKey, nextSecretKey, refreshInterval = Duration.hours(1) } = props;
  const next = nextAccessKey && nextSecretKey
    ? [valueOf('nextAccessKey', nextAccessKey, NEXT_PAIR.accessKey), valueOf('nextSecretKey', nextSecretKey, NEXT_PAIR.secretKey)]
    : [];
  return {
    kind: CredentialKind.S3,
    values: [valueOf('accessKey', accessKey, CURRENT_PAIR.accessKey), valueOf('secretKey', secretKey, CURRENT_PAIR.secretKey), ...next],
    templates: { [CLOUD_KEY]: next.length > 0 ? cloudOf(NEXT_PAIR) : CLOUD },
    refresh: { refreshPolicy: 'Periodic', refreshInterval: goDuration(refreshInterval) },
    target: { creationPolicy: 'Owner' },
  };
}

/**
 * The password must outlive every accident. `CreatedOnce` alone does not see to it: where somebody touched the Secret the operator asks the store
 * again and overwrites it. An immutable one it leaves as it is, and an orphan it does not take along when the ExternalSecret is deleted.
 *
 * @see https://github.com/external-secrets/external-secrets/blob/v1.3.2/pkg/controllers/externalsecret/externalsecret_controller.go#L354
 * @see https://github.com/external-secrets/external-secrets/issues/5499
 */
export function passwordShape({ password }: ExternalRepositoryPasswordProps): ExternalShape {
  return {
    kind: CredentialKind.REPOSITORY_PASSWORD,
    values: [valueOf('password', password, REPOSITORY_PASSWORD.secretKey)],
    templates: {},
    refresh: { refreshPolicy: 'CreatedOnce' },
    target: { creationPolicy: 'Orphan', immutable: true },
  };
}

/** With a template, or the operator would copy the annotations of the ExternalSecret onto the Secret: those for ArgoCD too. */
export function externalSecretSpec(name: string, store: SecretStoreReference, { values, templates, refresh, target }: ExternalShape): object {
  return {
    ...refresh,
    secretStoreRef: { name: store.name, kind: store.kind ?? 'SecretStore' },
    target: {
      name,
      ...target,
      deletionPolicy: 'Retain',
      template: { engineVersion: 'v2', type: 'Opaque', mergePolicy: 'Merge', ...(Object.keys(templates).length > 0 && { data: templates }) },
    },
    data: values.map(({ secretKey, value }) => ({ secretKey, remoteRef: { ...remoteRef(value), ...defaultsOf(store) } })),
  };
}

/** What the definition fills in, and since which release: the API server adds it, and inside of a list ArgoCD would see a difference for ever. */
const DEFAULTS: readonly { readonly field: string; readonly value: string; readonly since?: string }[] = [
  { field: 'conversionStrategy', value: 'Default' },
  { field: 'decodingStrategy', value: 'None' },
  { field: 'metadataPolicy', value: 'None' },
  // https://github.com/external-secrets/external-secrets/issues/6398
  { field: 'nullBytePolicy', value: 'Ignore', since: '2.3.0' },
];

/** Older definitions prune what they do not know, which is a difference too. */
function defaultsOf({ operatorVersion }: SecretStoreReference): object {
  const known = DEFAULTS.filter(({ since }) => since === undefined || operatorVersion === undefined || compared(operatorVersion, since) >= 0);
  return Object.fromEntries(known.map(({ field, value }) => [field, value]));
}

function remoteRef({ key, property, version }: RemoteValue): object {
  return {
    key,
    ...(property !== undefined && { property }),
    ...(version !== undefined && { version }),
  };
}

function valueOf(prop: string, value: RemoteValue, secretKey: string): ExternalValue {
  return { prop, value, secretKey };
}
