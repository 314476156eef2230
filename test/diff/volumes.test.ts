import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const template = (all: Objects, name = 'orders') => all[`Schedule ${name}`].spec.template;
const policy = (all: Objects, text: string) => { all['ConfigMap volumes'].data['policy.yaml'] = text; };

testChanges([
  {
    what: 'files of volumes no longer saved',
    is: all => { template(all).defaultVolumesToFsBackup = false; },
    told: [
      [
        'destructive volumes-changed Schedule velero/orders: defaultVolumesToFsBackup true → false',
        'The files of volumes are not saved any more, but for those that a pod names in backup.velero.io/backup-volumes. The backups are Completed all the same.',
      ],
    ],
  },
  {
    what: 'files of volumes saved',
    was: all => { delete template(all).defaultVolumesToFsBackup; },
    is: () => {},
    told: [
      [
        'harmless volumes-changed Schedule velero/orders: defaultVolumesToFsBackup false → true',
        'The files of all volumes are saved that nobody leaves out.',
      ],
    ],
  },
  {
    what: 'no snapshots, and no files either',
    was: all => { template(all).defaultVolumesToFsBackup = false; },
    is: all => { Object.assign(template(all), { defaultVolumesToFsBackup: false, snapshotVolumes: false }); },
    told: [
      [
        'destructive snapshots-changed Schedule velero/orders: snapshotVolumes nothing → false',
        'No snapshots are made of volumes, and their files are not copied either: their data is not saved any more.',
      ],
    ],
  },
  {
    what: 'no snapshots beside files',
    is: all => { template(all).snapshotVolumes = false; },
    told: [
      ['harmless snapshots-changed Schedule velero/orders: snapshotVolumes nothing → false'],
    ],
  },
  {
    what: 'snapshots that stay in the storage',
    was: all => { Object.assign(template(all), { defaultVolumesToFsBackup: false, snapshotMoveData: true }); },
    is: all => { template(all).defaultVolumesToFsBackup = false; },
    told: [
      [
        'destructive snapshots-changed Schedule velero/orders: snapshotMoveData true → nothing',
        'Snapshots stay in the storage that they are of, and are lost with it: nothing of them reaches the location any more.',
      ],
    ],
  },
  {
    what: 'a volume policy of a kind that Velero ignores',
    is: all => { template(all).resourcePolicy.kind = 'Secret'; },
    told: [
      [
        'notable volume-policy-changed Schedule velero/orders: volume policy volumes → volumes (kind Secret): - skip {"volumeTypes":["emptyDir"]}',
        'Velero ignores every kind but ConfigMap without a word, and the policy with it.',
      ],
    ],
  },
  {
    what: 'a volume policy that Velero ignored before',
    was: all => { delete template(all).resourcePolicy.kind; },
    is: () => {},
    told: [
      ['harmless volume-policy-changed Schedule velero/orders: volume policy volumes (kind nothing) → volumes: + skip {"volumeTypes":["emptyDir"]}'],
    ],
  },
  {
    what: 'another volume policy that these manifests do not have',
    is: all => { template(all).resourcePolicy.name = 'none'; },
    told: [
      [
        'notable volume-policy-changed Schedule velero/orders: volume policy volumes → none',
        'These manifests have no such ConfigMap: each backup fails validation unless the cluster has it.',
      ],
    ],
  },
  {
    what: 'a renamed volume policy',
    is: all => {
      all['ConfigMap volumes-2'] = { ...all['ConfigMap volumes'], metadata: { name: 'volumes-2', namespace: 'velero' } };
      ['orders', 'orders-weekly', 'stock'].forEach(name => { template(all, name).resourcePolicy.name = 'volumes-2'; });
      delete all['ConfigMap volumes'];
    },
    told: [
      [
        'harmless volume-policy-changed Schedule velero/orders: volume policy volumes → volumes-2',
        'Both say the same.',
      ],
      [
        'harmless volume-policy-changed Schedule velero/orders-weekly: volume policy volumes → volumes-2',
        'Both say the same.',
      ],
      [
        'harmless volume-policy-changed Schedule velero/stock: volume policy volumes → volumes-2',
        'Both say the same.',
      ],
      ['harmless object-removed ConfigMap velero/volumes: removed: prune deletes it'],
      ['harmless object-added ConfigMap velero/volumes-2: added'],
    ],
  },
  {
    what: 'no volume policy',
    is: all => { delete template(all).resourcePolicy; },
    told: [
      ['harmless volume-policy-changed Schedule velero/orders: volume policy volumes → nothing: - skip {"volumeTypes":["emptyDir"]}'],
    ],
  },
  {
    what: 'volume policy that skips data',
    is: all => policy(all, 'version: v1\nvolumePolicies:\n- conditions: {volumeTypes: [emptyDir]}\n  action: {type: skip}\n- conditions: {storageClass: [fast]}\n  action: {type: skip}\n'),
    told: [
      [
        'destructive volume-policy-changed ConfigMap velero/volumes: volume policy: + skip {"storageClass":["fast"]}',
        'Volumes that were saved may not be saved any more: the backups are Completed all the same.',
        'Used by orders, orders-weekly, stock.',
      ],
    ],
  },
  {
    what: 'volume policy with other comments and quotes',
    is: all => policy(all, '# no scratch\n"version": "v1"\nvolumePolicies:\n  - action: {type: skip}\n    conditions:\n      volumeTypes: ["emptyDir"]\n'),
    told: [],
  },
  {
    what: 'volume policy that cannot be read',
    is: all => policy(all, 'version: ['),
    told: [
      [
        'destructive volume-policy-changed ConfigMap velero/volumes: volume policy: cannot be read',
        'Flow sequence in block collection must be sufficiently indented and end with a ]. Velero refuses the policy, and each backup that names it fails validation.',
        'Used by orders, orders-weekly, stock.',
      ],
    ],
  },
  {
    what: 'volume policy without its rule',
    is: all => policy(all, 'version: v1\n'),
    told: [
      [
        'harmless volume-policy-changed ConfigMap velero/volumes: volume policy: - skip {"volumeTypes":["emptyDir"]}',
        'Used by orders, orders-weekly, stock.',
      ],
    ],
  },
  {
    what: 'volume policy in another order',
    was: all => policy(all, 'version: v1\nvolumePolicies:\n- conditions: {nfs: {}}\n  action: {type: fs-backup}\n- conditions: {csi: {}}\n  action: {type: snapshot}\n'),
    is: all => policy(all, 'version: v1\nvolumePolicies:\n- conditions: {csi: {}}\n  action: {type: snapshot}\n- conditions: {nfs: {}}\n  action: {type: fs-backup}\n'),
    told: [
      [
        'notable volume-policy-changed ConfigMap velero/volumes: volume policy: other order or settings',
        'Used by orders, orders-weekly, stock.',
      ],
    ],
  },
  {
    what: 'volume policy that nobody names any more',
    is: all => {
      ['orders', 'orders-weekly', 'stock'].forEach(name => { delete template(all, name).resourcePolicy; });
      policy(all, 'version: v1\n');
    },
    told: [
      ['harmless volume-policy-changed Schedule velero/orders: volume policy volumes → nothing: - skip {"volumeTypes":["emptyDir"]}'],
      ['harmless volume-policy-changed Schedule velero/orders-weekly: volume policy volumes → nothing: - skip {"volumeTypes":["emptyDir"]}'],
      ['harmless volume-policy-changed Schedule velero/stock: volume policy volumes → nothing: - skip {"volumeTypes":["emptyDir"]}'],
      [
        'harmless volume-policy-changed ConfigMap velero/volumes: volume policy: - skip {"volumeTypes":["emptyDir"]}',
        'No schedule names it any more.',
      ],
    ],
  },
]);
