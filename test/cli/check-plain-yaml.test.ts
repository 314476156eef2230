import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { Failed, parseAnyYaml, Parsed, parseYaml } from '../../src/cli/check-parsing';
import { piecesOf } from '../../src/cli/check-pieces';
import { readPlainYaml } from '../../src/cli/check-plain-yaml';

test.each<[string, unknown]>([
  ['a: 1\nb: -0.5\n', { a: 1, b: -0.5 }],
  ['a: [yes, Off, ~, "no", \'1\', Null]\n', { a: [true, false, null, 'no', '1', null] }],
  ['a: 1.18.3\nb: 2026-01-01\nc: 100m\nd: 12:30\ne: 4b9d523a\nf: .status.phase\n', { a: '1.18.3', b: '2026-01-01', c: '100m', d: '12:30', e: '4b9d523a', f: '.status.phase' }],
  ['a: |\n  x: 1\n\n  y\nb: >-\n  one\n  two\n', { a: 'x: 1\n\ny\n', b: 'one two' }],
  ['{a: {b: [1, {c: d}]}}', { a: { b: [1, { c: 'd' }] } }],
  ['# of Helm\n---\n# Source: a.yaml\na: 1 # one\n', { a: 1 }],
  ['__proto__: 1\n', JSON.parse('{"__proto__": 1}')],
])('plain: %j', (text, value) => {
  expect(readPlainYaml(text)?.value).toEqual(value);
});

test.each([
  'a: &x 1\n', 'a: *x\n', 'a: !x 1\n', 'a: !!str 1\n', '%YAML 1.1\n---\na: 1\n', 'a: 1\n---\nb: 1\n', 'a: 1\n\ufeff---\nb: 1\n', '<<: {a: 1}\n', 'a: 1\rb: 2\n', '1: a\n', 'yes: a\n',
  '? a\n: 1\n', 'a: |1\n  b\n', `${'k'.repeat(1001)}: 1\n`, 'a: "\\U00110000"\n', '- a\n', 'a\n', '', '# a\n', 'items: [1]\n', '\ta: 1\n', 'a: 1\na: 2\n', 'a: [\n', `a: ${'['.repeat(20_000)}`,
  ...['0644', '0o17', '08', '-0', '+1', '0x1F', '0b1', '1_000', '1e3', '.5', '1.', '.inf', '-.NaN', '12345678901234567'].map(number => `a: ${number}\n`),
  // js-yaml reads these in its own way: as an item and a field, as a mark, as no line end, without a comment.
  'k:\n- "b" a: 1\n', 'k:\n- \'b\'a: 1\n', 'k:\n- [x] a: 1\n', 'items:\n- {x: 1} a: 2\n', 'k:\n- - \'b\'a: b\n', 'x:\n  k:\n  - "b"a: 1\n',
  ' ---\na: 1\n', ' --- {a: 1}\n', ' %FOO\n---\na: 1\n', 'a: "x\\\n\n  y"\n', 'a:\n#c\n  x\nz: 1\n', '{a: x\n#c\n}\n',
  `"${'\\u0061'.repeat(300)}": 1\n`, `"a"${' '.repeat(2000)}: 1\n`, `a: [b${' '.repeat(1100)}: 1]\n`,
  // js-yaml refuses this; kubectl does not.
  'a: {\n  b: c\n}\n', 'a:\n  b: [\n    c\n  ]\n',
])('not plain: %j', text => {
  expect(readPlainYaml(text)).toBeUndefined();
});

test('what js-yaml refuses and kubectl does not is read all the same', () => {
  expect(parseYaml({ text: 'a: {\n  b: [\n    c\n  ]\n}\n', line: 1 })).toMatchObject({ value: { a: { b: ['c'] } } });
});

test('a field of items that is written with an escape', () => {
  expect(readPlainYaml('"item\\x73":\n- a: 1\n- b: 2\n')?.items).toEqual([14, 21]);
});

test('where objects begin', () => {
  expect(readPlainYaml('# a\n\nkind: List\nitems:\n  - a: 1\n  - {b: [{c: 1}]}\nmetadata: {items: [{}]}\n')).toMatchObject({ offset: 5, items: [27, 36] });
});

test('the lines of many items are those of the other parser', () => {
  const text = `kind: List\nitems:\n${Array.from({ length: 20_000 }, (_, index) => `  - name: a${index}\n    x: 1\n`).join('')}`;
  const { lineOfItem } = parseYaml({ text, line: 5 }) as Parsed;
  expect([0, 1, 19_999].map(lineOfItem)).toEqual([7, 9, 40_005]);
  expect(lineOfItem(20_000)).toBe(5);
});

const MANIFESTS = ['homelab', 'kopia'].map(example => join(__dirname, '../../examples', example, 'manifests'));

test('what the library writes is plain', () => {
  const pieces = MANIFESTS.flatMap(folder => readdirSync(folder).flatMap(file => piecesOf(readFileSync(join(folder, file), 'utf8'))));
  expect(pieces.length).toBeGreaterThan(100);
  expect(pieces.filter(({ text }) => readPlainYaml(text) === undefined)).toEqual([]);
});

/** Everything that is read from a text, and the lines of the first items. */
function told(result: Parsed | Failed): unknown {
  if ('error' in result) {
    return result;
  }
  const { value, line, lineOfItem } = result;
  const items = (value as { items?: unknown } | null | undefined)?.items;
  return [value, line, Array.isArray(items) && items.map((_, index) => lineOfItem(index))];
}

function expectSame(text: string): void {
  expect(told(parseYaml({ text, line: 1 }))).toEqual(told(parseAnyYaml({ text, line: 1 })));
}

const PARTS = [
  'a', 'b', 'items', 'kind', 'List', ': ', ':', '\n', '\n  ', '\n    ', '- ', '\n- ', '\n  - ', '[', ']', '{', '}', ', ', '"', '\'', '|', '|-', '>', '#', ' # c', '? ', '%', '\t', '@', '`', '!', '&x ',
  '*x', '1', '0', '08', '1.5', '1e3', 'e3', '-', '+', '.', '~', 'yes', 'no', 'null', '\\n', 'x y', '12:30', '2026-01-01', '1.2.3', '100m', '1_000', '0x1F', 'é', '\u0085', '\r\n', '=', '---',
];

test('any text is read as by the other parser', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...PARTS), { maxLength: 14 }), parts => expectSame(parts.join(''))), { numRuns: 2000 });
});

test('objects that somebody wrote are read as by the other parser', () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  fc.assert(fc.property(value, value, fc.boolean(), (one, other, indentSeq) => {
    expectSame(stringify({ kind: 'List', items: [{ one }, { other }], other }, { version: '1.1', indentSeq }));
    expectSame(JSON.stringify({ items: [one, { other }] }, undefined, 2));
  }), { numRuns: 500 });
});
