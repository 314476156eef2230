import { App, Chart, Duration } from 'cdk8s';
import { synthesize } from './without-rules';
import { BackupStorageLocation, BackupTier, ExistingCredential, ObjectStore, TieredSchedule } from '../../src';

/** BENCH_COUNT applications in one chart, as a user of the library declares them. */
const app = new App();
const chart = new Chart(app, 'schedules');
new TieredSchedule(chart, 'tier', {
  tier: BackupTier.of({ name: 'tier-1', rpo: Duration.hours(24), rto: Duration.hours(4), retention: Duration.days(30) }),
  location: new BackupStorageLocation(chart, 'location', {
    objectStore: ObjectStore.rgw({ service: 'rook-ceph-rgw-store', namespace: 'rook-ceph' }),
    bucket: 'backups',
    credential: ExistingCredential.fromSecret(chart, 'credential', 'velero-s3-credentials', 'cloud'),
  }),
  applications: Array.from({ length: Number(process.env.BENCH_COUNT) }, (_, index) => ({ name: `application-${index}` })),
});
synthesize(app);
