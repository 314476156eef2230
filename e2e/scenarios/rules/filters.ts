import assert from 'node:assert/strict';
import { KubernetesObject } from '../../cluster/api-server';
import { backupBy, final, veleroObject } from '../../fixture/backups';
import { Cluster } from '../../fixture/cluster';
import { Installation, VELERO_NAMESPACE } from '../../fixture/installation';
import { varied } from '../../fixture/variation';
import { finds } from '../../fixture/verdict';

/** T25, T26, T27: the API server takes the Schedule, Velero enables it, and each of its backups fails. */
export async function failValidation({ api }: Cluster, { objects }: Installation, declared: string, application: string): Promise<void> {
  const refused: [RegExp, KubernetesObject, KubernetesObject[]][] = [];
  const refuse = (message: RegExp, schedule: KubernetesObject, ...policies: KubernetesObject[]) => refused.push([message, schedule, policies]);

  refuse(/backupstoragelocation.* "off-site" not found/i, finds('location-unknown', objects, renamed(objects, declared, 'elsewhere', template => {
    template.storageLocation = 'off-site';
  })));
  refuse(/old filter parameters/, finds('filters-mixed', objects, renamed(objects, declared, 'old-and-scoped', template => {
    template.includedResources = ['pods'];
    template.excludedNamespaceScopedResources = ['events'];
  })));
  refuse(/labelSelector as well as orLabelSelectors/, finds('filters-mixed', objects, renamed(objects, declared, 'two-selectors', template => {
    template.labelSelector = { matchLabels: { app: 'store' } };
    template.orLabelSelectors = [{ matchLabels: { app: 'web' } }];
  })));
  refuse(/excludes list cannot contain an item in the includes list: shop/, finds('filters-mixed', objects, renamed(objects, declared, 'in-and-out', template => {
    template.excludedNamespaces = [application];
  })));
  refuse(/includes list must either contain '\*' only/, finds('filters-mixed', objects, renamed(objects, declared, 'star-and-more', template => {
    template.includedNamespaces = ['*', application];
  })));
  refuse(/excludes list cannot contain '\*'/, finds('filters-mixed', objects, renamed(objects, declared, 'nothing-left', template => {
    template.excludedNamespaces = ['*'];
  })));
  const around = [...objects, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: application } }];
  refuse(/invalid namespace "Shop"/, finds('namespace-unknown', around, renamed(objects, declared, 'capitals', template => {
    template.includedNamespaces = ['Shop'];
  })));
  refuse(/"forgotten" not found/, finds('resource-policy', objects, renamed(objects, declared, 'no-policy', byPolicy('forgotten'))));
  for (const [name, message, text, more] of [
    ['unknown-condition', /field volumeType not found/, skip('volumeType: [emptyDir]')],
    ['later-condition', /field pvcPhase not found/, skip('pvcPhase: [Pending]')],
    ['unknown-action', /invalid action type fsbackup/, skip('').replace('skip', 'fsbackup')],
    ['another-version', /incompatible version number v2/, skip('volumeTypes: [emptyDir]').replace('v1', 'v2')],
    ['no-yaml', /yaml: line \d+: did not find/, 'version: v1\nvolumePolicies: ['],
    ['two-keys', /illegal resource policies/, skip('volumeTypes: [emptyDir]'), { 'more.yaml': '' }],
  ] as const) {
    const schedule = renamed(objects, declared, name, byPolicy(name));
    const policy = policyMap(name, text, more);
    finds('resource-policy', objects, policy, schedule);
    refuse(message, schedule, policy);
  }
  const filters = policyMap('filters', 'version: v1\nincludeExcludePolicy: { excludedNamespaceScopedResources: [events] }');
  refuse(/old filter parameters.\nThey cannot be used with include-exclude policies/, finds('filters-mixed', objects, renamed(objects, declared, 'policy-and-old', template => {
    byPolicy('filters')(template);
    template.includedResources = ['pods'];
  }), filters), filters);

  for (const [, schedule, policies] of refused) {
    await createAll(api, ...policies, schedule, backupBy(schedule));
  }
  for (const [message, { metadata: { name } }] of refused) {
    const { status } = await final(api, 'Backup', name);
    assert.equal(status.phase, 'FailedValidation', name);
    assert.match(status.validationErrors.join('\n'), message);
    assert.equal((await api.get(veleroObject('Schedule', name)))?.status.phase, 'Enabled', name);
  }
}

/** A schedule of the library's output under another name and with a change of what it saves. */
export function renamed(
  objects: KubernetesObject[], declared: string, name: string, change: (template: any) => void = () => undefined,
): KubernetesObject {
  return varied(objects, 'Schedule', declared, schedule => {
    schedule.metadata.name = name;
    change(schedule.spec.template);
  });
}

/** A volume policy that leaves out volumes. */
export function skip(conditions: string): string {
  return `version: v1\nvolumePolicies: [{ conditions: { ${conditions} }, action: { type: skip } }]`;
}

/** The ConfigMap of a volume policy, with whatever does not belong there. */
export function policyMap(name: string, policy: string, more: { [key: string]: string } = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: VELERO_NAMESPACE }, data: { 'policy.yaml': policy, ...more } };
}

function byPolicy(name: string): (template: any) => void {
  return template => { template.resourcePolicy = { kind: 'ConfigMap', name }; };
}

async function createAll(api: Cluster['api'], ...objects: KubernetesObject[]): Promise<void> {
  for (const object of objects) {
    await api.create(object);
  }
}
