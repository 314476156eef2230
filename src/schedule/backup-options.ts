import { Duration } from 'cdk8s';
import { dnsSubdomain, labelKey, Problem, wholeSeconds } from '../findings';
import { goDuration } from '../versions';
import { BackupHooks } from './backup-hooks';
import { checkResources, listWithoutPods } from './filters';
import { checkSelector, LabelSelector } from './label-selector';

/**
 * What is saved and how: options that a schedule, a tier and an application of a tier have in common.
 *
 * @see https://velero.io/docs/main/api-types/backup/
 */
export interface BackupOptions {
  /**
   * Kinds of resources to save, such as `deployments.apps`; `*` only alone.
   *
   * An older filter: not with those for cluster-scoped and namespace-scoped resources.
   *
   * @default - all kinds
   */
  readonly includedResources?: string[];

  /**
   * Kinds of resources not to save.
   *
   * An older filter: not with those for cluster-scoped and namespace-scoped resources.
   *
   * @default - none
   */
  readonly excludedResources?: string[];

  /**
   * Whether cluster-scoped resources are saved.
   *
   * An older filter: not with those for cluster-scoped and namespace-scoped resources.
   *
   * @default - those that saved objects refer to, such as the PersistentVolumes of claims
   */
  readonly includeClusterResources?: boolean;

  /**
   * Kinds of cluster-scoped resources to save; `*` for all, only alone.
   *
   * @default - those that saved objects refer to
   */
  readonly includedClusterScopedResources?: string[];

  /**
   * Kinds of cluster-scoped resources not to save; `*` for all, only alone and with nothing included.
   *
   * @default - none
   */
  readonly excludedClusterScopedResources?: string[];

  /**
   * Kinds of resources in namespaces to save; `*` for all, only alone.
   *
   * @default - all kinds
   */
  readonly includedNamespaceScopedResources?: string[];

  /**
   * Kinds of resources in namespaces not to save; `*` for all, only alone and with nothing included.
   *
   * @default - none
   */
  readonly excludedNamespaceScopedResources?: string[];

  /**
   * Labels of the objects to save. Not with orLabelSelectors.
   *
   * Volumes are saved with their pods: a selector that leaves the pods out leaves the data out.
   *
   * @default - all objects
   */
  readonly labelSelector?: LabelSelector;

  /**
   * Selectors of which one must hold. Not with labelSelector.
   *
   * @default - all objects
   */
  readonly orLabelSelectors?: LabelSelector[];

  /**
   * Objects to save first, in order, by kind: `{ pods: ['n8n-prod/n8n-postgres-1'] }`, without namespace for cluster-scoped ones.
   *
   * @default - Velero's order
   */
  readonly orderedResources?: { [resource: string]: string[] };

  /**
   * Commands that run in pods before and after they are saved.
   *
   * @default - those in the annotations of the pods
   */
  readonly hooks?: BackupHooks;

  /**
   * Whether the files of all pod volumes are read by the uploader, unless a volume policy or an annotation of the pod says otherwise.
   *
   * @default true
   */
  readonly defaultVolumesToFsBackup?: boolean;

  /**
   * The name that defaultVolumesToFsBackup had before Velero 1.10. `true` switches it on; refused beside `defaultVolumesToFsBackup: false`.
   *
   * @default - not written
   * @deprecated use defaultVolumesToFsBackup
   */
  readonly defaultVolumesToRestic?: boolean;

  /**
   * Whether snapshots are taken of PersistentVolumes whose files are not read.
   *
   * @default - as if true: where a snapshotter for the volume is installed
   */
  readonly snapshotVolumes?: boolean;

  /**
   * Names of the VolumeSnapshotLocations to use, one per provider.
   *
   * @default - the server's
   */
  readonly volumeSnapshotLocations?: string[];

  /**
   * Whether the data of CSI snapshots is moved into the location. Refused with `snapshotVolumes: false`.
   *
   * Without the server's `features: EnableCSI` it saves **nothing**, silently.
   *
   * @default - the server's
   */
  readonly snapshotMoveData?: boolean;

