import { argoCdVersion, type ArgoCdVersion, type BackupModel, ignoresStatus, isForArgoCd, type Manifest } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'argocd-fights',
  severities: ['error', 'warning'],
  title: 'ArgoCD and Velero both write a field, or an object',
  goesWrong: 'Velero keeps its state in the objects themselves: its definitions have no status apart, so that whoever applies a manifest with `status` in it writes over what Velero has noted. '
    + 'With an old `lastBackup` a Schedule is due at once. Each sync does so again: ArgoCD does not compare the status unless it is told to, but applies what is in git. '
    + 'With `RespectIgnoreDifferences=true` it does so although git has no status: before 3.3.19, 3.4.13 and 3.5.0 it applies the status, which it does not compare, as it last saw it. '
    + 'What Velero makes and deletes by itself is no better in git: when a Backup has expired Velero deletes it, and ArgoCD that heals itself makes it anew, which is another backup.',
  fix: 'take away what Velero writes itself',
  reference: 'velero v1.18.3 config/crd/v1/bases/velero.io_schedules.yaml (subresources: {}), pkg/controller/gc_controller.go, backup_controller.go:772-779; '
    + 'argo-cd v3.0.0 controller/sync.go, normalizeTargetResources, which https://github.com/argoproj/argo-cd/pull/28201 mends; '
    + 'https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cm-yaml/ (ignoreResourceStatusField)',
  check: model => {
    const delivered = new Set(model.applications.all.map(({ destinationNamespace }) => destinationNamespace));
    const written = model.manifests.filter(manifest => isOfVelero(manifest) && isWritten(manifest, delivered));
    return [...written.flatMap(manifest => fought(model, manifest)), ...respecting(model)];
  },
  install: '1.18.3',
  bad: () => `${schedule({ annotations: { 'argocd.argoproj.io/sync-wave': '"2"' } })}status:
  phase: Enabled
  lastBackup: "2026-03-01T02:00:12Z"
`,
  good: () => schedule({ annotations: { 'argocd.argoproj.io/sync-wave': '"2"' } }),
};

/** The kinds that Velero makes for itself. What somebody asks for by hand is among them: it is a command, and no state to keep. */
const MADE_BY_VELERO = new Set([
  'BackupRepository', 'DataDownload', 'DataUpload', 'DeleteBackupRequest', 'DownloadRequest', 'PodVolumeBackup', 'PodVolumeRestore', 'ServerStatusRequest',
]);

function isOfVelero({ group }: Manifest): boolean {
  return group === 'velero.io';
}

/** Silent without a sign of ArgoCD, and about a dump of a cluster. */
function isWritten(manifest: Manifest, delivered: ReadonlySet<string | undefined>): boolean {
  return !manifest.isFromCluster && (isForArgoCd(manifest) || delivered.has(manifest.namespace));
}

function fought(model: BackupModel, on: Manifest): Verdict[] {
  const { kind } = on;
  const status = on.fields.has('status') && Object.keys(on.fields.object('status').json).length > 0;
  if (MADE_BY_VELERO.has(kind)) {
    return [{ on, what: 'kind', got: kind, wanted: 'no object that Velero makes and deletes itself: ArgoCD makes it anew, or prunes it', next: 'take it out of git' }];
  }
  return [
    ...status ? [{ on, what: 'status', wanted: 'none: each sync writes over what Velero has noted', next: 'take it away' }] : [],
    ...kind === 'Backup' ? backup(model, on) : [],
  ];
}

function isHealed(model: BackupModel, on: Manifest): boolean {
  const application = model.deliveries().applicationOf(on);
  return application === undefined || application.healsItself;
}

function backup(model: BackupModel, on: Manifest): Verdict[] {
  const hook = on.annotations['argocd.argoproj.io/hook'];
  if (hook === undefined) {
    return isHealed(model, on) ? [expiring(on)] : [];
  }
  return hook === 'Skip' || !on.fields.object('metadata').has('name') ? [] : [{
    on,
    severity: 'warning',
    what: 'metadata.name',
    got: on.name,
    wanted: 'metadata.generateName: each sync makes the hook anew, and what a backup of that name has written is still in the location: '
      + 'Velero fails the second with `backup already exists in object storage`',
    next: NEXT,
  }];
}

/** An excluded kind ArgoCD neither applies nor waits for. */
const NEXT = 'write a Schedule, or metadata.generateName instead of the name, with watchBackups: true of the ArgoCdSettings: else ArgoCD is told not to look at Backups';

/** The first patches that leave the status out of what they apply: all of 3.5, and late ones of the two minors before. */
const MENDED = new Map([[3, 19], [4, 13]]);
const MENDED_SINCE = { major: 3, minor: 5 };

function isMended({ major, minor, patch }: ArgoCdVersion): boolean {
  const isLater = major > MENDED_SINCE.major || (major === MENDED_SINCE.major && minor >= MENDED_SINCE.minor);
  return isLater || (major === MENDED_SINCE.major && patch >= (MENDED.get(minor) ?? Infinity));
}

/** What is ignored comes from the cluster then, and goes back there: no object of Velero has a status that an apply does not reach. */
function respecting(model: BackupModel): Verdict[] {
  const version = argoCdVersion(model.workloads.all);
  const respectful = version !== undefined && isMended(version) ? [] : model.applications.all.filter(({ syncOptions }) => syncOptions.includes('RespectIgnoreDifferences=true'));
  return respectful.flatMap(application => {
    const ofVelero = model.deliveries().of(application).filter(isOfVelero);
    const [first, ...more] = ignoresEveryStatus(model) ? ofVelero : ofVelero.filter(each => ignoresStatus(application, each));
    return first === undefined ? [] : [{
      on: application.manifest,
      severity: 'warning',
      what: 'spec.syncPolicy.syncOptions',
      got: 'RespectIgnoreDifferences=true',
      wanted: `no such option beside ${first}${more.length > 0 ? ` and ${more.length} more of Velero` : ''}: before 3.3.19, 3.4.13 and 3.5.0 ArgoCD applies the status `
        + 'as it last saw it, over what Velero has noted since',
      next: 'take it away, or let an Application without it deliver the objects of Velero',
    }];
  });
}

/** The default since 3.0. */
function ignoresEveryStatus({ configMaps, workloads }: BackupModel): boolean {
  const options = configMaps.all.find(({ name }) => name === 'argocd-cm')?.data['resource.compareoptions'] ?? '';
  const [, told] = /^\s*ignoreResourceStatusField:\s*["']?(\w+)/m.exec(options) ?? [];
  return told === undefined ? (argoCdVersion(workloads.all)?.major ?? MENDED_SINCE.major) >= 3 : told === 'all';
}

function expiring(on: Manifest): Verdict {
  return {
    on,
    severity: 'warning',
    what: 'kind',
    got: on.kind,
    wanted: 'a Schedule: when the backup expires Velero deletes it, and ArgoCD that heals itself makes another one of the same name',
    next: 'write a Schedule, or run velero backup create by hand',
  };
}
