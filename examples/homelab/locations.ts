import { join } from 'path';
import { Chart } from 'cdk8s';
import type { BackupStore } from './object-store';
import { BackupStorageLocation, Findings, ICredential, ObjectStore, SealedCredential } from '../../src';

const SEALED = join(__dirname, 'sealed');

/** What opens the bucket, the second bucket and the repositories. Sealed for this cluster's controller; synth only reads the files. */
export class Credentials {
  public readonly s3: ICredential;
  public readonly offsite: ICredential;
  public readonly repositoryPassword: ICredential;

  public constructor(chart: Chart) {
    this.s3 = SealedCredential.fromFile(chart, 's3', join(SEALED, 'velero-s3-credentials.yaml'));
    this.offsite = SealedCredential.fromFile(chart, 's3-offsite', join(SEALED, 'velero-offsite-credentials.yaml'));
    this.repositoryPassword = SealedCredential.fromFile(chart, 'repository-password', join(SEALED, 'velero-repo-credentials.yaml'));
  }
}

/** The bucket on the cluster's own Ceph. */
export function clusterBackups(chart: Chart, credentials: Credentials, { objectStore, bucket }: BackupStore): BackupStorageLocation {
  const location = new BackupStorageLocation(chart, 'cluster-backups', {
    objectStore,
    bucket: bucket.bucketName,
    credential: credentials.s3,
  });
  const findings = Findings.of(location);
  findings.acknowledge('location-shared', 'The bucket belongs to this location alone, and the backups made so far lie at its root.');
  findings.acknowledge('location-unreachable', 'Details and logs of backups are read inside the cluster; the store has no address outside.');
  findings.acknowledge('location-single-domain', 'What is critical goes to AWS as well; the rest is built anew from git, which its tier allows.');
  return location;
}

/** The bucket on AWS. */
export function offsite(chart: Chart, credentials: Credentials): BackupStorageLocation {
  return new BackupStorageLocation(chart, 'offsite', {
    objectStore: ObjectStore.aws({ region: 'eu-central-1' }),
    bucket: 'velero-offsite-backups',
    prefix: 'homelab',
    credential: credentials.offsite,
  });
}
