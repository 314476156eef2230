import { IConstruct } from 'constructs';
import { Declarations, type Problem, refuse } from '../findings';
import { REPOSITORY_PASSWORD } from '../versions';

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

/** S3 keys in the Secret of the repository password would take its place in the cluster: with another password no backup so far can be read. */
export function wrongNameForS3(what: string, name: string): Problem | undefined {
  return name !== REPOSITORY_PASSWORD.secretName ? undefined : {
    what, got: name, wanted: 'another name: that is the Secret of the repository password, without which no backup so far can be read', next: 'write velero-s3-credentials',
  };
}
