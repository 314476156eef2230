import { schedule } from './examples';
import { type Rule } from './rule';

export const rule: Rule = {
  id: 'owner-reference',
  severities: ['warning'],
  title: 'Backups that are deleted together with their schedule',
  goesWrong: 'With `useOwnerReferencesInBackup` the Schedule owns its Backups. Who deletes it or gives it another name, which GitOps does by deleting it and making a new one, lets Kubernetes '
    + 'delete all Backups of it at once: one that is running fails. The data stays in the bucket, and the finished ones come back from there within a minute, without owner; '
    + 'until then no restore finds them. In all versions from 1.6.',
  fix: 'take it away: backups expire by their ttl',
  reference: 'velero v1.18.2 pkg/builder/backup_builder.go:115-131, pkg/controller/backup_sync_controller.go:191, 259-286; https://github.com/velero-io/velero/issues/4093',
  check: ({ schedules }) => schedules.all.filter(({ useOwnerReferencesInBackup }) => useOwnerReferencesInBackup).map(({ manifest }) => ({
    on: manifest, what: 'spec.useOwnerReferencesInBackup', got: true, wanted: 'false: whoever deletes or renames the Schedule deletes all its Backups',
  })),
  install: '1.18.3',
  bad: () => schedule({ spec: { useOwnerReferencesInBackup: 'true' } }),
  good: () => schedule({ spec: { useOwnerReferencesInBackup: 'false' } }),
};
