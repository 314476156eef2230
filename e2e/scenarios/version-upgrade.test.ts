import { writeFileSync } from 'fs';
import assert from 'node:assert/strict';
import { join } from 'path';
import { alert } from './rules/monitoring';
import { KubernetesObject } from '../cluster/api-server';
import { folderOfClaim, RESTRICTED, statefulSet } from '../fixture/application';
import { backUp, copiedVolumes, restore, restoredVolumes } from '../fixture/backups';
import { Cluster } from '../fixture/cluster';
import { untilHealthy } from '../fixture/delivery';
import { writeTree } from '../fixture/file-tree';
import { Installation } from '../fixture/installation';
import { expectKnownMetrics, metricsOf } from '../fixture/metrics';
import { scenario } from '../fixture/scenario';
import { asKopiaRestores, describeTree, differences, TreeDescription } from '../fixture/tree-description';
import { troubleOf } from '../fixture/trouble';
import { finds } from '../fixture/verdict';
import { timed } from '../progress';

const APPLICATION = 'shop';
const VOLUME = 'data';
const CLAIM = `${VOLUME}-store-0`;

/** With what ArgoCD prunes then: 1.16 needs no help to give restored pods a security context. */
const STEPS = [
  { version: '1.14.1', uploader: 'restic', pruned: [] },
  { version: '1.16.2', uploader: 'restic', pruned: ['ConfigMap fs-restore-action-config'] },
  { version: '1.18.3', uploader: 'kopia', pruned: [] },
] as const;

/** What was saved under a release. */
interface Saved {
  readonly backup: string;
  readonly uploader: string;
  readonly tree: TreeDescription;
}

scenario('version upgrade, from 1.14.1 with restic to 1.16.2 with restic to 1.18.3 with kopia', async cluster => {
  await cluster.namespace(APPLICATION, RESTRICTED);
  await timed('  application', () => cluster.run(statefulSet(APPLICATION, [VOLUME])));
  const folder = await folderOfClaim(cluster, APPLICATION, CLAIM);
  writeTree(folder, { smallFiles: 20, largeMegabytes: 1 });

  const saved: Saved[] = [];
  let installation: Installation | undefined;
  for (const { version, uploader, pruned } of STEPS) {
    const before = installation?.objects ?? [];
    installation = await timed(`  install ${version}`, () =>
      cluster.installVelero({ version, uploader, applications: [APPLICATION], takesOver: installation }));
    assert.deepEqual(await prune(cluster, before, installation.objects), pruned);
    await timed('  old backups', () => Promise.all(saved.map(old => restoreCopy(cluster, installation!, old))));

    writeFileSync(join(folder, 'written-under'), version);
    const backup = `under-${version.replaceAll('.', '-')}`;
    saved.push({ backup, uploader, tree: describeTree(folder) });
    const made = await timed('  backup', () => backUp(cluster.api, installation!, `tier0-${APPLICATION}`, backup));
    assert.equal(made.status.phase, 'Completed');
    assert.deepEqual(await copiedVolumes(cluster.api, backup), [`${APPLICATION} ${VOLUME} ${uploader} Completed`]);
    await expectKnownMetrics(cluster, installation);
    await expectNoLocationStatus(cluster, installation);
  }
  await timed('  new backup', () => restoreCopy(cluster, installation!, saved[saved.length - 1]));
  assert.deepEqual(await troubleOf(cluster, [APPLICATION]), []);
});

/** The state of locations is a metric from 1.17 on. */
async function expectNoLocationStatus(cluster: Cluster, { version, objects }: Installation): Promise<void> {
  const exposed = [...(await metricsOf(cluster, 'deploy=velero')).keys()].some(series => series.startsWith('velero_backup_location_status_gauge'));
  if (version !== '1.18.3') {
    finds('metric-unknown', objects, alert('velero_backup_location_status_gauge == 0'));
    assert.equal(exposed, false);
  } else {
    assert.equal(exposed, true);
  }
}

/** Deletes what is not declared any more, as ArgoCD does. */
async function prune({ api }: Cluster, before: KubernetesObject[], after: KubernetesObject[]): Promise<string[]> {
  const nameOf = ({ kind, metadata: { name } }: KubernetesObject) => `${kind} ${name}`;
  const declared = new Set(after.map(nameOf));
  const gone = before.filter(object => !declared.has(nameOf(object)));
  await Promise.all(gone.map(object => api.delete(object)));
  return gone.map(nameOf);
}

/** Restores a backup into a namespace of its own, and compares the files. */
async function restoreCopy(cluster: Cluster, installation: Installation, { backup, uploader, tree }: Saved): Promise<void> {
  const name = `${backup}-on-${installation.version.replaceAll('.', '-')}`;
  const restored = await restore(cluster.api, installation, backup, name, '--namespace-mappings', `${APPLICATION}:${name}`);
  assert.equal(restored.status.phase, 'Completed', name);
  assert.deepEqual(await restoredVolumes(cluster.api, name), [`${name} ${VOLUME} ${uploader} Completed`], name);
  await untilHealthy(cluster.api, statefulSet(name));
  const wanted = uploader === 'kopia' ? asKopiaRestores(tree) : tree;
  assert.deepEqual(differences(wanted, describeTree(await folderOfClaim(cluster, name, CLAIM))).slice(0, 20), [], name);
}
