/**
 * Where Velero reads the password of its repositories: in its own namespace, under these names, and under no other.
 *
 * @see velero v1.18.3 pkg/repository/keys/keys.go:33, the same since v1.10
 */
export const REPOSITORY_PASSWORD = { secretName: 'velero-repo-credentials', secretKey: 'repository-password' };
