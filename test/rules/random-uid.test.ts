import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation } from '../../src/rules/examples';

escapeHatch('random-uid', usual => () => {
  const { volumeMounts } = usual.object('Deployment', 'velero').toJson().spec.template.spec.containers[0];
  const index = volumeMounts.findIndex(({ mountPath }: any) => mountPath === '/tmp');
  usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.remove(`/spec/template/spec/containers/0/volumeMounts/${index}`));
});

interface Change {
  readonly pod?: string;
  readonly container?: string;
  readonly env?: string;
  readonly mount?: string;
  readonly volume?: string;
  readonly image?: string;
}

/** One of the two programs of an installation, with more or other fields. */
function changed(program: 'server' | 'node-agent', version: string, { pod, container, env, mount, volume, image }: Change): string {
  const documents = installation(version).split('---\n');
  const index = documents.findIndex(document => document.includes(`args: ["${program}"`));
  documents[index] = documents[index]
    .replace(/( +)serviceAccountName: velero\n(.*securityContext.*\n)?/, (all, indentation) => pod === undefined ? all : `${indentation}securityContext: { ${pod} }\n`)
    .replace(/( +)command: \[\/velero\]\n/, (all, indentation) =>
      `${all}${container === undefined ? '' : `${indentation}securityContext: { ${container} }\n`}${env === undefined ? '' : `${indentation}env: [${env}]\n`}`)
    .replace(/( +)- \{ name: scratch, mountPath: \/scratch \}\n/, (all, indentation) => mount === undefined ? all : `${all}${indentation}- ${mount}\n`)
    .replace(/( +)- \{ name: scratch, emptyDir: \{\} \}\n/, (all, indentation) => volume === undefined ? all : `${all}${indentation}- ${volume}\n`)
    .replace(/velero\/velero:/, image ?? 'velero/velero:');
  return documents.join('---\n');
}

function found(yaml: string): string[] {
  return told(judged(yaml), 'random-uid').map(line => line.replace(/^error random-uid \w+ velero\/[\w-]+: /, ''));
}

const HOME = (uid: number) => `wanted a folder that uid ${uid} can write, such as one with an emptyDir: kopia keeps the settings of the repositories in it, and none can be opened without`;
const TMP = (folder: string) => `readOnlyRootFilesystem got true, wanted an emptyDir at ${folder} beside it: the program keeps credentials there and does not start without`;
const HOME_VARIABLE = '{ name: HOME, value: /home/cnb }';
const FOLDER = { mount: '{ name: home, mountPath: /home/cnb }', volume: '{ name: home, emptyDir: {} }' };

test.each<[string, Change, string[]]>([
  ['the user of the image', { pod: 'runAsUser: 1002, runAsNonRoot: true' }, []],
  ['root', { pod: 'runAsUser: 0' }, []],
  ['another user has no home', { pod: 'runAsUser: 65534' }, [`HOME got "/", ${HOME(65534)}`]],
  ['the container has the last word', { pod: 'runAsUser: 65534', container: 'runAsUser: 1002' }, []],
  ['another user with a home', { pod: 'runAsUser: 65534', env: HOME_VARIABLE, ...FOLDER }, []],
  ['a home that only its owner can write', { pod: 'runAsUser: 65534', env: HOME_VARIABLE }, [`HOME got "/home/cnb", ${HOME(65534)}`]],
  ['a home in a folder for everybody', { pod: 'runAsUser: 65534', env: '{ name: HOME, value: /tmp/home }' }, []],
  ['a home in a volume that is mounted above', { pod: 'runAsUser: 65534', env: '{ name: HOME, value: /scratch/home }' }, []],
  ['a home in a Secret', { pod: 'runAsUser: 65534', env: '{ name: HOME, value: /repository-password }' }, [`HOME got "/repository-password", ${HOME(65534)}`]],
  ['a home that is mounted read-only', { pod: 'runAsUser: 65534', env: HOME_VARIABLE, volume: FOLDER.volume, mount: '{ name: home, mountPath: /home/cnb, readOnly: true }' },
    [`HOME got "/home/cnb", ${HOME(65534)}`]],
  ['a home that the cluster fills in', { pod: 'runAsUser: 65534', env: '{ name: HOME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }' }, []],
  ['no number', { pod: 'runAsNonRoot: true' },
    ['runAsUser got undefined, wanted the number 1002 beside runAsNonRoot: the image says "cnb", and the kubelet refuses names']],
  ['root that must not be', { pod: 'runAsUser: 0, runAsNonRoot: true' },
    ['runAsUser got 0, wanted the number 1002 beside runAsNonRoot: the kubelet refuses root then']],
  ['a read-only root', { container: 'readOnlyRootFilesystem: true' }, [TMP('/tmp'), `HOME got "/home/cnb", ${HOME(1002)}`]],
  ['a read-only root with /tmp, as the Helm chart', { container: 'readOnlyRootFilesystem: true', mount: '{ name: tmpdir, mountPath: /tmp }', volume: '{ name: tmpdir, emptyDir: {} }' },
    [`HOME got "/home/cnb", ${HOME(1002)}`]],
  ['a read-only root with all in /scratch', { container: 'readOnlyRootFilesystem: true', env: '{ name: HOME, value: /scratch }, { name: TMPDIR, value: /scratch/tmp }' }, []],
  ['an image that nobody knows', { pod: 'runAsUser: 65534', image: 'example.org/velero:' }, []],
  ['a mirror', { pod: 'runAsUser: 65534', image: 'registry.example:5000/velero/velero:' }, [`HOME got "/", ${HOME(65534)}`]],
])('server: %s', (_, change, expected) => {
  expect(found(changed('server', '1.18.3', change))).toEqual(expected);
});

