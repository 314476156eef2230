import { JsonPatch, ApiObject } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';

function lifecycle(...rules: any[]): string {
  return JSON.stringify({ Rules: rules });
}

const EXPIRES = { ID: 'old', Status: 'Enabled', Expiration: { Days: 30 } };

escapeHatch('bucket-expires', usual => {
  usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.add('/spec/config/s3Url', 'https://s3.example.org'));
  const own = new ApiObject(usual.chart, 'claim', {
    apiVersion: 'objectbucket.io/v1alpha1',
    kind: 'ObjectBucketClaim',
    metadata: { name: 'backups', namespace: 'velero' },
    spec: { bucketName: 'backups', additionalConfig: {} },
  });
  return () => own.addJsonPatch(JsonPatch.add('/spec/additionalConfig/bucketLifecycle', lifecycle(EXPIRES)));
});

const INSIDE = { s3Url: 'http://minio.storage.svc' };

function location(config: any = INSIDE, objectStorage: any = { bucket: 'backups', prefix: 'production' }): any {
  return { apiVersion: 'velero.io/v1', kind: 'BackupStorageLocation', metadata: { name: 'offsite', namespace: 'velero' }, spec: { provider: 'aws', objectStorage, config } };
}

function claim(bucketLifecycle: string, spec: any = { bucketName: 'backups' }): any {
  return { apiVersion: 'objectbucket.io/v1alpha1', kind: 'ObjectBucketClaim', metadata: { name: 'claim', namespace: 'velero' }, spec: { ...spec, additionalConfig: { bucketLifecycle } } };
}

function judgedAll(...objects: any[]): string[] {
  return told(judged(objects), 'bucket-expires');
}

const CLAIM = 'error bucket-expires ObjectBucketClaim velero/claim: spec.additionalConfig.bucketLifecycle got ';

function kept(place: string): string {
  return `wanted no object of ${place} to be deleted by its age: BackupStorageLocation velero/offsite keeps backups there`;
}

test.each([
  ['everything', EXPIRES, 'old'],
  ['everything, by a date', { ...EXPIRES, Expiration: { Date: '2030-01-01T00:00:00Z' } }, 'old'],
  ['the folder', { ...EXPIRES, Prefix: 'production/' }, 'old'],
  ['a part of it', { ...EXPIRES, Filter: { Prefix: 'production/kopia/' } }, 'old'],
  ['what begins like it', { ...EXPIRES, Filter: { And: { Prefix: 'prod', ObjectSizeGreaterThan: 1 } } }, 'old'],
])('a rule for %s', (_, rule, name) => {
  expect(judgedAll(location(), claim(lifecycle(rule)))).toEqual([`${CLAIM}"Expiration of the rule ${name}", ${kept('backups/production')}`]);
});

test('a rule without a name, for a bucket with a generated name and a location in its root', () => {
  expect(judgedAll(location(INSIDE, { bucket: 'backups-c1178d61' }), claim(lifecycle({ Status: 'Enabled', Expiration: { Days: 1 } }), { generateBucketName: 'backups' })))
    .toEqual([`${CLAIM}"Expiration", ${kept('backups-c1178d61')}`]);
});

test.each([
  ['unfinished uploads', location(), claim(lifecycle({ ...EXPIRES, Expiration: undefined, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }))],
  ['old versions', location(), claim(lifecycle({ ...EXPIRES, Expiration: undefined, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }))],
  ['marks of what is deleted', location(), claim(lifecycle({ ...EXPIRES, Expiration: { ExpiredObjectDeleteMarker: true } }))],
  ['a rule that is off', location(), claim(lifecycle({ ...EXPIRES, Status: 'Disabled' }))],
  ['another folder', location(), claim(lifecycle({ ...EXPIRES, Prefix: 'logs/' }))],
  ['a folder that begins the same', location(), claim(lifecycle({ ...EXPIRES, Prefix: 'production-logs/' }))],
  ['what has a tag', location(), claim(lifecycle({ ...EXPIRES, Filter: { And: { Prefix: '', Tags: [{ Key: 'a', Value: 'b' }] } } }))],
  ['another bucket', location(), claim(lifecycle(EXPIRES), { bucketName: 'logs' })],
  ['a bucket that a StorageClass names', location(), claim(lifecycle(EXPIRES), {})],
  ['a bucket of that name at Amazon', location({ region: 'eu-central-1' }), claim(lifecycle(EXPIRES))],
  ['what is no JSON', location(), claim('Rules: [')],
  ['what is no lifecycle', location(), claim('[]')],
])('silent about %s', (_, ...objects) => {
  expect(judgedAll(...objects)).toEqual([]);
});

const LOCKED = 'true, wanted a bucket without object lock: BackupStorageLocation velero/offsite keeps backups there, and Velero and its uploader write over objects and delete them';

test('a bucket of the operator of MinIO that is locked', () => {
  const tenant = (objectLock: boolean) => ({
    apiVersion: 'minio.min.io/v2', kind: 'Tenant', metadata: { name: 'minio', namespace: 'storage' }, spec: { buckets: [{ name: 'logs', objectLock: true }, { name: 'backups', objectLock }] },
  });
  expect(judgedAll(location(), tenant(true))).toEqual([`error bucket-expires Tenant storage/minio: spec.buckets[1].objectLock got ${LOCKED}`]);
  expect(judgedAll(location(), tenant(false))).toEqual([]);
});

test('a bucket of the controllers of Amazon', () => {
  const bucket = (spec: any) => ({ apiVersion: 's3.services.k8s.aws/v1alpha1', kind: 'Bucket', metadata: { name: 'bucket', namespace: 'ack' }, spec: { name: 'backups', ...spec } });
  const amazon = location({ region: 'eu-central-1' });
  const rules = [{ id: 'old', status: 'Enabled', filter: { prefix: '' }, expiration: { days: 7 } }];
  expect(judgedAll(amazon, bucket({ objectLockEnabledForBucket: true }))).toEqual([`error bucket-expires Bucket ack/bucket: spec.objectLockEnabledForBucket got ${LOCKED}`]);
  expect(judgedAll(amazon, bucket({ lifecycle: { rules } })))
    .toEqual([`error bucket-expires Bucket ack/bucket: spec.lifecycle.rules got "Expiration of the rule old", ${kept('backups/production')}`]);
  expect(judgedAll(location(), bucket({ lifecycle: { rules }, objectLockEnabledForBucket: true }))).toEqual([]);
});
