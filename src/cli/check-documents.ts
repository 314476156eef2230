import { type Problem } from '../findings/problems';
import { isJson, type Source } from '../model';
import { type Failed, type Parsed, parseJson, parseYaml } from './check-parsing';
import { type InputFile } from './check-paths';
import { type DocumentPiece, type Piece, piecesOf } from './check-pieces';

/** Of a key: files that were put behind each other without a mark in between look like that. */
const TWICE = /^Map keys must be unique/;

/** The objects of a file, each with its line, and what is wrong with the file. */
export class Documents {
  public readonly sources: Source[] = [];
  public readonly problems: Problem[] = [];

  /** How many documents are no objects of Kubernetes: the values of a chart, the settings of an editor. */
  public foreign = 0;

  /** Reads what kubectl, Helm, cdk8s and people write: YAML and JSON, documents one after the other, Lists of objects. */
  public constructor(private readonly file: InputFile) {
    const text = textOf(file.content);
    if (text === undefined) {
      this.problems.push({ what: 'PATH', got: file.name, wanted: 'a text in UTF-8: this one is binary' });
      return;
    }
    const json = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
    if (json !== undefined) {
      this.take(json);
    } else {
      piecesOf(text).forEach(piece => this.read(piece));
    }
  }

  /** Items that cannot be read one by one are read as the List that they stand in, which then says what is wrong. */
  private read(document: DocumentPiece): void {
    const items = document.items === undefined ? undefined : itemsIn(document.items);
    if (items !== undefined) {
      items.forEach(({ value, line }) => this.add(value, line));
      return;
    }
    const whole = parseYaml(document);
    if (isParsed(whole)) {
      this.take(whole);
    } else {
      this.problems.push({ what: `${this.file.name}:${whole.line}`, wanted: `YAML or JSON: ${whole.error}`, next: TWICE.test(whole.error) ? 'take one away, or write --- between two objects' : 'correct it' });
    }
  }

  private take({ value, line, lineOfItem }: Parsed): void {
    const items = isJson(value) && typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items) ? value.items : undefined;
    if (items === undefined) {
      this.add(value, line);
    } else {
      items.forEach((item, index) => this.add(item, lineOfItem(index)));
    }
  }

  private add(object: unknown, line: number): void {
    if (isJson(object) && object.apiVersion === undefined && object.kind === undefined) {
      this.foreign++;
    } else if (object !== null && object !== undefined) {
      this.sources.push({ object, at: { file: this.file.name, line } });
    }
  }
}

/** Only values and lines: what else the parser has is what needs the memory. */
function itemsIn(pieces: readonly Piece[]): Pick<Parsed, 'value' | 'line'>[] | undefined {
  const items: Pick<Parsed, 'value' | 'line'>[] = [];
  for (const piece of pieces) {
    const item = parseYaml(piece);
    if (!isParsed(item)) {
      return undefined;
    }
    items.push({ value: item.value, line: item.line });
  }
  return items;
}

function isParsed(result: Parsed | Failed): result is Parsed {
  return !('error' in result);
}

function textOf(content: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\u0000') ? undefined : text;
  } catch {
    return undefined;
  }
}
