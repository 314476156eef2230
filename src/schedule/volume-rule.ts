import { Size, SizeRoundingBehavior } from 'cdk8s';
import { oneOf, Problem } from '../findings';
import { Capability } from '../versions';

/**
 * The kind of a volume: the field of the pod's volume or of the PersistentVolume that is set.
 *
 * @see https://github.com/velero-io/velero/blob/v1.18.3/internal/resourcepolicies/volume_types_conditions.go#L29-L60
 */
export enum VolumeType {
  AWS_ELASTIC_BLOCK_STORE = 'awsElasticBlockStore',
  AZURE_DISK = 'azureDisk',
  AZURE_FILE = 'azureFile',
  CEPH_FS = 'cephfs',
  CINDER = 'cinder',
  CONFIG_MAP = 'configMap',
  CSI = 'csi',
  DOWNWARD_API = 'downwardAPI',
  EMPTY_DIR = 'emptyDir',
  EPHEMERAL = 'ephemeral',
  FC = 'fc',
  FLEX_VOLUME = 'flexVolume',
  FLOCKER = 'flocker',
  GCE_PERSISTENT_DISK = 'gcePersistentDisk',
  GIT_REPO = 'gitRepo',
  GLUSTERFS = 'glusterfs',
  HOST_PATH = 'hostPath',
  ISCSI = 'iscsi',
  LOCAL = 'local',
  NFS = 'nfs',
  PHOTON_PERSISTENT_DISK = 'photonPersistentDisk',
  PORTWORX_VOLUME = 'portworxVolume',
  PROJECTED = 'projected',
  QUOBYTE = 'quobyte',
  RBD = 'rbd',
  SCALE_IO = 'scaleIO',
  SECRET = 'secret',
  STORAGE_OS = 'storageOS',
  VSPHERE_VOLUME = 'vsphereVolume',
}

/** The phase of a PersistentVolumeClaim. */
export enum VolumeClaimPhase {
  BOUND = 'Bound',
  LOST = 'Lost',
  PENDING = 'Pending',
}

/** How a PersistentVolumeClaim wants its volume. */
export enum VolumeClaimMode {
  BLOCK = 'Block',
  FILESYSTEM = 'Filesystem',
}

/** How many nodes or pods may use the volume of a PersistentVolumeClaim. */
export enum VolumeClaimAccessMode {
  READ_ONLY_MANY = 'ReadOnlyMany',
  READ_WRITE_MANY = 'ReadWriteMany',
  READ_WRITE_ONCE = 'ReadWriteOnce',
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
}

/**
 * What becomes of the volumes a rule selects.
 */
export class VolumeAction {
  /** The data is not saved. */
  public static readonly SKIP = new VolumeAction('skip', undefined);

  /** The uploader reads the files while a pod has the volume mounted. */
  public static readonly FS_BACKUP = new VolumeAction('fs-backup', undefined);

  /** A snapshot, by CSI or by a plugin. Without `features: EnableCSI` or a plugin for the volume **nothing is saved**. */
  public static readonly SNAPSHOT = new VolumeAction('snapshot', undefined);

  /**
   * A plugin of yours takes care. Velero >= 1.18.1.
   *
   * @param parameters what the plugin is told
   */
  public static custom(parameters?: { [key: string]: string }): VolumeAction {
    return new VolumeAction('custom', parameters);
  }

  private constructor(private readonly type: string, private readonly parameters: { [key: string]: string } | undefined) {}

  /** @internal */
  public _toPolicy(): any {
    return { type: this.type, parameters: this.parameters };
  }
}

/**
 * An NFS export.
 */
export interface NfsVolumeCondition {
  /**
   * Host name or address of the server.
   *
   * @default - any
   */
  readonly server?: string;

  /**
   * The path that is exported.
   *
   * @default - any
   */
  readonly path?: string;
}

/**
 * A CSI volume.
 */
export interface CsiVolumeCondition {
  /**
   * Name of the driver, such as `rook-ceph.rbd.csi.ceph.com`. Required with volumeAttributes.
   *
   * @default - any
   */
  readonly driver?: string;

