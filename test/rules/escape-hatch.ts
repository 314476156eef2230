import { ApiObject, App, Chart, Duration } from 'cdk8s';
import {
  BackupSchedule, BackupStorageLocation, CronExpression, ExistingCredential, KopiaRepository, ObjectStore, VeleroInstall, VeleroVersion,
} from '../../src';
import { Findings } from '../../src/findings';

/** The usual app of somebody who uses this library: an install, a location and a schedule that are fine. */
export class UsualApp {
  public readonly app = new App();
  public readonly chart = new Chart(this.app, 'velero', { disableResourceNameHashes: true });
  public readonly location: BackupStorageLocation;
  public readonly install: VeleroInstall;
  public readonly schedule: BackupSchedule;

  public constructor(version: VeleroVersion = VeleroVersion.V1_18_3) {
    const credential = ExistingCredential.fromSecret(this.chart, 'credential', 'velero-s3-credentials', 'cloud');
    const password = ExistingCredential.fromSecret(this.chart, 'password', 'velero-repo-credentials', 'repository-password');
    this.location = new BackupStorageLocation(this.chart, 'offsite', {
      objectStore: ObjectStore.aws({ region: 'eu-central-1' }), bucket: 'backups', prefix: 'production', credential,
    });
    this.install = new VeleroInstall(this.chart, 'install', {
      version, repository: new KopiaRepository(this.chart, 'repository', { password }), defaultLocation: this.location,
    });
    this.schedule = new BackupSchedule(this.chart, 'nightly', {
      cron: CronExpression.of('0 2 * * *'), ttl: Duration.days(30), location: this.location, includedNamespaces: ['shop'],
    });
  }

  /** The emitted object of a kind and name; patch it with `addJsonPatch`. */
  public object(kind: string, name: string): ApiObject {
    const found = this.app.node.findAll().filter(each => ApiObject.isApiObject(each)).filter(each => each.kind === kind && each.name === name);
    expect(found).toHaveLength(1);
    return found[0];
  }
}

/**
 * A test that what this library emits is fine until somebody patches it, and then is a finding.
 *
 * @param declare adds what the rule needs to the usual app, and returns the patch that makes it wrong
 */
export function escapeHatch(id: string, declare: (usual: UsualApp) => () => void, version?: VeleroVersion): void {
  test(`${id}: an escape hatch made it wrong`, () => {
    const usual = new UsualApp(version);
    const makeWrong = declare(usual);
    expect(Findings.all(usual.app).map(finding => finding.id)).not.toContain(id);
    makeWrong();
    expect(Findings.all(usual.app).map(finding => finding.id)).toContain(id);
  });
}
