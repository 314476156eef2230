import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';

/** The objects that an app emits, in the order of its tree. */
export interface Emission {
  readonly objects: readonly ApiObject[];

  /** Another one when constructs or patches came or went. */
  readonly fingerprint: string;
}

/** One walk of the app; nothing is rendered. */
export function emissionOf(root: IConstruct): Emission {
  const objects: ApiObject[] = [];
  let constructs = 0;
  let patches = 0;
  const open = [root];
  while (open.length > 0) {
    const construct = open.pop()!;
    constructs++;
    if (ApiObject.isApiObject(construct)) {
      objects.push(construct);
      // Private in cdk8s, and the only trace that addJsonPatch leaves before the object is rendered.
      patches += (construct as unknown as { patches?: unknown[] }).patches?.length ?? 0;
    }
    const { children } = construct.node;
    for (let index = children.length - 1; index >= 0; index--) {
      open.push(children[index]);
    }
  }
  return { objects, fingerprint: `${constructs} constructs, ${patches} patches` };
}
