import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { nodeAgent, schedule, server } from '../../src/rules/examples';

escapeHatch('node-agent-missing', usual => {
  usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/args/-', '--default-volumes-to-fs-backup'));
  return () => usual.object('DaemonSet', 'node-agent').addJsonPatch(JsonPatch.replace('/kind', 'ReplicaSet'));
});

const SERVER = server('1.18.3', '--uploader-type=kopia');
const WANTED = 'wanted a DaemonSet node-agent in velero, which does this work: there is a server and no node-agent';

const POLICY = `apiVersion: v1
kind: ConfigMap
metadata: { name: volumes, namespace: velero }
data: { policy.yaml: "version: v1\\nvolumePolicies: [{ conditions: { storageClass: [ssd] }, action: { type: fs-backup } }]" }
`;

const CHOSEN = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec: { template: { metadata: { annotations: { backup.velero.io/backup-volumes: data } } } }
`;

test.each([
  ['the server copies files', [server('1.18.3', '--uploader-type=kopia', '--default-volumes-to-fs-backup')],
    [`Deployment velero/velero: --default-volumes-to-fs-backup got "true", ${WANTED}`]],
  ['the server moves snapshots', [server('1.18.3', '--uploader-type=kopia', '--default-snapshot-move-data=true')],
    [`Deployment velero/velero: --default-snapshot-move-data got "true", ${WANTED}`]],
  ['a schedule copies files', [SERVER, schedule({ template: { defaultVolumesToFsBackup: 'true' } })],
    [`Schedule velero/nightly: spec.template.defaultVolumesToFsBackup got true, ${WANTED}`]],
  ['a schedule moves snapshots', [SERVER, schedule({ template: { snapshotMoveData: 'true' } })],
    [`Schedule velero/nightly: spec.template.snapshotMoveData got true, ${WANTED}`]],
  ['a policy copies files', [SERVER, POLICY, schedule({ template: { resourcePolicy: '{ kind: ConfigMap, name: volumes }' } })],
    [`Schedule velero/nightly: spec.template.resourcePolicy got "volumes with the action fs-backup", ${WANTED}`]],
  ['a pod has its volumes chosen', [SERVER, schedule(), CHOSEN], [`StatefulSet shop/db: annotation backup.velero.io/backup-volumes got "data", ${WANTED}`]],
  ['which no schedule saves', [SERVER, CHOSEN], []],
  ['switched off', [server('1.18.3', '--uploader-type=kopia', '--default-volumes-to-fs-backup=false'), schedule({ template: { snapshotMoveData: 'false' } })], []],
  ['with node-agent', [server('1.18.3', '--uploader-type=kopia', '--default-volumes-to-fs-backup'), nodeAgent('1.18.3')], []],
  ['without a server: it may be elsewhere', [schedule({ template: { defaultVolumesToFsBackup: 'true' } })], []],
])('%s', (_, documents, expected) => {
  expect(told(judged(documents.join('---\n')), 'node-agent-missing')).toEqual(expected.map(line => `error node-agent-missing ${line}`));
});
