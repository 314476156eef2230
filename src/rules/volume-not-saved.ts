import {
  type BackupModel, type ClaimTemplate, copiesFiles, EXCLUDED_FROM_BACKUP, isDeclaredWorkload, podVolumeAction, savesPods, type Schedule, type Volume,
  type Workload,
} from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'volume-not-saved',
  severities: ['warning'],
  title: 'A volume in a covered namespace whose files are not saved',
  goesWrong: 'File-system backup copies what containers of running pods have mounted, and nothing else. A `hostPath`, a volume in block mode, one that no container or only an init container mounts, and '
    + 'the volumes of workloads without a running pod (`replicas: 0`, a CronJob between two runs) are left out, with at most a warning in the log: the backup is `Completed`, and after a '
    + 'restore the volume is empty. In all versions.',
  fix: 'mount the volume in a container that runs during backups, or save it by other means',
  reference: 'velero v1.18.3 pkg/podvolume/backupper.go:264-368, pkg/util/podvolume/pod_volume.go:177-225',
  check: model => {
    const places = new Places(model);
    return model.schedules.all.length === 0 ? [] : model.workloads.all.filter(isDeclared).flatMap(workload => unsaved(model, places, workload));
  },
  install: '1.18.3',
  bad: () => `${wiki(0)}---\n${schedule({ template: { defaultVolumesToFsBackup: 'true', includedNamespaces: '[wiki]' } })}`,
  good: () => `${wiki(1)}---\n${schedule({ template: { defaultVolumesToFsBackup: 'true', includedNamespaces: '[wiki]' } })}`,
};

function wiki(replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: wiki, namespace: wiki }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: wiki } }
  template:
    metadata: { labels: { app: wiki } }
    spec:
      containers:
        - name: wiki
          image: registry.example.org/wiki:1.0.0
          volumeMounts: [{ name: pages, mountPath: /pages }]
      volumes:
        - { name: pages, persistentVolumeClaim: { claimName: pages } }
