import { type BackupSpec } from './backup-spec';
import { type Facts } from './facts';
import { type ExecHook, type ResourceHook } from './hooks';
import { type LabelSelector } from './label-selector';
import { type Manifest } from './manifest';
import { type Backup } from './schedule';
import { type Workload } from './workload';

/** What says how backups are made: a Schedule, or a Backup that has not run yet. */
export interface DeclaredBackup {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly spec: BackupSpec;

  /** Where the spec stands in the manifest. */
  readonly path: 'spec' | 'spec.template';
}

/** A hook and who declared it: a backup for the pods that it selects, or the pods of a workload. */
export interface DeclaredHook {
  readonly on: Manifest;
  readonly hook: ExecHook;
  readonly backup?: DeclaredBackup & { readonly resource: ResourceHook };
  readonly workload?: Workload;
}

/** In a dump of a cluster the backups that have run say nothing that anybody could still change. */
export function declaredBackups({ schedules, backups }: Facts): DeclaredBackup[] {
  return [
    ...schedules.all.map(({ manifest, namespace, template }) => ({ manifest, namespace, spec: template, path: 'spec.template' as const })),
    ...backups.all.filter(isDeclared).map(({ manifest, namespace, spec }) => ({ manifest, namespace, spec, path: 'spec' as const })),
  ];
}

/** Every hook, once: not again for the Pods and ReplicaSets that a controller made. */
export function declaredHooks(facts: Facts): DeclaredHook[] {
  const hooks: DeclaredHook[] = [];
  for (const backup of declaredBackups(facts)) {
    for (const resource of backup.spec.hooks) {
      resource.hooks.forEach(hook => hooks.push({ on: backup.manifest, hook, backup: { ...backup, resource } }));
    }
  }
  for (const workload of facts.workloads.all) {
    if (workload.pod.hooks.length > 0 && isDeclaredWorkload(workload)) {
      workload.pod.hooks.forEach(hook => hooks.push({ on: workload.manifest, hook, workload }));
    }
  }
  return hooks;
}

/** Whether somebody wrote the workload, rather than the controller of another one. A pod of an operator is the only manifest that tells of it. */
export function isDeclaredWorkload({ owner }: Workload): boolean {
  return owner === undefined || !CONTROLLERS.has(owner);
}

const CONTROLLERS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']);

/** Whether a hook of a backup may be for a pod: labels that the manifest does not have, an operator may add. */
export function maySelect({ includedNamespaces, excludedNamespaces, labelSelector }: ResourceHook, namespace: string, labels: LabelSelector['matchLabels']): boolean {
  const named = includedNamespaces.length === 0 || includedNamespaces.includes('*') || includedNamespaces.includes(namespace);
  const differs = Object.entries(labelSelector?.matchLabels ?? {}).some(([key, value]) => labels[key] !== undefined && labels[key] !== value);
  return named && !excludedNamespaces.includes(namespace) && !differs;
}

function isDeclared({ scheduleName, manifest }: Backup): boolean {
  return scheduleName === undefined && !manifest.fields.object('status').has('phase');
}
