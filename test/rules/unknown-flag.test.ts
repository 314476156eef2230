import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { nodeAgent, server } from '../../src/rules/examples';

escapeHatch('unknown-flag', usual => () =>
  usual.object('DaemonSet', 'node-agent').addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/args/-', '--uploader-type=kopia')));

test.each([
  ['--concurrent-backups=2', 'take it away: it is a flag of the server of Velero 1.18'],
  ['--log-levle=debug', 'write --log-level'],
  ['--defaultBackupTTL', 'write --default-backup-ttl'],
  ['--no-such-thing', undefined],
])('%s of a server of 1.17.2: %s', (flag, next) => {
  const [judgement] = judged(server('1.17.2', '--uploader-type=kopia', flag)).filter(({ rule }) => rule.id === 'unknown-flag');
  expect(judgement.next).toBe(next);
});

test('flags are read as the program reads them: the value of one is none', () => {
  const args = ['--log-level', 'debug', '--restore-only', '-n', 'backup', '--colorized=false'];
  expect(told(judged(server('1.18.3', '--uploader-type', 'kopia', ...args)), 'unknown-flag')).toEqual([]);
});

test('a node-agent alone tells the version too', () => {
  expect(told(judged(nodeAgent('1.14.1', '--node-agent-configmap=settings')), 'unknown-flag')).toEqual([
    'error unknown-flag DaemonSet velero/node-agent: --node-agent-configmap got undefined, wanted a flag that the node-agent of Velero 1.14.1 has: '
    + 'it has no such flag and would not start',
  ]);
});
