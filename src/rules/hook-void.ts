import { type BackupModel, type Container, type DeclaredHook, type ExecHook, hookPart, includesKind } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'hook-void',
  severities: ['warning'],
  title: 'A hook that does nothing for the backup',
  goesWrong: 'The hook runs, succeeds and protects nothing. A lock of `FLUSH TABLES WITH READ LOCK` and a backup of `pg_backup_start` end with the connection of the client, '
    + 'so before the first file is copied; `pg_start_backup` is gone from PostgreSQL 15, and before that the copy lacked the log that is written until `pg_stop_backup`. '
    + '`CHECKPOINT` and `FLUSH` alone write to the disk what a copy would have read from memory anyway; the files change on while they are copied, one after the other. '
    + 'Velero runs no hooks but those for pods. In all versions.',
  fix: 'dump the database into a volume of its own and save that one: pg_dump, mysqldump --single-transaction, mongodump --oplog',
  reference: 'https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP; https://dev.mysql.com/doc/refman/8.4/en/flush.html; '
    + 'velero v1.18.3 internal/hook/item_hook_handler.go:206-209',
  check: model => model.declaredHooks().flatMap(declared => voidness(model, declared)),
  install: '1.18.3',
  bad: () => withHook('mysql -e "FLUSH TABLES WITH READ LOCK"'),
  good: () => withHook('mysqldump --single-transaction --all-databases --result-file=/dump/all.sql'),
};

function withHook(script: string): string {
  const exec = `{ container: mysql, command: [/bin/sh, -ec, '${script}'], timeout: 30m, onError: Fail }`;
  return schedule({ template: { hooks: `{ resources: [{ name: database, pre: [{ exec: ${exec} }] }] }` } });
}

function voidness(model: BackupModel, declared: DeclaredHook): Verdict[] {
  const { on, hook, backup } = declared;
  if (backup !== undefined && !includesKind(backup.resource.includedResources, backup.resource.excludedResources, 'pods')) {
    const { resource } = backup;
    const got = resource.includedResources.length > 0 ? resource.includedResources : resource.excludedResources;
    const list = resource.includedResources.length > 0 ? 'includedResources' : 'excludedResources';
    return [{ on, what: `${resource.path}.${list}`, got, wanted: 'pods among what the hook is for: Velero runs hooks for nothing else' }];
  }
  const reason = voidReason(hook, containerOf(declared));
  return reason === undefined || (reason.helpsSnapshots && snapshotsOnly(model, declared)) ? [] : [{ on, what: hookPart(hook, 'command'), wanted: reason.wanted }];
}

/** Only an annotation stands beside its container. */
function containerOf({ hook, workload }: DeclaredHook): Container | undefined {
  return workload?.pod.containers.find(({ name }, index) => hook.container ? name === hook.container : index === 0);
}

/** What a command does in vain; absent when it may do something for the backup. */
export function voidReason({ command }: ExecHook, container?: Container): Vanity | undefined {
  const text = command.join(' ');
  return DOES_MORE.test(text) ? undefined : VANITIES.find(({ pattern, unless }) => pattern.test(text) && !unless?.(container));
}

interface Vanity {
  readonly pattern: RegExp;
  readonly wanted: string;
  readonly unless?: (container: Container | undefined) => boolean;

  /** Whether it shortens the recovery from a snapshot. */
  readonly helpsSnapshots?: boolean;
}

/** What makes a copy or holds the database still: dumps, snapshots, freezes, and what goes on in the background. */
const DOES_MORE = /dump|backup\.sh|pg_basebackup|pg_probackup|pgbackrest|wal-g|barman|mariabackup|xtrabackup|clickhouse-backup|fsfreeze|xfs_freeze|lvcreate|zfs|btrfs|rsync|\btar\b|\bcp\b|\bsystem\b|\\!|[^&>]&\s*($|[^&\d>])|nohup|sleep|\.sh\b/i;

const VANITIES: readonly Vanity[] = [
  {
    pattern: /\b(flush\s+tables\s+.*with\s+read\s+lock|unlock\s+tables)\b/i,
    wanted: 'a dump: the lock ends with the connection of the client, before the first file is copied',
  },
  {
    pattern: /\bpg_(start_backup|stop_backup|backup_start|backup_stop)\b/i,
    wanted: 'a dump: such a backup ends with the connection of the client, before the first file is copied',
    unless: container => Number(postgresMajor(container)) < 15,
  },
  {
    pattern: /\b(checkpoint|flush\s+(local\s+|no_write_to_binlog\s+)?(tables?|logs?|engine\s+logs?))\b/i,
    wanted: 'a dump: what is flushed to disk goes on changing while its files are copied',
    helpsSnapshots: true,
  },
];

/** Up to 14 an exclusive backup outlives its connection, and with an archive of the log the copy is worth something. */
function postgresMajor(container: Container | undefined): string | undefined {
  const image = container?.image;
  return image !== undefined && /postg|timescale|spilo/.test(image.repository) ? /^v?(\d+)/.exec(image.tag ?? '')?.[1] : undefined;
}

/** Whether every backup that runs the hook saves the volumes by snapshots, as far as the input tells. */
function snapshotsOnly(model: BackupModel, { backup, workload }: DeclaredHook): boolean {
  const backups = backup ? [backup] : model.schedulesCovering(workload!.namespace).map(({ namespace, template: spec }) => ({ namespace, spec }));
  return backups.length > 0 && backups.every(({ namespace, spec }) => !model.savesFilesByDefault(namespace, spec)
    && (model.movesSnapshotData(namespace, spec) || (model.installIn(namespace)?.server?.features.includes('EnableCSI') ?? false)));
}
