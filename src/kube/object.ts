import { ApiObject } from 'cdk8s';
import type * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import type * as ceph from './ceph.rook.io';
import type { KubeObjectBucketClaimProps } from './objectbucket.io';
import { PlainObject } from './plain-object';
import { canonicalQuantity } from './quantity';
import type { KubeBackupStorageLocationProps, KubeScheduleProps } from './velero.io';

/** The kinds that the library emits with their types: those of the L1 classes of cdk8s-plus-28, and of the generated files beside this one. */
export interface PropsByKind {
  BackupStorageLocation: KubeBackupStorageLocationProps;
  CephObjectRealm: ceph.KubeCephObjectRealmProps;
  CephObjectStore: ceph.KubeCephObjectStoreProps;
  CephObjectStoreUser: ceph.KubeCephObjectStoreUserProps;
  CephObjectZone: ceph.KubeCephObjectZoneProps;
  CephObjectZoneGroup: ceph.KubeCephObjectZoneGroupProps;
  ClusterRole: k8s.KubeClusterRoleProps;
  ClusterRoleBinding: k8s.KubeClusterRoleBindingProps;
  ConfigMap: k8s.KubeConfigMapProps;
  DaemonSet: k8s.KubeDaemonSetProps;
  Deployment: k8s.KubeDeploymentProps;
  Namespace: k8s.KubeNamespaceProps;
  ObjectBucketClaim: KubeObjectBucketClaimProps;
  Role: k8s.KubeRoleProps;
  RoleBinding: k8s.KubeRoleBindingProps;
  Schedule: KubeScheduleProps;
  Service: k8s.KubeServiceProps;
  ServiceAccount: k8s.KubeServiceAccountProps;
  StorageClass: k8s.KubeStorageClassProps;
}

const API_VERSIONS: Record<keyof PropsByKind, string> = {
  BackupStorageLocation: 'velero.io/v1',
  CephObjectRealm: 'ceph.rook.io/v1',
  CephObjectStore: 'ceph.rook.io/v1',
  CephObjectStoreUser: 'ceph.rook.io/v1',
  CephObjectZone: 'ceph.rook.io/v1',
  CephObjectZoneGroup: 'ceph.rook.io/v1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
  ConfigMap: 'v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  Namespace: 'v1',
  ObjectBucketClaim: 'objectbucket.io/v1alpha1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  Schedule: 'velero.io/v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  StorageClass: 'storage.k8s.io/v1',
};

/**
 * An object of one of these kinds.
 *
 * The L1 classes lend their types only. Those of Kubernetes are 2.7 MB of JavaScript: a sixth of the time and a third of the memory of a whole
 * app went into loading them, and all of them copy each object once more at synth. A test holds what is emitted here against what they emit.
 */
export function kubeObject<Kind extends keyof PropsByKind>(scope: Construct, id: string, kind: Kind, props: PropsByKind[Kind]): ApiObject {
  return new PlainObject(scope, id, { apiVersion: API_VERSIONS[kind], kind, ...props });
}

/** An amount as the API server stores it: ArgoCD would show an object as changed by each sync that has another text. */
export function asQuantity(text: string): k8s.Quantity {
  return canonicalQuantity(text) as unknown as k8s.Quantity;
}

/** A number, a percentage or the name of a port, as it stands in the manifest. */
export function asIntOrString(text: string): k8s.IntOrString {
  return (/^\d+$/.test(text) ? Number(text) : text) as unknown as k8s.IntOrString;
}
