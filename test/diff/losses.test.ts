import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const template = (all: Objects, name = 'stock') => all[`Schedule ${name}`].spec.template;
const argumentsOf = (all: Objects) => all['Deployment velero'].spec.template.spec.containers[0].args;
const policy = (all: Objects, action: string) => { all['ConfigMap volumes'].data['policy.yaml'] = `version: v1\nvolumePolicies:\n- conditions: { storageClass: [fast] }\n  action: { type: ${action} }\n`; };
const application = (all: Objects, prune: boolean, syncOptions = ['ServerSideApply=true']) => {
  all.Application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'velero', namespace: 'argocd' },
    spec: { source: { path: '.', directory: {} }, destination: { namespace: 'velero' }, syncPolicy: { automated: { prune }, syncOptions } },
  };
};
const renamedLocation = (all: Objects) => {
  all['BackupStorageLocation offsite'].metadata.name = 'renamed';
  ['orders', 'orders-weekly', 'stock'].forEach(name => { template(all, name).storageLocation = 'renamed'; });
};

testChanges([
  {
    what: 'claims and volumes leave the selection',
    is: all => { template(all).excludedResources = ['persistentvolumeclaims', 'persistentvolumes']; },
    told: [
      [
        'destructive kinds-changed Schedule velero/stock: excludedResources nothing → ["persistentvolumeclaims","persistentvolumes"]',
        'PersistentVolumeClaims and PersistentVolumes are not saved any more: no snapshot is made of them, and a restore has no volumes.',
      ],
    ],
  },
  {
    what: 'claims are not among the kinds',
    is: all => { template(all).includedResources = ['pods', 'deployments']; },
    told: [
      [
        'destructive kinds-changed Schedule velero/stock: includedResources nothing → ["pods","deployments"]',
        'PersistentVolumeClaims and PersistentVolumes are not saved any more: no snapshot is made of them, and a restore has no volumes.',
      ],
    ],
  },
  {
    what: 'volumes leave the kinds of the cluster',
    is: all => { template(all).excludedClusterScopedResources = ['persistentvolumes']; },
    told: [
      [
        'destructive kinds-changed Schedule velero/stock: excludedClusterScopedResources nothing → ["persistentvolumes"]',
        'PersistentVolumes are not saved any more: no snapshot is made of them, and a restore has no volumes.',
      ],
    ],
  },
  {
    what: 'a cron that is sparser than the backups are kept',
    is: all => { all['Schedule orders'].spec.schedule = '0 0 1 * *'; },
    told: [
      [
        'destructive backups-less-often Schedule velero/orders: cron "0 */6 * * *" → "0 0 1 * *": 6h → 744h (31 d) between two backups, 28 → <1 backups',
        'Up to 744h (31 d) of data may be lost, though the schedule promises 6h (RPO).',
        'Each backup is deleted before the next is made: at times there is none at all.',
      ],
    ],
  },
  {
    what: 'a default retention that ends before the next backup',
    was: all => { delete template(all).ttl; },
    is: all => { delete template(all).ttl; argumentsOf(all)[2] = '--default-backup-ttl=12h'; },
    told: [
      [
        'destructive default-retention-changed Deployment velero/velero: default retention 720h (30 d) → 12h',
        'It counts for stock.',
        'Backups that exist keep the end that they were made with.',
        'Each backup is deleted before the next is made: at times there is none at all. So it is with stock.',
      ],
    ],
  },
  {
    what: 'files in place of a snapshot of the same volumes',
    was: all => policy(all, 'snapshot'),
    is: all => policy(all, 'fs-backup'),
    told: [
      [
        'notable volume-policy-changed ConfigMap velero/volumes: volume policy: + fs-backup {"storageClass":["fast"]}, - snapshot {"storageClass":["fast"]}',
        'Used by orders, orders-weekly, stock.',
      ],
    ],
  },
  {
    what: 'nothing in place of a snapshot',
    was: all => policy(all, 'snapshot'),
    is: all => policy(all, 'skip'),
    told: [
      [
        'destructive volume-policy-changed ConfigMap velero/volumes: volume policy: + skip {"storageClass":["fast"]}, - snapshot {"storageClass":["fast"]}',
        'Volumes that were saved may not be saved any more: the backups are Completed all the same.',
        'Used by orders, orders-weekly, stock.',
      ],
    ],
  },
  {
    what: 'a claim removed that an Application without prune delivered',
    was: all => application(all, false),
    is: all => { application(all, false); delete all['PersistentVolumeClaim data']; },
    told: [
      [
        'harmless object-kept PersistentVolumeClaim velero/data: gone from git, stays in the cluster',
        'Prune leaves it alone: delete it by hand when nothing needs it.',
      ],
    ],
  },
  {
    what: 'a claim removed that an Application with prune delivered',
    was: all => application(all, true),
    is: all => { application(all, true); delete all['PersistentVolumeClaim data']; },
    told: [
      [
        'destructive object-removed PersistentVolumeClaim velero/data: removed: prune deletes it',
        'Its volume goes with it, unless the StorageClass keeps volumes (reclaimPolicy: Retain).',
      ],
    ],
  },
  {
    what: 'a claim removed that an Application keeps',
    was: all => application(all, true, ['Prune=false']),
    is: all => { application(all, true, ['Prune=false']); delete all['PersistentVolumeClaim data']; },
    told: [
      [
        'harmless object-kept PersistentVolumeClaim velero/data: gone from git, stays in the cluster',
        'Prune leaves it alone: delete it by hand when nothing needs it.',
      ],
    ],
  },
  {
    what: 'a claim removed as prune begins',
    was: all => application(all, false),
    is: all => { application(all, true); delete all['PersistentVolumeClaim data']; },
    told: [
      [
        'notable delivery-changed Application argocd/velero: syncPolicy.automated.prune false → true',
        'What is gone from git is deleted from now on, without a question.',
      ],
      [
        'destructive object-removed PersistentVolumeClaim velero/data: removed: prune deletes it',
        'Its volume goes with it, unless the StorageClass keeps volumes (reclaimPolicy: Retain).',
      ],
    ],
  },
  {
    what: 'a location renamed',
    is: renamedLocation,
    told: [
      [
        'notable schedule-location-changed Schedule velero/orders: location offsite → renamed',
        'Both are the same folder of the same bucket: the repositories there go on, and nothing is copied anew. Backups made so far keep the name of the old location.',
      ],
      [
        'notable schedule-location-changed Schedule velero/orders-weekly: location offsite → renamed',
        'Both are the same folder of the same bucket: the repositories there go on, and nothing is copied anew. Backups made so far keep the name of the old location.',
      ],
      [
        'notable schedule-location-changed Schedule velero/stock: location offsite → renamed',
        'Both are the same folder of the same bucket: the repositories there go on, and nothing is copied anew. Backups made so far keep the name of the old location.',
      ],
      [
        'destructive location-removed BackupStorageLocation velero/offsite: removed: bucket offsite/production at http://minio.storage.svc:9000',
        'Prune deletes it; nothing in the bucket is deleted.',
        'Once it is gone its backups are still listed, but can neither be restored nor described, and they never expire: what they need in the bucket is yours to delete.',
      ],
      ['harmless location-added BackupStorageLocation velero/renamed: added: bucket offsite/production at http://minio.storage.svc:9000'],
    ],
  },
  {
    what: 'a schedule renamed and paused',
    is: all => { all['Schedule stock'].metadata.name = 'other'; all['Schedule stock'].spec.paused = true; },
    told: [
      [
        'notable schedule-renamed Schedule velero/other: renamed: stock → other',
        'Prune leaves the old one in the cluster, where it goes on making backups until somebody deletes it: kubectl -n velero delete schedule OLD-NAME',
        'Backups made so far keep the old name until they expire, the last one after 720h (30 d): restores by the name of the new one do not find them.',
        'Metrics and alerts by schedule begin anew. The repositories go on: they belong to a namespace and a location.',
      ],
      [
        'notable schedule-paused Schedule velero/other: paused',
        'stock goes on as long as nobody deletes it: until then its namespaces are saved.',
      ],
    ],
  },
  {
    what: 'a schedule renamed and paused that prune deletes',
    was: all => { all['Schedule stock'].metadata.annotations = {}; },
    is: all => { all['Schedule stock'].metadata.name = 'other'; all['Schedule stock'].spec.paused = true; all['Schedule stock'].metadata.annotations = {}; },
    told: [
      [
        'notable schedule-renamed Schedule velero/other: renamed: stock → other',
        'The old one is deleted by prune.',
        'Backups made so far keep the old name until they expire, the last one after 720h (30 d): restores by the name of the new one do not find them.',
        'Metrics and alerts by schedule begin anew. The repositories go on: they belong to a namespace and a location.',
      ],
      [
        'destructive schedule-paused Schedule velero/other: paused',
        'No backups until it is resumed; those that exist expire as before, the last one too.',
        'No schedule is left that saves stock.',
      ],
    ],
  },
  {
    what: 'a node-agent that starts nothing',
    is: all => { all['DaemonSet node-agent'].spec.template.spec.containers[0].args = ['node-agent', 'stop']; },
    told: [
      [
        'destructive node-agent-changed DaemonSet velero/node-agent: runs no node-agent any more',
        'The files of volumes are not copied without it: backups fail in part.',
      ],
    ],
  },
  {
    what: 'a key of a credential removed',
    is: all => { delete all['SealedSecret velero-s3'].spec.encryptedData.secretKey; },
    told: [
      [
        'notable credential-changed SealedSecret velero/velero-s3: gone: secretKey',
        'It opens 2 locations: archive, offsite. Unless the object store knows the new keys by then, nothing is saved there or restored from there.',
        'A sealed value is another text each time that it is sealed: it may be the same one.',
      ],
    ],
  },
  {
    what: 'a controller disabled that makes no backups',
    is: all => { argumentsOf(all).push('--disable-controllers=gc'); },
    told: [
      [
        'notable server-changed Deployment velero/velero: --disable-controllers nothing → gc',
        'Velero does nothing of gc any more.',
      ],
    ],
  },
  {
    what: 'controllers disabled that make backups',
    is: all => { argumentsOf(all).push('--disable-controllers=schedule,backup'); },
    told: [
      [
        'destructive server-stopped Deployment velero/velero: --disable-controllers nothing → "schedule,backup"',
        'Without schedule, backup no backup is made, or none is ever finished.',
      ],
    ],
  },
  {
    what: 'the volume policy removed',
    is: all => { delete all['ConfigMap volumes']; },
    told: [
      [
        'destructive object-removed ConfigMap velero/volumes: removed: prune deletes it',
        'Schedules name it as their volume policy: each of their backups fails validation.',
      ],
    ],
  },
  {
    what: 'no location is the default',
    was: all => { delete template(all).storageLocation; },
    is: all => { delete template(all).storageLocation; all['BackupStorageLocation offsite'].spec.default = false; },
    told: [
      [
        'destructive default-location-changed BackupStorageLocation velero/offsite: is not the default any more',
        'stock names no location, and none is the default: each backup fails validation.',
      ],
    ],
  },
]);
