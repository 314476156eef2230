import { ApiObject, App, Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';

/** What cdk8s keeps private of an object; any of it may be missing in a release to come. */
interface Internals {
  readonly props?: Readonly<Record<string, unknown>>;
  readonly patches?: readonly unknown[];
}

/** The same of its metadata. */
interface MetadataInternals {
  readonly _additionalAttributes?: object;
  readonly labels?: object;
  readonly annotations?: object;
  readonly finalizers?: readonly unknown[];
  readonly ownerReferences?: readonly unknown[];
}

/** What an object says, before anybody looked whether all of it is plain. */
export interface ObjectData {
  readonly metadata: Readonly<Record<string, unknown>>;

  /** All others; and the metadata as it was before anybody added to it. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Resolvers that every app has: for Lazy, for tokens and for IntOrString. None of them changes plain data. */
const OWN_RESOLVERS = 3;

/** Stands for what cdk8s has to render: a token, a class of any library. */
const NOT_PLAIN = Symbol('not plain');

/**
 * An object that is written in one go where it is plain data, or Lazy about it: the same JSON that cdk8s makes of it.
 *
 * cdk8s asks for each value which app it is in and what three resolvers make of it, and copies it twice. Thousands of schedules spend more time
 * in that than in all rules.
 */
export class PlainObject extends ApiObject {
  public toJson(): any {
    const data = process.env.CDK8S_DISABLE_SORT || !hasOwnResolversOnly(this.node.root) ? undefined : dataOf(this);
    return (data && attempted(data)) ?? super.toJson();
  }
}

/** What a Lazy throws, cdk8s tells with the place. */
function attempted(data: ObjectData): object | undefined {
  try {
    return plainJson(data);
  } catch {
    return undefined;
  }
}

/** Whether an app resolves nothing but what cdk8s resolves in every app. */
export function hasOwnResolversOnly(root: IConstruct): boolean {
  const { resolvers } = root as Partial<App>;
  return resolvers !== undefined && resolvers.length <= OWN_RESOLVERS;
}

/** What an object was given; nothing when it is patched, or when this release of cdk8s keeps it elsewhere. */
export function dataOf(object: ApiObject): ObjectData | undefined {
  const { props, patches } = object as unknown as Internals;
  const { _additionalAttributes, labels, annotations, finalizers, ownerReferences } = object.metadata as unknown as MetadataInternals;
  const { name, namespace } = object.metadata;
  const isKnown = props && _additionalAttributes && labels && annotations && finalizers && ownerReferences;
  if (!isKnown || patches?.length !== 0) {
    return undefined;
  }
  // Not by spreading: V8 then makes a hidden class for each object, which takes more than the object itself.
  const metadata = Object.assign({}, _additionalAttributes, {
    name,
    namespace,
    labels: filled(labels),
    annotations: filled(annotations),
    finalizers: filled(finalizers),
    ownerReferences: filled(ownerReferences),
  });
  return { metadata, fields: props };
}

/** Nothing for what is empty: it is not written. */
function filled<T extends object>(value: T | undefined): T | undefined {
  for (const _ in value) {
    return value;
  }
  return undefined;
}

/** Whether a value is made of nothing but JSON and undefined. */
export function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return isPlainScalar(value);
  }
  if (Array.isArray(value)) {
    return value.every(isPlain);
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    return false;
  }
  for (const key in value) {
    if (!isPlain((value as Record<string, unknown>)[key])) {
      return false;
    }
  }
  return true;
}

function isPlainScalar(value: unknown): boolean {
  return typeof value !== 'function' && typeof value !== 'bigint' && typeof value !== 'symbol';
}

/** A copy without what is null or undefined, keys sorted, with what is known only now; in metadata cdk8s writes nothing that is empty. */
function written(value: unknown, dropsEmpty: boolean): unknown {
  if (value === null || value === undefined) {
    return undefined;
  }
  if (typeof value !== 'object') {
    return isPlainScalar(value) ? value : NOT_PLAIN;
  }
  if (Array.isArray(value)) {
    return writtenItems(value, dropsEmpty);
  }
  if (value instanceof Lazy) {
    return written(value.produce(), dropsEmpty);
  }
  return Object.getPrototypeOf(value) === Object.prototype ? writtenFields(value as Record<string, unknown>, dropsEmpty) : NOT_PLAIN;
}

function writtenItems(items: readonly unknown[], dropsEmpty: boolean): unknown {
  if (dropsEmpty && items.length === 0) {
    return undefined;
  }
  const copy = items.map(item => written(item, dropsEmpty));
  return copy.includes(NOT_PLAIN) ? NOT_PLAIN : copy;
}

function writtenFields(fields: Readonly<Record<string, unknown>>, dropsEmpty: boolean): unknown {
  const copy: Record<string, unknown> = {};
  let isEmpty = true;
  for (const key of sortedKeys(fields)) {
    const value = written(fields[key], dropsEmpty);
    if (value === NOT_PLAIN) {
      return NOT_PLAIN;
    }
    if (value !== undefined) {
      copy[key] = value;
      isEmpty = false;
    }
  }
  return dropsEmpty && isEmpty ? undefined : copy;
}

/** Most objects have their keys in order: to see that is cheaper than to sort. */
function sortedKeys(fields: Readonly<Record<string, unknown>>): string[] {
  const keys = Object.keys(fields);
  return keys.every((key, index) => index === 0 || keys[index - 1] < key) ? keys : keys.sort();
}

/** As everybody reads it, what it is and who it is before the rest; nothing where a part of it is not plain. */
function plainJson({ metadata, fields }: ObjectData): object | undefined {
  const json: Record<string, unknown> = {
    apiVersion: written(fields.apiVersion, false), kind: written(fields.kind, false), metadata: written(metadata, true),
  };
  for (const key of sortedKeys(fields)) {
    const value = Object.hasOwn(json, key) ? json[key] : written(fields[key], false);
    if (value !== undefined) {
      json[key] = value;
    }
  }
  return Object.values(json).includes(NOT_PLAIN) ? undefined : json;
}
