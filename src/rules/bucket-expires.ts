import { type BackupModel, claimsBucketOf, type Fields, lifecycleRules, type Location, type Manifest } from '../model';
import { claimedBucket } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'bucket-expires',
  severities: ['error'],
  title: 'The bucket of a location deletes objects by age, or locks them',
  goesWrong: 'An uploader writes a volume as many small objects and uses those of the first backup for as long as the data does not change. A bucket that deletes what is older than some days '
    + 'takes pieces out of backups that are still kept: nothing notices until a restore fails. Object lock Velero does not support: it writes some objects a '
    + 'second time and deletes what expires, which a locked bucket refuses, or answers with old versions that nobody ever deletes. In all versions.',
  fix: 'let the bucket expire only unfinished uploads and versions that are not current; what is too old expires by the ttl of the backup',
  reference: 'https://velero.io/docs/main/backup-reference/#cannot-support-backup-data-immutability; https://github.com/velero-io/velero/issues/8686',
  check: model => {
    const locations = model.locations.all.filter(({ bucket }) => bucket);
    return locations.length === 0 ? [] : [...claims(model, locations), ...tenants(model, locations), ...amazon(model, locations)];
  },
  install: '1.18.3',
  bad: () => example('"ID": "old", "Status": "Enabled", "Prefix": "", "Expiration": { "Days": 30 }'),
  good: () => example('"ID": "unfinished", "Status": "Enabled", "Prefix": "", "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 1 }'),
};

function isAmazon({ endpoint }: Location): boolean {
  return endpoint === undefined || endpoint.isAws;
}

/** The buckets that Rook makes. */
function claims({ bucketClaims }: BackupModel, locations: readonly Location[]): Verdict[] {
  return bucketClaims.all.flatMap(claim => {
    const rules = lifecycleRules(claim);
    return rules.length === 0 ? [] : locations.filter(location => claimsBucketOf(claim, location))
      .flatMap(location => expiring(rules, location).map(each => verdictOf(claim.manifest, 'spec.additionalConfig.bucketLifecycle', each, location)));
  });
}

/** The rules that delete what Velero still needs, in a location. */
function expiring(rules: readonly Fields[], { folder }: Location): Fields[] {
  return rules.filter(each => {
    const filter = part(each, 'Filter');
    const and = part(filter, 'And');
    const of = text(each, 'Prefix') ?? text(filter, 'Prefix') ?? text(and, 'Prefix') ?? '';
    const meets = folder === '' || `${folder}/`.startsWith(of) || of.startsWith(`${folder}/`);
    const tagged = [filter, and].some(fields => ['Tag', 'Tags', 'tag', 'tags'].some(key => fields.has(key)));
    const expiration = part(each, 'Expiration');
    return text(each, 'Status') === 'Enabled' && meets && !tagged && ['Days', 'Date', 'days', 'date'].some(key => expiration.has(key));
  });
}

/** Rook takes the names of S3, the controllers of Amazon begin them with a small letter. */
function part(fields: Fields, key: string): Fields {
  return fields.object(fields.has(key) ? key : small(key));
}

function text(fields: Fields, key: string): string | undefined {
  return fields.string(fields.has(key) ? key : small(key));
}

function small(key: string): string {
  return key === 'ID' ? 'id' : key[0].toLowerCase() + key.slice(1);
}

function verdictOf(on: Manifest, what: string, expiration: Fields, { manifest, bucket, folder }: Location): Verdict {
  const name = text(expiration, 'ID');
  const place = folder === '' ? bucket : `${bucket}/${folder}`;
  return { on, what, got: name === undefined ? 'Expiration' : `Expiration of the rule ${name}`, wanted: `no object of ${place} to be deleted by its age: ${manifest} keeps backups there` };
}

/** The buckets of the operator of MinIO. */
function tenants(model: BackupModel, locations: readonly Location[]): Verdict[] {
  return model.ofKind('minio.min.io/Tenant').flatMap(manifest => manifest.spec.objects('buckets')
    .filter(bucket => bucket.boolean('objectLock'))
    .flatMap(bucket => locked(manifest, bucket.path('objectLock'), locations.find(location => !isAmazon(location) && location.bucket === bucket.string('name')))));
}

/** The buckets of the controllers of Amazon. */
function amazon(model: BackupModel, locations: readonly Location[]): Verdict[] {
  return model.ofKind('s3.services.k8s.aws/Bucket').flatMap(manifest => {
    const { spec } = manifest;
    const using = locations.filter(location => isAmazon(location) && location.bucket === spec.string('name'));
    const rules = spec.object('lifecycle').objects('rules');
    return [
      ...using.flatMap(location => expiring(rules, location).map(each => verdictOf(manifest, 'spec.lifecycle.rules', each, location))),
      ...spec.boolean('objectLockEnabledForBucket') ? locked(manifest, 'spec.objectLockEnabledForBucket', using[0]) : [],
    ];
  });
}

function locked(on: Manifest, what: string, location: Location | undefined): Verdict[] {
  return location === undefined ? [] : [{
    on,
    what,
    got: true,
    wanted: `a bucket without object lock: ${location.manifest} keeps backups there, and Velero and its uploader write over objects and delete them`,
    next: 'take a bucket without it, and protect backups by a second location with credentials of its own',
  }];
}

function example(lifecycle: string): string {
  return claimedBucket(['bucketLifecycle'], `
    bucketLifecycle: |
      { "Rules": [{ ${lifecycle} }] }`);
}
