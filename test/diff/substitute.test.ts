import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const template = (all: Objects, name = 'orders-weekly') => all[`Schedule ${name}`].spec.template;
const pruned = (all: Objects) => { ['orders', 'orders-weekly', 'stock'].forEach(name => { all[`Schedule ${name}`].metadata.annotations = {}; }); };
const skip = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'skip', namespace: 'velero' },
  data: { 'policy.yaml': 'version: v1\nvolumePolicies:\n- conditions: { storageClass: [fast] }\n  action: { type: skip }\n' },
};

testChanges([
  {
    what: 'the other one saves it as well',
    was: pruned,
    is: all => { pruned(all); delete all['Schedule orders']; },
    told: [
      [
        'notable schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'orders is still saved by orders-weekly (every 168h (7 d)).',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'the other one cannot be read',
    was: all => { pruned(all); all['Schedule orders-weekly'].spec.schedule = 'weekly'; },
    is: all => { pruned(all); all['Schedule orders-weekly'].spec.schedule = 'weekly'; delete all['Schedule orders']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'No schedule is left that saves orders.',
        'orders-weekly does not count: Velero cannot read when it starts.',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'the other one keeps backups for nobody knows how long',
    was: all => { pruned(all); template(all).ttl = '90d'; },
    is: all => { pruned(all); template(all).ttl = '90d'; delete all['Schedule orders']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'No schedule is left that saves orders.',
        'orders-weekly does not count: Velero cannot read how long it keeps backups.',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'the other one saves ConfigMaps alone',
    was: all => { pruned(all); template(all).includedResources = ['configmaps']; },
    is: all => { pruned(all); template(all).includedResources = ['configmaps']; delete all['Schedule orders']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'No schedule is left that saves orders.',
        'orders-weekly does not count: it saves no pods.',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'the other one chooses by label',
    was: all => { pruned(all); template(all).labelSelector = { matchLabels: { app: 'db' } }; },
    is: all => { pruned(all); template(all).labelSelector = { matchLabels: { app: 'db' } }; delete all['Schedule orders']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'No schedule is left that saves orders.',
        'orders-weekly does not count: it chooses by label.',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'both choose by the same label',
    was: all => { pruned(all); template(all).labelSelector = template(all, 'orders').labelSelector = { matchLabels: { app: 'db' } }; },
    is: all => { pruned(all); template(all).labelSelector = template(all, 'orders').labelSelector = { matchLabels: { app: 'db' } }; delete all['Schedule orders']; },
    told: [
      [
        'notable schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'orders is still saved by orders-weekly (every 168h (7 d)).',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'the other one saves no files',
    was: all => { pruned(all); template(all).defaultVolumesToFsBackup = false; },
    is: all => { pruned(all); template(all).defaultVolumesToFsBackup = false; delete all['Schedule orders']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'No schedule is left that saves orders.',
        'orders-weekly does not count: it saves less of the volumes.',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'the other one moves snapshots',
    was: all => { pruned(all); Object.assign(template(all), { defaultVolumesToFsBackup: false, snapshotMoveData: true }); },
    is: all => { pruned(all); Object.assign(template(all), { defaultVolumesToFsBackup: false, snapshotMoveData: true }); delete all['Schedule orders']; },
    told: [
      [
        'notable schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'orders is still saved by orders-weekly (every 168h (7 d)).',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'the other one leaves volumes out',
    was: all => { pruned(all); all.skip = skip; template(all).resourcePolicy.name = 'skip'; },
    is: all => { pruned(all); all.skip = skip; template(all).resourcePolicy.name = 'skip'; delete all['Schedule orders']; },
    told: [
      [
        'destructive schedule-removed Schedule velero/orders: removed: saves orders every 6h, kept for 168h (7 d): 28 backups',
        'No schedule is left that saves orders.',
        'orders-weekly does not count: its volume policy leaves volumes out.',
        'Prune deletes it.',
        'The 28 backups made so far stay until they expire, and can be restored.',
      ],
    ],
  },
  {
    what: 'the other one is where no server runs',
    was: pruned,
    is: all => { pruned(all); all['Schedule stock'].metadata.namespace = 'other'; },
    told: [
      [
        'destructive schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'No schedule is left that saves stock.',
        'stock does not count: no server of Velero runs in other.',
        'Prune deletes it.',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
      ['harmless schedule-added Schedule other/stock: added: saves stock every 24h, kept for 720h (30 d): 30 backups'],
    ],
  },
  {
    what: 'nobody knows where a server runs',
    was: all => { pruned(all); delete all['Deployment velero']; },
    is: all => { pruned(all); delete all['Deployment velero']; all['Schedule stock'].metadata.namespace = 'other'; },
    told: [
      [
        'notable schedule-removed Schedule velero/stock: removed: saves stock every 24h, kept for 720h (30 d): 30 backups',
        'stock is still saved by stock (every 24h).',
        'Prune deletes it.',
        'The 30 backups made so far stay until they expire, and can be restored.',
      ],
      ['harmless schedule-added Schedule other/stock: added: saves stock every 24h, kept for 720h (30 d): 30 backups'],
    ],
  },
]);
