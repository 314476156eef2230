import assert from 'node:assert/strict';
import { KubernetesObject } from '../../cluster/api-server';
import { veleroObject } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { FIELD_MANAGER, untilHealthy } from '../../fixture/delivery';
import { Installation, VELERO_NAMESPACE } from '../../fixture/installation';
import { emitted, varied } from '../../fixture/variation';
import { finds } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';

export const LOCATION = 'cluster-backups';

/** T11, T12, T14, T15, T44: nothing can be saved to such a location. Beside them there is one that is as it should be. */
export async function unavailableLocations({ api }: Cluster, { objects, bucket }: Installation): Promise<void> {
  const wrong = (name: string, change: (spec: any) => void) => finds('location-config', objects, location(objects, name, change));
  const secret = (name: string, stringData: { [key: string]: string }) =>
    ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: VELERO_NAMESPACE }, stringData });
  const secrets = [
    secret('another-profile', { cloud: `[velero]\naws_access_key_id=${bucket.accessKey}\naws_secret_access_key=${bucket.secretKey}\n` }),
    secret('of-bucket-claim', { AWS_ACCESS_KEY_ID: bucket.accessKey, AWS_SECRET_ACCESS_KEY: bucket.secretKey }),
  ];
  const by = (name: string, credential: object) =>
    finds('credential-unusable', objects, location(objects, name, spec => { spec.credential = credential; }), ...secrets);
  const expected: [KubernetesObject, RegExp | undefined][] = [
    [wrong('unknown-key', ({ config }) => { config.checksumAlgoritm = ''; }), /config has invalid keys \[checksumAlgoritm\]/],
    [wrong('no-region', ({ config }) => { delete config.region; }), /A region must be set when sending requests to S3/],
    [wrong('no-path-style', ({ config }) => { delete config.s3ForcePathStyle; }), new RegExp(`lookup ${bucket.name}.rook-ceph-rgw`)],
    [wrong('no-scheme', ({ config }) => { config.s3Url = config.s3Url.replace('http://', ''); }), /Invalid s3 url/],
    [wrong('path', ({ config }) => { config.s3Url += '/s3'; }), /NoSuchBucket/],
    [wrong('no-truth', ({ config }) => { config.s3ForcePathStyle = 'yes'; }), /could not parse s3ForcePathStyle/],
    [wrong('algorithm', ({ config }) => { config.checksumAlgorithm = 'crc32'; }), /invalid checksum algorithm: crc32/],
    [wrong('folder', spec => { spec.objectStorage.bucket += '/backups'; }), /must not contain a '\/'/],
    [finds('location-tls', objects, location(objects, 'two-authorities', spec => {
      spec.objectStorage.caCert = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==';
      spec.objectStorage.caCertRef = { name: 'velero-s3-credentials', key: 'cloud' };
    })), /cannot specify both caCert and caCertRef/],
    [by('missing-key', { name: 'velero-s3-credentials', key: 'credentials' }), /unable to get credentials: unable to get key for secret/],
    [by('bucket-claim', { name: 'of-bucket-claim', key: 'cloud' }), /unable to get credentials: unable to get key for secret/],
    [by('other-profile', { name: 'another-profile', key: 'cloud' }), /failed to refresh cached credentials, no EC2 IMDS role found/],
    [finds('credential-unusable', objects, location(objects, 'no-profile', spec => {
      spec.credential.name = 'another-profile';
      spec.config.profile = 'elsewhere';
    }), ...secrets), /failed to get shared config profile, elsewhere/],
    [location(objects, 'good'), undefined],
  ];

  for (const object of [...secrets, ...expected.map(([declared]) => declared)]) {
    await api.create(object);
  }
  for (const [{ metadata: { name } }, message] of expected) {
    const { status } = await waitFor(`location ${name} judged`, 60, async () => {
      const found = await api.get(veleroObject('BackupStorageLocation', name));
      return found?.status?.phase !== undefined && found;
    });
    assert.equal(status.phase, message === undefined ? 'Available' : 'Unavailable', name);
    assert.match(status.message ?? '', message ?? /^$/, name);
  }
  await Promise.all(expected.map(([declared]) => api.delete(declared)));
}

/** T17: Velero leaves one default, whatever git says, and the one that the server is told. */
export async function defaults({ api }: Cluster, { objects }: Installation): Promise<void> {
  const isDefault = async (name: string) => (await api.get(veleroObject('BackupStorageLocation', name)))?.spec.default === true;
  const second = location(objects, 'second');
  finds('location-default', [...objects, second], varied([second], second.kind, 'second', ({ spec }) => { spec.default = true; }));
  const told = finds('location-default', [...objects, second], varied(objects, 'Deployment', 'velero', ({ spec: { template } }) => {
    const { args } = template.spec.containers[0];
    args[args.findIndex((flag: string) => flag.startsWith('--default-backup-storage-location'))] = '--default-backup-storage-location=second';
  }));

  await api.create({ ...second, spec: { ...second.spec, default: true } });
  await waitFor('the older default taken back', 60, async () => !await isDefault(LOCATION));
  assert.equal(await isDefault('second'), true);
  for (const declared of [second, emitted(objects, 'BackupStorageLocation', LOCATION)]) {
    await api.apply(declared, { fieldManager: FIELD_MANAGER, force: true });
  }
  await waitFor('one default, as declared', 60, async () => await isDefault(LOCATION) && !await isDefault('second'));

  await api.apply(told, { fieldManager: FIELD_MANAGER, force: true });
  await waitFor('the default that the server is told', 60, () => isDefault('second'));
  for (const declared of [emitted(objects, 'Deployment', 'velero'), second, emitted(objects, 'BackupStorageLocation', LOCATION)]) {
    await api.apply(declared, { fieldManager: FIELD_MANAGER, force: true });
    await untilHealthy(api, declared);
  }
  await api.delete(second);
}

/** A location beside that of the library's output, in a folder of its own, with a change. */
export function location(objects: KubernetesObject[], name: string, change: (spec: any) => void = () => undefined): KubernetesObject {
  return varied(objects, 'BackupStorageLocation', LOCATION, copy => {
    copy.metadata.name = name;
    copy.spec.default = false;
    copy.spec.objectStorage.prefix = name;
    change(copy.spec);
  });
}
