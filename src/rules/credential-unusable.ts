import { type BackupModel, type CephObjectStoreUser, claimsBucketOf, type Location, type SecretProducer, shownValue } from '../model';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'credential-unusable',
  severities: ['error', 'warning'],
  title: 'The Secret of a location does not have what opens its bucket',
  goesWrong: 'Velero writes one key of the Secret into a file and hands it to the plugin. Without that key, or when the file has no section for the profile, the location stays `Unavailable` '
    + '(`unable to get credentials`; `failed to get shared config profile` for one that the location names; without one the plugin asks the machine for its role, as on AWS, and '
    + 'finds none: `no EC2 IMDS role found`), nothing is saved to it and nothing restored. The Secret that Rook makes for an ObjectBucketClaim '
    + 'or a CephObjectStoreUser has access key and secret key each in a key of its own, and no such file. Keys in variables of the server (`AWS_ACCESS_KEY_ID`, `objectStoreKeys` of '
    + '`VeleroInstall`) count before a role and before the file of a location, unless its `config` names a `profile`: to a location elsewhere the wrong keys go '
    + '(`InvalidAccessKeyId`). A bucket that Rook makes for a user (`bucketOwner`) opens for the keys of that user, and RGW knows those alone that the CephObjectStoreUser takes from '
    + 'Secrets: keys from another Secret are somebody else\'s (`AccessDenied`), or nobody\'s (`InvalidAccessKeyId`). In all versions.',
  fix: 'let one key of the Secret be a file in the format of AWS: [default], aws_access_key_id=…, aws_secret_access_key=…',
  reference: 'velero-plugin-for-aws v1.14.3 velero-plugin-for-aws/config.go:39-90; velero v1.18.3 internal/credentials/file_store.go:60-86, pkg/repository/config/aws.go, '
    + 'GetS3Credentials; aws-sdk-go-v2 config/resolve_credentials.go, resolveCredentialChain; rook v1.20.6 pkg/operator/ceph/object/user/controller.go:983-1006',
  check: model => [
    ...model.locations.all.flatMap(location => {
      const credential = credentialOf(model, location);
      const verdicts = credential === undefined ? keyless(model, location) : judged(model, location, credential);
      return credential === undefined || verdicts.length > 0 ? verdicts : ofAnother(model, location, credential);
    }),
    ...[...keyedByVariables(model).values()].flatMap(locations => strangers(model, locations)),
  ],
  install: '1.18.3',
  bad: () => example('velero'),
  good: () => example('default'),
};

function example(section: string): string {
  return `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: velero-s3-credentials, namespace: velero }
spec:
  encryptedData: { accessKey: AgA1…, secretKey: AgC9… }
  template:
    data:
      cloud: |
        [${section}]
        aws_access_key_id={{ .accessKey }}
        aws_secret_access_key={{ .secretKey }}
`;
}

/** By which the SDK of AWS takes keys from the environment. */
const KEY_VARIABLES = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SHARED_CREDENTIALS_FILE']);

/** The key of a Secret that a location reads, and where that is written. */
interface Credential {
  readonly name: string;
  readonly key: string;
  readonly what: string;
}

function credentialOf(model: BackupModel, { namespace, credential, usesAwsPlugin }: Location): Credential | undefined {
  if (credential !== undefined) {
    return credential.name && credential.key ? { name: credential.name, key: credential.key, what: 'spec.credential' } : undefined;
  }
  return usesAwsPlugin ? mountedCredential(model, namespace) : undefined;
}

/** A location without a credential of its own gets the file that the server is told of. */
function mountedCredential(model: BackupModel, namespace: string): Credential | undefined {
  const { container, pod } = model.installIn(namespace)?.server ?? {};
  const file = container?.env.find(({ name }) => name === 'AWS_SHARED_CREDENTIALS_FILE')?.value ?? '';
  const mount = container?.mounts.find(({ path }) => file.startsWith(`${path}/`));
  const secret = pod?.volumes.find(({ name }) => name === mount?.volume)?.secret;
  return secret === undefined || secret.keys.length > 0 ? undefined : {
    name: secret.name, key: file.slice(mount!.path.length + 1), what: 'credential of the server (AWS_SHARED_CREDENTIALS_FILE)',
  };
}

