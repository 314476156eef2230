import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const SYNC = 'argocd.argoproj.io/sync-options';

const REFUSED = 'The API server refuses to change this: the sync fails here, and what comes in later waves is not applied. Delete the object by hand before, or give it another name.';

const annotations = (all: Objects, key: string) => all[key].metadata.annotations;

testChanges([
  {
    what: 'definitions',
    is: all => { all['CustomResourceDefinition schedules.velero.io'].spec.versions[0].schema.a = 2; },
    told: [
      ['harmless definitions-changed CustomResourceDefinition schedules.velero.io: another definition'],
    ],
  },
  {
    what: 'definition without its version',
    is: all => { all['CustomResourceDefinition schedules.velero.io'].spec.versions[0].name = 'v2'; },
    told: [
      [
        'destructive definitions-changed CustomResourceDefinition schedules.velero.io: no longer has version v1',
        'The API server refuses that as long as objects are stored in that version, and whoever reads it fails.',
      ],
    ],
  },
  {
    what: 'scope of a definition',
    is: all => { all['CustomResourceDefinition schedules.velero.io'].spec.scope = 'Cluster'; },
    told: [
      [
        'destructive field-immutable CustomResourceDefinition schedules.velero.io: spec.scope Namespaced → Cluster',
        REFUSED,
      ],
    ],
  },
  {
    what: 'definition removed',
    is: all => { delete all['CustomResourceDefinition schedules.velero.io']; },
    told: [
      [
        'destructive object-removed CustomResourceDefinition schedules.velero.io: removed: prune deletes it',
        'All objects of that kind go with it, in the whole cluster.',
      ],
    ],
  },
  {
    what: 'selector of a Deployment',
    is: all => { all['Deployment velero'].spec.selector.matchLabels.name = 'server'; },
    told: [
      [
        'destructive field-immutable Deployment velero/velero: spec.selector.matchLabels.name velero → server',
        REFUSED,
      ],
    ],
  },
  {
    what: 'selector of a DaemonSet',
    is: all => { all['DaemonSet node-agent'].spec.selector.matchLabels = { role: 'node-agent' }; },
    told: [
      [
        'destructive field-immutable DaemonSet velero/node-agent: spec.selector.matchLabels.name node-agent → nothing; spec.selector.matchLabels.role nothing → node-agent',
        REFUSED,
      ],
    ],
  },
  {
    what: 'claims of a StatefulSet, beside what may change',
    is: all => { Object.assign(all['StatefulSet db'].spec, { replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'data' } }] }); },
    told: [
      [
        'destructive field-immutable StatefulSet velero/db: spec.volumeClaimTemplates nothing → [{"metadata":{"name":"data"}}]',
        REFUSED,
      ],
      ['harmless object-changed StatefulSet velero/db: spec.replicas 1 → 2'],
    ],
  },
  {
    what: 'class of a claim',
    is: all => { all['PersistentVolumeClaim data'].spec.storageClassName = 'slow'; },
    told: [
      [
        'destructive field-immutable PersistentVolumeClaim velero/data: spec.storageClassName fast → slow',
        REFUSED,
      ],
    ],
  },
  {
    what: 'class of a claim that is replaced',
    is: all => { all['PersistentVolumeClaim data'].spec.storageClassName = 'slow'; annotations(all, 'PersistentVolumeClaim data')[SYNC] = 'Force=true,Replace=true'; },
    told: [
      [
        'destructive field-immutable PersistentVolumeClaim velero/data: spec.storageClassName fast → slow',
        'With Force=true ArgoCD deletes the object and makes it anew, and the volume goes with it.',
      ],
      [
        'destructive sync-options-changed PersistentVolumeClaim velero/data: sync options +Force=true, +Replace=true',
        'Each sync deletes the object and makes it anew. Its volume goes with it, unless the StorageClass keeps volumes (reclaimPolicy: Retain).',
      ],
    ],
  },
  {
    what: 'claim grown',
    is: all => { all['PersistentVolumeClaim data'].spec.resources.requests.storage = '20Gi'; },
    told: [
      [
        'harmless claim-grown PersistentVolumeClaim velero/data: storage 10Gi → 20Gi',
        'Its StorageClass must allow volumes to grow.',
      ],
    ],
  },
  {
    what: 'claim shrunk',
    is: all => { all['PersistentVolumeClaim data'].spec.resources.requests.storage = '5Gi'; },
    told: [
      [
        'destructive field-immutable PersistentVolumeClaim velero/data: spec.resources.requests.storage 10Gi → 5Gi',
        REFUSED,
      ],
    ],
  },
  {
    what: 'claim of the same size',
    is: all => { all['PersistentVolumeClaim data'].spec.resources.requests.storage = '10240Mi'; },
    told: [],
  },
  {
    what: 'address of a Service',
    is: all => { all['Service metrics'].spec.clusterIP = 'None'; },
    told: [
      [
        'destructive field-immutable Service velero/metrics: spec.clusterIP 10.0.0.1 → None',
        REFUSED,
      ],
    ],
  },
  {
    what: 'address of a Service left to the cluster',
    is: all => { delete all['Service metrics'].spec.clusterIP; },
    told: [
      ['harmless object-changed Service velero/metrics: spec.clusterIP 10.0.0.1 → nothing'],
    ],
  },
  {
    what: 'address of a Service that gets an external name',
    is: all => { Object.assign(all['Service metrics'].spec, { clusterIP: undefined, type: 'ExternalName', externalName: 'x.example' }); },
    told: [
      ['harmless object-changed Service velero/metrics: spec.clusterIP 10.0.0.1 → nothing, spec.externalName nothing → x.example, spec.type nothing → ExternalName'],
    ],
  },
  {
    what: 'template of a Job',
    is: all => { all['Job bucket'].spec.template.spec.containers[0].image = 'mc:2'; all['Job bucket'].spec.backoffLimit = 2; },
    told: [
      [
        'destructive field-immutable Job velero/bucket: spec.template.spec.containers[make].image mc:1 → mc:2',
        REFUSED,
      ],
      ['harmless object-changed Job velero/bucket: spec.backoffLimit 1 → 2'],
    ],
  },
  {
    what: 'provisioner of a StorageClass',
    is: all => { all['StorageClass fast'].provisioner = 'cephfs'; },
    told: [
      [
        'destructive field-immutable StorageClass velero/fast: provisioner rbd → cephfs',
        REFUSED,
      ],
    ],
  },
  {
    what: 'role of a binding',
    is: all => { all['ClusterRoleBinding velero'].roleRef.name = 'velero'; },
    told: [
      [
        'destructive field-immutable ClusterRoleBinding velero/velero: roleRef.name cluster-admin → velero',
        REFUSED,
      ],
    ],
  },
  {
    what: 'immutable ConfigMap',
    is: all => { all['ConfigMap fixed'].data.a = '2'; },
    told: [
      [
        'destructive field-immutable ConfigMap velero/fixed: data.a 1 → 2',
        REFUSED,
      ],
    ],
  },
  {
    what: 'type of a Secret',
    is: all => { all['Secret other'].type = 'kubernetes.io/tls'; },
    told: [
      [
        'destructive field-immutable Secret velero/other: type',
        REFUSED,
      ],
    ],
  },
  {
    what: 'Namespace removed',
    is: all => { delete all['Namespace orders']; },
    told: [
      [
        'destructive object-removed Namespace orders: removed: prune deletes it',
        'Everything in it goes with it: Schedules, locations, Secrets, claims and their volumes.',
      ],
    ],
  },
  {
    what: 'Namespace removed once somebody confirms',
    was: all => { all['Namespace orders'].metadata.annotations = { [SYNC]: 'Prune=confirm' }; },
    is: all => { delete all['Namespace orders']; },
    told: [
      [
        'destructive object-removed Namespace orders: removed: prune deletes it once somebody confirms',
        'Everything in it goes with it: Schedules, locations, Secrets, claims and their volumes.',
      ],
    ],
  },
  {
    what: 'Application removed that takes along what it delivered',
    was: all => {
      all['Application velero'] = {
        apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'velero', finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      };
    },
    is: () => {},
    told: [
      [
        'destructive object-removed Application velero: removed: prune deletes it',
        'By its finalizer ArgoCD deletes with it all that it delivered, but for what says Delete=false.',
      ],
    ],
  },
  {
    what: 'Application removed that leaves behind what it delivered',
    was: all => { all['Application velero'] = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'velero' } }; },
    is: () => {},
    told: [[
      'notable object-removed Application velero: removed: prune deletes it',
      'What it delivered stays in the cluster, and nothing brings changes to it any more.',
    ]],
  },
  {
    what: 'credential removed',
    is: all => { delete all['SealedSecret velero-s3']; },
    told: [
      [
        'destructive object-removed SealedSecret velero/velero-s3: removed: prune deletes it',
        'The Secret that it makes goes with it.',
      ],
    ],
  },
  {
    what: 'claim, Secret and ConfigMap removed',
    is: all => { delete all['PersistentVolumeClaim data']; delete all['Secret other']; delete all['ConfigMap fixed']; },
    told: [
      [
        'destructive object-removed Secret velero/other: removed: prune deletes it',
        'What reads it fails from then on.',
      ],
      ['harmless object-removed ConfigMap velero/fixed: removed: prune deletes it'],
      [
        'destructive object-removed PersistentVolumeClaim velero/data: removed: prune deletes it',
        'Its volume goes with it, unless the StorageClass keeps volumes (reclaimPolicy: Retain).',
      ],
    ],
  },
  {
    what: 'claim removed, kept by Helm',
    was: all => { annotations(all, 'PersistentVolumeClaim data')['helm.sh/resource-policy'] = 'keep'; },
    is: all => { delete all['PersistentVolumeClaim data']; },
    told: [
      [
        'harmless object-kept PersistentVolumeClaim velero/data: gone from git, stays in the cluster',
        'Prune leaves it alone: delete it by hand when nothing needs it.',
      ],
    ],
  },
  {
    what: 'protection taken away',
    is: all => { annotations(all, 'Schedule stock')[SYNC] = 'SkipDryRunOnMissingResource=true'; },
    told: [
      [
        'notable sync-options-changed Schedule velero/stock: sync options -Prune=false, +SkipDryRunOnMissingResource=true',
        'Once it is gone from git, or its Application is deleted, ArgoCD may delete it.',
      ],
    ],
  },
  {
    what: 'sync options in another order',
    was: all => { annotations(all, 'Schedule stock')[SYNC] = 'Prune=false,A=b'; },
    is: all => { annotations(all, 'Schedule stock')[SYNC] = 'A=b, Prune=false'; },
    told: [],
  },
  {
    what: 'Replace=true on a location',
    is: all => { annotations(all, 'BackupStorageLocation offsite')[SYNC] = 'Replace=true'; },
    told: [
      [
        'notable sync-options-changed BackupStorageLocation velero/offsite: sync options +Replace=true',
        'Each sync writes the object anew, and wipes what the cluster noted on it.',
      ],
    ],
  },
  {
    what: 'sync options of a Service',
    is: all => { annotations(all, 'Service metrics')[SYNC] = 'Replace=true'; },
    told: [
      ['harmless sync-options-changed Service velero/metrics: sync options +Replace=true'],
    ],
  },
  {
    what: 'namespace left out of all backups',
    is: all => { all['Namespace orders'].metadata.labels = { 'velero.io/exclude-from-backup': 'true' }; },
    told: [
      [
        'destructive exclusion-changed Namespace orders: velero.io/exclude-from-backup nothing → true',
        'Nothing in the namespace is saved any more, whatever schedules say.',
      ],
    ],
  },
  {
    what: 'claim taken in again',
    was: all => { all['PersistentVolumeClaim data'].metadata.labels = { 'velero.io/exclude-from-backup': 'true' }; },
    is: () => {},
    told: [
      ['harmless exclusion-changed PersistentVolumeClaim velero/data: velero.io/exclude-from-backup true → nothing'],
    ],
  },
  {
    what: 'volume of a pod left out',
    is: all => { all['StatefulSet db'].spec.template.metadata.annotations['backup.velero.io/backup-volumes-excludes'] = 'data'; },
    told: [
      [
        'destructive exclusion-changed StatefulSet velero/db: backup.velero.io/backup-volumes-excludes nothing → data',
        'The files of these volumes are not saved any more where backups go by this annotation.',
      ],
    ],
  },
  {
    what: 'volume of a pod chosen',
    is: all => { all['StatefulSet db'].spec.template.metadata.annotations['backup.velero.io/backup-volumes'] = 'data'; },
    told: [
      ['harmless exclusion-changed StatefulSet velero/db: backup.velero.io/backup-volumes nothing → data'],
    ],
  },
  {
    what: 'object added',
    is: all => { all['ConfigMap new'] = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'new', namespace: 'velero' } }; },
    told: [
      ['harmless object-added ConfigMap velero/new: added'],
    ],
  },
  {
    what: 'other fields',
    is: all => { all['Service metrics'].spec.ports[0].port = 8080; all['Service metrics'].metadata.labels = { 'a.b/c': 'd' }; },
    told: [
      ['harmless object-changed Service velero/metrics: label a.b/c nothing → d, spec.ports[http].port 80 → 8080'],
    ],
  },
  {
    what: 'class of a claim that is replaced and not forced',
    is: all => { all['PersistentVolumeClaim data'].spec.storageClassName = 'slow'; annotations(all, 'PersistentVolumeClaim data')[SYNC] = 'Replace=true'; },
    told: [
      [
        'destructive field-immutable PersistentVolumeClaim velero/data: spec.storageClassName fast → slow',
        REFUSED,
      ],
      [
        'notable sync-options-changed PersistentVolumeClaim velero/data: sync options +Replace=true',
        'Each sync writes the object anew, and wipes what the cluster noted on it.',
      ],
    ],
  },
  {
    what: 'selector of a Deployment that is forced',
    is: all => { all['Deployment velero'].spec.selector.matchLabels.name = 'server'; annotations(all, 'Deployment velero')[SYNC] = 'Force=true'; },
    told: [
      [
        'destructive field-immutable Deployment velero/velero: spec.selector.matchLabels.name velero → server',
        'With Force=true ArgoCD deletes the object and makes it anew.',
      ],
      ['harmless sync-options-changed Deployment velero/velero: sync options +Force=true'],
    ],
  },
  {
    what: 'claim whose size is none',
    is: all => { all['PersistentVolumeClaim data'].spec.resources.requests.storage = 'x'; },
    told: [
      [
        'destructive field-immutable PersistentVolumeClaim velero/data: spec.resources.requests.storage 10Gi → x',
        REFUSED,
      ],
    ],
  },
  {
    what: 'pod left out',
    is: all => { all['StatefulSet db'].spec.template.metadata.labels = { 'velero.io/exclude-from-backup': 'true' }; },
    told: [
      [
        'destructive exclusion-changed StatefulSet velero/db: velero.io/exclude-from-backup nothing → true',
        'It is not saved any more, whatever schedules say.',
      ],
    ],
  },
  {
    what: 'volume of a pod no longer chosen',
    was: all => { all['StatefulSet db'].spec.template.metadata.annotations['backup.velero.io/backup-volumes'] = 'data,log'; },
    is: all => { all['StatefulSet db'].spec.template.metadata.annotations['backup.velero.io/backup-volumes'] = 'log'; },
    told: [
      [
        'destructive exclusion-changed StatefulSet velero/db: backup.velero.io/backup-volumes "data,log" → log',
        'The files of these volumes are not saved any more where backups go by this annotation.',
      ],
    ],
  },
  {
    what: 'definitions of two groups and three kinds',
    was: all => {
      all.b = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'backups.velero.io' }, spec: { group: 'velero.io', versions: [{ name: 'v1' }] } };
      all.c = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a.example' }, spec: {} };
    },
    is: all => {
      all.b = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'backups.velero.io' }, spec: { group: 'velero.io', versions: [{ name: 'v1', x: 1 }] } };
      all.c = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a.example' }, spec: { versions: [{}] } };
      all['CustomResourceDefinition schedules.velero.io'].spec.versions[0].schema.a = 2;
    },
    told: [
      ['harmless definitions-changed CustomResourceDefinition backups.velero.io: other definitions of 2 kinds: Schedule, backups.velero.io'],
      ['harmless definitions-changed CustomResourceDefinition a.example: another definition'],
    ],
  },
  {
    what: 'alerts, a Backup and a repository removed',
    was: all => {
      const metadata = { name: 'a', namespace: 'velero' };
      all.rule = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata };
      all.backup = { apiVersion: 'velero.io/v1', kind: 'Backup', metadata };
      all.repository = { apiVersion: 'velero.io/v1', kind: 'BackupRepository', metadata };
    },
    is: () => {},
    told: [
      ['notable object-removed PrometheusRule velero/a: removed: prune deletes it', 'Its alerts are gone: of what they were about nobody is told.'],
      ['harmless object-removed Backup velero/a: removed: prune deletes it', 'Its data stays in the location, and Velero lists it again within a minute.'],
      ['harmless object-removed BackupRepository velero/a: removed: prune deletes it', 'Velero makes it anew; the data stays in the location.'],
    ],
  },
  {
    what: 'defaults of immutable fields written out',
    is: all => { Object.assign(all['StorageClass fast'], { volumeBindingMode: 'Immediate', reclaimPolicy: undefined }); },
    told: [['harmless object-changed StorageClass velero/fast: reclaimPolicy Delete → nothing, volumeBindingMode nothing → Immediate']],
  },
  {
    what: 'template of a Job that is a hook',
    was: all => { all['Job bucket'].metadata.annotations = { 'argocd.argoproj.io/hook': 'Sync' }; },
    is: all => {
      all['Job bucket'].metadata.annotations = { 'argocd.argoproj.io/hook': 'Sync' };
      all['Job bucket'].spec.template.spec.containers[0].image = 'mc:2';
    },
    told: [['harmless object-changed Job velero/bucket: spec.template.spec.containers[make].image mc:1 → mc:2']],
  },
]);
