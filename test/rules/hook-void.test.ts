import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, schedule } from '../../src/rules/examples';

escapeHatch('hook-void', usual => () => {
  const exec = { container: 'postgres', command: ['psql', '-c', 'CHECKPOINT'], timeout: '1m', onError: 'Fail' };
  usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/spec/template/hooks', { resources: [{ name: 'still', pre: [{ exec }] }] }));
});

function withHook(script: string, template: Record<string, string> = {}, more = ''): string {
  const exec = `{ container: database, command: [/bin/sh, -ec, ${JSON.stringify(script)}], timeout: 1m, onError: Fail }`;
  return schedule({ template: { ...template, hooks: `{ resources: [{ name: still, pre: [{ exec: ${exec} }]${more} }] }` } });
}

function messages(yaml: string): string[] {
  return told(judged(yaml), 'hook-void').map(line => line.replace(/^.*?: /, ''));
}

const WANTED = 'spec.template.hooks.resources[0].pre[0].exec.command got undefined, wanted a dump: ';
const LOCK = `${WANTED}the lock ends with the connection of the client, before the first file is copied`;
const BACKUP = `${WANTED}such a backup ends with the connection of the client, before the first file is copied`;
const FLUSH = `${WANTED}what is flushed to disk goes on changing while its files are copied`;

test.each([
  ['mysql -e "FLUSH TABLES WITH READ LOCK"', LOCK],
  ['mysql -e "flush tables shop.orders with read lock;"', LOCK],
  ['mysql -e "UNLOCK TABLES"', LOCK],
  ['psql -c "SELECT pg_start_backup(\'velero\')"', BACKUP],
  ['psql -c "SELECT pg_backup_start(\'velero\')" && true', BACKUP],
  ['psql -U postgres -c CHECKPOINT 2>&1', FLUSH],
  ['mysql -e "FLUSH LOGS"', FLUSH],
])('%s does nothing', (script, message) => {
  expect(messages(withHook(script))).toEqual([message]);
});

test.each([
  'pg_dump -Fc -f /dump/shop',
  'psql -c CHECKPOINT && pg_dump -Fc -f /dump/shop',
  'mysql -e "FLUSH TABLES WITH READ LOCK; SYSTEM lvcreate -s data"',
  'mysql -e "FLUSH TABLES WITH READ LOCK; SELECT SLEEP(600)" &',
  'psql -c CHECKPOINT && fsfreeze -f /data',
  '/scripts/checkpoint.sh',
  'redis-cli BGSAVE',
])('%s does something', script => {
  expect(messages(withHook(script))).toEqual([]);
});

test('a checkpoint shortens the recovery from a snapshot', () => {
  expect(messages(withHook('psql -c CHECKPOINT', { snapshotMoveData: 'true' }))).toEqual([]);
  const csi = installation('1.18.3').replaceAll('"--uploader-type=kopia"', '"--uploader-type=kopia","--features=EnableCSI"');
  expect(messages(`${csi}---\n${withHook('psql -c CHECKPOINT')}`)).toEqual([]);
  expect(messages(`${csi}---\n${withHook('psql -c CHECKPOINT', { defaultVolumesToFsBackup: 'true' })}`)).toEqual([FLUSH]);
  expect(messages(withHook('mysql -e "FLUSH TABLES WITH READ LOCK"', { snapshotMoveData: 'true' }))).toEqual([LOCK]);
});

test.each([
  [', includedResources: [deployments]', 'includedResources got ["deployments"]'],
  [', excludedResources: [pods]', 'excludedResources got ["pods"]'],
])('a hook without pods never runs: %s', (more, told_) => {
  expect(messages(withHook('pg_dump -f /dump', {}, more))).toEqual([
    `spec.template.hooks.resources[0].${told_}, wanted pods among what the hook is for: Velero runs hooks for nothing else`,
  ]);
});

test.each([['postgres:14.9', 0], ['postgres:17.2', 1], ['registry.example/bitnami/postgresql:13', 0], ['mariadb:11', 1], ['postgres', 1]])(
  'an exclusive backup of %s', (image, findings) => {
    const command = '\'["psql", "-c", "select pg_start_backup(1)"]\'';
    expect(messages(`apiVersion: v1\nkind: Pod\nmetadata:\n  name: database\n  annotations: { pre.hook.backup.velero.io/command: ${command} }\n`
      + `spec: { containers: [{ name: database, image: "${image}" }] }\n`)).toHaveLength(findings);
  });
