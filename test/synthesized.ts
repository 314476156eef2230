import { ApiObject, Chart, Testing } from 'cdk8s';

/** The objects of a chart as they are written, validators included. */
export function synthesized(chart: Chart): any[] {
  return Testing.synth(chart);
}

/** The one object of a kind (and name) in what was synthesized; fails when there is none or more than one. */
export function only(objects: any[], kind: string, name?: string): any {
  const found = objects.filter(object => object.kind === kind && (name === undefined || object.metadata.name === name));
  if (found.length !== 1) {
    throw new Error(`${found.length} objects are a ${kind} ${name ?? ''}; there are ${objects.map(o => `${o.kind} ${o.metadata.name}`).join(', ')}`);
  }
  return found[0];
}

/** The L1 object that an escape hatch of a user would patch. */
export function defaultChildOf(construct: { node: { defaultChild?: unknown } }): ApiObject {
  return construct.node.defaultChild as ApiObject;
}
