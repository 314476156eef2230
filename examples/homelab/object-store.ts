import { Chart } from 'cdk8s';
import { Credentials } from './locations';
import { Findings, IRgwBucket, IRgwObjectStore, RgwBucket, RgwObjectStore, RgwPool, RgwUser, RgwUserKeys, RookVersion } from '../../src';

/** Where the backups of the cluster lie: the store on its own Ceph, and a user of it with one bucket, for Velero alone. */
export class BackupStore {
  public readonly objectStore: IRgwObjectStore;
  public readonly bucket: IRgwBucket;

  public constructor(chart: Chart, credentials: Credentials) {
    const copies = RgwPool.replicated({ replicas: 3 });
    this.objectStore = new RgwObjectStore(chart, 'homelab-objectstore', {
      version: RookVersion.of('1.17.9'),
      metadataPool: copies,
      dataPool: copies,
      port: 80,
    });
    const owner = new RgwUser(chart, 'velero', {
      objectStore: this.objectStore,
      keys: RgwUserKeys.sealed(credentials.s3),
      displayName: 'Velero',
    });
    this.bucket = new RgwBucket(chart, 'velero-cluster-backups', { objectStore: this.objectStore, owner });
    Findings.of(chart).acknowledge('bucket-claim-refused',
      'The chart of the operator allows it: obcAllowAdditionalConfigFields is maxObjects,maxSize,bucketLifecycle,bucketOwner.');
  }
}
