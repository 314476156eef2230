import { argoCdVersion, type BackupModel, hasSyncOption, INSTANCE_LABEL, isForArgoCd, type Schedule, trackedBy } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

const LABELS = 'spec.template.metadata.labels';

export const rule: Rule = {
  id: 'backups-pruned',
  severities: ['error'],
  title: 'ArgoCD would delete the backups of a schedule as objects that git does not have',
  goesWrong: 'Velero copies all labels of a Schedule to its Backups, unless `spec.template.metadata.labels` says otherwise. Where ArgoCD tracks by label (the default before 3.0), '
    + `\`${INSTANCE_LABEL}\` is among them: the Backups then look like objects of the Application that git does not have, and a sync that prunes deletes them. One that runs fails; a `
    + 'finished one comes back from the bucket within a minute and is deleted again, for ever. Annotations are copied too, so that `Prune=false` on the Schedule keeps its Backups.',
  fix: `write ${LABELS} without ${INSTANCE_LABEL}, and the annotation argocd.argoproj.io/sync-options: Prune=false`,
  reference: 'velero v1.18.2 pkg/builder/backup_builder.go:85-131; https://github.com/velero-io/velero/issues/2975; '
    + 'https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/',
  check: model => {
    const unprotected = model.schedules.all.filter(isUnprotected);
    return unprotected.length === 0 ? [] : judged(model, unprotected);
  },
  install: '1.18.3',
  bad: () => schedule({ annotations: { 'argocd.argoproj.io/sync-wave': '"2"' }, template: { metadata: '{}' } }),
  good: () => schedule({ annotations: { 'argocd.argoproj.io/sync-wave': '"2"' } }),
};

/** What carries the id of ArgoCD is tracked by that and not by its label. Backups inherit it, but it names the Schedule: they are left alone. */
function isUnprotected({ manifest, template: { labels } }: Schedule): boolean {
  const copies = Object.keys(labels).length === 0 || Object.hasOwn(labels, INSTANCE_LABEL);
  return copies && !hasSyncOption(manifest, 'Prune=false', 'Prune=confirm') && trackedBy(manifest) === undefined;
}

/** Silent without a sign of ArgoCD: Flux and Helm delete only what they made themselves. */
function judged(model: BackupModel, schedules: readonly Schedule[]): Verdict[] {
  if (tracksByAnnotation(model)) {
    return [];
  }
  const delivered = new Set(model.applications.all.map(({ destinationNamespace }) => destinationNamespace));
  return schedules.filter(({ manifest, namespace }) => isForArgoCd(manifest) || delivered.has(namespace)).map(verdictOf);
}

/** By what ArgoCD is told, or else by its version, where the input has it. */
function tracksByAnnotation({ configMaps, workloads }: BackupModel): boolean {
  const told = configMaps.all.find(({ name }) => name === 'argocd-cm')?.data['application.resourceTrackingMethod'];
  return told !== undefined ? told.startsWith('annotation') : (argoCdVersion(workloads.all)?.major ?? 0) >= 3;
}

function verdictOf({ manifest, template: { labels } }: Schedule): Verdict {
  const own = Object.hasOwn(labels, INSTANCE_LABEL);
  return {
    on: manifest,
    what: own ? `${LABELS}['${INSTANCE_LABEL}']` : LABELS,
    got: own ? labels[INSTANCE_LABEL] : undefined,
    wanted: own ? 'no such label: ArgoCD that tracks by label (its default before 3.0) takes the backups for objects of that Application, and prunes them'
      : 'labels for the backups: without any they get those of the Schedule, by which ArgoCD that tracks by label (its default before 3.0) prunes them',
  };
}
