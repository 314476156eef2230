import { type BackupModel, type Fields, type Install, readJsonData, type VeleroProgram } from '../model';
import { LISTED_TOLERATIONS, type VeleroRelease } from '../versions';
import { nodeAgent } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'placement-not-inherited',
  severities: ['warning'],
  title: 'Tolerations that the pods which Velero makes do not get',
  goesWrong: 'Velero does its work in pods of their own: data movers from 1.15, file-system backups from 1.17, maintenance Jobs in all versions. From 1.16 the Jobs get no toleration of the server, and the others '
    + `get none of the node-agent, but for the keys ${LISTED_TOLERATIONS.keys.join(' and ')} from 1.17 on. On a node with a \`NoExecute\` taint the pod of a file-system backup is thrown `
    + 'out at once and the volume is not saved; data movers and Jobs that find no other node stay Pending, so that repositories grow.',
  fix: 'keep such taints off the nodes with volumes, or accept it where other nodes can do that work',
  reference: 'velero v1.18.3 pkg/controller/pod_volume_backup_controller.go:855-868, pkg/repository/maintenance/maintenance.go:484-510, pkg/util/third_party.go:27',
  check: model => model.installs.flatMap(install => install.release === undefined ? [] : [
    ...install.nodeAgents.flatMap(program => ofNodeAgent(model, install, program, install.release!)),
    ...install.servers.flatMap(program => ofServer(model, install, program, install.release!)),
  ]),
  install: '1.18.3',
  bad: () => tolerating('NoExecute'),
  good: () => tolerating('NoSchedule'),
};

function tolerating(effect: string): string {
  return nodeAgent('1.18.3').replace('      serviceAccountName', `      tolerations: [{ key: dedicated, operator: Exists, effect: ${effect} }]\n      serviceAccountName`);
}

/** Pods of file-system backups are bound to their node, which no scheduler's taint keeps them off. Data movers go through the scheduler. */
function ofNodeAgent(model: BackupModel, install: Install, program: VeleroProgram, release: VeleroRelease): Verdict[] {
  const moves = release.has('data-mover-pods') && (install.server?.features.includes('EnableCSI') ?? false) && !isPlaced(model, install, 'node-agent');
  return lost(model, program, release.has('data-mover-inherits-listed-tolerations')).flatMap(toleration => {
    const evicted = release.has('fs-backup-pods') && isAnyOrNoExecute(toleration);
    return !evicted && !moves ? [] : [verdictOf(program, toleration, evicted
      ? `one that the pods of file-system backups get too: Velero ${release.version} gives it to none of them, and they are thrown out of nodes with this taint`
      : `one that data movers get too: Velero ${release.version} gives it to none of them, and they are not scheduled to nodes with this taint`)];
  });
}

/** Whoever says where the Jobs run knows that it is not where the server runs. */
function ofServer(model: BackupModel, install: Install, program: VeleroProgram, release: VeleroRelease): Verdict[] {
  return release.has('maintenance-inherits-tolerations') || isPlaced(model, install, 'repository-maintenance') ? []
    : lost(model, program, release.has('maintenance-inherits-listed-tolerations')).map(toleration => ({
      ...verdictOf(program, toleration, `one that maintenance Jobs get too: Velero ${release.version} gives it to none of them, and they need nodes without this taint`),
      next: 'name such nodes as loadAffinity in the ConfigMap of --repo-maintenance-job-configmap',
    }));
}

function verdictOf({ manifest }: VeleroProgram, toleration: Fields, wanted: string): Verdict {
  return { on: manifest, what: toleration.path(''), got: toleration.string('key') ?? 'every taint', wanted };
}

/** Whether a ConfigMap says on which nodes, or is not in the input, so that it may. */
function isPlaced({ configMaps }: BackupModel, install: Install, use: 'node-agent' | 'repository-maintenance'): boolean {
  return install.configMaps.filter(each => each.use === use).some(({ name, flag }) => {
    const configMap = configMaps.get(install.namespace, name);
    return configMap === undefined ? flag !== undefined : Object.keys(configMap.data).some(key => readJsonData(configMap, key).fields?.has('loadAffinity'));
  });
}

/** Of each listed key Velero takes the first. Where the input has the nodes, only taints that there are count. */
function lost(model: BackupModel, { pod: { tolerations } }: VeleroProgram, listed: boolean): Fields[] {
  const inherited = listed ? LISTED_TOLERATIONS.keys.map(key => tolerations.find(toleration => toleration.string('key') === key)) : [];
  const taints = model.ofKind('/Node').flatMap(({ spec }) => spec.objects('taints'));
  const nodesAreKnown = model.ofKind('/Node').length > 0;
  return tolerations.filter(toleration => !inherited.includes(toleration) && !SYSTEM.test(toleration.string('key') ?? '') && toleration.string('effect') !== 'PreferNoSchedule'
    && (!nodesAreKnown || taints.some(taint => tolerates(toleration, taint))));
}

/** Taints that come and go with the state of a node; every pod of a DaemonSet tolerates them. */
const SYSTEM = /^node\.kubernetes\.io\//;

function isAnyOrNoExecute(toleration: Fields): boolean {
  return (toleration.string('effect') || 'NoExecute') === 'NoExecute';
}

function tolerates(toleration: Fields, taint: Fields): boolean {
  const [key, effect] = [toleration.string('key'), toleration.string('effect')];
  return (!key || key === taint.string('key')) && (!effect || effect === taint.string('effect')) && !SYSTEM.test(taint.string('key') ?? '');
}