/** On AWS server and node-agent can have a role, of their ServiceAccounts or nodes. Elsewhere nobody has. */
function keyless(model: BackupModel, { manifest, namespace, credential, usesAwsPlugin, endpoint }: Location): Verdict[] {
  const { container } = model.installIn(namespace)?.server ?? {};
  const keyed = container === undefined || container.fields.has('envFrom') || container.env.some(({ name }) => KEY_VARIABLES.has(name));
  return credential !== undefined || !usesAwsPlugin || endpoint === undefined || endpoint.isAws || keyed ? [] : [{
    on: manifest,
    what: 'spec.credential',
    wanted: `one: ${endpoint.authority} is not AWS, where a role would do, and the server has no keys of its own`,
    next: 'name a Secret and its key, or give server and node-agent the keys as variables (objectStoreKeys of VeleroInstall)',
  }];
}

/** By namespace, those to whom both the plugin and the uploader give the keys in the variables, whatever credential they name. */
function keyedByVariables(model: BackupModel): Map<string, Location[]> {
  const keyed = new Map<string, Location[]>();
  for (const location of model.locations.all) {
    if (isKeyedByVariables(model, location)) {
      keyed.set(location.namespace, [...keyed.get(location.namespace) ?? [], location]);
    }
  }
  return keyed;
}

function isKeyedByVariables(model: BackupModel, { namespace, usesAwsPlugin, config }: Location): boolean {
  const variables = model.installIn(namespace)?.server?.container?.env ?? [];
  return usesAwsPlugin && !config.profile && variables.some(({ name }) => name === 'AWS_ACCESS_KEY_ID');
}

/** The keys are those of one store; of which one only the cluster knows. Most likely of one without a credential, and of the default one. */
function strangers(model: BackupModel, locations: readonly Location[]): Verdict[] {
  const without = locations.filter(({ credential }) => credential === undefined);
  const likely = without.length > 0 ? without : locations;
  const first = likely.find(({ isDefault }) => isDefault) ?? likely[0];
  const store = storeOf(model, first);
  return locations.filter(location => ![undefined, store].includes(storeOf(model, location))).map(({ manifest, credential, ...other }) => ({
    on: manifest,
    what: credential === undefined ? 'spec.credential and spec.config.profile' : 'spec.config.profile',
    wanted: `keys of its own: those in the variables of the server count before a role and a file, and ${first.manifest} at ${toldStore(first)} gets them too`,
    next: 'name the Secret of its keys, and in spec.config the section of its file as profile (profile of the ObjectStore): default where there is one',
    severity: isAws(first) === isAws(other) ? 'warning' : 'error',
  }));
}

/** One for all spellings of its address; nothing where the address is none. */
function storeOf(model: BackupModel, location: Location): string | undefined {
  const service = model.serviceOf(location);
  if (service !== undefined) {
    return `Service ${service.namespace}/${service.name}`;
  }
  return isAws(location) ? 'AWS' : location.endpoint?.authority;
}

function isAws({ config, endpoint }: Pick<Location, 'config' | 'endpoint'>): boolean {
  return endpoint?.isAws ?? !config.s3Url;
}

function toldStore({ endpoint }: Location): string {
  return endpoint?.authority ?? 'AWS';
}

function judged(model: BackupModel, location: Location, { name, key, what }: Credential): Verdict[] {
  const { manifest, namespace, usesAwsPlugin } = location;
  const maker = rookObject(model, namespace, name);
  if (usesAwsPlugin && maker !== undefined) {
    const wanted = `a Secret with a file in the format of AWS: that of ${maker} has only the two keys`;
    return [{ on: manifest, what, got: name, wanted, next: 'make such a file of them: with an ExternalSecret, or give the user keys from a SealedSecret with a template' }];
  }
  const producer = model.secrets.get(namespace, name);
  if (producer === undefined) {
    return [];
  }
  const { keys } = producer;
  // Without any key it is filled inside the cluster.
  if (keys !== undefined && keys.size > 0 && !keys.has(key)) {
    return [{ on: manifest, what, got: key, wanted: `a key that ${producer.manifest} gives the Secret: ${[...keys].join(', ')}`, next: 'name one of them, or add this one' }];
  }
  const wanted = usesAwsPlugin ? lacking(model, location, producer, key) : undefined;
  return wanted === undefined ? [] : [{ on: manifest, what, got: key, wanted: `${wanted} in ${producer.manifest}` }];
}

