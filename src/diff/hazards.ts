import { type Severity } from './change';
import { type FieldChange, isSame } from './changed-fields';
import { plain } from './words';

/** What a changed field may do, where nobody else tells of it. */
export interface Hazard {
  /** Kinds by group, or all where there is none. */
  readonly kind?: string;
  readonly path: RegExp;
  readonly when?: (field: FieldChange) => boolean;
  readonly means: string;
}

const becomes = (...values: readonly string[]) => ({ to }: FieldChange) => values.includes(plain(to));

/** All of them are notable: nothing is lost by them alone. */
const HAZARDS: readonly Hazard[] = [
  {
    kind: '/PersistentVolume',
    path: /^spec\.persistentVolumeReclaimPolicy$/,
    when: becomes('Delete', 'Recycle'),
    means: 'With its claim the volume goes from now on.',
  },
  {
    kind: 'external-secrets.io/ExternalSecret',
    path: /^spec\.target\.(deletionPolicy|creationPolicy)$/,
    when: ({ to }) => to !== 'Retain',
    means: 'The Secret goes with what it comes from: whoever needs it fails then.',
  },
  {
    kind: 'apps/StatefulSet',
    path: /^spec\.persistentVolumeClaimRetentionPolicy\.when(Deleted|Scaled)$/,
    when: becomes('Delete'),
    means: 'With the StatefulSet, or with a pod fewer, claims and their volumes go from now on.',
  },
  {
    kind: 'postgresql.cnpg.io/Cluster',
    path: /^spec\.(backup|plugins)(\.|\[|$)/,
    when: ({ from }) => from !== undefined,
    means: 'The backups that the database makes by itself are other, or gone.',
  },
  {
    kind: 'networking.k8s.io/NetworkPolicy',
    path: /^spec(\.|$)/,
    means: 'What may speak to what is other: Velero must reach the API server, the object store and DNS.',
  },
  {
    path: /metadata\.annotations\['(pre|post)\.hook\.(backup|restore)\.velero\.io\//,
    when: ({ from }) => from !== undefined,
    means: 'Without a hook that dumps or freezes it, the files of a running database may not be restorable.',
  },
  {
    kind: 'snapshot.storage.k8s.io/VolumeSnapshotClass',
    path: /^deletionPolicy$/,
    when: becomes('Delete'),
    means: 'A snapshot goes with its VolumeSnapshot from now on: with the namespace too.',
  },
  {
    kind: 'ceph.rook.io/CephObjectStore',
    path: /^spec\.preservePoolsOnDelete$/,
    when: ({ to }) => to !== true,
    means: 'Its pools, and with them all buckets, go with it from now on.',
  },
  {
    kind: 'velero.io/Backup',
    path: /^spec(\.|$)/,
    means: 'Velero reads the spec of a Backup once, when it runs it.',
  },
  {
    path: /^metadata\.finalizers(\.|\[|$)/,
    means: 'Who deletes the object deletes, or keeps, other things with it than before.',
  },
];

/** Groups that backups live by: what is not known of them is worth a look. */
const OURS: ReadonlySet<string> = new Set([
  'velero.io', 'ceph.rook.io', 'objectbucket.io', 'argoproj.io', 'snapshot.storage.k8s.io', 'rbac.authorization.k8s.io',
]);

export function isOurs(group: string): boolean {
  return OURS.has(group);
}

/** A role that has all of its rules and some more. */
function permitsMore({ on: { group, kind }, path, from, to }: FieldChange): boolean {
  const [before, after] = [from, to].map(value => Array.isArray(value) ? value : []);
  return group === 'rbac.authorization.k8s.io' && kind.endsWith('Role') && path === 'rules' && before.every(rule => after.some(other => isSame(rule, other)));
}

/** How bad some fields are of which nobody knows more, and why. */
export function hazardOf(fields: readonly FieldChange[], kind: string): { readonly severity: Severity; readonly means: readonly string[] } {
  const found = HAZARDS.filter(({ kind: only, path, when }) => (only === undefined || only === kind)
    && fields.some(field => path.test(field.path) && (when === undefined || when(field))));
  const isUnknown = isOurs(kind.slice(0, kind.indexOf('/'))) && fields.some(field => !field.path.startsWith('metadata') && !permitsMore(field));
  return { severity: found.length > 0 || isUnknown ? 'notable' : 'harmless', means: found.map(({ means }) => means) };
}
