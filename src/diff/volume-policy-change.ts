import { type BackupModel, grouped, type Json, type Schedule, type VolumePolicy, type VolumeRule } from '../model';
import { type Change, type Severity } from './change';
import { type FieldChange, isSame } from './changed-fields';
import { type Pair } from './pair';
import { type Context } from './schedule-pair';
import { listed, namesText, plain, shown } from './words';

/** What a changed policy does to the volumes of its backups. */
export interface PolicyDifference {
  readonly severity: Severity;
  readonly message: string;
  readonly means: readonly string[];
}

/** Types of volumes in which nobody keeps what must survive. */
const TEMPORARY = new Set(['emptyDir', 'configMap', 'secret', 'projected', 'downwardAPI', 'ephemeral']);

/** Nothing when both treat all volumes alike: comments and quoting in the YAML are none of Velero's. */
export function policyDifference(was: VolumePolicy | undefined, is: VolumePolicy | undefined): PolicyDifference | undefined {
  if (is?.error !== undefined) {
    return { severity: 'destructive', message: 'cannot be read', means: [`${is.error.replace(/ at line \d+, column \d+:?$/, '')}. Velero refuses the policy, and each backup that names it fails validation.`] };
  }
  if (isSame(was?.fields.json, is?.fields.json)) {
    return undefined;
  }
  const [before, after] = [was?.rules ?? [], is?.rules ?? []];
  const fresh = after.filter(rule => !before.some(other => isSame(content(rule), content(other))));
  const gone = before.filter(rule => !after.some(other => isSame(content(rule), content(other))));
  const isReplaced = (rule: VolumeRule) => fresh.some(other => isSaving(other) && isSame(other.conditions.json, rule.conditions.json));
  const losing = [...fresh.filter(isSkippingData), ...gone.filter(rule => isSaving(rule) && !isReplaced(rule))];
  const parts = [...fresh.map(rule => `+ ${ruleText(rule)}`), ...gone.map(rule => `- ${ruleText(rule)}`)];
  return {
    severity: losing.length > 0 ? 'destructive' : fresh.length + gone.length === 0 || fresh.some(({ action }) => action !== 'skip') ? 'notable' : 'harmless',
    message: parts.length === 0 ? 'other order or settings' : listed(parts, SHOWN),
    means: losing.length > 0 ? ['Volumes that were saved may not be saved any more: the backups are Completed all the same.'] : [],
  };
}

const SHOWN = 4;

function content({ conditions, action }: VolumeRule): Json {
  return { conditions: conditions.json, action };
}

function isSaving({ action }: VolumeRule): boolean {
  return action === 'fs-backup' || action === 'snapshot';
}

function isSkippingData({ conditions, action }: VolumeRule): boolean {
  const { volumeTypes }: Json = conditions.json;
  return action === 'skip' && !(Array.isArray(volumeTypes) && volumeTypes.length > 0 && volumeTypes.every(type => TEMPORARY.has(plain(type))));
}

function ruleText({ conditions, action }: VolumeRule): string {
  return `${action ?? 'no action'} ${shown(conditions.json)}`;
}

/** The ConfigMaps that schedules name: one change for all of them. */
export function volumePolicies({ comparison }: Context): Change[] {
  const { was, is } = comparison;
  const users = usersOf(is);
  const isPolicy = new Set([...users.keys(), ...usersOf(was).keys()]);
  return comparison.pairsOf('/ConfigMap').filter(pair => isPolicy.has(keyOf(pair.is)) && pair.has('data')).flatMap(pair => {
    const [fields, resourcePolicy, { namespace }] = [pair.take('data'), { name: pair.is.name }, pair.is];
    const [before, after] = [was, is].map(model => model.volumePolicyOf(namespace, { resourcePolicy }));
    const difference = policyDifference(before, after);
    return difference === undefined ? [] : [changeOfPolicy(pair, fields, difference, users.get(keyOf(pair.is)) ?? [])];
  });
}

function changeOfPolicy(
  { is }: Pair, fields: readonly FieldChange[], { severity, message, means }: PolicyDifference, users: readonly Schedule[],
): Change {
  const used = users.length === 0 ? 'No schedule names it any more.' : `Used by ${namesText(users)}.`;
  return { id: 'volume-policy-changed', severity: users.length === 0 ? 'harmless' : severity, on: is, message: `volume policy: ${message}`, means: [...means, used], fields };
}

function usersOf({ schedules }: BackupModel): ReadonlyMap<string, readonly Schedule[]> {
  const naming = schedules.all.filter(({ template }) => template.resourcePolicy?.name !== undefined);
  return grouped(naming, ({ namespace, template }) => keyOf({ namespace, name: template.resourcePolicy!.name! }));
}

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}
