import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { schedule } from '../../src/rules/examples';

escapeHatch('hook-incomplete', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(
  JsonPatch.add('/spec/template/hooks', { resources: [{ name: 'dump', pre: [{ exec: { container: 'postgres', command: ['/dump'], onError: 'Fail' } }] }] })));

const COMPLETE: Record<string, string> = { 'container': 'postgres', 'command': '["/bin/sh", "-ec", "pg_dump"]', 'timeout': '30m', 'on-error': 'Fail' };

function pod(annotations: Record<string, string | undefined>, prefix = 'pre.hook.backup.velero.io/', more: object = {}): any {
  const given = Object.entries(annotations).filter(([, value]) => value !== undefined).map(([key, value]) => [prefix + key, value]);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'database', namespace: 'shop', annotations: Object.fromEntries(given), ...more },
    spec: { containers: [{ name: 'postgres', image: 'postgres:17.2' }] },
  };
}

function messages(input: string | any[]): string[] {
  return told(judged(input), 'hook-incomplete').map(line => line.replace(/^.*?: /, ''));
}

const ANNOTATION = 'annotation pre.hook.backup.velero.io/';
const ONE_WORD = 'got undefined, wanted a JSON array of strings: Velero takes this for the name of a program';

test.each<[string, Record<string, string | undefined>, string[]]>([
  ['nothing is missing', {}, []],
  ['no container', { container: undefined },
    [`${ANNOTATION}container got undefined, wanted the name of a container: Velero takes the first of the pod, which an injected sidecar may be`]],
  ['no reaction to errors', { 'on-error': undefined },
    [`${ANNOTATION}on-error got undefined, wanted Fail or Continue: else a failed command fails the backup but not the pod, which is saved without what the command makes`]],
  ['another reaction', { 'on-error': 'fail' },
    [`${ANNOTATION}on-error got "fail", wanted Fail or Continue: else a failed command fails the backup but not the pod, which is saved without what the command makes`]],
  ['no time', { timeout: undefined },
    [`${ANNOTATION}timeout got undefined, wanted a Go duration such as 30m, longer than the command ever takes: Velero waits 30s`]],
  ['a time that Go cannot read', { timeout: '30 min' },
    [`${ANNOTATION}timeout got "30 min", wanted a Go duration such as 30m, longer than the command ever takes: Velero waits 30s`]],
  ['a shell command without a shell', { command: 'PGPASSWORD=hunter2 pg_dump > /dump/all.sql' }, [`${ANNOTATION}command ${ONE_WORD}`]],
  ['JSON that is none', { command: '["/bin/sh", "-ec", "pg_dump"' }, [`${ANNOTATION}command ${ONE_WORD}`]],
  ['JSON after a space', { command: ' ["/bin/sh"]' }, [`${ANNOTATION}command ${ONE_WORD}`]],
  ['one program', { command: '/scripts/dump.sh' }, []],
  ['no command at all', { command: undefined },
    [`${ANNOTATION}command got undefined, wanted a JSON array with the program and its arguments: without it Velero runs no hook`]],
  ['an empty list', { command: '[]' }, [`${ANNOTATION}command got undefined, wanted a program and its arguments: without them the hook fails`]],
])('an annotation with %s', (_, changed, expected) => {
  expect(messages([pod({ ...COMPLETE, ...changed })])).toEqual(expected);
});

test('annotations without a phase are hooks too, where there are no others', () => {
  expect(messages([pod({ ...COMPLETE, timeout: undefined }, 'hook.backup.velero.io/')])).toEqual([
    'annotation hook.backup.velero.io/timeout got undefined, wanted a Go duration such as 30m, longer than the command ever takes: Velero waits 30s',
  ]);
});

test('what a controller made says nothing that its workload does not; what an operator made does', () => {
  const owned = (kind: string) => pod({ ...COMPLETE, timeout: undefined }, undefined, { ownerReferences: [{ kind, controller: true }] });
  expect(messages([owned('ReplicaSet')])).toEqual([]);
  expect(messages([owned('Cluster')])).toHaveLength(1);
});

test('a hook of a schedule: every part that is missing, by its path', () => {
  const hooks = '{ resources: [{ name: dump, pre: [{ exec: { command: ["pg_dump -f /dump"] } }] }] }';
  const path = 'spec.template.hooks.resources[0].pre[0].exec';
  expect(messages(schedule({ template: { hooks } })).map(line => line.replace(/ got .*/, ''))).toEqual(
    ['container', 'onError', 'timeout', 'command'].map(part => `${path}.${part}`));
});

test('a backup that has run cannot be changed', () => {
  const backup = (status: string) => 'apiVersion: velero.io/v1\nkind: Backup\nmetadata: { name: b, namespace: velero }\n'
    + `spec: { hooks: { resources: [{ name: dump, pre: [{ exec: { command: [/dump] } }] }] } }\n${status}`;
  expect(messages(backup('status: { phase: Completed }\n'))).toEqual([]);
  expect(messages(backup(''))).toHaveLength(3);
});
