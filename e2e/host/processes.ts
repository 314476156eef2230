import { readFileSync } from 'fs';

/** When a process started, in ticks since the machine did; nothing when there is none. */
export function startOf(id: number): string | undefined {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')[19];
  } catch {
    return undefined;
  }
}

/** What this process writes on things that others remove when it has gone: ids are used again, together with the start they are not. */
export function ownMark(): string {
  return `${process.pid}.${startOf(process.pid)}`;
}

/** Whether the process runs that wrote a mark. */
export function isOfRunning(mark: string): boolean {
  const [id, started] = mark.split('.');
  return started !== undefined && startOf(Number(id)) === started;
}

/** The ids of what the main thread of a process has started, as Node.js does. */
export function childrenOf(id: number): number[] {
  return readFileSync(`/proc/${id}/task/${id}/children`, 'utf8').split(' ').filter(child => child !== '').map(Number);
}
