import { Problem, Problems } from '../findings';
import { IBackupRepository } from '../repository/backup-repository';
import { VeleroRelease } from '../versions';
import { CommandLine } from './command-line';
import { checkResources, ContainerResources } from './container-resources';
import { JsonDocument } from './json-document';
import { MaintenanceOptions, RepositoryMaintenance } from './maintenance-options';
import { podResources } from './mover-resources';
import { checkRequirements, loadAffinity, Placement } from './placement';

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
  check(problems, options);

  const keep = byFlagOrKey(document, line, 'keepLatestMaintenanceJobs', 'maintenance.keepLatestJobs', 'keep-latest-maintenance-jobs', options.keepLatestJobs);
  const everywhere = withoutNothing({
    loadAffinity: affinity(document, maintenance),
    podResources: resources(document, line, options.resources),
    keepLatestMaintenanceJobs: keep,
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

/** Up to 1.14 the Jobs copy the affinity of the server, so that nothing is lost where the ConfigMap is not read. */
function affinity(document: JsonDocument, { placement }: Maintenance): object[] | undefined {
  const same = document.optional('loadAffinity', loadAffinity(placement));
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

function byFlagOrKey<T extends number>(document: JsonDocument, line: CommandLine, key: string, prop: string, flag: string, given: T | undefined) {
  if (document.reads(key)) {
    return given;
  }
  line.set(prop, flag, given);
  return undefined;
}

/** Keys are `<namespace>-<location>-<repository type>`; of one repository Velero reads these three only. */
function perRepository(problems: Problems, document: JsonDocument, { options, repository, namespace }: Maintenance): { [key: string]: object } {
  const given = document.value('maintenance.repositories', 'repositories', options.repositories) ?? [];
  return Object.fromEntries(given.map((one, index) => {
    const where = `maintenance.repositories[${index}]`;
    checkRepository(problems, where, one, namespace);
    const config = {
      loadAffinity: one.nodes && [{ nodeSelector: { matchExpressions: one.nodes } }],
      podResources: one.resources && podResources(document, `${where}.resources`, one.resources),
      keepLatestMaintenanceJobs: document.value(`${where}.keepLatestJobs`, 'keepLatestMaintenanceJobs', one.keepLatestJobs),
    };
    return [`${one.volumeNamespace}-${one.location.locationName}-${repository.uploader}`, config];
  }));
}

function check(problems: Problems, { keepLatestJobs, resources: given }: MaintenanceOptions): void {
  problems.add(atLeastOne('maintenance.keepLatestJobs', keepLatestJobs));
  if (given !== undefined) {
    checkResources(problems, 'maintenance.resources', given);
  }
}

function checkRepository(problems: Problems, where: string, one: RepositoryMaintenance, namespace: string): void {
  problems.add(atLeastOne(`${where}.keepLatestJobs`, one.keepLatestJobs));
  if (one.resources) {
    checkResources(problems, `${where}.resources`, one.resources);
  }
  if (one.nodes) {
    checkRequirements(problems, `${where}.nodes`, one.nodes);
  }
  if (one.location.namespace !== namespace) {
    problems.add({
      what: `${where}.location`, got: `${one.location.namespace}/${one.location.locationName}`, wanted: `a location in the install's namespace, ${namespace}`,
    });
  }
}

function atLeastOne(what: string, got: number | undefined): Problem | undefined {
  return got === undefined || (Number.isInteger(got) && got >= 1) ? undefined : { what, got, wanted: 'a whole number, 1 or more' };
}

function withoutNothing(config: Record<string, unknown>): object | undefined {
  return Object.values(config).some(value => value !== undefined) ? config : undefined;
}
