import type { CapabilityFact } from './capabilities';

/** What decides what a backup or restore does. */
export const BACKUP_CAPABILITIES = {
  'ca-certificate-reference': {
    since: '1.18.0',
    description: 'caCertRef of a location',
    field: 'BackupStorageLocation.spec.objectStorage.caCertRef',
    source: 'v1.18.0 config/crd/v1/bases/velero.io_backupstoragelocations.yaml; absent in v1.17.2',
  },
  'restore-resource-policy': {
    since: '1.18.3',
    description: 'resourcePolicy of a restore',
    field: 'Restore.spec.resourcePolicy',
    source: 'v1.18.3 config/crd/v1/bases/velero.io_restores.yaml; absent in v1.18.2',
  },
  'unavailable-location-fails-backup': {
    since: '1.16.2',
    description: 'failing a backup whose location is Unavailable at that minute',
    source: 'v1.16.2 pkg/controller/backup_controller.go:425; absent in v1.16.1',
  },
  'backup-queue': {
    since: '1.18.0',
    description: 'queued backups, more than one at a time',
    source: 'v1.18.0 pkg/apis/velero/v1/backup_types.go:300; one at a time before',
  },
  'fs-backup-timeout-keeps-volumes': {
    since: '1.18.3',
    description: 'keeping the other volumes of a backup when its file-system backup runs into the timeout',
    source: 'CHANGELOG-1.18.md of v1.18.3 (velero#9999)',
  },
  'data-mover-needs-node-agent': {
    since: '1.18.3',
    description: 'failing a backup with the data mover when no node-agent runs',
    source: 'CHANGELOG-1.18.md of v1.18.3 (velero#10360); it hung before',
  },
  'post-hooks-wait': {
    since: '1.15.1',
    description: 'post hooks that wait until the volumes of the pod are copied',
    source: 'v1.15.1 pkg/backup/backup.go:721-738 (velero#8517); v1.14.1 pkg/backup/item_backupper.go:298 and v1.15.0 pkg/backup/backup.go:680 do not wait',
  },
  'pod-volume-restore-alone': {
    since: '1.18.3',
    description: 'restoring the data of a pod\'s volumes though the restore includes no claims and volumes',
    source: 'v1.18.2 pkg/restore/restore.go:1740 asks for them; CHANGELOG-1.18.md of v1.18.3 (velero#10319)',
  },
} satisfies Record<string, CapabilityFact>;
