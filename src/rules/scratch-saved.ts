import {
  type BackupModel, type BackupSpec, CHOSEN_VOLUMES, type DeclaredBackup, isDeclaredWorkload, isNamespacePattern, podVolumeAction, savesAnyPods,
  type Workload,
} from '../model';
import { SAVES_FILES, schedule, skipped } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'scratch-saved',
  severities: ['warning'],
  title: 'Scratch volumes are saved with the data',
  goesWrong: 'With `defaultVolumesToFsBackup` every volume of a pod is copied unless something says otherwise, each `emptyDir` too: caches, sockets, shared memory (`/dev/shm`), half-written '
    + 'files. They change all the time, so that each backup uploads them anew; they make backups long and repositories large, and the copy of a file that disappears meanwhile is an error. '
    + 'What they hold is gone with the pod anyway. A volume policy can leave them out from 1.13 on.',
  fix: 'add a volume policy whose first rule skips the volume type emptyDir',
  reference: 'velero v1.18.3 internal/volumehelper/volume_policy_helper.go:291-320; https://velero.io/docs/main/resource-filtering/#resource-policies',
  check: model => {
    const policies = new Map<string, boolean>();
    return model.declaredBackups().filter(({ namespace, spec }) => model.savesFilesByDefault(namespace, spec))
      .flatMap(backup => scratch(model, backup, policies));
  },
  install: '1.18.3',
  bad: () => schedule({ template: { defaultVolumesToFsBackup: 'true' } }),
  good: () => `${skipped()}---
${schedule({ template: SAVES_FILES })}`,
};

/** @param policies whether volumes of this kind are copied, by the policy that a backup names: many name one */
function scratch(model: BackupModel, { manifest, namespace, spec, path }: DeclaredBackup, policies: Map<string, boolean>): Verdict[] {
  const key = `${namespace}/${spec.resourcePolicy?.name}`;
  const copies = policies.get(key) ?? (!noNodeAgent(model, namespace) && mayCopy(model, namespace, spec));
  policies.set(key, copies);
  return !copies || !savesAnyPods(spec) || noScratch(model, spec) ? [] : [{
    on: manifest,
    what: `${path}.defaultVolumesToFsBackup`,
    got: spec.defaultVolumesToFsBackup,
    wanted: `${spec.defaultVolumesToFsBackup === undefined ? 'a volume policy beside --default-volumes-to-fs-backup' : 'a volume policy beside it'} that skips emptyDir: scratch data is uploaded in every backup`,
  }];
}

/** Then nothing is copied at all, which node-agent-missing tells. */
function noNodeAgent(model: BackupModel, namespace: string): boolean {
  const install = model.installIn(namespace);
  return install !== undefined && install.nodeAgent === undefined;
}

/** Not where a policy has a rule for such volumes, nor where it is not in the input. The server's own policy comes after that of the backup. */
function mayCopy(model: BackupModel, namespace: string, spec: BackupSpec): boolean {
  const global = model.installIn(namespace)?.server?.commandLine.value('global-backup-volume-policies-configmap');
  const named = [spec.resourcePolicy?.name, global].filter(name => name !== undefined && name !== '');
  const policies = named.map(name => model.volumePolicyOf(namespace, { resourcePolicy: { name } }));
  if (policies.includes(undefined)) {
    return false;
  }
  const action = policies.map(policy => podVolumeAction(policy!, 'emptyDir')).find(each => each !== undefined);
  return action === undefined || action === 'fs-backup';
}

/** Whether the input has the workloads of all the namespaces, and none of them any scratch volume that is not left out already. */
function noScratch(model: BackupModel, { coversAllNamespaces, includedNamespaces }: BackupSpec): boolean {
  return !coversAllNamespaces && includedNamespaces.every(name => {
    const workloads = model.workloads.in(name).filter(isDeclaredWorkload);
    return !isNamespacePattern(name) && workloads.length > 0 && !workloads.some(hasScratch);
  });
}

function hasScratch({ pod: { volumes, annotations } }: Workload): boolean {
  const excluded = annotations[CHOSEN_VOLUMES.excluded]?.split(',') ?? [];
  return volumes.some(({ type, name }) => type === 'emptyDir' && !excluded.includes(name));
}
