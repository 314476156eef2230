import { type Manifest } from './manifest';

/**
 * Kinds of Kubernetes that live in no namespace, by group. Of other groups a manifest tells it by having no namespace.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/ and `kubectl api-resources --namespaced=false`
 */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
};

/** Groups of Kubernetes whose kinds all live in namespaces. */
const NAMESPACED_GROUPS: ReadonlySet<string> = new Set([
  'apps', 'autoscaling', 'batch', 'coordination.k8s.io', 'discovery.k8s.io', 'events.k8s.io', 'policy', 'velero.io',
]);

/** Whether an object belongs to the whole cluster. */
export function isClusterScoped({ group, kind, namespace }: Pick<Manifest, 'group' | 'kind' | 'namespace'>): boolean {
  const known = Object.hasOwn(CLUSTER_SCOPED, group) ? CLUSTER_SCOPED[group] : undefined;
  return known ? known.includes(kind) : namespace === '' && !NAMESPACED_GROUPS.has(group);
}
