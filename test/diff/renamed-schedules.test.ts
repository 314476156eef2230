import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const annotations = (all: Objects, key: string) => all[key].metadata.annotations;
const server = (all: Objects) => all['Deployment velero'].spec.template.spec.containers[0];
const SYNC = 'argocd.argoproj.io/sync-options';

const SERIES = 'Metrics and alerts by schedule begin anew. The repositories go on: they belong to a namespace and a location.';

const template = (all: Objects, name = 'orders') => all[`Schedule ${name}`].spec.template;
const pruned = (all: Objects, name: string) => { delete all[`Schedule ${name}`].metadata.annotations[SYNC]; };

function rename(all: Objects, from: string, to: string): void {
  all[`Schedule ${to}`] = { ...all[`Schedule ${from}`], metadata: { ...all[`Schedule ${from}`].metadata, name: to } };
  delete all[`Schedule ${from}`];
}

testChanges([
  {
    what: 'schedule renamed, the old one kept',
    is: all => rename(all, 'stock', 'tier1-stock'),
    told: [
      [
        'notable schedule-renamed Schedule velero/tier1-stock: renamed: stock → tier1-stock',
        'Prune leaves the old one in the cluster, and both make backups until somebody deletes it: kubectl -n velero delete schedule OLD-NAME',
        'Backups made so far keep the old name until they expire, the last one after 720h (30 d): restores by the name of the new one do not find them.',
        SERIES,
      ],
    ],
  },
  {
    what: 'schedule renamed, the old one pruned, and changed too',
    was: all => { pruned(all, 'orders'); },
    is: all => { rename(all, 'orders', 'tier0-orders'); template(all, 'tier0-orders').ttl = '72h'; },
    told: [
      [
        'notable schedule-renamed Schedule velero/tier0-orders: renamed: orders → tier0-orders',
        'The old one is deleted by prune.',
        'Backups made so far keep the old name until they expire, the last one after 168h (7 d): restores by the name of the new one do not find them.',
        SERIES,
      ],
      [
        'notable retention-shortened Schedule velero/tier0-orders: retention 168h (7 d) → 72h (3 d), 28 → 12 backups',
        'Nothing is deleted at once: the 28 that exist keep the end that they were made with, and go one by one within 168h (7 d).',
        'After that nothing older than 72h (3 d) can be restored.',
      ],
      ['harmless sync-options-changed Schedule velero/tier0-orders: sync options +Prune=false'],
    ],
  },
  {
    what: 'both of two schedules for one namespace renamed',
    is: all => { rename(all, 'orders', 'b'); rename(all, 'orders-weekly', 'a'); },
    told: [
      [
        'notable schedule-renamed Schedule velero/b: renamed: orders → b',
        'Prune leaves the old one in the cluster, and both make backups until somebody deletes it: kubectl -n velero delete schedule OLD-NAME',
        'Backups made so far keep the old name until they expire, the last one after 168h (7 d): restores by the name of the new one do not find them.',
        SERIES,
      ],
      [
        'notable schedule-renamed Schedule velero/a: renamed: orders-weekly → a',
        'Prune leaves the old one in the cluster, and both make backups until somebody deletes it: kubectl -n velero delete schedule OLD-NAME',
        'Backups made so far keep the old name until they expire, the last one after 2160h (90 d): restores by the name of the new one do not find them.',
        SERIES,
      ],
    ],
  },
  {
    what: 'schedule renamed with its namespace, known by its application',
    was: all => { all['Schedule stock'].metadata.labels = { app: 'stock' }; },
    is: all => {
      all['Schedule stock'].metadata.labels = { app: 'stock' };
      rename(all, 'stock', 'warehouse');
      template(all, 'warehouse').includedNamespaces = ['warehouse'];
    },
    told: [
      [
        'notable schedule-renamed Schedule velero/warehouse: renamed: stock → warehouse',
        'Prune leaves the old one in the cluster, and both make backups until somebody deletes it: kubectl -n velero delete schedule OLD-NAME',
        'Backups made so far keep the old name until they expire, the last one after 720h (30 d): restores by the name of the new one do not find them.',
        SERIES,
      ],
      [
        'notable namespaces-changed Schedule velero/warehouse: includedNamespaces -stock, +warehouse',
        'Git has no schedule any more that saves stock: nothing does once the one in the cluster is deleted, or in a cluster that is built anew.',
      ],
    ],
  },
  {
    what: 'schedule renamed with its namespace, the old one pruned',
    was: all => { pruned(all, 'stock'); all['Schedule stock'].metadata.labels = { app: 'stock' }; },
    is: all => {
      pruned(all, 'stock');
      all['Schedule stock'].metadata.labels = { app: 'stock' };
      rename(all, 'stock', 'warehouse');
      template(all, 'warehouse').includedNamespaces = ['warehouse'];
    },
    told: [
      [
        'notable schedule-renamed Schedule velero/warehouse: renamed: stock → warehouse',
        'The old one is deleted by prune.',
        'Backups made so far keep the old name until they expire, the last one after 720h (30 d): restores by the name of the new one do not find them.',
        SERIES,
      ],
      [
        'destructive namespaces-changed Schedule velero/warehouse: includedNamespaces -stock, +warehouse',
        'No schedule is left that saves stock.',
      ],
    ],
  },
  {
    what: 'paused schedule renamed, the old one kept',
    was: all => { all['Schedule stock'].spec.paused = true; },
    is: all => { all['Schedule stock'].spec.paused = true; rename(all, 'stock', 'tier1-stock'); },
    told: [
      [
        'notable schedule-renamed Schedule velero/tier1-stock: renamed: stock → tier1-stock',
        'Prune leaves the old one in the cluster until somebody deletes it: kubectl -n velero delete schedule OLD-NAME',
        'Backups made so far keep the old name until they expire, the last one after 720h (30 d): restores by the name of the new one do not find them.',
        SERIES,
      ],
    ],
  },
  {
    what: 'schedule renamed, the old one deleted once somebody confirms, kept for no known time',
    was: all => { annotations(all, 'Schedule stock')[SYNC] = 'Prune=confirm'; delete template(all, 'stock').ttl; server(all).args[2] = '--default-backup-ttl=x'; },
    is: all => { server(all).args[2] = '--default-backup-ttl=x'; annotations(all, 'Schedule stock')[SYNC] = 'Prune=confirm'; delete template(all, 'stock').ttl; rename(all, 'stock', 'warehouse'); },
    told: [
      [
        'notable schedule-renamed Schedule velero/warehouse: renamed: stock → warehouse',
        'The old one is deleted by prune once somebody confirms.',
        'Backups made so far keep the old name until they expire: restores by the name of the new one do not find them.',
        SERIES,
      ],
    ],
  },
  {
    what: 'of several that came for one that went the likest counts, and the first by name where they are alike',
    was: all => { delete all['Schedule orders-weekly']; },
    is: all => {
      delete all['Schedule orders-weekly'];
      rename(all, 'stock', 'c');
      all['Schedule b'] = { ...all['Schedule c'], metadata: { ...all['Schedule c'].metadata, name: 'b' } };
      all['Schedule a'] = { ...all['Schedule c'], metadata: { ...all['Schedule c'].metadata, name: 'a' }, spec: { ...all['Schedule c'].spec, schedule: '0 3 * * *' } };
    },
    told: [
      [
        'notable schedule-renamed Schedule velero/b: renamed: stock → b',
        'Prune leaves the old one in the cluster, and both make backups until somebody deletes it: kubectl -n velero delete schedule OLD-NAME',
        'Backups made so far keep the old name until they expire, the last one after 720h (30 d): restores by the name of the new one do not find them.',
        SERIES,
      ],
      ['harmless schedule-added Schedule velero/c: added: saves stock every 24h, kept for 720h (30 d): 30 backups'],
      ['harmless schedule-added Schedule velero/a: added: saves stock every 24h, kept for 720h (30 d): 30 backups'],
    ],
  },
]);
