import { IConstruct } from 'constructs';
import { Declarations, refuse } from '../findings';

/**
 * Reserves a Secret for the construct that makes it: two makers of one Secret, of whatever kind, would fight for it in the cluster.
 *
 * @throws when another construct of the app makes it already
 */
export function claimSecret(by: IConstruct, type: string, namespace: string, name: string): void {
  const owner = Declarations.of(by).reserve(by, `Secret ${namespace}/${name}`);
  if (owner !== undefined) {
    refuse(`${type} '${by.node.path}'`, {
      what: 'name',
      got: `${namespace}/${name}`,
      wanted: 'a Secret that no other construct makes',
      next: `'${owner.node.path}' makes it already: rename or remove one of them`,
    });
  }
}