  /**
   * Name of the data mover.
   *
   * @default - Velero's own
   */
  readonly datamover?: string;

  /**
   * How long to wait for a CSI snapshot. Whole seconds, at least 1.
   *
   * @default - the server's: 10 minutes
   */
  readonly csiSnapshotTimeout?: Duration;

  /**
   * How long to wait for operations of plugins, such as moving data. Whole seconds, at least 1.
   *
   * @default - the server's: 4 hours
   */
  readonly itemOperationTimeout?: Duration;

  /**
   * How many files of a volume the uploader reads at once. A whole number, at least 1. Restic ignores it.
   *
   * @default - the number of CPUs of the node
   */
  readonly parallelFilesUpload?: number;

  /**
   * Key of the label by which PersistentVolumeClaims are snapshot as a group. Velero >= 1.17.
   *
   * @default - the server's: velero.io/volume-group
   */
  readonly volumeGroupSnapshotLabelKey?: string;

  /**
   * Whether no backups are made.
   *
   * @default - not written, so that `velero schedule pause` is not undone by ArgoCD
   */
  readonly paused?: boolean;

  /**
   * Only `false`, which is always written: Velero sets `true` back by itself, and ArgoCD sets it again until no backup is ever made.
   *
   * @default false
   */
  readonly skipImmediately?: boolean;

  /**
   * Whether the Schedule owns its Backups. `true` deletes them from the cluster, but not from the location, together with the Schedule.
   *
   * @default - not written: Backups stay
   */
  readonly useOwnerReferencesInBackup?: boolean;
}

/** What is wrong with the options, whatever schedule they are for. */
export function checkOptions(options: BackupOptions): (Problem | undefined)[] {
  return [
    ...checkResources(options),
    ...checkSelectors(options),
    ...checkOrder(options.orderedResources ?? {}),
    ...checkVolumes(options),
    ...checkPods(options),
    wholeSeconds('csiSnapshotTimeout', options.csiSnapshotTimeout),
    wholeSeconds('itemOperationTimeout', options.itemOperationTimeout),
    options.skipImmediately ? {
      what: 'skipImmediately',
      got: true,
      wanted: 'false: Velero sets it back, and with ArgoCD setting it again no backup is ever due',
      next: 'leave it out',
    } : undefined,
  ];
}

function checkSelectors({ labelSelector, orLabelSelectors }: BackupOptions): (Problem | undefined)[] {
  return [
    labelSelector && orLabelSelectors ? {
      what: 'labelSelector',
      got: labelSelector,
      wanted: 'nothing beside orLabelSelectors: Velero refuses a backup with both',
      next: 'make it one of orLabelSelectors',
    } : undefined,
    orLabelSelectors?.length === 0 ? {
      what: 'orLabelSelectors', got: [], wanted: 'at least one selector', next: 'leave it out to save all objects',
    } : undefined,
    ...checkSelector('labelSelector', labelSelector),
    ...(orLabelSelectors ?? []).flatMap((selector, index) => checkSelector(`orLabelSelectors[${index}]`, selector)),
  ];
}

/** @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/backup/item_collector.go#L337-L351 */
function checkOrder(orderedResources: { [resource: string]: string[] }): (Problem | undefined)[] {
  return Object.entries(orderedResources).map(([resource, objects]) => {
    const what = `orderedResources.${resource}`;
    if (!/^[a-z0-9]+$/.test(resource)) {
      return { what, got: resource, wanted: 'the plural name of a resource without its group, such as pods' };
    }
    const fine = objects.length > 0 && objects.every(object => /^[^\s,/]+(\/[^\s,/]+)?$/.test(object));
    return fine ? undefined : { what, got: objects, wanted: 'at least one object, as namespace/name or, where there is no namespace, name' };
  });
}

