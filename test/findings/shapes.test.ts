import { Chart, Duration, Size, Testing } from 'cdk8s';
import { DURATION, Kind, listOf, mapOf, NUMBER, required, struct, TEXT, thing, TRUTH } from '../../src/findings';

const STRUCT = struct<{ name: string; many?: number[] }>({ name: required(TEXT), many: listOf(NUMBER) });

test.each<[string, Kind, unknown[]]>([
  ['a string', TEXT, ['', 'a']],
  ['a number', NUMBER, [0, -1.5, NaN]],
  ['true or false', TRUTH, [true, false]],
  ['a Duration, such as Duration.days(30)', DURATION, [Duration.days(1), { toMilliseconds: () => 1 }]],
  ['a list', listOf(TEXT), [[], ['a']]],
  ['an object', mapOf(NUMBER), [{}, { a: 1 }]],
  ['an object', STRUCT, [{ name: 'a' }, { name: 'a', many: [1] }, { name: 'a', more: undefined }]],
  ['an even number', thing('an even number', value => value % 2 === 0), [2]],
])('%s', (wanted, kind, values) => {
  expect(kind.wanted).toBe(wanted);
  for (const value of [undefined, ...values]) {
    expect(kind.problems('prop', value)).toEqual([]);
  }
});

test.each<[unknown, unknown]>([
  [null, null], [1, 1], ['a', 'a'], [[1], 'a list'], [{}, 'an object of type Object'], [Object.create(null), 'an object of type null'],
  [Size.gibibytes(1), 'an object of type Size'], [new Chart(Testing.app(), 'a'), 'an object of type Chart'],
  [() => 1, 'a function'], [1n, 'a bigint'], [Symbol('a'), 'a symbol'],
])('a wrong value is told in words that can be printed: %p', (value, got) => {
  expect(TRUTH.problems('prop', value)).toEqual([{ what: 'prop', got, wanted: 'true or false' }]);
});

test('a prop that there is not is refused: its type is not checked by what only runs TypeScript', () => {
  expect(STRUCT.problems('outer', { name: 'a', manny: [1] })).toEqual([{ what: 'outer.manny', wanted: 'a prop that there is', next: 'write many' }]);
  expect(STRUCT.problems('', { name: 'a', other: 1 })).toEqual([{ what: 'other', wanted: 'a prop that there is', next: 'there are name, many' }]);
});

test('what is required is asked for', () => {
  expect(required(TEXT).problems('prop', undefined)).toEqual([{ what: 'prop', wanted: 'a string' }]);
});

test('parts are named by where they are', () => {
  expect(listOf(TEXT).problems('list', ['a', 1, undefined])).toEqual([
    { what: 'list[1]', got: 1, wanted: 'a string' }, { what: 'list[2]', wanted: 'a string' },
  ]);
  expect(mapOf(TEXT).problems('map', { a: 'b', c: 1 })).toEqual([{ what: "map['c']", got: 1, wanted: 'a string' }]);
  expect(STRUCT.problems('outer', { many: ['a'] })).toEqual([
    { what: 'outer.name', wanted: 'a string' }, { what: 'outer.many[0]', got: 'a', wanted: 'a number' },
  ]);
  expect(STRUCT.problems('', { name: 1 })).toEqual([{ what: 'name', got: 1, wanted: 'a string' }]);
});
