import assert from 'node:assert/strict';
import { KubernetesObject } from '../cluster/api-server';
import { ARGOCD_NAMESPACE } from '../cluster/argocd';
import { applyArgoCdDefinitions } from '../fixture/argocd-definitions';
import { FIELD_MANAGER, readObjects, untilHealthy } from '../fixture/delivery';
import { exampleOutput } from '../fixture/examples';
import { scenario } from '../fixture/scenario';
import { tell } from '../progress';

/** Kinds that the cluster does not have. */
const LEFT_OUT = ['ServiceMonitor', 'PodMonitor', 'CephObjectStore', 'CephObjectStoreUser', 'ObjectBucketClaim'];

/** What others must be there for. */
const GROUND = ['Namespace', 'CustomResourceDefinition'];

/** One kind of each that defines them, Velero and ArgoCD, where an example has it. */
const JUDGED_STRICTLY = { homelab: ['Application', 'Schedule'], kopia: ['Schedule'] };

for (const example of ['homelab', 'kopia'] as const) {
  scenario(`every object of examples/${example}`, async cluster => {
    const { api } = cluster;
    const objects = readObjects(exampleOutput(example));
    const refusals: string[] = [];
    const dryRun = async (object: KubernetesObject) => {
      try {
        await api.apply(object, { fieldManager: FIELD_MANAGER, dryRun: true });
      } catch (error) {
        refusals.push(`${object.kind} ${object.metadata.name}: ${(error as Error).message}`);
      }
    };

    await applyArgoCdDefinitions(api);
    await cluster.namespace(ARGOCD_NAMESPACE);
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

    const strict = others.filter(({ kind }) => JUDGED_STRICTLY[example].includes(kind));
    assert.deepEqual([...new Set(strict.map(({ kind }) => kind))].sort(), JUDGED_STRICTLY[example]);
    for (const object of strict) {
      refusals.length = 0;
      await dryRun({ ...object, spec: { ...object.spec, every: '6h' } });
      assert.match(refusals.join(), /spec\.every/, `${object.kind} ${object.metadata.name}: a field that the kind does not have`);
    }
  });
}
