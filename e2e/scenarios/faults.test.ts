import { randomBytes } from 'crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { parse } from 'yaml';
import { KubernetesObject } from '../cluster/api-server';
import { GATEWAY_DAEMON, startGateway } from '../cluster/ceph';
import { STATE } from '../cluster/places';
import { folderOfClaim, RESTRICTED, statefulSet } from '../fixture/application';
import { backUp, copiedVolumes, final, restore, restoredVolumes, velero, veleroObject } from '../fixture/backups';
import { Cluster } from '../fixture/cluster';
import { applyAtOnce, untilHealthy } from '../fixture/delivery';
import { writeTree } from '../fixture/file-tree';
import { Installation, VELERO_NAMESPACE } from '../fixture/installation';
import { renameBucket } from '../fixture/object-store';
import { interrupted, onSmallDisk } from '../fixture/outage';
import { scenario } from '../fixture/scenario';
import { seal } from '../fixture/sealing';
import { nodeAgentPod, serverPod } from '../fixture/server';
import { describeTree, differences, TreeDescription } from '../fixture/tree-description';
import { emitted, varied } from '../fixture/variation';
import { waitFor } from '../fixture/wait';
import { timed } from '../progress';

const APPLICATION = 'shop';
const SCHEDULE = `tier0-${APPLICATION}`;
const MEGABYTE = 1024 * 1024;
const CLAIMS = ['data-store-0', 'journal-store-0'];
const LOCATION = veleroObject('BackupStorageLocation', 'cluster-backups');

scenario('faults, Velero 1.16.2 with restic', async cluster => {
  const { api } = cluster;
  const installation = await timed('  install', () => cluster.installVelero({
    version: '1.16.2', uploader: 'restic', applications: [APPLICATION], validationSeconds: 1,
  }));
  const { objects, bucket } = installation;
  await cluster.namespace(APPLICATION, RESTRICTED);
  await cluster.run(statefulSet(APPLICATION));
  for (const claim of CLAIMS) {
    writeTree(await folderOfClaim(cluster, APPLICATION, claim), { smallFiles: 10, largeMegabytes: 20 });
  }
  const before = await describeVolumes(cluster, APPLICATION);
  const good = await timed('  good backup', () => backUp(api, installation, SCHEDULE, 'good'));
  assert.equal(good.status.phase, 'Completed');

  await timed('  gateway down during a backup', async () => {
    const backup = await interruptedBackup(cluster, installation, 'gateway-down', () => endGatewayForAWhile(cluster));
    assert.equal(backup.status.phase, 'Completed', 'the uploader waits for the gateway');
    assert.deepEqual(await copiedVolumes(api, 'gateway-down'), [`${APPLICATION} data restic Completed`, `${APPLICATION} journal restic Completed`]);
    await untilHealthy(api, LOCATION);
    await expectWholeCopy(cluster, installation, 'gateway-down');
  });

  await timed('  node-agent killed in a backup', async () => {
    const backup = await interruptedBackup(cluster, installation, 'node-agent-killed', async () => {
      await kill(cluster, await nodeAgentPod(cluster));
    });
    assert.equal(backup.status.phase, 'PartiallyFailed');
    assert.deepEqual(await copiedVolumes(api, 'node-agent-killed'), [`${APPLICATION} data restic Failed`, `${APPLICATION} journal restic Completed`]);
    await untilHealthy(api, emitted(objects, 'DaemonSet', 'node-agent'));
  });

  await timed('  server killed in a backup', async () => {
    const backup = await interruptedBackup(cluster, installation, 'server-killed', async () => {
      await kill(cluster, await serverPod(cluster));
      await untilHealthy(api, emitted(objects, 'Deployment', 'velero'));
    });
    assert.equal(backup.status.phase, 'Failed');
    assert.match(backup.status.failureReason, /found a backup with status "InProgress" during the server starting/);
  });

  await timed('  wrong S3 key', async () => {
    const wrong = `[default]\naws_access_key_id=${bucket.accessKey}\naws_secret_access_key=${'0'.repeat(40)}\n`;
    const { spec } = await sealed({ namespace: VELERO_NAMESPACE, name: 'velero-s3-credentials', values: { cloud: wrong } });
    await applyAtOnce(api, [varied(objects, 'SealedSecret', 'velero-s3-credentials', secret => { secret.spec.encryptedData = spec.encryptedData; })]);
    await untilLocationSays(cluster, /SignatureDoesNotMatch/);
    await expectRefusal(cluster, installation, 'wrong-key');
    await applyAtOnce(api, [emitted(objects, 'SealedSecret', 'velero-s3-credentials')]);
  });

  await timed('  bucket gone', async () => {
    await renameBucket(bucket, bucket.name, `${bucket.name}-elsewhere`);
    await untilLocationSays(cluster, /NoSuchBucket/);
    await expectRefusal(cluster, installation, 'bucket-gone');
    await renameBucket(bucket, `${bucket.name}-elsewhere`, bucket.name);
    await untilHealthy(api, LOCATION);
  });

  await timed('  disk full at a restore', async () => {
    await cluster.deleteNamespace(APPLICATION);
    await onSmallDisk(8, async () => {
      const restored = await restore(api, installation, 'good', 'disk-full');
      assert.equal(restored.status.phase, 'PartiallyFailed');
      assert.deepEqual(await restoredVolumes(api, 'disk-full'), ['data', 'journal'].map(volume => `${APPLICATION} ${volume} restic Failed`));
      // The state says that it failed, and only the log why.
      const log = await api.log(VELERO_NAMESPACE, (await nodeAgentPod(cluster)).metadata.name, 'node-agent');
      assert.match(log, /no space left on device/);
      await cluster.deleteNamespace(APPLICATION);
    });
  });

  await timed('  restore of the good backup', async () => {
    assert.equal((await api.get(veleroObject('Backup', 'good')))?.status.phase, 'Completed');
    const restored = await restore(api, installation, 'good', 'good');
    assert.equal(restored.status.phase, 'Completed');
    await untilHealthy(api, statefulSet(APPLICATION));
    await expectVolumes(cluster, APPLICATION, before);
  });
});

