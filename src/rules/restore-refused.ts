import { type BackupModel, choosesVolumes, type ConfigMap, type Install, podVolumeAction, readYamlData, type VolumeTreatment, type Workload } from '../model';
import { SAVES_FILES, schedule, skipped } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'restore-refused',
  severities: ['error'],
  title: 'Restored pods that their namespace refuses',
  goesWrong: 'Velero puts the init container `restore-wait` into every restored pod with volumes. Up to 1.15.0 it has no security context, so that a namespace under the '
    + 'restricted Pod Security Standard refuses the pod: `violates PodSecurity "restricted"`, no volume comes back and the Restore is `PartiallyFailed`. Nobody sees it '
    + 'before the day of the restore. From 1.15.1 Velero gives it a context that the standard takes, unless a ConfigMap gives another one; from 1.16 it is that of the '
    + 'first container of the pod.',
  fix: 'declare a ConfigMap with the labels velero.io/plugin-config: "" and velero.io/pod-volume-restore: RestoreItemAction, and in its key secCtx '
    + 'allowPrivilegeEscalation: false, capabilities: { drop: [ALL] }, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault }',
  reference: 'velero v1.14.1 pkg/restore/actions/pod_volume_restore_action.go:144-153, v1.15.1 pkg/restore/actions/pod_volume_restore_action.go:150-156; '
    + 'https://velero.io/docs/main/file-system-backup/#customize-restore-helper-container',
  check: model => model.installs.flatMap(install => refused(model, install)),
  install: '1.14.1',
  bad: () => namespace('restricted'),
  good: () => `${namespace('restricted')}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: fs-restore-action-config
  namespace: velero
  labels: { velero.io/plugin-config: "", velero.io/pod-volume-restore: RestoreItemAction }
data:
  secCtx: |
    allowPrivilegeEscalation: false
    capabilities: { drop: [ALL] }
    runAsNonRoot: true
    runAsUser: 1000
    seccompProfile: { type: RuntimeDefault }
`,
};

function namespace(level: string): string {
  return `${schedule({ template: SAVES_FILES })}---
${skipped()}---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { pod-security.kubernetes.io/enforce: ${level} }
`;
}

function refused(model: BackupModel, { namespace: own, server, release }: Install): Verdict[] {
  if (server === undefined || release === undefined || release.has('restore-helper-inherits-security-context')) {
    return [];
  }
  const config = model.configMaps.in(own).find(isOfRestoreHelper);
  const fine = config === undefined || !KEYS.some(key => config.data[key]) ? release.has('restore-helper-security-context') : isRestricted(config);
  const names = fine ? [] : model.namespaces.all.filter(({ labels }) => labels['pod-security.kubernetes.io/enforce'] === 'restricted')
    .map(({ name }) => name).filter(name => restoresVolumes(model, own, name));
  if (names.length === 0) {
    return [];
  }
  const told = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
  return [{
    on: config?.manifest ?? server.manifest,
    what: config === undefined ? 'ConfigMap with the label velero.io/pod-volume-restore: RestoreItemAction' : 'data.secCtx',
    wanted: `a security context that the restricted standard takes for the container restore-wait: Velero ${release.version} gives it `
      + `${config === undefined ? 'none' : 'only what stands there'}, and ${told} would refuse the restored pods`,
  }];
}

/** Velero finds it by these labels, whatever its name. */
function isOfRestoreHelper({ manifest: { labels } }: ConfigMap): boolean {
  return labels['velero.io/plugin-config'] !== undefined && labels['velero.io/pod-volume-restore'] === 'RestoreItemAction';
}

const KEYS = ['secCtxRunAsUser', 'secCtxRunAsGroup', 'secCtxAllowPrivilegeEscalation', 'secCtx'];

/** As far as the container must say it itself: the user and the profile may come from the pod. */
function isRestricted(config: ConfigMap): boolean {
  const context = readYamlData(config, 'secCtx');
  const escalates = context?.boolean('allowPrivilegeEscalation') ?? config.data.secCtxAllowPrivilegeEscalation !== 'false';
  return !escalates && (context?.object('capabilities').strings('drop').includes('ALL') ?? false);
}

/** Whether a schedule of the install saves files of volumes in the namespace, as far as the input tells. */
function restoresVolumes(model: BackupModel, own: string, name: string): boolean {
  const workloads = model.workloads.in(name);
  return model.schedulesCovering(name).filter(each => each.namespace === own).some(({ template }) => {
    const treatment = model.volumeTreatmentOf(own, template);
    return treatment?.savesFilesByDefault
      ? workloads.length === 0 || workloads.some(workload => hasVolumes(workload, treatment))
      : workloads.some(({ pod }) => choosesVolumes(pod));
  });
}

function hasVolumes({ pod, claimTemplates }: Workload, { policy }: VolumeTreatment): boolean {
  const scratch = policy === undefined || podVolumeAction(policy, 'emptyDir') !== 'skip';
  return claimTemplates.length > 0 || pod.volumes.some(({ type }) => type === 'emptyDir' ? scratch : !OF_THE_API.has(type));
}

/** What no backup copies files of. */
const OF_THE_API = new Set(['secret', 'configMap', 'projected', 'downwardAPI', 'hostPath']);
