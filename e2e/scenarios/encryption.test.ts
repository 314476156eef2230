import { randomBytes } from 'crypto';
import { readFileSync, rmSync, writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { STATE } from '../cluster/places';
import { folderOfClaim, RESTRICTED, statefulSet } from '../fixture/application';
import { backUp, copiedVolumes } from '../fixture/backups';
import { download, keysIn, makeBucket, radosObjects, readRadosObject, upload } from '../fixture/object-store';
import { PUBLIC_PASSWORD, readRepository, REFUSAL } from '../fixture/repository';
import { scenario } from '../fixture/scenario';
import { timed } from '../progress';

const APPLICATION = 'vault';
const SCHEDULE = `tier0-${APPLICATION}`;
const VOLUMES = ['data', 'journal'];
const MARKER = 'marker';

for (const { version, uploader } of [
  { version: '1.16.2', uploader: 'restic' },
  { version: '1.18.3', uploader: 'kopia' },
] as const) {
  scenario(`encryption, Velero ${version} with ${uploader}`, async cluster => {
    const installation = await timed('  install', () => cluster.installVelero({ version, uploader, applications: [APPLICATION] }));
    await cluster.namespace(APPLICATION, RESTRICTED);
    const inSecret = randomBytes(24).toString('hex');
    await cluster.run(statefulSet(APPLICATION), {
      apiVersion: 'v1', kind: 'Secret', metadata: { name: 'database', namespace: APPLICATION }, stringData: { password: inSecret },
    });
    const markers = VOLUMES.map(volume => new Marker(volume));
    for (const marker of markers) {
      writeFileSync(join(await folderOfClaim(cluster, APPLICATION, `${marker.volume}-store-0`), MARKER), marker.content);
    }
    const backup = await timed('  backup', () => backUp(cluster.api, installation, SCHEDULE, 'secret'));
    assert.equal(backup.status.phase, 'Completed');
    assert.deepEqual(await copiedVolumes(cluster.api, 'secret'), VOLUMES.map(volume => `${APPLICATION} ${volume} ${uploader} Completed`));

    await timed('  search of the plaintext', async () => {
      // What is not encrypted is found: a copy of each volume's file in another bucket.
      const control = await makeBucket('not-encrypted');
      for (const { volume, content } of markers) {
        const file = join(STATE, 'marker');
        writeFileSync(file, content);
        await upload(control, volume, file);
      }
      const { searched, found } = await search(markers);
      const repository = await keysIn(installation.bucket, `${uploader}/${APPLICATION}/`);
      assert.ok(repository.length > 3, `repository in the bucket: got ${repository}, wanted its objects`);
      assert.deepEqual(repository.filter(key => !searched.some(name => name.endsWith(`_${key}`))), [], 'objects of the repository that were not searched');
      assert.deepEqual(found.map(name => name.replace(/^.*_/, '')), VOLUMES, 'objects of RADOS with plaintext, wanted only the copies');
    });

    await timed('  reading of the repository', async () => {
      const reader = { namespace: APPLICATION, password: installation.password };
      const read = await readRepository(installation, reader, MARKER);
      assert.deepEqual(read.map(content => content.split('\n')[0]).sort(), markers.map(({ text }) => text), 'what our password opens');
      await assert.rejects(readRepository(installation, { ...reader, password: PUBLIC_PASSWORD }, MARKER), REFUSAL[uploader]);
    });

    const objects = join(STATE, 'objects.tar.gz');
    await download(installation.bucket, 'backups/secret/secret.tar.gz', objects);
    const tarball = gunzipSync(readFileSync(objects));
    assert.ok(tarball.includes(Buffer.from(inSecret).toString('base64')), 'the objects are not encrypted: who reads the bucket reads Secrets');
  });
}

/** What a volume holds and nobody may read elsewhere. Compression leaves it as it is. */
class Marker {
  public readonly text: string;
  private readonly noise = randomBytes(4096);

  public constructor(public readonly volume: string) {
    this.text = `This is on the volume ${volume}: ${randomBytes(12).toString('hex')}`;
  }

  public get content(): Buffer {
    return Buffer.concat([Buffer.from(`${this.text}\n`), this.noise]);
  }

  public occursIn(data: Buffer): boolean {
    return data.includes(this.text) || data.includes(this.noise.subarray(0, 64));
  }
}

/** Searches everything that the disks of the object store hold. */
async function search(markers: Marker[]): Promise<{ searched: string[]; found: string[] }> {
  const searched = (await radosObjects()).sort();
  const found: string[] = [];
  const file = join(STATE, 'rados-object');
  for (const name of searched) {
    await readRadosObject(name, file);
    const data = readFileSync(file);
    found.push(...markers.filter(marker => marker.occursIn(data)).map(() => name));
    rmSync(file);
  }
  return { searched, found };
}