function checkVolumes(options: BackupOptions): (Problem | undefined)[] {
  const { defaultVolumesToFsBackup, defaultVolumesToRestic, parallelFilesUpload, snapshotMoveData, snapshotVolumes } = options;
  const { volumeGroupSnapshotLabelKey, volumeSnapshotLocations } = options;
  return [
    snapshotMoveData && snapshotVolumes === false ? {
      what: 'snapshotMoveData',
      got: true,
      wanted: 'false or nothing beside "snapshotVolumes: false": without a snapshot there is no data to move',
      next: 'leave one of them out',
    } : undefined,
    defaultVolumesToRestic && defaultVolumesToFsBackup === false ? {
      what: 'defaultVolumesToRestic',
      got: true,
      wanted: 'nothing beside "defaultVolumesToFsBackup: false": Velero lets the older name win',
      next: 'leave it out',
    } : undefined,
    parallelFilesUpload === undefined || (Number.isInteger(parallelFilesUpload) && parallelFilesUpload > 0) ? undefined : {
      what: 'parallelFilesUpload', got: parallelFilesUpload, wanted: 'a whole number, at least 1',
    },
    ...(volumeSnapshotLocations ?? []).map(name => dnsSubdomain('volumeSnapshotLocations', name)),
    volumeGroupSnapshotLabelKey === undefined ? undefined : labelKey('volumeGroupSnapshotLabelKey', volumeGroupSnapshotLabelKey),
  ];
}

function checkPods(options: BackupOptions): (Problem | undefined)[] {
  const list = listWithoutPods(options);
  return list ? [
    savesFilesOfAllVolumes(options) ? {
      what: list,
      got: options[list],
      wanted: 'pods among what is saved: the files of volumes are read with their pods only, and none would be',
      next: 'include pods, or write defaultVolumesToFsBackup: false',
    } : undefined,
    options.hooks ? {
      what: 'hooks', wanted: `none beside ${list}, which leaves the pods out that they would run in`, next: 'include pods or leave the hooks out',
    } : undefined,
  ] : [];
}

/** Whether files of volumes are saved that nobody chose one by one. */
export function savesFilesOfAllVolumes(options: BackupOptions): boolean {
  return options.defaultVolumesToFsBackup !== false;
}

/** The options as fields of a backup. */
export function renderOptions(options: BackupOptions): any {
  const { csiSnapshotTimeout, itemOperationTimeout, orderedResources, parallelFilesUpload } = options;
  return {
    includedResources: options.includedResources,
    excludedResources: options.excludedResources,
    includeClusterResources: options.includeClusterResources,
    includedClusterScopedResources: options.includedClusterScopedResources,
    excludedClusterScopedResources: options.excludedClusterScopedResources,
    includedNamespaceScopedResources: options.includedNamespaceScopedResources,
    excludedNamespaceScopedResources: options.excludedNamespaceScopedResources,
    labelSelector: options.labelSelector,
    orLabelSelectors: options.orLabelSelectors,
    orderedResources: orderedResources
      && Object.fromEntries(Object.entries(orderedResources).map(([resource, objects]) => [resource, objects.join(',')])),
    hooks: options.hooks?._toKube(),
    defaultVolumesToFsBackup: options.defaultVolumesToFsBackup ?? true,
    defaultVolumesToRestic: options.defaultVolumesToRestic,
    snapshotVolumes: options.snapshotVolumes,
    volumeSnapshotLocations: options.volumeSnapshotLocations,
    snapshotMoveData: options.snapshotMoveData,
    datamover: options.datamover,
    csiSnapshotTimeout: csiSnapshotTimeout && goDuration(csiSnapshotTimeout),
    itemOperationTimeout: itemOperationTimeout && goDuration(itemOperationTimeout),
    uploaderConfig: parallelFilesUpload === undefined ? undefined : { parallelFilesUpload },
    volumeGroupSnapshotLabelKey: options.volumeGroupSnapshotLabelKey,
  };
}

/** Without what is undefined, in one pass: of some thirty options most are, and cdk8s would look at each several times. */
export function given<Options extends object>(options: Options): { [Name in keyof Options]: Exclude<Options[Name], undefined> } {
  const kept: Partial<Options> = {};
  for (const name in options) {
    if (options[name] !== undefined) {
      kept[name] = options[name];
    }
  }
  return kept as { [Name in keyof Options]: Exclude<Options[Name], undefined> };
}
