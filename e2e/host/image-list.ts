import { realpathSync } from 'fs';
import { join } from 'path';
import { IMAGE_USER, releaseOf } from '../../src/versions';
import { attempt, run } from '../command';
import { Image, ImageFile } from './images';
import { Tools } from './tools';

/** The releases of Velero that can be installed, oldest first. */
export const VELERO_RELEASES = ['1.14.1', '1.16.2', '1.17.2', '1.18.3'];

/** The code of the plugin under every tag: the releases that the library pairs with Velero's are not to be had as Go modules. */
const PLUGIN = 'velero-plugin-for-aws-1.14.3';

/** The same of restic. */
const RESTIC = 'restic-0.16.5';

const SEALED_SECRETS = 'sealed-secrets-0.36.6';

/** Everything that the cluster may start, with the references that the library emits. */
export async function imageList(tools: Tools): Promise<Image[]> {
  const busybox = await debianFile('/bin/busybox', 'busybox-static');
  return [
    pause(busybox),
    await toolbox(busybox),
    sealedSecrets(tools),
    pluginForAws(tools),
    ...VELERO_RELEASES.flatMap(release => velero(tools, release)),
  ];
}

/** Holds the namespaces of a pod. */
function pause({ from, version }: DebianFile): Image {
  return {
    references: ['docker.io/cdk8s-velero-e2e/pause:1'],
    files: [{ path: 'bin/busybox', from }],
    config: { Entrypoint: ['/bin/busybox', 'sleep', '2147483647'] },
    version,
  };
}

/** What applications run and what local-path makes and removes its folders with. */
async function toolbox(busybox: DebianFile): Promise<Image> {
  const commands = (await run(busybox.from, ['--list'])).trim().split('\n').filter(name => name !== 'busybox');
  // A static program cannot resolve names with glibc: its wget crashes.
  const curl = await debianFile('/usr/bin/curl', 'curl');
  const libraries = [...(await run('ldd', [curl.from])).matchAll(/(\/\S+)/g)].map(([path]) => path);
  return {
    references: ['docker.io/library/busybox:1.36'],
    files: [
      { path: 'bin/busybox', from: busybox.from },
      ...commands.map(name => ({ path: join('bin', name), target: 'busybox' })),
      ...[curl.from, ...libraries].map(path => ({ path, from: realpathSync(path) })),
      { path: 'etc/passwd', text: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n' },
      { path: 'etc/group', text: 'root:x:0:\nnobody:x:65534:\n' },
    ],
    config: { Cmd: ['sh'] },
    version: `${busybox.version} ${curl.version}`,
  };
}

function sealedSecrets(tools: Tools): Image {
  return {
    references: [`docker.io/bitnami/sealed-secrets-controller:${SEALED_SECRETS.replace(/^.*-/, '')}`],
    files: [{ path: 'usr/local/bin/controller', from: join(tools[SEALED_SECRETS], 'controller') }],
    config: { User: '1001', Entrypoint: ['controller'] },
    version: '',
  };
}

function pluginForAws(tools: Tools): Image {
  return {
    references: VELERO_RELEASES.map(release => `docker.io/${releaseOf(release).images.pluginForAws}`),
    files: [
      { path: 'plugins/velero-plugin-for-aws', from: join(tools[PLUGIN], 'velero-plugin-for-aws') },
      { path: 'bin/cp-plugin', from: join(tools[PLUGIN], 'cp-plugin') },
    ],
    config: { User: '65532:65532', Entrypoint: ['cp-plugin', '/plugins/velero-plugin-for-aws', '/target/velero-plugin-for-aws'] },
    version: '',
  };
}

/** The server's image, and the restore helper's where the release has one of its own; with the paths and the user of the published ones. */
function velero(tools: Tools, release: string): Image[] {
  const { images } = releaseOf(release);
  const folder = tools[`velero-${release}`];
  const helper: ImageFile = { path: 'velero-restore-helper', from: join(folder, 'velero-restore-helper') };
  const config = { User: `${IMAGE_USER.name}:${IMAGE_USER.name}` };
  const server: Image = {
    references: [`docker.io/${images.server}`],
    files: [
      ...runImage(),
      { path: 'velero', from: join(folder, 'velero') },
      { path: 'usr/bin/restic', from: join(tools[RESTIC], 'restic') },
      ...(images.restoreHelper ? [] : [helper]),
    ],
    config,
    version: '',
  };
  return images.restoreHelper === undefined ? [server] : [server, {
    references: [`docker.io/${images.restoreHelper}`],
    files: [...runImage(), helper],
    config: { ...config, Entrypoint: ['/velero-restore-helper'] },
    version: '',
  }];
}

/** Like the image that Velero's are based on: its user, a home and certificates, and no shell. */
function runImage(): ImageFile[] {
  const { name, uid, gid } = IMAGE_USER;
  return [
    {
      path: 'etc/passwd',
      text: ['root:x:0:0:root:/root', 'nobody:x:65534:65534:nobody:/nonexistent', `${name}:x:${uid}:${gid}::/home/${name}`]
        .map(line => `${line}:/sbin/nologin\n`).join(''),
    },
    { path: 'etc/group', text: `root:x:0:\nnobody:x:65534:\n${name}:x:${gid}:\n` },
    { path: `home/${name}/.keep`, text: '' },
    { path: 'etc/ssl/certs/ca-certificates.crt', from: '/etc/ssl/certs/ca-certificates.crt' },
  ];
}

interface DebianFile {
  readonly from: string;
  readonly version: string;
}

/** A file that a package of Debian brings, whose version stands for its content. */
async function debianFile(path: string, name: string): Promise<DebianFile> {
  const { stdout } = await attempt('dpkg-query', ['--show', '--showformat', '${Version}', name]);
  return { from: path, version: stdout.trim() };
}
