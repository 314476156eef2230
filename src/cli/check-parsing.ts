import type * as yaml from 'yaml';
import { linesIn, type Piece } from './check-pieces';
import { type PlainDocument, readPlainYaml } from './check-plain-yaml';

/** What a text says, and where. */
export interface Parsed {
  readonly value: unknown;

  /** Of its first character that is no comment, in the file. */
  readonly line: number;

  /** Of an item of a List. */
  readonly lineOfItem: (index: number) => number;
}

/** Why a text says nothing, and where. */
export interface Failed {
  readonly error: string;
  readonly line: number;
}

/** No object in a cluster is larger than 1.5 MB. */
const LARGEST_DOCUMENT = 8 * 1024 * 1024;

export function parseYaml({ text, line }: Piece): Parsed | Failed {
  if (text.length > LARGEST_DOCUMENT) {
    return { error: `a document of at most ${LARGEST_DOCUMENT / 1024 / 1024} MB, as every object of Kubernetes is`, line };
  }
  const plain = readPlainYaml(text);
  return plain === undefined ? parseAnyYaml({ text, line }) : parsedOf(plain, { text, line });
}

/** Lines are counted once for all items: a List may have thousands. */
function parsedOf({ value, offset, items }: PlainDocument, { text, line }: Piece): Parsed {
  let lines: readonly number[] | undefined;
  return {
    value,
    line: line + linesIn(text.slice(0, offset)),
    lineOfItem: index => (lines ??= linesAt(text, items).map(at => line + at))[index] ?? line,
  };
}

/** How many lines end before each offset, which are in ascending order. */
function linesAt(text: string, offsets: readonly number[]): number[] {
  let [lines, from] = [0, 0];
  return offsets.map(offset => {
    lines += linesIn(text.slice(from, offset));
    from = offset;
    return lines;
  });
}

/** With everything that YAML has. */
export function parseAnyYaml({ text, line }: Piece): Parsed | Failed {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- on first use: the parser is large
  const { LineCounter, parseDocument } = require('yaml') as typeof yaml;
  const counter = new LineCounter();
  const lineAt = (offset: number) => line + counter.linePos(offset).line - 1;
  const startOf = (node: unknown) => lineAt((node as yaml.Node | null | undefined)?.range?.[0] ?? 0);
  try {
    const document = parseDocument(text, { lineCounter: counter, logLevel: 'error', version: '1.1', customTags: asKubectlReads });
    const [error] = document.errors;
    return error === undefined
      ? { value: document.toJS(), line: startOf(document.contents), lineOfItem: index => startOf(document.getIn(['items', index], true)) }
      : { error: reasonIn(error.message), line: lineAt(error.pos[0]) };
  } catch (error) {
    return { error: reasonIn((error as Error).message), line }; // aliases that lead nowhere, or unfold without end
  }
}

/** As the parsers of kubectl, Helm and ArgoCD: `yes` is true, and dates and `e3` are text. */
function asKubectlReads(tags: yaml.Tags): yaml.Tags {
  return tags.filter(tag => typeof tag === 'string' || (!NOT_OF_JSON.test(tag.tag) && tag.format !== 'TIME'))
    .map(tag => typeof tag === 'object' && tag.format === 'EXP' ? { ...tag, test: EXPONENTIAL } as yaml.ScalarTag : tag);
}

const EXPONENTIAL = /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)[eE][-+]?\d+$/;

const NOT_OF_JSON = /:(timestamp|binary|omap|pairs|set)$/;

/** The first line of a message without the place, which is told in front of it, and without the text, which may be a secret. */
function reasonIn(message: string): string {
  return message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '').replace(QUOTE, '')
    .replace(/^The !.* has no suffix$/, 'Could not resolve tag').replace(/^Maximum call stack size exceeded$/, 'it is nested too deep');
}

/** Where the parser repeats what it read: behind a colon, or behind what it calls it. */
const QUOTE = /(?<=\S): [^]*$|(?<=^Invalid escape sequence) [^]*$/;

/** A thousand times faster than the parser of YAML, which reads JSON too; nothing when it is no JSON. */
export function parseJson(text: string): Parsed | undefined {
  try {
    const value: unknown = JSON.parse(text);
    let lines: readonly number[] | undefined;
    return { value, line: 1 + linesIn(text.slice(0, text.search(/\S/))), lineOfItem: index => (lines ??= linesOfItems(text))[index] ?? 1 };
  } catch {
    return undefined;
  }
}

/** The lines at which the objects in the field `items` of JSON begin. */
function linesOfItems(text: string): readonly number[] {
  const lines: number[] = [];
  let [line, depth, isItems, key] = [1, 0, false, ''];
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}\n]/g)) {
    if (token === '\n') {
      line++;
    } else if (token === '}' || token === ']') {
      depth--;
    } else if (token === '{' || token === '[') {
      isItems = depth === 1 ? token === '[' && key === '"items"' : isItems;
      if (depth === 2 && isItems) {
        lines.push(line);
      }
      depth++;
    } else if (depth === 1) {
      key = token;
    }
  }
  return lines;
}
