import type * as yaml from 'js-yaml';

/** What a document says, and where: offsets in the text. */
export interface YamlDocument {
  readonly value: unknown;

  /** Of the first character that is no comment. */
  readonly offset: number;

  /** Of an item of the list in its field `items`. */
  readonly offsetOfItem: (index: number) => number;
}

/**
 * `kubernetes`: as the parsers of kubectl, Helm and ArgoCD, for which `yes` is true, `0640` is octal, and dates and times of day are text.
 * `core`: as Velero reads the YAML in its ConfigMaps, for which `yes` is text.
 */
export type YamlWords = 'kubernetes' | 'core';

/** Why a text is no YAML, in words that repeat nothing of it: it may be a secret. */
export class UnreadableYaml extends Error {
  /** @param line of the text, from 1 */
  public constructor(reason: string, public readonly line: number) {
    super(reason);
  }
}

/** A definition of Kubernetes is nested about forty deep. */
const DEEPEST = 500;

/** How many values a document with aliases may unfold to: those that grow without end have more in a few lines. */
const MOST_UNFOLDED = 100_000;

/**
 * Reads all documents of a text, which may be JSON too.
 *
 * @throws UnreadableYaml at the first error
 */
export function readYaml(text: string, words: YamlWords): YamlDocument[] {
  const { constructFromEvents, parseEvents } = parser();
  try {
    const events = parseEvents(text, { maxDepth: DEEPEST });
    const values = constructFromEvents(events, { source: text, schema: schemaOf(words) });
    if (events.some(({ type }) => type === EVENT.ALIAS) && !(unfolded(values) <= MOST_UNFOLDED)) {
      throw new UnreadableYaml('its aliases unfold without end', 1);
    }
    const documents = documentsIn(events);
    return values.map((value, index) => ({
      value,
      offset: startOf(documents[index][0]),
      offsetOfItem: item => startOf(itemsIn(text, documents[index])[item]),
    }));
  } catch (error) {
    throw error instanceof parser().YAMLException ? new UnreadableYaml(withoutQuotes(error.reason), (error.mark?.line ?? 0) + 1) : error;
  }
}

/** On first use: many apps read no YAML. */
function parser(): typeof yaml {
  return require('js-yaml'); // eslint-disable-line @typescript-eslint/no-require-imports
}

/** As in the parser, which is not to be loaded for them. */
const EVENT = { DOCUMENT: 1, SEQUENCE: 2, MAPPING: 3, SCALAR: 4, ALIAS: 5, POP: 6 } as const satisfies typeof yaml.EVENT_ID;

const schemas = new Map<YamlWords, yaml.Schema>();

function schemaOf(words: YamlWords): yaml.Schema {
  const schema = schemas.get(words) ?? (words === 'core' ? parser().CORE_SCHEMA : kubernetesSchema());
  schemas.set(words, schema);
  return schema;
}

/**
 * YAML 1.1 with the numbers of 1.2 and without those of base 60.
 *
 * Whatever else has a tag is what it would be without: files of other programs lie beside manifests.
 */
function kubernetesSchema(): yaml.Schema {
  const { Schema, strTag, seqTag, mapTag, mergeTag, nullYaml11Tag, boolYaml11Tag, ...tags } = parser();
  const numbers = [[tags.intYaml11Tag, tags.intCoreTag], [tags.floatYaml11Tag, tags.floatCoreTag]].map(([first, second]) => ({
    ...first, resolve: (source: string, ...more: [boolean, string]) => source.includes(':') ? tags.NOT_RESOLVED : either(first, second, source, more),
  }));
  const tagged = ['!', 'tag:'].flatMap(tagName => [strTag, seqTag, mapTag].map(tag => ({ ...tag, tagName, matchByTagPrefix: true })));
  return new Schema([strTag, seqTag, mapTag, mergeTag, nullYaml11Tag, boolYaml11Tag, ...numbers, ...tagged] as yaml.TagDefinition[]);
}

function either(first: yaml.ScalarTagDefinition, second: yaml.ScalarTagDefinition, source: string, more: [boolean, string]): unknown {
  const result = first.resolve(source, ...more);
  return result === parser().NOT_RESOLVED ? second.resolve(source, ...more) : result;
}

/** The parser quotes names of tags and aliases, behind what it calls them. */
function withoutQuotes(reason: string): string {
  return reason.replace(/(?: !<| "|: ).*/s, '');
}

/** How many values there are with each alias written out; without end where a value contains itself. */
function unfolded(value: unknown, known = new Map<object, number>()): number {
  if (typeof value !== 'object' || value === null) {
    return 1;
  }
  const found = known.get(value);
  if (found !== undefined) {
    return found;
  }
  known.set(value, Infinity);
  const size = Object.values(value).reduce((sum: number, inner) => sum + unfolded(inner, known), 1);
  known.set(value, size);
  return size;
}

/** The events of each document, without those that begin and end it. */
function documentsIn(events: readonly yaml.Event[]): yaml.Event[][] {
  const documents: yaml.Event[][] = [];
  for (const event of events) {
    if (event.type === EVENT.DOCUMENT) {
      documents.push([]);
    } else {
      documents[documents.length - 1].push(event);
    }
  }
  return documents;
}

/** The events with which the items in the field `items` of a document begin. */
function itemsIn(text: string, document: readonly yaml.Event[]): yaml.Event[] {
  const items: yaml.Event[] = [];
  let [depth, isItems, isKey] = [0, false, true];
  for (const event of document) {
    if (event.type === EVENT.POP) {
      depth--;
      continue;
    }
    if (depth === 2 && isItems) {
      items.push(event);
    }
    if (depth === 1) {
      isItems = isKey ? event.type === EVENT.SCALAR && text.slice(event.valueStart, event.valueEnd) === 'items' : isItems;
      isKey = !isKey;
    }
    depth += event.type === EVENT.MAPPING || event.type === EVENT.SEQUENCE ? 1 : 0;
  }
  return items;
}

/** Of the value itself, behind its tag and its anchor. */
function startOf(event: yaml.Event | undefined): number {
  if (event?.type === EVENT.SCALAR) {
    return Math.max(event.valueStart, 0);
  }
  return event?.type === EVENT.MAPPING || event?.type === EVENT.SEQUENCE ? event.start : 0;
}
