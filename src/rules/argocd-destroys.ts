import { type Application, type BackupModel, hasSyncOption, INSTANCE_LABEL, type Manifest, trackedBy } from '../model';
import { REPOSITORY_PASSWORD } from '../versions';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'argocd-destroys',
  severities: ['error'],
  title: 'ArgoCD may overwrite or delete what the backups hang on',
  goesWrong: 'With `Replace=true` ArgoCD writes an object anew instead of changing it. The definitions of Velero keep no status apart: each sync wipes it. A Schedule forgets its last backup and '
    + 'makes one at once, a location is not `Available` until it is validated again, a Backup loses its phase. With `Force=true` too an object is deleted first, and with a '
    + 'SealedSecret its Secret. What a sync prunes because it is gone from git, by mistake or by a new name, is gone: with a definition all its '
    + 'objects, Schedules and Backups among them; with a credential the password of the repositories.',
  fix: 'take Replace=true away, and annotate definitions, locations and credentials with argocd.argoproj.io/sync-options: Prune=false',
  reference: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/; velero v1.18.2 config/crd/v1/bases/velero.io_schedules.yaml (no status subresource)',
  check: model => {
    const credentials = credentialsOf(model);
    return [
      ...replaced(model, credentials),
      ...deliveriesOf(model).flatMap(delivery => [...replacing(delivery), ...pruning(delivery, credentials)]),
    ];
  },
  install: '1.18.3',
  bad: schedule({ annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true' } }),
  good: schedule({ annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } }),
};

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
      what: 'annotation argocd.argoproj.io/sync-options',
      got: manifest.annotations['argocd.argoproj.io/sync-options'],
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

function pruning({ application: { manifest, syncOptions, prunes }, manifests }: Delivery, credentials: ReadonlySet<Manifest>): Verdict[] {
  if (!prunes || syncOptions.includes('Prune=false') || syncOptions.includes('Prune=confirm')) {
    return [];
  }
  const loose = manifests.filter(each => isDefinition(each) || isLocation(each) || credentials.has(each))
    .filter(each => !hasSyncOption(each, 'Prune=false', 'Prune=confirm'));
  return loose.length === 0 ? [] : [{
    on: manifest,
    what: 'spec.syncPolicy.automated.prune',
    got: true,
    wanted: `Prune=false on ${listed(loose)}: what disappears from git is deleted with all that hangs on it`,
    next: 'annotate them with argocd.argoproj.io/sync-options: Prune=false',
  }];
}

function listed(manifests: readonly Manifest[]): string {
  return manifests.slice(0, 3).join(', ') + (manifests.length > 3 ? ` and ${manifests.length - 3} more` : '');
}

function isDefinition({ kind, name }: Manifest): boolean {
  return kind === 'CustomResourceDefinition' && name.endsWith('.velero.io');
}

function isLocation({ kind, group }: Manifest): boolean {
  return kind === 'BackupStorageLocation' && group === 'velero.io';
}

/** What makes the password of the repositories and the keys to the buckets. */
function credentialsOf({ installs, locations, secrets }: BackupModel): ReadonlySet<Manifest> {
  const passwords = installs.map(({ namespace }) => secrets.get(namespace, REPOSITORY_PASSWORD.secretName));
  const keys = locations.all.map(({ namespace, credential }) => secrets.get(namespace, credential?.name ?? ''));
  return new Set([...passwords, ...keys].flatMap(producer => producer === undefined ? [] : [producer.manifest]));
}

/** Only where it is plain which Application delivers an object: none where several go to one namespace and nothing on the object tells. */
function deliveriesOf(model: BackupModel): Delivery[] {
  const deliveries = model.applications.all.map(application => ({ application, manifests: [] as Manifest[] }));
  const named = new Map(deliveries.map(delivery => [delivery.application.name, delivery]));
  const targeting = new Map<string, typeof deliveries[number] | undefined>();
  for (const delivery of deliveries) {
    const { destinationNamespace = '' } = delivery.application;
    targeting.set(destinationNamespace, targeting.has(destinationNamespace) ? undefined : delivery);
  }
  const namespaces = new Set([...model.installs, ...model.locations.all].map(({ namespace }) => namespace));
  const [home] = namespaces.size === 1 ? namespaces : [];
  for (const manifest of deliveries.length === 0 ? [] : model.manifests) {
    const application = applicationOn(manifest);
    const namespace = isDefinition(manifest) ? home : manifest.namespace;
    const delivery = application === undefined ? namespace && targeting.get(namespace) : named.get(application);
    if (delivery) {
      delivery.manifests.push(manifest);
    }
  }
  return deliveries;
}

/** In a cluster ArgoCD has marked all that it delivers; what has no mark there is of somebody else. */
function applicationOn(manifest: Manifest): string | undefined {
  return trackedBy(manifest) ?? (manifest.isFromCluster ? manifest.labels[INSTANCE_LABEL] ?? '' : undefined);
}
