/**
 * Where everything is in the cluster's namespaces. Nothing of it exists outside of them, so every run has the same places.
 */

/** Folders of the machine that the cluster does not see, or whose changes there nobody else sees. */
export const PRIVATE_FOLDERS = ['/dev', '/etc', '/proc', '/run', '/sys', '/var'];

/** All state, on a file system in memory. */
export const STATE = '/run/e2e';
export const LOGS = `${STATE}/log`;
/** The API server's record of what Velero asked of it, one JSON document a line. */
export const AUDIT_LOG = `${LOGS}/audit.log`;
export const PROCESSES = `${STATE}/processes`;
/** A file that is there while nothing of a scenario is in the cluster. */
export const CLEAN = `${STATE}/clean`;
/** Where local-path makes the volumes. */
export const VOLUMES = `${STATE}/volumes`;
export const KUBELET = '/var/lib/kubelet';
export const CONTAINERD = '/run/containerd/containerd.sock';
export const CERTIFICATE_AUTHORITY = `${STATE}/ca.crt`;
export const CEPH_CONFIGURATION = `${STATE}/ceph/ceph.conf`;

export const NODE = 'node-1';
/** The node's address; the API server, DNS and the gateway of Ceph listen on it. */
export const NODE_ADDRESS = '10.88.0.1';
export const POD_RANGE = '10.88.0.0/24';
export const SERVICE_RANGE = '10.96.0.0/16';
/** The first address of the range belongs to the API server. */
export const API_SERVICE_ADDRESS = '10.96.0.1';
export const API_SERVER = `https://${NODE_ADDRESS}:6443`;
export const GATEWAY_PORT = 7480;
/** The gateway without the cluster's DNS and Services. */
export const GATEWAY = `http://${NODE_ADDRESS}:${GATEWAY_PORT}`;

/** The object store of Rook that the gateway stands for, as the examples name it. */
export const OBJECT_STORE = { service: 'rook-ceph-rgw-homelab-objectstore', namespace: 'rook-ceph' };

/** The kubeconfig of a client, by its name in `identities.ts`. */
export function kubeconfig(client: string): string {
  return `${STATE}/${client}.kubeconfig`;
}

/**
 * The environment of programs that ask the API server as its administrator. Without a folder of the cluster, kubectl keeps what it has discovered in
 * the home of the machine, under an address that all clusters have.
 */
export const ADMINISTRATOR = { KUBECONFIG: kubeconfig('admin'), KUBECACHEDIR: `${STATE}/kube-cache` };
