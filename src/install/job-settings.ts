import { Problem } from '../findings';
import { ContainerResources } from './container-resources';
import { JsonDocument } from './json-document';

/**
 * Resources in the form of Velero's ConfigMaps.
 *
 * All four of cpu and memory must be there: Velero parses a missing one as "", fails, and ignores them all or never runs the Job.
 * Its "0" is "none", for a request and for a limit.
 */
export function podResources(document: JsonDocument, prop: string, resources: ContainerResources): object | undefined {
  return document.value(prop, 'podResources', {
    cpuRequest: resources.cpuRequest ?? '0',
    memoryRequest: resources.memoryRequest ?? '0',
    ephemeralStorageRequest: document.value(`${prop}.ephemeralStorageRequest`, 'podResources.ephemeralStorageRequest', resources.ephemeralStorageRequest),
    cpuLimit: resources.cpuLimit ?? '0',
    memoryLimit: resources.memoryLimit ?? '0',
    ephemeralStorageLimit: document.value(`${prop}.ephemeralStorageLimit`, 'podResources.ephemeralStorageLimit', resources.ephemeralStorageLimit),
  });
}

/** Velero takes a number below 1 for its default and says so only in its log. */
export function atLeastOne(what: string, got: number | undefined): Problem | undefined {
  return got === undefined || (Number.isInteger(got) && got >= 1) ? undefined : { what, got, wanted: 'a whole number, 1 or more' };
}
