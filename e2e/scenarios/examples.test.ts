import assert from 'node:assert/strict';
import { KubernetesObject } from '../cluster/api-server';
import { FIELD_MANAGER, readObjects, untilHealthy } from '../fixture/delivery';
import { exampleOutput } from '../fixture/examples';
import { scenario } from '../fixture/scenario';
import { tell } from '../progress';

/** Kinds that the cluster does not have. */
const LEFT_OUT = ['ServiceMonitor', 'PodMonitor', 'CephObjectStore', 'CephObjectStoreUser', 'ObjectBucketClaim'];

/** The namespace of ArgoCD, which the cluster does not have either. */
const ARGOCD = 'argocd';

/** What others must be there for. */
const GROUND = ['Namespace', 'CustomResourceDefinition'];

for (const example of ['homelab', 'kopia'] as const) {
  scenario(`every object of examples/${example}`, async ({ api }) => {
    const objects = readObjects(exampleOutput(example)).filter(({ metadata: { namespace } }) => namespace !== ARGOCD);
    const refusals: string[] = [];
    const dryRun = async (object: KubernetesObject) => {
      try {
        await api.apply(object, { fieldManager: FIELD_MANAGER, dryRun: true });
      } catch (error) {
        refusals.push(`${object.kind} ${object.metadata.name}: ${(error as Error).message}`);
      }
    };

    for (const object of objects.filter(({ kind }) => GROUND.includes(kind))) {
      await dryRun(object);
      await api.apply(object, { fieldManager: FIELD_MANAGER });
      await untilHealthy(api, object);
    }
    const others = objects.filter(({ kind }) => !GROUND.includes(kind) && !LEFT_OUT.includes(kind));
    for (const object of others) {
      await dryRun(object);
    }
    assert.deepEqual(refusals, []);
    const leftOut = objects.filter(({ kind }) => LEFT_OUT.includes(kind)).map(({ kind, metadata: { name } }) => `${kind} ${name}`);
    tell(`  ${objects.length - leftOut.length} objects accepted; left out, their kinds are not there: ${leftOut.join(', ')}`);

    const schedule = others.find(({ kind }) => kind === 'Schedule')!;
    await dryRun({ ...schedule, spec: { ...schedule.spec, every: '6h' } });
    assert.match(refusals.join(), /spec\.every/, 'a field that a kind does not have is refused');
  });
}
