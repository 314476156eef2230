import { type CheckReport } from './check-run';

/** For programs: every finding, acknowledged or not, with the place in one text as synth tells it. */
export function asJson({ findings, objects, files, foreign }: CheckReport): string {
  const told = findings.map(({ id, severity, object, ...finding }) => ({ id, severity, at: `${object} (${finding.file}:${finding.line})`, object, ...finding }));
  return `${JSON.stringify({ findings: told, summary: { objects, files, documentsLeftOut: foreign } }, undefined, 2)}\n`;
}
