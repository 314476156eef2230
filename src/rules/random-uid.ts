import { type Container, type Install, isUpstreamVelero, type PodTemplate, type VeleroProgram } from '../model';
import { IMAGE_USER } from '../versions';
import { server } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'random-uid',
  severities: ['error'],
  title: 'A program of Velero runs as a user that cannot write or read what it must',
  goesWrong: `The image of Velero runs as the user ${IMAGE_USER.name}, ${IMAGE_USER.uid}, whose home is /home/${IMAGE_USER.name}. Under another uid HOME is \`/\`, and kopia, which keeps the `
    + 'settings of each repository under HOME, fails with `mkdir /udmrepo: permission denied`: a new repository stays NotReady, and backups have no volume data. '
    + 'With a read-only root it fails likewise, and without a writable /tmp the programs do not start at all: they keep credentials there, and speak with plugins through it. '
    + 'node-agent reads folders that only root and its group may: as the user of the image it ends with `could not read pod volumes host path`. A uid that the image '
    + 'does not know has the group root: node-agent starts then, but up to 1.16 it reads the files itself, and saves no volume with a file that is closed to it. '
    + '`runAsNonRoot` alone is refused by the kubelet, because the image names its user and gives no number.',
  fix: `run the server as ${IMAGE_USER.uid} and node-agent as 0; set HOME to a folder with an emptyDir, and mount one at /tmp too`,
  reference: 'velero v1.18.3 pkg/repository/udmrepo/repo_options.go:213-226, internal/credentials/file_store.go:49-54, Dockerfile; '
    + 'https://github.com/velero-io/velero/issues/9805',
  check: ({ installs }) => installs.flatMap(install => [
    ...install.servers.flatMap(program => [...refusedUser(program), ...temporary(program), ...home(program, install)]),
    ...install.nodeAgents.filter(({ workload }) => workload.name !== 'node-agent-windows')
      .flatMap(program => [...notRoot(program, install), ...temporary(program), ...(copiesFilesItself(install) ? home(program, install) : [])]),
  ]),
  install: '1.18.3',
  bad: () => asUser(10001),
  good: () => asUser(IMAGE_USER.uid),
};

function asUser(uid: number): string {
  return server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite')
    .replace('      serviceAccountName: velero\n', `$&      securityContext: { runAsUser: ${uid}, runAsNonRoot: true }\n`);
}

function refusedUser({ manifest, pod, container }: VeleroProgram): Verdict[] {
  if (!(container.security.runAsNonRoot ?? pod.security.runAsNonRoot)) {
    return [];
  }
  const uid = userOf(pod, container);
  return uid === 0 || (uid === undefined && isUpstream(container)) ? [{
    on: manifest,
    what: 'runAsUser',
    got: uid,
    wanted: `the number ${IMAGE_USER.uid} beside runAsNonRoot: ${uid === 0 ? 'the kubelet refuses root then' : `the image says "${IMAGE_USER.name}", and the kubelet refuses names`}`,
  }] : [];
}

/** Silent without folders of the node: it only moves snapshots then. */
function notRoot({ manifest, pod, container }: VeleroProgram, { release }: Install): Verdict[] {
  const uid = userOf(pod, container) ?? (isUpstream(container) ? IMAGE_USER.uid : 0);
  const onlyLists = release?.has('fs-backup-pods') && groupOf(pod, container, uid) === 0;
  return uid === 0 || onlyLists || pod.volumes.every(({ type }) => type !== 'hostPath') ? [] : [{
    on: manifest, what: 'runAsUser', got: userOf(pod, container), wanted: '0: only root may read the folders of the pods of a node, and node-agent saves no volume without',
  }];
}

/** A uid that the image does not know has the group root, which may list these folders; from 1.17 it is other pods that read what is in them. */
function groupOf(pod: PodTemplate, container: Container, uid: number): number | undefined {
  const declared = container.security.fields.number('runAsGroup') ?? pod.security.fields.number('runAsGroup');
  return declared ?? (isUpstream(container) && uid !== IMAGE_USER.uid ? 0 : undefined);
}

function temporary({ manifest, pod, container }: VeleroProgram): Verdict[] {
  const folder = variable(container, 'TMPDIR', '/tmp');
  return folder === undefined || !hasReadOnlyRoot(container) || mounted(pod, container, folder) ? [] : [{
    on: manifest, what: 'readOnlyRootFilesystem', got: true, wanted: `an emptyDir at ${folder} beside it: the program keeps credentials there and does not start without`,
  }];
}

/** Only kopia writes there, and only where there are repositories, which node-agent fills. restic is told another folder. */
function home({ manifest, pod, container }: VeleroProgram, { uploader, nodeAgents }: Install): Verdict[] {
  const uid = userOf(pod, container) ?? IMAGE_USER.uid;
  const folder = variable(container, 'HOME', HOMES.get(uid) ?? '/');
  const needed = uploader === 'kopia' && nodeAgents.length > 0 && isUpstream(container);
  return !needed || folder === undefined || folder === '' || isWritable(pod, container, uid, folder) ? [] : [{
    on: manifest,
    what: 'HOME',
    got: folder,
    wanted: `a folder that uid ${uid} can write, such as one with an emptyDir: kopia keeps the settings of the repositories in it, and none can be opened without`,
  }];
}

/** From 1.17 pods of their own do it, with a root that they can write. */
function copiesFilesItself({ release }: Install): boolean {
  return release !== undefined && !release.has('fs-backup-pods');
}

const HOMES: ReadonlyMap<number, string> = new Map([[0, '/root'], [IMAGE_USER.uid, `/home/${IMAGE_USER.name}`]]);
const READ_ONLY = new Set(['configMap', 'secret', 'projected', 'downwardAPI']);

function isWritable(pod: PodTemplate, container: Container, uid: number, folder: string): boolean {
  const own = uid === 0 || isBelow(folder, '/tmp') || (uid === IMAGE_USER.uid && isBelow(folder, HOMES.get(uid)!));
  return mounted(pod, container, folder) || (own && !hasReadOnlyRoot(container));
}

function mounted({ volumes }: PodTemplate, { mounts }: Container, folder: string): boolean {
  const writable = new Set(volumes.filter(({ type }) => !READ_ONLY.has(type)).map(({ name }) => name));
  return mounts.some(({ path, volume, readOnly }) => !readOnly && isBelow(folder, path) && writable.has(volume));
}

function isBelow(folder: string, path: string): boolean {
  return `${folder}/`.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function hasReadOnlyRoot({ security }: Container): boolean {
  return security.readOnlyRootFilesystem === true;
}

/** Nothing where the cluster fills it in. */
function variable({ env }: Container, name: string, otherwise: string): string | undefined {
  const found = env.find(each => each.name === name);
  return found === undefined ? otherwise : found.value;
}

function userOf(pod: PodTemplate, container: Container): number | undefined {
  return container.security.runAsUser ?? pod.security.runAsUser;
}

function isUpstream({ image }: Container): boolean {
  return image !== undefined && isUpstreamVelero(image);
}
