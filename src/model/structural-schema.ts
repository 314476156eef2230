import { isJson, type Json } from './fields';

/** The part of a structural schema of Kubernetes that the definitions of Velero make use of. */
export interface StructuralSchema {
  readonly 'type'?: string;
  readonly 'properties'?: Readonly<Record<string, StructuralSchema>>;
  readonly 'additionalProperties'?: boolean | StructuralSchema;
  readonly 'items'?: StructuralSchema;
  readonly 'required'?: readonly string[];
  readonly 'enum'?: readonly unknown[];
  readonly 'minItems'?: number;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/** What an object has, or lacks, that its definition does not allow. */
export interface Mismatch {
  readonly kind: 'unknown' | 'missing' | 'unreadable';

  /** `spec.template.ttl`, as everywhere. */
  readonly path: string;
  readonly got?: unknown;

  /** What the definition has there: the type, the values, or, of a field that it does not know, nothing. */
  readonly wanted?: string;

  /** Of an unknown field: its name, and those that the definition has beside it. */
  readonly name?: string;
  readonly known?: readonly string[];
}

/**
 * Compares a value with a schema.
 *
 * Null is absent, as for the API server; whether a cluster would also refuse a pattern or a format is left to it: the definitions of Velero have
 * next to none. Not deeper than the schema, so that no value keeps it busy.
 */
export function mismatchesWith(schema: StructuralSchema, value: unknown): readonly Mismatch[] {
  const comparison = new Comparison();
  comparison.compare(schema, value);
  return comparison.found;
}

/** Paths are put together where something is wrong: ten thousand objects are fine. */
class Comparison {
  public readonly found: Mismatch[] = [];

  /** From the object to where the comparison is; what is in brackets has them already. */
  private readonly steps: (string | number)[] = [];

  public compare(schema: StructuralSchema, value: unknown): void {
    if (value === null || value === undefined || schema.type === undefined) {
      return;
    }
    if (!hasType(schema.type, value)) {
      this.found.push({ kind: 'unreadable', path: this.path(), got: value, wanted: wantedType(schema) });
    } else if (schema.enum && !schema.enum.includes(value)) {
      this.found.push({ kind: 'unreadable', path: this.path(), got: value, wanted: schema.enum.map(each => JSON.stringify(each)).join(' or ') });
    } else if (Array.isArray(value)) {
      this.compareItems(schema, value);
    } else if (isJson(value)) {
      this.compareFields(schema, value);
    }
  }

  private compareItems({ items, minItems = 0 }: StructuralSchema, values: readonly unknown[]): void {
    if (values.length < minItems) {
      this.found.push({ kind: 'unreadable', path: this.path(), got: values, wanted: `a list of at least ${minItems}` });
    }
    if (items !== undefined) {
      values.forEach((value, index) => this.step(index, items, value));
    }
  }

  private compareFields(schema: StructuralSchema, value: Json): void {
    const { properties = NONE, additionalProperties, required = NOTHING } = schema;
    for (const name of Object.keys(value)) {
      if (Object.hasOwn(properties, name)) {
        this.step(name, properties[name], value[name]);
      } else if (typeof additionalProperties === 'object') {
        this.step(`['${name}']`, additionalProperties, value[name]);
      } else if (isClosed(schema)) {
        this.found.push({ kind: 'unknown', path: this.path(name), name, known: Object.keys(properties) });
      }
    }
    for (const name of required) {
      if (value[name] === undefined || value[name] === null) {
        this.found.push({ kind: 'missing', path: this.path(name), wanted: wantedType(properties[name] ?? {}) });
      }
    }
  }

  private step(step: string | number, schema: StructuralSchema, value: unknown): void {
    this.steps.push(step);
    this.compare(schema, value);
    this.steps.pop();
  }

  private path(...last: string[]): string {
    return [...this.steps, ...last].reduce<string>((path, step) => {
      const written = typeof step === 'number' ? `[${step}]` : step;
      return path === '' || written.startsWith('[') ? path + written : `${path}.${written}`;
    }, '');
  }
}

/** An object without a word about its fields may have any: labels of an embedded object, `metadata`. */
function isClosed({ properties, additionalProperties, ...schema }: StructuralSchema): boolean {
  return properties !== undefined && additionalProperties !== true && !schema['x-kubernetes-preserve-unknown-fields'];
}

const NONE: Readonly<Record<string, StructuralSchema>> = Object.freeze({});
const NOTHING: readonly never[] = [];

function hasType(type: string | undefined, value: unknown): boolean {
  switch (type) {
    case 'object': return isJson(value);
    case 'array': return Array.isArray(value);
    case 'integer': return Number.isInteger(value);
    case 'string': case 'boolean': case 'number': return typeof value === type;
    default: return true;
  }
}

function wantedType({ type, items, additionalProperties }: StructuralSchema): string {
  switch (type) {
    case 'object': return typeof additionalProperties === 'object' && additionalProperties.type === 'string' ? 'a map of strings' : 'an object';
    case 'array': return items?.type === 'object' ? 'a list of objects' : items?.type === 'string' ? 'a list of strings' : 'a list';
    case 'integer': return 'a whole number';
    case 'boolean': return 'true or false';
    case 'number': return 'a number';
    default: return 'a string';
  }
}