/**
 * A backup to which something happens while a volume is being copied.
 *
 * @returns the Backup in its last phase
 */
async function interruptedBackup(cluster: Cluster, installation: Installation, name: string, fault: () => Promise<void>): Promise<KubernetesObject> {
  writeFileSync(join(await folderOfClaim(cluster, APPLICATION, 'data-store-0'), 'new'), randomBytes(20 * MEGABYTE));
  const { podIP } = (await nodeAgentPod(cluster)).status;
  await interrupted(podIP, async () => { await velero(installation, 'backup', 'create', name, '--from-schedule', SCHEDULE); }, fault);
  return final(cluster.api, 'Backup', name);
}

/** Until Velero has seen it. Whatever comes of that: the next scenario needs the gateway too. */
async function endGatewayForAWhile(cluster: Cluster): Promise<void> {
  await GATEWAY_DAEMON.kill();
  try {
    await untilLocationSays(cluster, /connection refused/);
  } finally {
    await startGateway();
  }
}

/** Restores the last backup into a namespace of its own, and compares the files with those that it was made of. The namespace is deleted. */
async function expectWholeCopy(cluster: Cluster, installation: Installation, backup: string): Promise<void> {
  const copy = `${APPLICATION}-copy`;
  const restored = await restore(cluster.api, installation, backup, backup, '--namespace-mappings', `${APPLICATION}:${copy}`);
  assert.equal(restored.status.phase, 'Completed');
  await untilHealthy(cluster.api, statefulSet(copy));
  await expectVolumes(cluster, copy, await describeVolumes(cluster, APPLICATION));
  await cluster.deleteNamespace(copy);
}

/** Waits until the location is unavailable for a reason. */
async function untilLocationSays({ api }: Cluster, reason: RegExp): Promise<void> {
  await waitFor(`the location unavailable with ${reason}`, 120, async () => {
    const { status } = (await api.get(LOCATION))!;
    return status.phase === 'Unavailable' && reason.test(status.message);
  });
}

/** Velero does not begin a backup whose location is unavailable, and says so. */
async function expectRefusal({ api }: Cluster, installation: Installation, name: string): Promise<void> {
  const backup = await backUp(api, installation, SCHEDULE, name);
  assert.equal(backup.status.phase, 'FailedValidation');
  assert.match(backup.status.validationErrors.join(), /unavailable/i);
}

/** Ends a pod as the loss of its node would: nothing in it hears of it. */
async function kill(cluster: Cluster, { metadata: { name } }: KubernetesObject): Promise<void> {
  await cluster.kubectl('--namespace', VELERO_NAMESPACE, 'delete', 'pod', name, '--grace-period=0', '--force');
}

async function sealed(secret: Parameters<typeof seal>[1]): Promise<KubernetesObject> {
  return parse(readFileSync(await seal(mkdtempSync(join(STATE, 'sealed-')), secret), 'utf8'));
}

async function expectVolumes(cluster: Cluster, namespace: string, wanted: Map<string, TreeDescription>): Promise<void> {
  const got = await describeVolumes(cluster, namespace);
  for (const claim of CLAIMS) {
    assert.deepEqual(differences(wanted.get(claim)!, got.get(claim)!).slice(0, 20), [], `files of ${claim}`);
  }
}

async function describeVolumes(cluster: Cluster, namespace: string): Promise<Map<string, TreeDescription>> {
  return new Map(await Promise.all(CLAIMS.map(async claim => [claim, describeTree(await folderOfClaim(cluster, namespace, claim))] as const)));
}
