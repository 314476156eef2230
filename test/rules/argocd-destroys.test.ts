import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, objectsIn, told } from './judged';
import { installation, schedule } from '../../src/rules/examples';

escapeHatch('argocd-destroys', usual => () => usual.object('BackupStorageLocation', 'offsite')
  .addJsonPatch(JsonPatch.replace('/metadata/annotations/argocd.argoproj.io~1sync-options', 'Prune=false,Replace=true')));

const OPTIONS = 'argocd.argoproj.io/sync-options';

function application(syncPolicy: any = { automated: { prune: true } }, name = 'velero', namespace: string | undefined = 'velero'): any {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name, namespace: 'argocd' }, spec: { destination: { namespace }, syncPolicy } };
}

function definition(name: string, metadata: any = {}): any {
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name, ...metadata }, spec: {} };
}

function location(metadata: any = {}, namespace = 'velero'): any {
  return {
    apiVersion: 'velero.io/v1',
    kind: 'BackupStorageLocation',
    metadata: { name: 'offsite', namespace, ...metadata },
    spec: { provider: 'aws', objectStorage: { bucket: 'backups', prefix: 'a' }, credential: { name: 's3', key: 'cloud' }, config: { region: 'x' } },
  };
}

function sealed(name: string, metadata: any = {}): any {
  return { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name, namespace: 'velero', ...metadata }, spec: { encryptedData: { cloud: 'AgA1' } } };
}

function judgedAll(...objects: any[]): string[] {
  return told(judged(objects), 'argocd-destroys');
}

const KEPT = { annotations: { [OPTIONS]: 'Prune=false' } };
const PRUNE = 'error argocd-destroys Application argocd/velero: spec.syncPolicy.automated.prune got true, wanted Prune=false on ';
const HANGS = ': what disappears from git is deleted with all that hangs on it';

describe('Replace=true', () => {
  const on = (kind: string, got: string, wanted: string) => [`error argocd-destroys ${kind}: annotation ${OPTIONS} got ${JSON.stringify(got)}, wanted ${wanted}`];
  const STATUS = 'no Replace=true: each sync wipes the status, which Velero lives by';

  test('on what keeps its status in itself', () => {
    expect(judgedAll(...objectsIn(schedule({ annotations: { [OPTIONS]: 'Replace=true' } })))).toEqual(on('Schedule velero/nightly', 'Replace=true', STATUS));
    expect(judgedAll(location({ annotations: { [OPTIONS]: 'Prune=false, Replace=true' } }))).toEqual(on('BackupStorageLocation velero/offsite', 'Prune=false, Replace=true', STATUS));
  });

  test('on a credential only with force: it is deleted then', () => {
    const forced = 'no Force=true with Replace=true: each sync deletes the credential and makes it anew';
    const both = 'Prune=false,Force=true,Replace=true';
    expect(judgedAll(location(), sealed('s3', { annotations: { [OPTIONS]: both } }))).toEqual(on('SealedSecret velero/s3', both, forced));
    expect(judgedAll(location(), sealed('s3', { annotations: { [OPTIONS]: 'Prune=false,Replace=true' } }))).toEqual([]);
    expect(judgedAll(location(), sealed('another', { annotations: { [OPTIONS]: 'Force=true,Replace=true' } }))).toEqual([]);
  });

  test('on a definition it is an update in ArgoCD', () => {
    expect(judgedAll(definition('backups.velero.io', { annotations: { [OPTIONS]: 'Prune=false,Force=true,Replace=true' } }))).toEqual([]);
  });

  test('for all that an Application delivers', () => {
    const policy = { syncOptions: ['Replace=true'] };
    expect(judgedAll(location(), application(policy))).toEqual([
      'error argocd-destroys Application argocd/velero: spec.syncPolicy.syncOptions got "Replace=true", wanted no Replace=true for all objects: '
      + 'each sync wipes the status of BackupStorageLocation velero/offsite, which Velero lives by',
    ]);
    expect(judgedAll(location({}, 'elsewhere'), application(policy))).toEqual([]);
  });
});

