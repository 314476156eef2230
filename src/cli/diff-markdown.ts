import { SEVERITIES, type Severity } from '../diff';
import { aboutText, countOf, countsText, type DiffGroup, type DiffHead, extentText, groupsOf } from './diff-groups';
import { type DiffReport } from './diff-report';
import { printable } from './printable';

const TITLES: Record<Severity, string> = { destructive: 'Destructive', notable: 'Notable', harmless: 'Harmless' };

/** For a comment on a pull request. What is harmless is folded away. */
export function asMarkdown(report: DiffReport): string {
  const groups = groupsOf(report);
  const parts = SEVERITIES.flatMap(severity => section(severity, groups.filter(group => group.severity === severity), countOf(report, severity)));
  const lines = [`### What changes for the backups: ${countsText(report)}`, '', ...parts, `<sub>cdk8s-velero diff ${escaped(extentText(report))}</sub>`];
  return lines.map(line => `${line}\n`).join('');
}

function section(severity: Severity, groups: readonly DiffGroup[], count: number): string[] {
  const items = groups.flatMap(told);
  const title = `${TITLES[severity]} (${count})`;
  if (groups.length === 0) {
    return [];
  }
  return severity === 'harmless'
    ? [`<details><summary>${title}</summary>`, '', ...items, '', '</details>', '']
    : [`#### ${title}`, '', ...items, ''];
}

function told(group: DiffGroup): string[] {
  const item = ({ objects, file, line, message }: DiffHead) =>
    `- **${escaped(objects)}**: ${escaped(message)} <sub>${escaped(`${file}:${line}`)} · ${group.id}</sub>`;
  return [...group.heads.map(item), ...[...aboutText(group), ...group.means].map(sentence => `  - ${escaped(sentence)}`)];
}

/** What stands in a manifest must neither become markup nor call somebody by name. */
function escaped(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]#|~!&<>@]/g, one => ENTITIES.get(one) ?? `\\${one}`);
}

const ENTITIES: ReadonlyMap<string, string> = new Map([['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['@', '@\u200b']]);
