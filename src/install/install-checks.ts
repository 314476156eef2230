import { annotations, dnsSubdomain, oneOf, Problem, Problems } from '../findings';
import { REPOSITORY_PASSWORD } from '../versions';
import { checkLabels } from './metadata-checks';
import { absolutePath, pluginDirectory } from './path-checks';
import { serverTimeZone, userId } from './pod-checks';
import { VeleroFeature } from './velero-feature';
import type { VeleroInstall, VeleroInstallProps } from './velero-install';

const POD_SECURITY = /^pod-security\.kubernetes\.io\/(enforce|audit|warn)$/;

/** What concerns the install as a whole. */
export function checkInstall(problems: Problems, install: VeleroInstall, props: VeleroInstallProps): void {
  problems.add(
    uploader(props),
    password(install, props),
    location(install, props),
    objectStoreKeys(install, props),
    ...(props.features ?? []).map(feature => oneOf('features', feature, Object.values(VeleroFeature))),
    snapshotsWithoutCsi(props),
    userId('server.runAsUser', props.server?.runAsUser, 'the kubelet refuses root for this pod'),
    userId('server.runAsGroup', props.server?.runAsGroup),
    serverTimeZone(props.server?.environment),
    clusterRole(props),
    pluginDirectory('server.pluginDirectory', props.server?.pluginDirectory),
    absolutePath('nodeAgent.kubeletRootDirectory', props.nodeAgent?.kubeletRootDirectory, '/var/lib/kubelet'),
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
  const fits = secretName === REPOSITORY_PASSWORD.secretName && secretKey === REPOSITORY_PASSWORD.secretKey && there === namespace;
  return fits ? undefined : {
    what: "the repository's password",
    got: `${there}/${secretName} key ${secretKey}`,
    wanted: `${namespace}/${REPOSITORY_PASSWORD.secretName} key ${REPOSITORY_PASSWORD.secretKey}`,
    next: 'Velero reads no other Secret, and makes that one with a public password where it is missing',
  };
}

function objectStoreKeys({ namespace }: VeleroInstall, { objectStoreKeys: keys }: VeleroInstallProps): Problem | undefined {
  return keys === undefined || keys.namespace === namespace ? undefined : {
    what: 'objectStoreKeys',
    got: `${keys.namespace}/${keys.secretName}`,
    wanted: `a Secret in the install's namespace, ${namespace}`,
    next: 'a pod can take variables from Secrets of its own namespace only',
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
  problems.add(...annotations('namespaceAnnotations', namespaceAnnotations));
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

/** RBAC takes every name that can be a part of a path. */
function clusterRole({ server }: VeleroInstallProps): Problem | undefined {
  const got = server?.clusterRoleName;
  return got === undefined || /^(?!\.{1,2}$)[^/%]+$/.test(got) ? undefined : {
    what: 'server.clusterRoleName', got, wanted: 'the name of a ClusterRole, which has no "/" and "%"',
  };
}

function maxUnavailable({ nodeAgent }: VeleroInstallProps): Problem | undefined {
  const got = nodeAgent?.maxUnavailable;
  return got === undefined || /^([1-9]\d*|([1-9]\d?|100)%)$/.test(got) ? undefined : {
    what: 'nodeAgent.maxUnavailable', got, wanted: 'a number of pods, or a percentage such as 25%',
  };
}