describe('prune', () => {
  test('of definitions, locations and credentials', () => {
    const objects = objectsIn(installation('1.18.3'));
    expect(judgedAll(...objects, definition('backups.velero.io'), definition('schedules.velero.io'), application())).toEqual([
      `${PRUNE}SealedSecret velero/velero-repo-credentials, SealedSecret velero/velero-s3-credentials, BackupStorageLocation velero/offsite and 2 more${HANGS}`,
    ]);
  });

  test.each([
    ['what is kept', [location(KEPT), sealed('s3', KEPT), application()]],
    ['what somebody must confirm', [location({ annotations: { [OPTIONS]: 'Prune=confirm' } }), application()]],
    ['an Application that does not prune', [location(), application({ automated: {} })]],
    ['an Application that keeps all', [location(), application({ automated: { prune: true }, syncOptions: ['Prune=false'] })]],
    ['other definitions', [location(KEPT), definition('certificates.cert-manager.io'), application()]],
    ['other credentials', [location(KEPT), sealed('another'), application()]],
    ['an Application for another namespace', [location(), application(undefined, 'velero', 'shop')]],
    ['an Application without a namespace', [location(), application(undefined, 'velero', '')]],
    ['two Applications, either of which may deliver it', [location(), application(), application(undefined, 'credentials')]],
    ['a definition where two Veleros are', [location(KEPT), location(KEPT, 'other'), definition('backups.velero.io'), application()]],
  ])('silent about %s', (_, objects) => {
    expect(judgedAll(...objects)).toEqual([]);
  });

  test('of the object store and the bucket that a location lies in', () => {
    const there = { ...location(KEPT), spec: { ...location().spec, config: { s3Url: 'http://rook-ceph-rgw-store.rook-ceph.svc' } } };
    const rook = (kind: string, name: string, bucketName?: string) => ({
      apiVersion: 'ceph.rook.io/v1', kind, metadata: { name, namespace: 'rook-ceph' }, spec: { bucketName },
    });
    const claim = (name: string, bucketName: string) => ({ ...rook('ObjectBucketClaim', name, bucketName), apiVersion: 'objectbucket.io/v1alpha1' });
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'rook-ceph' } };
    const objects = [there, rook('CephObjectStore', 'store'), rook('CephObjectStore', 'another'), claim('mine', 'backups'), claim('other', 'pictures'), namespace];
    expect(judgedAll(...objects, application(undefined, 'velero', 'rook-ceph'))).toEqual([
      `${PRUNE}CephObjectStore rook-ceph/store, ObjectBucketClaim rook-ceph/mine${HANGS}`,
    ]);
  });

  const readApp = (prune: boolean) => {
    const { spec, ...rest } = application({ automated: { prune } });
    return { ...rest, spec: { ...spec, source: { path: '.', directory: { recurse: true } } } };
  };

  test.each(['sealedsecrets.bitnami.com', 'externalsecrets.external-secrets.io', 'cephobjectstores.ceph.rook.io', 'objectbucketclaims.objectbucket.io', 'schedules.velero.io'])(
    'of a definition that takes along what backups hang on: %s', name => {
      expect(judgedAll(definition(name), readApp(true))).toEqual([`${PRUNE}CustomResourceDefinition ${name}${HANGS}`]);
      expect(judgedAll(definition(name, KEPT), readApp(true))).toEqual([]);
      expect(judgedAll(definition(name), readApp(false))).toEqual([]);
    });

  test('of an object store where no location tells what lies in it', () => {
    const store = { apiVersion: 'ceph.rook.io/v1', kind: 'CephObjectStore', metadata: { name: 'store', namespace: 'rook-ceph' }, spec: {} };
    expect(judgedAll(store, readApp(true))).toEqual([`${PRUNE}CephObjectStore rook-ceph/store${HANGS}`]);
    expect(judgedAll(store, location(KEPT), readApp(true))).toEqual([]);
  });

  test('in a cluster by what ArgoCD noted on the object', () => {
    const uid = { uid: '5f0c2f5e-3a52-4b8e-9a51-6f2f0d5f6f0a' };
    const tracked = { ...uid, annotations: { 'argocd.argoproj.io/tracking-id': 'argocd_velero:velero.io/BackupStorageLocation:velero/offsite' } };
    const [one, two] = [application(), application(undefined, 'credentials')];
    expect(judgedAll(location(tracked), one, two)).toEqual([`${PRUNE}BackupStorageLocation velero/offsite${HANGS}`]);
    expect(judgedAll(location({ ...uid, labels: { 'app.kubernetes.io/instance': 'velero' } }), one, two)).toHaveLength(1);
    expect(judgedAll(location(uid), one)).toEqual([]);
  });
});

