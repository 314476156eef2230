import { Chart, Testing } from 'cdk8s';
import { VeleroInstall, VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { IBackupRepository, Uploader } from '../../src/repository/backup-repository';
import { IBackupStorageLocation } from '../../src/storage/backup-storage-location';
import { synthesized } from '../synthesized';

/** A repository as another room makes it. */
export function repository(uploader: Uploader, more: Partial<IBackupRepository> = {}): IBackupRepository {
  return { uploader, password: { secretName: 'velero-repo-credentials', namespace: 'velero', secretKey: 'repository-password' }, ...more };
}

export const KOPIA = repository(Uploader.KOPIA);

/** A location that this app does not emit. */
export const LOCATION = { locationName: 'cluster-backups', namespace: 'velero' } as IBackupStorageLocation;

/** An install with the required props given. */
export function installed(props: Partial<VeleroInstallProps> = {}, chart: Chart = Testing.chart()): VeleroInstall {
  return new VeleroInstall(chart, 'velero', { version: VeleroVersion.V1_18_3, repository: KOPIA, defaultLocation: LOCATION, ...props });
}

/** What an install emits, without the definitions. */
export function emitted(props: Partial<VeleroInstallProps> = {}): any[] {
  const chart = Testing.chart();
  installed({ customResourceDefinitions: false, ...props }, chart);
  return synthesized(chart);
}

/** The one object of a kind and name. */
export function object(objects: any[], kind: string, name?: string): any {
  const found = objects.filter(one => one.kind === kind && (name === undefined || one.metadata.name === name));
  expect(found).toHaveLength(1);
  return found[0];
}

export function server(props: Partial<VeleroInstallProps> = {}): any {
  return object(emitted(props), 'Deployment', 'velero').spec.template.spec;
}

export function nodeAgent(props: Partial<VeleroInstallProps> = {}): any {
  return object(emitted(props), 'DaemonSet', 'node-agent').spec.template.spec;
}

/** The JSON in a ConfigMap's key. */
export function json(objects: any[], name: string, key: string): any {
  return JSON.parse(object(objects, 'ConfigMap', name).data[key]);
}
