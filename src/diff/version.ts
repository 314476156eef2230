import { available, CAPABILITIES, compared, VELERO_MINORS } from '../versions';
import { type Change } from './change';
import { type InstallPair } from './program-pair';
import { arrow, listed } from './words';

export const RESTARTS = 'The server starts anew: a backup that runs at that moment is Failed. Sync between two backups.';

/** The release of Velero, with the plugins and the node-agent that follow it. */
export function version(install: InstallPair): Change[] {
  const { was, is, server, nodeAgent } = install;
  const [from, to] = [server.was.version, server.is.version];
  const plugins = pluginChanges(install);
  if (from === undefined || to === undefined || from === to) {
    return plugins;
  }
  const fields = [...server.take(server.image), ...(nodeAgent?.is.version === to ? nodeAgent.take(nodeAgent.image) : [])];
  const between = VELERO_MINORS.filter(minor => compared(`${minor}.0`, from) > 0 && compared(to, `${minor}.0`) > 0).filter(minor => minor !== minorOf(to));
  const isBack = compared(to, from) < 0;
  const isPatch = was.release !== undefined && was.release.minor === is.release?.minor;
  return [{
    id: 'version-changed',
    severity: isPatch && !isBack ? 'harmless' : 'notable',
    on: server.is.manifest,
    message: `Velero ${from} → ${to}`,
    fields,
    means: [
      ...(isBack ? ['Upstream describes no way back: try on another cluster whether the older one restores what the newer one saved.'] : []),
      ...(was.uploader !== 'restic' && losesRestic(from, to) ? [`Velero ${to} restores nothing that restic saved, should some of it be left.`] : []),
      ...(between.length > 0 ? [`Upstream describes the way from each minor to the next: what ${listed(between)} changed holds here too.`] : []),
      RESTARTS,
    ],
  }, ...plugins];
}

function losesRestic(from: string, to: string): boolean {
  return available(CAPABILITIES['restic-restore'], from) && !available(CAPABILITIES['restic-restore'], to);
}

function minorOf(text: string): string {
  return text.slice(0, text.lastIndexOf('.'));
}

/** The init containers that bring plugins along. */
function pluginChanges({ was, is, server }: InstallPair): Change[] {
  const [before, after] = [was, is].map(({ plugins }) => new Map(plugins.map(({ name, tag, digest }) => [name, tag ?? digest ?? 'no tag'])));
  const gone = [...before.keys()].filter(name => !after.has(name));
  const changed = [...after].filter(([name, tag]) => before.get(name) !== tag).map(([name, tag]) => `${name} ${before.has(name) ? arrow(before.get(name), tag) : `${tag} added`}`);
  return gone.length + changed.length === 0 ? [] : [{
    id: 'plugin-changed',
    severity: gone.length > 0 ? 'notable' : 'harmless',
    on: server.is.manifest,
    message: [...changed, ...gone.map(name => `${name} removed`)].join('; '),
    fields: server.take('spec.template.spec.initContainers'),
    means: gone.length > 0 ? ['A location whose provider no plugin serves is Unavailable.'] : [],
  }];
}
