import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const SYNC = 'argocd.argoproj.io/sync-options';

const template = (all: Objects, name = 'orders') => all[`Schedule ${name}`].spec.template;
const store = (all: Objects) => all['BackupStorageLocation offsite'].spec;
const annotations = (all: Objects, key: string) => all[key].metadata.annotations;

testChanges([
  {
    what: 'bucket',
    is: all => { store(all).objectStorage.bucket = 'new'; },
    told: [
      [
        'destructive location-moved BackupStorageLocation velero/offsite: bucket offsite → new',
        'What was saved so far stays in the old place and cannot be restored from this location: within a minute Velero takes each backup off its list that the new place does not have.',
        'Nothing is deleted in the old place, and nothing there expires any more. Repositories begin anew.',
        'Copy the old place to the new one before, or leave this location as it is (accessMode: ReadOnly) and declare another one beside it.',
      ],
    ],
  },
  {
    what: 'prefix written otherwise',
    is: all => { store(all).objectStorage.prefix = '/production/'; },
    told: [],
  },
  {
    what: 'prefix and provider',
    is: all => { store(all).objectStorage.prefix = ''; store(all).provider = 'gcp'; },
    told: [
      [
        'destructive location-moved BackupStorageLocation velero/offsite: prefix production → ""; provider aws → gcp',
        'What was saved so far stays in the old place and cannot be restored from this location: within a minute Velero takes each backup off its list that the new place does not have.',
        'Nothing is deleted in the old place, and nothing there expires any more. Repositories begin anew.',
        'Copy the old place to the new one before, or leave this location as it is (accessMode: ReadOnly) and declare another one beside it.',
      ],
    ],
  },
  {
    what: 'endpoint',
    is: all => { store(all).config.s3Url = 'http://ceph.storage.svc:9000'; },
    told: [
      [
        'destructive location-moved BackupStorageLocation velero/offsite: s3Url http://minio.storage.svc:9000 → http://ceph.storage.svc:9000',
        'What was saved so far stays in the old place and cannot be restored from this location: within a minute Velero takes each backup off its list that the new place does not have.',
        'Nothing is deleted in the old place, and nothing there expires any more. Repositories begin anew.',
        'Copy the old place to the new one before, or leave this location as it is (accessMode: ReadOnly) and declare another one beside it.',
      ],
    ],
  },
  {
    what: 'the port that http has anyway',
    was: all => { store(all).config.s3Url = 'http://minio.storage.svc:80'; },
    is: all => { store(all).config.s3Url = 'http://minio.storage.svc'; },
    told: [
      [
        'harmless location-settings-changed BackupStorageLocation velero/offsite: s3Url http://minio.storage.svc:80 → http://minio.storage.svc',
        'The same address, written otherwise: Velero connects to its repositories anew.',
      ],
    ],
  },
  {
    what: 'https instead of http',
    is: all => { store(all).config.s3Url = 'https://minio.storage.svc:9443'; },
    told: [
      [
        'notable location-settings-changed BackupStorageLocation velero/offsite: s3Url http://minio.storage.svc:9000 → https://minio.storage.svc:9443',
        'The same store under another port or scheme: until it answers there the location is Unavailable, and no backup is made.',
      ],
    ],
  },
  {
    what: 'Amazon instead of MinIO',
    is: all => { delete store(all).config.s3Url; },
    told: [
      [
        'destructive location-moved BackupStorageLocation velero/offsite: s3Url http://minio.storage.svc:9000 → nothing',
        'What was saved so far stays in the old place and cannot be restored from this location: within a minute Velero takes each backup off its list that the new place does not have.',
        'Nothing is deleted in the old place, and nothing there expires any more. Repositories begin anew.',
        'Copy the old place to the new one before, or leave this location as it is (accessMode: ReadOnly) and declare another one beside it.',
      ],
    ],
  },
  {
    what: 'read-only location that is written',
    is: all => { store(all).accessMode = 'ReadOnly'; },
    told: [
      [
        'destructive location-access-changed BackupStorageLocation velero/offsite: accessMode ReadWrite → ReadOnly',
        'orders, orders-weekly, stock still write there: each backup fails validation.',
        'Backups made so far can be restored; they do not expire as long as it is so.',
      ],
    ],
  },
  {
    what: 'read-only location that nobody writes',
    is: all => { all['BackupStorageLocation archive'].spec.accessMode = 'ReadOnly'; },
    told: [
      [
        'notable location-access-changed BackupStorageLocation velero/archive: accessMode ReadWrite → ReadOnly',
        'Backups made so far can be restored; they do not expire as long as it is so.',
      ],
    ],
  },
  {
    what: 'location writable again',
    was: all => { store(all).accessMode = 'ReadOnly'; },
    is: all => { store(all).accessMode = 'ReadWrite'; },
    told: [
      [
        'harmless location-access-changed BackupStorageLocation velero/offsite: accessMode ReadOnly → ReadWrite',
        'Backups can be written there, and expired ones are deleted again.',
      ],
    ],
  },
  {
    what: 'access mode written out',
    is: all => { store(all).accessMode = 'ReadWrite'; },
    told: [],
  },
  {
    what: 'credential',
    is: all => { store(all).credential = { name: 'other', key: 'cloud' }; },
    told: [
      [
        'notable location-credential-changed BackupStorageLocation velero/offsite: credential Secret velero-s3, key cloud → Secret other, key cloud',
        'It must open the same bucket: with other keys the location is Unavailable, and nothing is saved or restored.',
      ],
    ],
  },
  {
    what: 'credential of the server',
    is: all => { delete store(all).credential; },
    told: [
      [
        'notable location-credential-changed BackupStorageLocation velero/offsite: credential Secret velero-s3, key cloud → that of the server',
        'It must open the same bucket: with other keys the location is Unavailable, and nothing is saved or restored.',
      ],
    ],
  },
  {
    what: 'another default location, that a schedule goes by',
    was: all => { delete template(all).storageLocation; },
    is: all => {
      delete template(all).storageLocation;
      store(all).default = false;
      all['BackupStorageLocation archive'].spec.default = true;
    },
    told: [
      ['harmless default-location-changed BackupStorageLocation velero/offsite: is not the default any more'],
      [
        'notable default-location-changed BackupStorageLocation velero/archive: is the default now',
        'orders names no location and writes here from now on: the first backup copies all of each volume.',
      ],
    ],
  },
  {
    what: 'another default location, that nobody goes by',
    is: all => { store(all).default = false; all['BackupStorageLocation archive'].spec.default = true; },
    told: [
      ['harmless default-location-changed BackupStorageLocation velero/offsite: is not the default any more'],
      [
        'harmless default-location-changed BackupStorageLocation velero/archive: is the default now',
        'Every schedule names its location; only backups that somebody makes by hand go here.',
      ],
    ],
  },
  {
    what: 'settings of a location',
    is: all => { store(all).config.region = 'eu'; store(all).objectStorage.caCert = 'AAAA'; },
    told: [
      [
        'notable location-settings-changed BackupStorageLocation velero/offsite: config.region us-east-1 → eu; objectStorage.caCert changed',
        'If the store does not answer that way the location is Unavailable, and 3 schedules save nothing.',
      ],
    ],
  },
  {
    what: 'how often a location is validated',
    is: all => { store(all).validationFrequency = '5m'; },
    told: [
      ['harmless location-settings-changed BackupStorageLocation velero/offsite: validationFrequency nothing → 5m'],
    ],
  },
  {
    what: 'location removed that nobody writes',
    is: all => { delete all['BackupStorageLocation archive']; },
    told: [
      [
        'destructive location-removed BackupStorageLocation velero/archive: removed: bucket archive/production at http://minio.storage.svc:9000',
        'Prune deletes it; nothing in the bucket is deleted.',
        'Once it is gone its backups are still listed, but can neither be restored nor described, and they never expire: what they need in the bucket is yours to delete.',
      ],
    ],
  },
  {
    what: 'location removed that is written, kept by prune',
    was: all => { annotations(all, 'BackupStorageLocation offsite')[SYNC] = 'Prune=false'; },
    is: all => { delete all['BackupStorageLocation offsite']; },
    told: [
      [
        'destructive location-removed BackupStorageLocation velero/offsite: removed: bucket offsite/production at http://minio.storage.svc:9000',
        'Prune leaves it in the cluster until somebody deletes it: kubectl -n velero delete backupstoragelocation offsite',
        'Once it is gone its backups are still listed, but can neither be restored nor described, and they never expire: what they need in the bucket is yours to delete.',
        'orders, orders-weekly, stock still write there: each backup fails validation then.',
      ],
    ],
  },
  {
    what: 'location removed that nobody writes, kept by prune',
    was: all => { annotations(all, 'BackupStorageLocation archive')[SYNC] = 'Prune=false'; },
    is: all => { delete all['BackupStorageLocation archive']; },
    told: [
      [
        'notable location-removed BackupStorageLocation velero/archive: removed: bucket archive/production at http://minio.storage.svc:9000',
        'Prune leaves it in the cluster until somebody deletes it: kubectl -n velero delete backupstoragelocation archive',
        'Once it is gone its backups are still listed, but can neither be restored nor described, and they never expire: what they need in the bucket is yours to delete.',
      ],
    ],
  },
  {
    what: 'location added',
    is: all => { all['BackupStorageLocation new'] = { apiVersion: 'velero.io/v1', kind: 'BackupStorageLocation', metadata: { name: 'new', namespace: 'velero' }, spec: { provider: 'aws', objectStorage: { bucket: 'b' } } }; },
    told: [
      ['harmless location-added BackupStorageLocation velero/new: added: bucket b of aws'],
    ],
  },
  {
    what: 'location without anything removed',
    was: all => { all['BackupStorageLocation archive'].spec = {}; },
    is: all => { delete all['BackupStorageLocation archive']; },
    told: [
      [
        'destructive location-removed BackupStorageLocation velero/archive: removed: bucket nothing',
        'Prune deletes it; nothing in the bucket is deleted.',
        'Once it is gone its backups are still listed, but can neither be restored nor described, and they never expire: what they need in the bucket is yours to delete.',
      ],
    ],
  },
  {
    what: 'provider written otherwise',
    is: all => { all['BackupStorageLocation archive'].spec.provider = 'velero.io/aws'; },
    told: [],
  },
  {
    what: 'location removed that one schedule writes',
    was: all => { template(all).storageLocation = 'archive'; },
    is: all => { template(all).storageLocation = 'archive'; delete all['BackupStorageLocation archive']; },
    told: [
      [
        'destructive location-removed BackupStorageLocation velero/archive: removed: bucket archive/production at http://minio.storage.svc:9000',
        'Prune deletes it; nothing in the bucket is deleted.',
        'Once it is gone its backups are still listed, but can neither be restored nor described, and they never expire: what they need in the bucket is yours to delete.',
        'orders still writes there: each backup fails validation then.',
      ],
    ],
  },
  {
    what: 'read-only location that one schedule writes',
    was: all => { template(all).storageLocation = 'archive'; },
    is: all => { template(all).storageLocation = 'archive'; all['BackupStorageLocation archive'].spec.accessMode = 'ReadOnly'; },
    told: [
      [
        'destructive location-access-changed BackupStorageLocation velero/archive: accessMode ReadWrite → ReadOnly',
        'orders still writes there: each backup fails validation.',
        'Backups made so far can be restored; they do not expire as long as it is so.',
      ],
    ],
  },
  {
    what: 'another default location, that two schedules go by',
    was: all => { delete template(all).storageLocation; delete template(all, 'stock').storageLocation; },
    is: all => { delete template(all).storageLocation; delete template(all, 'stock').storageLocation; all['BackupStorageLocation offsite'].spec.default = false; all['BackupStorageLocation archive'].spec.default = true; },
    told: [
      ['harmless default-location-changed BackupStorageLocation velero/offsite: is not the default any more'],
      [
        'notable default-location-changed BackupStorageLocation velero/archive: is the default now',
        'orders, stock name no location and write here from now on: the first backup copies all of each volume.',
      ],
    ],
  },
  {
    what: 'settings of a location that nobody writes',
    is: all => { all['BackupStorageLocation archive'].spec.config.region = 'eu'; },
    told: [
      [
        'notable location-settings-changed BackupStorageLocation velero/archive: config.region us-east-1 → eu',
        'If the store does not answer that way the location is Unavailable.',
      ],
    ],
  },
]);
