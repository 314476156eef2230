import { SEVERITIES } from '../diff';
import { countOf } from './diff-groups';
import { type DiffReport } from './diff-report';

/** For programs: every change by itself, with all fields that it is about, and the place in one text as `check` tells it. */
export function asJson(report: DiffReport): string {
  const { changes, objects, foreign } = report;
  const told = changes.map(({ id, severity, object, kind: _, ...change }) => ({ id, severity, at: `${object} (${change.file}:${change.line})`, object, ...change }));
  const counts = Object.fromEntries(SEVERITIES.map(severity => [severity, countOf(report, severity)]));
  return `${JSON.stringify({ changes: told, summary: { ...counts, objects, documentsLeftOut: foreign } }, undefined, 2)}\n`;
}
