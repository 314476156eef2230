import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { VeleroVersion } from '../../src';
import { server } from '../../src/rules/examples';

escapeHatch('restic-deprecated', usual => () =>
  usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/args/-', '--uploader-type=restic')), VeleroVersion.V1_16_2);

test('names the last versions that write and restore', () => {
  expect(told(judged(server('1.15.2', '--uploader-type=restic')), 'restic-deprecated')).toEqual([
    'warning restic-deprecated Deployment velero/velero: --uploader-type got "restic", wanted kopia: Velero writes with restic before 1.17 only, '
    + 'and restores what restic wrote before 1.19 only',
  ]);
});

test.each([
  ['1.14 writes with restic without a word', '1.14.1', '--uploader-type=restic'],
  ['1.17 does not at all', '1.17.2', '--uploader-type=restic'],
  ['without the flag', '1.16.2', '--log-level=info'],
])('silent: %s', (_, version, flag) => {
  expect(told(judged(server(version, flag)), 'restic-deprecated')).toEqual([]);
});
