import assert from 'node:assert/strict';
import { finishedBackupOf } from './schedules';
import { KubernetesObject } from '../../cluster/api-server';
import { Cluster } from '../../fixture/cluster';
import { Installation, VELERO_NAMESPACE } from '../../fixture/installation';
import { metricsOf } from '../../fixture/metrics';
import { due } from '../../fixture/variation';
import { finds } from '../../fixture/verdict';
import { waitFor } from '../../fixture/wait';

/**
 * T40: a backup has failed, and the metric says so until Velero looks at the Schedule again.
 *
 * @returns what waits until it has
 */
export async function lastStatus(cluster: Cluster, { objects }: Installation, declared: string): Promise<() => Promise<void>> {
  const { api } = cluster;
  finds('alert-never-fires', objects, alert('velero_backup_last_status{schedule!=""} != 1'));
  finds('alert-never-fires', objects, alert('velero_backup_partial_failure_total{schedule!=""} > 0'));
  const failing = due(objects, declared, 'failing', schedule => { schedule.spec.template.includedNamespaces = ['gone']; });
  await api.create(failing);
  assert.equal((await finishedBackupOf(api, 'failing')).status.phase, 'PartiallyFailed');
  const value = async (metric: string) => (await metricsOf(cluster, 'deploy=velero')).get(`${metric}{schedule="failing"}`);
  await waitFor('the failure counted', 30, async () => await value('velero_backup_partial_failure_total') === 1);
  return async () => {
    await waitFor('the last status of a failed backup is that of a good one', 120, async () => await value('velero_backup_last_status') === 1);
    assert.equal(await value('velero_backup_partial_failure_total'), 1, 'a counter stays above 0');
  };
}

export function alert(expression: string): KubernetesObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'velero', namespace: VELERO_NAMESPACE },
    spec: { groups: [{ name: 'velero', rules: [{ alert: 'VeleroBackupFailed', expr: expression, for: '15m' }] }] },
  };
}
