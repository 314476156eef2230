import { readFileSync, statSync } from 'fs';
import { basename, isAbsolute } from 'path';
import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { dnsSubdomain, Problems, refuse, required, struct, TEXT } from '../findings';
import { reasonOf } from '../findings/system-errors';
import { PlainObject } from '../kube/plain-object';
import { REPOSITORY_PASSWORD } from '../versions';
import { ICredential } from './credential';
import { parseSealedFile } from './sealed-file';
import { ANNOTATION, keysOf, SealedMetadata, SealedSecretManifest, wrongManifest } from './sealed-secret';
import { asSealedSecret } from './sealed-types';
import { claimSecret } from './secret-claim';

const TYPE = 'SealedCredential';

/** The keys that Velero's credentials have, where the user names none. */
const USUAL_KEYS = ['cloud', REPOSITORY_PASSWORD.secretKey];

/** What the app expects of a sealed file. */
export interface SealedCredentialOptions {
  /**
   * Key of the Secret that holds the credential.
   *
   * @default - `cloud` or `repository-password`, whichever the file has, otherwise its only key
   */
  readonly key?: string;

  /**
   * Name that the file must be sealed for. Another one raises an error.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * Namespace that the file must be sealed for. Another one raises an error.
   *
   * @default - any
   */
  readonly namespace?: string;

  /**
   * The controller's certificate, in PEM. Values that were sealed with a key of another size raise an error.
   *
   * @default - not compared
   */
  readonly certificate?: string;
}

const OPTIONS = struct<SealedCredentialOptions>({ key: TEXT, name: TEXT, namespace: TEXT, certificate: TEXT });

/**
 * A credential that lies sealed in git, for one cluster's sealed-secrets controller. Synth reads the file and never seals.
 *
 * It is emitted as it is, with one annotation of the template that lets the controller adopt a restored Secret.
 *
 * @see https://github.com/bitnami/sealed-secrets
 */
export class SealedCredential extends Construct implements ICredential {
  /**
   * Reads a SealedSecret from a file, as `cdk8s-velero seal` and `kubeseal` write it.
   *
   * @param path absolute path of the file, YAML or JSON: `path.join(__dirname, 'sealed/…')`. A relative one raises an error, because it would depend
   * on where synth is started. So does a missing file, with the command that makes it.
   */
  public static fromFile(scope: Construct, id: string, path: string, options: SealedCredentialOptions = {}): SealedCredential {
    return new SealedCredential(scope, id, path, options ?? {});
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

  private constructor(scope: Construct, id: string, path: string, options: SealedCredentialOptions) {
    super(scope, id);
    const place = `${TYPE} '${this.node.path}'`;
    refuseShape(place, path, options);
    const problems = new Problems(`${place}: ${basename(path)}`);
    const manifest = asSealedSecret(parseSealedFile(`${place}: ${basename(path)}`, read(place, path, options)), problems);
    problems.add(...wrongManifest(manifest, options));
    problems.refuse();

    this.secretName = manifest.metadata.name!;
    this.namespace = manifest.metadata.namespace!;
    this._keys = keysOf(manifest);
    this.secretKey = options.key ?? usualKey(place, this._keys);
    if (!this._keys.includes(this.secretKey)) {
      refuse(place, { what: 'key', got: this.secretKey, wanted: `one of the keys in ${basename(path)}: ${this._keys.join(', ')}` });
    }
    claimSecret(this, TYPE, this.namespace, this.secretName);
    this.emit(manifest);
  }

  private emit({ apiVersion, kind, metadata, spec }: SealedSecretManifest): void {
    const { template = {}, ...sealed } = spec;
    new PlainObject(this, 'Resource', {
      apiVersion,
      kind,
      metadata: deliver('SealedSecret', {
        name: this.secretName, namespace: this.namespace, labels: metadata.labels, annotations: metadata.annotations,
      }),
      spec: { ...sealed, template: { ...template, metadata: adoptable(template.metadata) } },
    });
  }
}

/** For callers whom no type stops. */
function refuseShape(place: string, path: unknown, options: unknown): void {
  const problems = new Problems(place);
  problems.add(...required(TEXT).problems('path', path), ...OPTIONS.problems('', options));
  problems.refuse();
}

function adoptable(metadata: SealedMetadata = {}): SealedMetadata {
  return { ...metadata, annotations: { [ANNOTATION.managed]: 'true', ...metadata.annotations } };
}

function usualKey(place: string, keys: readonly string[]): string {
  const usual = USUAL_KEYS.find(key => keys.includes(key)) ?? (keys.length === 1 ? keys[0] : undefined);
  return usual ?? refuse(place, { what: 'key', wanted: `the key that holds the credential, one of ${keys.join(', ')}`, next: 'name it in the options' });
}

function read(place: string, path: string, options: SealedCredentialOptions): string {
  if (!isAbsolute(path)) {
    refuse(place, { what: 'path', got: path, wanted: 'an absolute path', next: `write path.join(__dirname, ${JSON.stringify(path)})` });
  }
  try {
    if (!statSync(path).isFile()) {
      return refuse(place, { what: 'path', got: path, wanted: 'a SealedSecret, but it is no file' });
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    return refuseUnread(place, path, options, error as NodeJS.ErrnoException);
  }
}

function refuseUnread(place: string, path: string, options: SealedCredentialOptions, error: NodeJS.ErrnoException): never {
  if (error.code === undefined) {
    throw error; // refused already
  }
  return refuse(place, error.code === 'ENOENT'
    ? { what: 'path', got: path, wanted: 'a SealedSecret, but there is no such file', next: nextFor(path, options) }
    : { what: 'path', got: path, wanted: `a file that can be read: ${reasonOf(error)}` });
}

/** Whoever only mistyped the path, and makes a second password, locks all backups that the first one encrypted. */
function nextFor(path: string, options: SealedCredentialOptions): string {
  const named = options.name ?? basename(path).replace(/(\.sealed)?\.(ya?ml|json)$/, '');
  const name = dnsSubdomain('name', named) === undefined ? named : 'velero-s3';
  const isPassword = options.key === undefined ? /\b(repo(sitory)?|password)\b/.test(named) : options.key === REPOSITORY_PASSWORD.secretKey;
  const kind = isPassword ? 'repository-password' : `s3 --name ${name}`;
  const command = `npx cdk8s-velero seal ${kind} --namespace ${quoted(options.namespace ?? 'velero')} --cert sealed-secrets.pem --out ${quoted(path)}`;
  return isPassword ? `check the path: another password opens none of the backups so far; where there never was one, make it: ${command}` : `make it: ${command}`;
}

/** One word for a shell, which would expand "$HOME" in double quotes. */
function quoted(word: string): string {
  return /^[\w./:\\-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
