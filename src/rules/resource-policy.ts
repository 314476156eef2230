import { type BackupModel, type ConfigMap, type Json, type Manifest, type PolicyProblem, policyProblems, type VolumePolicy } from '../model';
import { type VeleroRelease } from '../versions';
import { schedule, skipped } from './examples';
import { nearest } from './nearest';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'resource-policy',
  severities: ['error'],
  title: 'A volume policy that Velero does not read, or not as it is meant',
  goesWrong: 'Velero reads the policy again for every backup and refuses what it does not know: one key that came with a later version, a slip in a word, a second key in the ConfigMap, or a ConfigMap '
    + 'that is not there, and the whole backup becomes `FailedValidation`, is not tried again and saves nothing. A `kind` other than ConfigMap is worse: it is ignored without a word, so that '
    + 'all volumes are treated as if there were no policy. A type of volume that does not exist never matches. From 1.11; keys came with 1.13, 1.16, 1.17, 1.18, 1.18.1 and 1.18.3. '
    + 'From 1.18.3 a Restore names one too, for its filters alone: with rules for volumes, or where it is not there, the Restore fails validation.',
  fix: 'write it as this version reads it',
  reference: 'velero v1.18.3 internal/resourcepolicies/resource_policies.go:360-382, 396-432, 507-575, volume_resources_validator.go:82-104',
  check: model => {
    const used = usesOf(model);
    return [...used.flatMap(use => unusable(model, use)), ...contents(model, used)];
  },
  install: '1.18.3',
  bad: () => `${skipped('emptydir')}---\n${schedule({ template: { resourcePolicy: '{ kind: ConfigMap, name: volumes }' } })}`,
  good: () => `${skipped('emptyDir')}---\n${schedule({ template: { resourcePolicy: '{ kind: ConfigMap, name: volumes }' } })}`,
};

/** Somebody who names a policy. */
interface Use {
  readonly on: Manifest;
  readonly namespace: string;
  readonly what: string;

  /** Absent for a flag, which names a ConfigMap always. */
  readonly reference?: { readonly kind?: string };
  readonly name: string;

  /** Who fails without it. */
  readonly by: 'every backup' | 'the restore';
}

function usesOf(model: BackupModel): Use[] {
  const backups = model.declaredBackups().flatMap(({ manifest, namespace, spec: { resourcePolicy }, path }) => resourcePolicy === undefined ? [] : [{
    on: manifest, namespace, what: `${path}.resourcePolicy`, reference: resourcePolicy, name: resourcePolicy.name ?? '', by: 'every backup' as const,
  }]);
  const toCome = model.restores.all.filter(({ isToCome }) => isToCome);
  const restores = toCome.flatMap(({ manifest, namespace, resourcePolicy }) => resourcePolicy === undefined ? [] : [{
    on: manifest, namespace, what: 'spec.resourcePolicy', reference: resourcePolicy, name: resourcePolicy.name ?? '', by: 'the restore' as const,
  }]);
  const global = model.installs.flatMap(({ configMaps, namespace }) => configMaps.filter(({ use }) => use === 'global-volume-policies')
    .map(({ by, flag, name }) => ({ on: by.manifest, namespace, what: `--${flag}`, name, by: 'every backup' as const })));
  return [...backups, ...restores, ...global];
}

/** Silent about a ConfigMap that is not there when the input has none of that namespace: they may be in another repository. */
function unusable({ configMaps }: BackupModel, { on, namespace, what, reference, name, by }: Use): Verdict[] {
  if (reference && reference.kind?.toLowerCase() !== 'configmap') {
    const otherwise = by === 'the restore' ? 'Velero refuses the restore with any other kind' : 'Velero ignores any other kind, and the policy with it';
    return [{ on, what: `${what}.kind`, got: reference.kind, wanted: `ConfigMap: ${otherwise}`, next: 'write kind: ConfigMap' }];
  }
  const declared = configMaps.in(namespace);
  if (name === '' || declared.length === 0 || configMaps.get(namespace, name) !== undefined) {
    return [];
  }
  const near = nearest(name, declared.map(each => each.name));
  return [{
    on,
    what: reference ? `${what}.name` : what,
    got: name,
    wanted: `a ConfigMap of the namespace ${namespace}: without it ${by} fails validation`,
    next: near === undefined ? 'declare it, or name another' : `write ${near}`,
  }];
}

/** What was found in a text for a release. */
interface Known {
  readonly release: VeleroRelease | undefined;
  readonly problems: readonly PolicyProblem[];
}

/** Each ConfigMap once, however many schedules name it; and each text once, however many ConfigMaps have it. */
function contents(model: BackupModel, used: readonly Use[]): Verdict[] {
  const known = new Map<Json, Known>();
  const told = new Set<ConfigMap>();
  return used.flatMap(({ namespace, name, by }) => {
    const read = model.volumePolicyOf(namespace, { resourcePolicy: { name } });
    const forRestore = read === undefined || by === 'every backup' ? [] : notForRestore(read);
    if (read === undefined || told.has(read.configMap)) {
      return forRestore;
    }
    told.add(read.configMap);
    return [...content(read, model.installIn(namespace)?.release, known), ...forRestore];
  });
}

/** A restore filters what it brings back; volumes it has no say about. */
function notForRestore({ configMap, key, fields: { json } }: VolumePolicy): Verdict[] {
  const volumes = Array.isArray(json.volumePolicies) && json.volumePolicies.length > 0;
  const given = [...(volumes ? ['volumePolicies'] : []), ...(isPresent(json.includeExcludePolicy) ? ['includeExcludePolicy'] : [])];
  return given.map(name => ({
    on: configMap.manifest,
    what: `data['${key}'].${name}`,
    wanted: 'clusterScopedFilterPolicy and namespacedFilterPolicies alone in what a Restore names: Velero refuses the restore',
    next: 'give the restore a policy of its own',
  }));
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function content(read: VolumePolicy, release: VeleroRelease | undefined, known: Map<Json, Known>): Verdict[] {
  const on = read.configMap.manifest;
  const keys = Object.keys(on.fields.object('data').json);
  if (keys.length !== 1) {
    return [{ on, what: 'data', got: keys.join(', ') || undefined, wanted: 'exactly one key: Velero refuses the policy', next: 'put each policy into a ConfigMap of its own' }];
  }
  const what = `data['${read.key}']`;
  if (read.error !== undefined || read.key === undefined) {
    return [{ on, what, wanted: `YAML that can be read: ${read.error ?? 'it is no text'}` }];
  }
  const before = known.get(read.fields.json);
  const problems = before !== undefined && before.release === release ? before.problems : policyProblems(read, release);
  known.set(read.fields.json, { release, problems });
  return problems.map(({ path, got, wanted, candidates }) => {
    const last = String(got ?? path.slice(path.lastIndexOf('.') + 1));
    const near = candidates && nearest(last, candidates);
    return { on, what: `${what}.${path}`, got, wanted, next: near && `write ${near}` };
  });
}
