import { type BackupModel, type BackupSpec, type DeclaredBackup, type Fields, type Manifest, OLD_FILTERS, SCOPED_FILTERS } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

/** Parts of a policy that filter resources. */
const POLICY_FILTERS = ['includeExcludePolicy', 'clusterScopedFilterPolicy', 'namespacedFilterPolicies'] as const;

export const rule: Rule = {
  id: 'filters-mixed',
  severities: ['error'],
  title: 'Filters that Velero refuses together',
  goesWrong: 'The API server takes them, Velero does not: each backup becomes `FailedValidation`, is not tried again and saves nothing. The old filters (`includedResources`, `excludedResources`, '
    + '`includeClusterResources`) cannot stand beside the scoped ones, nor beside a policy that filters resources; `labelSelector` cannot stand beside `orLabelSelectors`; nothing can be '
    + 'included and excluded at once, and `*` stands alone. In all versions.',
  fix: 'keep one of the two',
  reference: 'velero v1.18.3 pkg/controller/backup_controller.go:520-622, pkg/util/collections/includes_excludes.go:586-662',
  check: model => [
    ...model.declaredBackups().filter(isFiltered).flatMap(backup => [
      ...kinds(backup), ...selectors(backup.manifest, backup.spec.fields), ...lists(backup), ...policy(model, backup),
    ]),
    ...model.restores.all.flatMap(({ manifest }) => [
      ...selectors(manifest, manifest.spec), ...strict(manifest, manifest.spec, 'includedNamespaces', 'excludedNamespaces'),
      ...strict(manifest, manifest.spec, 'includedResources', 'excludedResources'),
    ]),
  ],
  install: '1.18.3',
  bad: () => schedule({ template: { includedResources: '[pods, persistentvolumeclaims, persistentvolumes]', excludedNamespaceScopedResources: '[events]' } }),
  good: () => schedule({ template: { includedClusterScopedResources: '[persistentvolumes]', excludedNamespaceScopedResources: '[events]' } }),
};

const FILTERS = [...OLD_FILTERS, ...SCOPED_FILTERS, 'orLabelSelectors', 'excludedNamespaces'];

/** Most of thousands of schedules say only which namespace they are for. */
function isFiltered({ spec: { includedNamespaces, fields: { json } } }: DeclaredBackup): boolean {
  return includedNamespaces.length > 1 || FILTERS.some(key => json[key] !== undefined);
}

function kinds({ manifest, spec: { fields } }: DeclaredBackup): Verdict[] {
  const [old] = OLD_FILTERS.filter(key => isGiven(fields, key));
  const [other] = SCOPED_FILTERS.filter(key => isGiven(fields, key));
  return old === undefined || other === undefined ? [] : [{
    on: manifest, what: fields.path(old), got: fields.json[old], wanted: `no old filter beside ${other}`, next: 'write it as a filter of cluster-scoped or namespace-scoped resources',
  }];
}

/** An empty list is none, `includeClusterResources: false` is a filter. */
function isGiven({ json }: Fields, key: string): boolean {
  const value = json[key];
  return Array.isArray(value) ? value.length > 0 : typeof value === 'boolean';
}

function selectors(on: Manifest, fields: Fields): Verdict[] {
  return fields.has('labelSelector') && isGiven(fields, 'orLabelSelectors')
    ? [{ on, what: fields.path('orLabelSelectors'), wanted: 'either labelSelector or orLabelSelectors', next: 'put what both must select into each of orLabelSelectors' }]
    : [];
}

function lists({ manifest, spec: { fields } }: DeclaredBackup): Verdict[] {
  return [
    ...strict(manifest, fields, 'includedNamespaces', 'excludedNamespaces'),
    ...strict(manifest, fields, 'includedResources', 'excludedResources'),
    ...scoped(manifest, fields, 'includedClusterScopedResources', 'excludedClusterScopedResources'),
    ...scoped(manifest, fields, 'includedNamespaceScopedResources', 'excludedNamespaceScopedResources'),
  ];
}

function strict(on: Manifest, fields: Fields, included: string, excluded: string): Verdict[] {
  return fields.strings(excluded).includes('*')
    ? [{ on, what: fields.path(excluded), got: '*', wanted: 'names: nothing would be left', next: 'exclude what is not to be saved by its name' }]
    : both(on, fields, included, excluded);
}

function scoped(on: Manifest, fields: Fields, included: string, excluded: string): Verdict[] {
  const others = fields.strings(excluded).includes('*') && [...fields.strings(included), ...fields.strings(excluded)].some(name => name !== '*');
  return others
    ? [{ on, what: fields.path(excluded), got: '*', wanted: `"*" alone, and no ${included} beside it`, next: 'include what is to be saved, and exclude nothing' }]
    : both(on, fields, included, excluded);
}

function both(on: Manifest, fields: Fields, included: string, excluded: string): Verdict[] {
  const names = new Set(fields.strings(included));
  if (names.size === 0) {
    return [];
  }
  const twice = fields.strings(excluded).filter(name => names.has(name));
  const alone = names.has('*') && names.size > 1;
  return [
    ...(alone ? [{ on, what: fields.path(included), got: '*', wanted: '"*" alone', next: 'take the other names away, or the star' }] : []),
    ...twice.map(name => ({ on, what: fields.path(excluded), got: name, wanted: `what ${included} does not name too` })),
  ];
}

/** Told on whoever names the policy: alone it is fine. */
function policy(model: BackupModel, { manifest, namespace, spec }: DeclaredBackup): Verdict[] {
  const old = oldFilter(spec);
  const filter = old && POLICY_FILTERS.find(key => model.volumePolicyOf(namespace, spec)?.fields.has(key));
  return filter === undefined ? [] : [{
    on: manifest,
    what: spec.fields.path(old!),
    got: spec.fields.json[old!],
    wanted: `no old filter beside the ${filter} in the ConfigMap ${spec.resourcePolicy?.name}`,
    next: 'write it as a filter of cluster-scoped or namespace-scoped resources',
  }];
}

function oldFilter({ fields }: BackupSpec): string | undefined {
  return OLD_FILTERS.find(key => isGiven(fields, key));
}
