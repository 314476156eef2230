import { type Application, type BackupModel, hasSyncOption, isForArgoCd, type Manifest } from '../model';
import { REPOSITORY_PASSWORD } from '../versions';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'argocd-destroys',
  severities: ['error', 'warning'],
  title: 'ArgoCD may overwrite or delete what the backups hang on',
  goesWrong: 'With `Replace=true` ArgoCD writes an object anew instead of changing it. The definitions of Velero keep no status apart: each sync wipes it. A Schedule forgets its last backup and '
    + 'makes one at once, a location is not `Available` until it is validated again, a Backup loses its phase. With `Force=true` too an object is deleted first, and with a '
    + 'SealedSecret its Secret. What a sync prunes because it is gone from git, by mistake or by a new name, is gone: with a definition all its '
    + 'objects, Schedules and Backups among them, or with that of SealedSecrets every Secret that was unsealed; with a credential the password of the repositories; with an object store or a bucket the backups themselves.',
  fix: 'take Replace=true away, and annotate definitions, namespaces, object stores, locations and credentials with argocd.argoproj.io/sync-options: Prune=false,Delete=false',
  reference: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/; velero v1.18.2 config/crd/v1/bases/velero.io_schedules.yaml (no status subresource)',
  check: model => {
    const credentials = credentialsOf(model);
    const vital = vitalOf(model, credentials);
    const deliveries = model.applications.all.map(application => ({ application, manifests: model.deliveries().of(application) }));
    return [
      ...replaced(model, credentials),
      ...deliveries.flatMap(delivery => [...replacing(delivery), ...pruning(delivery, vital), ...cascading(delivery, vital)]),
      ...unprotected(model, vital),
    ];
  },
  install: '1.18.3',
  bad: () => schedule({ annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true' } }),
  good: () => schedule({ annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } }),
};

const OPTIONS = 'argocd.argoproj.io/sync-options';
const KEPT_FROM_PRUNE = ['Prune=false', 'Prune=confirm'];

/** An Application and what it delivers of Velero. */
interface Delivery {
  readonly application: Application;
  readonly manifests: readonly Manifest[];
}

/** What an object says of itself. */
function replaced({ manifests }: BackupModel, credentials: ReadonlySet<Manifest>): Verdict[] {
  return manifests.filter(manifest => hasSyncOption(manifest, 'Replace=true')).flatMap(manifest => {
    const forced = hasSyncOption(manifest, 'Force=true') && credentials.has(manifest);
    return !forced && !losesStatus(manifest) ? [] : [{
      on: manifest,
      what: `annotation ${OPTIONS}`,
      got: manifest.annotations[OPTIONS],
      wanted: forced ? 'no Force=true with Replace=true: each sync deletes the credential and makes it anew'
        : 'no Replace=true: each sync wipes the status, which Velero lives by',
      next: 'take it away',
    }];
  });
}

/** Definitions have a status of their own, and ArgoCD never replaces them by deleting: gitops-engine pkg/sync/sync_context.go, applyObject. */
function losesStatus({ group }: Manifest): boolean {
  return group === 'velero.io';
}

function replacing({ application: { manifest, syncOptions }, manifests }: Delivery): Verdict[] {
  const wiped = syncOptions.includes('Replace=true') ? manifests.filter(losesStatus) : [];
  return wiped.length === 0 ? [] : [{
    on: manifest,
    what: 'spec.syncPolicy.syncOptions',
    got: 'Replace=true',
    wanted: `no Replace=true for all objects: each sync wipes the status of ${listed(wiped)}, which Velero lives by`,
    next: 'write it only on the objects that need it',
  }];
}

function pruning({ application: { manifest, syncOptions, prunes }, manifests }: Delivery, vital: ReadonlySet<Manifest>): Verdict[] {
  if (!prunes || syncOptions.includes('Prune=false') || syncOptions.includes('Prune=confirm')) {
    return [];
  }
  const loose = manifests.filter(each => vital.has(each) && !hasSyncOption(each, ...KEPT_FROM_PRUNE));
  return loose.length === 0 ? [] : [{
    on: manifest,
    what: 'spec.syncPolicy.automated.prune',
    got: true,
    wanted: `Prune=false on ${listed(loose)}: what disappears from git is deleted with all that hangs on it`,
    next: 'annotate them with argocd.argoproj.io/sync-options: Prune=false',
  }];
}

