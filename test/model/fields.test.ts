import { Fields } from '../../src/model/fields';

function reading(json: any): { fields: Fields; refused: string[] } {
  const refused: string[] = [];
  return { refused, fields: Fields.of(json, { refuse: (path, got, wanted) => refused.push(`${path}: ${JSON.stringify(got)} is not ${wanted}`) }) };
}

test('values of the right type are read as they are', () => {
  const json = { text: 'a', count: 0, off: false, list: ['x', 'y'], labels: { a: 'b' }, child: { deep: 'c' }, children: [{ name: 'd' }], map: { one: { name: 'e' } }, port: 80 };
  const { fields, refused } = reading(json);
  expect([fields.string('text'), fields.number('count'), fields.boolean('off')]).toEqual(['a', 0, false]);
  expect(fields.strings('list')).toBe(json.list);
  expect(fields.stringMap('labels')).toBe(json.labels);
  expect(fields.object('child').string('deep')).toBe('c');
  expect(fields.objects('children').map(child => child.string('name'))).toEqual(['d']);
  expect([...fields.objectMap('map')].map(([key, value]) => [key, value.string('name')])).toEqual([['one', 'e']]);
  expect([fields.stringOrNumber('port'), fields.stringOrNumber('text')]).toEqual(['80', 'a']);
  expect(refused).toEqual([]);
});

test('what is absent or null is absent, without a word', () => {
  const { fields, refused } = reading({ nothing: null });
  for (const key of ['nothing', 'missing']) {
    expect([fields.string(key), fields.number(key), fields.boolean(key), fields.stringOrNumber(key)]).toEqual(Array(4).fill(undefined));
    expect([fields.strings(key), fields.stringMap(key), fields.objects(key), fields.objectMap(key).size]).toEqual([[], {}, [], 0]);
    expect([fields.optionalObject(key), fields.has(key)]).toEqual([undefined, false]);
    expect(fields.object(key).object('deeper').string('still')).toBeUndefined();
  }
  expect(refused).toEqual([]);
});

test('values of another type are refused with their path and read as absent', () => {
  const { fields, refused } = reading({
    spec: {
      text: 1,
      count: '1',
      off: 'no',
      list: 'x',
      mixed: ['a', 2, null],
      labels: { a: true, b: 'c', d: null },
      map: [],
      child: 'c',
      children: [{ name: 5 }, 'x', { list: [{ deep: [] }] }],
      port: true,
    },
  });
  const spec = fields.object('spec');
  expect([spec.string('text'), spec.number('count'), spec.boolean('off'), spec.strings('list'), spec.stringOrNumber('port')])
    .toEqual([undefined, undefined, undefined, [], undefined]);
  expect(spec.strings('mixed')).toEqual(['a']);
  expect(spec.stringMap('labels')).toEqual({ b: 'c' });
  expect(spec.stringMap('map')).toEqual({});
  expect(spec.object('child').string('any')).toBeUndefined();
  expect(spec.objects('children').map(child => child.string('name'))).toEqual([undefined, undefined]);
  spec.objects('children')[1].objects('list')[0].string('deep');
  spec.objectMap('labels');
  expect(refused.slice(0, 12)).toEqual([
    'spec.text: 1 is not a string',
    'spec.count: "1" is not a number',
    'spec.off: "no" is not true or false',
    'spec.list: "x" is not a list of strings',
    'spec.port: true is not a string or a number',
    'spec.mixed[1]: 2 is not a string',
    'spec.mixed[2]: null is not a string',
    'spec.labels[\'a\']: true is not a string, in quotes',
    'spec.map: [] is not a map of strings',
    'spec.child: "c" is not an object',
    'spec.children[1]: "x" is not an object',
    'spec.children[0].name: 5 is not a string',
  ]);
  expect(refused).toContain('spec.children[2].list[0].deep: [] is not a string');
  expect(refused).toContain('spec.labels.b: "c" is not an object');
});