  /**
   * Attributes the volume must have. Velero >= 1.16.
   *
   * @default - any
   */
  readonly volumeAttributes?: { [key: string]: string };
}

/**
 * Which volumes are treated how. A rule without conditions is for all volumes and must be the last.
 *
 * All conditions of a rule must hold. An empty list is refused: Velero takes it for "any".
 */
export interface VolumeRule {
  /** What becomes of the volumes. */
  readonly action: VolumeAction;

  /**
   * Smallest capacity. Whole KiB; at most capacityTo.
   *
   * @default - any
   */
  readonly capacityFrom?: Size;

  /**
   * Largest capacity. Whole KiB, more than nothing.
   *
   * Volumes without a PersistentVolume, such as `emptyDir`, have none and fit as well when there is no capacityFrom.
   *
   * @default - any
   */
  readonly capacityTo?: Size;

  /**
   * Names of StorageClasses.
   *
   * @default - any
   */
  readonly storageClasses?: string[];

  /**
   * NFS volumes; `{}` for all of them.
   *
   * @default - volumes of any kind
   */
  readonly nfs?: NfsVolumeCondition;

  /**
   * CSI volumes; `{}` for all of them.
   *
   * @default - volumes of any kind
   */
  readonly csi?: CsiVolumeCondition;

  /**
   * Kinds of volumes. A volume of a PersistentVolumeClaim has the kind of its PersistentVolume.
   *
   * @default - any
   */
  readonly volumeTypes?: VolumeType[];

  /**
   * Labels the PersistentVolumeClaim must have. Velero >= 1.16.
   *
   * @default - any
   */
  readonly pvcLabels?: { [key: string]: string };

  /**
   * Phases of the PersistentVolumeClaim. Velero >= 1.18.
   *
   * @default - any
   */
  readonly pvcPhase?: VolumeClaimPhase[];

  /**
   * Mode of the PersistentVolumeClaim. Velero >= 1.18.3.
   *
   * @default - any
   */
  readonly pvcVolumeMode?: VolumeClaimMode;

  /**
   * Exactly the access modes of the PersistentVolumeClaim, in any order. Velero >= 1.18.3.
   *
   * @default - any
   */
  readonly pvcAccessModes?: VolumeClaimAccessMode[];
}

/**
 * What Velero's YAML reader takes for a number where the writer sees text: `0o17` would arrive as `15`, and the rule would never fit.
 *
 * @see https://github.com/yaml/go-yaml/blob/v3.0.4/resolve.go#L126-L288
 */
const NUMBER_ONLY_IN_GO = /^[-+]?0([oO][0-7_]+|X[0-9a-fA-F_]+|B[01_]+)$/;

const VOLUME_TYPES = Object.values(VolumeType);
const CLAIM_PHASES = Object.values(VolumeClaimPhase);
const CLAIM_MODES = Object.values(VolumeClaimMode);
const CLAIM_ACCESS_MODES = Object.values(VolumeClaimAccessMode);

/** What is wrong with one rule. */
export function checkRule(at: string, rule: VolumeRule): (Problem | undefined)[] {
  const { csi, storageClasses, volumeTypes, pvcPhase, pvcAccessModes } = rule;
  const lists = { storageClasses, volumeTypes, pvcPhase, pvcAccessModes, pvcLabels: rule.pvcLabels };
  const texts = [...Object.values(rule.pvcLabels ?? {}), ...Object.values(csi?.volumeAttributes ?? {}), ...storageClasses ?? []];
  return [
    ...checkCapacity(at, rule),
    ...Object.entries(lists).map(([name, list]) => list && Object.keys(list).length === 0 ? {
      what: `${at}.${name}`, got: list, wanted: 'at least one item', next: 'leave it out for any',
    } : undefined),
    csi?.volumeAttributes && !csi.driver ? {
      what: `${at}.csi.driver`, got: csi.driver, wanted: 'the name of the driver beside volumeAttributes: Velero refuses them without',
    } : undefined,
    ...(volumeTypes ?? []).map(type => oneOf(`${at}.volumeTypes`, type, VOLUME_TYPES)),
    ...(pvcPhase ?? []).map(phase => oneOf(`${at}.pvcPhase`, phase, CLAIM_PHASES)),
    ...(pvcAccessModes ?? []).map(mode => oneOf(`${at}.pvcAccessModes`, mode, CLAIM_ACCESS_MODES)),
    oneOf(`${at}.pvcVolumeMode`, rule.pvcVolumeMode, CLAIM_MODES),
    ...texts.filter(text => NUMBER_ONLY_IN_GO.test(text)).map(got => ({
      what: at, got, wanted: 'a text that Velero does not read as a number',
    })),
  ];
}

