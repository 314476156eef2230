import { type BackupSpec } from './backup-spec';
import { grouped } from './catalog';
import { Scopes } from './cluster-scope';
import { type ConfigMap, readVolumePolicy, type VolumePolicy } from './config-map';
import { Coverage } from './coverage';
import { type DeclaredBackup, declaredBackups, type DeclaredHook, declaredHooks } from './declared-hooks';
import { type DefinitionMismatch, mismatchesOf } from './definition';
import { Deliveries } from './deliveries';
import { readDuration } from './duration';
import { type ServiceName, serviceOf } from './endpoint';
import { Facts } from './facts';
import { type VolumeTreatment } from './file-copies';
import { Install, programOf, type VeleroProgram } from './install';
import { type Location } from './location';
import { type Manifest, readManifests, type Source, type UnreadableField } from './manifest';
import { type Need, needsIn } from './needs';
import { READERS } from './readers';
import { type Schedule } from './schedule';

const NONE: readonly never[] = [];

/** Of --default-backup-ttl, in every release. */
const DEFAULT_TTL = '720h';

/**
 * What manifests say about backups: typed facts, each with the manifest that it was read from.
 *
 * One pass over the manifests; everything that is looked up by name is looked up in a map. Input of any kind gives a model.
 */
export class BackupModel extends Facts {
  public static of(sources: Iterable<Source>): BackupModel {
    return new BackupModel(sources);
  }

  /** Every object, of whatever kind, in the order given. */
  public readonly manifests: readonly Manifest[];

  /** Grows while rules read further fields. */
  public readonly unreadable: readonly UnreadableField[];

  /** One a namespace that a server or a node-agent runs in. */
  public readonly installs: readonly Install[];

  private readonly installsByNamespace: ReadonlyMap<string, Install>;
  private readonly policies = new Map<ConfigMap, VolumePolicy>();
  private coverage?: Coverage;
  private delivered?: Deliveries;
  private definedScopes?: Scopes;
  private needed?: readonly Need[];
  private declared?: readonly DeclaredBackup[];
  private hooks?: readonly DeclaredHook[];
  private mismatches?: readonly DefinitionMismatch[];
  private manifestsByKind?: ReadonlyMap<string, readonly Manifest[]>;

  private constructor(sources: Iterable<Source>) {
    super();
    const unreadable: UnreadableField[] = [];
    this.unreadable = unreadable;
    this.manifests = readManifests(sources, unreadable);
    for (const manifest of this.manifests) {
      READERS.get(`${manifest.group}/${manifest.kind}`)?.(manifest, this);
    }
    this.installs = installsOf(this);
    this.installsByNamespace = new Map(this.installs.map(install => [install.namespace, install]));
  }

  /** The objects of a kind that has no facts of its own here, by group and kind: `storage.k8s.io/StorageClass`, `/Service`. */
  public ofKind(kind: string): readonly Manifest[] {
    this.manifestsByKind ??= grouped(this.manifests, manifest => `${manifest.group}/${manifest.kind}`);
    return this.manifestsByKind.get(kind) ?? NONE;
  }

  /** The installation in a namespace, where the input has it. */
  public installIn(namespace: string): Install | undefined {
    return this.installsByNamespace.get(namespace);
  }

  /** The Schedules, and the Backups that have not run yet. */
  public declaredBackups(): readonly DeclaredBackup[] {
    return this.declared ??= declaredBackups(this);
  }

  /** What the objects of Velero do not have in common with the definitions of their version. */
  public definitionMismatches(): readonly DefinitionMismatch[] {
    const [only, another] = this.installs;
    return this.mismatches ??= this.manifests.filter(({ group }) => group === 'velero.io').flatMap(manifest =>
      mismatchesOf(manifest, (this.installIn(manifest.namespace) ?? (another === undefined ? only : undefined))?.release));
  }

  /** Which Application of ArgoCD delivers what. */
  public deliveries(): Deliveries {
    const homes = [...this.installs, ...this.locations.all].map(({ namespace }) => namespace);
    return this.delivered ??= new Deliveries(this.applications.all, this.manifests, homes);
  }

  /** Which kinds belong to the whole cluster, by the definitions in the input too. */
  public scopes(): Scopes {
    return this.definedScopes ??= new Scopes(this.ofKind('apiextensions.k8s.io/CustomResourceDefinition').map(({ spec }) =>
      ({ group: spec.string('group') ?? '', kind: spec.object('names').string('kind') ?? '', scope: spec.string('scope') })));
  }

