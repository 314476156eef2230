import { counted, listed, SEVERITIES, type Severity } from '../diff';
import { grouped } from '../model';
import { type DiffChange, type DiffReport } from './diff-report';

/** What changed of one object, or alike of several. */
export interface DiffHead {
  /** `Schedule velero/nightly`, or `3 Schedules: velero/a, velero/b, velero/c` */
  readonly objects: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Changes that mean the same. */
export interface DiffGroup {
  readonly id: string;
  readonly severity: Severity;
  readonly heads: readonly DiffHead[];

  /** What each of them means. */
  readonly means: readonly string[];
}

/** What happens to five schedules alike is told once, and what it means too: nobody reads three hundred lines. */
export function groupsOf({ changes }: DiffReport): readonly DiffGroup[] {
  const groups = grouped(changes, ({ id, severity, message, means }) => JSON.stringify([severity, id, means.length > 0 ? means : message]));
  return [...groups.values()].map(group => {
    const heads = [...grouped(group, ({ message }) => message).values()].map(alike => ({ ...alike[0], objects: objectsText(alike) }));
    const [{ id, severity, means }] = group;
    return { id, severity, heads, means };
  });
}

/** What stands before the sentences that are about several. */
export function aboutText({ heads, means }: DiffGroup): readonly string[] {
  return heads.length > 1 && means.length > 0 ? [`Of each of these ${heads.length}:`] : [];
}

function objectsText(group: readonly DiffChange[]): string {
  if (group.length === 1) {
    return group[0].object;
  }
  const kinds = new Set(group.map(({ kind }) => kind));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== ''
    ? `${counted(group.length, kind)}: ${listed(group.map(({ object }) => object.slice(kind.length + 1)))}`
    : `${counted(group.length, 'object')}: ${listed(group.map(({ object }) => object))}`;
}

export function countOf({ changes }: DiffReport, severity: Severity): number {
  return changes.filter(change => change.severity === severity).length;
}

/** `1 destructive, 2 notable, 0 harmless` */
export function countsText(report: DiffReport): string {
  return SEVERITIES.map(severity => `${countOf(report, severity)} ${severity}`).join(', ');
}

/** `between 55 objects and 57; 1 document without apiVersion and kind left out` */
export function extentText({ objects, foreign }: DiffReport): string {
  const left = foreign > 0 ? `; ${counted(foreign, 'document')} without apiVersion and kind left out` : '';
  return `between ${counted(objects.old, 'object')} and ${objects.new}${left}`;
}
