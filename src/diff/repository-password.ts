import { type BackupModel, type Manifest, type SecretProducer } from '../model';
import { REPOSITORY_PASSWORD } from '../versions';
import { type Change, type Severity } from './change';
import { type FieldChange } from './changed-fields';
import { type Comparison } from './comparison';
import { fate, isKept } from './kept';
import { type Pair } from './pair';
import { type Context } from './schedule-pair';
import { capital } from './words';

const { secretName, secretKey } = REPOSITORY_PASSWORD;

/** Where the kinds that make a Secret have its values, and where a template makes one. */
export const VALUES = ['spec.encryptedData', 'spec.template.data', 'spec.data', 'spec.dataFrom', 'spec.secretStoreRef', 'spec.target.template', 'data', 'stringData'];

/** By which key of the controller this library says that it sealed. */
export const SEALED_WITH = 'metadata.annotations[\'cdk8s-velero/sealed-with\']';

const UNREADABLE = 'There is one password for all repositories, and nothing gives an old repository a new one: with another password no volume of any backup so far can be restored, '
  + 'and new backups of those namespaces fail.';

const IMMUTABLE = 'The Secret is immutable: the controller refuses another value, and this cluster keeps the old one until somebody deletes the Secret.';

/** Whether the password that opens the repositories is still the same, as far as manifests can tell. */
export function repositoryPassword(context: Context): Change[] {
  const { comparison, comparison: { was, is } } = context;
  const after = passwordsIn(is);
  const before = passwordsIn(was);
  const changed = [...before.values()].flatMap(each => {
    const now = after.get(each.namespace);
    return now === undefined ? removed(comparison, each) : changedFrom(comparison, each, now);
  });
  return [...changed, ...[...after.values()].filter(({ namespace }) => !before.has(namespace)).flatMap(each => added(comparison, each))];
}

/** By namespace. Where several make it, which is wrong, one counts that does not depend on the order of the files. */
function passwordsIn({ secrets }: BackupModel): ReadonlyMap<string, SecretProducer> {
  const makers = secrets.all.filter(({ name }) => name === secretName).sort((one, other) => one.manifest.kind < other.manifest.kind ? -1 : 1);
  return new Map(makers.map(secret => [secret.namespace, secret]));
}

function removed(comparison: Comparison, { manifest, namespace }: SecretProducer): Change[] {
  comparison.takeRemoved(each => each === manifest);
  const kept = isKept(manifest, comparison);
  return [change(manifest, 'repository-password-removed', kept || comparison.is.installIn(namespace) === undefined ? 'notable' : 'destructive', 'removed', [],
    kept ? 'Prune leaves it in the cluster, but a cluster that is built from git has no password: its server makes a public one.'
      : `${capital(fate(manifest, comparison))}, and the password with it. A server that starts without makes one with a public password, which opens no repository of yours.`)];
}

function added(comparison: Comparison, { manifest, namespace }: SecretProducer): Change[] {
  if (comparison.was.installIn(namespace) === undefined) {
    return [];
  }
  comparison.takeAdded(each => each === manifest);
  return [change(manifest, 'repository-password-added', 'notable', 'added', [],
    'A server that ran without has made a Secret with a public password, and repositories with it: this one is refused as long as that Secret is there, and opens none of them after.')];
}

function changedFrom(comparison: Comparison, was: SecretProducer, is: SecretProducer): Change[] {
  const pair = comparison.pairOf(was.manifest);
  if (pair?.is !== is.manifest) {
    comparison.takeRemoved(each => each === was.manifest);
    comparison.takeAdded(each => each === is.manifest);
    return [change(is.manifest, 'repository-password-changed', 'destructive', `made by ${was.manifest.kind} → ${is.manifest.kind}`, [],
      'Nothing here says that it is the same password.', UNREADABLE)];
  }
  const values = pair.take(...VALUES);
  return values.length === 0 ? [] : [judged(pair, was, is, [...values, ...pair.take(SEALED_WITH)])];
}

/**
 * A value that is sealed anew is another text each time, but its length tells how long the value is.
 *
 * The same length proves nothing: passwords that are made by chance have one length. So it is for somebody to say that it is the same.
 */
function judged({ is: on, was: old }: Pair, was: SecretProducer, is: SecretProducer, fields: readonly FieldChange[]): Change {
  const [before, after] = [was, is].map(({ manifest }) => plainLength(manifest));
  const refused = isImmutable(old) ? [IMMUTABLE] : [];
  if (before === undefined || before !== after) {
    const why = before === undefined || after === undefined ? 'from another source, or another value' : `another one: ${before} → ${after} bytes`;
    return change(on, 'repository-password-changed', 'destructive', why, fields, UNREADABLE, ...refused);
  }
  const forAnother = fields.some(({ path, from, to }) => path === SEALED_WITH && from !== undefined && to !== undefined);
  return change(on, 'repository-password-resealed', 'destructive', `sealed anew${forAnother ? ', for another key of the sealed-secrets controller' : ''}`, fields,
    'Nobody can tell from a sealed value whether it is the same password. Make sure: kubeseal --recovery-unseal opens both with the keys of the controller.',
    UNREADABLE, ...refused);
}

/**
 * How many bytes a sealed password has, by the length of the sealed value.
 *
 * @see sealed-secrets v0.36.6 pkg/crypto/crypto.go:59-72: two bytes with the length of the encrypted key, that key, the value, and 16 bytes
 */
function plainLength({ kind, spec }: Manifest): number | undefined {
  const sealed = kind === 'SealedSecret' ? spec.object('encryptedData').string(secretKey) : undefined;
  const bytes = sealed === undefined ? undefined : Buffer.from(sealed, 'base64');
  const length = bytes === undefined || bytes.length < 2 ? -1 : bytes.length - 2 - bytes.readUInt16BE(0) - 16;
  return length < 0 ? undefined : length;
}

function isImmutable({ kind, spec }: Manifest): boolean {
  return kind === 'SealedSecret' && spec.object('template').boolean('immutable') === true;
}

function change(on: Manifest, id: Change['id'], severity: Severity, message: string, fields: readonly FieldChange[], ...means: readonly string[]): Change {
  return { id, severity, on, message: `password of the repositories: ${message}`, means, fields };
}