test('restic and an installation without node-agent have no repositories of kopia', () => {
  const wrong = changed('server', '1.16.2', { pod: 'runAsUser: 65534' });
  expect(found(wrong)).toHaveLength(1);
  expect(found(wrong.replace('--uploader-type=kopia', '--uploader-type=restic'))).toEqual([]);
  expect(found(wrong.replace('kind: DaemonSet', 'kind: ReplicaSet'))).toEqual([]);
});

const ROOT = 'wanted 0: only root may read the folders of the pods of a node, and node-agent saves no volume without';

test.each<[string, string, Change, string[]]>([
  ['another user', '1.18.3', { pod: 'runAsUser: 1002' }, [`runAsUser got 1002, ${ROOT}`]],
  ['another user in another group', '1.18.3', { pod: 'runAsUser: 1000, runAsGroup: 1000' }, [`runAsUser got 1000, ${ROOT}`]],
  ['another user, whose group is root by default', '1.18.3', { pod: 'runAsUser: 1000' }, []],
  ['the user of the image in the group root', '1.18.3', { pod: 'runAsUser: 1002', container: 'runAsGroup: 0' }, []],
  ['a user of an image that nobody knows', '1.18.3', { pod: 'runAsUser: 1000', image: 'example.org/velero:' }, [`runAsUser got 1000, ${ROOT}`]],
  ['another user, whose group is root by default, where it reads the files itself', '1.16.2', { pod: 'runAsUser: 1000' },
    [`runAsUser got 1000, ${ROOT}`, `HOME got "/", ${HOME(1000)}`]],
  ['the user of the image', '1.18.3', { pod: 'fsGroup: 1000' }, [`runAsUser got undefined, ${ROOT}`]],
  ['the user of an image that nobody knows', '1.18.3', { pod: 'fsGroup: 1000', image: 'example.org/velero:' }, []],
  ['a read-only root', '1.18.3', { container: 'readOnlyRootFilesystem: true' }, [TMP('/tmp')]],
  ['a read-only root where it runs kopia itself', '1.16.2', { container: 'readOnlyRootFilesystem: true', mount: '{ name: t, mountPath: /tmp }', volume: '{ name: t, emptyDir: {} }' },
    [`HOME got "/root", ${HOME(0)}`]],
])('node-agent: %s', (_, version, change, expected) => {
  expect(found(changed('node-agent', version, change))).toEqual(expected);
});

test('a node-agent without folders of the node, or of Windows, may be any user', () => {
  const other = changed('node-agent', '1.18.3', { pod: 'runAsUser: 1002' });
  expect(found(other.split('\n').filter(line => !line.includes('host-pods')).join('\n'))).toEqual([]);
  expect(found(other.replace('name: node-agent, namespace', 'name: node-agent-windows, namespace'))).toEqual([]);
});
