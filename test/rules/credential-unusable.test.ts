import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, server } from '../../src/rules/examples';

escapeHatch('credential-unusable', usual => {
  new ApiObject(usual.chart, 'sealed', {
    apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'velero-s3-credentials', namespace: 'velero' }, spec: { encryptedData: { cloud: 'AgA1' } },
  });
  return () => usual.object('BackupStorageLocation', 'offsite').addJsonPatch(JsonPatch.replace('/spec/credential/key', 'credentials'));
});

const ID = 'credential-unusable';
const ON = 'error credential-unusable BackupStorageLocation velero/offsite: ';
const FILE = '[default]\naws_access_key_id=a\naws_secret_access_key=b\n';

function location(spec: any = {}): any {
  return {
    apiVersion: 'velero.io/v1',
    kind: 'BackupStorageLocation',
    metadata: { name: 'offsite', namespace: 'velero' },
    spec: { provider: 'aws', objectStorage: { bucket: 'backups', prefix: 'a' }, credential: { name: 's3', key: 'cloud' }, config: {}, ...spec },
  };
}

function secret(cloud: string, name = 's3'): any {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'velero' }, stringData: { cloud } };
}

function judgedAll(...objects: any[]): string[] {
  return told(judged(objects), ID);
}

test('the Secret lacks the key', () => {
  const spec = { encryptedData: { accessKey: 'AgA1' }, template: { data: { ini: FILE } } };
  const sealed = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 's3', namespace: 'velero' }, spec };
  expect(judgedAll(location(), sealed)).toEqual([`${ON}spec.credential got "cloud", wanted a key that SealedSecret velero/s3 gives the Secret: accessKey, ini`]);
});

test.each([
  ['another section', FILE.replace('default', 'velero'), {}, 'a section [default]'],
  ['no section', FILE.replace('[default]\n', ''), {}, 'a section [default]'],
  ['a section in other letters', FILE.replace('default', 'Default'), {}, 'a section [default]'],
  ['no section for the profile', FILE, { config: { profile: 'velero' } }, 'a section [velero], the profile of the location,'],
  ['half of the keys', '[default]\naws_access_key_id=a\n', {}, 'both aws_access_key_id and aws_secret_access_key in the section [default]'],
  ['keys in another section', `[default]\n${FILE.replace('default', 'other').replace('aws_access', 'x_access')}aws_access_key_id=c\n[default]\naws_access_key_id=c`, {},
    'both aws_access_key_id and aws_secret_access_key in the section [default]'],
])('the file has %s', (_, file, spec, wanted) => {
  expect(judgedAll(location(spec), secret(file))).toEqual([`${ON}spec.credential got "cloud", wanted ${wanted} in Secret velero/s3`]);
});

test('never with what stands in the file', () => {
  const judgements = judged([location(), secret('[other]\naws_access_key_id=AKIAEXAMPLE\n')]).filter(({ rule }) => rule.id === ID);
  expect(judgements).toHaveLength(1);
  expect(JSON.stringify({ ...judgements[0], on: undefined })).not.toMatch(/AKIA|other/);
});

test.each([
  ['a section', FILE],
  ['spaces', '  [ default ]\n  AWS_ACCESS_KEY_ID = a\n  aws_secret_access_key = b\n'],
  ['the section of a configuration', FILE.replace('default', 'profile default')],
  ['a role', '[default]\nrole_arn=a\nweb_identity_token_file=b\n'],
  ['a file that a template makes', '{{ .file }}'],
  ['a section that a template names', FILE.replace('default', '{{ .profile }}')],
  ['what another program puts in', '<path:secret/velero#cloud>'],
  ['what is no such file', 'something'],
])('silent about %s', (_, file) => {
  expect(judgedAll(location(), secret(file))).toEqual([]);
});

test.each([
  ['a Secret that is not in the input', location()],
  ['a Secret that is filled in the cluster', location(), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's3', namespace: 'velero', annotations: { replicate: 'from' } } }],
  ['keys that only the cluster knows', location(), {
    apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 's3', namespace: 'velero' }, spec: { dataFrom: [{ extract: { key: 'velero' } }] },
  }],
  ['the file of another provider', location({ provider: 'gcp' }), secret('{ "type": "service_account" }\n[x]')],
  ['a reference without a key', location({ credential: { name: 's3' } }), secret('x')],
])('silent about %s', (_, ...objects) => {
  expect(judgedAll(...objects)).toEqual([]);
});

const ROOK = (maker: string) => `wanted a Secret with a file in the format of AWS: that of ${maker} has only the two keys`;

