import fc from 'fast-check';
import { stringify } from 'yaml';
import { readYaml, UnreadableYaml, YamlWords } from '../../src/model';

const values = (text: string, words: YamlWords = 'kubernetes') => readYaml(text, words).map(({ value }) => value);

function errorOf(text: string): UnreadableYaml | undefined {
  try {
    readYaml(text, 'kubernetes');
    return undefined;
  } catch (error) {
    return error as UnreadableYaml;
  }
}

/** What sigs.k8s.io/yaml v1.6.0 makes of them, which kubectl and ArgoCD use. */
test.each<[string, unknown]>([
  ['yes', true], ['Off', false], ['y', true], ['N', false], ['True', true], ['~', null], ['Null', null], ['', null],
  ['0644', 420], ['0o17', 15], ['08', 8], ['010', 8], ['0x1F', 31], ['-0b11', -3], ['1_000', 1000], ['+1', 1],
  ['1.', 1], ['.5', 0.5], ['1e3', 1000], ['1.5e+3', 1500], ['1E3', 1000],
  ['12:30', '12:30'], ['1:30.5', '1:30.5'], ['2026-01-01', '2026-01-01'], ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ['1.2.3', '1.2.3'], ['_1', '_1'], ['e3', 'e3'], ['100m', '100m'], ['"01"', '01'], ['=', '='],
  ['!secret a', 'a'], ['!!binary aGk=', 'aGk='], ['!Ref [a]', ['a']], ['!Ref {a: 1}', { a: 1 }], ['!!set {a: }', { a: null }],
])('kubernetes reads %s', (text, value) => {
  expect(values(`key: ${text}\n`)).toEqual([{ key: value }]);
});

test.each<[string, unknown]>([
  ['yes', 'yes'], ['true', true], ['0644', 644], ['0o17', 15], ['1e3', 1000], ['12:30', '12:30'],
])('core reads %s', (text, value) => {
  expect(values(`key: ${text}\n`, 'core')).toEqual([{ key: value }]);
});

test('fields that an alias brings in', () => {
  expect(values('a: &a {x: 1, z: 2}\nb:\n  <<: *a\n  z: 3\nc: *a\n')).toEqual([{ a: { x: 1, z: 2 }, b: { x: 1, z: 3 }, c: { x: 1, z: 2 } }]);
});

test('a field of the name of what all objects have', () => {
  const [object] = values('__proto__: {polluted: true}\n') as [object];
  expect(Object.keys(object)).toEqual(['__proto__']);
  expect({}).not.toHaveProperty('polluted');
});

test.each<[string, number[], number[]]>([
  ['# comment\n\na: 1\n', [11], []],
  ['"a": 1', [0], []],
  ['--- &x {a: 1}\n--- 5\n', [7, 18], []],
  ['kind: List\nitems:\n- a: 1\n- [2]\n- 3\n', [0], [20, 27, 33]],
  ['{metadata: {items: [1]}, items: [{}, {a: [1, 2]}]}', [0], [33, 37]],
])('where it stands: %j', (text, offsets, items) => {
  const documents = readYaml(text, 'kubernetes');
  expect(documents.map(({ offset }) => offset)).toEqual(offsets);
  expect(items.map((_, index) => documents[0].offsetOfItem(index))).toEqual(items);
  expect(documents[0].offsetOfItem(items.length)).toBe(0);
});

test.each<[string, string, number]>([
  ['kind: A\npassword: *hunter2\n', 'unidentified alias', 2],
  ['a: 1\npassword: !hunter2!x y\n', 'undeclared tag handle', 2],
  ['a: "hunter2', 'unexpected end of the stream within a double quoted scalar', 1],
  ['a: 1\na: hunter2\n', 'duplicated mapping key', 2],
  ['? {hunter2: 1}\n: 2\n', 'object-based map does not support complex keys', 1],
  ['a: &a [*a]\n', 'its aliases unfold without end', 1],
  [`a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n${[1, 2, 3, 4].map(n => `a${n}: &a${n} [${Array(10).fill(`*a${n - 1}`)}]`).join('\n')}\n`, 'its aliases unfold without end', 1],
  ['['.repeat(20_000), 'nesting exceeded maxDepth (500)', 1],
])('what cannot be read, without a word of it: %j', (text, reason, line) => {
  const error = errorOf(text)!;
  expect([error.constructor.name, error.message, error.line]).toEqual(['UnreadableYaml', reason, line]);
});

test('aliases that unfold to what can be looked through', () => {
  expect(errorOf(`a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n${[1, 2, 3].map(n => `a${n}: &a${n} [${Array(10).fill(`*a${n - 1}`)}]`).join('\n')}\n`)).toBeUndefined();
});

/** JSON has one zero only. */
const anything = fc.jsonValue({ maxDepth: 4 }).map(value => JSON.parse(JSON.stringify(value)));

test('reads what others write, in YAML and in JSON', () => {
  fc.assert(fc.property(anything, value => {
    expect(values(stringify(value, { version: '1.1' }))).toEqual([value]);
    expect(values(JSON.stringify(value))).toEqual([value]);
  }), { numRuns: 500 });
});

test('any text is read or refused', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', ': ', '\n', '  ', '- ', '[', ']', '{', '}', ', ', '"', '\'', '&x ', '*x', '!y ', '|', '>', '#', '---\n', '? ', '<<', '%', '\t', '1', '~')), parts => {
    const error = errorOf(parts.join(''));
    expect(error === undefined || error instanceof UnreadableYaml).toBe(true);
  }), { numRuns: 3000 });
});