  /** What must be there, or work, before something else can. */
  public needs(): readonly Need[] {
    return this.needed ??= needsIn(this);
  }

  /** Every hook of backups and pods, once. */
  public declaredHooks(): readonly DeclaredHook[] {
    return this.hooks ??= declaredHooks(this);
  }

  /** The location that a backup of a namespace goes to; nothing when the input does not have it. */
  public locationOf(namespace: string, { storageLocation }: BackupSpec): Location | undefined {
    const name = storageLocation || this.installIn(namespace)?.server?.commandLine.value('default-backup-storage-location');
    return name ? this.locations.get(namespace, name) : this.locations.in(namespace).find(({ isDefault }) => isDefault);
  }

  /** The Service of the cluster that the URL of a location names; nothing when it names something outside. */
  public serviceOf({ endpoint, namespace }: Location): ServiceName | undefined {
    return endpoint && serviceOf(endpoint.host, namespace, name => name === namespace || this.namespaces.get('', name) !== undefined);
  }

  /** The schedules that save a namespace, paused ones too. */
  public schedulesCovering(namespace: string): readonly Schedule[] {
    this.coverage ??= new Coverage(this.schedules.all);
    return this.coverage.of(namespace);
  }

  /** Whether a backup saves the files of volumes that nobody chose one by one: what it says itself, or what the server is told. */
  public savesFilesByDefault(namespace: string, { defaultVolumesToFsBackup }: BackupSpec): boolean {
    return defaultVolumesToFsBackup ?? this.installIn(namespace)?.server?.commandLine.isOn('default-volumes-to-fs-backup') ?? false;
  }

  /** Whether a backup moves the data of snapshots to the object store. */
  public movesSnapshotData(namespace: string, { snapshotMoveData }: BackupSpec): boolean {
    return snapshotMoveData ?? this.installIn(namespace)?.server?.commandLine.isOn('default-snapshot-move-data') ?? false;
  }

  /** What a backup does with volumes; nothing when it names a policy that the input does not have. */
  public volumeTreatmentOf(namespace: string, spec: BackupSpec): VolumeTreatment | undefined {
    const policy = this.volumePolicyOf(namespace, spec);
    const isKnown = spec.resourcePolicy === undefined || policy !== undefined;
    return isKnown ? { savesFilesByDefault: this.savesFilesByDefault(namespace, spec), policy } : undefined;
  }

  /** For how long a backup is kept, in seconds: what it says itself, or what the server is told; nothing where that is not known. */
  public retentionOf(namespace: string, { ttl }: BackupSpec): number | undefined {
    if (ttl !== undefined && ttl.seconds !== 0) {
      return ttl.seconds;
    }
    const server = this.installIn(namespace)?.server;
    return server && readDuration(server.commandLine.value('default-backup-ttl') ?? DEFAULT_TTL).seconds;
  }

  /** The policy for the volumes of a backup; nothing when it names none, or one that the input does not have. */
  public volumePolicyOf(namespace: string, { resourcePolicy }: Pick<BackupSpec, 'resourcePolicy'>): VolumePolicy | undefined {
    const configMap = resourcePolicy?.name === undefined ? undefined : this.configMaps.get(namespace, resourcePolicy.name);
    if (configMap === undefined) {
      return undefined;
    }
    const policy = this.policies.get(configMap) ?? readVolumePolicy(configMap);
    this.policies.set(configMap, policy);
    return policy;
  }
}

function installsOf({ workloads }: Facts): Install[] {
  const servers: VeleroProgram[] = [];
  const nodeAgents: VeleroProgram[] = [];
  for (const workload of workloads.all) {
    // In a dump of a cluster the ReplicaSets and Pods of the Deployment run Velero too.
    const found = workload.owner === undefined && CONTROLLERS.has(workload.kind) ? programOf(workload) : undefined;
    if (found !== undefined) {
      (found.role === 'server' ? servers : nodeAgents).push(found.program);
    }
  }
  const byNamespace = (programs: VeleroProgram[]) => grouped(programs, ({ manifest }) => manifest.namespace);
  const [serversOf, nodeAgentsOf] = [byNamespace(servers), byNamespace(nodeAgents)];
  return [...new Set([...serversOf.keys(), ...nodeAgentsOf.keys()])].map(namespace =>
    new Install(namespace, serversOf.get(namespace) ?? [], nodeAgentsOf.get(namespace) ?? []));
}

/** What a server or a node-agent that runs for ever can be. */
const CONTROLLERS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
