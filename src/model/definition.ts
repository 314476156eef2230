import { BUNDLED_RELEASES, releaseOf, type VeleroRelease } from '../versions';
import { isJson } from './fields';
import { type Manifest } from './manifest';
import { type Mismatch, mismatchesWith, type StructuralSchema } from './structural-schema';

/** The definitions of one release, by `velero.io/v1/Schedule`. */
export type Definitions = ReadonlyMap<string, StructuralSchema>;

/** What an object of Velero does not have in common with its definition, and which that is. */
export interface DefinitionMismatch extends Mismatch {
  readonly on: Manifest;

  /** Where the definition has a field of that name, when it stands in the wrong place. */
  readonly elsewhere?: string;

  /** The release whose definition it is: that of the installation, or, when the input has none, the newest. */
  readonly release: VeleroRelease;
  readonly isInstalled: boolean;
}

/** By minor: the definitions are those of its newest patch. */
const known = new Map<string, Definitions>();

/** The newest knows all fields that any release knows. */
export function newestRelease(): VeleroRelease {
  return releaseOf(BUNDLED_RELEASES[BUNDLED_RELEASES.length - 1]);
}

export function mismatchesOf(on: Manifest, installed: VeleroRelease | undefined): readonly DefinitionMismatch[] {
  const release = installed ?? newestRelease();
  const definitions = definitionsOf(release);
  const schema = definitions.get(`${on.apiVersion}/${on.kind}`);
  const found = schema === undefined ? unknownKind(on, definitions) : [...nameless(on), ...mismatchesWith(schema, on.fields.json)];
  return found.map(mismatch => ({
    ...mismatch, on, release, isInstalled: installed !== undefined, elsewhere: mismatch.name && schema && placeOf(mismatch.name, schema),
  }));
}

/** `metadata` has no definition: that an object has a name is a rule of the API server. */
function nameless({ fields: { json } }: Manifest): readonly Mismatch[] {
  const metadata = json.metadata ?? {};
  const isNamed = !isJson(metadata) || (metadata.name ?? undefined) !== undefined || (metadata.generateName ?? '') !== '';
  return isNamed ? [] : [{ kind: 'missing', path: 'metadata.name', wanted: 'a string' }];
}

/** What has no kind at all is unreadable already. */
function unknownKind({ apiVersion, kind }: Manifest, definitions: Definitions): readonly Mismatch[] {
  if (kind === '') {
    return [];
  }
  const [sameKind] = [...definitions.keys()].filter(key => key.endsWith(`/${kind}`));
  return [sameKind !== undefined
    ? { kind: 'unreadable', path: 'apiVersion', got: apiVersion, wanted: JSON.stringify(sameKind.slice(0, sameKind.lastIndexOf('/'))) }
    : { kind: 'unreadable', path: 'kind', got: kind, wanted: [...definitions.keys()].map(key => key.slice(key.lastIndexOf('/') + 1)).join(', ') }];
}

/** The first place, from the top, at which a definition has a field of some name. */
function placeOf(name: string, definition: StructuralSchema): string | undefined {
  let level: { readonly path: string; readonly schema: StructuralSchema }[] = [{ path: '', schema: definition }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { path, schema } of level) {
      const properties = Object.entries(schema.properties ?? {}).filter(([key]) => path !== '' || key !== 'status');
      const own = properties.find(([key]) => key === name);
      if (own !== undefined) {
        return path === '' ? name : `${path}.${name}`;
      }
      properties.forEach(([key, property]) => next.push({ path: path === '' ? key : `${path}.${key}`, schema: property }));
      if (schema.items !== undefined) {
        next.push({ path: `${path}[]`, schema: schema.items });
      }
    }
    level = next;
  }
  return undefined;
}

function definitionsOf(release: VeleroRelease): Definitions {
  const definitions = known.get(release.minor) ?? read(release);
  known.set(release.minor, definitions);
  return definitions;
}

/** What Velero writes into `status` itself is none of ours, and `metadata` has no definition of its own. */
function read(release: VeleroRelease): Definitions {
  const definitions = new Map<string, StructuralSchema>();
  for (const { spec } of release.customResourceDefinitions()) {
    for (const { name, schema } of spec.versions) {
      const { properties, ...definition } = schema.openAPIV3Schema;
      definitions.set(`${spec.group}/${name}/${spec.names.kind}`, { ...definition, properties: { ...properties, status: {}, metadata: {} } });
    }
  }
  return definitions;
}
