import { type BackupModel, type Install, type VeleroProgram } from '../model';
import { type Change } from './change';
import { type FieldChange } from './changed-fields';
import { type Comparison } from './comparison';
import { fieldsText } from './field-text';
import { fate, isKept } from './kept';
import { type InstallPair, ProgramPair } from './program-pair';
import { type Context } from './schedule-pair';
import { serverDefaults } from './server-defaults';
import { disabledIn, NEEDED_FOR_BACKUPS } from './server-work';
import { uploader } from './uploader';
import { RESTARTS, version } from './version';
import { listed, shown } from './words';

const SHOWN = 5;
const CONTAINERS = 'spec.template.spec.containers';

/** What becomes of Velero itself. */
export function installs({ comparison }: Context): Change[] {
  const { was, is } = comparison;
  const namespaces = new Set([...was.installs, ...is.installs].map(({ namespace }) => namespace));
  return [...namespaces].flatMap(namespace => {
    const [before, after] = [was.installIn(namespace), is.installIn(namespace)];
    return [...servers(comparison, before, after), ...nodeAgents(comparison, before, after)];
  });
}

function servers(comparison: Comparison, was: Install | undefined, is: Install | undefined): Change[] {
  if (was?.server !== undefined && is?.server !== undefined) {
    return compared(comparison, was, is, was.server, is.server);
  }
  return was?.server !== undefined ? [gone(comparison, was.server)] : is?.server !== undefined ? [come(comparison, is, is.server)] : [];
}

function gone(comparison: Comparison, { manifest }: VeleroProgram): Change {
  const [isRemoved] = comparison.takeRemoved(each => each === manifest);
  const isLeft = isRemoved !== undefined && isKept(manifest, comparison);
  return {
    id: 'server-removed',
    severity: isLeft ? 'notable' : 'destructive',
    on: comparison.pairOf(manifest)?.is ?? manifest,
    message: isRemoved === undefined ? 'runs no server any more' : `server removed: ${fate(manifest, comparison)}`,
    means: [isLeft ? 'It goes on in the cluster as it is.' : 'No backups, no restores, and nothing expires. What is in the buckets stays.'],
    fields: comparison.pairOf(manifest)?.take(CONTAINERS) ?? [],
  };
}

function come(comparison: Comparison, { version: release, uploader: copies }: Install, { manifest }: VeleroProgram): Change {
  comparison.takeAdded(each => each === manifest);
  const told = [release === undefined ? '' : ` ${release}`, copies === undefined ? '' : ` with ${shown(copies)}`].join('');
  return { id: 'server-added', severity: 'harmless', on: manifest, message: `added: Velero${told}`, means: [], fields: [] };
}

function compared(comparison: Comparison, was: Install, is: Install, before: VeleroProgram, after: VeleroProgram): Change[] {
  const server = new ProgramPair(comparison, before, after);
  const nodeAgent = was.nodeAgent && is.nodeAgent && new ProgramPair(comparison, was.nodeAgent, is.nodeAgent);
  const install: InstallPair = { was, is, server, nodeAgent, comparison };
  const changes = [moved, uploader, version, stopped, serverDefaults, features].flatMap(aspect => aspect(install));
  const isTold = changes.some(({ means }) => means.includes(RESTARTS));
  return [...changes, ...settings(server, 'server-changed', isTold ? undefined : RESTARTS)];
}

/** @see velero v1.18.1 pkg/util/velero/velero.go:41: maintenance looks the server up by its name */
function moved({ server: { was, is }, comparison }: InstallPair): Change[] {
  if (comparison.pairOf(was.manifest)?.is === is.manifest) {
    return [];
  }
  const [old] = comparison.takeRemoved(manifest => manifest === was.manifest);
  comparison.takeAdded(manifest => manifest === is.manifest);
  return [{
    id: 'server-changed',
    severity: 'notable',
    on: is.manifest,
    message: `another object runs the server: ${was.manifest} → ${is.manifest}`,
    means: [
      ...(old === undefined ? [] : [`Of the old one: ${fate(old, comparison)}.`]),
      ...(is.workload.name === 'velero' ? [] : ['Velero looks itself up as Deployment velero: under another name repositories are not maintained.']),
    ],
    fields: [],
  }];
}

