import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { nodeAgent, schedule, server } from '../../src/rules/examples';

escapeHatch('duration-invalid', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/template/ttl', '30d')));

function findings(yaml: string): (string | undefined)[][] {
  return judged(yaml).filter(({ rule }) => rule.id === 'duration-invalid').map(({ what, got, next }) => [what, got as string, next]);
}

test.each([
  ['30d', 'write 720h0m0s'], ['2 weeks', 'write 336h0m0s'], ['"90"', undefined], ['1h 30m', undefined], ['""', undefined], ['9999999h', undefined],
])('a ttl of %s: %s', (ttl, next) => {
  expect(findings(schedule({ template: { ttl } }))).toEqual([['spec.template.ttl', ttl.replaceAll('"', ''), next]]);
});

test.each(['720h', '1h30m', '1.5h', '"0"', '-1h', '100ms'])('a ttl of %s is a duration', ttl => {
  expect(findings(schedule({ template: { ttl } }))).toEqual([]);
});

test('every duration of a schedule', () => {
  expect(findings(schedule({
    annotations: { 'cdk8s-velero/rpo': '1d', 'cdk8s-velero/rto': '2d' },
    template: {
      csiSnapshotTimeout: '10',
      itemOperationTimeout: '4d',
      hooks: '{ resources: [{ name: dump, post: [{ exec: { container: c, command: [sync], onError: Fail, timeout: 1 minute } }] }] }',
    },
  })).map(([what]) => what)).toEqual([
    'spec.template.itemOperationTimeout', 'spec.template.hooks.resources[0].post[0].exec.timeout', 'annotation cdk8s-velero/rpo', 'annotation cdk8s-velero/rto',
  ]);
});

test('a Backup that has not run, a location and a restore', () => {
  const object = (kind: string, spec: string) => `apiVersion: velero.io/v1\nkind: ${kind}\nmetadata: { name: any, namespace: velero }\nspec: ${spec}\n`;
  const restore = '{ hooks: { resources: [{ postHooks: [{ exec: { execTimeout: 1d, waitTimeout: 1h } }, { init: { timeout: 2d } }] }] }, itemOperationTimeout: 3d }';
  expect(findings([
    object('Backup', '{ ttl: 7d }'), object('BackupStorageLocation', '{ backupSyncPeriod: 1d, validationFrequency: 1m }'), object('Restore', restore),
  ].join('---\n'))).toEqual([
    ['spec.ttl', '7d', 'write 168h0m0s'],
    ['spec.backupSyncPeriod', '1d', 'write 24h0m0s'],
    ['spec.itemOperationTimeout', '3d', 'write 72h0m0s'],
    ['spec.hooks.resources[0].postHooks[0].exec.execTimeout', '1d', 'write 24h0m0s'],
    ['spec.hooks.resources[0].postHooks[1].init.timeout', '2d', 'write 48h0m0s'],
  ]);
});

test('a backup that has run tells nothing that anybody could change', () => {
  expect(findings('apiVersion: velero.io/v1\nkind: Backup\nmetadata: { name: any, namespace: velero }\nspec: { ttl: 7d }\nstatus: { phase: Failed }\n')).toEqual([]);
});

test('flags of server and node-agent', () => {
  const yaml = `${server('1.18.3', '--default-backup-ttl=30d', '--fs-backup-timeout', '4h')}---\n${nodeAgent('1.18.3', '--data-mover-prepare-timeout=1d')}`;
  expect(told(judged(yaml), 'duration-invalid')).toEqual([
    'error duration-invalid Deployment velero/velero: --default-backup-ttl got "30d", wanted a duration of Go: numbers with the units h, m and s',
    'error duration-invalid DaemonSet velero/node-agent: --data-mover-prepare-timeout got "1d", wanted a duration of Go: numbers with the units h, m and s',
  ]);
});

test.each([['1m30', 1], ['""', 0], ['90s', 0]])('the timeout of a hook in annotations: %s', (timeout, count) => {
  const pod = `apiVersion: v1
kind: Pod
metadata:
  name: database
  namespace: shop
  annotations:
    pre.hook.backup.velero.io/command: '["sync"]'
    pre.hook.backup.velero.io/timeout: ${timeout}
spec: { containers: [{ name: database }] }
`;
  expect(findings(pod).map(([what]) => what)).toEqual(Array(count).fill('annotation pre.hook.backup.velero.io/timeout'));
});
