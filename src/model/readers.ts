import { AppProject } from './app-project';
import { readApplication } from './application';
import * as cluster from './cluster';
import { readConfigMap } from './config-map';
import { type Facts } from './facts';
import { readLocation, readSnapshotLocation } from './location';
import { type Manifest } from './manifest';
import * as store from './object-store';
import { readRestore } from './restore';
import { readBackup, readSchedule } from './schedule';
import { readExternalSecret, readSealedSecret, readSecret } from './secret';
import { readClaim, readWorkload } from './workload';

type Reader = (manifest: Manifest, facts: Facts) => void;

const workload: Reader = (manifest, facts) => facts.workloads.add(readWorkload(manifest));

/** How each kind is read, by group and kind: every version of a group has the fields that are read. Other kinds are kept unread. */
export const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['velero.io/Schedule', (manifest, facts) => facts.schedules.add(readSchedule(manifest))],
  ['velero.io/Backup', (manifest, facts) => facts.backups.add(readBackup(manifest))],
  ['velero.io/Restore', (manifest, facts) => facts.restores.add(readRestore(manifest))],
  ['velero.io/BackupStorageLocation', (manifest, facts) => facts.locations.add(readLocation(manifest))],
  ['velero.io/VolumeSnapshotLocation', (manifest, facts) => facts.snapshotLocations.add(readSnapshotLocation(manifest))],
  ['/ConfigMap', (manifest, facts) => facts.configMaps.add(readConfigMap(manifest))],
  ['/Secret', (manifest, facts) => facts.secrets.add(readSecret(manifest))],
  ['bitnami.com/SealedSecret', (manifest, facts) => facts.secrets.add(readSealedSecret(manifest))],
  ['external-secrets.io/ExternalSecret', (manifest, facts) => facts.secrets.add(readExternalSecret(manifest))],
  ['/Namespace', (manifest, facts) => facts.namespaces.add(cluster.readNamespace(manifest))],
  ['/PersistentVolumeClaim', (manifest, facts) => facts.claims.add(readClaim(manifest))],
  ['/Pod', workload],
  ['apps/Deployment', workload],
  ['apps/StatefulSet', workload],
  ['apps/DaemonSet', workload],
  ['apps/ReplicaSet', workload],
  ['batch/Job', workload],
  ['batch/CronJob', workload],
  ['postgresql.cnpg.io/Cluster', (manifest, facts) => facts.databaseClusters.add(cluster.readDatabaseCluster(manifest))],
  ['networking.k8s.io/NetworkPolicy', (manifest, facts) => facts.networkPolicies.add(cluster.readNetworkPolicy(manifest))],
  ['monitoring.coreos.com/PrometheusRule', (manifest, facts) => cluster.readPrometheusRules(manifest).forEach(rule => facts.prometheusRules.add(rule))],
  ['argoproj.io/Application', (manifest, facts) => facts.applications.add(readApplication(manifest))],
  ['argoproj.io/AppProject', (manifest, facts) => facts.appProjects.add(new AppProject(manifest))],
  ['ceph.rook.io/CephObjectStore', (manifest, facts) => facts.objectStores.add(store.readCephObjectStore(manifest))],
  ['ceph.rook.io/CephObjectStoreUser', (manifest, facts) => facts.objectStoreUsers.add(store.readCephObjectStoreUser(manifest))],
  ['objectbucket.io/ObjectBucketClaim', (manifest, facts) => facts.bucketClaims.add(store.readObjectBucketClaim(manifest))],
]);
