import { App, Chart, Duration, Size } from 'cdk8s';
import { KopiaRepository, VeleroInstall, VeleroVersion } from '../../src';
import { clusterBackups, Credentials, offsite } from '../homelab/locations';
import { BackupStore } from '../homelab/object-store';
import { Scraping } from '../homelab/scraping';
import { tiers } from '../homelab/tiers';

/**
 * The homelab after its way out of restic: the same locations, credentials and tiers, Velero 1.18.3 and kopia.
 *
 * Kopia writes repositories of its own beside those of restic, under the same password. What restic saved stays restorable up to Velero 1.18.
 */
export function kopia(app: App): void {
  const credentials = new Credentials(new Chart(app, 'velero-credentials'));
  const store = new BackupStore(new Chart(app, 'velero-object-store'), credentials);
  const location = clusterBackups(new Chart(app, 'velero-location'), credentials, store);
  const install = new Chart(app, 'velero');

  new VeleroInstall(install, 'velero', {
    version: VeleroVersion.V1_18_3,
    repository: new KopiaRepository(install, 'repository', { password: credentials.repositoryPassword, cacheLimit: Size.gibibytes(2) }),
    defaultLocation: location,
    customResourceDefinitionScope: new Chart(app, 'velero-crds'),
    server: {
      defaultBackupTtl: Duration.hours(168),
      defaultVolumesToFsBackup: true,
      // Kopia holds its index in memory: a limit that restic was content with kills a restore.
      resources: { cpuRequest: '500m', memoryRequest: '512Mi', cpuLimit: '1000m', memoryLimit: '1Gi' },
    },
    nodeAgent: {
      resources: { cpuRequest: '100m', memoryRequest: '256Mi', cpuLimit: '1000m', memoryLimit: '1Gi' },
      // Files of volumes are read in pods of their own.
      dataMoverResources: { cpuRequest: '500m', memoryRequest: '512Mi', cpuLimit: '1000m', memoryLimit: '1Gi' },
    },
    maintenance: { resources: { cpuRequest: '100m', memoryRequest: '256Mi', cpuLimit: '1000m', memoryLimit: '1Gi' } },
  });

  tiers(app, location, offsite(new Chart(app, 'offsite'), credentials));
  new Scraping(new Chart(app, 'velero-monitoring'), 'scraping');
}
