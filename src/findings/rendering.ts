import { ApiObject, App } from 'cdk8s';
import { IConstruct } from 'constructs';

/** What cdk8s keeps private of an object; any of it may be missing in a release to come. */
interface Internals {
  readonly props?: unknown;
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

/** Resolvers that every app has: for Lazy, for tokens and for IntOrString. None of them changes plain data. */
const OWN_RESOLVERS = 3;

/**
 * How the objects of an app become JSON, for reading only.
 *
 * `toJson` copies each value twice and sorts it, which takes longer than all rules together. Where an object is plain data that nothing patches or
 * overrides, its props say the same; what is empty or undefined there is absent in its JSON, and nobody who reads it may tell the difference.
 */
export function rendering(root: IConstruct): (object: ApiObject) => unknown {
  const { resolvers } = root as Partial<App>;
  const plainApp = resolvers !== undefined && resolvers.length <= OWN_RESOLVERS;
  return object => {
    const { props, patches } = object as unknown as Internals;
    const plain = plainApp && patches?.length === 0 && object.toJson === ApiObject.prototype.toJson && isPlain(props);
    return plain ? { ...props as object, metadata: metadataOf(object) } : object.toJson();
  };
}

function metadataOf({ metadata }: ApiObject): unknown {
  const { _additionalAttributes: given, labels, annotations, finalizers, ownerReferences } = metadata as unknown as MetadataInternals;
  const { name, namespace } = metadata;
  const added = { labels, annotations, finalizers, ownerReferences };
  const plain = given !== undefined && isPlain(given) && Object.values(added).every(value => value !== undefined && isPlain(value));
  return plain ? {
    ...given,
    name,
    namespace,
    labels: filled(labels),
    annotations: filled(annotations),
    finalizers: filled(finalizers),
    ownerReferences: filled(ownerReferences),
  } : metadata.toJson();
}

/** Nothing for what is empty: it is not written. */
function filled<T extends object>(value: T | undefined): T | undefined {
  for (const _ in value) {
    return value;
  }
  return undefined;
}

/** Whether a value is made of nothing but JSON and undefined: no Lazy, no token, no class of any library. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return typeof value !== 'function' && typeof value !== 'bigint' && typeof value !== 'symbol';
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
