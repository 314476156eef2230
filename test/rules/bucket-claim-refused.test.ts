import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';

escapeHatch('bucket-claim-refused', usual => {
  usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.add('/spec/config/s3Url', 'https://s3.example.org'));
  const own = new ApiObject(usual.chart, 'claim', claim({}));
  return () => own.addJsonPatch(JsonPatch.add('/spec/additionalConfig/bucketOwner', 'velero'));
});

const LOCATION = {
  apiVersion: 'velero.io/v1',
  kind: 'BackupStorageLocation',
  metadata: { name: 'offsite', namespace: 'velero' },
  spec: { provider: 'aws', objectStorage: { bucket: 'backups', prefix: 'production' }, config: { s3Url: 'http://minio.storage.svc' } },
};

function claim(additionalConfig: any, metadata: any = {}, spec: any = { bucketName: 'backups' }): any {
  return {
    apiVersion: 'objectbucket.io/v1alpha1', kind: 'ObjectBucketClaim', metadata: { name: 'claim', namespace: 'velero', ...metadata }, spec: { ...spec, additionalConfig },
  };
}

function operator(data: any, namespace = 'rook-ceph'): any {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'rook-ceph-operator-config', namespace }, data };
}

function allowing(fields: string, namespace?: string): any {
  return operator({ ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS: fields }, namespace);
}

function judgedAll(...objects: any[]): string[] {
  return told(judged(objects), 'bucket-claim-refused');
}

const ALL = { maxSize: '1Gi', bucketMaxObjects: '1', bucketMaxSize: '1Gi', bucketPolicy: '{}', bucketLifecycle: '{}', bucketOwner: 'velero' };
const OWNED = claim({ bucketOwner: 'velero', bucketLifecycle: '{}' });
const AT = 'bucket-claim-refused ObjectBucketClaim velero/claim: spec.additionalConfig got ';

test('without the ConfigMap of the operator nobody knows', () => {
  expect(judgedAll(LOCATION, OWNED)).toEqual([`warning ${AT}["bucketLifecycle","bucketOwner"], `
    + 'wanted an operator that allows bucketLifecycle and bucketOwner: its ConfigMap rook-ceph-operator-config is not here to tell']);
  expect(judgedAll(LOCATION, claim(ALL))[0]).toContain('got ["bucketMaxObjects","bucketMaxSize","bucketPolicy","bucketLifecycle","bucketOwner"], ');
});

test.each([
  ['of its own', operator({}), 'maxObjects,maxSize', ['bucketLifecycle', 'bucketOwner']],
  ['too few', allowing('maxObjects,bucketOwner'), 'maxObjects,bucketOwner', ['bucketLifecycle']],
  ['names with blanks, which Rook does not take away', allowing('bucketLifecycle, bucketOwner'), 'bucketLifecycle, bucketOwner', ['bucketOwner']],
])('the operator allows what is %s', (_, config, allowed, missing) => {
  expect(judgedAll(LOCATION, OWNED, config))
    .toEqual([`error ${AT}${JSON.stringify(missing)}, wanted only what ConfigMap rook-ceph/rook-ceph-operator-config allows: ${allowed}`]);
});

test('every operator that there is must allow it', () => {
  expect(judgedAll(LOCATION, OWNED, allowing('bucketLifecycle,bucketOwner'), allowing('bucketOwner', 'other'))).toHaveLength(1);
});

test.each([
  ['what every operator allows', [LOCATION, claim({ maxObjects: '1', maxSize: '1Gi' })]],
  ['what Rook does not know', [LOCATION, claim({ bucketSomething: '1' })]],
  ['nothing', [LOCATION, claim(undefined)]],
  ['what the operator allows', [LOCATION, OWNED, allowing('bucketLifecycle,maxSize,bucketOwner')]],
  ['a bucket without backups', [OWNED]],
  ['another bucket', [LOCATION, claim({ bucketOwner: 'velero' }, {}, { bucketName: 'pictures' })]],
  ['a bucket of that name on AWS', [{ ...LOCATION, spec: { ...LOCATION.spec, config: { region: 'eu-central-1' } } }, OWNED]],
  ['an old Rook', [LOCATION, claim({ bucketLifecycle: '{}' }, { annotations: { 'cdk8s-velero/rook-version': '1.16.9' } })]],
])('silent about %s', (_, objects) => {
  expect(judgedAll(...objects)).toEqual([]);
});

test.each(['1.17.0', '1.20', 'newest'])('not silent about Rook %s', version => {
  expect(judgedAll(LOCATION, claim({ bucketOwner: 'velero' }, { annotations: { 'cdk8s-velero/rook-version': version } }))).toHaveLength(1);
});

test('a generated name begins with what it is generated from', () => {
  const generated = { ...LOCATION, spec: { ...LOCATION.spec, objectStorage: { bucket: 'backups-0a1b', prefix: 'p' } } };
  expect(judgedAll(generated, claim({ bucketOwner: 'velero' }, {}, { generateBucketName: 'backups' }))).toHaveLength(1);
  expect(judgedAll(LOCATION, claim({ bucketOwner: 'velero' }, {}, { generateBucketName: 'backups' }))).toEqual([]);
});
