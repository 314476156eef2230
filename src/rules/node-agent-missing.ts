import { type BackupModel, CHOSEN_VOLUMES, type DeclaredBackup, type Install, isDeclaredWorkload, type Workload } from '../model';
import { schedule, server } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'node-agent-missing',
  severities: ['error'],
  title: 'Volumes are to be saved by node-agent, and there is none',
  goesWrong: 'The server only asks node-agent to copy files and to move snapshots. Without it each pod with volumes is an error of the backup (`daemonset pod not found in '
    + 'running state in node …`), which ends PartiallyFailed without the data. Moved snapshots wait until the timeout of the operation, four hours, and '
    + 'fail then; from 1.18.3 at once. The server itself writes one line into its log when it starts.',
  fix: 'add the DaemonSet node-agent, or save the volumes in another way',
  reference: 'velero v1.18.3 pkg/podvolume/backupper.go:272, pkg/backup/actions/csi/pvc_action.go:345, pkg/cmd/server/server.go:505-525',
  check: model => {
    const without = model.installs.filter(({ servers, nodeAgents }) => servers.length > 0 && nodeAgents.length === 0);
    const lacking = new Set(without.map(({ namespace }) => namespace));
    return lacking.size === 0 ? [] : [
      ...without.flatMap(byServer),
      ...model.declaredBackups().filter(({ namespace }) => lacking.has(namespace)).flatMap(backup => byBackup(model, backup)),
      ...model.workloads.all.flatMap(workload => byWorkload(model, workload, lacking)),
    ];
  },
  bad: () => [server('1.18.3', '--uploader-type=kopia'), schedule({ template: { defaultVolumesToFsBackup: 'true' } })].join('---\n'),
  good: () => [server('1.18.3', '--uploader-type=kopia'), schedule({ template: { defaultVolumesToFsBackup: 'false' } })].join('---\n'),
};

function byServer({ namespace, server: program }: Install): Verdict[] {
  return ['default-volumes-to-fs-backup', 'default-snapshot-move-data'].filter(flag => program!.commandLine.isOn(flag))
    .map(flag => ({ on: program!.manifest, what: `--${flag}`, got: 'true', wanted: wanted(namespace) }));
}

function byBackup(model: BackupModel, { manifest, namespace, spec, path }: DeclaredBackup): Verdict[] {
  const verdict = (field: string, got: unknown) => ({ on: manifest, what: `${path}.${field}`, got, wanted: wanted(namespace) });
  const policy = model.volumePolicyOf(namespace, spec);
  return [
    ...(spec.defaultVolumesToFsBackup ? [verdict('defaultVolumesToFsBackup', true)] : []),
    ...(spec.snapshotMoveData ? [verdict('snapshotMoveData', true)] : []),
    ...(policy?.rules.some(({ action }) => action === 'fs-backup') ? [verdict('resourcePolicy', `${policy.configMap.name} with the action fs-backup`)] : []),
  ];
}

/** Volumes that an annotation of the pods chooses, in a namespace that a schedule of such an installation saves. */
function byWorkload(model: BackupModel, workload: Workload, lacking: ReadonlySet<string>): Verdict[] {
  const got = workload.pod.annotations[CHOSEN_VOLUMES.included];
  const schedules = got !== undefined && isDeclaredWorkload(workload) ? model.schedulesCovering(workload.namespace) : [];
  const saving = schedules.find(({ namespace }) => lacking.has(namespace));
  return saving === undefined ? [] : [{ on: workload.manifest, what: `annotation ${CHOSEN_VOLUMES.included}`, got, wanted: wanted(saving.namespace) }];
}

function wanted(namespace: string): string {
  return `a DaemonSet node-agent in ${namespace}, which does this work: there is a server and no node-agent`;
}
