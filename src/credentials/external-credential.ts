import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { dnsLabel, dnsSubdomain, DURATION, Kind, oneOf, Problem, Problems, required, struct, TEXT, wholeSeconds } from '../findings';
import { REPOSITORY_PASSWORD } from '../versions';
import { CLOUD_KEY } from './cloud-file';
import { ICredential } from './credential';
import { externalSecretSpec, ExternalShape, passwordShape, s3Shape } from './external-secret';
import { ANNOTATION } from './sealed-secret';
import { claimSecret, wrongNameForS3 } from './secret-claim';

const TYPE = 'ExternalCredential';

/** Where a store of External Secrets is. */
export enum SecretStoreKind {
  /** In the namespace of the Secret. */
  SECRET_STORE = 'SecretStore',
  /** For the whole cluster. */
  CLUSTER_SECRET_STORE = 'ClusterSecretStore',
}

/** A store of External Secrets, which this app does not declare. */
export interface SecretStoreReference {
  /** Name of the store. */
  readonly name: string;

  /**
   * Where it is.
   *
   * @default - `SecretStoreKind.SECRET_STORE`
   */
  readonly kind?: SecretStoreKind;

  /**
   * The release of the External Secrets Operator that reads it, such as `2.2.0`: fields that its definitions fill in are written out, or ArgoCD would
   * see a difference for ever. Three numbers with dots, otherwise an error is raised.
   *
   * @default - one with `nullBytePolicy`, that is 2.3.0 or newer
   * @see https://github.com/external-secrets/external-secrets/issues/6398
   */
  readonly operatorVersion?: string;
}

/** A value in a store of secrets. */
export interface RemoteValue {
  /** Name or path of the secret in the store. */
  readonly key: string;

  /**
   * The property of the secret, where it has several.
   *
   * @default - the whole secret
   */
  readonly property?: string;

  /**
   * The version of the secret, where the store keeps several.
   *
   * @default - the newest
   */
  readonly version?: string;
}

/** Properties of `ExternalCredential.s3`. */
export interface ExternalS3Props {
  /** The store that has the keys. */
  readonly secretStore: SecretStoreReference;

  /** The access key. */
  readonly accessKey: RemoteValue;

  /** The secret key. */
  readonly secretKey: RemoteValue;

  /**
   * The access key that a rotation goes over to: Velero uses it, and the object store takes both pairs. Together with `nextSecretKey`. When the old
   * pair is used no more, make it the `accessKey` and leave this one out. A new `accessKey` at once would have Rook remove the old one while backups
   * use it.
   *
   * @default - none
   */
  readonly nextAccessKey?: RemoteValue;

  /**
   * The secret key that a rotation goes over to. Together with `nextAccessKey`.
   *
   * @default - none
   */
  readonly nextSecretKey?: RemoteValue;

  /**
   * Name of the ExternalSecret and of the Secret.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Namespace of both.
   *
   * @default 'velero'
   */
  readonly namespace?: string;

  /**
   * How often the store is asked for newer keys, in whole seconds.
   *
   * @default - 1 hour
   */
  readonly refreshInterval?: Duration;
}

/** Properties of `ExternalCredential.repositoryPassword`. */
export interface ExternalRepositoryPasswordProps {
  /** The store that has the password. */
  readonly secretStore: SecretStoreReference;

  /** The password. It encrypts every backup of a volume: the store must never lose or change it. */
  readonly password: RemoteValue;

  /**
   * Namespace of the ExternalSecret and of the Secret: that of Velero.
   *
   * @default 'velero'
   */
  readonly namespace?: string;
}

const STORE = struct<SecretStoreReference>({ name: required(TEXT), kind: TEXT, operatorVersion: TEXT });
const VALUE = struct<RemoteValue>({ key: required(TEXT), property: TEXT, version: TEXT });
const S3 = struct<ExternalS3Props>({
  secretStore: required(STORE),
  accessKey: required(VALUE),
  secretKey: required(VALUE),
  nextAccessKey: VALUE,
  nextSecretKey: VALUE,
  name: TEXT,
  namespace: TEXT,
  refreshInterval: DURATION,
});
const PASSWORD = struct<ExternalRepositoryPasswordProps>({ secretStore: required(STORE), password: required(VALUE), namespace: TEXT });

