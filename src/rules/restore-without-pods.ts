import { type BackupModel, type BackupSpec, includesKind, type Restore } from '../model';
import { SAVES_FILES, schedule, skipped } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'restore-without-pods',
  severities: ['error'],
  title: 'A restore that names resources so that no volume data comes back',
  goesWrong: 'The data of a file-system backup comes back through pods: for each pod that the restore makes, its volumes are filled before it starts. A restore without '
    + 'pods makes the claims, the cluster gives them new empty volumes, and the Restore is `Completed`. Up to 1.18.2 claims and volumes must be part of the restore too: '
    + 'without the volumes each claim waits for the one that was lost, its pod never starts, and the Restore is `Completed` too.',
  fix: 'include pods, persistentvolumeclaims and persistentvolumes, with what the pods mount: serviceaccounts, secrets, configmaps',
  reference: 'velero v1.18.1 pkg/restore/restore.go:1732-1745, v1.18.3 pkg/restore/restore.go:2045-2056; '
    + 'https://velero.io/docs/main/file-system-backup/#how-backup-and-restore-work',
  check: model => model.restores.all.filter(({ isToCome }) => isToCome).flatMap(restore => withoutData(model, restore)),
  install: '1.18.3',
  bad: () => withRestore('[persistentvolumeclaims, persistentvolumes]'),
  good: () => withRestore('[pods, persistentvolumeclaims, persistentvolumes, serviceaccounts, secrets, configmaps]'),
};

function withRestore(resources: string): string {
  return `${schedule({ template: SAVES_FILES })}---
${skipped()}---
apiVersion: velero.io/v1
kind: Restore
metadata: { name: shop, namespace: velero }
spec:
  scheduleName: nightly
  includedNamespaces: [shop]
  includedResources: ${resources}
`;
}

/** Silent when it is not known that the volumes were saved by files: snapshots come back with their claims alone. */
function withoutData(model: BackupModel, restore: Restore): Verdict[] {
  const missing = missingOf(model, restore);
  const backup = missing.length === 0 ? undefined : backupOf(model, restore);
  if (backup === undefined || !isOfFiles(model, restore.namespace, backup)) {
    return [];
  }
  const isIncluded = includesKind([], restore.excludedResources, missing[0]);
  const key = isIncluded ? 'includedResources' : 'excludedResources';
  const wanted = isIncluded ? `${missing.join(' and ')} among them` : `no ${missing.join(' and no ')}`;
  return [{ on: restore.manifest, what: `spec.${key}`, got: restore[key], wanted: `${wanted}: without them the volumes come back empty` }];
}

type Kind = Parameters<typeof includesKind>[2];

/** What the restore leaves out, of what the data needs to come back; nothing where it wants no volumes at all. */
function missingOf(model: BackupModel, { namespace, includedResources, excludedResources }: Restore): Kind[] {
  const lacks = (kind: Kind) => !includesKind(includedResources, excludedResources, kind);
  const volumes = (['persistentvolumeclaims', 'persistentvolumes'] as const).filter(lacks);
  const release = model.installIn(namespace)?.release;
  const needed = release === undefined || release.has('pod-volume-restore-alone') ? [] : volumes;
  return volumes.length === 2 ? [] : [...(['pods'] as const).filter(lacks), ...needed];
}

/** The backup that is restored, or the schedule that makes it. */
function backupOf({ schedules, backups }: BackupModel, { namespace, scheduleName, backupName }: Restore): BackupSpec | undefined {
  const madeBy = scheduleName || /^(.*)-\d{14}$/.exec(backupName ?? '')?.[1];
  return (backupName ? backups.get(namespace, backupName)?.spec : undefined) ?? (madeBy ? schedules.get(namespace, madeBy)?.template : undefined);
}

function isOfFiles(model: BackupModel, namespace: string, spec: BackupSpec): boolean {
  const treatment = model.volumeTreatmentOf(namespace, spec);
  return treatment !== undefined && treatment.savesFilesByDefault && !(treatment.policy?.rules.some(({ action }) => action === 'snapshot') ?? false);
}