/** Whether the server makes backups at all. */
function stopped({ server }: InstallPair): Change[] {
  const replicas = server.take('spec.replicas');
  const flags = [...server.takeFlag('restore-only'), ...server.takeFlag('disable-controllers')];
  const isOff = ({ workload, commandLine }: VeleroProgram) => [workload.replicas === 0, commandLine.isOn('restore-only') ?? false];
  const [[wasDown, wasRestoring], [isDown, isRestoring]] = [isOff(server.was), isOff(server.is)];
  const disabled = disabledIn(server.is).filter(name => !disabledIn(server.was).includes(name));
  const missing = disabled.filter(name => NEEDED_FOR_BACKUPS.has(name));
  const stops = (isDown && !wasDown) || (isRestoring && !wasRestoring) || missing.length > 0;
  const fields = [...replicas, ...flags];
  return fields.length === 0 ? [] : [{
    id: stops ? 'server-stopped' : 'server-changed',
    severity: stops ? 'destructive' : disabled.length > 0 ? 'notable' : 'harmless',
    on: server.is.manifest,
    message: fieldsText(fields, SHOWN, 'spec.'),
    fields,
    means: stops ? [isDown && !wasDown ? 'Nothing runs: no backups, no restores, and nothing expires.'
      : isRestoring && !wasRestoring ? 'No backups are made and nothing expires: Velero only restores.'
        : `Without ${listed(missing)} no backup is made, or none is ever finished.`] : disabled.length > 0 ? [`Velero does nothing of ${listed(disabled)} any more.`] : [],
  }];
}

/** @see velero v1.18.1 pkg/features; T30 of the reference: without EnableCSI the data of snapshots is not saved, and the backup is Completed */
function features({ server, comparison: { is: model }, is: { namespace } }: InstallPair): Change[] {
  const fields = server.takeFlag('features');
  const { was, is } = server;
  const lost = was.features.filter(feature => !is.features.includes(feature));
  const fresh = is.features.filter(feature => !was.features.includes(feature));
  const moving = model.schedules.in(namespace).filter(({ template }) => model.movesSnapshotData(namespace, template)).length;
  const losesSnapshots = lost.includes('EnableCSI');
  return lost.length + fresh.length === 0 ? [] : [{
    id: 'features-changed',
    severity: losesSnapshots && moving > 0 ? 'destructive' : lost.length > 0 ? 'notable' : 'harmless',
    on: is.manifest,
    message: `features ${[...lost.map(name => `-${name}`), ...fresh.map(name => `+${name}`)].join(', ')}`,
    fields,
    means: losesSnapshots ? ['No snapshots are made by CSI any more: volumes whose files are not copied are not saved, and the backups are Completed all the same.'] : [],
  }];
}

function settings(program: ProgramPair, id: 'server-changed' | 'node-agent-changed', means?: string): Change[] {
  const { manifest, container } = program.is;
  const fields: readonly FieldChange[] = program.takeRest();
  const prefix = 'spec.template.spec.';
  return fields.length === 0 ? [] : [{
    id,
    severity: program.was.container.image?.name !== program.is.container.image?.name ? 'notable' : 'harmless',
    on: manifest,
    fields,
    message: fieldsText(fields, SHOWN, prefix).replaceAll(`containers[${container.name}].`, ''),
    means: means === undefined || fields.every(({ path }) => !isOfPod(path)) ? [] : [means],
  }];
}

function isOfPod(path: string): boolean {
  return path.startsWith('--') || path.startsWith('spec.template');
}

function nodeAgents(comparison: Comparison, was: Install | undefined, is: Install | undefined): Change[] {
  const before = was?.nodeAgent;
  const after = is?.nodeAgent;
  if (before !== undefined && after !== undefined) {
    return settings(new ProgramPair(comparison, before, after), 'node-agent-changed', copiesItself(was!) || copiesItself(is!) ? INTERRUPTS : undefined);
  }
  if (before === undefined || is?.server === undefined) {
    return [];
  }
  const [isRemoved] = comparison.takeRemoved(each => each === before.manifest);
  const needed = needsNodeAgent(comparison.is, is.namespace);
  const isLeft = isRemoved !== undefined && isKept(before.manifest, comparison);
  return [{
    id: 'node-agent-changed',
    severity: needed && !isLeft ? 'destructive' : 'notable',
    on: comparison.pairOf(before.manifest)?.is ?? before.manifest,
    message: isRemoved === undefined ? 'runs no node-agent any more' : `node-agent removed: ${fate(before.manifest, comparison)}`,
    means: needed ? ['The files of volumes are not copied without it: backups fail in part.'] : [],
    fields: comparison.pairOf(before.manifest)?.take(CONTAINERS) ?? [],
  }];
}

const INTERRUPTS = 'It starts anew on each node: a volume that it copies at that moment is not saved.';

/** @see velero v1.14.1 pkg/cmd/cli/nodeagent/server.go:368; from 1.17 pods of their own do it, and a node-agent that starts goes on with them */
function copiesItself({ release }: Install): boolean {
  return !release?.has('fs-backup-pods');
}

function needsNodeAgent(model: BackupModel, namespace: string): boolean {
  return model.schedules.in(namespace)
    .some(({ template }) => model.savesFilesByDefault(namespace, template) || model.movesSnapshotData(namespace, template));
}
