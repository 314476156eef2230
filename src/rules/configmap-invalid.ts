import { type BackupModel, type ConfigMap, type ConfigMapUse, type Fields, type Install, isJson, readJsonData, readQuantity } from '../model';
import { availableIn, type ConfigMapKey, type ConfigMapName, tables, type VeleroRelease } from '../versions';
import { nodeAgent } from './examples';
import { nearest } from './nearest';
import { type Rule, type Verdict } from './rule';

const FIXED_NAME = 'node-agent-config';

export const rule: Rule = {
  id: 'configmap-invalid',
  severities: ['error'],
  title: 'A ConfigMap of Velero that it refuses or ignores',
  goesWrong: 'The ConfigMaps for node-agent, maintenance and repositories hold JSON in a string, which nothing checks before Velero reads it. From 1.17 a server or node-agent whose flag names a '
    + 'ConfigMap that is missing or no JSON does not start; before, it goes on without. A key that Velero does not know does nothing, in silence. Resources of which one is missing are '
    + 'ignored by node-agent as a whole, and keep every maintenance Job from being made, so that repositories only grow.',
  fix: 'write what this version reads',
  reference: 'velero v1.18.3 pkg/util/kube/utils.go:363-387, pkg/nodeagent/node_agent.go:170-195, pkg/repository/maintenance/maintenance.go:208-309, pkg/repository/provider/unified_repo.go:629-641',
  check: model => model.installs.flatMap(install => [
    ...install.configMaps.filter(isJsonUse).flatMap(use => ofUse(model, install, use)), ...forgotten(model, install),
  ]),
  install: '1.18.3',
  bad: () => `${settings('loadConcurency')}---\n${nodeAgent('1.18.3', '--node-agent-configmap=settings')}`,
  good: () => `${settings('loadConcurrency')}---\n${nodeAgent('1.18.3', '--node-agent-configmap=settings')}`,
};

function settings(key: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: velero }
data:
  node-agent.json: '{ "${key}": { "globalConfig": 2 } }'
