import { deepEqual, equal, match } from 'assert/strict';
import { readFileSync } from 'fs';
import { join } from 'path';
import { seal, SealingScope } from '../../src/credentials/seal';
import { Sealing } from '../../src/credentials/sealed-manifest';
import { ANNOTATION } from '../../src/credentials/sealed-secret';
import { readCertificate, SealingCertificate } from '../../src/credentials/sealing-certificate';
import { SEALED_VALUES } from '../../test/credentials/sealing-values';
import { attempt, CommandResult, run } from '../command';
import { ownCommand } from '../own-command';
import { ControllerKey } from './keys';
import { Kubeseal } from './kubeseal';

const NAMES = { namespace: 'velero', name: 'velero-s3' };

interface KeyFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Every value that is sealed here is opened by the code of the controller. */
export async function openedByKubeseal(kubeseal: Kubeseal, key: ControllerKey, { keyFile }: KeyFiles, scope: SealingScope): Promise<void> {
  deepEqual(await kubeseal.open(keyFile, manifestOf(key, { ...NAMES, scope })), SEALED_VALUES);
}

/** What kubeseal sealed is opened by `seal verify`, and told by `seal inspect`. */
export async function openedByUs(kubeseal: Kubeseal, { certificateFile, keyFile }: KeyFiles, scope: SealingScope): Promise<void> {
  const input = await kubeseal.seal(certificateFile, scope, { ...NAMES, values: SEALED_VALUES });
  const verified = await ours(['verify', '-', '--private-key', keyFile], input);
  deepEqual(verified.split('\n').map(line => line.replace(/ with .*/, '')), [...Object.keys(SEALED_VALUES).sort().map(name => `${name}: opens`), '']);
  const inspected = await ours(['inspect', '-', '--cert', certificateFile], input);
  match(inspected, new RegExp(`^scope +${scope}$`, 'm'));
  for (const [name, value] of Object.entries(SEALED_VALUES)) {
    match(inspected, new RegExp(`^sealed key +${name}: ${value.length} bytes, RSA \\d+$`, 'm'));
  }
}

/** What the commands write is opened by the code of the controller, which fills in the file that Velero reads: through a rotation too. */
export async function openedOfCommands(kubeseal: Kubeseal, files: KeyFiles, scope: SealingScope, folder: string): Promise<void> {
  const [s3, password, copy] = ['s3.yaml', 'password.yaml', 'copy'].map(file => join(folder, file));
  const seal_s3 = ['s3', '--name', NAMES.name, '--out', s3];
  const cert = ['--cert', files.certificateFile];
  const opened = async (file: string) => texts(await kubeseal.open(files.keyFile, readFileSync(file, 'utf8')));

  await ours([...seal_s3, ...cert, '--scope', scope], 'accessKey=OLD\nsecretKey=old/Secret+\n');
  const old = { accessKey: 'OLD', secretKey: 'old/Secret+' };
  deepEqual(await opened(s3), { ...old, cloud: iniOf(old) });

  await ours([...seal_s3, ...cert, '--rotate', '--generate', '--break-glass', copy], '');
  const { nextAccessKey, nextSecretKey, cloud, ...kept } = await opened(s3);
  deepEqual(kept, old);
  const next = { accessKey: nextAccessKey, secretKey: nextSecretKey };
  equal(cloud, readFileSync(copy, 'utf8'));
  equal(cloud, iniOf(next));

  await ours([...seal_s3, '--drop-old'], '');
  deepEqual(await opened(s3), { ...next, cloud });

  await ours(['repository-password', ...cert, '--scope', scope, '--out', password, '--break-glass', `${copy}-password`], '');
  const { 'repository-password': value, ...more } = await opened(password);
  equal(`repository-password=${value}\n`, readFileSync(`${copy}-password`, 'utf8'));
  deepEqual(more, {});
}

/** Under another name, or with a flipped bit, neither opens it. */
export async function refusedByBoth(kubeseal: Kubeseal, key: ControllerKey, { keyFile }: KeyFiles): Promise<void> {
  const sealed = manifestOf(key, { ...NAMES, scope: 'strict' });
  const flipped = sealed.replace(/("binary":")(.{20})(.)/, (_, start: string, same: string, one: string) => `${start}${same}${one === 'A' ? 'B' : 'A'}`);
  for (const manifest of [sealed.replace('"name":"velero-s3"', '"name":"other"'), flipped]) {
    const theirs = await kubeseal.tryToOpen(keyFile, manifest);
    equal(theirs.code === 0, false);
    match(theirs.stderr, /no key could decrypt secret/);
    const { code, stdout } = await tryOurs(['verify', '-', '--private-key', keyFile], manifest);
    equal(code, 1);
    match(stdout, /^binary: does not open$/m);
  }
}

/** A SealedSecret with any values: the commands take none but those of credentials. */
function manifestOf(key: ControllerKey, target: Omit<Sealing, 'certificate'>): string {
  const { publicKey } = readCertificate('certificate', key.certificate) as SealingCertificate;
  const annotations = target.scope === 'strict' ? {} : { [ANNOTATION[target.scope]]: 'true' };
  const { namespace, name } = target;
  return JSON.stringify({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name, namespace, annotations },
    spec: { encryptedData: Object.fromEntries(Object.entries(SEALED_VALUES).map(([each, value]) => [each, seal(value, publicKey, target)])) },
  });
}

function ours(parameters: string[], input: string): Promise<string> {
  return run(...ownCommand('seal', ...parameters), { input });
}

function tryOurs(parameters: string[], input: string): Promise<CommandResult> {
  return attempt(...ownCommand('seal', ...parameters), { input });
}

function texts(values: Record<string, Buffer>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toString()]));
}

function iniOf({ accessKey, secretKey }: Record<string, string>): string {
  return `[default]\naws_access_key_id=${accessKey}\naws_secret_access_key=${secretKey}\n`;
}
