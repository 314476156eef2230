import { readdirSync, readFileSync, readlinkSync } from 'fs';

/** When a process started, in ticks since the machine did; nothing when there is none. */
export function startOf(id: number): string | undefined {
  return status(id)?.[19];
}

/** The process group of a process; nothing when there is none. */
export function groupOf(id: number): string | undefined {
  return status(id)?.[2];
}

/** What this process writes on things that others remove when it has gone: ids are used again, together with the start they are not. */
export function ownMark(): string {
  return `${process.pid}.${startOf(process.pid)}.${idNamespace()}`;
}

/** Whether the process runs that wrote a mark, or may run: of one in another container nothing is known here. */
export function isOfRunning(mark: string): boolean {
  const [id, started, namespace] = mark.split('.');
  return namespace !== undefined && (namespace !== idNamespace() || startOf(Number(id)) === started);
}

/** The number of the namespace in which ids of processes are unique. */
function idNamespace(): string {
  return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
}

/** The ids of what a process has started; nothing when it has ended. */
export function childrenOf(id: number): number[] {
  try {
    const lists = readdirSync(`/proc/${id}/task`).map(thread => readFileSync(`/proc/${id}/task/${thread}/children`, 'utf8'));
    return lists.join(' ').split(' ').filter(child => child !== '').map(Number);
  } catch {
    return [];
  }
}

/** What the kernel says of a process, from its state on. @see man 5 proc_pid_stat */
function status(id: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  } catch {
    return undefined;
  }
}
