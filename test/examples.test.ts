import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ARGOCD_RELEASES, hasSchema, schemaErrors } from './schema';
import { homelab } from '../examples/homelab/chart';
import { kopia } from '../examples/kopia/chart';
import { Delivery, DeliveryDialect } from '../src';

const EXAMPLES = join(__dirname, '../examples');

function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).sort().map(file => [file, readFileSync(join(folder, file), 'utf8')]));
}

function synthesize(declare: (app: App) => void): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-velero-example-'));
  const app = new App({ outdir });
  declare(app);
  app.synth();
  const files = filesOf(outdir);
  rmSync(outdir, { recursive: true });
  return files;
}

function objectsOf(files: Record<string, string>): any[] {
  return Object.values(files).flatMap(text => parseAllDocuments(text).map(document => document.toJS()));
}

const examples = {
  homelab: { files: synthesize(homelab), version: '1.14.1' },
  kopia: { files: synthesize(kopia), version: '1.18.3' },
};

describe.each(Object.entries(examples))('examples/%s', (name, { files, version }) => {
  test('the committed manifests are what synth gives', () => {
    expect(filesOf(join(EXAMPLES, name, 'manifests'))).toEqual(files);
  });

  test('every custom resource is valid against the schema of its definition', () => {
    const custom = objectsOf(files).filter(object => hasSchema(object, version));
    expect([...new Set(custom.map(object => object.kind))].sort()).toEqual([
      'BackupStorageLocation', 'CephObjectStore', 'CephObjectStoreUser', 'ObjectBucketClaim', 'Schedule', 'SealedSecret',
    ]);
    expect(custom.flatMap(object => schemaErrors(object, version).map(error => `${object.kind} ${object.metadata.name}: ${error}`))).toEqual([]);
  });

  test('every object has a name, its namespace where it lives in one, and a wave', () => {
    const clusterWide = ['CustomResourceDefinition', 'Namespace', 'ClusterRole', 'ClusterRoleBinding', 'StorageClass'];
    for (const object of objectsOf(files)) {
      expect(object.metadata.name).toMatch(/^[a-z0-9.-]+$/);
      expect([object.kind, object.metadata.namespace === undefined]).toEqual([object.kind, clusterWide.includes(object.kind)]);
      expect(object.metadata.annotations['argocd.argoproj.io/sync-wave']).toMatch(/^-?\d+$/);
    }
  });

  test('no two objects have one kind, namespace and name', () => {
    const keys = objectsOf(files).map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.namespace}/${metadata.name}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

test.each([DeliveryDialect.FLUX, DeliveryDialect.NONE])('delivered by %s an example says nothing to ArgoCD', dialect => {
  const objects = objectsOf(synthesize(app => {
    kopia(app);
    Delivery.of(app).use(dialect);
  }));
  expect(objects.filter(({ kind }) => ['ServiceMonitor', 'PodMonitor'].includes(kind))).toHaveLength(2);
  expect(JSON.stringify(objects)).not.toContain('argocd.argoproj.io');
  expect(JSON.stringify(objects).includes('kustomize.toolkit.fluxcd.io/prune')).toBe(dialect === DeliveryDialect.FLUX);
});

describe('examples/homelab has the values of the reference system', () => {
  const objects = objectsOf(examples.homelab.files);
  const find = (kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name);
  const server = () => find('Deployment', 'velero').spec.template.spec;
  const agent = () => find('DaemonSet', 'node-agent').spec.template.spec;

  test.each([
    ['tier0-n8n-prod', '0 */6 * * *', 'n8n-prod', 'n8n-prod', 'tier-0', '168h0m0s', '6h', '2h'],
    ['tier0-keycloak', '0 */6 * * *', 'keycloak', 'keycloak', 'tier-0', '168h0m0s', '6h', '2h'],
    ['tier0-infisical', '0 */6 * * *', 'infisical', 'infisical', 'tier-0', '168h0m0s', '6h', '2h'],
    ['tier0-authelia', '0 */6 * * *', 'authelia', 'authelia', 'tier-0', '168h0m0s', '6h', '2h'],
    ['tier0-lldap', '0 */6 * * *', 'lldap', 'lldap', 'tier-0', '168h0m0s', '6h', '2h'],
    ['tier1-n8n-dev', '0 2 * * *', 'n8n-dev', 'n8n-dev', 'tier-1', '720h0m0s', '24h', '4h'],
    ['tier1-grafana', '0 3 * * *', 'monitoring', 'grafana', 'tier-1', '720h0m0s', '24h', '4h'],
    ['tier2-sealed-secrets', '0 4 * * 0', 'sealed-secrets', 'sealed-secrets', 'tier-2', '2160h0m0s', '168h', '8h'],
    ['tier2-cert-manager', '0 4 * * 0', 'cert-manager', 'cert-manager', 'tier-2', '2160h0m0s', '168h', '8h'],
  ])('schedule %s', (name, cron, namespace, application, tier, ttl, rpo, rto) => {
    const schedule = find('Schedule', name);
    expect(schedule.apiVersion).toBe('velero.io/v1');
    expect(schedule.metadata.namespace).toBe('velero');
    expect(schedule.metadata.labels).toEqual({ 'backup-tier': tier, 'app': application });
    expect(schedule.metadata.annotations).toMatchObject({
      'cdk8s-velero/tier': tier,
      'cdk8s-velero/rpo': rpo,
      'cdk8s-velero/rto': rto,
      'argocd.argoproj.io/sync-options': 'Prune=false,SkipDryRunOnMissingResource=true',
      'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
    });
    expect(schedule.spec).toMatchObject({ schedule: cron, skipImmediately: false });
    expect(schedule.spec.template).toMatchObject({
      includedNamespaces: [namespace],
      storageLocation: 'cluster-backups',
      ttl,
      defaultVolumesToFsBackup: true,
      metadata: { labels: { 'backup-tier': tier, namespace } },
    });
    expect(schedule.spec.template).not.toHaveProperty('snapshotMoveData');
    expect(schedule.spec.template.snapshotVolumes).toBe(false);
  });

  test('grafana is only what carries its label', () => {
    expect(find('Schedule', 'tier1-grafana').spec.template.labelSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'grafana' } });
  });

  test('the location is the bucket on the RGW, default, without checksums, without the port that http has anyway and without a TLS switch that has no effect', () => {
    expect(find('BackupStorageLocation', 'cluster-backups')).toMatchObject({
      metadata: { namespace: 'velero' },
      spec: {
        provider: 'aws',
        default: true,
        objectStorage: { bucket: 'velero-cluster-backups' },
        credential: { name: 'velero-s3-credentials', key: 'cloud' },
      },
    });
    expect(find('BackupStorageLocation', 'cluster-backups').spec.config).toEqual({
      region: 'us-east-1',
      s3ForcePathStyle: 'true',
      s3Url: 'http://rook-ceph-rgw-homelab-objectstore.rook-ceph.svc',
      checksumAlgorithm: '',
    });
  });

  test('the offsite copy is not in the Ceph cluster that would be lost', () => {
    expect(find('BackupStorageLocation', 'offsite').spec).toMatchObject({
      default: false, config: { region: 'eu-central-1' }, credential: { name: 'velero-offsite-credentials', key: 'cloud' },
    });
  });

  test.each(['n8n-prod', 'keycloak', 'infisical', 'authelia', 'lldap'])('what is critical has a second copy there, once a week: %s', application => {
    const schedule = find('Schedule', `tier0-offsite-${application}`);
    expect(schedule.metadata.labels).toEqual({ 'backup-tier': 'tier-0-offsite', 'app': application });
    expect(schedule.metadata.annotations).toMatchObject({
      'cdk8s-velero/tier': 'tier-0-offsite', 'cdk8s-velero/rpo': '168h', 'cdk8s-velero/rto': '24h',
    });
    expect(schedule.spec.template).toMatchObject({ storageLocation: 'offsite', ttl: '720h0m0s', includedNamespaces: [application] });
    // Two hours of the night that are apart from 00:00 and 06:00.
    expect(schedule.spec.schedule).toMatch(/^([0-9]|[1-5][0-9]) [1-4] \* \* 0$/);
  });

  test('nothing of the other tiers leaves the cluster', () => {
    const offsite = objects.filter(({ kind, spec }) => kind === 'Schedule' && spec.template.storageLocation === 'offsite');
    expect(offsite).toHaveLength(5);
  });

  test('the object store is that of the reference: three copies, port 80, and it outlives its object', () => {
    const copies = { failureDomain: 'host', replicated: { size: 3, requireSafeReplicaSize: true } };
    expect(find('CephObjectStore', 'homelab-objectstore')).toMatchObject({
      metadata: { namespace: 'rook-ceph' },
      spec: {
        metadataPool: copies, dataPool: copies, preservePoolsOnDelete: true, allowUsersInNamespaces: ['velero'], gateway: { instances: 2, port: 80 },
      },
    });
  });

  test('the user has the sealed keys that the location reads, no capability, and one bucket, which is its own', () => {
    const sealed = find('SealedSecret', 'velero-s3-credentials');
    const user = find('CephObjectStoreUser', 'velero');
    expect(user.metadata.namespace).toBe('velero');
    expect(user.spec).toEqual({
      store: 'homelab-objectstore',
      clusterNamespace: 'rook-ceph',
      displayName: 'Velero',
      quotas: { maxBuckets: 1 },
      keys: [{ accessKeyRef: { name: sealed.metadata.name, key: 'accessKey' }, secretKeyRef: { name: sealed.metadata.name, key: 'secretKey' } }],
    });
    expect(Object.keys(sealed.spec.encryptedData)).toEqual(['accessKey', 'secretKey']);
    const claim = find('ObjectBucketClaim', 'velero-cluster-backups');
    expect(claim.spec).toMatchObject({ bucketName: 'velero-cluster-backups', additionalConfig: { bucketOwner: 'velero' } });
    expect(JSON.parse(claim.spec.additionalConfig.bucketLifecycle).Rules).toEqual([
      { ID: 'AbortIncompleteMultipartUploads', Status: 'Enabled', Prefix: '', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    ]);
    expect(find('StorageClass', claim.spec.storageClassName)).toMatchObject({
      provisioner: 'rook-ceph.ceph.rook.io/bucket',
      reclaimPolicy: 'Retain',
      parameters: { objectStoreName: 'homelab-objectstore', objectStoreNamespace: 'rook-ceph' },
    });
  });

  test('store, sealed keys, user, bucket, server and location come in that order', () => {
    const waves = [
      find('CephObjectStore', 'homelab-objectstore'), find('SealedSecret', 'velero-s3-credentials'), find('CephObjectStoreUser', 'velero'),
      find('ObjectBucketClaim', 'velero-cluster-backups'), find('Deployment', 'velero'), find('BackupStorageLocation', 'cluster-backups'),
    ].map(({ metadata }) => Number(metadata.annotations['argocd.argoproj.io/sync-wave']));
    expect(waves).toEqual([-8, -6, -5, -4, 0, 1]);
  });

  test('the server backs volumes up with restic, without CSI, and keeps backups for 168 hours', () => {
    const [container] = server().containers;
    expect(container.image).toBe('velero/velero:v1.14.1');
    expect(container.command).toEqual(['/velero']);
    expect(container.args[0]).toBe('server');
    expect(container.args).toEqual(expect.arrayContaining([
      '--uploader-type=restic', '--default-volumes-to-fs-backup=true', '--default-backup-ttl=168h0m0s',
      '--default-backup-storage-location=cluster-backups',
    ]));
    expect(container.args.join(' ')).not.toContain('EnableCSI');
    expect(container.resources).toEqual({ requests: { cpu: '500m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } });
    expect(server().initContainers.map((plugin: any) => plugin.image)).toEqual(['velero/velero-plugin-for-aws:v1.10.1']);
  });

  test('one server at a time, which waits for the repository password', () => {
    expect(find('Deployment', 'velero').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    const volume = server().volumes.find((each: any) => each.secret?.secretName === 'velero-repo-credentials');
    expect(volume.secret.optional).not.toBe(true);
    const password = find('SealedSecret', 'velero-repo-credentials');
    expect(Object.keys(password.spec.encryptedData)).toEqual(['repository-password']);
    expect(Number(password.metadata.annotations['argocd.argoproj.io/sync-wave']))
      .toBeLessThan(Number(find('Deployment', 'velero').metadata.annotations['argocd.argoproj.io/sync-wave']));
  });

  test('the node-agent reads the pods folder of the kubelet with the resources of the reference', () => {
    const [container] = agent().containers;
    expect(container.image).toBe('velero/velero:v1.14.1');
    expect(container.resources).toEqual({ requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } });
    expect(agent().volumes).toContainEqual({ name: 'host-pods', hostPath: { path: '/var/lib/kubelet/pods' } });
    expect(container.volumeMounts).toContainEqual({ name: 'host-pods', mountPath: '/host_pods', mountPropagation: 'HostToContainer' });
  });

  test.each(['tier0-n8n-prod', 'tier0-offsite-n8n-prod'])('%s skips scratch data, and PostgreSQL is dumped before it is copied', name => {
    const schedule = find('Schedule', name);
    const policy = find('ConfigMap', schedule.spec.template.resourcePolicy.name);
    expect(schedule.spec.template.resourcePolicy.kind).toBe('ConfigMap');
    const [body] = Object.values(policy.data) as string[];
    expect(parseAllDocuments(body)[0].toJS()).toEqual({
      version: 'v1', volumePolicies: [{ conditions: { volumeTypes: ['emptyDir'] }, action: { type: 'skip' } }],
    });
    const [hook] = schedule.spec.template.hooks.resources[0].pre;
    expect(hook.exec).toMatchObject({ container: 'postgres', onError: 'Continue', timeout: '30m0s' });
  });

  test('Prometheus scrapes the server and the node-agents every 30 s', () => {
    const service = find('Service', 'velero');
    const monitor = find('ServiceMonitor', 'velero');
    const podMonitor = find('PodMonitor', 'velero-node-agent');
    expect(monitor.metadata).toMatchObject({ namespace: 'monitoring', labels: { release: 'kube-prometheus-stack' } });
    expect(monitor.spec.endpoints).toEqual([{ port: 'metrics', interval: '30s' }]);
    expect(service.metadata.labels).toMatchObject(monitor.spec.selector.matchLabels);
    expect(service.spec.ports.map((port: any) => port.name)).toContain('metrics');
    expect(find('DaemonSet', 'node-agent').spec.template.metadata.labels).toMatchObject(podMonitor.spec.selector.matchLabels);
    expect(podMonitor.spec.podMetricsEndpoints).toEqual([{ port: 'metrics', interval: '30s' }]);
  });

  test('ArgoCD delivers every file, the definitions apart from the rest, and no sync comes while backups run', () => {
    const ofRest = Object.keys(examples.homelab.files).filter(file => !file.startsWith('argocd') && file !== 'velero-crds.k8s.yaml').sort();
    expect(find('Application', 'velero-crds').spec.source.directory.include).toBe('velero-crds.k8s.yaml');
    expect(find('Application', 'velero').spec).toMatchObject({
      project: 'velero',
      source: { repoURL: 'https://git.example.org/homelab/gitops.git', path: 'velero/manifests', directory: { include: `{${ofRest.join(',')}}` } },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'velero' },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    });
    const windows = find('AppProject', 'velero').spec.syncWindows.map(({ schedule }: any) => schedule);
    expect(windows).toEqual([...new Set(objects.filter(({ kind }) => kind === 'Schedule').map(({ spec }) => spec.schedule))].sort());
  });

  test('the project permits the kinds and namespaces that are delivered, each by its name', () => {
    const delivered = objects.filter(({ metadata }) => metadata.namespace !== 'argocd');
    const kinds = delivered.map(({ apiVersion, kind, metadata }) =>
      ({ group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind, scope: metadata.namespace === undefined ? 'cluster' : 'namespace' }));
    const { clusterResourceWhitelist, namespaceResourceWhitelist, destinations, sourceRepos } = find('AppProject', 'velero').spec;
    const listed = (scope: string) => new Set(kinds.filter(each => each.scope === scope).map(({ group, kind }) => `${group}/${kind}`));
    expect(new Set(clusterResourceWhitelist.map(({ group, kind }: any) => `${group}/${kind}`))).toEqual(listed('cluster'));
    expect(new Set(namespaceResourceWhitelist.map(({ group, kind }: any) => `${group}/${kind}`))).toEqual(listed('namespace'));
    expect(destinations.map(({ namespace }: any) => namespace)).toEqual(['monitoring', 'rook-ceph', 'velero']);
    expect(sourceRepos).toEqual(['https://git.example.org/homelab/gitops.git']);
    expect(JSON.stringify(find('AppProject', 'velero').spec)).not.toContain('"*"');
  });

  test.each(ARGOCD_RELEASES)('ArgoCD %s knows every field of its Applications and its project', release => {
    const ofArgoCd = objects.filter(({ apiVersion }) => apiVersion === 'argoproj.io/v1alpha1');
    expect(ofArgoCd.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['AppProject velero', 'Application velero-crds', 'Application velero']);
    expect(ofArgoCd.flatMap(object => schemaErrors(object, `ArgoCD ${release}`))).toEqual([]);
  });

  test('the 13 definitions of its own version lie in a file of their own', () => {
    const definitions = objectsOf({ crds: examples.homelab.files['velero-crds.k8s.yaml'] });
    expect(definitions.map(object => object.kind)).toEqual(Array(13).fill('CustomResourceDefinition'));
  });
});