`;
}

type JsonUse = ConfigMapUse & { readonly use: ConfigMapName };

/** Volume policies are YAML and have a rule of their own. */
function isJsonUse(use: ConfigMapUse): use is JsonUse {
  return use.use !== 'global-volume-policies';
}

function ofUse(model: BackupModel, { namespace, release }: Install, use: JsonUse): Verdict[] {
  const configMap = model.configMaps.get(namespace, use.name);
  return configMap === undefined ? missing(model, namespace, release, use) : release === undefined ? [] : content(configMap, use.use, release);
}

/** Silent when the input has no ConfigMap of that namespace: they may be in another repository. The fixed name of 1.14 may stay unused. */
function missing({ configMaps }: BackupModel, namespace: string, release: VeleroRelease | undefined, { flag, name, by }: JsonUse): Verdict[] {
  const declared = configMaps.in(namespace);
  if (flag === undefined || declared.length === 0) {
    return [];
  }
  const near = nearest(name, declared.map(each => each.name));
  const outcome = release === undefined ? '' : release.has('config-maps-must-exist') ? ', or it does not start' : ', or the settings have no effect';
  return [{
    on: by.manifest, what: `--${flag}`, got: name, wanted: `a ConfigMap of the namespace ${namespace}${outcome}`, next: near === undefined ? 'declare it, or take the flag away' : `write ${near}`,
  }];
}

/** What 1.14 read without a flag. */
function forgotten({ configMaps }: BackupModel, { namespace, nodeAgents, release }: Install): Verdict[] {
  const configMap = configMaps.get(namespace, FIXED_NAME);
  const flagged = nodeAgents.some(({ commandLine }) => commandLine.value('node-agent-configmap') !== undefined);
  return configMap === undefined || nodeAgents.length === 0 || flagged || release === undefined || release.has('node-agent-fixed-config-map') ? [] : [{
    on: configMap.manifest,
    what: 'metadata.name',
    got: FIXED_NAME,
    wanted: `a node-agent with --node-agent-configmap=${FIXED_NAME}: Velero ${release.version} reads none without the flag`,
    next: 'give the node-agent the flag',
  }];
}

function content(configMap: ConfigMap, use: ConfigMapName, release: VeleroRelease): Verdict[] {
  const keys = Object.keys(configMap.data);
  if (keys.length === 0) {
    return [{ on: configMap.manifest, what: 'data', wanted: 'a key with the settings as JSON' }];
  }
  const several = use === 'node-agent' && keys.length > 1 ? [{
    on: configMap.manifest,
    what: 'data',
    got: keys.join(', '),
    wanted: `one key: ${release.has('node-agent-config-map-one-key') ? 'with more the node-agent does not start' : 'of several, one or the other is taken by chance'}`,
  }] : [];
  return [...several, ...keys.flatMap(key => ofKey(configMap, key, use, release))];
}

function ofKey(configMap: ConfigMap, key: string, use: ConfigMapName, release: VeleroRelease): Verdict[] {
  const on = configMap.manifest;
  const what = `data['${key}']`;
  const { fields, error } = readJsonData(configMap, key);
  if (fields === undefined) {
    return [{ on, what, wanted: `a JSON object: ${error}`, next: 'write JSON: YAML is not read' }];
  }
  return [...keyName(configMap, key, use), ...unknownKeys(configMap, fields, use, release), ...values(configMap, fields)];
}

/** The keys of the ConfigMap itself, where they say what the JSON is for. */
function keyName({ manifest: on }: ConfigMap, key: string, use: ConfigMapName): Verdict[] {
  if (use === 'backup-repository' && key !== 'kopia' && key !== 'restic') {
    return [{ on, what: `data['${key}']`, wanted: 'the type of a repository as its key, kopia or restic: what stands under another is not read', next: 'write kopia' }];
  }
  return use === 'repository-maintenance' && key !== 'global' && !(/-(kopia|restic)$/.test(key) && key.split('-').length > 2) ? [{
    on, what: `data['${key}']`, wanted: 'global as its key, or <namespace>-<location>-<kopia or restic> for one repository: what stands under another is not read', next: 'write global',
  }] : [];
}

function unknownKeys(configMap: ConfigMap, fields: Fields, use: ConfigMapName, release: VeleroRelease): Verdict[] {
  // Not a key of the JSON.
  const rows = tables.configMaps().CONFIG_MAP_KEYS[use].filter(({ name }) => name !== 'repositories');
  const walk = (value: unknown, name: string, path: string): Verdict[] => {
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => walk(item, name, `${path}[${index}]`));
    }
    const below = rows.filter(row => isBelow(row.name, name));
    if (!isJson(value) || (below.length === 0 && name !== '')) {
      return [];
    }
    // Under backupPVC stand the names of storage classes.
    return Object.entries(value).flatMap(([key, child]) => name === 'backupPVC' && path.endsWith(name)
      ? walk(child, name, `${path}.${key}`)
      : [...judgedKey(configMap, key, `${path}.${key}`, below, use, release), ...walk(child, name === '' ? key : `${name}.${key}`, `${path}.${key}`)]);
  };
  return walk(fields.json, '', fields.path(''));
}

function isBelow(name: string, parent: string): boolean {
  const start = parent === '' ? '' : `${parent}.`;
  return name.startsWith(start) && !name.slice(start.length).includes('.');
}

/** Go takes the names of fields in any case. */
function judgedKey(
  { manifest: on }: ConfigMap, key: string, what: string, rows: readonly ConfigMapKey[], use: ConfigMapName, release: VeleroRelease,
): Verdict[] {
  const names = rows.map(({ name }) => name.slice(name.lastIndexOf('.') + 1));
  const row = rows[names.findIndex(name => name.toLowerCase() === key.toLowerCase())];
  if (row === undefined) {
    const near = nearest(key, names);
    return [{ on, what, wanted: `a key that Velero reads: ${names.join(', ')}; any other does nothing`, next: near && `write ${near}` }];
  }
  return release.readsConfigMapKey(use, row.name) ? [] : [{ on, what, wanted: `Velero ${availableIn(row)}: ${release.version} does not know it, so that it does nothing` }];
}

const RESOURCES = [['cpuRequest', 'cpuLimit'], ['memoryRequest', 'memoryLimit']] as const;

function values({ manifest: on }: ConfigMap, fields: Fields): Verdict[] {
  const interval = fields.string('fullMaintenanceInterval');
  const known = tables.configMaps().configMapKey('backup-repository', 'fullMaintenanceInterval')?.values ?? [];
  const resources = fields.optionalObject('podResources');
  return [
    ...(interval === undefined || known.includes(interval) ? [] : [{ on, what: fields.path('fullMaintenanceInterval'), got: interval, wanted: known.join(' or ') }]),
    ...(resources === undefined ? [] : RESOURCES.flatMap(([request, limit]) => quantities(on, resources, request, limit))),
  ];
}

/** A limit of 0 is none. */
function quantities(on: ConfigMap['manifest'], fields: Fields, ...keys: readonly [string, string]): Verdict[] {
  const [request, limit] = keys.map(key => readQuantity(fields.string(key) ?? ''));
  const unread = keys.filter((_, index) => [request, limit][index] === undefined);
  if (unread.length > 0) {
    return unread.map(key => ({ on, what: fields.path(key), got: fields.string(key), wanted: 'a quantity, "0" for none: with one of the four missing Velero takes none of them' }));
  }
  return limit === 0 || request! <= limit! ? [] : [{ on, what: fields.path(keys[0]), got: fields.string(keys[0]), wanted: `at most the limit ${fields.string(keys[1])}` }];
}
