import { type LabelSelector, readSelector, selectorIn } from './label-selector';
import { type Manifest } from './manifest';

/** A Restore. */
export interface Restore {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly backupName?: string;
  readonly scheduleName?: string;
  readonly includedNamespaces: readonly string[];
  readonly excludedNamespaces: readonly string[];
  readonly includedResources: readonly string[];
  readonly excludedResources: readonly string[];
  readonly namespaceMapping: Readonly<Record<string, string>>;
  readonly labelSelector?: LabelSelector;
  readonly orLabelSelectors: readonly LabelSelector[];
  readonly existingResourcePolicy?: string;
  readonly restorePVs?: boolean;
  readonly resourceModifier?: { readonly kind?: string; readonly name?: string };
  readonly resourcePolicy?: { readonly kind?: string; readonly name?: string };

  /** In a dump of a cluster those that have run are there too. */
  readonly isToCome: boolean;
}

export function readRestore(manifest: Manifest): Restore {
  const { spec } = manifest;
  const modifier = spec.optionalObject('resourceModifier');
  const policy = spec.optionalObject('resourcePolicy');
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    backupName: spec.string('backupName'),
    scheduleName: spec.string('scheduleName'),
    includedNamespaces: spec.strings('includedNamespaces'),
    excludedNamespaces: spec.strings('excludedNamespaces'),
    includedResources: spec.strings('includedResources'),
    excludedResources: spec.strings('excludedResources'),
    namespaceMapping: spec.stringMap('namespaceMapping'),
    labelSelector: selectorIn(spec, 'labelSelector'),
    orLabelSelectors: spec.objects('orLabelSelectors').map(readSelector),
    existingResourcePolicy: spec.string('existingResourcePolicy'),
    restorePVs: spec.boolean('restorePVs'),
    resourceModifier: modifier && { kind: modifier.string('kind'), name: modifier.string('name') },
    resourcePolicy: policy && { kind: policy.string('kind'), name: policy.string('name') },
    isToCome: !manifest.fields.object('status').has('phase'),
  };
}
