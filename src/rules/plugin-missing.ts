import { type BackupModel, type Install, type Location, type VeleroProgram } from '../model';
import { tables } from '../versions';
import { server } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'plugin-missing',
  severities: ['error'],
  title: 'No plugin of the server writes to the kind of store that a location names',
  goesWrong: 'Velero itself writes to no object store: a plugin does, which an init container copies into the server. For a provider without one the server says `unable to locate '
    + 'ObjectStore plugin named velero.io/…`, the location stays Unavailable, and every backup to it fails (from 1.16 it fails validation). In all versions.',
  fix: 'add the init container of the plugin to the server, or correct the provider',
  reference: 'velero v1.18.3 pkg/plugin/clientmgmt/process/registry.go:122, pkg/controller/backup_storage_location_controller.go',
  check: model => model.installs.flatMap(install => missing(model, install)),
  install: '1.18.3',
  bad: () => withoutPlugin(server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite')),
  good: () => server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite'),
};

function missing(model: BackupModel, install: Install): Verdict[] {
  const provided = install.servers.map(providedBy);
  return provided.some(providers => providers === undefined) ? [] : model.locations.in(install.namespace).flatMap(location => {
    const provider = providerOf(location);
    return provider === '' || install.servers.length === 0 || provided.some(providers => providers!.has(provider)) ? [] : [{
      on: install.server!.manifest,
      what: 'plugins',
      got: install.plugins.map(({ text }) => text).join(', ') || 'none',
      wanted: `one for ${provider}, the provider of the location ${location.name}${proposal(provider, install)}`,
    }];
  });
}

/** Nothing where a plugin may come from an image that nobody knows, or from elsewhere than an init container. */
function providedBy({ pod, container, commandLine }: VeleroProgram): ReadonlySet<string> | undefined {
  const { STORE_PLUGINS, CSI_PLUGIN } = tables.plugins();
  const names = pod.initContainers.map(({ image }) => image?.name ?? '');
  const folder = container.mounts.find(({ path }) => path.replace(/\/$/, '') === '/plugins')?.volume;
  const known = container.image?.name === 'velero' && commandLine.value('plugin-dir') === undefined
    && names.every(name => name === CSI_PLUGIN.name || STORE_PLUGINS.has(name)) && pod.volumes.every(({ name, type }) => name !== folder || type === 'emptyDir');
  return known ? new Set(names.map(name => STORE_PLUGINS.get(name) ?? '')) : undefined;
}

function providerOf({ provider }: Location): string {
  return provider?.replace(/^velero\.io\//, '') ?? '';
}

function proposal(provider: string, { release }: Install): string {
  return provider === 'aws' && release !== undefined ? `: ${release.images.pluginForAws}` : '';
}

function withoutPlugin(deployment: string): string {
  return deployment.replace(/ {6}initContainers:\n[^]*?(?= {6}containers:)/, '');
}