`;
}

/** A pod of a node itself is no workload, and nothing saves it. */
function isDeclared(workload: Workload): boolean {
  return isDeclaredWorkload(workload) && workload.owner !== 'Node';
}

/** A volume that may hold data: of a claim, or of the node. */
interface Candidate {
  readonly name: string;
  readonly path: string;
  readonly volume?: Volume;
  readonly claim?: ClaimTemplate;
  readonly claimName?: string;
}

function unsaved(model: BackupModel, places: Places, workload: Workload): Verdict[] {
  const candidates = candidatesOf(model, workload);
  if (candidates.length === 0 || model.namespaces.get('', workload.namespace)?.labels[EXCLUDED_FROM_BACKUP] === 'true') {
    return [];
  }
  const schedules = model.schedulesCovering(workload.namespace).filter(({ paused, template }) => !paused && savesPods(template, workload.pod.labels));
  return candidates.flatMap(candidate => {
    const why = reason(places, workload, candidate);
    return why !== undefined && isWanted(model, schedules, workload, candidate)
      ? [{ on: workload.manifest, what: candidate.path, got: candidate.name, wanted: `a volume that Velero copies: ${why}` }]
      : [];
  });
}

function candidatesOf({ claims }: BackupModel, { manifest, namespace, kind, pod, claimTemplates }: Workload): Candidate[] {
  const declared = pod.volumes.filter(({ type, claimName }) => claimName !== undefined || (type === 'hostPath' && kind !== 'DaemonSet'))
    .map((volume): Candidate => ({
      name: volume.name, path: volume.fields.path(''), volume, claimName: volume.claimName, claim: volume.claimName === undefined ? undefined : claims.get(namespace, volume.claimName),
    }));
  return [...declared, ...claimTemplates.map((claim, index) => ({ name: claim.name, claim, path: manifest.spec.path(`volumeClaimTemplates[${index}]`) }))];
}

function reason(places: Places, workload: Workload, { name, volume, claim, claimName }: Candidate): string | undefined {
  const { kind, namespace, replicas, pod: { containers } } = workload;
  if (volume?.type === 'hostPath') {
    return holdsData(workload, volume) ? 'a hostPath is none of the volumes that the node-agent sees' : undefined;
  }
  if (claim?.volumeMode === 'Block' || containers.some(({ devices }) => devices.includes(name))) {
    return 'it is in block mode, which has no files';
  }
  if (claimName !== undefined && places.onNode(namespace, claimName)) {
    return 'its PersistentVolume is a hostPath, which the node-agent does not see';
  }
  if (claimName !== undefined && places.isMounted(namespace, claimName)) {
    return undefined;
  }
  if (!containers.some(({ mounts }) => mounts.some(mount => mount.volume === name))) {
    return 'no container mounts it, and init containers are over when the backup is made';
  }
  if (replicas === 0) {
    return 'with replicas: 0 no pod runs that has it mounted';
  }
  return kind === 'CronJob' || kind === 'Job' ? `the pods of a ${kind} run for a short time only, and it is saved only while one does` : undefined;
}

/** Sockets, devices and the system of the node are nothing that a restore would bring back; nor is what the pod only reads. */
function holdsData({ pod: { containers } }: Workload, { name, hostPath = '', fields }: Volume): boolean {
  const type = fields.object('hostPath').string('type') ?? '';
  return !/Socket|Device|^File/.test(type) && !SYSTEM.test(hostPath)
    && containers.some(({ mounts }) => mounts.some(({ volume, readOnly }) => volume === name && !readOnly));
}

const SYSTEM = /^\/(dev|proc|sys|run|etc|boot|lib|usr|tmp|var\/(run|log|lib\/(kubelet|docker|containerd|cni|rook)))(\/|$)|^\/$/;

/** Whether some schedule means to copy the files, and none can take a snapshot of the volume instead. */
function isWanted(model: BackupModel, schedules: readonly Schedule[], { pod }: Workload, { name, volume, claim }: Candidate): boolean {
  const onNode = volume?.type === 'hostPath';
  return !(!onNode && schedules.some(each => maySnapshot(model, each))) && schedules.some(({ namespace, template }) => {
    const treatment = model.volumeTreatmentOf(namespace, template);
    const action = treatment?.policy && onNode ? podVolumeAction(treatment.policy, 'hostPath') : undefined;
    return treatment !== undefined && (action === undefined || action === 'fs-backup') && copiesFiles(treatment, pod, name, claim);
  });
}

/** By the snapshot feature or by a plugin; for all that is known where the input has no server. */
function maySnapshot(model: BackupModel, { namespace, template }: Schedule): boolean {
  const server = model.installIn(namespace)?.server;
  return template.snapshotVolumes !== false
    && (server === undefined || server.features.includes('EnableCSI') || model.snapshotLocations.in(namespace).length > 0);
}

/** Where the volumes of claims are, as far as the input tells: gathered once. */
class Places {
  private mounted?: ReadonlySet<string>;
  private nodes?: ReadonlySet<string>;

  public constructor(private readonly model: BackupModel) {}

  /** Whether a container that runs all the time has the volume of a claim mounted. */
  public isMounted(namespace: string, claim: string): boolean {
    this.mounted ??= new Set(this.model.workloads.all.filter(runs).flatMap(({ namespace: own, pod: { volumes, containers } }) => volumes
      .filter(({ claimName, name }) => claimName !== undefined && containers.some(({ mounts }) => mounts.some(({ volume }) => volume === name)))
      .map(({ claimName }) => `${own}/${claimName}`)));
    return this.mounted.has(`${namespace}/${claim}`);
  }

  /** Whether the volume of a claim is a folder of a node. */
  public onNode(namespace: string, claim: string): boolean {
    this.nodes ??= new Set(this.model.ofKind('/PersistentVolume').filter(({ spec }) => spec.has('hostPath')).map(({ spec }) => {
      const reference = spec.object('claimRef');
      return `${reference.string('namespace')}/${reference.string('name')}`;
    }));
    return this.nodes.has(`${namespace}/${claim}`);
  }
}

function runs({ kind, replicas }: Workload): boolean {
  return kind !== 'CronJob' && kind !== 'Job' && replicas !== 0;
}
