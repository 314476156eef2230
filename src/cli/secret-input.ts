import { Problem, refuse } from '../findings';
import { bytesOf, readAll, readInput } from './files';
import { Input, Surroundings } from './surroundings';

const NEWLINE = 0x0a;
const QUOTES = ['"', '\''].map(quote => quote.charCodeAt(0));
const [CTRL_C, CTRL_D, BACKSPACE, CARRIAGE_RETURN, CTRL_U, ESCAPE, DELETE] = [0x03, 0x04, 0x08, 0x0d, 0x15, 0x1b, 0x7f];
const SPACE = 0x20;
/** What Windows editors begin a file with. */
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** One value that a command wants, under the names that it has in files. */
export interface Wanted {
  /** How the terminal asks for it. */
  readonly prompt: string;
  /** Names in env and INI files, in lower case. */
  readonly names: string[];
  /** Whether it is typed twice, because a mistake shows too late. */
  readonly confirm?: boolean;
}

/** Asks at the terminal, or reads `NAME=value` lines from standard input or from a file. */
export async function readSecrets(command: string, wanted: Wanted[], fromFile: string | undefined, surroundings: Surroundings): Promise<Buffer[]> {
  if (fromFile === undefined && surroundings.stdin.isTTY) {
    return ask(command, wanted, surroundings);
  }
  const option = fromFile === undefined || fromFile === '-' ? 'standard input' : `--from-file ${fromFile}`;
  const content = fromFile === undefined ? await readAll(surroundings.stdin) : await readInput(command, '--from-file', fromFile, surroundings);
  try {
    return wanted.map(({ names }) => valueIn(command, option, content, names));
  } finally {
    content.fill(0);
  }
}

/** What no credential may contain: the controller copies a value into a line of an INI file, and restic trims what it reads. */
export function wrongSecret(what: string, value: Buffer): Problem | undefined {
  if (value.length === 0) {
    return { what, wanted: 'a value: this one is empty' };
  }
  if (value.some(byte => byte < SPACE || byte === DELETE)) {
    return { what, wanted: 'a value in one line: this one has a line break or another control character' };
  }
  if (value[0] === SPACE || value.at(-1) === SPACE) {
    return { what, wanted: 'a value without a space at its beginning or end: not every reader keeps it' };
  }
  return isQuoted(value) ? { what, wanted: 'a value without quotes around it: an INI or env file loses them' } : undefined;
}

/** No store has such keys; where a comment stands behind a key, or half of its quotes was copied, they would be sealed with it. */
export function wrongS3Key(what: string, value: Buffer): Problem | undefined {
  return wrongSecret(what, value) ?? (value.some(byte => byte === SPACE || QUOTES.includes(byte))
    ? { what, wanted: 'a key without blanks and quotes', next: 'write it alone in its line, without a comment behind it' } : undefined);
}

function valueIn(command: string, option: string, content: Buffer, names: string[]): Buffer {
  const found = linesOf(content).filter(line => names.includes(nameOf(line)));
  if (found.length !== 1) {
    refuse(command, {
      what: option,
      got: `${found.length} lines with ${names.join(' or ')}`,
      wanted: 'one',
      next: `write ${names[0]}=... in the file, outside of any section or in [default]`,
    });
  }
  return Buffer.from(unquoted(trimmed(found[0].subarray(found[0].indexOf('=') + 1))));
}

/** The lines before any section and those of [default]: other profiles are none of ours. */
function linesOf(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let ours = true;
  for (let start = content.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0; start < content.length;) {
    const at = content.indexOf(NEWLINE, start);
    const end = at === -1 ? content.length : at;
    const line = trimmed(content.subarray(start, end));
    start = end + 1;
    if (line[0] === '['.charCodeAt(0)) {
      ours = line.equals(Buffer.from('[default]'));
    } else if (ours) {
      lines.push(line);
    }
  }
  return lines;
}

function nameOf(line: Buffer): string {
  const at = line.indexOf('=');
  return at === -1 ? '' : line.toString('utf8', 0, at).trim().replace(/^export\s+/, '').toLowerCase();
}

function trimmed(line: Buffer): Buffer {
  let [start, end] = [0, line.length];
  while (start < end && line[start] <= SPACE) {
    start++;
  }
  while (end > start && line[end - 1] <= SPACE) {
    end--;
  }
  return line.subarray(start, end);
}

function unquoted(value: Buffer): Buffer {
  return isQuoted(value) ? value.subarray(1, -1) : value;
}

function isQuoted(value: Buffer): boolean {
  return value.length > 1 && QUOTES.includes(value[0]) && value[0] === value.at(-1);
}

async function ask(command: string, wanted: Wanted[], { stdin, stderr }: Surroundings): Promise<Buffer[]> {
  const keys = new Keyboard(stdin);
  const typed: Buffer[] = [];
  try {
    for (const { prompt, confirm } of wanted) {
      const value = await keys.line(command, `${prompt} (not shown): `, stderr);
      typed.push(value);
      const again = confirm ? await keys.line(command, `${prompt} again: `, stderr) : undefined;
      const same = again === undefined || again.equals(value);
      again?.fill(0);
      if (!same) {
        refuse(command, { what: prompt, wanted: 'the same value twice' });
      }
    }
    return typed;
  } catch (error) {
    typed.forEach(value => value.fill(0));
    throw error;
  } finally {
    keys.close();
  }
}

/** Reads lines from a terminal that does not show them. */
class Keyboard {
  private readonly bytes: AsyncIterator<number>;

  public constructor(private readonly stdin: Input) {
    stdin.setRawMode?.(true);
    this.bytes = typedBytes(stdin);
  }

  public async line(command: string, prompt: string, stderr: Surroundings['stderr']): Promise<Buffer> {
    stderr.write(prompt);
    const line: number[] = [];
    for (;;) {
      const { value: byte, done } = await this.bytes.next();
      if (done || byte === CTRL_C || byte === CTRL_D || byte === ESCAPE) {
        line.fill(0);
        stderr.write('\n');
        refuse(command, { what: 'terminal', wanted: 'a value and Enter: it was cancelled', next: 'nothing was written' });
      }
      if (byte === CARRIAGE_RETURN || byte === NEWLINE) {
        stderr.write('\n');
        const value = Buffer.from(line);
        line.fill(0);
        return value;
      }
      edit(line, byte);
    }
  }

  public close(): void {
    this.stdin.setRawMode?.(false);
    void this.bytes.return!();
  }
}

/** Without echo nobody sees what an arrow key would have edited; erasing the last character and the line is enough. */
function edit(line: number[], byte: number): void {
  if (byte === CTRL_U) {
    line.length = 0;
  } else if (byte === BACKSPACE || byte === DELETE) {
    let erased = line.pop();
    while (erased !== undefined && !startsCharacter(erased)) {
      erased = line.pop();
    }
  } else {
    line.push(byte);
  }
}

/** In UTF-8 the other bytes of a character are from 0x80 to 0xbf. */
function startsCharacter(byte: number): boolean {
  return byte < 0x80 || byte > 0xbf;
}

async function* typedBytes(stdin: Input): AsyncGenerator<number> {
  for await (const chunk of stdin) {
    const bytes = bytesOf(chunk);
    try {
      yield* bytes;
    } finally {
      bytes.fill(0);
    }
  }
}
