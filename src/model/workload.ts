import { type Fields } from './fields';
import { type Manifest } from './manifest';
import { type PodTemplate, readPod } from './pod';

/** What runs pods: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, or a Pod itself. */
export interface Workload {
  readonly manifest: Manifest;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly pod: PodTemplate;

  /** Absent where the kind has none; 1 where the manifest says nothing. */
  readonly replicas?: number;

  /** Of a StatefulSet: each pod has a claim of each. */
  readonly claimTemplates: readonly ClaimTemplate[];

  /** The kind of the object that made it: the Pods and ReplicaSets of a Deployment say nothing that the Deployment does not. */
  readonly owner?: string;
}

/** A claim to a volume. */
export interface ClaimTemplate {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly storageClass?: string;

  /** `Filesystem` where the manifest says nothing. */
  readonly volumeMode: string;
  readonly accessModes: readonly string[];
  readonly size?: string;

  /** The volume that it is bound to, in a dump of a cluster. */
  readonly volumeName?: string;
}

/** A PersistentVolumeClaim. */
export interface Claim extends ClaimTemplate {
  readonly manifest: Manifest;
  readonly namespace: string;
}

const REPLICATED = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

export function readWorkload(manifest: Manifest): Workload {
  const { kind, spec, namespace, name } = manifest;
  return {
    manifest,
    kind,
    namespace,
    name,
    pod: readPod(templateOf(manifest)),
    replicas: REPLICATED.has(kind) ? spec.number('replicas') ?? 1 : undefined,
    claimTemplates: kind === 'StatefulSet' ? spec.objects('volumeClaimTemplates').map(readClaimTemplate) : [],
    owner: manifest.owner,
  };
}

export function readClaim(manifest: Manifest): Claim {
  return { ...readClaimTemplate(manifest.fields), manifest, namespace: manifest.namespace };
}

function templateOf({ kind, fields, spec }: Manifest): Fields {
  switch (kind) {
    case 'Pod': return fields;
    case 'CronJob': return spec.object('jobTemplate').object('spec').object('template');
    default: return spec.object('template');
  }
}

function readClaimTemplate(fields: Fields): ClaimTemplate {
  const metadata = fields.object('metadata');
  const spec = fields.object('spec');
  return {
    name: metadata.string('name') ?? '',
    labels: metadata.stringMap('labels'),
    storageClass: spec.string('storageClassName'),
    volumeMode: spec.string('volumeMode') ?? 'Filesystem',
    accessModes: spec.strings('accessModes'),
    size: spec.object('resources').object('requests').stringOrNumber('storage'),
    volumeName: spec.string('volumeName'),
  };
}