/** A finalizer makes the deletion of the Application that of all that it delivers. */
function cascading({ application: { manifest, cascades, syncOptions }, manifests }: Delivery, vital: ReadonlySet<Manifest>): Verdict[] {
  const isKept = !cascades || syncOptions.includes('Delete=false') || syncOptions.includes('Delete=confirm');
  const loose = isKept ? [] : manifests.filter(each => vital.has(each) && !hasSyncOption(each, 'Delete=false', 'Delete=confirm'));
  return loose.length === 0 ? [] : [{
    on: manifest,
    severity: 'warning',
    what: 'metadata.finalizers',
    got: 'resources-finalizer.argocd.argoproj.io',
    wanted: `Delete=false on ${listed(loose)}: whoever deletes the Application deletes them too`,
    next: 'annotate them with argocd.argoproj.io/sync-options: Prune=false,Delete=false, or take the finalizer away',
  }];
}

/** Somebody wrote options of their own and left out what keeps the object; whether anything prunes is not in the input. */
function unprotected(model: BackupModel, vital: ReadonlySet<Manifest>): Verdict[] {
  const open = model.manifests.filter(each => vital.has(each) && each.annotations[OPTIONS] !== undefined && isForArgoCd(each)
    && !hasSyncOption(each, ...KEPT_FROM_PRUNE) && model.deliveries().applicationOf(each) === undefined);
  return open.map(on => ({
    on,
    severity: 'warning',
    what: `annotation ${OPTIONS}`,
    got: on.annotations[OPTIONS],
    wanted: 'Prune=false among the options: an Application that prunes deletes it when it disappears from git, with all that hangs on it',
    next: 'add Prune=false,Delete=false',
  }));
}

function listed(manifests: readonly Manifest[]): string {
  return manifests.slice(0, 3).join(', ') + (manifests.length > 3 ? ` and ${manifests.length - 3} more` : '');
}

/** What cannot be had back from git, or takes others along: the objects that backups lie in among them. */
function vitalOf(model: BackupModel, credentials: ReadonlySet<Manifest>): ReadonlySet<Manifest> {
  const { installs, locations, namespaces } = model;
  const homes = [...installs, ...locations.all].map(({ namespace }) => namespaces.get('', namespace)?.manifest);
  const needed = model.needs().filter(({ by, of }) => by.kind === 'BackupStorageLocation' && STORES.has(of.kind)).map(({ of }) => of);
  // Without a location nobody sees which store the backups are in.
  const stores = locations.all.length > 0 ? needed : model.objectStores.all.map(({ manifest }) => manifest);
  return new Set([...model.manifests.filter(isDefinition), ...homes, ...locations.all.map(({ manifest }) => manifest), ...credentials, ...stores]
    .filter(manifest => manifest !== undefined));
}

const STORES = new Set(['CephObjectStore', 'ObjectBucketClaim']);

/** Groups whose definitions take along what backups hang on, with what goes with them. */
const DEFINITIONS: ReadonlySet<string> = new Set([
  // The objects of Velero, all Schedules and Backups among them.
  'velero.io',
  // The Secrets that SealedSecrets own: sealed-secrets pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go, Unseal sets the owner.
  'bitnami.com',
  // The Secrets that ExternalSecrets own, by the usual creationPolicy.
  'external-secrets.io',
  // Pools and buckets: rook Documentation/Storage-Configuration/ceph-teardown.md.
  'ceph.rook.io',
  'objectbucket.io',
]);

function isDefinition({ kind, name }: Manifest): boolean {
  return kind === 'CustomResourceDefinition' && DEFINITIONS.has(name.slice(name.indexOf('.') + 1));
}

/** What makes the password of the repositories and the keys to the buckets. */
function credentialsOf({ installs, locations, secrets }: BackupModel): ReadonlySet<Manifest> {
  const passwords = installs.map(({ namespace }) => secrets.get(namespace, REPOSITORY_PASSWORD.secretName));
  const keys = locations.all.map(({ namespace, credential }) => secrets.get(namespace, credential?.name ?? ''));
  return new Set([...passwords, ...keys].flatMap(producer => producer === undefined ? [] : [producer.manifest]));
}
