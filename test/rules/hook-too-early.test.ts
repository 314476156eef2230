import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { VeleroVersion } from '../../src';
import { installation, schedule } from '../../src/rules/examples';

escapeHatch('hook-too-early', usual => () => {
  const exec = { container: 'postgres', command: ['/bin/rm', '/dump/all.sql'], timeout: '1m', onError: 'Fail' };
  usual.object('Schedule', 'nightly').addJsonPatch(
    JsonPatch.add('/spec/template/defaultVolumesToFsBackup', true), JsonPatch.add('/spec/template/hooks', { resources: [{ name: 'tidy', post: [{ exec }] }] }));
}, VeleroVersion.V1_14_1);

function withHook(script: string, template: Record<string, string> = { defaultVolumesToFsBackup: 'true' }): string {
  const exec = `{ container: postgres, command: [/bin/sh, -ec, ${JSON.stringify(script)}], timeout: 1m, onError: Fail }`;
  return schedule({ template: { ...template, hooks: `{ resources: [{ name: after, post: [{ exec: ${exec} }] }] }` } });
}

function messages(version: string, yaml: string): string[] {
  return told(judged(`${installation(version)}---\n${yaml}`), 'hook-too-early').map(line => line.replace(/hook-too-early .*?: /, ''));
}

const COMMAND = 'spec.template.hooks.resources[0].post[0].exec.command got undefined, wanted no post hook that';

test.each([
  ['/sbin/fsfreeze --unfreeze /data', 'error', 'thaws a file system'],
  ['/sbin/fsfreeze -u /data', 'error', 'thaws a file system'],
  ['xfs_freeze -u /data', 'error', 'thaws a file system'],
  ['mysql -e "UNLOCK TABLES"', 'error', 'unlocks a database'],
  ['mongosh --eval "db.fsyncUnlock()"', 'error', 'unlocks a database'],
  ['psql -c "select pg_stop_backup()"', 'error', 'unlocks a database'],
  ['rm -rf /dump/*', 'error', 'deletes files'],
  ['find /dump -name "*.sql" -delete', 'error', 'deletes files'],
  ['rm -f /tmp/backup.lock', 'warning', 'the copy depends on'],
  ['curl -d done http://hooks.example.com/inform', 'warning', 'the copy depends on'],
])('%s is %s on 1.14.1', (script, severity, does) => {
  expect(messages('1.14.1', withHook(script))).toEqual([`${severity} ${COMMAND} ${does}: Velero 1.14.1 runs it before the files of the pod are copied`]);
});

test.each([['1.15.2', []], ['1.18.3', []]])('%s waits for the copies', (version, expected) => {
  expect(messages(version, withHook('rm /dump/all.sql'))).toEqual(expected);
});

test('1.15.0 does not wait yet', () => {
  const older = installation('1.15.2').replaceAll('v1.15.2', 'v1.15.0');
  expect(told(judged(`${older}---\n${withHook('rm /dump/all.sql')}`), 'hook-too-early')).toHaveLength(1);
});

test('silent without an install, about pre hooks, and where snapshots save the volumes', () => {
  expect(told(judged(withHook('rm /dump/all.sql')), 'hook-too-early')).toEqual([]);
  expect(messages('1.14.1', withHook('rm /dump/all.sql').replace('post:', 'pre:'))).toEqual([]);
  expect(messages('1.14.1', withHook('rm /dump/all.sql', {}))).toEqual([]);
});

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: database
  namespace: shop
  annotations:
    backup.velero.io/backup-volumes: dump
    post.hook.backup.velero.io/command: '["/bin/rm", "/dump/all.sql"]'
    post.hook.backup.velero.io/container: postgres
    post.hook.backup.velero.io/timeout: 1m
    post.hook.backup.velero.io/on-error: Fail
`;

test('a pod that chooses its volumes: by the schedules that cover its namespace', () => {
  expect(messages('1.14.1', `${schedule()}---\n${POD}`)).toEqual([
    'error annotation post.hook.backup.velero.io/command got undefined, wanted no post hook that deletes files: Velero 1.14.1 runs it before the files of the pod are copied',
  ]);
  expect(messages('1.14.1', POD)).toEqual([]);
  expect(messages('1.14.1', `${withHook('rm /dump/all.sql', {})}---\n${POD.replace(/ {4}post.*\n/g, '')}`)).toHaveLength(1);
});

test('a policy that copies files', () => {
  const policy = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: volumes, namespace: velero }\ndata: { policy: "{version: v1, volumePolicies: '
    + '[{conditions: {storageClass: [fast]}, action: {type: fs-backup}}]}" }\n';
  expect(messages('1.14.1', `${withHook('rm /dump/all.sql', { resourcePolicy: '{ kind: ConfigMap, name: volumes }' })}---\n${policy}`)).toHaveLength(1);
});
