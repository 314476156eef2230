import { type BackupModel, type Location } from '../model';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'location-shared',
  severities: ['warning', 'error'],
  title: 'Locations lie in one folder of a bucket, or one takes a whole bucket for itself',
  goesWrong: 'Two locations with one bucket and prefix are one: each Velero imports the backups of the other as its own. The newest backup of a schedule may then be that of another '
    + 'cluster; what is deleted or expires in one is gone for the other; and namespaces of one name write into one repository, whose password only one of them may have. '
    + 'A location in a folder of another makes that other one `Unavailable` (`Backup store contains invalid top-level directories`): nothing is saved there any more. '
    + 'Without a prefix a location takes the whole bucket, and the next cluster or program that puts something there makes one of the two happen. In all versions.',
  fix: 'give each location a prefix of its own, such as the name of the cluster, before its first backup',
  reference: 'velero v1.18.3 pkg/persistence/object_store.go:219-242, pkg/persistence/object_store_layout.go:32-63, pkg/controller/backup_sync_controller.go; '
    + 'https://velero.io/docs/main/locations/',
  check: model => bucketsOf(model).flatMap(judged),
  install: '1.18.3',
  bad: () => example('production'),
  good: () => example('staging'),
};

/** The locations of one bucket by their folder in it. */
type Bucket = ReadonlyMap<string, readonly Location[]>;

/** What Velero makes in the folder of a location. */
const OWN_FOLDERS = new Set(['backups', 'restores', 'restic', 'metadata', 'plugins', 'kopia']);

/** Declared twice, a location is still one: only its first declaration counts. */
function bucketsOf({ locations }: BackupModel): Bucket[] {
  const buckets = new Map<string, Map<string, Location[]>>();
  for (const location of locations.all) {
    if (location.bucket && locations.get(location.namespace, location.name) === location) {
      const { provider, bucket, folder } = location;
      const key = JSON.stringify([provider?.replace(/^velero\.io\//, ''), storeOf(location), bucket]);
      const folders = buckets.get(key) ?? new Map<string, Location[]>();
      folders.set(folder, [...folders.get(folder) ?? [], location]);
      buckets.set(key, folders);
    }
  }
  return [...buckets.values()];
}

/** The name of a bucket is unique in all of Amazon, whatever URL it is asked for. Of Azure `config` names the account. */
function storeOf({ usesAwsPlugin, endpoint, config }: Location): string {
  return !usesAwsPlugin ? config.storageAccount ?? '' : endpoint === undefined ? config.s3Url || 'aws' : endpoint.isAws ? 'aws' : endpoint.authority;
}

function judged(bucket: Bucket): Verdict[] {
  const disturbing = foreignFolders(bucket);
  return [...bucket].flatMap(([folder, locations]) => {
    const written = locations.filter(({ accessMode }) => accessMode !== 'ReadOnly');
    const foreign = disturbing.get(folder);
    if (written.length > 1) {
      return written.map(location => shared(location, written.find(other => other !== location)!));
    }
    return foreign ? locations.map(location => disturbed(location, foreign)) : folder === '' ? written.map(withoutPrefix) : [];
  });
}

/** By folder: a location that lies further down, where Velero expects only what it made itself. */
function foreignFolders(bucket: Bucket): Map<string, Location> {
  const foreign = new Map<string, Location>();
  for (const [folder, [location]] of bucket) {
    const steps = folder === '' ? [] : folder.split('/');
    steps.map((step, index) => ({ step, outer: steps.slice(0, index).join('/') }))
      .filter(({ step, outer }) => bucket.has(outer) && !OWN_FOLDERS.has(step))
      .forEach(({ outer }) => foreign.set(outer, location));
  }
  return foreign;
}

/** A copy to read from is shared on purpose; what both write to is not. */
function shared({ manifest, bucket, prefix }: Location, other: Location): Verdict {
  return {
    on: manifest,
    what: 'spec.objectStorage.prefix',
    got: prefix,
    wanted: `a prefix of its own in the bucket ${bucket}: ${other.manifest} writes to the same place`,
    next: 'change the one that has no backups yet, or make the one that only reads ReadOnly',
    severity: 'error',
  };
}

function disturbed({ manifest, bucket, prefix }: Location, inner: Location): Verdict {
  return {
    on: manifest,
    what: 'spec.objectStorage.prefix',
    got: prefix,
    wanted: `a folder of the bucket ${bucket} with nothing else in it: ${inner.manifest} lies in it, in ${inner.folder}, so that Velero takes it for damaged`,
    next: 'give them folders side by side',
    severity: 'error',
  };
}

function withoutPrefix({ manifest, bucket, prefix }: Location): Verdict {
  return {
    on: manifest,
    what: 'spec.objectStorage.prefix',
    got: prefix,
    wanted: `a folder in the bucket ${bucket}: without one nothing else may ever lie there, and a second cluster would share its backups`,
    next: 'give it one before the first backup; where there are backups already, keep the bucket for this location alone',
    severity: 'warning',
  };
}

function example(prefix: string): string {
  return `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: second, namespace: velero }
spec:
  provider: aws
  objectStorage: { bucket: backups, prefix: ${prefix} }
  config: { region: eu-central-1 }
  credential: { name: velero-s3-credentials, key: cloud }
`;
}
