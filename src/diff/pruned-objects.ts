import { type Manifest } from '../model';
import { type Change, type Severity } from './change';
import { type Comparison, kindOf } from './comparison';
import { isOurs } from './hazards';
import { fate, isKept } from './kept';
import { type Context } from './schedule-pair';

/** What goes with an object that prune deletes, by group and kind. What is not listed takes nothing with it that git cannot give back. */
export const DESTROYED: Readonly<Record<string, string>> = {
  '/Namespace': 'Everything in it goes with it: Schedules, locations, Secrets, claims and their volumes.',
  'apiextensions.k8s.io/CustomResourceDefinition': 'All objects of that kind go with it, in the whole cluster.',
  'bitnami.com/SealedSecret': 'The Secret that it makes goes with it.',
  'external-secrets.io/ExternalSecret': 'The Secret that it makes goes with it, unless its deletionPolicy says otherwise.',
  '/Secret': 'What reads it fails from then on.',
  '/PersistentVolumeClaim': 'Its volume goes with it, unless the StorageClass keeps volumes (reclaimPolicy: Retain).',
  '/PersistentVolume': 'The cluster forgets the volume.',
  'ceph.rook.io/CephCluster': 'Rook may take the storage down, with all that is in it.',
  'ceph.rook.io/CephObjectStore': 'Its pools go with it, and with them all buckets, unless preservePoolsOnDelete says otherwise.',
  'ceph.rook.io/CephObjectStoreUser': 'The user and its keys go: whoever uses them is refused.',
  'ceph.rook.io/CephBlockPool': 'The volumes in it go with it.',
  'objectbucket.io/ObjectBucketClaim': 'The bucket goes with it, backups and all, unless its StorageClass keeps buckets (reclaimPolicy: Retain).',
  'postgresql.cnpg.io/Cluster': 'The database goes, and its claims with it.',
};

/** What is worth a word where nothing is destroyed. */
const MISSED: Readonly<Record<string, readonly [Severity, string]>> = {
  'velero.io/Backup': ['harmless', 'Its data stays in the location, and Velero lists it again within a minute.'],
  'velero.io/BackupRepository': ['harmless', 'Velero makes it anew; the data stays in the location.'],
  'argoproj.io/Application': ['notable', 'What it delivered stays in the cluster, and nothing brings changes to it any more.'],
  'monitoring.coreos.com/PrometheusRule': ['notable', 'Its alerts are gone: of what they were about nobody is told.'],
};

const APPLICATION = 'argoproj.io/Application';

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/ */
function cascade(application: Manifest): string | undefined {
  const finalizers = application.fields.object('metadata').strings('finalizers');
  return finalizers.some(finalizer => finalizer.startsWith('resources-finalizer.argocd.argoproj.io'))
    ? 'By its finalizer ArgoCD deletes with it all that it delivered, but for what says Delete=false.' : undefined;
}

/** @see kubernetes v1.34.2 pkg/controller/statefulset: claims of a StatefulSet that is deleted */
function claimsOf(on: Manifest): string | undefined {
  return on.spec.object('persistentVolumeClaimRetentionPolicy').string('whenDeleted') === 'Delete' && on.spec.objects('volumeClaimTemplates').length > 0
    ? 'Its claims go with it (whenDeleted: Delete), and their volumes.' : undefined;
}

const POLICY_GONE = 'Schedules name it as their volume policy: each of their backups fails validation.';

/** The ConfigMaps that schedules name, which still make backups. */
function policyUsers({ is: { schedules } }: Comparison): ReadonlySet<string> {
  return new Set(schedules.all.filter(({ paused }) => !paused).map(({ namespace, template }) => `${namespace}/${template.resourcePolicy?.name ?? ''}`));
}

/** The kinds whose deletion takes something along. */
export const DESTROYED_WITH: ReadonlySet<string> = new Set(Object.keys(DESTROYED));

/** What git has no longer, and what becomes of it in the cluster. */
export function prunedObjects({ comparison }: Context): Change[] {
  const users = policyUsers(comparison);
  return comparison.takeRemoved().map(manifest => isKept(manifest, comparison) ? kept(manifest) : removed(comparison, manifest, users));
}

function kept(on: Manifest): Change {
  return { id: 'object-kept', severity: 'harmless', on, message: 'gone from git, stays in the cluster', means: ['Prune leaves it alone: delete it by hand when nothing needs it.'], fields: [] };
}

function removed(comparison: Comparison, on: Manifest, users: ReadonlySet<string>): Change {
  const kind = kindOf(on);
  const destroyed = kind === APPLICATION ? cascade(on) : kind === 'apps/StatefulSet' ? claimsOf(on)
    : kind === '/ConfigMap' && users.has(`${on.namespace}/${on.name}`) ? POLICY_GONE : DESTROYED[kind];
  const [severity, what] = destroyed === undefined ? MISSED[kind] ?? [isOurs(on.group) ? 'notable' : 'harmless'] : ['destructive', destroyed] as const;
  return { id: 'object-removed', severity, on, message: `removed: ${fate(on, comparison)}`, means: what === undefined ? [] : [what], fields: [] };
}
