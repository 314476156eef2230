/** A JSON object that nobody has checked. */
export type Json = Readonly<Record<string, unknown>>;

/** Takes note of a value that does not have the type that its field must have. */
export interface Refusal {
  refuse(path: string, got: unknown, wanted: string): void;
}

const NONE: readonly never[] = [];
const NO_STRINGS: Readonly<Record<string, string>> = Object.freeze({});
const NO_JSON: Json = Object.freeze({});

/** Whether a value is a JSON object; arrays are not. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads typed values from JSON that may hold anything.
 *
 * A value of the wrong type is refused with its path and read as if it were absent; null is absent, as for the API server.
 * Paths are put together only then: reading a field that is fine is a look-up and a comparison.
 */
export class Fields {
  /** The fields of a whole document. */
  public static of(json: Json, refusal: Refusal, path = ''): Fields {
    return new Fields(json, refusal, undefined, path);
  }

  private constructor(
    /** The object as it is, for what has no method here. */
    public readonly json: Json,
    private readonly refusal: Refusal,
    private readonly parent: Fields | undefined,
    private readonly step: string,
    private readonly index = -1,
  ) {}

  public string(key: string): string | undefined {
    const value = this.json[key];
    return typeof value === 'string' ? value : this.absent(key, value, 'a string');
  }

  public number(key: string): number | undefined {
    const value = this.json[key];
    return typeof value === 'number' ? value : this.absent(key, value, 'a number');
  }

  public boolean(key: string): boolean | undefined {
    const value = this.json[key];
    return typeof value === 'boolean' ? value : this.absent(key, value, 'true or false');
  }

  /** A quantity, a port or a percentage: the API server takes both. */
  public stringOrNumber(key: string): string | undefined {
    const value = this.json[key];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : this.absent(key, value, 'a string or a number');
  }

  /** The array itself; empty when it is absent. */
  public strings(key: string): readonly string[] {
    const value = this.json[key];
    if (!Array.isArray(value)) {
      return this.absent(key, value, 'a list of strings') ?? NONE;
    }
    return value.every(isString) ? value : value.filter((item, index) => isString(item) || this.wrong(`${key}[${index}]`, item, 'a string'));
  }

  /** A map of strings, such as labels: the object itself; empty when it is absent. */
  public stringMap(key: string): Readonly<Record<string, string>> {
    const value = this.json[key];
    if (!isJson(value)) {
      return this.absent(key, value, 'a map of strings') ?? NO_STRINGS;
    }
    for (const name in value) {
      if (!isString(value[name])) {
        return this.stringsOf(key, value);
      }
    }
    return value as Record<string, string>;
  }

  /** The fields of an object; none when it is absent. */
  public object(key: string): Fields {
    return this.optionalObject(key) ?? new Fields(NO_JSON, this.refusal, this, key);
  }

  /** The same where an empty object means something. */
  public optionalObject(key: string): Fields | undefined {
    const value = this.json[key];
    return isJson(value) ? new Fields(value, this.refusal, this, key) : this.absent(key, value, 'an object');
  }

  /** The fields of each object of a list; empty when it is absent. */
  public objects(key: string): readonly Fields[] {
    const value = this.json[key];
    if (!Array.isArray(value)) {
      return this.absent(key, value, 'a list of objects') ?? NONE;
    }
    const objects: Fields[] = [];
    for (let index = 0; index < value.length; index++) {
      if (isJson(value[index])) {
        objects.push(new Fields(value[index], this.refusal, this, key, index));
      } else {
        this.wrong(`${key}[${index}]`, value[index], 'an object');
      }
    }
    return objects;
  }

  /** The fields of each object of a map of objects. */
  public objectMap(key: string): ReadonlyMap<string, Fields> {
    const map = this.object(key);
    const objects = new Map<string, Fields>();
    for (const name of Object.keys(map.json)) {
      const value = map.optionalObject(name);
      if (value !== undefined) {
        objects.set(name, value);
      }
    }
    return objects;
  }

  public has(key: string): boolean {
    return this.json[key] !== undefined && this.json[key] !== null;
  }

  /** `spec.template.ttl` */
  public path(key: string): string {
    const step = this.index < 0 ? this.step : `${this.step}[${this.index}]`;
    const own = this.parent ? this.parent.path(step) : step;
    return own === '' ? key : key === '' ? own : `${own}.${key}`;
  }

  private absent(key: string, value: unknown, wanted: string): undefined {
    if (value !== undefined && value !== null) {
      this.wrong(key, value, wanted);
    }
    return undefined;
  }

  private wrong(key: string, value: unknown, wanted: string): false {
    this.refusal.refuse(this.path(key), value, wanted);
    return false;
  }

  private stringsOf(key: string, value: Json): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] =>
      isString(entry[1]) || (entry[1] === null || entry[1] === undefined ? false : this.wrong(`${key}['${entry[0]}']`, entry[1], 'a string, in quotes'))));
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
