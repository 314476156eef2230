/** What a cluster writes into objects, and generators into their output: other at each time, and nobody's intention. */
const METADATA = new Set(['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink', 'ownerReferences']);

const ANNOTATIONS = [
  /^kubectl\.kubernetes\.io\//,
  /^deployment\.kubernetes\.io\/revision$/,
  /^argocd\.argoproj\.io\/tracking-id$/,
  /^meta\.helm\.sh\//,
  /^controller-gen\.kubebuilder\.io\/version$/,
  /^checksum\//,
  // A hash of the ConfigMap, which is compared itself.
  /^cdk8s-velero\/node-agent-config$/,
  /^cdk8s-velero\/certificate-expires$/,
];

const LABELS = [/^helm\.sh\/chart$/, /^app\.kubernetes\.io\/version$/];

/** Whether a field says nothing about what somebody wanted. */
export function isNoise(path: string): boolean {
  if (path === 'status') {
    return true;
  }
  const [, name, map, key] = /(?:^|\.)metadata(?:\.(\w+)|\.(annotations|labels)(?:\['(.*)'\]|\.([\w-]+)))$/.exec(path) ?? [];
  return map === undefined ? METADATA.has(name) : (map === 'annotations' ? ANNOTATIONS : LABELS).some(pattern => pattern.test(key ?? ''));
}
