import { ApiObject, App } from 'cdk8s';
import { IConstruct } from 'constructs';

/** What cdk8s keeps private of an object; any of it may be missing in a release to come. */
interface Internals {
  readonly props?: unknown;
  readonly patches?: readonly unknown[];
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
    return plain ? { ...props as object, metadata: object.metadata.toJson() } : object.toJson();
  };
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
