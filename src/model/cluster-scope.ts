import { type Manifest } from './manifest';

/** Where objects live: `Cluster` is what belongs to all of it. Kubernetes' own words, in CustomResourceDefinitions. */
export type Scope = 'Cluster' | 'Namespaced';

/** A kind by its group. */
type GroupKind = Pick<Manifest, 'group' | 'kind'>;

/**
 * By group the kinds that live in no namespace; all others of these groups live in one.
 *
 * ArgoCD asks the API server, so that what a manifest says of its namespace tells nothing: a chart with a namespace writes it on everything.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/ and `kubectl api-resources --namespaced=false`
 */
const OF_KUBERNETES: Readonly<Record<string, readonly string[]>> = {
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'apps': [],
  'autoscaling': [],
  'batch': [],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'coordination.k8s.io': [],
  'discovery.k8s.io': [],
  'events.k8s.io': [],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'policy': [],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
};

/** The same of what stands beside backups: `spec.scope` of the definitions of each project. */
const OF_OTHERS: Readonly<Record<string, readonly string[]>> = {
  // sealed-secrets v0.36.6 helm/sealed-secrets/crds
  'bitnami.com': [],
  // rook v1.20.6 deploy/examples/crds.yaml, both groups
  'ceph.rook.io': [],
  'objectbucket.io': ['ObjectBucket'],
  // cert-manager pkg/apis/certmanager/v1/types_issuer.go and deploy/crds, both groups
  'acme.cert-manager.io': [],
  'cert-manager.io': ['ClusterIssuer'],
  // external-secrets v0.16.1 apis/externalsecrets; ClusterPushSecret: main of the same
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  // gateway-api config/crd/standard
  'gateway.networking.k8s.io': ['GatewayClass'],
  // prometheus-operator v0.87.1 pkg/apis/monitoring
  'monitoring.coreos.com': [],
  // cloudnative-pg api/v1/clusterimagecatalog_types.go and config/crd/bases
  'postgresql.cnpg.io': ['ClusterImageCatalog'],
  // external-snapshotter v8.4.0 client/apis, both groups
  'groupsnapshot.storage.k8s.io': ['VolumeGroupSnapshotClass', 'VolumeGroupSnapshotContent'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  // velero v1.18.3 config/crd/v1/bases
  'velero.io': [],
};

const CLUSTER_SCOPED = new Map(Object.entries({ ...OF_KUBERNETES, ...OF_OTHERS }));

/** Whether the scope of a kind is known without its definition. */
export function isKnownGroup(group: string): boolean {
  return CLUSTER_SCOPED.has(group);
}

/** Where the objects of which kind live, from definitions beside them, and from tables. */
export class Scopes {
  private readonly defined = new Map<string, Scope>();

  /** @param definitions the specs of CustomResourceDefinitions */
  public constructor(definitions: Iterable<GroupKind & { readonly scope: string | undefined }>) {
    for (const { group, kind, scope } of definitions) {
      if (scope === 'Cluster' || scope === 'Namespaced') {
        this.defined.set(`${group}/${kind}`, scope);
      }
    }
  }

  /** The scopes that a kind may have: both where nobody knows it. */
  public of({ group, kind }: GroupKind): readonly Scope[] {
    const defined = this.defined.get(`${group}/${kind}`);
    if (defined !== undefined) {
      return [defined];
    }
    const inCluster = CLUSTER_SCOPED.get(group);
    return inCluster === undefined ? ['Cluster', 'Namespaced'] : [inCluster.includes(kind) ? 'Cluster' : 'Namespaced'];
  }

  /** Whether the objects of a kind live in namespaces for sure. */
  public isNamespaced(kind: GroupKind): boolean {
    return !this.of(kind).includes('Cluster');
  }
}
