import { type Colors, colorsFor } from './colors';
import { aboutText, countsText, type DiffGroup, type DiffHead, extentText, groupsOf } from './diff-groups';
import { type DiffReport } from './diff-report';
import { printable } from './printable';
import { type Surroundings } from './surroundings';

/** For people: a place that editors open, what is other, what that means. */
export function asText(report: DiffReport, surroundings: Surroundings): string {
  const colors = colorsFor(surroundings);
  return [...groupsOf(report).flatMap(group => told(group, colors)), `${countsText(report)} ${extentText(report)}`].map(line => `${line}\n`).join('');
}

function told(group: DiffGroup, colors: Colors): string[] {
  const color = { destructive: colors.red, notable: colors.yellow, harmless: colors.cyan }[group.severity];
  const first = ({ objects, file, line, message }: DiffHead) =>
    `${colors.bold(printable(`${file}:${line}`))}: ${color(group.severity)}: ${printable(`${objects}: ${message}`)} ${colors.dim(`(${group.id})`)}`;
  return [...group.heads.map(first), ...[...aboutText(group), ...group.means].map(sentence => `    ${printable(sentence)}`)];
}
