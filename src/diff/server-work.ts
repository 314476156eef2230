import { type VeleroProgram } from '../model';

/** @see velero v1.18.3 pkg/cmd/server/config/config.go:60, DisableableControllers */
export const NEEDED_FOR_BACKUPS: ReadonlySet<string> = new Set(['schedule', 'backup-queue', 'backup', 'backup-operations', 'backup-finalizer', 'backup-repo']);

/** The controllers that a server is told to leave off. */
export function disabledIn({ commandLine }: VeleroProgram): readonly string[] {
  return (commandLine.value('disable-controllers') ?? '').split(',').map(name => name.trim()).filter(name => name !== '');
}

/** Whether a server makes backups: it runs, and is not told to leave that off. */
export function makesBackups(server: VeleroProgram): boolean {
  const { workload, commandLine } = server;
  return workload.replicas !== 0 && !commandLine.isOn('restore-only') && !disabledIn(server).some(name => NEEDED_FOR_BACKUPS.has(name));
}
