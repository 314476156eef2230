import { type Fields } from './fields';
import { type PodTemplate } from './pod';

/** Whether a pod cannot start before a Secret exists: a volume or a variable of it comes from there and is not optional. */
export function needsSecret(pod: PodTemplate, name: string): boolean {
  return neededSecrets(pod).has(name);
}

/** The Secrets that a pod cannot start without. */
export function neededSecrets(pod: PodTemplate): ReadonlySet<string> {
  return neededBy(pod, { volume: 'secret', name: 'secretName', key: 'secretKeyRef', all: 'secretRef' });
}

/** The ConfigMaps that a pod cannot start without. */
export function neededConfigMaps(pod: PodTemplate): ReadonlySet<string> {
  return neededBy(pod, { volume: 'configMap', name: 'name', key: 'configMapKeyRef', all: 'configMapRef' });
}

/** How a pod names what it reads. */
interface Reference {
  /** Field of a volume, and of a source of a projected one. */
  readonly volume: string;

  /** Field of the name in a volume; everywhere else it is `name`. */
  readonly name: string;

  /** Field of one variable. */
  readonly key: string;

  /** Field of all variables at once. */
  readonly all: string;
}

function neededBy({ volumes, containers, initContainers }: PodTemplate, { volume, name, key, all }: Reference): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (reference: Fields, field: string) => {
    const needed = reference.boolean('optional') === true ? undefined : reference.string(field);
    if (needed !== undefined) {
      names.add(needed);
    }
  };
  for (const { fields } of volumes) {
    note(fields.object(volume), name);
    fields.object('projected').objects('sources').forEach(source => note(source.object(volume), 'name'));
  }
  for (const { fields } of [...initContainers, ...containers]) {
    fields.objects('env').forEach(variable => note(variable.object('valueFrom').object(key), 'name'));
    fields.objects('envFrom').forEach(source => note(source.object(all), 'name'));
  }
  return names;
}
