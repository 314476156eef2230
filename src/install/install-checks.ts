import { dnsSubdomain, Problem, Problems } from '../findings';
import { checkLabels } from './pod-parts';
import { VeleroFeature } from './velero-feature';
import type { VeleroInstall, VeleroInstallProps } from './velero-install';

/** The Secret and key that Velero reads, hard-coded. @see velero v1.18.3 pkg/repository/keys/keys.go:33 */
const PASSWORD = { secretName: 'velero-repo-credentials', secretKey: 'repository-password' };

const POD_SECURITY = /^pod-security\.kubernetes\.io\/(enforce|audit|warn)$/;

/** What concerns the install as a whole. */
export function checkInstall(problems: Problems, install: VeleroInstall, props: VeleroInstallProps): void {
  problems.add(
    uploader(props),
    password(install, props),
    location(install, props),
    ...(props.features ?? []).map(feature => known('features', feature, Object.values(VeleroFeature))),
    snapshotsWithoutCsi(props),
    rootServer(props),
    clusterRole(props),
    kubeletFolder(props),
    maxUnavailable(props),
    ...(props.images?.pullSecrets ?? []).map(name => dnsSubdomain('images.pullSecrets', name)),
  );
  namespaceLabels(problems, props);
}

/** The server of 1.17 and newer ends at once with restic, and nothing is backed up, restored or deleted any more. */
function uploader({ version, repository }: VeleroInstallProps): Problem | undefined {
  const { uploaders, restorableUploaders } = version._release;
  const stillRestored = restorableUploaders.includes(repository.uploader)
    ? `; restores of ${repository.uploader} backups keep working with ${version.version}, as long as they have the same password` : '';
  return uploaders.includes(repository.uploader) ? undefined : {
    what: 'repository',
    got: repository.uploader,
    wanted: `an uploader that Velero ${version.version} writes: ${uploaders.join(', ')}`,
    next: `its server would end at once and start again for ever. Use a KopiaRepository${stillRestored}`,
  };
}

function password({ namespace }: VeleroInstall, { repository }: VeleroInstallProps): Problem | undefined {
  const { secretName, secretKey, namespace: there } = repository.password;
  const fits = secretName === PASSWORD.secretName && secretKey === PASSWORD.secretKey && there === namespace;
  return fits ? undefined : {
    what: "the repository's password",
    got: `${there}/${secretName} key ${secretKey}`,
    wanted: `${namespace}/${PASSWORD.secretName} key ${PASSWORD.secretKey}`,
    next: 'Velero reads no other Secret, and makes that one with a public password where it is missing',
  };
}

function location({ namespace }: VeleroInstall, { defaultLocation }: VeleroInstallProps): Problem | undefined {
  return defaultLocation.namespace === namespace ? undefined : {
    what: 'defaultLocation',
    got: `${defaultLocation.namespace}/${defaultLocation.locationName}`,
    wanted: `a location in the install's namespace, ${namespace}`,
    next: 'Velero sees locations of its own namespace only',
  };
}

function namespaceLabels(problems: Problems, props: VeleroInstallProps): void {
  const { createNamespace = true, namespaceLabels: labels = {}, namespaceAnnotations, nodeAgent } = props;
  checkLabels(problems, 'namespaceLabels', labels);
  if (nodeAgent?.enabled !== false) {
    const below = Object.entries(labels).filter(([name, level]) => POD_SECURITY.test(name) && level !== 'privileged');
    problems.add(...below.map(([name, got]) => ({
      what: `namespaceLabels['${name}']`, got, wanted: 'privileged', next: 'node-agent mounts folders of the node, so it would get no pods',
    })));
  }
  if (!createNamespace && (Object.keys(labels).length > 0 || namespaceAnnotations !== undefined)) {
    problems.add({
      what: 'createNamespace', got: false, wanted: 'true with namespaceLabels or namespaceAnnotations', next: 'set them where the namespace is made',
    });
  }
}

/** Velero says so in an Info line only: the backup is Completed and holds no volume data. */
function snapshotsWithoutCsi({ server, features = [] }: VeleroInstallProps): Problem | undefined {
  return server?.defaultSnapshotMoveData && !features.includes(VeleroFeature.ENABLE_CSI) ? {
    what: 'server.defaultSnapshotMoveData',
    got: true,
    wanted: 'features with VeleroFeature.ENABLE_CSI beside it',
    next: 'without it backups are Completed and hold no volume data',
  } : undefined;
}

function rootServer({ server }: VeleroInstallProps): Problem | undefined {
  return server?.runAsUser === 0
    ? { what: 'server.runAsUser', got: 0, wanted: 'a user that is not root', next: 'the kubelet refuses root for this pod' } : undefined;
}

function clusterRole({ server }: VeleroInstallProps): Problem | undefined {
  return server?.clusterRoleName === '' ? { what: 'server.clusterRoleName', got: '', wanted: 'the name of a ClusterRole' } : undefined;
}

function kubeletFolder({ nodeAgent }: VeleroInstallProps): Problem | undefined {
  const got = nodeAgent?.kubeletRootDirectory;
  return got === undefined || /^\/.*[^/]$/.test(got) ? undefined : {
    what: 'nodeAgent.kubeletRootDirectory', got, wanted: 'an absolute path without a slash at its end, such as /var/lib/kubelet',
  };
}

function maxUnavailable({ nodeAgent }: VeleroInstallProps): Problem | undefined {
  const got = nodeAgent?.maxUnavailable;
  return got === undefined || /^([1-9]\d*|([1-9]\d?|100)%)$/.test(got) ? undefined : {
    what: 'nodeAgent.maxUnavailable', got, wanted: 'a number of pods, or a percentage such as 25%',
  };
}

function known(what: string, got: string, values: string[]): Problem | undefined {
  return values.includes(got) ? undefined : { what, got, wanted: `one of ${values.join(', ')}` };
}
