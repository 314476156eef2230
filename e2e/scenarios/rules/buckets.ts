import assert from 'node:assert/strict';
import { join } from 'path';
import { location, LOCATION } from './locations';
import { KubernetesObject } from '../../cluster/api-server';
import { ADMINISTRATOR, GATEWAY } from '../../cluster/places';
import { run } from '../../command';
import { veleroObject } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { applyHealthy } from '../../fixture/delivery';
import { Installation, VELERO_NAMESPACE } from '../../fixture/installation';
import { expireOlder, keysIn } from '../../fixture/object-store';
import { Savings } from '../../fixture/savings';
import { emitted, varied } from '../../fixture/variation';
import { finds } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';
import { prepared } from '../../prepared';

/** T14: what lies in `prefix` of the configuration lies elsewhere, and a location that takes a whole bucket for itself bears no other in it. */
export async function sharedBucket({ api }: Cluster, { objects, bucket }: Installation, savings: Savings): Promise<void> {
  const whole = emitted(objects, 'BackupStorageLocation', LOCATION);
  const others = objects.filter(object => object !== whole);
  const neighbour = location(objects, 'neighbour', ({ config }) => { config.prefix = 'elsewhere'; });
  finds('location-config', objects, neighbour);
  finds('location-shared', [...others, location(objects, 'neighbour')], whole);

  await applyHealthy(api, neighbour);
  assert.equal((await savings.save('beside', 'neighbour')).status.phase, 'Completed');
  const folders = new Set((await keysIn(bucket)).map(key => key.slice(0, key.indexOf('/'))));
  assert.deepEqual([...folders].sort(), ['backups', 'kopia', 'neighbour', 'restores']);
  const { status } = await waitFor('the location that takes the whole bucket unavailable', 60, async () => {
    const found = await api.get(whole);
    return found?.status.phase === 'Unavailable' && found;
  });
  assert.match(status.message, /Backup store contains invalid top-level directories: \[neighbour\]/);
  assert.equal((await savings.save('after', LOCATION)).status.phase, 'FailedValidation');
  assert.equal((await savings.save('beside-again', 'neighbour')).status.phase, 'Completed');
}

/** T42: the bucket takes pieces out of a backup that is kept. */
export async function expiringBucket(cluster: Cluster, installation: Installation, savings: Savings): Promise<void> {
  const { objects, bucket } = installation;
  const claim = (bucketLifecycle: object): KubernetesObject => ({
    apiVersion: 'objectbucket.io/v1alpha1',
    kind: 'ObjectBucketClaim',
    metadata: { name: 'backups', namespace: 'velero' },
    spec: { bucketName: bucket.name, storageClassName: 'rook-ceph-bucket', additionalConfig: { bucketLifecycle: JSON.stringify(bucketLifecycle) } },
  });
  finds('bucket-expires', objects, claim({ Rules: [{ ID: 'old', Status: 'Enabled', Prefix: '', Expiration: { Days: 1 } }] }));
  await savings.write();
  assert.equal((await savings.save('monday', LOCATION)).status.phase, 'Completed');
  const began = Date.now();
  assert.equal((await savings.restore('monday')).status.phase, 'Completed');
  assert.equal((await savings.save('tuesday', LOCATION)).status.phase, 'Completed');
  // Of all that is old only the data: without the rest of the repository Velero tries for a minute to open it.
  await expireOlder(bucket, 'kopia/shop/p', Math.floor((Date.now() - began) / 1000));
  assert.deepEqual((await cluster.api.get(veleroObject('Backup', 'tuesday')))!.status.phase, 'Completed');
  assert.equal((await savings.restore('tuesday')).status.phase, 'PartiallyFailed');
  assert.deepEqual(await savings.restored('tuesday'), ['tuesday data kopia Failed']);
}

/** T16: who is outside of the cluster cannot follow the link that Velero gives him. */
export async function outsideOfCluster({ api }: Cluster, installation: Installation, backup: string): Promise<void> {
  const { objects } = installation;
  const inside = emitted(objects, 'BackupStorageLocation', LOCATION);
  const open = varied(objects, inside.kind, LOCATION, ({ spec }) => { spec.config.publicUrl = GATEWAY; });
  finds('location-unreachable', [...objects.filter(object => object !== inside), open], inside);
  const logs = () => run('unshare', ['--mount', 'sh', '-c', `mount --bind /dev/null /etc/resolv.conf && exec ${program(installation)} backup logs ${backup}`], {
    environment: ADMINISTRATOR,
  });
  await assert.rejects(logs(), /lookup rook-ceph-rgw-homelab-objectstore.rook-ceph.svc/);
  await applyHealthy(api, open);
  assert.match(await logs(), new RegExp(`backup=velero/${backup}`));
  await applyHealthy(api, inside);
}

/** Who is inside can follow it, unless the address names the port that http has anyway. */
export async function linksInside(cluster: Cluster, { objects }: Installation, backup: string): Promise<void> {
  const plain = emitted(objects, 'BackupStorageLocation', LOCATION);
  const named = varied(objects, plain.kind, LOCATION, ({ spec }) => { spec.config.s3Url += ':80'; });
  finds('location-port', objects, named);
  const logs = () => cluster.exec(VELERO_NAMESPACE, 'deploy/velero', 'velero', '/velero', 'backup', 'logs', backup);
  assert.match(await logs(), new RegExp(`backup=velero/${backup}`));
  await applyHealthy(cluster.api, named);
  await assert.rejects(logs(), /SignatureDoesNotMatch/);
  await applyHealthy(cluster.api, plain);
}

function program({ version }: Installation): string {
  return join(prepared().tools[`velero-${version}`], 'velero');
}
