import { BackupModel, type Source } from '../../src/model';

/** Objects that tests change as they like, by kind and name: `Schedule orders`. */
export type Objects = Record<string, any>;

const ARGO = 'argocd.argoproj.io/sync-options';

/** A value that is sealed with a 4096-bit key, of a length and beginning with a letter of its own. */
export function sealed(bytes: number, letter: string): string {
  return Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512, letter), Buffer.alloc(bytes + 16, letter)]).toString('base64');
}

function object(apiVersion: string, kind: string, name: string, more: object, annotations: object = {}): [string, any] {
  return [`${kind} ${name}`, { apiVersion, kind, metadata: { name, namespace: 'velero', annotations }, ...more }];
}

function schedule(name: string, cron: string, ttl: string, namespaces: string[], annotations: object = {}): [string, any] {
  return object('velero.io/v1', 'Schedule', name, {
    spec: {
      schedule: cron,
      template: {
        includedNamespaces: namespaces,
        ttl,
        storageLocation: 'offsite',
        defaultVolumesToFsBackup: true,
        metadata: { labels: { schedule: name } },
        resourcePolicy: { kind: 'ConfigMap', name: 'volumes' },
        hooks: { resources: [{ name: 'dump', pre: [{ exec: { container: 'db', command: ['dump'], timeout: '5m' } }] }] },
      },
    },
  }, { [ARGO]: 'Prune=false', ...annotations });
}

function location(name: string, isDefault: boolean): [string, any] {
  return object('velero.io/v1', 'BackupStorageLocation', name, {
    spec: {
      provider: 'aws',
      default: isDefault,
      objectStorage: { bucket: name, prefix: 'production' },
      credential: { name: 'velero-s3', key: 'cloud' },
      config: { region: 'us-east-1', s3Url: 'http://minio.storage.svc:9000', s3ForcePathStyle: 'true', checksumAlgorithm: '' },
    },
  });
}

function program(kind: string, name: string, container: string, args: string[], more: object = {}): [string, any] {
  return object('apps/v1', kind, name, {
    spec: {
      ...more,
      selector: { matchLabels: { name } },
      template: {
        metadata: { labels: { name } },
        spec: {
          initContainers: kind === 'Deployment' ? [{ name: 'aws', image: 'velero/velero-plugin-for-aws:v1.12.2' }] : undefined,
          containers: [{ name: container, image: 'velero/velero:v1.16.2', command: ['/velero'], args, env: [{ name: 'TOKEN', value: 'a' }] }],
        },
      },
    },
  });
}

/** An installation that saves two applications: orders every six hours and once a week, stock once a day. */
export function objects(): Objects {
  return Object.fromEntries([
    ['Namespace orders', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders' } }],
    ['CustomResourceDefinition schedules.velero.io', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'schedules.velero.io' },
      spec: { group: 'velero.io', names: { kind: 'Schedule', plural: 'schedules' }, scope: 'Namespaced', versions: [{ name: 'v1', served: true, schema: { a: 1 } }] },
    }],
    object('bitnami.com/v1alpha1', 'SealedSecret', 'velero-repo-credentials', {
      spec: { encryptedData: { 'repository-password': sealed(64, 'a') }, template: { type: 'Opaque' } },
    }, { 'cdk8s-velero/sealed-with': 'aaaa' }),
    object('bitnami.com/v1alpha1', 'SealedSecret', 'velero-s3', { spec: { encryptedData: { accessKey: sealed(20, 'a'), secretKey: sealed(40, 'a') } } }),
    object('v1', 'Secret', 'other', { type: 'Opaque', stringData: { key: 'first' } }),
    location('offsite', true),
    location('archive', false),
    object('v1', 'ConfigMap', 'volumes', { data: { 'policy.yaml': 'version: v1\nvolumePolicies:\n- conditions: { volumeTypes: [emptyDir] }\n  action: { type: skip }\n' } }),
    object('v1', 'ConfigMap', 'fixed', { immutable: true, data: { a: '1' } }),
    program('Deployment', 'velero', 'velero', ['server', '--uploader-type=kopia', '--default-backup-ttl=720h', '--fs-backup-timeout=4h'], { replicas: 1 }),
    program('DaemonSet', 'node-agent', 'node-agent', ['node-agent', 'server']),
    schedule('orders', '0 */6 * * *', '168h', ['orders'], { 'cdk8s-velero/rpo': '6h', 'cdk8s-velero/rto': '2h', 'cdk8s-velero/tier': 'tier-0' }),
    schedule('orders-weekly', '0 4 * * 0', '2160h', ['orders']),
    schedule('stock', '0 2 * * *', '720h', ['stock']),
    object('apps/v1', 'StatefulSet', 'db', {
      spec: { serviceName: 'db', replicas: 1, template: { metadata: { annotations: { a: 'b' } }, spec: { containers: [{ name: 'db', image: 'db:1' }] } } },
    }),
    object('v1', 'PersistentVolumeClaim', 'data', { spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } } }),
    object('v1', 'Service', 'metrics', { spec: { clusterIP: '10.0.0.1', ports: [{ name: 'http', port: 80 }] } }),
    object('batch/v1', 'Job', 'bucket', { spec: { backoffLimit: 1, template: { spec: { containers: [{ name: 'make', image: 'mc:1' }] } } } }),
    object('storage.k8s.io/v1', 'StorageClass', 'fast', { provisioner: 'rbd', reclaimPolicy: 'Delete' }),
    object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'velero', { roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [] }),
  ]);
}

/** The objects after an edit. */
export function edited(edit: (all: Objects) => void): Objects {
  const all = objects();
  edit(all);
  return all;
}

export function modelOf(all: Objects | readonly unknown[]): BackupModel {
  return BackupModel.of(Object.values(all).map((each, index): Source => ({ object: each, at: { file: 'all.yaml', line: index + 1 } })));
}
