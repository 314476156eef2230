import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { dataOf, hasOwnResolversOnly, isPlain, PlainObject } from '../kube/plain-object';

/**
 * How the objects of an app become JSON, for reading only.
 *
 * Where an object is plain data that nothing patches or overrides, what it was given says the same as its JSON, without a copy; what is empty or
 * undefined there is absent in its JSON, and nobody who reads it may tell the difference.
 */
export function rendering(root: IConstruct): (object: ApiObject) => unknown {
  const isPlainApp = hasOwnResolversOnly(root);
  return object => {
    const data = isPlainApp && isWrittenAsItIs(object) ? dataOf(object) : undefined;
    // Not by spreading: V8 then makes a hidden class for each object, which takes more than the object itself.
    const json = data && Object.assign({}, data.fields, { metadata: data.metadata });
    return json !== undefined && isPlain(json) ? json : object.toJson();
  };
}

/** Whatever else renders an object may write what it likes. */
function isWrittenAsItIs({ toJson }: ApiObject): boolean {
  return toJson === ApiObject.prototype.toJson || toJson === PlainObject.prototype.toJson;
}
