import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, nodeAgent, schedule, server } from '../../src/rules/examples';

escapeHatch('scratch-saved', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.remove('/spec/template/resourcePolicy')));

function findings(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'scratch-saved').map(line => line.replace('warning scratch-saved ', ''));
}

const ALL = { defaultVolumesToFsBackup: 'true' };
const NAMED = { ...ALL, resourcePolicy: '{ kind: ConfigMap, name: volumes }' };

function policy(...rules: string[]): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: volumes, namespace: velero }\ndata:\n  policy.yaml: '{ version: v1, volumePolicies: [${rules.join(', ')}] }'\n`;
}

function pod(annotations: string, volume: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: shop, namespace: shop, annotations: ${annotations} }\nspec: { containers: [{ name: shop }], volumes: [${volume}] }\n`;
}

test('what the server does by default counts', () => {
  const byServer = `${server('1.18.3', '--uploader-type=kopia', '--default-volumes-to-fs-backup')}---\n${nodeAgent('1.18.3')}`;
  expect(findings(byServer, schedule())).toEqual([
    'Schedule velero/nightly: spec.template.defaultVolumesToFsBackup got undefined, wanted a volume policy beside --default-volumes-to-fs-backup that skips emptyDir: '
    + 'scratch data is uploaded in every backup',
  ]);
  expect(findings(byServer, schedule({ template: { defaultVolumesToFsBackup: 'false' } }))).toEqual([]);
  expect(findings(installation('1.18.3'), schedule())).toEqual([]);
});

test.each([
  ['skips it among others', ['{ conditions: { volumeTypes: [hostPath, emptyDir] }, action: { type: skip } }'], 0],
  ['skips everything', ['{ conditions: {}, action: { type: skip } }'], 0],
  ['skips what is empty by capacity', ['{ conditions: { capacity: "0,1Gi" }, action: { type: skip } }'], 0],
  ['skips what is large', ['{ conditions: { capacity: "1Gi," }, action: { type: skip } }'], 1],
  ['is about claims', ['{ conditions: { storageClass: [fast] }, action: { type: skip } }'], 1],
  ['is about network volumes', ['{ conditions: { nfs: {} }, action: { type: skip } }'], 1],
  ['copies it first', ['{ conditions: {}, action: { type: fs-backup } }', '{ conditions: { volumeTypes: [emptyDir] }, action: { type: skip } }'], 1],
  ['has no rules', [], 1],
])('a policy that %s', (_, rules, count) => {
  expect(findings(policy(...rules), schedule({ template: NAMED }))).toHaveLength(count);
});

test('the policy of the server is asked after that of the backup', () => {
  const global = `${server('1.18.3', '--uploader-type=kopia', '--global-backup-volume-policies-configmap=volumes')}---\n${nodeAgent('1.18.3')}`;
  const skip = policy('{ conditions: { volumeTypes: [emptyDir] }, action: { type: skip } }');
  expect(findings(global, skip, schedule({ template: ALL }))).toEqual([]);
  expect(findings(global, policy(), schedule({ template: ALL }))).toHaveLength(1);
});

test.each([
  ['the policy is not in the input', schedule({ template: NAMED })],
  ['no node-agent runs', `${server('1.18.3', '--uploader-type=kopia')}---\n${schedule({ template: ALL })}`],
  ['no pods are saved', schedule({ template: { ...ALL, includedResources: '[configmaps]' } })],
])('silent when %s', (_, yaml) => {
  expect(findings(yaml)).toEqual([]);
});

test.each([
  ['none of them has scratch volumes', '{}', '{ name: data, persistentVolumeClaim: { claimName: data } }', 0],
  ['each leaves them out', '{ backup.velero.io/backup-volumes-excludes: "a,tmp" }', '{ name: tmp, emptyDir: {} }', 0],
  ['one has one', '{}', '{ name: tmp, emptyDir: {} }', 1],
])('where the workloads of the namespaces are known: %s', (_, annotations, volume, count) => {
  expect(findings(pod(annotations, volume), schedule({ template: ALL }))).toHaveLength(count);
  expect(findings(pod(annotations, volume), schedule({ template: { ...ALL, includedNamespaces: '[shop, wiki]' } }))).toHaveLength(1);
});
