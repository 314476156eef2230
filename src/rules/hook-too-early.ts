import { type BackupModel, choosesVolumes, type DeclaredHook, hookPart } from '../model';
import { SAVES_FILES, schedule, skipped } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'hook-too-early',
  severities: ['error', 'warning'],
  title: 'A post hook on a Velero that runs it before the volumes are copied',
  goesWrong: 'Up to 1.15.0 Velero asks for the copies of a pod\'s volumes and runs its post hooks in the same second; the node-agent reads the files later. A file system '
    + 'that the hook thaws, or a database that it unlocks, is copied while it changes; a dump that it deletes is gone before it is copied. The backup is `Completed` all '
    + 'the same. From 1.15.1 post hooks wait for the copies. Snapshots are taken before post hooks in all versions.',
  fix: 'take Velero 1.15.1 or newer, or do it in the pre hook of the next backup: delete the old dump before writing the new one',
  reference: 'velero v1.14.1 pkg/backup/item_backupper.go:258-300, v1.15.0 pkg/backup/backup.go:680; https://github.com/velero-io/velero/issues/8159',
  check: model => {
    const posts = model.declaredHooks().filter(({ hook }) => hook.phase === 'post');
    const someChosen = posts.length > 0 && model.workloads.all.some(({ pod }) => choosesVolumes(pod));
    return posts.flatMap(declared => early(model, declared, someChosen));
  },
  install: '1.14.1',
  bad: () => withHook('post', 'rm -f /dump/all.sql'),
  good: () => withHook('pre', 'rm -f /dump/all.sql'),
};

function withHook(phase: string, script: string): string {
  const exec = `{ container: postgres, command: [/bin/sh, -ec, ${script}], timeout: 1m, onError: Fail }`;
  const hooks = `{ resources: [{ name: dump, ${phase}: [{ exec: ${exec} }] }] }`;
  return `${schedule({ template: { ...SAVES_FILES, hooks } })}---
${skipped()}`;
}

/** Silent where no version is known, and where snapshots save the volumes: those are taken before. */
function early(model: BackupModel, declared: DeclaredHook, someChosen: boolean): Verdict[] {
  const versions = versionsThatRun(model, declared, someChosen);
  if (versions.length === 0) {
    return [];
  }
  const { on, hook } = declared;
  const undone = undoing(hook.command.join(' '));
  return [{
    on,
    severity: undone ? 'error' : 'warning',
    what: hookPart(hook, 'command'),
    wanted: `no post hook ${undone ? `that ${undone}` : 'that the copy depends on'}: Velero ${versions[0]} runs it before the files of the pod are copied`,
  }];
}

/** Those without the wait, of the backups that run the hook and copy files. */
function versionsThatRun(model: BackupModel, { backup, workload }: DeclaredHook, someChosen: boolean): string[] {
  const backups = backup ? [backup] : model.schedulesCovering(workload!.namespace).map(({ namespace, template: spec }) => ({ namespace, spec }));
  return backups.flatMap(({ namespace, spec }) => {
    const release = model.installIn(namespace)?.release;
    const waits = release === undefined || release.has('post-hooks-wait');
    const copies = model.savesFilesByDefault(namespace, spec) || (workload ? choosesVolumes(workload.pod) : someChosen)
      || model.volumePolicyOf(namespace, spec)?.rules.some(({ action }) => action === 'fs-backup');
    return !waits && copies ? [release.version] : [];
  });
}

/** What a command takes back that the copy relies on. */
function undoing(command: string): string | undefined {
  return UNDOING.find(({ pattern }) => pattern.test(command.replace(SCRATCH, '')))?.does;
}

/** Files there are on no volume that anybody saves. */
const SCRATCH = /(?<![\w./])\/(tmp|run|var\/run|var\/tmp|dev)\/[^\s;&|'"]*/g;

const UNDOING = [
  { pattern: /\bfsfreeze\b.*\s(-u|--unfreeze)\b|\bxfs_freeze\b.*\s-u\b/, does: 'thaws a file system' },
  { pattern: /\bunlock\s+tables\b|\bfsyncUnlock\b|\bpg_(stop_backup|backup_stop)\b/i, does: 'unlocks a database' },
  { pattern: /\b(rm|unlink|shred)\b(\s+-{1,2}[\w-]+)*\s+[^\s;&|-]|\bfind\b.*\s-delete\b/, does: 'deletes files' },
];
