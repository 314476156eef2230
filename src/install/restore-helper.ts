import { Yaml } from 'cdk8s';
import { Problems } from '../findings';
import { VeleroRelease } from '../versions';
import { checkResources, ContainerResources, resolveResources } from './container-resources';
import { userId } from './pod-checks';
import { RestoreHelperOptions } from './restore-helper-options';

/** Velero finds the ConfigMap by these labels, and fails every restore of volumes when two have them. */
export const RESTORE_HELPER_LABELS = {
  'velero.io/plugin-config': '',
  'velero.io/pod-volume-restore': 'RestoreItemAction',
};

/** The user that Velero itself gives the container from 1.15. */
const USER = 1000;

/** Velero's own. */
const RESOURCES: ContainerResources = { cpuRequest: '100m', memoryRequest: '128Mi', cpuLimit: '100m', memoryLimit: '128Mi' };

/**
 * What Velero reads for the init container of restored pods; nothing when its own will do.
 *
 * 1.14 gives the container no security context, so a namespace under the restricted Pod Security Standard refuses every restored pod with volumes.
 */
export function restoreHelperConfig(
  problems: Problems, release: VeleroRelease, options: RestoreHelperOptions, image: string | undefined,
): { [key: string]: string } | undefined {
  const { resources = {}, runAsUser, runAsGroup } = options;
  checkResources(problems, 'restoreHelper.resources', resources);
  for (const key of ['ephemeralStorageRequest', 'ephemeralStorageLimit'] as const) {
    if (resources[key] !== undefined) {
      problems.add({ what: `restoreHelper.resources.${key}`, got: resources[key], wanted: 'cpu and memory only', next: 'Velero reads nothing else' });
    }
  }
  problems.add(
    userId('restoreHelper.runAsUser', runAsUser, 'namespaces under the restricted standard refuse root'),
    userId('restoreHelper.runAsGroup', runAsGroup),
  );
  const own = !release.has('restore-helper-security-context') || runAsUser !== undefined || runAsGroup !== undefined;
  const data = {
    ...(image !== undefined && { image }),
    ...(options.resources && resourceKeys(options.resources)),
    ...(own && { secCtx: securityContext(runAsUser, runAsGroup) }),
  };
  return Object.keys(data).length > 0 ? data : undefined;
}

/** All four, because a request above Velero's own limit would make it ignore them all. */
function resourceKeys(given: ContainerResources): { [key: string]: string } {
  const { cpuRequest, memoryRequest, cpuLimit, memoryLimit } = resolveResources(given, RESOURCES);
  return { cpuRequest: cpuRequest!, memRequest: memoryRequest!, cpuLimit: cpuLimit!, memLimit: memoryLimit! };
}

function securityContext(runAsUser: number | undefined, runAsGroup: number | undefined): string {
  return Yaml.stringify({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: runAsUser ?? USER,
    ...(runAsGroup !== undefined && { runAsGroup }),
    seccompProfile: { type: 'RuntimeDefault' },
  });
}
