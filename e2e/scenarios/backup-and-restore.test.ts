import { appendFileSync, chmodSync, chownSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { deployment, folderOfClaim, podOf, RESTRICTED, statefulSet } from '../fixture/application';
import { backUp, copiedVolumes, restore, restoredVolumes } from '../fixture/backups';
import { Cluster } from '../fixture/cluster';
import { untilHealthy } from '../fixture/delivery';
import { writeTree } from '../fixture/file-tree';
import { bytesIn } from '../fixture/object-store';
import { scenario } from '../fixture/scenario';
import { asKopiaRestores, bytesInHoles, describeRoot, describeTree, differences, TreeDescription } from '../fixture/tree-description';
import { timed } from '../progress';

const APPLICATION = 'shop';
const SCHEDULE = `tier0-${APPLICATION}`;

const CLAIMS = ['data-store-0', 'journal-store-0', 'files'];
const VOLUMES = ['data', 'files', 'journal'];

const MEGABYTE = 1024 * 1024;

for (const { version, uploader } of [
  { version: '1.14.1', uploader: 'restic' },
  { version: '1.16.2', uploader: 'restic' },
  { version: '1.18.3', uploader: 'kopia' },
] as const) {
  scenario(`back up and restore, Velero ${version} with ${uploader}`, async cluster => {
    const installation = await timed('  install', () => cluster.installVelero({ version, uploader, applications: [APPLICATION] }));
    await cluster.namespace(APPLICATION, RESTRICTED);
    const workloads = [statefulSet(APPLICATION), ...deployment(APPLICATION)];
    await timed('  application', async () => {
      await cluster.run(...workloads);
      await fill(cluster);
    });
    const data = await folderOfClaim(cluster, APPLICATION, 'data-store-0');
    const provisioned = describeRoot(data);
    chownSync(data, 1000, 4711);
    chmodSync(data, 0o1771);
    const holes = bytesInHoles(join(data, 'sparse'));
    assert.ok(holes > 60 * MEGABYTE, `bytes in holes before the backup: got ${holes}, wanted more than 60 MB`);

    const first = await timed('  first backup', () => backUp(cluster.api, installation, SCHEDULE, 'first'));
    assert.equal(first.status.phase, 'Completed');
    assert.deepEqual(await copiedVolumes(cluster.api, 'first'), VOLUMES.map(volume => `${APPLICATION} ${volume} ${uploader} Completed`));
    const bytes = await bytesIn(installation.bucket);
    assert.ok(bytes > 200 * MEGABYTE, `the bucket holds ${bytes} bytes, wanted more than the large file`);

    appendFileSync(join(data, 'old'), 'changed\n');
    const before = await describeVolumes(cluster);
    const second = await timed('  second backup', () => backUp(cluster.api, installation, SCHEDULE, 'second'));
    assert.equal(second.status.phase, 'Completed');
    const added = await bytesIn(installation.bucket) - bytes;
    assert.ok(added < 20 * MEGABYTE, `the second backup added ${added} bytes, wanted less than 20 MB: only one small file had changed`);

    await timed('  deletion', () => cluster.deleteNamespace(APPLICATION));
    const restored = await timed('  restore', () => restore(cluster.api, installation, 'second', 'second'));
    assert.equal(restored.status.phase, 'Completed');
    assert.deepEqual(await restoredVolumes(cluster.api, 'second'), VOLUMES.map(volume => `${APPLICATION} ${volume} ${uploader} Completed`));
    for (const workload of workloads) {
      await untilHealthy(cluster.api, workload);
    }
    const after = await describeVolumes(cluster);
    for (const claim of CLAIMS) {
      const wanted = uploader === 'kopia' ? asKopiaRestores(before.get(claim)!) : before.get(claim)!;
      assert.deepEqual(differences(wanted, after.get(claim)!).slice(0, 20), [], `files of ${claim}`);
    }
    const restoredData = await folderOfClaim(cluster, APPLICATION, 'data-store-0');
    const root = uploader === 'kopia' ? '1771 1000:4711' : provisioned;
    assert.equal(describeRoot(restoredData), root, 'mode and owner of the root of a volume: restic leaves them as it finds them');
    assert.equal(bytesInHoles(join(restoredData, 'sparse')), 0, 'both uploaders write zeros');
    const web = await podOf(cluster, APPLICATION, 'web');
    assert.equal(await cluster.exec(APPLICATION, web, 'app', 'cat', '/files/modes/private'), 'only mine\n');
    assert.equal(await cluster.exec(APPLICATION, web, 'app', 'ls', '/cache'), '', 'the emptyDir was to be skipped');
  });
}

async function fill(cluster: Cluster): Promise<void> {
  writeTree(await folderOfClaim(cluster, APPLICATION, 'data-store-0'), { smallFiles: 20_000, largeMegabytes: 200 });
  writeTree(await folderOfClaim(cluster, APPLICATION, 'journal-store-0'), { smallFiles: 10, largeMegabytes: 0 });
  writeTree(await folderOfClaim(cluster, APPLICATION, 'files'), { smallFiles: 10, largeMegabytes: 0 });
  await cluster.exec(APPLICATION, await podOf(cluster, APPLICATION, 'web'), 'app', 'sh', '-c', 'echo warm > /cache/warm');
}

async function describeVolumes(cluster: Cluster): Promise<Map<string, TreeDescription>> {
  const described = await Promise.all(CLAIMS.map(async claim => [claim, describeTree(await folderOfClaim(cluster, APPLICATION, claim))] as const));
  return new Map(described);
}
