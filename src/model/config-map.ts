import { Fields, isJson } from './fields';
import { type Manifest } from './manifest';
import { yamlParser } from './yaml-parser';

/** A ConfigMap. */
export interface ConfigMap {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Which volumes a backup saves, and how: the YAML in a ConfigMap that `resourcePolicy` of a backup names. */
export interface VolumePolicy {
  readonly configMap: ConfigMap;

  /** The key that the YAML stands in; Velero wants exactly one. Absent when there is none. */
  readonly key?: string;

  /** Why the YAML cannot be read. */
  readonly error?: string;

  /** `version`, `volumePolicies`, `includeExcludePolicy` and so on; none when it cannot be read. */
  readonly fields: Fields;
  readonly rules: readonly VolumeRule[];
}

/** The first rule whose conditions all hold decides what becomes of a volume. */
export interface VolumeRule {
  readonly conditions: Fields;

  /** `skip`, `fs-backup`, `snapshot` or `custom`. */
  readonly action?: string;
}

export function readConfigMap(manifest: Manifest): ConfigMap {
  return { manifest, namespace: manifest.namespace, name: manifest.name, data: manifest.fields.stringMap('data') };
}

/** Only for a ConfigMap that a backup names: others may hold any YAML, or none. */
export function readVolumePolicy(configMap: ConfigMap): VolumePolicy {
  const [key] = Object.keys(configMap.data);
  const { value, error } = key === undefined ? { value: undefined, error: undefined } : parsed(configMap.data[key]);
  const fields = Fields.of(isJson(value) ? value : {}, configMap.manifest, `data['${key}']`);
  const rules = fields.objects('volumePolicies').map(rule => ({
    conditions: rule.object('conditions'),
    action: rule.object('action').string('type'),
  }));
  return { configMap, key, error: error ?? (key === undefined || isJson(value) ? undefined : 'it is no object'), fields, rules };
}

/** The JSON in a key of a ConfigMap that Velero reads itself; or why it cannot be read. */
export function readJsonData({ data, manifest }: ConfigMap, key: string): { readonly fields?: Fields; readonly error?: string } {
  try {
    const value: unknown = JSON.parse(data[key]);
    return isJson(value) ? { fields: Fields.of(value, manifest, `data['${key}']`) } : { error: 'it is no object' };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** The YAML in a key of a ConfigMap; nothing when it is no object. */
export function readYamlData({ data, manifest }: ConfigMap, key: string): Fields | undefined {
  const { value } = parsed(data[key] ?? '');
  return isJson(value) ? Fields.of(value, manifest, `data['${key}']`) : undefined;
}

interface Parsed {
  readonly value?: unknown;
  readonly error?: string;
}

/** Many schedules have the same policy, each in a ConfigMap of its own, and reading YAML costs more than all else of them. */
const known = new Map<string, Parsed>();

function parsed(text: string): Parsed {
  const result = known.get(text) ?? parseYaml(text);
  known.set(text, result);
  return result;
}

function parseYaml(text: string): Parsed {
  // Warnings would go to stderr in the middle of a synth.
  const document = yamlParser().parseDocument(text, { logLevel: 'error' });
  if (document.errors.length > 0) {
    return { error: document.errors[0].message.split('\n')[0] };
  }
  try {
    return { value: document.toJS() };
  } catch (error) {
    // Aliases that would unfold without end.
    return { error: (error as Error).message };
  }
}
