import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, nodeAgent, server } from '../../src/rules/examples';

escapeHatch('hard-coded-name', usual => () => usual.object('DaemonSet', 'node-agent').addJsonPatch(JsonPatch.replace('/metadata/name', 'prod-node-agent')));

const SERVER = server('1.18.3', '--uploader-type=kopia');
const SIDECAR = '        - { name: proxy, image: "envoyproxy/envoy:v1.30.0" }\n';

function found(yaml: string): string[] {
  return told(judged(yaml), 'hard-coded-name').map(line => line.replace('error hard-coded-name ', ''));
}

test.each([
  ['a renamed Deployment', SERVER.replace('name: velero,', 'name: prod-velero,'),
    ['Deployment velero/prod-velero: metadata.name got "prod-velero", wanted velero: maintenance of repositories and restores of volumes read the Deployment of that name']],
  ['a StatefulSet', SERVER.replace('kind: Deployment', 'kind: StatefulSet'),
    ['StatefulSet velero/velero: kind got "StatefulSet", wanted Deployment: maintenance of repositories reads the Deployment velero']],
  ['a sidecar before the server', SERVER.replace('      containers:\n', `$&${SIDECAR}`),
    ['Deployment velero/velero: first container got "proxy", wanted velero, the server: maintenance Jobs and restored pods get image and settings of the first container']],
  ['a sidecar behind the server', SERVER.replace('      volumes:\n', `${SIDECAR}$&`), []],
])('server: %s', (_, yaml, expected) => {
  expect(found(yaml)).toEqual(expected);
});

test.each([
  ['a renamed DaemonSet', nodeAgent('1.18.3').replace('name: node-agent,', 'name: prod-node-agent,'),
    ['DaemonSet velero/prod-node-agent: metadata.name got "prod-node-agent", wanted node-agent: backups and restores of volumes read the DaemonSet of that name']],
  ['a Deployment', nodeAgent('1.18.3').replace('kind: DaemonSet', 'kind: Deployment'),
    ['Deployment velero/node-agent: kind got "Deployment", wanted DaemonSet: Velero looks for the DaemonSet node-agent, with a pod on every node']],
  ['that of Windows has no folder of pods', nodeAgent('1.18.3').replace('name: node-agent,', 'name: node-agent-windows,').replaceAll('host_pods', 'pods'), []],
])('node-agent: %s', (_, yaml, expected) => {
  expect(found(yaml)).toEqual(expected);
});

test.each([
  ['1.15.2', ', name: node-agent, role', ', role', ['name got undefined, wanted node-agent: by this label Velero 1.15.2 finds the pods, and no file-system backup works without']],
  ['1.15.2', ', role: node-agent', '', []],
  ['1.16.2', ', role: node-agent', '', ['role got undefined, wanted node-agent: by this label Velero 1.16.2 finds the pods, and no file-system backup works without']],
  ['1.16.2', 'role: node-agent', 'role: agent', ['role got "agent", wanted node-agent: by this label Velero 1.16.2 finds the pods, and no file-system backup works without']],
  ['1.99.0', ', role: node-agent', '', []],
])('label of the pods in %s without "%s"', (version, text, replacement, expected) => {
  expect(found(nodeAgent(version).replace(text, replacement))).toEqual(expected.map(line => `DaemonSet velero/node-agent: spec.template.metadata.labels.${line}`));
});

const PLACE = 'wanted /host_pods for the volume host-pods, the folder of the pods of the node: Velero looks for volumes there and nowhere else';

test.each([
  ['mounted elsewhere', '1.18.3', (yaml: string) => yaml.replace('/host_pods', '/pods'), [`volumeMounts got "/pods", ${PLACE}`]],
  ['with a slash at the end', '1.18.3', (yaml: string) => yaml.replace('/host_pods', '/host_pods/'), []],
  ['left out, as 1.16 and later allow', '1.16.2', leftOut, []],
  ['left out before', '1.15.2', leftOut, [`volumeMounts got undefined, ${PLACE}`]],
  ['of another name', '1.17.2', (yaml: string) => yaml.replaceAll('host-pods', 'kubelet-pods'),
    ['volume at /host_pods got "kubelet-pods", wanted host-pods: by this name Velero 1.17.2 finds the folder of the pods']],
  ['of another name before 1.17', '1.16.2', (yaml: string) => yaml.replaceAll('host-pods', 'kubelet-pods'), []],
  ['an empty one', '1.18.3', (yaml: string) => yaml.replace('hostPath: { path: /var/lib/kubelet/pods }', 'emptyDir: {}'),
    ['volume host-pods got "emptyDir", wanted hostPath: the folder of the pods of the node, /var/lib/kubelet/pods in most clusters']],
])('folder of the pods: %s', (_, version, change, expected) => {
  expect(found(change(nodeAgent(version)))).toEqual(expected.map(line => `DaemonSet velero/node-agent: ${line}`));
});

function leftOut(yaml: string): string {
  return yaml.split('\n').filter(line => !line.includes('host-pods')).join('\n');
}

test.each([
  ['1.17 makes pods like it for file-system backup', installation('1.17.2'), true],
  ['before, only the data mover does', installation('1.16.2'), false],
  ['which works with CSI', installation('1.16.2').replace('"server",', '"server","--features=EnableCSI",'), true],
])('two containers of node-agent: %s', (_, yaml, minds) => {
  const [, agent] = yaml.split('kind: DaemonSet');
  expect(found(yaml.replace(agent, agent.replace('      volumes:\n', `${SIDECAR}$&`)))).toEqual(minds ? [
    'DaemonSet velero/node-agent: containers got "node-agent, proxy", wanted one container: Velero makes the pods that move data like this one, and takes no template with more',
  ] : []);
});
