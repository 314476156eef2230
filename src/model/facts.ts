import type { AppProject } from './app-project';
import type { Application } from './application';
import { Catalog } from './catalog';
import type { DatabaseCluster, Namespace, NetworkPolicy, PrometheusRule } from './cluster';
import type { ConfigMap } from './config-map';
import type { Location, SnapshotLocation } from './location';
import type { CephObjectStore, CephObjectStoreUser, ObjectBucketClaim } from './object-store';
import type { Restore } from './restore';
import type { Backup, Schedule } from './schedule';
import type { SecretProducer } from './secret';
import type { Claim, Workload } from './workload';

/** The facts of each kind. */
export class Facts {
  public readonly appProjects = new Catalog<AppProject>();
  public readonly applications = new Catalog<Application>();
  public readonly backups = new Catalog<Backup>();
  public readonly bucketClaims = new Catalog<ObjectBucketClaim>();
  public readonly claims = new Catalog<Claim>();
  public readonly configMaps = new Catalog<ConfigMap>();
  public readonly databaseClusters = new Catalog<DatabaseCluster>();
  public readonly locations = new Catalog<Location>();
  public readonly namespaces = new Catalog<Namespace>();
  public readonly networkPolicies = new Catalog<NetworkPolicy>();
  public readonly objectStores = new Catalog<CephObjectStore>();
  public readonly objectStoreUsers = new Catalog<CephObjectStoreUser>();
  public readonly prometheusRules = new Catalog<PrometheusRule>();
  public readonly restores = new Catalog<Restore>();
  public readonly schedules = new Catalog<Schedule>();
  public readonly secrets = new Catalog<SecretProducer>();
  public readonly snapshotLocations = new Catalog<SnapshotLocation>();

  /** Velero's own among them. */
  public readonly workloads = new Catalog<Workload>();
}