describe('options of their own that leave the protection out', () => {
  const wanted = 'Prune=false among the options: an Application that prunes deletes it when it disappears from git, with all that hangs on it';
  const options = { annotations: { [OPTIONS]: 'ServerSideApply=true' } };

  test('on definitions, locations and credentials, where no Application is to be seen', () => {
    expect(judgedAll(definition('backups.velero.io', options), location(options), sealed('s3', options), sealed('another', options))).toEqual(
      ['CustomResourceDefinition backups.velero.io', 'BackupStorageLocation velero/offsite', 'SealedSecret velero/s3'].map(object =>
        `warning argocd-destroys ${object}: annotation ${OPTIONS} got "ServerSideApply=true", wanted ${wanted}`));
  });

  test('on the namespace that they are in, and no other', () => {
    const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...options } });
    expect(judgedAll(location(), namespace('velero'), namespace('shop'))).toEqual([
      `warning argocd-destroys Namespace velero: annotation ${OPTIONS} got "ServerSideApply=true", wanted ${wanted}`,
    ]);
  });

  test.each(['Prune=false', 'Prune=confirm,Delete=confirm'])('silent about %s', kept => {
    expect(judgedAll(location({ annotations: { [OPTIONS]: kept } }))).toEqual([]);
  });

  test('silent where the Application that delivers it does not prune', () => {
    expect(judgedAll(location(options), application({ automated: {} }))).toEqual([]);
  });
});

describe('an Application that deletes all with itself', () => {
  const cascading = (syncPolicy: any = {}, finalizer = 'resources-finalizer.argocd.argoproj.io') => {
    const { metadata, ...rest } = application(syncPolicy);
    return { ...rest, metadata: { ...metadata, finalizers: [finalizer] } };
  };
  const found = 'warning argocd-destroys Application argocd/velero: metadata.finalizers got "resources-finalizer.argocd.argoproj.io", wanted Delete=false on '
    + 'BackupStorageLocation velero/offsite, SealedSecret velero/s3: whoever deletes the Application deletes them too';

  test('and what it delivers says nothing against that', () => {
    expect(judgedAll(location(KEPT), sealed('s3', KEPT), cascading())).toEqual([found]);
    expect(judgedAll(location(KEPT), sealed('s3', KEPT), cascading({}, 'resources-finalizer.argocd.argoproj.io/background'))).toEqual([found]);
  });

  test.each([
    ['what stays', [location({ annotations: { [OPTIONS]: 'Prune=false,Delete=false' } }), cascading()]],
    ['what somebody must confirm', [location({ annotations: { [OPTIONS]: 'Prune=false,Delete=confirm' } }), cascading()]],
    ['an Application that keeps all', [location(KEPT), cascading({ syncOptions: ['Delete=false'] })]],
    ['another finalizer', [location(KEPT), cascading({}, 'example.org/finalizer')]],
  ])('silent about %s', (_, objects) => {
    expect(judgedAll(...objects)).toEqual([]);
  });
});
