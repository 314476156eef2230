import assert from 'node:assert/strict';
import { folderOfClaim, RESTRICTED, statefulSet } from '../fixture/application';
import { backUp, copiedVolumes, restore, restoredVolumes } from '../fixture/backups';
import { Cluster } from '../fixture/cluster';
import { untilHealthy } from '../fixture/delivery';
import { writeTree } from '../fixture/file-tree';
import { VELERO_NAMESPACE } from '../fixture/installation';
import { maintainRepository } from '../fixture/maintenance';
import { scenario } from '../fixture/scenario';
import { asKopiaRestores, describeTree, differences } from '../fixture/tree-description';
import { troubleOf } from '../fixture/trouble';
import { timed } from '../progress';

const APPLICATION = 'shop';
const COPY = `${APPLICATION}-copy`;

/** What a node's account may not do, whatever Velero does there. */
const FORBIDDEN = [
  { group: '*', verb: '*', resource: '*' },
  { verb: 'create', resource: 'pods', namespace: 'kube-system' },
  { verb: 'delete', resource: 'secrets', namespace: APPLICATION },
  { group: 'rbac.authorization.k8s.io', verb: 'create', resource: 'clusterrolebindings' },
];

scenario('least trouble, Velero 1.18.3 with kopia', async cluster => {
  const installation = await timed('  install', () => cluster.installVelero({ version: '1.18.3', uploader: 'kopia', applications: [APPLICATION] }));
  await cluster.namespace(APPLICATION, RESTRICTED);
  await timed('  application', () => cluster.run(statefulSet(APPLICATION, ['data'])));
  const folder = await folderOfClaim(cluster, APPLICATION, 'data-store-0');
  writeTree(folder, { smallFiles: 20, largeMegabytes: 1 });

  const backup = await timed('  backup', () => backUp(cluster.api, installation, `tier0-${APPLICATION}`, 'first'));
  assert.equal(backup.status.phase, 'Completed');
  assert.equal(backup.status.warnings, undefined);
  assert.deepEqual(await copiedVolumes(cluster.api, 'first'), [`${APPLICATION} data kopia Completed`]);
  await timed('  maintenance', () => maintainRepository(cluster));

  const restored = await timed('  restore', () => restore(cluster.api, installation, 'first', 'copy', '--namespace-mappings', `${APPLICATION}:${COPY}`));
  assert.equal(restored.status.phase, 'Completed');
  assert.deepEqual(await restoredVolumes(cluster.api, 'copy'), [`${COPY} data kopia Completed`]);
  await untilHealthy(cluster.api, statefulSet(COPY));
  const tree = describeTree(await folderOfClaim(cluster, COPY, 'data-store-0'));
  assert.deepEqual(differences(asKopiaRestores(describeTree(folder)), tree).slice(0, 20), []);

  assert.deepEqual(await troubleOf(cluster, [APPLICATION, COPY]), []);
  for (const attributes of FORBIDDEN) {
    assert.equal(await may(cluster, 'velero-node-agent', attributes), false, `node-agent: ${attributes.verb} ${attributes.resource}`);
  }
  assert.equal(await may(cluster, 'velero', FORBIDDEN[0]), true, 'the server restores whatever there is');
});

/** What the API server says of an account of Velero. */
async function may({ api }: Cluster, account: string, resourceAttributes: (typeof FORBIDDEN)[number]): Promise<boolean> {
  const review = await api.send('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', JSON.stringify({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user: `system:serviceaccount:${VELERO_NAMESPACE}:${account}`, resourceAttributes },
  }));
  return JSON.parse(review).status.allowed;
}