function checkCapacity(at: string, { capacityFrom, capacityTo }: VolumeRule): (Problem | undefined)[] {
  const [from, to] = [capacityFrom, capacityTo].map(size => size?.toKibibytes({ rounding: SizeRoundingBehavior.NONE }));
  const fraction = [from, to].some(size => size !== undefined && !Number.isInteger(size));
  return [
    fraction ? { what: `${at}.capacity`, got: capacity(capacityFrom, capacityTo), wanted: 'whole KiB' } : undefined,
    to === 0 ? { what: `${at}.capacityTo`, got: '0Ki', wanted: 'more than nothing', next: 'leave it out for any capacity' } : undefined,
    from !== undefined && to && from > to ? {
      what: `${at}.capacityFrom`, got: capacityFrom!.asString(), wanted: `at most capacityTo ${capacityTo!.asString()}`, next: 'swap them',
    } : undefined,
  ];
}

function capacity(from: Size | undefined, to: Size | undefined): string {
  return `${from?.asString() ?? '0'},${to?.asString() ?? ''}`;
}

/** Whether a rule is for all volumes, so that no rule after it is ever looked at. */
export function matchesAll(rule: VolumeRule): boolean {
  return Object.values(renderRule(rule).conditions).every(condition => condition === undefined);
}

/** The rule as an item of the ConfigMap. */
export function renderRule(rule: VolumeRule): { conditions: any; action: any } {
  const ranged = (rule.capacityFrom && rule.capacityFrom.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) > 0) || rule.capacityTo;
  const conditions = {
    capacity: ranged ? capacity(rule.capacityFrom, rule.capacityTo) : undefined,
    storageClass: rule.storageClasses,
    nfs: rule.nfs && { server: rule.nfs.server, path: rule.nfs.path },
    csi: rule.csi && { driver: rule.csi.driver, volumeAttributes: rule.csi.volumeAttributes },
    volumeTypes: rule.volumeTypes,
    pvcLabels: rule.pvcLabels,
    pvcPhase: rule.pvcPhase,
    pvcVolumeMode: rule.pvcVolumeMode,
    pvcAccessModes: rule.pvcAccessModes,
  };
  return { conditions, action: rule.action._toPolicy() };
}

/** What a rule uses that not every release has. One such item makes older releases fail the whole backup. */
export function needsOfRule(at: string, rule: VolumeRule): [string, Capability][] {
  const used: [boolean, string, Capability][] = [
    [rule.csi?.volumeAttributes !== undefined, 'csi.volumeAttributes', 'volume-policy-csi-attributes'],
    [rule.pvcLabels !== undefined, 'pvcLabels', 'volume-policy-pvc-labels'],
    [rule.pvcPhase !== undefined, 'pvcPhase', 'volume-policy-pvc-phase'],
    [rule.pvcVolumeMode !== undefined, 'pvcVolumeMode', 'volume-policy-pvc-volume-mode'],
    [rule.pvcAccessModes !== undefined, 'pvcAccessModes', 'volume-policy-pvc-access-modes'],
    [rule.action._toPolicy().type === 'custom', 'action', 'volume-policy-custom-action'],
  ];
  return used.filter(([uses]) => uses).map(([, what, capability]) => [`${at}.${what}`, capability]);
}