/** For certain where it is known whose keys these are. Another Secret may have the same ones, or a policy of the bucket may let its user in. */
function ofAnother(model: BackupModel, location: Location, { name, what }: Credential): Verdict[] {
  const { manifest, namespace } = location;
  const owner = ownerOf(model, location);
  const isKnown = owner?.namespace === namespace && owner.keySecrets.size > 0;
  if (!isKnown || owner.keySecrets.has(name) || isKeyedByVariables(model, location)) {
    return [];
  }
  const other = model.objectStoreUsers.in(namespace).find(({ keySecrets }) => keySecrets.has(name));
  const others = other ? `, and ${name} has those of ${other.manifest}` : '';
  return [{
    on: manifest,
    what,
    got: name,
    wanted: `${[...owner.keySecrets].join(' or ')}, which ${owner.manifest} has its keys from: the bucket is that user's${others}`,
    next: 'name that Secret and the key of its file',
    severity: other ? 'error' : 'warning',
  }];
}

/** The user whom Rook makes the bucket of a location for; nothing where the input does not have it, or two that it may be. */
function ownerOf(model: BackupModel, location: Location): CephObjectStoreUser | undefined {
  const claim = model.bucketClaims.all.find(each => claimsBucketOf(each, location));
  const { bucketOwner, bucketPolicy } = claim?.additionalConfig ?? {};
  const service = model.serviceOf(location);
  const isOfStore = ({ store, storeNamespace }: CephObjectStoreUser) =>
    service === undefined || (service.name === `rook-ceph-rgw-${store}` && service.namespace === storeNamespace);
  const [owner, ...others] = bucketPolicy ? [] : model.objectStoreUsers.all.filter(user => user.name === bucketOwner && isOfStore(user));
  return others.length === 0 ? owner : undefined;
}

function rookObject({ bucketClaims, objectStoreUsers }: BackupModel, namespace: string, secret: string) {
  const user = secret.startsWith('rook-ceph-object-user-')
    ? objectStoreUsers.in(namespace).find(({ store, name }) => secret === `rook-ceph-object-user-${store}-${name}`) : undefined;
  return (user ?? bucketClaims.get(namespace, secret))?.manifest;
}

/** What the file lacks, as far as the manifest shows it. Never with what stands in it. */
function lacking(model: BackupModel, { namespace, config }: Location, producer: SecretProducer, key: string): string | undefined {
  const text = shownValue(producer, key);
  const container = model.installIn(namespace)?.server?.container;
  const variables = new Map(container?.env.map(({ name, value }) => [name, value]));
  const profile = config.profile || variables.get('AWS_PROFILE') || 'default';
  const sections = text === undefined ? undefined : sectionsOf(text);
  if (sections === undefined) {
    return undefined;
  }
  const section = sections.get(profile);
  if (section === undefined) {
    // The keys in the variables of the server count where no profile is asked for.
    const elsewhere = !config.profile && (variables.has('AWS_ACCESS_KEY_ID') || container?.fields.has('envFrom'));
    return elsewhere ? undefined : `a section [${profile}]${config.profile ? ', the profile of the location,' : ''}`;
  }
  const [one, other] = ['aws_access_key_id', 'aws_secret_access_key'].map(each => section.has(each));
  return one === other ? undefined : `both aws_access_key_id and aws_secret_access_key in the section [${profile}]`;
}

/** The keys of each section of a file in the format of AWS; nothing where it is no such file, or a template makes more of it than values. */
function sectionsOf(text: string): Map<string, Set<string>> | undefined {
  const sections = new Map<string, Set<string>>();
  let keys = new Set<string>();
  let isFile = false;
  for (const line of text.split('\n').map(each => each.trim())) {
    const [, name] = /^\[\s*(?:profile\s+)?["']?(.*?)["']?\s*\]/.exec(line) ?? [];
    if (line.startsWith('{{') || name?.includes('{{')) {
      return undefined;
    }
    if (name !== undefined) {
      keys = sections.get(name) ?? new Set();
      sections.set(name, keys);
    }
    const key = line.split('=')[0].trim().toLowerCase();
    isFile ||= name !== undefined || key === 'aws_access_key_id';
    keys.add(key);
  }
  return isFile ? sections : undefined;
}
