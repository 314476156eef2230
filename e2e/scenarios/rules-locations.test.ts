import { expiringBucket, linksInside, outsideOfCluster, sharedBucket } from './rules/buckets';
import { defaults, unavailableLocations } from './rules/locations';
import { Savings } from '../fixture/savings';
import { scenario } from '../fixture/scenario';
import { timed } from '../progress';

const APPLICATION = 'shop';

scenario('rules about locations, Velero 1.18.3', async cluster => {
  const installation = await timed('  install', () => cluster.installVelero({
    version: '1.18.3', uploader: 'kopia', applications: [APPLICATION], validationSeconds: 1,
  }));
  await cluster.namespace(APPLICATION);
  const savings = new Savings(cluster, installation, APPLICATION);
  await savings.start();
  await timed('  unavailable locations', () => unavailableLocations(cluster, installation));
  await timed('  defaults', () => defaults(cluster, installation));
  await timed('  expiring bucket', () => expiringBucket(cluster, installation, savings));
  await timed('  outside of the cluster', () => outsideOfCluster(cluster, installation, 'tuesday'));
  await timed('  links inside', () => linksInside(cluster, installation, 'tuesday'));
  await timed('  shared bucket', () => sharedBucket(cluster, installation, savings));
});
