import { type Fields } from './fields';
import { type LabelSelector, readSelector } from './label-selector';
import { type Manifest } from './manifest';

/* Facts about the cluster around Velero of which little is read: the rest is a look into `manifest.spec`. */

export interface Namespace {
  readonly manifest: Manifest;
  readonly name: string;

  /** It lies in none itself. */
  readonly namespace: '';
  readonly labels: Readonly<Record<string, string>>;
}

/** A cluster of PostgreSQL that the CloudNativePG operator runs: pods and claims that no manifest shows. */
export interface DatabaseCluster {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly instances: number;

  /** Whether the operator saves it itself. */
  readonly savesItself: boolean;
}

export interface NetworkPolicy {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly podSelector: LabelSelector;

  /** `Ingress`, `Egress`; Egress is meant too where egress rules are given and no types. */
  readonly types: readonly string[];
  readonly ingress: readonly Fields[];
  readonly egress: readonly Fields[];
}

/** One alert or recording rule of a PrometheusRule. */
export interface PrometheusRule {
  readonly manifest: Manifest;
  readonly namespace: string;

  /** Of the alert or of the recorded metric. */
  readonly name: string;
  readonly group: string;
  readonly records: boolean;
  readonly expression: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** How a finding names the expression of a rule: a PrometheusRule holds many. */
export function expressionOf({ name, records }: PrometheusRule): string {
  return `expr of ${records ? 'the record' : 'the alert'} ${name}`;
}

export function readNamespace(manifest: Manifest): Namespace {
  return { manifest, name: manifest.name, namespace: '', labels: manifest.labels };
}

export function readDatabaseCluster(manifest: Manifest): DatabaseCluster {
  const { spec } = manifest;
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    instances: spec.number('instances') ?? 1,
    savesItself: spec.object('backup').has('barmanObjectStore') || spec.object('backup').has('volumeSnapshot') || spec.has('plugins'),
  };
}

export function readNetworkPolicy(manifest: Manifest): NetworkPolicy {
  const { spec } = manifest;
  const types = spec.strings('policyTypes');
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    podSelector: readSelector(spec.object('podSelector')),
    types: types.length > 0 ? types : ['Ingress', ...(spec.has('egress') ? ['Egress'] : [])],
    ingress: spec.objects('ingress'),
    egress: spec.objects('egress'),
  };
}

export function readPrometheusRules(manifest: Manifest): PrometheusRule[] {
  return manifest.spec.objects('groups').flatMap(group => group.objects('rules').map(rule => ({
    manifest,
    namespace: manifest.namespace,
    name: rule.string('alert') ?? rule.string('record') ?? '',
    group: group.string('name') ?? '',
    records: rule.has('record'),
    expression: rule.stringOrNumber('expr') ?? '',
    for: rule.string('for'),
    labels: rule.stringMap('labels'),
  })));
}
