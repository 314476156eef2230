import { type Container, type PodTemplate, type Volume } from './pod';

/** Whether a pod cannot start before a Secret exists: a volume or a variable of it comes from there and is not optional. */
export function needsSecret({ volumes, containers, initContainers }: PodTemplate, name: string): boolean {
  return volumes.some(volume => volumeNeeds(volume, name)) || [...initContainers, ...containers].some(container => containerNeeds(container, name));
}

function volumeNeeds({ secret, fields }: Volume, name: string): boolean {
  const projected = fields.has('projected') ? fields.object('projected').objects('sources') : [];
  return (secret?.name === name && !secret.optional) || projected.map(source => source.object('secret'))
    .some(source => source.string('name') === name && source.boolean('optional') !== true);
}

function containerNeeds({ env, fields }: Container, name: string): boolean {
  return env.some(({ secret }) => secret?.name === name && !secret.optional) || fields.objects('envFrom').map(source => source.object('secretRef'))
    .some(source => source.string('name') === name && source.boolean('optional') !== true);
}
