import type { BackupModel } from './backup-model';
import { grouped } from './catalog';
import { type Location } from './location';
import { type Manifest } from './manifest';
import { neededConfigMaps, neededSecrets } from './needed-secret';
import { type ObjectBucketClaim } from './object-store';
import { type Schedule } from './schedule';
import { type Workload } from './workload';

/** An object that cannot work before another one is there. */
export interface Need {
  readonly by: Manifest;
  readonly of: Manifest;

  /** What happens without, as a clause. */
  readonly otherwise: string;
}

const RBAC = 'rbac.authorization.k8s.io';
const SERVICE_OF_STORE = 'rook-ceph-rgw-';

/** The needs of all objects, as far as the input has what is needed. One look-up each: nothing is searched for. */
export function needsIn(model: BackupModel): readonly Need[] {
  return new Needs(model).found;
}

class Needs {
  public readonly found: Need[] = [];
  private readonly accounts: ReadonlyMap<string, Manifest>;
  private readonly bindings: ReadonlyMap<string, readonly Manifest[]>;
  private readonly classes: ReadonlyMap<string, Manifest>;
  private readonly claims: ReadonlyMap<string | undefined, readonly ObjectBucketClaim[]>;

  public constructor(private readonly model: BackupModel) {
    this.accounts = new Map(model.ofKind('/ServiceAccount').map(manifest => [`${manifest.namespace}/${manifest.name}`, manifest]));
    this.bindings = bindingsByAccount([...model.ofKind(`${RBAC}/ClusterRoleBinding`), ...model.ofKind(`${RBAC}/RoleBinding`)]);
    this.classes = new Map(model.ofKind('storage.k8s.io/StorageClass').map(manifest => [manifest.name, manifest]));
    this.claims = grouped(model.bucketClaims.all, ({ bucketName }) => bucketName);

    this.ofAll();
    model.workloads.all.forEach(workload => this.ofPods(workload));
    this.ofVelero();
    this.ofRook();
    model.locations.all.forEach(location => this.ofLocation(location));
    model.schedules.all.forEach(schedule => this.ofSchedule(schedule));
  }

  private add(by: Manifest, of: Manifest | undefined, otherwise: string): void {
    if (of !== undefined && of !== by) {
      this.found.push({ by, of, otherwise });
    }
  }

  private ofAll(): void {
    const definitions = new Map(this.model.ofKind('apiextensions.k8s.io/CustomResourceDefinition').map(({ spec }, index, all) =>
      [`${spec.string('group')}/${spec.object('names').string('kind')}`, all[index]]));
    for (const manifest of this.model.manifests) {
      this.add(manifest, definitions.get(`${manifest.group}/${manifest.kind}`), `the API server does not know the kind ${manifest.kind}`);
      this.add(manifest, this.model.namespaces.get('', manifest.namespace)?.manifest, 'it has no place to be');
    }
  }

  private ofPods({ manifest, namespace, pod }: Workload): void {
    const { configMaps, secrets } = this.model;
    this.add(manifest, this.accounts.get(`${namespace}/${pod.serviceAccountName ?? 'default'}`), 'its pods cannot be made');
    neededSecrets(pod).forEach(name => this.add(manifest, secrets.get(namespace, name)?.manifest, 'its pods do not start'));
    neededConfigMaps(pod).forEach(name => this.add(manifest, configMaps.get(namespace, name)?.manifest, 'its pods do not start'));
  }

  private ofVelero(): void {
    for (const { namespace, programs, configMaps } of this.model.installs) {
      for (const { manifest, pod } of programs) {
        const bindings = this.bindings.get(`${namespace}/${pod.serviceAccountName ?? 'default'}`) ?? [];
        bindings.forEach(binding => this.add(manifest, binding, 'it may read nothing, and ends'));
      }
      configMaps.forEach(({ name, by }) =>
        this.add(by.manifest, this.model.configMaps.get(namespace, name)?.manifest, 'it starts without these settings, or not at all'));
    }
  }

  /** From the object store to the bucket. */
  private ofRook(): void {
    const { objectStores, objectStoreUsers, bucketClaims, secrets } = this.model;
    for (const manifest of this.classes.values()) {
      const { objectStoreName = '', objectStoreNamespace = '' } = manifest.fields.stringMap('parameters');
      this.add(manifest, objectStores.get(objectStoreNamespace, objectStoreName)?.manifest, 'there is nothing to make a bucket in');
    }
    for (const { manifest, namespace, store = '', storeNamespace, keySecrets } of objectStoreUsers.all) {
      this.add(manifest, objectStores.get(storeNamespace, store)?.manifest, 'there is nothing to make a user in');
      keySecrets.forEach(name => this.add(manifest, secrets.get(namespace, name)?.manifest, 'Rook has no keys for the user'));
    }
    bucketClaims.all.forEach(({ manifest, storageClass = '' }) => this.add(manifest, this.classes.get(storageClass), 'nobody makes the bucket'));
  }

  private ofLocation(location: Location): void {
    const { manifest, namespace, bucket, credential } = location;
    const unavailable = 'the location is Unavailable';
    this.add(manifest, this.serverIn(namespace), 'nobody looks whether the location can be used');
    this.add(manifest, this.model.secrets.get(namespace, credential?.name ?? '')?.manifest, unavailable);
    const service = this.model.serviceOf(location);
    if (service?.name.startsWith(SERVICE_OF_STORE)) {
      this.add(manifest, this.model.objectStores.get(service.namespace, service.name.slice(SERVICE_OF_STORE.length))?.manifest, unavailable);
      this.claims.get(bucket)?.forEach(claim => this.add(manifest, claim.manifest, unavailable));
    }
  }

  private ofSchedule({ manifest, namespace, template }: Schedule): void {
    const fails = 'a backup that is due fails';
    this.add(manifest, this.serverIn(namespace), 'nobody reads the schedule');
    this.add(manifest, this.model.locationOf(namespace, template)?.manifest, fails);
    this.add(manifest, this.model.volumePolicyOf(namespace, template)?.configMap.manifest, fails);
  }

  private serverIn(namespace: string): Manifest | undefined {
    return this.model.installIn(namespace)?.server?.manifest;
  }
}

/** By namespace and name of the ServiceAccounts that get rights. */
function bindingsByAccount(bindings: readonly Manifest[]): ReadonlyMap<string, readonly Manifest[]> {
  const accounts = bindings.flatMap(binding => binding.fields.objects('subjects').filter(subject => subject.string('kind') === 'ServiceAccount')
    .map(subject => ({ binding, account: `${subject.string('namespace') ?? ''}/${subject.string('name') ?? ''}` })));
  return new Map([...grouped(accounts, ({ account }) => account)].map(([account, all]) => [account, all.map(({ binding }) => binding)]));
}
