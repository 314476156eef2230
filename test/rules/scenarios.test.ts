import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { RULES } from '../../src/rules';

const E2E = join(__dirname, '../../e2e');
const SCENARIOS = join(E2E, 'scenarios');

const CLAIMS = ['crash', 'loss', 'refusal', 'exposure', 'trouble', 'nothing'];

/** A row of the table in e2e/README.md. */
interface Row {
  readonly id: string;
  readonly claims: string[];

  /** Files below e2e/scenarios; none where there is a reason. */
  readonly shownBy: string[];
  readonly reason: string;
}

function table(): Row[] {
  const [, section] = /^## Rules\n([^]*?)^## /m.exec(readFileSync(join(E2E, 'README.md'), 'utf8'))!;
  return section.split('\n').filter(line => line.startsWith('|')).slice(2).map(line => {
    const [id, claims, last] = line.split('|').slice(1, -1).map(cell => cell.trim());
    const isFiles = /^`[\w./-]+`(, `[\w./-]+`)*$/.test(last);
    return { id, claims: claims.split(', '), shownBy: isFiles ? last.split(', ').map(name => name.slice(1, -1)) : [], reason: isFiles ? '' : last };
  });
}

/** The rules that a scenario asks about what it applies, each with the files that do: a call that fails at run time when the rule is silent. */
function asked(): Map<string, string[]> {
  const files = (readdirSync(SCENARIOS, { recursive: true }) as string[]).filter(file => file.endsWith('.ts')).sort();
  const found = new Map<string, string[]>();
  for (const file of files) {
    const ids = [...readFileSync(join(SCENARIOS, file), 'utf8').matchAll(/\bfinds(?:Lack)?\('([a-z-]+)'/g)].map(([, id]) => id);
    [...new Set(ids)].forEach(id => found.set(id, [...found.get(id) ?? [], file.replace(/(\.test)?\.ts$/, '')]));
  }
  return found;
}

const rows = table();

test('every rule has a row in e2e/README.md, in their order', () => {
  expect(rows.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  rows.forEach(({ id, claims }) => expect({ id, unknown: claims.filter(claim => !CLAIMS.includes(claim)) }).toEqual({ id, unknown: [] }));
});

test('a row names the scenarios that ask the rule, all of them and no others', () => {
  const scenarios = asked();
  expect(rows.map(({ id, shownBy }) => [id, shownBy])).toEqual(rows.map(({ id }) => [id, scenarios.get(id) ?? []]));
  expect([...scenarios.keys()].filter(id => !rows.some(row => row.id === id))).toEqual([]);
});

test('what no scenario shows has a reason', () => {
  expect(rows.filter(({ shownBy, reason }) => shownBy.length === 0 && reason.length < 40)).toEqual([]);
});

test('no case is left out: what a file of e2e/scenarios/rules exports, another one calls', () => {
  const files = (readdirSync(SCENARIOS, { recursive: true }) as string[]).filter(file => file.endsWith('.ts'));
  const texts = new Map(files.map(file => [file, readFileSync(join(SCENARIOS, file), 'utf8')]));
  const exported = files.filter(file => !file.endsWith('.test.ts'))
    .flatMap(file => [...texts.get(file)!.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => [file, name] as const));
  expect(exported.length).toBeGreaterThan(20);
  const idle = exported.filter(([file, name]) => !files.some(other => other !== file && new RegExp(`\\b${name}\\(`).test(texts.get(other)!)));
  expect(idle).toEqual([]);
});
