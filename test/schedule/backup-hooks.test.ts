import { Duration } from 'cdk8s';
import { BackupHooks, BackupResourceHook, ExecHook, HookErrorMode } from '../../src/schedule/backup-hooks';
import { LabelSelectorOperator } from '../../src/schedule/label-selector';

const DUMP: ExecHook = { container: 'postgres', command: ['/scripts/dump.sh'] };

function rendered(hook: Partial<BackupResourceHook>): any {
  return JSON.parse(JSON.stringify(BackupHooks.of({ resources: [{ name: 'dump', ...hook }] })._toKube())).resources[0];
}

test('what Velero would guess is written', () => {
  expect(rendered({ pre: [DUMP] })).toEqual({
    name: 'dump',
    pre: [{ exec: { container: 'postgres', command: ['/scripts/dump.sh'], onError: 'Continue', timeout: '30s' } }],
  });
});

test('everything that can be said', () => {
  const hook: Required<BackupResourceHook> = {
    name: 'dump',
    includedNamespaces: ['n8n-*'],
    excludedNamespaces: ['n8n-dev'],
    includedResources: ['pods'],
    excludedResources: ['jobs'],
    labelSelector: { matchLabels: { 'cnpg.io/instanceRole': 'primary' }, matchExpressions: [{ key: 'app', operator: LabelSelectorOperator.EXISTS }] },
    pre: [{ ...DUMP, onError: HookErrorMode.FAIL, timeout: Duration.minutes(90) }],
    post: [{ container: 'postgres', command: ['rm', '/dump'], onError: HookErrorMode.CONTINUE, timeout: Duration.seconds(5) }],
  };
  expect(rendered(hook)).toEqual({
    ...hook,
    pre: [{ exec: { container: 'postgres', command: ['/scripts/dump.sh'], onError: 'Fail', timeout: '1h30m0s' } }],
    post: [{ exec: { container: 'postgres', command: ['rm', '/dump'], onError: 'Continue', timeout: '5s' } }],
  });
});

test('hooks keep their order', () => {
  const hooks = BackupHooks.of({ resources: ['b', 'a'].map(name => ({ name, pre: [DUMP] })) });
  expect(hooks._toKube().resources.map((hook: any) => hook.name)).toEqual(['b', 'a']);
});

test.each<[string, Partial<BackupResourceHook>, string]>([
  ['no container', { pre: [{ ...DUMP, container: '' }] },
    'resources[0].pre[0].container got "", wanted the name of a container; name it: an injected sidecar may become the first of the pod'],
  ['a container that is not given', { post: [{ command: ['x'] } as any] },
    'resources[0].post[0].container: wanted the name of a container; name it: an injected sidecar may become the first of the pod'],
  ['no command', { pre: [{ ...DUMP, command: [] }] }, 'resources[0].pre[0].command got [], wanted a program and its arguments'],
  ['an empty program', { pre: [{ ...DUMP, command: ['', 'x'] }] }, 'resources[0].pre[0].command got ["","x"], wanted a program and its arguments'],
  ['a shell line', { pre: [{ ...DUMP, command: ['pg_dumpall > /dump'] }] },
    'resources[0].pre[0].command got ["pg_dumpall > /dump"], wanted a program and its arguments as separate items: no shell splits them; '
    + 'split it, or give it to a shell: [\'/bin/sh\', \'-ec\', …]'],
  ['what is no name of a container', { pre: [{ ...DUMP, container: 'A B' }] },
    'resources[0].pre[0].container got "A B", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit'],
  ['what is no mode', { pre: [{ ...DUMP, onError: 'fail' as any }] }, 'resources[0].pre[0].onError got "fail", wanted one of Continue, Fail'],
  ['no command at all', { pre: [{ container: 'a' } as any] }, 'resources[0].pre[0].command: wanted a list of the program and its arguments'],
  ['a command as text', { pre: [{ ...DUMP, command: '/bin/dump now' as any }] },
    'resources[0].pre[0].command got "/bin/dump now", wanted a list of the program and its arguments'],
  ['a command of numbers', { pre: [{ ...DUMP, command: ['sleep', 1] as any }] },
    'resources[0].pre[0].command got "a list", wanted a list of the program and its arguments'],
  ['what is no kind', { includedResources: ['pods', 'a b'], pre: [DUMP] },
    'resources[0].includedResources got "a b", wanted kinds of resources, such as pods or deployments.apps, patterns of them, or "*"'],
  ['what is no kind to leave out', { excludedResources: [''], pre: [DUMP] },
    'resources[0].excludedResources got "", wanted kinds of resources, such as pods or deployments.apps, patterns of them, or "*"'],
  ['no time', { pre: [{ ...DUMP, timeout: Duration.seconds(0) }] }, 'resources[0].pre[0].timeout got "0s", wanted a whole number of seconds, at least 1'],
  ['no name', { name: '', pre: [DUMP] }, 'resources[0].name got "", wanted a name: Velero runs no hook without one'],
  ['nothing to run', { pre: [], post: [] }, 'resources[0] got "dump", wanted at least one command in pre or post'],
  ['other kinds', { includedResources: ['deployments'], pre: [DUMP] },
    'resources[0].includedResources got ["deployments"], wanted pods among them: Velero runs hooks for nothing else'],
  ['all but pods', { excludedResources: ['pods'], pre: [DUMP] },
    'resources[0].excludedResources got ["pods"], wanted no pods: Velero runs hooks for nothing else'],
  ['no namespace', { includedNamespaces: ['N8N'], pre: [DUMP] },
    'resources[0].includedNamespaces got "N8N", wanted at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit'],
  ['no excluded namespace', { excludedNamespaces: ['a**'], pre: [DUMP] },
    'resources[0].excludedNamespaces got "a**", wanted a namespace, or a pattern of one with "*", "?" and sets such as "[abc]", without "**"'],
  ['an empty selector', { labelSelector: {}, pre: [DUMP] },
    'resources[0].labelSelector got {}, wanted at least one condition; leave the selector out to select everything'],
])('refuses %s', (_, hook, message) => {
  expect(() => rendered(hook)).toThrow(new Error(`BackupHooks: ${message}`));
});

test.each([[undefined], [{}]])('refuses %j', props => {
  expect(() => BackupHooks.of(props as any)).toThrow(new Error('BackupHooks: resources: wanted a list'));
});

test('refuses no hooks', () => {
  expect(() => BackupHooks.of({ resources: [] })).toThrow(new Error('BackupHooks: resources got [], wanted at least one hook; leave the hooks out'));
});

test('tells everything at once', () => {
  expect(() => rendered({ name: '', pre: [{ container: '', command: [] }] })).toThrow(new Error([
    'BackupHooks: 3 problems',
    '  - resources[0].name got "", wanted a name: Velero runs no hook without one',
    '  - resources[0].pre[0].container got "", wanted the name of a container; name it: an injected sidecar may become the first of the pod',
    '  - resources[0].pre[0].command got [], wanted a program and its arguments',
  ].join('\n')));
});
