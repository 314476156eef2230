/** A part of a file that can be read by itself. */
export interface Piece {
  readonly text: string;

  /** The line of the file that it begins at. */
  readonly line: number;
}

/** A document, and of a List that kubectl wrote its items. */
export interface DocumentPiece extends Piece {
  readonly items?: readonly Piece[];
}

/**
 * The documents of a YAML file, without those of comments only; the items of a List one by one.
 *
 * The parser needs a hundred times the memory of what it reads, and a dump of a cluster has thousands of items: one at a time needs none.
 * A line that begins with `---` or `...` ends a document wherever it stands, in a block of text too.
 */
export function piecesOf(text: string): DocumentPiece[] {
  return cut({ text, line: 1 }, /^(---|\.\.\.)(?=\s|$)/gm).filter(hasContent).map(document => ({ ...document, items: itemsOf(document) }));
}

/** Anything but comments, directives and the mark at the beginning. */
function hasContent({ text }: Piece): boolean {
  return /^[^\S\n]*(?!%)[^\s#]/m.test(text.replace(/^(---|\.\.\.)/, ''));
}

/** Nothing but the four fields of a List, its dashes and comments stands at the beginning of a line when kubectl wrote it. */
function itemsOf({ text, line }: Piece): Piece[] | undefined {
  const list = /^items:[^\S\n]*\n(?=- )/m.exec(text);
  if (list === null || !/^kind: \w*List[^\S\n]*$/m.test(text) || /^(?!(?:apiVersion|kind|items|metadata):|- |[ #\n]|---|$)/m.test(text)) {
    return undefined;
  }
  const begin = list.index + list[0].length;
  const end = begin + (/^[^\s#-]/m.exec(text.slice(begin))?.index ?? text.length - begin);
  const items = cut({ text: text.slice(begin, end), line: line + linesIn(text.slice(0, begin)) }, /^- /gm);
  return items.map(item => ({ ...item, text: item.text.replace(/^- /, '  ') }));
}

/** Pieces that begin where the pattern matches; what comes before the first match is one too. */
function cut({ text, line }: Piece, pattern: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let [from, at] = [0, line];
  for (const { index } of [...text.matchAll(pattern), { index: text.length }]) {
    if (index > from) {
      const part = text.slice(from, index);
      pieces.push({ text: part, line: at });
      at += linesIn(part);
      from = index;
    }
  }
  return pieces;
}

/** How many lines end in a text. */
export function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines++;
  }
  return lines;
}
