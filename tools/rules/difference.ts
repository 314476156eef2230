import { structuredPatch } from 'diff';

/** Unchanged lines that are shown before and after a change. */
const CONTEXT = 3;
/** Texts up to this many lines are shown whole. */
const SHORT = 14;

/** What is different between two texts, line by line; long unchanged parts are left out. */
export function difference(before: string, after: string): string {
  const context = Math.max(...[before, after].map(text => text.split('\n').length)) <= SHORT ? SHORT : CONTEXT;
  const { hunks } = structuredPatch('', '', `${before.trimEnd()}\n`, `${after.trimEnd()}\n`, '', '', { context });
  const shown = hunks.map(({ lines }) => lines.map(line => `${line[0]} ${line.slice(1)}`.trimEnd()).join('\n'));
  const [first] = hunks;
  return [...(first.oldStart > 1 ? ['  …'] : []), shown.join('\n  …\n')].join('\n');
}
