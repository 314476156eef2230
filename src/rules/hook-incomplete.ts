import { type BackupModel, type DeclaredHook, hookPart, type Manifest } from '../model';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'hook-incomplete',
  severities: ['error'],
  title: 'A hook that leaves to Velero what nobody would choose, or whose command no shell reads',
  goesWrong: 'What a hook leaves out, Velero fills in. The container becomes the first of the pod, which an injected sidecar may be. The time becomes 30 seconds: a longer '
    + 'dump goes on while half of its file is saved. Without `on-error` Velero documents `Fail` and does neither: the error is logged, the backup ends as '
    + '`PartiallyFailed`, and the pod is saved as if the dump were there. A command that is no JSON array becomes one word, silently, and there is no shell: '
    + '`pg_dump > /dump/all.sql` is looked up as a program of that name. In all versions.',
  fix: 'write container, command, timeout and on-error of every hook, the command as a JSON array with a shell where it needs one: ["/bin/sh", "-ec", "…"]',
  reference: 'velero v1.18.3 pkg/podexec/pod_command_executor.go:96-121, internal/hook/item_hook_handler.go:245, 323-372',
  check: model => [...model.declaredHooks().flatMap(declared => incomplete(declared)), ...commandless(model)],
  install: '1.18.3',
  bad: () => pod(['command: pg_dump -U shop > /dump/all.sql']),
  good: () => pod([
    'container: postgres', 'command: \'["/bin/sh", "-ec", "pg_dump -U shop -f /dump/all.sql"]\'', 'timeout: 30m', 'on-error: Fail',
  ]),
};

function pod(hook: readonly string[]): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: database
  namespace: shop
  annotations:
${hook.map(line => `    pre.hook.backup.velero.io/${line}\n`).join('')}spec:
  containers:
    - name: postgres
      image: postgres:17.2
`;
}

function incomplete({ on, hook }: DeclaredHook): Verdict[] {
  const { container, onError, timeout } = hook;
  const missing: Verdict[] = [];
  if (!container) {
    missing.push({ on, what: hookPart(hook, 'container'), wanted: 'the name of a container: Velero takes the first of the pod, which an injected sidecar may be' });
  }
  if (onError !== 'Fail' && onError !== 'Continue') {
    missing.push({ on, what: hookPart(hook, 'onError'), got: onError, wanted: 'Fail or Continue: else a failed command fails the backup but not the pod, which is saved without what the command makes' });
  }
  if (!timeout?.seconds) {
    missing.push({ on, what: hookPart(hook, 'timeout'), got: timeout?.text, wanted: 'a Go duration such as 30m, longer than the command ever takes: Velero waits 30s' });
  }
  return [...missing, ...wrongCommand(on, hook)];
}

/** One word that a shell would have to take apart; it is never told, because it may hold a password. A program without arguments is fine. */
function wrongCommand(on: Manifest, hook: DeclaredHook['hook']): Verdict[] {
  const { command, commandIsList } = hook;
  const what = hookPart(hook, 'command');
  if (command.length === 0 || command[0] === '') {
    return [{ on, what, wanted: 'a program and its arguments: without them the hook fails' }];
  }
  if (command.length > 1 || !/[\s|&;<>()$`"'[\]]/.test(command[0])) {
    return [];
  }
  const wanted = `${commandIsList ? 'the program and its arguments as separate items' : 'a JSON array of strings'}: Velero takes this for the name of a program`;
  return [{ on, what, wanted, next: 'give it to a shell: ["/bin/sh", "-ec", "…"]' }];
}

/** Annotations of a hook without a command: Velero sees no hook in them. */
function commandless({ workloads }: BackupModel): Verdict[] {
  return workloads.all.filter(({ owner, pod: { annotations } }) => owner === undefined && Object.keys(annotations).some(isPartOfHook))
    .flatMap(({ manifest, pod: { annotations } }) => ['pre.', 'post.'].map(phase => `${phase}hook.backup.velero.io/`)
      .filter(prefix => !annotations[`${prefix}command`] && Object.keys(annotations).some(key => key.startsWith(prefix)))
      .map(prefix => ({ on: manifest, what: `annotation ${prefix}command`, wanted: 'a JSON array with the program and its arguments: without it Velero runs no hook' })));
}

function isPartOfHook(annotation: string): boolean {
  return /^(pre|post)\.hook\.backup\.velero\.io\//.test(annotation);
}