/**
 * A credential that the External Secrets Operator brings from a store of secrets, such as Vault or a cloud's own.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalCredential extends Construct implements ICredential {
  /**
   * A pair of S3 keys: the operator writes them into the Secret, and composes of them the file `cloud` that Velero reads. New keys in the store
   * arrive with the next refresh.
   */
  public static s3(scope: Construct, id: string, props: ExternalS3Props): ExternalCredential {
    const checked = shaped(scope, id, S3, props);
    const name = checked.name ?? id;
    const problems = [wrongPair(checked), dnsSubdomain('name', name), wrongNameForS3('name', name), wholeSeconds('refreshInterval', checked.refreshInterval)];
    return new ExternalCredential(scope, id, { ...checked, name }, s3Shape(checked), problems);
  }

  /**
   * The password of the repositories, as Secret `velero-repo-credentials`, the name that Velero reads.
   *
   * It is fetched once. A newer value in the store changes nothing: the Secret is immutable, and it stays when the ExternalSecret is deleted,
   * because with another password no existing backup of a volume can be read. A Secret of that name that is there already keeps its value, also the
   * public one of Velero's source code: delete it first where no backup matters. The operator may not make a Secret again that somebody deleted:
   * delete the ExternalSecret too.
   */
  public static repositoryPassword(scope: Construct, id: string, props: ExternalRepositoryPasswordProps): ExternalCredential {
    const checked = shaped(scope, id, PASSWORD, props);
    return new ExternalCredential(scope, id, { name: REPOSITORY_PASSWORD.secretName, ...checked }, passwordShape(checked), []);
  }

  public readonly secretName: string;

  public readonly namespace: string;

  public readonly secretKey: string;

  /**
   * The keys of the Secret.
   *
   * @internal
   */
  public readonly _keys: readonly string[];

  private constructor(
    scope: Construct, id: string, { name, namespace = 'velero', secretStore }: Named, shape: ExternalShape, wrong: (Problem | undefined)[],
  ) {
    super(scope, id);
    const problems = Problems.of(this, TYPE);
    problems.add(
      ...wrong, dnsLabel('namespace', namespace), dnsSubdomain('secretStore.name', secretStore.name),
      oneOf('secretStore.kind', secretStore.kind, Object.values(SecretStoreKind)), wrongOperator(secretStore),
      ...shape.values.map(({ prop, value }) => value.key === '' ? { what: `${prop}.key`, got: '', wanted: 'the name of a secret in the store' } : undefined),
    );
    problems.refuse();
    this.secretName = name;
    this.namespace = namespace;
    this._keys = [...shape.values.map(({ secretKey }) => secretKey), ...Object.keys(shape.templates)];
    this.secretKey = this._keys.includes(CLOUD_KEY) ? CLOUD_KEY : REPOSITORY_PASSWORD.secretKey;
    claimSecret(this, TYPE, namespace, name);
    new ApiObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: deliver('ExternalSecret', { name, namespace, annotations: { [ANNOTATION.credential]: shape.kind } }),
      spec: externalSecretSpec(name, secretStore, shape),
    });
  }
}

/** What both kinds of credential are named by. */
interface Named {
  readonly name: string;
  readonly namespace?: string;
  readonly secretStore: SecretStoreReference;
}

/** For callers whom no type stops: before there is a construct, because what it is made of may be missing. */
function shaped<T>(scope: Construct, id: string, kind: Kind, props: T): T {
  const problems = new Problems(`${TYPE} '${[scope.node.path, id].filter(step => step !== '').join('/')}'`);
  problems.add(...kind.problems('', props ?? {}));
  problems.refuse();
  return props;
}

function wrongOperator({ operatorVersion: got }: SecretStoreReference): Problem | undefined {
  return got === undefined || /^\d+\.\d+\.\d+$/.test(got) ? undefined : { what: 'secretStore.operatorVersion', got, wanted: 'a release such as 2.3.0' };
}

function wrongPair({ nextAccessKey, nextSecretKey }: ExternalS3Props): Problem | undefined {
  return (nextAccessKey === undefined) === (nextSecretKey === undefined) ? undefined : {
    what: 'nextAccessKey and nextSecretKey', wanted: 'both or none: a store takes a pair', next: 'add the other one',
  };
}
