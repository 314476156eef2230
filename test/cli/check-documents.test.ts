import fc from 'fast-check';
import { stringify } from 'yaml';
import { Documents } from '../../src/cli/check-documents';

function read(text: string): Documents {
  return new Documents({ name: 'f', content: Buffer.from(text) });
}

/** Line and object of each. */
function objects(text: string): [number | undefined, unknown][] {
  const { sources, problems } = read(text);
  expect(problems).toEqual([]);
  return sources.map(({ object, at }) => [at.line, object]);
}

const [A, B] = [{ kind: 'A' }, { kind: 'B' }];

test.each<[string, [number, unknown][]]>([
  ['kind: A', [[1, A]]],
  ['---\nkind: A\n---\nkind: B\n', [[2, A], [4, B]]],
  ['# of Helm\n---\n# Source: a.yaml\n---\n\nkind: A\n---\n', [[6, A]]],
  ['--- {kind: A}\n--- # comment\nkind: B\n...\n', [[1, A], [3, B]]],
  ['%YAML 1.1\n---\nkind: A\n', [[3, A]]],
  ['\ufeffkind: A\r\n---\r\nkind: B\r\n', [[1, A], [3, B]]],
  ['kind: A\ntext: |\n  ---\n  kind: B\n', [[1, { kind: 'A', text: '---\nkind: B\n' }]]],
  ['kind: A\nx: [yes, off, 2026-01-01, 12:30, 010, 1_000]\n', [[1, { kind: 'A', x: [true, false, '2026-01-01', '12:30', 8, 1000] }]]],
  ['\n{"kind": "A"}', [[2, A]]],
  ['{"kind": "A"}\n---\n{"kind": "B"}', [[1, A], [3, B]]],
  ['{kind: A}', [[1, A]]],
  ['kind: List\nitems:\n  - kind: A\n\n  - kind: B\n', [[3, A], [5, B]]],
  ['apiVersion: v1\nitems:\n- kind: A\n# comment\n- kind: B\nkind: List\n', [[3, A], [5, B]]],
  ['apiVersion: v1\nitems:\n- kind: A\n  x: &a 1\n- kind: B\n  y: *a\nkind: List\n', [[3, { kind: 'A', x: 1 }], [5, { kind: 'B', true: 1 }]]],
  ['apiVersion: v1\nitems: []\nkind: List\n', []],
  ['{"kind":"List","metadata":{"items":[{}]},\n"items":[{"kind":"A"},\n\n{"kind":"B"}]}', [[2, A], [4, B]]],
  ['kind: Playlist\nitems: 5\n', [[1, { kind: 'Playlist', items: 5 }]]],
  ['kind: A\n---\nnull\n---\n~\n', [[1, A]]],
])('%j', (text, expected) => {
  expect(objects(text)).toEqual(expected);
});

test('documents that are no objects of Kubernetes are counted', () => {
  const { sources, foreign } = read('replicas: 1\n---\nkind: A\n---\n{}\n');
  expect([sources.length, foreign]).toEqual([1, 2]);
});

const value = fc.letrec(tie => ({
  any: fc.oneof({ maxDepth: 3 }, fc.string(), fc.constantFrom('---', '- ', 'kind: List', 'a\n- b\n', '#', 'yes', null, 5, true), fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('any'), { maxKeys: 3 })),
})).any;
const item = fc.record({ apiVersion: fc.constant('v1'), kind: fc.constantFrom('A', 'B'), spec: value });

test('a List as kubectl writes it is the same item by item', () => {
  fc.assert(fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), items => {
    const text = stringify({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, { version: '1.1', indentSeq: false });
    const wholly = stringify({ kind: 'List', apiVersion: 'v1', items }, { version: '1.1' });
    expect(read(text).problems).toEqual([]);
    expect(read(text).sources.map(({ object }) => object)).toEqual(read(wholly).sources.map(({ object }) => object));
  }));
});

test('any text gives objects or problems, never an exception', () => {
  const line = fc.oneof(fc.string(), fc.constantFrom('---', '...', '- ', 'items:', 'kind: List', 'a: &a [*a]', '{', '[', '"', '|', '  x: 1', '%YAML 1.1', '!!binary x'));
  fc.assert(fc.property(fc.array(line, { maxLength: 12 }), lines => {
    const { sources, problems } = read(lines.join('\n'));
    sources.forEach(({ at }) => expect(at.line).toBeGreaterThan(0));
    problems.forEach(({ what }) => expect(what).toMatch(/^f:\d+$|^PATH$/));
  }), { numRuns: 1000 });
});