test('the Secrets that Rook makes', () => {
  const claim = { apiVersion: 'objectbucket.io/v1alpha1', kind: 'ObjectBucketClaim', metadata: { name: 's3', namespace: 'velero' }, spec: {} };
  const user = { apiVersion: 'ceph.rook.io/v1', kind: 'CephObjectStoreUser', metadata: { name: 'velero', namespace: 'velero' }, spec: { store: 'store' } };
  expect(judgedAll(location(), claim)).toEqual([`${ON}spec.credential got "s3", ${ROOK('ObjectBucketClaim velero/s3')}`]);
  const name = 'rook-ceph-object-user-store-velero';
  expect(judgedAll(location({ credential: { name, key: 'AccessKey' } }), user)).toEqual([`${ON}spec.credential got "${name}", ${ROOK('CephObjectStoreUser velero/velero')}`]);
  expect(judgedAll(location({ credential: { name: `${name}-two`, key: 'AccessKey' } }), user)).toEqual([]);
});

describe('of the server', () => {
  const withEnvironment = (env: string) => server('1.18.3', '--uploader-type=kopia').replace('          args:', `          env: ${env}\n          args:`);
  const mounted = withEnvironment('[{ name: AWS_SHARED_CREDENTIALS_FILE, value: /credentials/cloud }]')
    .replace('            - { name: scratch, mountPath: /scratch }\n', '$&            - { name: credentials, mountPath: /credentials }\n')
    .replace('        - { name: scratch, emptyDir: {} }\n', '$&        - { name: credentials, secret: { secretName: cloud-credentials } }\n');
  const files = (location_: string, cloud: string) => `${location_}---\napiVersion: v1\nkind: Secret\nmetadata: { name: cloud-credentials, namespace: velero }\nstringData: ${cloud}\n`;
  const without = `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: offsite, namespace: velero }
spec: { provider: aws, objectStorage: { bucket: backups, prefix: a } }
`;

  test('a location without a credential gets the file of the server', () => {
    const what = `${ON}credential of the server (AWS_SHARED_CREDENTIALS_FILE) got "cloud", wanted`;
    expect(told(judged(`${mounted}---\n${files(without, '{ credentials: x }')}`), ID)).toEqual([`${what} a key that Secret velero/cloud-credentials gives the Secret: credentials`]);
    expect(told(judged(`${mounted}---\n${files(without, JSON.stringify({ cloud: '[other]\n' }))}`), ID)).toEqual([`${what} a section [default] in Secret velero/cloud-credentials`]);
    expect(told(judged(`${mounted}---\n${files(without, JSON.stringify({ cloud: FILE }))}`), ID)).toEqual([]);
    expect(told(judged(`${server('1.18.3')}---\n${without}`), ID)).toEqual([]);
  });

  test.each([
    ['its keys', '[{ name: AWS_ACCESS_KEY_ID, value: a }, { name: AWS_SECRET_ACCESS_KEY, value: b }]'],
    ['its profile', '[{ name: AWS_PROFILE, value: velero }]'],
  ])('%s in variables', (_, env) => {
    const wrong = installation('1.18.3').replace('[default]', '[velero]');
    expect(told(judged(wrong), ID)).toHaveLength(1);
    expect(told(judged(wrong.replace('          args: ["server"', `          env: ${env}\n          args: ["server"`)), ID)).toEqual([]);
  });

  describe('a location without a credential', () => {
    const at = (url: string) => without.replace('prefix: a }', `prefix: a }, config: { s3Url: "${url}" }`);
    const RGW = at('http://rook-ceph-rgw-store.rook-ceph.svc');

    test('of a store that is not AWS needs keys of the server', () => {
      expect(told(judged(`${server('1.18.3')}---\n${RGW}`), ID)).toEqual([`${ON}spec.credential got undefined, wanted one: `
        + 'http://rook-ceph-rgw-store.rook-ceph.svc is not AWS, where a role would do, and the server has no keys of its own']);
    });

    test.each([
      ['no install is known', RGW],
      ['it is AWS, by its URL', `${server('1.18.3')}---\n${at('https://s3.eu-central-1.amazonaws.com')}`],
      ['another plugin serves it', `${server('1.18.3')}---\n${RGW.replace('provider: aws', 'provider: example.com/other')}`],
      ['the server has keys', `${withEnvironment('[{ name: AWS_ACCESS_KEY_ID, value: a }]')}---\n${RGW}`],
      ['the server has a file', `${withEnvironment('[{ name: AWS_SHARED_CREDENTIALS_FILE, value: /somewhere }]')}---\n${RGW}`],
      ['the server has a Secret or a ConfigMap of variables', `${withEnvironment('[]').replace('env: []', 'envFrom: [{ secretRef: { name: backups } }]')}---\n${RGW}`],
    ])('is fine where %s', (_, yaml) => {
      expect(told(judged(yaml), ID)).toEqual([]);
    });
  });
});
