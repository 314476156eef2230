import { Duration } from 'cdk8s';
import { dnsLabel, DURATION, listOf, oneOf, Problem, Problems, required, struct, TEXT, thing, wholeSeconds } from '../findings';
import { goDuration } from '../versions';
import { checkKinds, checkNamespace, isPods } from './filters';
import { checkSelector, LabelSelector, SELECTOR } from './label-selector';
import { areApart } from './patterns';

/**
 * What Velero does when the command of a hook fails or does not end in time.
 *
 * Either way the error is logged and counted, and the backup ends as `PartiallyFailed`.
 *
 * @see https://github.com/velero-io/velero/blob/v1.18.3/internal/hook/item_hook_handler.go#L255-L305
 */
export enum HookErrorMode {
  /**
   * The remaining hooks run, and the pod and its volumes are saved all the same.
   */
  CONTINUE = 'Continue',

  /**
   * The remaining hooks of the pod do not run.
   *
   * After a failed `pre` hook **the pod and its volumes are left out of the backup**, and its `post` hooks do not run.
   * After a failed `post` hook the volumes are saved; Velero < 1.15 leaves the pod itself out.
   *
   * @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/backup/backup.go#L854-L877
   * @see https://github.com/velero-io/velero/blob/v1.14.1/pkg/backup/item_backupper.go#L183-L186
   */
  FAIL = 'Fail',
}

/**
 * A command that runs in a container of a pod that is backed up.
 */
export interface ExecHook {
  /**
   * Name of the container the command runs in.
   *
   * Required, although Velero takes the first container of the pod when it is absent: an injected sidecar may become the first.
   */
  readonly container: string;

  /**
   * The program and its arguments. At least one; no shell splits or expands them.
   *
   * Velero logs the command: name an environment variable of the container in it, never a password.
   */
  readonly command: string[];

  /**
   * What happens when the command fails.
   *
   * Always written: when the field is absent, Velero documents `Fail` and does `Continue`.
   *
   * @default HookErrorMode.CONTINUE - a failed hook costs no data
   */
  readonly onError?: HookErrorMode;

  /**
   * How long the command may run. Whole seconds, at least 1.
   *
   * Velero gives up waiting but does not end the command: a dump that takes longer goes on while its file is saved.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;
}

/**
 * Commands for some of the pods of a backup.
 */
export interface BackupResourceHook {
  /** Name of the hook in Velero's log. */
  readonly name: string;

  /**
   * Namespaces whose pods the hook is for; patterns such as `n8n-*` are taken.
   *
   * @default - all namespaces of the backup
   */
  readonly includedNamespaces?: string[];

  /**
   * Namespaces whose pods the hook is not for.
   *
   * @default - none
   */
  readonly excludedNamespaces?: string[];

  /**
   * Kinds of resources the hook is for. Velero runs hooks for `pods` only, so a list without them is refused.
   *
   * @default - all
   */
  readonly includedResources?: string[];

  /**
   * Kinds of resources the hook is not for. A list with `pods` is refused: the hook would never run.
   *
   * @default - none
   */
  readonly excludedResources?: string[];

  /**
   * Labels of the pods the hook is for. Name the primary of a database here: without it the command runs in every replica.
   *
   * @default - all pods
   */
  readonly labelSelector?: LabelSelector;

  /**
   * Commands that run before a pod is saved, in this order.
   *
   * @default - none
   */
  readonly pre?: ExecHook[];

  /**
   * Commands that run after a pod is saved, in this order.
   *
   * Velero >= 1.15.1 waits until the volumes are read, and **skips them when that wait fails**. Before, it does not wait:
   * what they remove may be gone before it is read.
   *
   * @default - none
   * @see https://github.com/velero-io/velero/blob/v1.18.3/pkg/backup/backup.go#L911-L926
   */
  readonly post?: ExecHook[];
}

/**
 * The hooks of a backup.
 */
export interface BackupHooksProps {
  /** Commands by pods; at least one. All that fit a pod run, in this order. */
  readonly resources: BackupResourceHook[];
}

/**
 * Commands that Velero runs in pods before and after it saves them.
 *
 * Hooks in the annotations of a pod replace those given here for that pod.
 *
 * Volumes are read file by file while programs write: let a hook dump a database beside its data rather than trust a copy of the data folder.
 *
 * @example
 * BackupHooks.of({
 *   resources: [{
 *     name: 'dump',
 *     labelSelector: { matchLabels: { 'cnpg.io/instanceRole': 'primary' } },
 *     pre: [{ container: 'postgres', command: ['/scripts/dump.sh'], timeout: Duration.minutes(30) }],
 *   }],
 * });
 */
export class BackupHooks {
  /**
   * Hooks for the pods of a backup.
   *
   * @throws when there is no hook, or one that cannot run
   */
  public static of(props: BackupHooksProps): BackupHooks {
    return new BackupHooks(props);
  }

  private readonly spec: any;

  private constructor(props: BackupHooksProps) {
    const problems = new Problems('BackupHooks');
    problems.add(...HOOKS.problems('', props ?? {}));
    problems.refuse();
    if (props.resources.length === 0) {
      problems.add({ what: 'resources', got: [], wanted: 'at least one hook', next: 'leave the hooks out' });
    }
    props.resources.forEach((hook, index) => problems.add(...checkHook(`resources[${index}]`, hook)));
    problems.refuse();
    this.spec = { resources: props.resources.map(renderHook) };
  }

