import { areApart, exampleOf, fits, isPattern } from '../../src/schedule/patterns';

test.each([['a', false], ['*', true], ['a?', true], ['[ab]', true], ['a]', true]])('whether %s is a pattern: %s', (name, is) => {
  expect(isPattern(name)).toBe(is);
});

test.each([
  ['a-b', 'a-b'], ['*', 'x'], ['team-*', 'team-x'], ['a?c', 'axc'], ['[a-c0-9]z', 'xz'], ['[-a]z', 'xz'], ['a*b*', 'axbx'],
])('%s has the example %s', (pattern, example) => {
  expect(exampleOf(pattern)).toBe(example);
});

test.each([['a**'], ['[]'], ['[a'], ['a]'], ['[z-a]'], ['[a-c-e]'], ['[!a]'], ['[*]']])('%s is no pattern that Velero can read', pattern => {
  expect(exampleOf(pattern)).toBeUndefined();
  expect(fits('a', pattern)).toBe(false);
});

test.each([
  ['n8n', 'n8n', true], ['n8n', 'n8', false], ['n8n', '*', true], ['n8n-prod', 'n8n-*', true], ['xn8n-prod', 'n8n-*', false], ['n8n', 'n?n', true],
  ['n8n', 'n??n', false], ['a1', 'a[0-9]', true], ['ax', 'a[0-9]', false], ['a.b', '*.b', true], ['axb', '*.b', false], ['aDb', '*D?', true],
])('whether %s fits %s: %s', (name, pattern, does) => {
  expect(fits(name, pattern)).toBe(does);
});

test.each<[string[], string[] | undefined, string[] | undefined, boolean]>([
  [['a'], undefined, undefined, false],
  [['a'], ['b'], undefined, true],
  [['a', 'b'], ['b'], undefined, false],
  [['a'], ['a', 'b'], ['a'], true],
  [['team-a'], undefined, ['team-*'], true],
  [['team-*'], undefined, ['team-*'], true],
  [['team-*'], ['x-*'], undefined, false],
  [['team-*'], ['x'], undefined, true],
])('whether %j is apart from %j without %j: %s', (namespaces, included, excluded, apart) => {
  expect(areApart(namespaces, included, excluded)).toBe(apart);
});
