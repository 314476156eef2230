import { type BackupModel, type Fields, type ImageReference, type Install, type Manifest } from '../model';
import { available, compared, tables, type VeleroRelease } from '../versions';
import { nodeAgent } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'version-mix',
  severities: ['error'],
  title: 'Parts of Velero are of versions that do not belong together',
  goesWrong: 'Server and node-agent hand work to each other through objects whose fields and labels differ from one minor version to the next: what one writes the other does not '
    + 'do. With definitions older than the server the API server drops the fields that they do not know from every object, without a word. A plugin is '
    + 'built and tested for one minor version of Velero, and upstream calls no other pair compatible. The plugin for CSI is part of Velero from '
    + '1.14: a server that finds it too ends with `unable to register plugin … already registered`, again and again.',
  fix: 'take all of one release: definitions first, then server, node-agent and plugin together',
  reference: 'velero-plugin-for-aws v1.14.3 README.md:22, Compatibility; velero v1.14.1 pkg/plugin/clientmgmt/process/registry.go:203, changelogs/CHANGELOG-1.14.md:64',
  check: model => [...model.installs.flatMap(install => [...agents(install), ...plugins(install)]), ...definitions(model)],
  install: '1.18.3',
  bad: () => nodeAgent('1.16.2'),
  good: () => nodeAgent('1.18.3'),
};

/** By minor: patches of one work together. Manifests of several clusters may have a server each. */
function agents({ servers, nodeAgents }: Install): Verdict[] {
  const versions = servers.map(({ version }) => version).filter(version => version !== undefined);
  const minors = new Set(versions.map(minorOf));
  const others = versions.length < servers.length || versions.length === 0 ? []
    : nodeAgents.filter(({ version }) => version !== undefined && !minors.has(minorOf(version)));
  return others.map(({ manifest, container }) => ({
    on: manifest, what: 'image of node-agent', got: container.image?.text, wanted: `the version of the server, ${versions[0]}`,
  }));
}

function plugins({ server, release, plugins: images }: Install): Verdict[] {
  if (server === undefined || release === undefined) {
    return [];
  }
  return images.flatMap(image => pluginWanted(image, release).map(wanted => ({ on: server.manifest, what: 'image of the plugin', got: image.text, wanted })));
}

function pluginWanted({ name, version, text }: ImageReference, release: VeleroRelease): string[] {
  const { STORE_PLUGINS, CSI_PLUGIN } = tables.plugins();
  if (name === CSI_PLUGIN.name && !available(CSI_PLUGIN, release.version)) {
    return [`no such init container: Velero ${release.version} has this plugin inside, and does not start with a second one`];
  }
  const minor = minorOf(release.pluginVersion);
  return !STORE_PLUGINS.has(name) || version === undefined || minorOf(version) === minor ? []
    : [`a version ${minor} of it, which belongs to Velero ${release.minor}${text.includes('aws') ? `: ${release.images.pluginForAws}` : ''}`];
}

/** The newest release counts, where the input has several installations: they share the definitions, or each cluster has a copy. */
function definitions(model: BackupModel): Verdict[] {
  const releases = model.installs.map(({ release }) => release).filter(release => release !== undefined);
  const [newest] = releases.sort((one, other) => compared(other.version, one.version));
  const manifests = releases.length === 0 ? [] : model.ofKind('apiextensions.k8s.io/CustomResourceDefinition');
  const judged = manifests.map(on => ({ on, lacking: lackingIn(on, newest) }));
  const complete = new Set(judged.filter(({ lacking }) => lacking.length === 0).map(({ on }) => on.name));
  return judged.filter(({ on }) => !complete.has(on.name)).map(({ on, lacking }) => ({
    on,
    what: 'schema',
    wanted: `the definition of Velero ${newest.version}, which has ${lacking.join(', ')}: without, the API server drops what is written there`,
    next: 'apply the definitions of the version that runs',
  }));
}

function lackingIn(definition: Manifest, { version }: VeleroRelease): string[] {
  const needed = tables.definitions().DEFINITION_FIELDS.filter(field => field.definition === definition.name && available(field, version));
  const schema = needed.length === 0 ? undefined : schemaOf(definition);
  return schema === undefined ? [] : needed.map(({ path }) => path).filter(path => !knows(schema, path.split('.')));
}

/** Nothing where the manifest has no schema, which an example or a stripped dump may not. */
function schemaOf({ spec }: Manifest): Fields | undefined {
  return spec.objects('versions').map(version => version.object('schema').optionalObject('openAPIV3Schema')).find(schema => schema !== undefined);
}

function knows(schema: Fields, [step, ...rest]: readonly string[]): boolean {
  const inside = schema.has('items') ? schema.object('items') : schema;
  if (step === undefined || inside.boolean('x-kubernetes-preserve-unknown-fields')) {
    return true;
  }
  const field = inside.object('properties').optionalObject(step);
  return field !== undefined && knows(field, rest);
}

function minorOf(version: string | undefined): string | undefined {
  return version?.slice(0, version.lastIndexOf('.'));
}