  /**
   * The hooks as a field of a backup.
   *
   * @internal
   */
  public _toKube(): any {
    return this.spec;
  }

  /**
   * What is wrong with the hooks of a backup of some namespaces.
   *
   * @internal
   */
  public _problemsIn(what: string, included: string[] | undefined, excluded: string[] | undefined): (Problem | undefined)[] {
    return this.spec.resources.map(({ includedNamespaces: got }: BackupResourceHook, index: number) => got && areApart(got, included, excluded) ? {
      what: `${what}.resources[${index}].includedNamespaces`,
      got,
      wanted: `a namespace that is saved${included ? `, of ${included.join(', ')}` : ''}: the hook would never run`,
      next: 'correct it or leave the hook out',
    } : undefined);
  }
}

const COMMAND = thing('a list of the program and its arguments', value => Array.isArray(value) && value.every(item => typeof item === 'string'));
/** What has a message of its own where it is missing is not required here. */
const EXECS = listOf(struct<ExecHook>({ container: TEXT, command: required(COMMAND), onError: TEXT, timeout: DURATION }));
const TEXTS = listOf(TEXT);
const HOOKS = struct<BackupHooksProps>({
  resources: required(listOf(struct<BackupResourceHook>({
    name: TEXT,
    includedNamespaces: TEXTS,
    excludedNamespaces: TEXTS,
    includedResources: TEXTS,
    excludedResources: TEXTS,
    labelSelector: SELECTOR,
    pre: EXECS,
    post: EXECS,
  }))),
});
const ERROR_MODES = Object.values(HookErrorMode);

function checkHook(at: string, hook: BackupResourceHook): (Problem | undefined)[] {
  const commands = [...hook.pre ?? [], ...hook.post ?? []];
  return [
    hook.name ? undefined : { what: `${at}.name`, got: hook.name, wanted: 'a name: Velero runs no hook without one' },
    commands.length > 0 ? undefined : { what: at, got: hook.name, wanted: 'at least one command in pre or post' },
    ...(hook.includedNamespaces ?? []).map(namespace => checkNamespace(`${at}.includedNamespaces`, namespace)),
    ...(hook.excludedNamespaces ?? []).map(namespace => checkNamespace(`${at}.excludedNamespaces`, namespace)),
    ...checkKinds(`${at}.includedResources`, hook.includedResources),
    ...checkKinds(`${at}.excludedResources`, hook.excludedResources),
    selectsPods(at, hook),
    ...checkSelector(`${at}.labelSelector`, hook.labelSelector),
    ...(hook.pre ?? []).flatMap((exec, index) => checkExec(`${at}.pre[${index}]`, exec)),
    ...(hook.post ?? []).flatMap((exec, index) => checkExec(`${at}.post[${index}]`, exec)),
  ];
}

/** @see https://github.com/velero-io/velero/blob/v1.18.3/internal/hook/item_hook_handler.go#L206-L209 */
function selectsPods(at: string, { includedResources, excludedResources }: BackupResourceHook): Problem | undefined {
  if (includedResources && !includedResources.some(isPods)) {
    return { what: `${at}.includedResources`, got: includedResources, wanted: 'pods among them: Velero runs hooks for nothing else' };
  }
  if (excludedResources?.some(isPods)) {
    return { what: `${at}.excludedResources`, got: excludedResources, wanted: 'no pods: Velero runs hooks for nothing else' };
  }
  return undefined;
}

function checkExec(at: string, { container, command, onError, timeout }: ExecHook): (Problem | undefined)[] {
  return [
    container ? dnsLabel(`${at}.container`, container) : {
      what: `${at}.container`, got: container, wanted: 'the name of a container', next: 'name it: an injected sidecar may become the first of the pod',
    },
    oneOf(`${at}.onError`, onError, ERROR_MODES),
    command.length > 0 && command[0] !== '' ? undefined : { what: `${at}.command`, got: command, wanted: 'a program and its arguments' },
    command.length === 1 && /\s/.test(command[0]) ? {
      what: `${at}.command`,
      got: command,
      wanted: 'a program and its arguments as separate items: no shell splits them',
      next: 'split it, or give it to a shell: [\'/bin/sh\', \'-ec\', …]',
    } : undefined,
    wholeSeconds(`${at}.timeout`, timeout),
  ];
}

function renderHook(hook: BackupResourceHook): any {
  return {
    name: hook.name,
    includedNamespaces: hook.includedNamespaces,
    excludedNamespaces: hook.excludedNamespaces,
    includedResources: hook.includedResources,
    excludedResources: hook.excludedResources,
    labelSelector: hook.labelSelector,
    pre: hook.pre?.map(renderExec),
    post: hook.post?.map(renderExec),
  };
}

function renderExec({ container, command, onError, timeout }: ExecHook): any {
  return {
    exec: { container, command, onError: onError ?? HookErrorMode.CONTINUE, timeout: goDuration(timeout ?? Duration.seconds(30)) },
  };
}
