import { durationIn, type GoDuration } from './duration';
import { type Fields } from './fields';
import { type ResourceHook, readResourceHooks } from './hooks';
import { type LabelSelector, readSelector, selectorIn } from './label-selector';
import { matchesNamespace } from './namespace-pattern';

/** Fields of a backup that filter resources by one list for all scopes. Velero refuses them beside those of `SCOPED_FILTERS`. */
export const OLD_FILTERS = ['includedResources', 'excludedResources', 'includeClusterResources'] as const;

/** Fields that filter cluster-scoped and namespace-scoped resources apart. */
export const SCOPED_FILTERS = [
  'includedClusterScopedResources', 'excludedClusterScopedResources', 'includedNamespaceScopedResources', 'excludedNamespaceScopedResources',
] as const;

/** What a backup saves, where to and for how long: the spec of a Backup and the template of a Schedule. */
export class BackupSpec {
  public readonly storageLocation: string | undefined;
  public readonly ttl: GoDuration | undefined;
  public readonly includedNamespaces: readonly string[];
  public readonly excludedNamespaces: readonly string[];
  public readonly labelSelector: LabelSelector | undefined;
  public readonly orLabelSelectors: readonly LabelSelector[];
  public readonly volumeSnapshotLocations: readonly string[];
  public readonly snapshotVolumes: boolean | undefined;
  public readonly snapshotMoveData: boolean | undefined;
  public readonly defaultVolumesToFsBackup: boolean | undefined;
  /** The labels of the backups; without any, those of the Schedule. */
  public readonly labels: Readonly<Record<string, string>>;
  public readonly resourcePolicy: { readonly kind?: string; readonly name?: string } | undefined;
  public readonly hooks: readonly ResourceHook[];

  /** @param fields what is read rarely is read from here: the resource filters, orderedResources, timeouts */
  public constructor(public readonly fields: Fields) {
    this.storageLocation = fields.string('storageLocation');
    this.ttl = durationIn(fields, 'ttl');
    this.includedNamespaces = fields.strings('includedNamespaces');
    this.excludedNamespaces = fields.strings('excludedNamespaces');
    this.labelSelector = selectorIn(fields, 'labelSelector');
    this.orLabelSelectors = fields.objects('orLabelSelectors').map(readSelector);
    this.volumeSnapshotLocations = fields.strings('volumeSnapshotLocations');
    this.snapshotVolumes = fields.boolean('snapshotVolumes');
    this.snapshotMoveData = fields.boolean('snapshotMoveData');
    this.defaultVolumesToFsBackup = fields.boolean('defaultVolumesToFsBackup') ?? fields.boolean('defaultVolumesToRestic');
    this.labels = fields.object('metadata').stringMap('labels');
    const policy = fields.optionalObject('resourcePolicy');
    this.resourcePolicy = policy && { kind: policy.string('kind'), name: policy.string('name') };
    this.hooks = fields.has('hooks') ? readResourceHooks(fields.object('hooks')) : [];
  }

  /** Whether every namespace is saved that is not excluded. */
  public get coversAllNamespaces(): boolean {
    return this.includedNamespaces.length === 0 || this.includedNamespaces.includes('*');
  }

  /** Whether objects of a namespace are saved; patterns are taken for patterns, as Velero does from 1.18. */
  public covers(namespace: string): boolean {
    return (this.coversAllNamespaces || this.includedNamespaces.some(pattern => matchesNamespace(pattern, namespace)))
      && !this.excludedNamespaces.some(pattern => matchesNamespace(pattern, namespace));
  }
}
