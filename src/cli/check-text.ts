import { type Severity } from '../rules';
import { type CheckFinding, type CheckReport, plural } from './check-run';
import { type Colors, colorsFor } from './colors';
import { printable } from './printable';
import { type Surroundings } from './surroundings';

/** For people: a place that editors open, what is wrong, what to do. What is acknowledged is only counted. */
export function asText(report: CheckReport, surroundings: Surroundings): string {
  const colors = colorsFor(surroundings);
  const open = report.findings.filter(({ acknowledged }) => acknowledged === undefined);
  return [...open.map(finding => told(finding, colors)), summary(report, open)].map(line => `${line}\n`).join('');
}

function told({ id, severity, object, file, line, message, fix }: CheckFinding, colors: Colors): string {
  const place = printable(`${file}:${line}`);
  const color = { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
  return `${colors.bold(place)}: ${color(severity)}: ${printable(`${object}: ${message}`)}\n    ${printable(fix)} ${colors.dim(`(${id})`)}`;
}

function summary({ findings, objects, files, foreign }: CheckReport, open: readonly CheckFinding[]): string {
  const count = (severity: Severity) => open.filter(finding => finding.severity === severity).length;
  const acknowledged = findings.length - open.length;
  const parts = [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    ...(count('info') > 0 ? [`${count('info')} to know`] : []),
    ...(acknowledged > 0 ? [`${acknowledged} acknowledged`] : []),
  ];
  const left = foreign > 0 ? `; ${plural(foreign, 'document')} without apiVersion and kind left out` : '';
  return `${parts.join(', ')} in ${plural(objects, 'object')} of ${plural(files, 'file')}${left}`;
}
