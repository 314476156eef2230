import { readFileSync, writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import { KubernetesObject } from '../cluster/api-server';
import { folderOfClaim, RESTRICTED, statefulSet } from '../fixture/application';
import { backUp, copiedVolumes, restore, restoredVolumes } from '../fixture/backups';
import { answerTo, giveKeys } from '../fixture/bucket-owner';
import { Cluster } from '../fixture/cluster';
import { untilHealthy } from '../fixture/delivery';
import { accessKeysDuring } from '../fixture/gateway-log';
import { declareVelero, Installation, synthesize } from '../fixture/installation';
import { dropOld, rotate, seal, sealedByUs } from '../fixture/own-sealing';
import { PUBLIC_PASSWORD, readRepository, REFUSAL } from '../fixture/repository';
import { scenario } from '../fixture/scenario';
import { CREDENTIALS, sealingCertificate } from '../fixture/sealing';
import { textsIn } from '../fixture/secret';
import { emitted } from '../fixture/variation';
import { waitFor } from '../fixture/wait';
import { timed } from '../progress';

const APPLICATION = 'vault';
const VOLUME = 'data';
const CLAIM = `${VOLUME}-store-0`;
const FILE = 'written';
const SEALING_KEYS = 'sealedsecrets.bitnami.com/sealed-secrets-key';

/** One pair of S3 keys. */
interface Pair {
  readonly accessKey: string;
  readonly secretKey: string;
}

scenario('sealed credentials, Velero 1.16.2 with restic', async cluster => {
  const { api } = cluster;
  const installation = await timed('  certificate, sealing and synthesis', async () => {
    assert.equal((await seal(['fetch-cert'])).trim(), (await sealingCertificate()).trim(), 'certificate of the controller');
    return declareVelero({
      version: '1.16.2', uploader: 'restic', applications: [APPLICATION], validationSeconds: 1, sealing: sealedByUs, owner: true,
    });
  });
  const { bucket: old, password, declaration } = installation;
  await timed('  install', () => applyWithOwner(cluster, installation.objects));
  assert.deepEqual(await s3Secret(cluster), { ...pairOf(old), cloud: cloudOf(old) });
  assert.deepEqual(await textsIn(api, CREDENTIALS.namespace, CREDENTIALS.password), { 'repository-password': password });
  await timed('  drill with the sealing key', () => expectToOpenOffline(cluster, installation));

  await cluster.namespace(APPLICATION, RESTRICTED);
  await timed('  application', () => cluster.run(statefulSet(APPLICATION, [VOLUME])));
  const usedBefore = await timed('  backup before the rotation', () => accessKeysDuring(() => save(cluster, installation, 'before')));
  assert.deepEqual(usedBefore, [old.accessKey], 'access keys that the gateway was asked with');

  const rotated = await timed('  rotation', async () => {
    await rotate(declaration.sealed);
    const objects = await synthesize(declaration);
    await applyWithOwner(cluster, objects, async () => {
      await giveKeys(api, ownerIn(installation.objects));
      assert.equal(await answerTo(old), '200', 'answer to the keys in use, when Rook has seen the Secret but not yet the new user');
    });
    const { cloud, nextAccessKey, nextSecretKey, ...kept } = await s3Secret(cluster);
    const next = { accessKey: nextAccessKey, secretKey: nextSecretKey };
    assert.deepEqual({ cloud, ...kept }, { cloud: cloudOf(next), ...pairOf(old) });
    return { ...installation, objects, bucket: { ...old, ...next } };
  });
  assert.deepEqual([await answerTo(old), await answerTo(rotated.bucket)], ['200', '200'], 'answers to the old keys and to the new ones');
  const used = await timed('  backup with the new keys', () => accessKeysDuring(() => save(cluster, rotated, 'after')));
  assert.deepEqual(used, [rotated.bucket.accessKey], 'access keys that the gateway was asked with');
  assert.notEqual(rotated.bucket.accessKey, old.accessKey);

  await timed('  drop of the old keys', async () => {
    await dropOld(declaration.sealed);
    await applyWithOwner(cluster, await synthesize(declaration), async () => {
      await assert.rejects(giveKeys(api, ownerIn(rotated.objects)), /got no key next(Access|Secret)Key/);
      assert.equal(await answerTo(rotated.bucket), '200', 'answer to the new keys, when Rook has seen the Secret but not yet the new user');
    });
    assert.deepEqual(await s3Secret(cluster), { ...pairOf(rotated.bucket), cloud: cloudOf(rotated.bucket) });
  });
  assert.deepEqual([await answerTo(old), await answerTo(rotated.bucket)], ['403 InvalidAccessKeyId', '200'], 'answers to the old keys and to the new ones');
  await timed('  restores', () => Promise.all(['before', 'after'].map(backup => restoreCopy(cluster, rotated, backup))));
  await timed('  reading of the repository', async () => {
    const reader = { namespace: APPLICATION, password };
    assert.deepEqual((await readRepository(rotated, reader, FILE)).sort(), ['after', 'before'], 'what the break-glass copy of the password opens');
    await assert.rejects(readRepository(rotated, { ...reader, password: PUBLIC_PASSWORD }, FILE), REFUSAL.restic);
  });
});

/**
 * Applies what is emitted in ArgoCD's order; what Rook does for the owner of the bucket is done in the wave of that.
 *
 * @param onSecret what happens when the Secret has changed: Rook watches it, and knows the owner only as it was before
 */
async function applyWithOwner(cluster: Cluster, objects: KubernetesObject[], onSecret = async () => {}): Promise<void> {
  const owner = ownerIn(objects);
  const others = objects.filter(object => object !== owner);
  const isBefore = (object: KubernetesObject) => waveOf(object) < waveOf(owner);
  await cluster.applyInWaves(others.filter(isBefore));
  const { encryptedData, template } = emitted(objects, 'SealedSecret', CREDENTIALS.s3).spec;
  const keys = Object.keys({ ...encryptedData, ...template.data }).sort();
  await waitFor(`Secret ${CREDENTIALS.s3} with ${keys}`, 30, async () => isDeepStrictEqual(Object.keys(await s3Secret(cluster)).sort(), keys));
  await onSecret();
  await giveKeys(cluster.api, owner);
  await cluster.applyInWaves(others.filter(object => !isBefore(object)));
}

function ownerIn(objects: KubernetesObject[]): KubernetesObject {
  const owners = objects.filter(({ kind }) => kind === 'CephObjectStoreUser');
  assert.equal(owners.length, 1, 'owners of the bucket');
  return owners[0];
}

function waveOf({ metadata }: KubernetesObject): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

/** A copy of the controller's keys opens what is in git, without the controller. */
async function expectToOpenOffline(cluster: Cluster, { declaration }: Installation): Promise<void> {
  const keys = await cluster.kubectl('--namespace', 'kube-system', 'get', 'secret', '--selector', SEALING_KEYS, '--output', 'yaml');
  for (const [name, values] of [[CREDENTIALS.s3, ['accessKey', 'secretKey']], [CREDENTIALS.password, ['repository-password']]] as const) {
    const told = await seal(['verify', join(declaration.sealed, `${name}.yaml`), '--private-key', '-'], keys);
    assert.deepEqual(told.trim().split('\n').map(line => line.replace(/ with .*/, '')), values.map(value => `${value}: opens`), name);
  }
}

/** Writes the name of a backup into the volume and makes that backup. */
async function save(cluster: Cluster, installation: Installation, backup: string): Promise<void> {
  writeFileSync(join(await folderOfClaim(cluster, APPLICATION, CLAIM), FILE), backup);
  const { status } = await backUp(cluster.api, installation, `tier0-${APPLICATION}`, backup);
  assert.equal(status.phase, 'Completed', backup);
  assert.deepEqual(await copiedVolumes(cluster.api, backup), [`${APPLICATION} ${VOLUME} restic Completed`], backup);
}

/** Restores a backup into a namespace of its own, and reads the volume there. */
async function restoreCopy(cluster: Cluster, installation: Installation, backup: string): Promise<void> {
  const copy = `${APPLICATION}-${backup}`;
  const { status } = await restore(cluster.api, installation, backup, copy, '--namespace-mappings', `${APPLICATION}:${copy}`);
  assert.equal(status.phase, 'Completed', copy);
  assert.deepEqual(await restoredVolumes(cluster.api, copy), [`${copy} ${VOLUME} restic Completed`], copy);
  await untilHealthy(cluster.api, statefulSet(copy));
  assert.equal(readFileSync(join(await folderOfClaim(cluster, copy, CLAIM), FILE), 'utf8'), backup, copy);
}

function s3Secret({ api }: Cluster): Promise<{ [key: string]: string }> {
  return textsIn(api, CREDENTIALS.namespace, CREDENTIALS.s3);
}

function pairOf({ accessKey, secretKey }: Pair): Pair {
  return { accessKey, secretKey };
}

/** The file that Velero reads. */
function cloudOf({ accessKey, secretKey }: Pair): string {
  return `[default]\naws_access_key_id=${accessKey}\naws_secret_access_key=${secretKey}\n`;
}
