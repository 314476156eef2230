import { type Availability } from './availability';

/** A field that a release added to a CustomResourceDefinition: with an older definition the API server drops it from every object, without a word. */
export interface DefinitionField extends Availability {
  readonly definition: string;

  /** From the object on; lists are not written: `spec.hooks.resources.postHooks.exec.waitForReady`. */
  readonly path: string;
  readonly source: string;
}

/**
 * What a server does not start without.
 *
 * @see velero v1.18.3 pkg/cmd/server/server.go:467, pkg/apis/velero/v1/register.go:64, pkg/apis/velero/v2alpha1/register.go:55; the same in v1.14.1
 */
export const DEFINITIONS: readonly string[] = [
  'backuprepositories', 'backups', 'backupstoragelocations', 'datadownloads', 'datauploads', 'deletebackuprequests', 'downloadrequests',
  'podvolumebackups', 'podvolumerestores', 'restores', 'schedules', 'serverstatusrequests', 'volumesnapshotlocations',
].map(plural => `${plural}.velero.io`);

/** The topmost of the added fields: what lies in them came with them. Found by comparing config/crd of every release from v1.13.2 to v1.18.3. */
export const DEFINITION_FIELDS: readonly DefinitionField[] = [
  { definition: 'restores.velero.io', path: 'spec.uploaderConfig.parallelFilesDownload', since: '1.14.0', source: 'v1.14.0 config/crd/v1/bases/velero.io_restores.yaml' },
  { definition: 'backuprepositories.velero.io', path: 'spec.repositoryConfig', since: '1.15.0', source: 'v1.15.0 config/crd/v1/bases/velero.io_backuprepositories.yaml' },
  { definition: 'backuprepositories.velero.io', path: 'status.recentMaintenance', since: '1.16.0', source: 'v1.16.0 config/crd/v1/bases/velero.io_backuprepositories.yaml' },
  { definition: 'datadownloads.velero.io', path: 'spec.nodeOS', since: '1.16.0', source: 'v1.16.0 config/crd/v2alpha1/bases/velero.io_datadownloads.yaml' },
  { definition: 'datadownloads.velero.io', path: 'status.acceptedByNode', since: '1.16.0', source: 'v1.16.0 config/crd/v2alpha1/bases/velero.io_datadownloads.yaml' },
  { definition: 'datadownloads.velero.io', path: 'status.acceptedTimestamp', since: '1.16.0', source: 'v1.16.0 config/crd/v2alpha1/bases/velero.io_datadownloads.yaml' },
  { definition: 'datauploads.velero.io', path: 'status.acceptedByNode', since: '1.16.0', source: 'v1.16.0 config/crd/v2alpha1/bases/velero.io_datauploads.yaml' },
  { definition: 'datauploads.velero.io', path: 'status.acceptedTimestamp', since: '1.16.0', source: 'v1.16.0 config/crd/v2alpha1/bases/velero.io_datauploads.yaml' },
  { definition: 'datauploads.velero.io', path: 'status.nodeOS', since: '1.16.0', source: 'v1.16.0 config/crd/v2alpha1/bases/velero.io_datauploads.yaml' },
  { definition: 'backups.velero.io', path: 'spec.volumeGroupSnapshotLabelKey', since: '1.17.0', source: 'v1.17.0 config/crd/v1/bases/velero.io_backups.yaml' },
  { definition: 'schedules.velero.io', path: 'spec.template.volumeGroupSnapshotLabelKey', since: '1.17.0', source: 'v1.17.0 config/crd/v1/bases/velero.io_schedules.yaml' },
  { definition: 'datauploads.velero.io', path: 'spec.csiSnapshot.driver', since: '1.17.0', source: 'v1.17.0 config/crd/v2alpha1/bases/velero.io_datauploads.yaml' },
  { definition: 'podvolumebackups.velero.io', path: 'spec.cancel', since: '1.17.0', source: 'v1.17.0 config/crd/v1/bases/velero.io_podvolumebackups.yaml' },
  { definition: 'podvolumebackups.velero.io', path: 'status.acceptedTimestamp', since: '1.17.0', source: 'v1.17.0 config/crd/v1/bases/velero.io_podvolumebackups.yaml' },
  { definition: 'podvolumerestores.velero.io', path: 'spec.cancel', since: '1.17.0', source: 'v1.17.0 config/crd/v1/bases/velero.io_podvolumerestores.yaml' },
  { definition: 'podvolumerestores.velero.io', path: 'status.acceptedTimestamp', since: '1.17.0', source: 'v1.17.0 config/crd/v1/bases/velero.io_podvolumerestores.yaml' },
  { definition: 'podvolumerestores.velero.io', path: 'status.node', since: '1.17.0', source: 'v1.17.0 config/crd/v1/bases/velero.io_podvolumerestores.yaml' },
  { definition: 'backups.velero.io', path: 'status.queuePosition', since: '1.18.0', source: 'v1.18.0 config/crd/v1/bases/velero.io_backups.yaml' },
  { definition: 'backupstoragelocations.velero.io', path: 'spec.objectStorage.caCertRef', since: '1.18.0', source: 'v1.18.0 config/crd/v1/bases/velero.io_backupstoragelocations.yaml' },
  { definition: 'datadownloads.velero.io', path: 'spec.snapshotSize', since: '1.18.0', source: 'v1.18.0 config/crd/v2alpha1/bases/velero.io_datadownloads.yaml' },
  { definition: 'datauploads.velero.io', path: 'status.incrementalBytes', since: '1.18.0', source: 'v1.18.0 config/crd/v2alpha1/bases/velero.io_datauploads.yaml' },
  { definition: 'podvolumebackups.velero.io', path: 'status.incrementalBytes', since: '1.18.0', source: 'v1.18.0 config/crd/v1/bases/velero.io_podvolumebackups.yaml' },
  { definition: 'podvolumerestores.velero.io', path: 'spec.snapshotSize', since: '1.18.0', source: 'v1.18.0 config/crd/v1/bases/velero.io_podvolumerestores.yaml' },
  { definition: 'restores.velero.io', path: 'spec.resourcePolicy', since: '1.18.3', source: 'v1.18.3 config/crd/v1/bases/velero.io_restores.yaml' },
];
