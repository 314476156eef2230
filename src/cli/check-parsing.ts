import { readYaml, UnreadableYaml } from '../model';
import { linesIn, type Piece } from './check-pieces';

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
  try {
    const [document] = readYaml(text, 'kubernetes');
    const lineAt = (offset: number) => line + linesIn(text.slice(0, offset));
    return { value: document?.value, line: lineAt(document?.offset ?? 0), lineOfItem: index => lineAt(document.offsetOfItem(index)) };
  } catch (error) {
    if (error instanceof UnreadableYaml) {
      return { error: error.message, line: line + error.line - 1 };
    }
    throw error;
  }
}

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
