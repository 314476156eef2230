import fc from 'fast-check';
import { matchesGlob } from '../../src/model/glob';

test.each([
  ['a.yaml', ['a.yaml'], ['ayaml', 'a.yaml.bak', 'b/a.yaml']],
  ['*.yaml', ['a.yaml', 'b/a.yaml', '.yaml'], ['a.yml']],
  ['**/a', ['b/a', 'b/c/a'], ['a']],
  ['?.yaml', ['a.yaml'], ['ab.yaml']],
  ['{a,b*}.yaml', ['a.yaml', 'bc.yaml'], ['c.yaml', '{a,b*}.yaml']],
  ['{a,{b,c}}', ['a', 'b', 'c'], ['d', ',']],
  ['[a-c]', ['b'], ['d', 'a-c']],
  ['[!a-c]', ['d'], ['b']],
  ['[0-9][0-9]-a', ['01-a'], ['1-a']],
  ['a,b', ['a,b'], ['a', 'b']],
  ['\\*', ['*'], ['a']],
  ['a\\', [], ['b']],
  ['(a|b)+$', ['(a|b)+$'], ['a']],
  ['', [''], ['a']],
  ['a-b', ['a-b'], ['ab']],
])('%s', (pattern, fitting, others) => {
  expect(fitting.filter(text => !matchesGlob(pattern, text))).toEqual([]);
  expect(others.filter(text => matchesGlob(pattern, text))).toEqual([]);
});

test('what ArgoCD cannot read fits nothing', () => {
  expect(['{a', 'a}', '[z-a]'].filter(pattern => ['{a', 'a', 'a}', '[z-a]', 'z'].some(text => matchesGlob(pattern, text)))).toEqual([]);
});

test('a star ends at a slash where slashes separate', () => {
  expect(matchesGlob('https://*/b', 'https://a/b', true)).toBe(true);
  expect(matchesGlob('https://*', 'https://a/b', true)).toBe(false);
  expect(matchesGlob('https://**', 'https://a/b', true)).toBe(true);
});

test('any pattern and any text: no exception, and no end of time', () => {
  const piece = fc.constantFrom('a', '*', '**', '?', '{', '}', ',', '[', ']', '!', '\\', '-', '/', '.', '^', '(', '$', '\n', 'é');
  const text = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''));
  fc.assert(fc.property(text, text, fc.boolean(), (pattern, value, separates) => typeof matchesGlob(pattern, value, separates) === 'boolean'), { numRuns: 3000 });
  expect(matchesGlob('*'.repeat(40) + 'b', 'a'.repeat(2000))).toBe(false);
  expect(matchesGlob('*a*a*a*a*a*b', 'a'.repeat(200))).toBe(false);
});
