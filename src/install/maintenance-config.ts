import { annotations, dnsLabel, oneOf, Problems } from '../findings';
import { IBackupRepository, Uploader } from '../repository/backup-repository';
import { VeleroRelease } from '../versions';
import { CommandLine } from './command-line';
import { checkResources, ContainerResources } from './container-resources';
import { lostByJobs } from './inherited-placement';
import { atLeastOne, podResources } from './job-settings';
import { JsonDocument } from './json-document';
import { MaintenanceOptions, RepositoryMaintenance } from './maintenance-options';
import { checkLabels } from './metadata-checks';
import { loadAffinity, NodeRequirement, Placement } from './placement';
import { checkRequirements } from './placement-checks';

/** What decides the maintenance Jobs of an install. */
export interface Maintenance {
  readonly release: VeleroRelease;
  readonly options: MaintenanceOptions;
  /** Placement of the server, whose Jobs they are. */
  readonly placement: Placement;
  readonly repository: IBackupRepository;
  readonly namespace: string;
}

/**
 * The settings of the maintenance Jobs, each by the flag or ConfigMap key that the release reads: flags up to 1.16, the ConfigMap from 1.15.
 *
 * @returns the data of the ConfigMap; nothing when there is nothing to say
 * @see https://velero.io/docs/main/repository-maintenance/
 */
export function maintenanceConfig(problems: Problems, line: CommandLine, maintenance: Maintenance): { [key: string]: object } | undefined {
  const { release, options } = maintenance;
  const document = new JsonDocument('repository-maintenance', release, problems);
  checkResources(problems, 'maintenance.resources', options.resources ?? {});
  checkLabels(problems, 'maintenance.podLabels', options.podLabels);
  problems.add(...annotations('maintenance.podAnnotations', options.podAnnotations));

  const everywhere = withoutNothing({
    loadAffinity: affinity(problems, document, maintenance),
    podResources: resources(document, line, options.resources),
    keepLatestMaintenanceJobs: keepLatest(problems, document, line, options.keepLatestJobs),
    priorityClassName: document.optional('priorityClassName', maintenance.placement.priorityClassName),
    podLabels: document.value('maintenance.podLabels', 'podLabels', options.podLabels),
    podAnnotations: document.value('maintenance.podAnnotations', 'podAnnotations', options.podAnnotations),
  });
  const data = {
    ...(everywhere && { global: everywhere }),
    ...perRepository(problems, document, maintenance),
  };
  return Object.keys(data).length > 0 ? data : undefined;
}

/**
 * Up to 1.14 the Jobs copy the affinity of the server, so that nothing is lost where the ConfigMap is not read.
 *
 * Nodes that the server tolerates and its Jobs do not are no place for them: any node is better than Pending for ever.
 */
function affinity(problems: Problems, document: JsonDocument, { release, options: { nodes }, placement }: Maintenance): object[] | undefined {
  if (nodes !== undefined) {
    checkRequirements(problems, 'maintenance.nodes', nodes);
    return document.value('maintenance.nodes', 'loadAffinity', selected(nodes));
  }
  const same = lostByJobs(release, placement).length > 0 ? undefined : document.optional('loadAffinity', loadAffinity(placement));
  return same && [same];
}

function resources(document: JsonDocument, line: CommandLine, given: ContainerResources | undefined): object | undefined {
  if (given === undefined || document.reads('podResources')) {
    return given && podResources(document, 'maintenance.resources', given);
  }
  line.set('maintenance.resources.cpuRequest', 'maintenance-job-cpu-request', given.cpuRequest);
  line.set('maintenance.resources.memoryRequest', 'maintenance-job-mem-request', given.memoryRequest);
  line.set('maintenance.resources.cpuLimit', 'maintenance-job-cpu-limit', given.cpuLimit);
  line.set('maintenance.resources.memoryLimit', 'maintenance-job-mem-limit', given.memoryLimit);
  document.value('maintenance.resources.ephemeralStorageRequest', 'podResources.ephemeralStorageRequest', given.ephemeralStorageRequest);
  document.value('maintenance.resources.ephemeralStorageLimit', 'podResources.ephemeralStorageLimit', given.ephemeralStorageLimit);
  return undefined;
}

function keepLatest(problems: Problems, document: JsonDocument, line: CommandLine, given: number | undefined): number | undefined {
  if (document.reads('keepLatestMaintenanceJobs')) {
    problems.add(atLeastOne('maintenance.keepLatestJobs', given));
    return given;
  }
  line.set('maintenance.keepLatestJobs', 'keep-latest-maintenance-jobs', given);
  return undefined;
}

/** Keys are `<namespace>-<location>-<repository type>`; of one repository Velero reads these three only. */
function perRepository(problems: Problems, document: JsonDocument, { options, repository, namespace }: Maintenance): { [key: string]: object } {
  const given = document.value('maintenance.repositories', 'repositories', options.repositories) ?? [];
  const data: { [key: string]: object } = {};
  given.forEach((one, index) => {
    const where = `maintenance.repositories[${index}]`;
    const key = `${one.volumeNamespace}-${one.location.locationName}-${one.uploader ?? repository.uploader}`;
    checkRepository(problems, where, one, namespace);
    if (key in data) {
      problems.add({ what: where, got: key, wanted: 'a repository that no other entry is for', next: 'put them into one' });
    }
    data[key] = {
      loadAffinity: one.nodes && selected(one.nodes),
      podResources: one.resources && podResources(document, `${where}.resources`, one.resources),
      keepLatestMaintenanceJobs: document.value(`${where}.keepLatestJobs`, 'keepLatestMaintenanceJobs', one.keepLatestJobs),
    };
  });
  return data;
}

function checkRepository(problems: Problems, where: string, one: RepositoryMaintenance, namespace: string): void {
  problems.add(
    dnsLabel(`${where}.volumeNamespace`, one.volumeNamespace),
    oneOf(`${where}.uploader`, one.uploader, Object.values(Uploader)),
    atLeastOne(`${where}.keepLatestJobs`, one.keepLatestJobs),
  );
  checkResources(problems, `${where}.resources`, one.resources ?? {});
  checkRequirements(problems, `${where}.nodes`, one.nodes ?? []);
  if (one.location.namespace !== namespace) {
    problems.add({
      what: `${where}.location`, got: `${one.location.namespace}/${one.location.locationName}`, wanted: `a location in the install's namespace, ${namespace}`,
    });
  }
}

/** Velero takes no condition at all for any node. */
function selected(nodes: NodeRequirement[]): object[] {
  return [{ nodeSelector: { matchExpressions: nodes } }];
}

function withoutNothing(config: Record<string, unknown>): object | undefined {
  return Object.values(config).some(value => value !== undefined) ? config : undefined;
}
