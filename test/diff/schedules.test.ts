import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const server = (all: Objects) => all['Deployment velero'].spec.template.spec.containers[0];
const SYNC = 'argocd.argoproj.io/sync-options';

const spec = (all: Objects, name = 'orders') => all[`Schedule ${name}`].spec;
const template = (all: Objects, name = 'orders') => all[`Schedule ${name}`].spec.template;
const annotations = (all: Objects, key: string) => all[key].metadata.annotations;
const pruned = (all: Objects, name: string) => { delete all[`Schedule ${name}`].metadata.annotations[SYNC]; };

testChanges([
  {
    what: 'retention shortened',
    is: all => { template(all).ttl = '72h0m0s'; },
    told: [
      [
        'notable retention-shortened Schedule velero/orders: retention 168h (7 d) → 72h (3 d), 28 → 12 backups',
        'Nothing is deleted at once: the 28 that exist keep the end that they were made with, and go one by one within 168h (7 d).',
        'After that nothing older than 72h (3 d) can be restored.',
      ],
    ],
  },
  {
    what: 'retention below the time between two backups',
    is: all => { template(all, 'stock').ttl = '12h'; },
    told: [
      [
        'destructive retention-shortened Schedule velero/stock: retention 720h (30 d) → 12h, 30 → <1 backups',
        'Nothing is deleted at once: the 30 that exist keep the end that they were made with, and go one by one within 720h (30 d).',
        'Each new one is deleted before the next is made, 24h later: at times there is none at all.',
      ],
    ],
  },
  {
    what: 'retention lengthened',
    is: all => { template(all).ttl = '240h'; },
    told: [
      [
        'harmless retention-lengthened Schedule velero/orders: retention 168h (7 d) → 240h (10 d), 28 → 40 backups',
        'New backups only: those that exist keep the end that they were made with. The object store needs more space.',
      ],
    ],
  },
  {
    what: 'retention written otherwise',
    is: all => { template(all).ttl = '168h0m0s'; },
    told: [],
  },
  {
    what: 'retention that Go cannot read',
    is: all => { template(all).ttl = '30d'; },
    told: [
      [
        'destructive retention-unreadable Schedule velero/orders: retention 168h (7 d) → "30d"',
        'Velero reads hours, minutes and seconds, as 720h: it cannot read this, and with one such Schedule it may see none of them.',
      ],
    ],
  },
  {
    what: 'retention left to the server',
    is: all => { delete template(all).ttl; },
    told: [
      [
        'harmless retention-lengthened Schedule velero/orders: retention 168h (7 d) → 720h (30 d) by default, 28 → 120 backups',
        'New backups only: those that exist keep the end that they were made with. The object store needs more space.',
      ],
    ],
  },
  {
    what: 'retention where there is no server',
    was: all => { delete all['Deployment velero']; delete template(all).ttl; },
    is: all => { delete all['Deployment velero']; },
    told: [
      [
        'notable retention-changed Schedule velero/orders: retention the default of the server → 168h (7 d)',
        'Which of the two is longer cannot be told: the server is not in both sets of manifests.',
      ],
    ],
  },
  {
    what: 'less often, against the RPO',
    is: all => { spec(all).schedule = '0 */12 * * *'; },
    told: [
      [
        'notable backups-less-often Schedule velero/orders: cron "0 */6 * * *" → "0 */12 * * *": 6h → 12h between two backups, 28 → 14 backups',
        'Up to 12h of data may be lost, though the schedule promises 6h (RPO).',
      ],
    ],
  },
  {
    what: 'less often, within the RPO',
    was: all => { annotations(all, 'Schedule orders')['cdk8s-velero/rpo'] = '48h'; },
    is: all => {
      annotations(all, 'Schedule orders')['cdk8s-velero/rpo'] = '48h';
      spec(all).schedule = '@daily';
    },
    told: [
      [
        'notable backups-less-often Schedule velero/orders: cron "0 */6 * * *" → @daily: 6h → 24h between two backups, 28 → 7 backups',
        'Up to 24h of data may be lost, which is within the promised 48h (2 d) (RPO).',
      ],
    ],
  },
  {
    what: 'less often, without a promise',
    is: all => { spec(all, 'stock').schedule = '0 2 * * 1'; },
    told: [
      [
        'notable backups-less-often Schedule velero/stock: cron "0 2 * * *" → "0 2 * * 1": 24h → 168h (7 d) between two backups, 30 → 4 backups',
        'Up to 168h (7 d) of data may be lost, and nobody promised less.',
      ],
    ],
  },
  {
    what: 'more often',
    is: all => { spec(all).schedule = '@every 1h'; },
    told: [
      ['harmless backups-more-often Schedule velero/orders: cron "0 */6 * * *" → "@every 1h": 6h → 1h between two backups, 28 → 168 backups'],
    ],
  },
  {
    what: 'at another time',
    is: all => { spec(all, 'stock').schedule = '30 3 * * *'; },
    told: [
      [
        'harmless backup-time-moved Schedule velero/stock: cron "0 2 * * *" → "30 3 * * *"',
        'As often as before: every 24h.',
      ],
    ],
  },
  {
    what: 'cron with other blanks',
    is: all => { spec(all, 'stock').schedule = '0  2 * * *'; },
    told: [],
  },
  {
    what: 'cron that Velero cannot read',
    is: all => { spec(all).schedule = '0 0 0 * * *'; },
    told: [
      [
        'destructive schedule-invalid Schedule velero/orders: cron "0 */6 * * *" → "0 0 0 * * *"',
        'Velero cannot read it: the Schedule becomes FailedValidation and makes no backups.',
        'Velero has no seconds field: drop the first one.',
      ],
    ],
  },
  {
    what: 'cron mended',
    was: all => { spec(all).schedule = 'x'; },
    is: () => {},
    told: [
      [
        'harmless backups-more-often Schedule velero/orders: cron x → "0 */6 * * *"',
        'Velero could not read the one before. There is a backup every 6h now.',
      ],
    ],
  },
  {
    what: 'RPO loosened, RTO tightened, another tier',
    is: all => {
      Object.assign(annotations(all, 'Schedule orders'), { 'cdk8s-velero/rpo': '12h', 'cdk8s-velero/rto': '1h', 'cdk8s-velero/tier': 'tier-1' });
    },
    told: [
      [
        'notable promise-changed Schedule velero/orders: RPO 6h → 12h',
        'Alerts wait for that long before they tell of a missing backup.',
      ],
      ['harmless promise-changed Schedule velero/orders: RTO 2h → 1h'],
      ['harmless promise-changed Schedule velero/orders: tier tier-0 → tier-1'],
    ],
  },
  {
    what: 'RTO taken back',
    is: all => { delete annotations(all, 'Schedule orders')['cdk8s-velero/rto']; },
    told: [
      [
        'notable promise-changed Schedule velero/orders: RTO 2h → nothing',
        'The recovery may take longer; nothing about the backups is other.',
      ],
    ],
  },
  {
    what: 'paused, and saved by another schedule',
    is: all => { spec(all).paused = true; },
    told: [
      [
        'notable schedule-paused Schedule velero/orders: paused',
        'No backups until it is resumed; those that exist expire as before, the last one too.',
        'orders is still saved by orders-weekly (every 168h (7 d)).',
      ],
    ],
  },
  {
    what: 'paused, and saved by no other',
    is: all => { spec(all, 'stock').paused = true; },
    told: [
      [
        'destructive schedule-paused Schedule velero/stock: paused',
        'No backups until it is resumed; those that exist expire as before, the last one too.',
        'No schedule is left that saves stock.',
      ],
    ],
  },
  {
    what: 'resumed',
    was: all => { spec(all, 'stock').paused = true; },
    is: () => {},
    told: [
      [
        'harmless schedule-resumed Schedule velero/stock: resumed',
        'What was due in the meantime is made up for by one backup at once.',
      ],
    ],
  },
  {
    what: 'schedule removed, kept by prune, saved by another',
    is: all => { delete all['Schedule orders']; },
    told: [
      [
        'notable schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'Prune leaves it in the cluster, where it goes on making backups until somebody deletes it: kubectl -n velero delete schedule orders',
        'orders is still saved by orders-weekly (every 168h (7 d)).',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'schedule removed, kept by prune, that nothing stands in for',
    is: all => { delete all['Schedule stock']; },
    told: [
      [
        'notable schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'Prune leaves it in the cluster, where it goes on making backups until somebody deletes it: kubectl -n velero delete schedule stock',
        'Git has no schedule any more that saves stock: nothing does once the one in the cluster is deleted, or in a cluster that is built anew.',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'schedule removed, kept by prune, and its location pruned',
    was: all => { template(all, 'stock').storageLocation = 'archive'; delete annotations(all, 'BackupStorageLocation archive')[SYNC]; },
    is: all => { delete all['Schedule stock']; delete all['BackupStorageLocation archive']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'No schedule is left that saves stock.',
        'Prune leaves it in the cluster until somebody deletes it: kubectl -n velero delete schedule stock',
        'The 30 backups made so far stay in the bucket: without their location they can neither be restored nor expire.',
      ],
      [
        'destructive location-removed BackupStorageLocation velero/archive: removed: bucket archive/production at http://minio.storage.svc:9000',
        'Prune deletes it; nothing in the bucket is deleted.',
        'Once it is gone its backups are still listed, but can neither be restored nor described, and they never expire: what they need in the bucket is yours to delete.',
      ],
    ],
  },
  {
    what: 'schedule removed, kept by prune, and the server with it',
    was: all => { annotations(all, 'Deployment velero')[SYNC] = 'Prune=false'; },
    is: all => { delete all['Schedule stock']; delete all['Deployment velero']; },
    told: [
      [
        'notable schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'Prune leaves it in the cluster, where it goes on making backups until somebody deletes it: kubectl -n velero delete schedule stock',
        'Git has no schedule any more that saves stock: nothing does once the one in the cluster is deleted, or in a cluster that is built anew.',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
      ['notable server-removed Deployment velero/velero: server removed: prune leaves it in the cluster', 'It goes on in the cluster as it is.'],
    ],
  },
  {
    what: 'schedule removed, kept by prune, but not its server',
    is: all => { delete all['Schedule stock']; delete all['Deployment velero']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'No schedule is left that saves stock.',
        'Prune leaves it in the cluster until somebody deletes it: kubectl -n velero delete schedule stock',
        'The 30 backups made so far stay in the bucket: without a server they can neither be restored nor expire.',
      ],
      ['destructive server-removed Deployment velero/velero: server removed: prune deletes it', 'No backups, no restores, and nothing expires. What is in the buckets stays.'],
    ],
  },
  {
    what: 'schedule removed that nothing stands in for',
    was: all => pruned(all, 'stock'),
    is: all => { delete all['Schedule stock']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'No schedule is left that saves stock.',
        'Prune deletes it.',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'schedule removed that owns its backups and is tracked by label',
    was: all => {
      annotations(all, 'Schedule stock')[SYNC] = 'SkipDryRunOnMissingResource=true';
      spec(all, 'stock').useOwnerReferencesInBackup = true;
      delete template(all, 'stock').metadata;
    },
    is: all => { delete all['Schedule stock']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'No schedule is left that saves stock.',
        'Prune deletes it.',
        'Its backups have the labels of the Schedule: ArgoCD that tracks by label prunes them too, and again each time that they come back from the location.',
        'Their Backup objects are deleted with the Schedule, and listed again from the location within a minute.',
      ],
    ],
  },
  {
    what: 'paused schedule removed',
    was: all => { spec(all, 'stock').paused = true; pruned(all, 'stock'); },
    is: all => { delete all['Schedule stock']; },
    told: [
      [
        'notable schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'Prune deletes it.',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'schedule for everything removed',
    was: all => { template(all, 'stock').includedNamespaces = []; },
    is: all => { delete all['Schedule stock']; },
    told: [
      [
        'notable schedule-removed Schedule velero/stock: removed: saves all namespaces every 24h, kept for 720h (30 d): 30 backups',
        'Prune leaves it in the cluster, where it goes on making backups until somebody deletes it: kubectl -n velero delete schedule stock',
        'Git has no schedule any more that saves velero: nothing does once the one in the cluster is deleted, or in a cluster that is built anew.',
        'Git has no schedule any more that saves namespaces that these manifests do not name: nothing does once the one in the cluster is deleted, or in a cluster that is built anew.',
        'orders is still saved by orders (every 6h), orders-weekly (every 168h (7 d)).',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'schedule added',
    is: all => { all['Schedule mail'] = { ...all['Schedule stock'], metadata: { name: 'mail', namespace: 'velero' }, spec: { schedule: '@daily', template: { includedNamespaces: ['mail'] } } }; },
    told: [
      ['harmless schedule-added Schedule velero/mail: added: saves mail every 24h, kept for 720h (30 d): 30 backups'],
    ],
  },
  {
    what: 'paused schedule for everything added',
    is: all => { all['Schedule all'] = { ...all['Schedule stock'], metadata: { name: 'all', namespace: 'velero' }, spec: { schedule: 'x', paused: true, template: {} } }; },
    told: [
      [
        'harmless schedule-added Schedule velero/all: added: saves all namespaces, kept for 720h (30 d)',
        'It is paused: it makes no backups until it is resumed.',
      ],
    ],
  },
  {
    what: 'another location',
    is: all => { template(all).storageLocation = 'archive'; },
    told: [
      [
        'notable schedule-location-changed Schedule velero/orders: location offsite → archive',
        'Backups made so far stay in the old location until they expire, the last one after 168h (7 d), and are restored from there.',
        'Repositories are made anew in the other one: the first backup copies all of each volume.',
      ],
    ],
  },
  {
    what: 'a location that these manifests do not have',
    is: all => { template(all).storageLocation = 'nowhere'; },
    told: [
      [
        'destructive schedule-location-changed Schedule velero/orders: location offsite → nowhere',
        'These manifests have no such location: each backup fails validation unless the cluster has it.',
      ],
    ],
  },
  {
    what: 'the default location named',
    was: all => { delete template(all).storageLocation; },
    is: () => {},
    told: [],
  },
  {
    what: 'backups that belong to the schedule',
    is: all => { spec(all).useOwnerReferencesInBackup = true; },
    told: [
      [
        'notable backups-owned Schedule velero/orders: useOwnerReferencesInBackup → true',
        'Whoever deletes the Schedule deletes the Backup objects with it. Their data stays in the location, and Velero lists them again within a minute.',
      ],
    ],
  },
  {
    what: 'backups that no longer belong to the schedule',
    was: all => { spec(all).useOwnerReferencesInBackup = true; },
    is: () => {},
    told: [
      [
        'harmless backups-owned Schedule velero/orders: useOwnerReferencesInBackup → false',
        'New backups stay when the Schedule is deleted.',
      ],
    ],
  },
  {
    what: 'backups that ArgoCD would prune, for want of labels',
    is: all => { annotations(all, 'Schedule orders')[SYNC] = 'ApplyOutOfSyncOnly=true'; delete template(all).metadata; },
    told: [
      [
        'destructive backups-prunable Schedule velero/orders: backups get the labels of the Schedule, without Prune=false',
        'ArgoCD that tracks by label (its default before 3.0) takes the backups for objects that git does not have, and prunes them: one that runs fails, a finished one comes back from the location within a minute and is pruned again.',
      ],
    ],
  },
  {
    what: 'backups that ArgoCD would prune, by their label',
    is: all => { annotations(all, 'Schedule orders')[SYNC] = 'X=y'; template(all).metadata.labels['app.kubernetes.io/instance'] = 'velero'; },
    told: [
      [
        'destructive backups-prunable Schedule velero/orders: backups get the label app.kubernetes.io/instance',
        'ArgoCD that tracks by label (its default before 3.0) takes the backups for objects that git does not have, and prunes them: one that runs fails, a finished one comes back from the location within a minute and is pruned again.',
      ],
    ],
  },
  {
    what: 'other fields of a schedule, which change nothing about what is saved',
    is: all => {
      Object.assign(template(all), { csiSnapshotTimeout: '20m', itemOperationTimeout: '4h', uploaderConfig: { parallelFilesUpload: 4 } });
      template(all).metadata.labels.team = 'shop';
      spec(all).skipImmediately = false;
    },
    told: [
      ['harmless schedule-changed Schedule velero/orders: skipImmediately nothing → false, template.csiSnapshotTimeout nothing → 20m, template.itemOperationTimeout nothing → 4h and 2 more'],
    ],
  },
  {
    what: 'timeouts shortened',
    was: all => { template(all, 'stock').itemOperationTimeout = '8h'; },
    is: all => { template(all).csiSnapshotTimeout = '5m'; template(all, 'stock').itemOperationTimeout = '2h'; },
    told: [
      ['notable schedule-changed Schedule velero/orders: template.csiSnapshotTimeout nothing → 5m', 'What takes longer than that is not saved, and the backup is PartiallyFailed.'],
      ['notable schedule-changed Schedule velero/stock: template.itemOperationTimeout 8h → 2h', 'What takes longer than that is not saved, and the backup is PartiallyFailed.'],
    ],
  },
  {
    what: 'a timeout that Go cannot read',
    is: all => { template(all).itemOperationTimeout = '1d'; },
    told: [
      ['notable schedule-changed Schedule velero/orders: template.itemOperationTimeout nothing → 1d', 'What takes longer than that is not saved, and the backup is PartiallyFailed.'],
    ],
  },
  {
    what: 'a data mover named that is the one by default',
    is: all => { template(all).datamover = 'velero'; template(all, 'stock').datamover = ''; },
    told: [
      ['harmless schedule-changed Schedule velero/orders: template.datamover nothing → velero'],
      ['harmless schedule-changed Schedule velero/stock: template.datamover nothing → ""'],
    ],
  },
  {
    what: 'a field beside the labels of backups that nobody here knows',
    is: all => { template(all).metadata.annotations = { a: 'b' }; },
    told: [
      [
        'notable schedule-changed Schedule velero/orders: template.metadata.annotations.a nothing → b',
        'What that does to its backups is not known here: look it up in the documentation of the release of Velero that runs.',
      ],
    ],
  },
  {
    what: 'what moves the data, what is saved first, and what is snapshotted together',
    is: all => { Object.assign(template(all), { datamover: 'ours', orderedResources: { pods: 'orders/db' }, volumeGroupSnapshotLabelKey: 'group' }); },
    told: [
      [
        'notable schedule-changed Schedule velero/orders: template.datamover nothing → ours, template.orderedResources.pods nothing → orders/db, template.volumeGroupSnapshotLabelKey nothing → group',
        'Another program moves the data of snapshots: it must be there, and that one too which backups made so far are restored with.',
        'Objects are saved in another order: what had to be saved before something else may not be.',
        'Other volumes than before are snapshotted at one moment together: those of a group with this label.',
      ],
    ],
  },
  {
    what: 'fields that nobody here knows, beside one that is known',
    is: all => {
      Object.assign(template(all), { uploaderConfig: { parallelFilesUpload: 4, encryption: 'none' }, onlyChangedVolumes: true });
      spec(all).timeZone = 'Europe/Vienna';
    },
    told: [
      [
        'notable schedule-changed Schedule velero/orders: template.onlyChangedVolumes nothing → true, template.uploaderConfig.encryption nothing → none, template.uploaderConfig.parallelFilesUpload nothing → 4, timeZone nothing → Europe/Vienna',
        'What that does to its backups is not known here: look it up in the documentation of the release of Velero that runs.',
      ],
    ],
  },
  {
    what: 'another version of the API',
    is: all => { all['Schedule orders'].apiVersion = 'velero.io/v2'; },
    told: [
      [
        'notable schedule-changed Schedule velero/orders: apiVersion velero.io/v1 → velero.io/v2',
        'What that does to its backups is not known here: look it up in the documentation of the release of Velero that runs.',
      ],
    ],
  },
  {
    what: 'RPO that is not readable',
    was: all => { annotations(all, 'Schedule orders')['cdk8s-velero/rpo'] = 'x'; },
    is: () => {},
    told: [
      ['harmless promise-changed Schedule velero/orders: RPO "x" → 6h'],
    ],
  },
  {
    what: 'RPO written otherwise',
    is: all => { annotations(all, 'Schedule orders')['cdk8s-velero/rpo'] = '360m'; },
    told: [],
  },
  {
    what: 'schedule without cron removed, that Prune=confirm keeps for now',
    was: all => { delete all['Schedule stock'].spec.schedule; annotations(all, 'Schedule stock')[SYNC] = 'Prune=confirm'; delete template(all, 'stock').ttl; server(all).args[2] = '--default-backup-ttl=x'; },
    is: all => { delete all['Schedule stock']; server(all).args[2] = '--default-backup-ttl=x'; },
    told: [
      [
        'destructive schedule-removed Schedule velero/stock: removed: saves stock',
        'No schedule is left that saves stock.',
        'Prune deletes it once somebody confirms.',
        'The backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'retention shortened of a schedule without cron',
    was: all => { delete all['Schedule stock'].spec.schedule; },
    is: all => { delete all['Schedule stock'].spec.schedule; template(all, 'stock').ttl = '24h'; },
    told: [
      [
        'notable retention-shortened Schedule velero/stock: retention 720h (30 d) → 24h',
        'Nothing is deleted at once: the existing ones keep the end that they were made with, and go one by one within 720h (30 d).',
        'After that nothing older than 24h can be restored.',
      ],
    ],
  },
  {
    what: 'many namespaces still saved by others',
    was: all => { template(all, 'stock').includedNamespaces = ['a', 'b', 'c', 'd', 'stock']; template(all).includedNamespaces = ['a', 'b', 'c', 'd', 'orders']; },
    is: all => { template(all).includedNamespaces = ['a', 'b', 'c', 'd', 'orders']; },
    told: [
      [
        'notable namespaces-changed Schedule velero/stock: includedNamespaces -a, -b, -c, -d',
        'a is still saved by orders (every 6h).',
        'b is still saved by orders (every 6h).',
        'c is still saved by orders (every 6h).',
        'So is 1 other namespace.',
      ],
    ],
  },
  {
    what: 'everything is still saved by another',
    was: all => { template(all).includedNamespaces = []; template(all, 'stock').includedNamespaces = []; },
    is: all => { template(all).includedNamespaces = []; delete all['Schedule stock']; },
    told: [
      [
        'notable schedule-removed Schedule velero/stock: removed: saves all namespaces every 24h, kept for 720h (30 d): 30 backups',
        'Prune leaves it in the cluster, where it goes on making backups until somebody deletes it: kubectl -n velero delete schedule stock',
        'orders is still saved by orders (every 6h), orders-weekly (every 168h (7 d)).',
        'velero is still saved by orders (every 6h).',
        'Namespaces that these manifests do not name are still saved by orders (every 6h).',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'paused schedule removed, kept by prune',
    was: all => { all['Schedule stock'].spec.paused = true; },
    is: all => { delete all['Schedule stock']; },
    told: [
      [
        'notable schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'Prune leaves it in the cluster until somebody deletes it: kubectl -n velero delete schedule stock',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
]);
