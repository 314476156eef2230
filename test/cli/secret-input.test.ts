import { Readable } from 'stream';
import * as fc from 'fast-check';
import { Terminal } from './calls';
import { readSecrets, Wanted, wrongS3Key, wrongSecret } from '../../src/cli/secret-input';
import { Surroundings } from '../../src/cli/surroundings';
import { fileIn, temporaryFolder } from '../credentials/sealed-files';

const FOLDER = temporaryFolder();
const SEED = 20460103;
const VALUE: Wanted = { prompt: 'Value', names: ['value', 'other_name'] };
const CANCELLED = 'seal: terminal: wanted a value and Enter: it was cancelled; nothing was written';

function surroundings(stdin: Surroundings['stdin']): Surroundings & { told: string[] } {
  const told: string[] = [];
  return { stdin, stdout: { write: () => fail() }, stderr: { write: (text: string) => told.push(text) }, now: new Date(), told };
}

function fail(): never {
  throw new Error('nothing is written to standard output');
}

async function read(content: string | Buffer): Promise<string> {
  const [value] = await readSecrets('seal', [VALUE], '-', surroundings(Readable.from([Buffer.from(content)])));
  return value.toString();
}

async function typed(wanted: Wanted[], terminal: Terminal): Promise<string[]> {
  return (await readSecrets('seal', wanted, undefined, surroundings(terminal))).map(String);
}

describe('a value in a file', () => {
  test.each<[string, string, string]>([
    ['alone', 'value=x', 'x'],
    ['without quotes', 'VALUE = a b "c" \r\n', 'a b "c"'],
    ['in double quotes', 'value="a \'b\' "\n', 'a \'b\' '],
    ['in single quotes', "value='\"'\n", '"'],
    ['with one quote', 'value="\n', '"'],
    ['with two kinds of quotes', 'value="x\'\n', '"x\''],
    ['exported', '  export   Value=x\n', 'x'],
    ['under its other name', 'other_name=x\n', 'x'],
    ['with "=" in it', 'value=a=b==\n', 'a=b=='],
    ['with "#" in it', 'value=a#b # c\n', 'a#b # c'],
    ['that is empty', 'value=\n', ''],
    ['in [default]', '[other]\nvalue=y\n[default]\nvalue=x\n[third]\nvalue=z\n', 'x'],
    ['before any section', 'value=x\n[other]\nvalue=y\n', 'x'],
    ['among comments', '# value=y\n; value=y\n\nvalues=y\nvalue\nvalue=x\n', 'x'],
    ['after a byte-order mark', '\ufeffvalue=x\n', 'x'],
    ['in [default] after a byte-order mark', '\ufeff[default]\nvalue=x\n', 'x'],
    ['in UTF-8', 'value=schöne Grüße, 秘密\n', 'schöne Grüße, 秘密'],
  ])('%s', async (_, content, value) => {
    expect(await read(content)).toBe(value);
  });

  test('of bytes that are no UTF-8 stays as it is', async () => {
    const bytes = Buffer.from([0xff, 0x80, 0x41]);
    const [value] = await readSecrets('seal', [VALUE], '-', surroundings(Readable.from([Buffer.concat([Buffer.from('value='), bytes])])));
    expect(value.equals(bytes)).toBe(true);
  });

  test('of any kind is read back', async () => {
    const line = fc.string({ unit: 'binary', maxLength: 60 }).filter(text => wrongSecret('value', Buffer.from(text)) === undefined);
    await fc.assert(fc.asyncProperty(line, async value => {
      expect(await read(`value="${value}"\n`)).toBe(value);
    }), { seed: SEED, numRuns: 200 });
  });

  test('is found in whatever pieces it arrives', async () => {
    const content = Buffer.from('[default]\nother=1\nvalue=schöne Grüße\n');
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: content.length }), async size => {
      const pieces = Array.from({ length: Math.ceil(content.length / size) }, (_, at) => Buffer.from(content.subarray(at * size, (at + 1) * size)));
      const [value] = await readSecrets('seal', [VALUE], undefined, surroundings(Readable.from(pieces)));
      expect(value.toString()).toBe('schöne Grüße');
    }), { seed: SEED, numRuns: 50 });
  });

  test.each<[string, string, number]>([
    ['none', 'hunter2\n', 0], ['nothing', '', 0], ['only in another section', '[other]\nvalue=hunter2\n', 0],
    ['two', 'value=hunter2\nvalue=hunter2\n', 2], ['two under two names', 'value=hunter2\nother_name=hunter2\n', 2],
  ])('fails where there is %s, and quotes nothing', async (_, content, lines) => {
    await expect(read(content)).rejects.toThrow(new Error(
      `seal: standard input got "${lines} lines with value or other_name", wanted one; write value=... in the file, outside of any section or in [default]`,
    ));
  });

  test('is asked for even at a terminal when the file is given', async () => {
    const file = fileIn(FOLDER, 'env', 'value=x\n');
    const terminal = new Terminal();
    const [value] = await readSecrets('seal', [VALUE], file, surroundings(terminal));
    expect([value.toString(), terminal.modes]).toEqual(['x', []]);
  });

  test('is overwritten where it was read', async () => {
    const chunks = ['val', 'ue=x\n'].map(text => Buffer.from(text));
    await readSecrets('seal', [VALUE], '-', surroundings(Readable.from(chunks)));
    expect(chunks.map(chunk => [...new Set(chunk)])).toEqual([[0], [0]]);
  });

  test('may arrive as text', async () => {
    const [value] = await readSecrets('seal', [VALUE], '-', surroundings(Readable.from(['value=', 'ö\n'])));
    expect(value.toString()).toBe('ö');
  });
});

