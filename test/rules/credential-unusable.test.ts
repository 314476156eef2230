import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import {
  BackupStorageLocation, ExistingCredential, Findings, KopiaRepository, ObjectStore, RgwBucket, RgwObjectStore, RgwUser, RgwUserKeys, RookVersion,
  VeleroInstall, VeleroVersion,
} from '../../src';
import { installation, server } from '../../src/rules/examples';
import { synthesized } from '../synthesized';

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
  expect(JSON.stringify({ ...judgements[0], on: undefined, rule: undefined })).not.toMatch(/AKIA|other/);
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

describe('of a bucket that Rook makes for a user', () => {
  const user = (name: string, keySecret: string | undefined, more: object = {}, namespace = 'velero') => ({
    apiVersion: 'ceph.rook.io/v1',
    kind: 'CephObjectStoreUser',
    metadata: { name, namespace },
    spec: {
      store: 'store',
      clusterNamespace: 'rook-ceph',
      keys: keySecret && [{ accessKeyRef: { name: keySecret, key: 'accessKey' }, secretKeyRef: { name: keySecret, key: 'secretKey' } }],
      ...more,
    },
  });
  const claim = (additionalConfig: object = { bucketOwner: 'velero' }) => ({
    apiVersion: 'objectbucket.io/v1alpha1', kind: 'ObjectBucketClaim', metadata: { name: 'backups', namespace: 'velero' }, spec: { bucketName: 'backups', additionalConfig },
  });
  const at = (credential: string, s3Url = 'http://rook-ceph-rgw-store.rook-ceph.svc') => location({ credential: { name: credential, key: 'cloud' }, config: { s3Url, region: 'x' } });
  const stranger = (severity: string, more = '') => [`${severity} credential-unusable BackupStorageLocation velero/offsite: spec.credential got "other", `
    + `wanted own, which CephObjectStoreUser velero/velero has its keys from: the bucket is that user's${more}`];

  test('another Secret may have other keys', () => {
    expect(judgedAll(at('other'), claim(), user('velero', 'own'))).toEqual(stranger('warning'));
    expect(judgedAll(at('other', 'https://s3.example.org'), claim(), user('velero', 'own'))).toEqual(stranger('warning'));
  });

  test('the Secret of another user has them for certain', () => {
    expect(judgedAll(at('other'), claim(), user('velero', 'own'), user('registry', 'other')))
      .toEqual(stranger('error', ', and other has those of CephObjectStoreUser velero/registry'));
  });

  test('a Secret without the file is told of as ever, and nothing else', () => {
    expect(judgedAll(at('other'), claim(), user('velero', 'own'), secret('[x]\n', 'other'))).toEqual([
      `${ON}spec.credential got "cloud", wanted a section [default] in Secret velero/other`,
    ]);
  });

  test.each<[string, any[]]>([
    ['it is his', [at('own'), claim(), user('velero', 'own')]],
    ['his keys are in another namespace, and perhaps here too', [at('other'), claim(), user('velero', 'own', {}, 'rook-ceph')]],
    ['Rook makes his keys', [at('other'), claim(), user('velero', undefined)]],
    ['nobody declares him', [at('other'), claim(), user('registry', 'other')]],
    ['the bucket has no owner', [at('other'), claim({}), user('velero', 'own')]],
    ['a policy of the bucket lets in whom it likes', [at('other'), claim({ bucketOwner: 'velero', bucketPolicy: '{}' }), user('velero', 'own')]],
    ['he is of another store', [at('other'), claim(), user('velero', 'own', { store: 'second' })]],
    ['he is of another cluster', [at('other'), claim(), user('velero', 'own', { clusterNamespace: undefined })]],
    ['two have his name in stores that the URL does not tell apart', [
      at('other', 'https://s3.example.org'), claim(), user('velero', 'own'), user('velero', 'own', { store: 'second' }, 'other'),
    ]],
    ['the location is in another bucket', [{ ...at('other'), spec: { ...at('other').spec, objectStorage: { bucket: 'pictures', prefix: 'a' } } }, claim(), user('velero', 'own')]],
  ])('is fine where %s', (_, objects) => {
    expect(judgedAll(...objects)).toEqual([]);
  });

  test('is told of what the constructs emit', () => {
    const scope = new Chart(Testing.app(), 'test');
    const [own, other] = ['own', 'other'].map(name => ExistingCredential.fromSecret(scope, name, name, 'cloud'));
    const objectStore = new RgwObjectStore(scope, 'store', { version: RookVersion.of('1.20.6') });
    const owner = new RgwUser(scope, 'velero', { objectStore, keys: RgwUserKeys.sealed(own) });
    const bucket = new RgwBucket(scope, 'backups', { objectStore, owner });
    new BackupStorageLocation(scope, 'right', { objectStore, bucket: bucket.bucketName, prefix: 'a', credential: own });
    new BackupStorageLocation(scope, 'wrong', { objectStore, bucket: bucket.bucketName, prefix: 'b', credential: other });

    expect(Findings.all(scope).filter(({ id }) => id === ID).map(({ severity, at: place, message }) => [severity, place, message])).toEqual([[
      'warning', 'BackupStorageLocation velero/wrong (test/wrong/Resource)',
      'spec.credential got "other", wanted own, which CephObjectStoreUser velero/velero has its keys from: the bucket is that user\'s',
    ]]);
  });
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
        + 'rook-ceph-rgw-store.rook-ceph.svc:80 is not AWS, where a role would do, and the server has no keys of its own']);
    });

    test('never with a password that stands in its URL', () => {
      const judgements = told(judged(`${server('1.18.3')}---\n${at('http://user:hunter22@minio.example.org')}`), ID);
      expect(judgements).toEqual([`${ON}spec.credential got undefined, wanted one: minio.example.org:80 is not AWS, where a role would do, and the server has no keys of its own`]);
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

  describe('with keys in variables', () => {
    const keyed = withEnvironment('[{ name: AWS_ACCESS_KEY_ID, value: a }, { name: AWS_SECRET_ACCESS_KEY, value: b }]');
    const at = (name: string, url?: string, spec: object = {}, config: object = {}) => JSON.stringify(location({
      credential: undefined, config: { ...config, ...url && { s3Url: url } }, objectStorage: { bucket: name }, ...spec,
    })).replace('"offsite"', `"${name}"`);
    const home = at('home', 'http://rook-ceph-rgw-store.rook-ceph.svc');
    const HOME = 'BackupStorageLocation velero/home at rook-ceph-rgw-store.rook-ceph.svc:80';
    const wanted = (first: string) => `wanted keys of its own: those in the variables of the server count before a role and a file, and ${first} gets them too`;
    const both = (...locations: string[]) => told(judged([keyed, ...locations].join('---\n').replaceAll('}---', '}\n---')), ID);
    const offsite = (severity: string, what: string, first = HOME) => [`${severity} credential-unusable BackupStorageLocation velero/offsite: ${what} got undefined, ${wanted(first)}`];
    const BOTH = 'spec.credential and spec.config.profile';
    const OWN_FILE = { credential: { name: 'aws', key: 'cloud' } };

    test('AWS with a role is sent those of the store at home', () => {
      expect(both(home, at('offsite'))).toEqual(offsite('error', BOTH));
      expect(both(home, at('offsite', 'https://s3.eu-central-1.amazonaws.com'))).toEqual(offsite('error', BOTH));
    });

    test('a file of its own does not help without a profile', () => {
      expect(both(home, at('offsite', undefined, OWN_FILE))).toEqual(offsite('error', 'spec.config.profile'));
      expect(both(home, at('offsite', undefined, OWN_FILE, { profile: 'default' }))).toEqual([]);
    });

    test('another store of Rook may take them', () => {
      expect(both(home, at('offsite', 'http://rook-ceph-rgw-store.other.svc'))).toEqual(offsite('warning', BOTH));
    });

    test.each<[string, string, string]>([
      ['the default one', at('offsite', undefined), at('home', 'http://rook-ceph-rgw-store.rook-ceph.svc', { default: true })],
      ['the one without a credential', at('offsite', undefined, OWN_FILE), home],
    ])('they are taken for those of %s', (_, ...locations) => {
      expect(both(...locations)).toEqual(offsite('error', locations[0].includes('credential') ? 'spec.config.profile' : BOTH));
    });

    test('where each has a file one is the first too', () => {
      expect(both(at('aws', undefined, OWN_FILE), at('offsite', 'https://s3.example.org', OWN_FILE)))
        .toEqual(offsite('error', 'spec.config.profile', 'BackupStorageLocation velero/aws at AWS'));
    });

    test('bucket.keys as objectStoreKeys stop the synth', () => {
      const scope = new Chart(Testing.app(), 'test');
      const objectStore = new RgwObjectStore(scope, 'store', { version: RookVersion.of('1.15.0') });
      const bucket = new RgwBucket(scope, 'backups', { objectStore });
      const password = ExistingCredential.fromSecret(scope, 'password', 'velero-repo-credentials', 'repository-password');
      new VeleroInstall(scope, 'velero', {
        version: VeleroVersion.V1_18_3,
        repository: new KopiaRepository(scope, 'repository', { password }),
        defaultLocation: new BackupStorageLocation(scope, 'home', { objectStore, bucket: bucket.bucketName, prefix: 'a' }),
        objectStoreKeys: bucket.keys,
      });
      new BackupStorageLocation(scope, 'offsite', { objectStore: ObjectStore.aws({ region: 'eu-central-1' }), bucket: 'backups-offsite', prefix: 'a' });

      expect(() => synthesized(scope)).toThrow(`BackupStorageLocation velero/offsite (test/offsite/Resource): ${BOTH}: ${wanted(HOME)}; name the Secret of its keys, `
        + 'and in spec.config the section of its file as profile (profile of the ObjectStore): default where there is one (credential-unusable)');
    });

    test('nobody asks whose bucket it is: they count before the file', () => {
      const user = { apiVersion: 'ceph.rook.io/v1', kind: 'CephObjectStoreUser', metadata: { name: 'velero', namespace: 'velero' } };
      const claim = { apiVersion: 'objectbucket.io/v1alpha1', kind: 'ObjectBucketClaim', metadata: { name: 'home', namespace: 'velero' } };
      const made = [
        { ...user, spec: { store: 'store', clusterNamespace: 'rook-ceph', keys: [{ accessKeyRef: { name: 'own', key: 'accessKey' } }] } },
        { ...claim, spec: { bucketName: 'home', additionalConfig: { bucketOwner: 'velero' } } },
      ].map(each => JSON.stringify(each));
      const place = (config: object) => at('home', 'http://rook-ceph-rgw-store.rook-ceph.svc', { credential: { name: 'other', key: 'cloud' } }, config);
      expect(both(place({}), ...made)).toEqual([]);
      expect(both(place({ profile: 'default' }), ...made)).toHaveLength(1);
    });

    test.each<[string, string[]]>([
      ['its store is the same, however it is written', [home, at('offsite', 'http://rook-ceph-rgw-store.rook-ceph.svc.cluster.local:80')]],
      ['both are in AWS', [at('home'), at('offsite', 'https://s3.eu-central-1.amazonaws.com')]],
      ['it is alone', [at('offsite')]],
      ['another plugin serves it', [home, at('offsite', undefined, { provider: 'example.com/other' })]],
      ['its URL is none', [home, at('offsite', 'minio:9000')]],
    ])('silent where %s', (_, locations) => {
      expect(both(...locations)).toEqual([]);
    });
  });
});
