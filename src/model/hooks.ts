import { durationIn, type GoDuration, readDuration } from './duration';
import { type Fields } from './fields';
import { type LabelSelector, selectorIn } from './label-selector';

/** A command that Velero runs in a container of a pod before or after it saves the pod. */
export interface ExecHook {
  readonly phase: 'pre' | 'post';

  /** Velero takes the first container of the pod when it is absent. */
  readonly container?: string;
  readonly command: readonly string[];

  /** Whether the command was written as Velero reads it: an annotation that is no JSON array becomes one word, silently. */
  readonly commandIsList: boolean;
  readonly onError?: string;
  readonly timeout?: GoDuration;

  /** The field or annotation that it was read from. */
  readonly path: string;
}

/** The hooks of a backup for the pods that it selects. */
export interface ResourceHook {
  readonly name?: string;
  readonly includedNamespaces: readonly string[];
  readonly excludedNamespaces: readonly string[];
  readonly includedResources: readonly string[];
  readonly excludedResources: readonly string[];
  readonly labelSelector?: LabelSelector;
  readonly hooks: readonly ExecHook[];
  readonly path: string;
}

/** `spec.hooks` of a backup. */
export function readResourceHooks(fields: Fields): ResourceHook[] {
  return fields.objects('resources').map(resource => ({
    name: resource.string('name'),
    includedNamespaces: resource.strings('includedNamespaces'),
    excludedNamespaces: resource.strings('excludedNamespaces'),
    includedResources: resource.strings('includedResources'),
    excludedResources: resource.strings('excludedResources'),
    labelSelector: selectorIn(resource, 'labelSelector'),
    hooks: [...readHooks(resource, 'pre'), ...readHooks(resource, 'post')],
    path: resource.path(''),
  }));
}

/**
 * The hooks in the annotations of a pod: at most one before and one after. They replace those of the backup.
 *
 * @see velero v1.18.3 internal/hook/item_hook_handler.go, getPodExecHookFromAnnotations
 */
export function readHookAnnotations(annotations: Readonly<Record<string, string>>): ExecHook[] {
  return (['pre', 'post'] as const).flatMap(phase => {
    const prefix = prefixOf(phase, annotations);
    const text = annotations[`${prefix}command`];
    return text === undefined || text === '' ? [] : [{
      phase,
      container: annotations[`${prefix}container`],
      ...readCommand(text),
      onError: annotations[`${prefix}on-error`],
      timeout: annotations[`${prefix}timeout`] === undefined ? undefined : readDuration(annotations[`${prefix}timeout`]),
      path: `annotation ${prefix}command`,
    }];
  });
}

/** The field or annotation that a part of a hook stands in, or would stand in. */
export function hookPart({ path }: ExecHook, part: keyof typeof ANNOTATIONS): string {
  return path.startsWith('annotation ') ? path.replace(/command$/, ANNOTATIONS[part]) : `${path}.${part}`;
}

const ANNOTATIONS = { container: 'container', command: 'command', onError: 'on-error', timeout: 'timeout' };

/** Annotations without a phase are of the time when there was one; Velero still reads them where there are no others. */
function prefixOf(phase: 'pre' | 'post', annotations: Readonly<Record<string, string>>): string {
  const old = 'hook.backup.velero.io/';
  const prefix = `${phase}.${old}`;
  return phase === 'pre' && !annotations[`${prefix}command`] && annotations[`${old}command`] ? old : prefix;
}

function readHooks(resource: Fields, phase: 'pre' | 'post'): ExecHook[] {
  return resource.objects(phase).flatMap(hook => {
    const exec = hook.optionalObject('exec');
    return exec === undefined ? [] : [{
      phase,
      container: exec.string('container'),
      command: exec.strings('command'),
      commandIsList: true,
      onError: exec.string('onError'),
      timeout: durationIn(exec, 'timeout'),
      path: exec.path(''),
    }];
  });
}

function readCommand(text: string): { command: string[]; commandIsList: boolean } {
  const words = text.startsWith('[') ? parsed(text) : undefined;
  return Array.isArray(words) && words.every(word => typeof word === 'string') ? { command: words, commandIsList: true } : { command: [text], commandIsList: false };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
