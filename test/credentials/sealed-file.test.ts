import { parseSealedFile } from '../../src/credentials/sealed-file';

const SECRET = 'hunter2';

test.each<[string, string]>([
  ['YAML', 'a: {b: [1, "c"]}\n'],
  ['JSON', '{"a": {"b": [1, "c"]}}'],
  ['one document among empty ones', '---\n# nothing\n---\na: {b: [1, c]}\n...\n'],
  ['a separator at the end, as in a file that was cut out of a longer one', 'a: {b: [1, c]}\n---\n'],
  ['a file with a byte-order mark', '\ufeffa: {b: [1, c]}\n'],
  ['Windows line ends', 'a:\r\n  b:\r\n  - 1\r\n  - c\r\n'],
])('reads %s', (_, text) => {
  expect(parseSealedFile('place', text)).toEqual({ a: { b: [1, 'c'] } });
});

test.each<[string, string, string]>([
  ['nothing', '', 'place: file got "0 documents", wanted one SealedSecret; keep one in a file'],
  ['a comment', '# a comment\n', 'place: file got "0 documents", wanted one SealedSecret; keep one in a file'],
  ['null', 'null\n', 'place: file got "0 documents", wanted one SealedSecret; keep one in a file'],
  ['two documents', 'a: 1\n---\nb: 2\n', 'place: file got "2 documents", wanted one SealedSecret; keep one in a file'],
  ['what is no YAML', `a: 1\nb: {${SECRET}: [\n`, 'place: line 3: wanted YAML or JSON (BAD_INDENT); seal it again'],
  ['a key twice', `a: 1\na: ${SECRET}\n`, 'place: line 2: wanted YAML or JSON (DUPLICATE_KEY); seal it again'],
  ['text after JSON', `{"a": 1} ${SECRET}`, 'place: line 1: wanted YAML or JSON (UNEXPECTED_TOKEN); seal it again'],
  ['an alias of nothing', `a: *${SECRET}\n`, 'place: file: wanted YAML or JSON (ReferenceError); seal it again'],
  ['a bomb of aliases', bomb(), 'place: file: wanted YAML or JSON (ReferenceError); seal it again'],
  ['endless nesting', `${'['.repeat(20_000)}`, 'place: file: wanted YAML or JSON (RangeError); seal it again'],
])('fails with %s, and quotes nothing of it', (_, text, message) => {
  expect(() => parseSealedFile('place', text)).toThrow(new Error(message));
});

test('every line with an error is told', () => {
  expect(() => parseSealedFile('place', 'a: 1\na: 2\nb: 3\nb: 4\n')).toThrow(new Error([
    'place: 2 problems',
    '  - line 2: wanted YAML or JSON (DUPLICATE_KEY); seal it again',
    '  - line 4: wanted YAML or JSON (DUPLICATE_KEY); seal it again',
  ].join('\n')));
});

test('warnings of the parser, which quote the text, are not printed', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  try {
    expect(parseSealedFile('place', `? {${SECRET}: 1}\n: !${SECRET} 2\n`)).toEqual({ [`{ ${SECRET}: 1 }`]: '2' });
    expect(warn).not.toHaveBeenCalled();
  } finally {
    warn.mockRestore();
  }
});

/** Nine levels of nine references each are 400 million strings. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`);
  return ['l0: &l0 lol', ...levels].join('\n');
}
