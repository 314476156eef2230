import { App, Chart, Duration } from 'cdk8s';
import { delivery } from './delivery';
import { clusterBackups, Credentials, offsite } from './locations';
import { BackupStore } from './object-store';
import { Scraping } from './scraping';
import { tiers } from './tiers';
import { Findings, ResticRepository, VeleroInstall, VeleroVersion } from '../../src';

/** The backups of one cluster. A chart a concern, so that a reviewer finds a change in a small file. */
export function homelab(app: App): void {
  const credentials = new Credentials(new Chart(app, 'velero-credentials'));
  const store = new BackupStore(new Chart(app, 'velero-object-store'), credentials);
  const location = clusterBackups(new Chart(app, 'velero-location'), credentials, store);
  const install = new Chart(app, 'velero');

  new VeleroInstall(install, 'velero', {
    version: VeleroVersion.V1_14_1,
    repository: new ResticRepository(install, 'repository', { password: credentials.repositoryPassword }),
    defaultLocation: location,
    customResourceDefinitionScope: new Chart(app, 'velero-crds'),
    server: {
      defaultBackupTtl: Duration.hours(168),
      defaultVolumesToFsBackup: true,
      resources: { cpuRequest: '500m', memoryRequest: '256Mi', cpuLimit: '1000m', memoryLimit: '512Mi' },
    },
    nodeAgent: {
      resources: { cpuRequest: '500m', memoryRequest: '512Mi', cpuLimit: '1000m', memoryLimit: '1Gi' },
    },
  });
  Findings.of(install).acknowledge('version-unsupported', 'What runs in this cluster today, with restic. The way to 1.18 and kopia is declared and rehearsed.');

  tiers(app, location, offsite(new Chart(app, 'offsite'), credentials));
  new Scraping(new Chart(app, 'velero-monitoring'), 'scraping');
  delivery(app);
}
