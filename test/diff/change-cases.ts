import { edited, modelOf, objects, type Objects } from './manifests';
import { diff } from '../../src/diff';

/** A change of the manifests, and all that is told of it. */
export interface ChangeCase {
  readonly what: string;

  /** What is other than in `objects()` before; nothing where it is the same. */
  readonly was?: (all: Objects) => void;

  /** What is other after. */
  readonly is: (all: Objects) => void;

  /** Of each change `severity id object: message`, and the sentences that say what it means. */
  readonly told: readonly (readonly string[])[];
}

/** Asserts by value all that is told of each change. */
export function testChanges(cases: readonly ChangeCase[]): void {
  test.each(cases.map(each => [each.what, each] as const))('%s', (_, { was, is, told }) => {
    const changes = diff(modelOf(was === undefined ? objects() : edited(was)), modelOf(edited(is)));
    expect(changes.map(({ id, severity, on, message, means }) => [`${severity} ${id} ${on}: ${message}`, ...means])).toEqual(told);
  });
}
