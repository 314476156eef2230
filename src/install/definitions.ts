import { Construct } from 'constructs';
import { deliver } from '../delivery';
import { Declarations, Problem } from '../findings';
import { LABELS } from './pod-parts';
import { PlainObject } from '../kube/plain-object';
import { VeleroRelease } from '../versions';

/** Definitions are the cluster's: of two installs the one that is applied last would decide what the other can store. */
export function definitionsTwice(install: Construct): Problem | undefined {
  const owner = Declarations.of(install).reserve(install, 'the definitions of velero.io');
  return owner === undefined ? undefined : {
    what: 'customResourceDefinitions',
    got: true,
    wanted: `one install that emits the definitions, which are the whole cluster's; '${owner.node.path}' does already`,
    next: 'set customResourceDefinitions: false for all but the install with the newest version',
  };
}

/** The CustomResourceDefinitions of a release, each by its own name. */
export function emitDefinitions(scope: Construct, release: VeleroRelease): void {
  for (const { metadata, ...definition } of release.customResourceDefinitions()) {
    new PlainObject(scope, metadata.name, {
      ...definition,
      metadata: deliver('CustomResourceDefinition', { ...metadata, labels: { ...metadata.labels, ...LABELS } }),
    });
  }
}
