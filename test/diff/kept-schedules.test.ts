import { edited, modelOf, objects, type Objects } from './manifests';
import { diff } from '../../src/diff';

const SYNC = 'argocd.argoproj.io/sync-options';
const location = (all: Objects) => all['BackupStorageLocation offsite'].spec;
const server = (all: Objects) => all['Deployment velero'].spec;
const template = (all: Objects) => all['Schedule stock'].spec.template;
const unnamed = (all: Objects) => { delete template(all).storageLocation; };
const removed = (all: Objects) => { delete all['Schedule stock']; };
const namespace = (all: Objects) => { all['Namespace velero'] = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'velero' } }; };
const flag = (all: Objects, text: string) => server(all).template.spec.containers[0].args.push(text);
const withoutLocations = (all: Objects) => { delete all['BackupStorageLocation offsite']; delete all['BackupStorageLocation archive']; };

const GOES_ON = [
  'Prune leaves it in the cluster, where it goes on making backups until somebody deletes it: kubectl -n velero delete schedule stock',
  'Git has no schedule any more that saves stock: nothing does once the one in the cluster is deleted, or in a cluster that is built anew.',
];
const STOPS = ['No schedule is left that saves stock.', 'Prune leaves it in the cluster until somebody deletes it: kubectl -n velero delete schedule stock'];
const EXPIRES = 'The 30 backups made so far stay until they expire, and can be restored.';
const STAYS = 'The 30 backups made so far stay in the bucket.';
const MOVED = 'The 30 backups made so far stay in the old place: from this location they can neither be restored nor expire.';
const READ_ONLY = 'The 30 backups made so far stay, and can be restored: they do not expire as long as their location is ReadOnly.';
const NO_SERVER_RUNS = 'The 30 backups made so far stay in the bucket: without a server that runs they can neither be restored nor expire.';

interface KeptCase {
  readonly what: string;
  readonly was?: (all: Objects) => void;

  /** Beside the removal of the schedule. */
  readonly is?: (all: Objects) => void;
  readonly severity: string;
  readonly means: readonly string[];
}

const CASES: readonly KeptCase[] = [
  { what: 'a location that becomes ReadOnly', is: all => { location(all).accessMode = 'ReadOnly'; }, severity: 'destructive', means: [...STOPS, READ_ONLY] },
  { what: 'no default any more', was: unnamed, is: all => { location(all).default = false; }, severity: 'destructive', means: [...STOPS, EXPIRES] },
  {
    what: 'another default',
    was: unnamed,
    is: all => { location(all).default = false; all['BackupStorageLocation archive'].spec.default = true; },
    severity: 'notable',
    means: [...GOES_ON, EXPIRES],
  },
  {
    what: 'the location that the server names',
    was: all => { unnamed(all); location(all).default = false; flag(all, '--default-backup-storage-location=archive'); },
    is: all => { location(all).default = false; flag(all, '--default-backup-storage-location=archive'); },
    severity: 'notable',
    means: [...GOES_ON, EXPIRES],
  },
  { what: 'an unknown location', was: all => { template(all).storageLocation = 'nowhere'; }, severity: 'destructive', means: [...STOPS, STAYS] },
  { what: 'locations of another repository', was: withoutLocations, is: withoutLocations, severity: 'notable', means: [...GOES_ON, EXPIRES] },
  {
    what: 'a location that prune leaves, ReadOnly before',
    was: all => { location(all).accessMode = 'ReadOnly'; all['BackupStorageLocation offsite'].metadata.annotations[SYNC] = 'Prune=false'; },
    is: all => { delete all['BackupStorageLocation offsite']; },
    severity: 'destructive',
    means: [...STOPS, READ_ONLY],
  },
  { what: 'a bucket that is another', is: all => { location(all).objectStorage.bucket = 'other'; }, severity: 'notable', means: [...GOES_ON, MOVED] },
  { what: 'a store that is another', is: all => { location(all).config.s3Url = 'http://elsewhere:9000'; }, severity: 'notable', means: [...GOES_ON, MOVED] },
  { what: 'a server without pods', is: all => { server(all).replicas = 0; }, severity: 'destructive', means: [...STOPS, NO_SERVER_RUNS] },
  { what: 'a server that only restores', is: all => flag(all, '--restore-only'), severity: 'destructive', means: [...STOPS, STAYS] },
  { what: 'a server that runs no schedules', is: all => flag(all, '--disable-controllers=schedule'), severity: 'destructive', means: [...STOPS, STAYS] },
  {
    what: 'a server that prune would leave, but git has as something else',
    was: all => { all['Deployment velero'].metadata.annotations[SYNC] = 'Prune=false'; },
    is: all => { all['Deployment velero'].metadata.annotations[SYNC] = 'Prune=false'; server(all).template.spec.containers[0].args = ['version']; },
    severity: 'destructive',
    means: [...STOPS, 'The 30 backups made so far stay in the bucket: without a server they can neither be restored nor expire.'],
  },
  {
    what: 'a server of another repository',
    was: all => { delete all['Deployment velero']; },
    is: all => { delete all['Deployment velero']; },
    severity: 'notable',
    means: [...GOES_ON, EXPIRES],
  },
  {
    what: 'a namespace that prune deletes',
    was: namespace,
    severity: 'destructive',
    means: ['No schedule is left that saves stock.', 'It goes with its namespace: prune deletes it.', STAYS],
  },
  { what: 'a namespace that stays', was: namespace, is: namespace, severity: 'notable', means: [...GOES_ON, EXPIRES] },
  {
    what: 'a cron that nobody can read',
    was: all => { all['Schedule stock'].spec.schedule = 'x'; },
    severity: 'destructive',
    means: [...STOPS, 'The backups made so far stay until they expire, and can be restored.'],
  },
];

describe('a schedule that git has no longer and prune leaves', () => {
  test.each(CASES.map(each => [each.what, each] as const))('%s', (_, { was, is, severity, means }) => {
    const changes = diff(modelOf(was === undefined ? objects() : edited(was)), modelOf(edited(all => {
      is?.(all);
      removed(all);
    })));
    const told = changes.filter(({ id }) => id === 'schedule-removed').map(change => ({ severity: change.severity, means: change.means }));
    expect(told).toEqual([{ severity, means }]);
  });
});