describe('a value at the terminal', () => {
  const pair = [{ ...VALUE, prompt: 'First' }, { ...VALUE, prompt: 'Second' }];

  test.each<[string, (string | Buffer)[], string]>([
    ['ends with Enter', ['x\r'], 'x'],
    ['ends with a line feed', ['x\n'], 'x'],
    ['comes key by key', [...'secret\r'], 'secret'],
    ['keeps its spaces', [' a b \r'], ' a b '],
    ['may be empty', ['\r'], ''],
    ['has characters erased', ['abc\x7f\x7fd\be\r'], 'ae'],
    ['has whole characters of UTF-8 erased', ['aö秘😀\x7f\x7f\x7fb\r'], 'ab'],
    ['is UTF-8 in pieces', [Buffer.from([0xc3]), Buffer.from([0xb6]), '\r'], 'ö'],
    ['has nothing to erase', ['\x7f\x7fa\r'], 'a'],
    ['has its line erased', ['wrong\x15right\r'], 'right'],
  ])('%s', async (_, chunks, value) => {
    const terminal = new Terminal(...chunks);
    expect(await typed([VALUE], terminal)).toEqual([value]);
    expect(terminal.modes).toEqual([true, false]);
    expect(terminal.readIn).toEqual(chunks.map(() => true));
    expect(terminal.destroyed).toBe(true);
  });

  test('is one of two that are pasted at once', async () => {
    expect(await typed(pair, new Terminal('first\rsecond\r'))).toEqual(['first', 'second']);
  });

  test('is asked for by its name, on standard error', async () => {
    const around = surroundings(new Terminal('a\r', 'b\r'));
    await readSecrets('seal', pair, undefined, around);
    expect(around.told).toEqual(['First (not shown): ', '\n', 'Second (not shown): ', '\n']);
  });

  test('is read without a mode to set, as from a pipe that says it is a terminal', async () => {
    const stdin = Object.assign(Readable.from([Buffer.from('x\r')]), { isTTY: true });
    expect((await readSecrets('seal', [VALUE], undefined, surroundings(stdin)))[0].toString()).toBe('x');
  });

  test.each<[string, string[]]>([
    ['Ctrl-C', ['secret\x03']], ['Ctrl-D', ['\x04']], ['Escape or an arrow', ['sec\x1b[D']], ['the end of input', ['secret']], ['nothing', []],
  ])('is cancelled by %s, and the terminal is as before', async (_, chunks) => {
    const terminal = new Terminal(...chunks);
    await expect(typed(pair, terminal)).rejects.toThrow(new Error(CANCELLED));
    expect(terminal.modes).toEqual([true, false]);
  });

  test('is typed twice where a mistake shows too late', async () => {
    const twice = { ...VALUE, confirm: true };
    expect(await typed([twice], new Terminal('same\r', 'same\r'))).toEqual(['same']);
    const terminal = new Terminal('same\r', 'sane\r');
    await expect(typed([twice], terminal)).rejects.toThrow(new Error('seal: Value: wanted the same value twice'));
    expect(terminal.modes).toEqual([true, false]);
    await expect(typed([twice], new Terminal('same\r', '\x03'))).rejects.toThrow(new Error(CANCELLED));
  });

  test('is overwritten where it was read, with what was typed too much', async () => {
    const terminal = new Terminal('secret\rmore');
    expect(await typed([VALUE], terminal)).toEqual(['secret']);
    await new Promise(setImmediate);
    expect([...new Set(terminal.chunks[0])]).toEqual([0]);
  });
});

describe('wrong with a value is', () => {
  test.each<[string, string | Buffer, string | undefined]>([
    ['that it is empty', '', 'a value: this one is empty'],
    ['a line break', 'a\nb', 'a value in one line: this one has a line break or another control character'],
    ['a carriage return', 'a\r', 'a value in one line: this one has a line break or another control character'],
    ['a zero', Buffer.from([0]), 'a value in one line: this one has a line break or another control character'],
    ['a deletion', '\x7f', 'a value in one line: this one has a line break or another control character'],
    ['a space at its beginning', ' a', 'a value without a space at its beginning or end: not every reader keeps it'],
    ['a space at its end', 'a ', 'a value without a space at its beginning or end: not every reader keeps it'],
    ['double quotes around it', '"a"', 'a value without quotes around it: an INI or env file loses them'],
    ['single quotes around it', "'a'", 'a value without quotes around it: an INI or env file loses them'],
    ['nothing but quotes', '""', 'a value without quotes around it: an INI or env file loses them'],
  ])('%s', (_, value, wanted) => {
    expect(wrongSecret('value', Buffer.from(value))).toEqual({ what: 'value', wanted });
  });

  test.each(['x', 'a b', 'schöne Grüße', '"', '"a', '"a\'', 'a "b"', '{{ .secretKey }}', '=#;'])('not %j', value => {
    expect(wrongSecret('value', Buffer.from(value))).toBeUndefined();
  });
});

describe('wrong with an S3 key is', () => {
  const wanted = 'a key without blanks and quotes';
  const next = 'write it alone in its line, without a comment behind it';

  test.each(['a b', 'abc # mine', '"abc', "abc'"])('%j', value => {
    expect(wrongS3Key('key', Buffer.from(value))).toEqual({ what: 'key', wanted, next });
  });

  test('what is wrong with every value', () => {
    expect(wrongS3Key('key', Buffer.from(''))).toEqual({ what: 'key', wanted: 'a value: this one is empty' });
  });

  test.each(['AKIA0123', 'abc/DEF+012=', 'a#b;c{{}}'])('not %j', value => {
    expect(wrongS3Key('key', Buffer.from(value))).toBeUndefined();
  });
});
