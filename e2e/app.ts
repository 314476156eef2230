/* The app whose output the cluster gets: written as a user of the library would. What differs between scenarios comes from a file. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Duration } from 'cdk8s';
import {
  ArgoCdDelivery, ArgoCdSettings, BackupHooks, BackupStorageLocation, BackupTier, CronExpression, IBackupRepository, ICredential, KopiaRepository,
  ObjectStore, ResticRepository, RgwObjectStore, RgwUser, RgwUserKeys, RookVersion, SealedCredential, TieredSchedule, VeleroInstall, VeleroVersion,
} from '../src';
import { OBJECT_STORE } from './cluster/places';
import { Declaration, DECLARATION_FILE } from './declaration';

/**
 * The longest time between two leap days. Backups are due on those only: one that came due in the midst of a scenario would stand among those that
 * it makes, and take from them the bytes that are let through, the server or the disk.
 */
const EIGHT_YEARS = Duration.days(8 * 366);

function declare(app: App, declaration: Declaration): void {
  const { version, uploader, bucket, sealed, applications, hooks } = declaration;
  const credentials = new Chart(app, 'velero-credentials');
  const s3 = SealedCredential.fromFile(credentials, 's3', join(sealed, 'velero-s3-credentials.yaml'));
  const location = new BackupStorageLocation(new Chart(app, 'velero-location'), 'cluster-backups', {
    objectStore: ObjectStore.rgw(OBJECT_STORE),
    bucket,
    credential: s3,
    validationFrequency: seconds(declaration.validationSeconds),
  });
  if (declaration.owner) {
    new RgwUser(new Chart(app, 'bucket-owner'), bucket, {
      objectStore: RgwObjectStore.fromExisting({
        name: 'homelab-objectstore', namespace: OBJECT_STORE.namespace, version: RookVersion.of('1.17.9'), allowUsersInNamespaces: ['velero'],
      }),
      keys: RgwUserKeys.sealed(s3),
    });
  }
  const password = SealedCredential.fromFile(credentials, 'repository-password', join(sealed, 'velero-repo-credentials.yaml'));

  const install = new Chart(app, 'velero');
  new VeleroInstall(install, 'velero', {
    version: VeleroVersion.of(version),
    repository: repository(install, uploader, password),
    defaultLocation: location,
    customResourceDefinitionScope: new Chart(app, 'velero-crds'),
    server: {
      defaultVolumesToFsBackup: true,
      garbageCollectionFrequency: seconds(declaration.garbageCollectionSeconds),
    },
  });

  if (applications.length > 0) {
    new TieredSchedule(new Chart(app, 'tier-0'), 'critical', {
      tier: BackupTier.of({ name: 'tier-0', rpo: EIGHT_YEARS, rto: Duration.hours(2), retention: Duration.days(3 * EIGHT_YEARS.toDays()) }),
      location,
      applications: applications.map((name, index) => ({ name, cron: CronExpression.of(`${index} 3 29 2 *`) })),
      hooks: hooks && BackupHooks.of({
        resources: [{
          name: 'commands',
          pre: [{ container: hooks.container, command: hooks.pre }],
          post: [{ container: hooks.container, command: hooks.post }],
        }],
      }),
    });
  }
  if (declaration.delivery) {
    deliver(app, declaration.delivery);
  }
}

/** ArgoCD watches the backups too and may delete them: nothing but what they and their schedule carry keeps it from pruning them. */
function deliver(app: App, { argoCdVersion, ...source }: NonNullable<Declaration['delivery']>): void {
  new ArgoCdSettings(new Chart(app, 'argocd-settings'), 'settings', { argoCdVersion, watchBackups: true });
  new ArgoCdDelivery(new Chart(app, 'argocd'), 'delivery', {
    ...source,
    permittedKinds: [{ group: 'velero.io', kind: 'Backup' }],
  });
}

function repository(chart: Chart, uploader: Declaration['uploader'], password: ICredential): IBackupRepository {
  return uploader === 'kopia' ? new KopiaRepository(chart, 'repository', { password }) : new ResticRepository(chart, 'repository', { password });
}

function seconds(amount: number | undefined): Duration | undefined {
  return amount === undefined ? undefined : Duration.seconds(amount);
}

const app = new App();
declare(app, JSON.parse(readFileSync(process.env[DECLARATION_FILE]!, 'utf8')) as Declaration);
app.synth();
