import type * as yaml from 'js-yaml';

/** What a document says, and where in the text. */
export interface PlainDocument {
  readonly value: unknown;

  /** Where its first field begins. */
  readonly offset: number;

  /** Where the items of the list in its field `items` begin. */
  readonly items: readonly number[];
}

/**
 * Reads one document of plain YAML, as programs write it: fields, lists, text, and numbers that everybody reads alike.
 *
 * This parser takes a third of the time of the other one; here it is strict. Nothing is returned for what has aliases, tags, directives, comments
 * between its lines, keys that are no text or a number that is not written plainly, for what this parser is known to read in its own way, and for
 * what cannot be read: all that is for the other one, which also says what is wrong and where.
 */
export function readPlainYaml(text: string): PlainDocument | undefined {
  if (UNPLAIN.some(pattern => pattern.test(text)) || hasCommentBetween(text)) {
    return undefined;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- on first use: who checks JSON only needs none
  const parser = require('js-yaml') as typeof yaml;
  try {
    const events = parser.parseEvents(text, {});
    const contents = events.slice(1);
    const [root] = contents;
    if (root.type !== parser.EVENT_ID.MAPPING || !isPlain(events, parser) || !fieldsBeginLines(text, contents, parser)) {
      return undefined;
    }
    const items = itemsIn(text, contents, parser);
    if (items === undefined) {
      return undefined;
    }
    const [value] = parser.constructFromEvents(events, { source: text, schema: schema ??= schemaOf(parser) });
    return { value, offset: root.start, items };
  } catch {
    return undefined;
  }
}

const UNPLAIN = [
  /<</, // a merge of fields
  /\ufeff|^\.\.\.|^ +(?:---(?:\s|$)|%)/m, // marks behind which another document may begin, or that are none
  /\r(?!\n)/, // the end of a line on very old machines
  /^ *\t/m, // tabs that indent
  /\\U|\\\r?\n[^\S\n]*\n/, // an escape of eight digits, which may be no character, and one of the end of a line before an empty one
  /(?:^|\s)\?(?:\s|$)| {99}:/m, // a key with a question mark, or that ends far from its colon
  /[|>][-+]?\d/, // a block that says how far it is indented
];

/** Those before the first field are no matter. */
function hasCommentBetween(text: string): boolean {
  const first = text.search(/^[^\S\n]*[^\s#-]/m);
  return /^[^\S\n]*#/m.test(first === -1 ? '' : text.slice(first));
}

/** One document without directives, anchors, aliases and tags. */
function isPlain(events: readonly yaml.Event[], { EVENT_ID }: typeof yaml): boolean {
  return events.every((event, index) => {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        return index === 0 && event.directives.length === 0;
      case EVENT_ID.ALIAS:
        return false;
      case EVENT_ID.POP:
        return true;
      default:
        return event.anchorStart === ABSENT && event.tagStart === ABSENT;
    }
  });
}

const ABSENT = -1;

/** A list, a list of fields, or the document itself while its parts are walked through. */
interface Open {
  readonly isBlock: boolean;
  readonly hasFields: boolean;
  parts: number;
}

/**
 * Whether each field but the first of a block begins a line, and no key is longer than YAML permits.
 *
 * To this parser `- "a" b: 1` is an item and then a field of what the list is in.
 */
function fieldsBeginLines(text: string, contents: readonly yaml.Event[], { EVENT_ID, COLLECTION_STYLE, SCALAR_STYLE }: typeof yaml): boolean {
  const open: Open[] = [{ isBlock: false, hasFields: false, parts: 0 }];
  for (const event of contents) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const around = open[open.length - 1];
    const isKey = around.hasFields && around.parts++ % 2 === 0;
    if (isKey && event.type === EVENT_ID.SCALAR) {
      const start = event.valueStart - (event.style === SCALAR_STYLE.PLAIN ? 0 : 1);
      const isWrong = event.valueEnd - event.valueStart > LONGEST_KEY || (around.isBlock && around.parts > 1 && !beginsLine(text, start));
      if (isWrong) {
        return false;
      }
    }
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      open.push({ isBlock: event.style === COLLECTION_STYLE.BLOCK, hasFields: event.type === EVENT_ID.MAPPING, parts: 0 });
    }
  }
  return true;
}

/** YAML has none that is longer than 1024 characters, unless a question mark tells of it. */
const LONGEST_KEY = 1000;

function beginsLine(text: string, start: number): boolean {
  let at = start - 1;
  while (text[at] === ' ') {
    at--;
  }
  return at < 0 || text[at] === '\n';
}

/** @returns nothing where an item is no object */
function itemsIn(text: string, contents: readonly yaml.Event[], { EVENT_ID, getScalarValue }: typeof yaml): number[] | undefined {
  const items: number[] = [];
  let [depth, isItems, isKey] = [0, false, true];
  for (const event of contents) {
    if (event.type === EVENT_ID.POP) {
      depth--;
      continue;
    }
    if (depth === 1) {
      isItems = isKey ? event.type === EVENT_ID.SCALAR && getScalarValue(text, event) === 'items' : isItems && event.type === EVENT_ID.SEQUENCE;
      isKey = !isKey;
    } else if (depth === 2 && isItems) {
      if (event.type !== EVENT_ID.MAPPING) {
        return undefined;
      }
      items.push(event.start);
    }
    depth += event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS ? 0 : 1;
  }
  return items;
}

let schema: yaml.Schema | undefined;

function schemaOf({ Schema, strTag, seqTag, mapTag, boolYaml11Tag, nullYaml11Tag, intYaml11Tag, NOT_RESOLVED }: typeof yaml): yaml.Schema {
  const numbers = {
    ...intYaml11Tag,
    implicitFirstChars: [...'+-.0123456789'],
    resolve: (source: string) => NUMBER.test(source) ? Number(source) : isText(source) ? NOT_RESOLVED : giveUp(),
  };
  const objects: typeof mapTag = {
    ...mapTag, addPair: (object, key, value) => typeof key === 'string' ? mapTag.addPair(object, key, value) : giveUp(),
  };
  return new Schema([strTag, seqTag, objects, boolYaml11Tag, nullYaml11Tag, numbers]);
}

/** Fifteen digits are exact. */
const NUMBER = /^(?!-0$)(?=.{1,15}$)-?(0|[1-9]\d*)(\.\d+)?$/;

/** Whether nobody takes it for a number, in whichever notation. */
function isText(source: string): boolean {
  return TEXTS.some(pattern => pattern.test(source)) && !/^[-+]?\.(inf|nan)$/i.test(source);
}

/** Versions and addresses; dates; digits of a hash; whatever has a character that no number has. */
const TEXTS = [/^\d+(\.\d+){2,}$/, /^\d{4}-\d\d-\d\d(T|$)/, /^(?![-+]?0x).*[acdf]/i, /[^-+.\da-fxo_]/i];

function giveUp(): never {
  throw new Error('not plain');
}
