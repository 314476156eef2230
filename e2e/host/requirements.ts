import { existsSync, readFileSync, realpathSync } from 'fs';
import { basename, dirname, join } from 'path';
import { PRIVATE_FOLDERS } from '../cluster/places';
import { attempt } from '../command';
import { CACHE_OVERRIDE, cacheFolder } from './cache';

const CHECKOUT = join(__dirname, '..', '..');

/** The oldest Go that the modules in `e2e/tools` name. */
const GO = '1.26';

/** Refuses a machine that cannot hold the cluster, with everything that is missing in one message. */
export async function refuseUnfitMachine(): Promise<void> {
  const found = [
    process.platform === 'linux' ? '' : `system: got ${process.platform}, wanted linux; run it in a virtual machine with Debian 12`,
    process.arch === 'x64' ? '' : `processor: got ${process.arch}, wanted x64 (amd64)`,
    process.getuid?.() === 0 ? '' : 'user: not root, wanted root: it makes namespaces, mounts and control groups; run it with sudo',
    await works('apt-get', ['--version']) ? '' : 'apt-get: not there, wanted Debian 12: containerd, etcd and Ceph come from its packages',
    await works('unshare', ['--version']) ? '' : 'unshare: not there, wanted the package util-linux',
    await wrongGo(),
    wrongControlGroups(),
    wrongPlace('checkout', CHECKOUT, 'move it'),
    wrongPlace('cache', cacheFolder(), `name another folder with ${CACHE_OVERRIDE}`),
  ].filter(problem => problem !== '');
  if (found.length > 0) {
    throw new Error(`This machine cannot run the end-to-end suite:\n${found.map(problem => `  - ${problem}`).join('\n')}`);
  }
}

async function wrongGo(): Promise<string> {
  if (!await works('go', ['version'])) {
    return `go: not there, wanted ${GO} or newer: it builds Kubernetes and Velero; see https://go.dev/doc/install`;
  }
  const { stdout } = await attempt('go', ['env', 'GOVERSION']);
  const [major, minor] = stdout.trim().replace(/^go/, '').split('.').map(Number);
  const [wantedMajor, wantedMinor] = GO.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor) ? '' : `go: got ${stdout.trim()}, wanted ${GO} or newer`;
}

/** The run has control groups of its own in the hierarchies of version 1; version 2 alone was never tried. */
function wrongControlGroups(): string {
  if (process.platform !== 'linux') {
    return '';
  }
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  return / - cgroup \S+ \S*\bmemory\b/.test(mounts)
    ? ''
    : 'control groups: no memory hierarchy of version 1 is mounted; boot with systemd.unified_cgroup_hierarchy=0 or mount them under /sys/fs/cgroup';
}

/** The clusters of a run share the checkout and the cache with the machine. */
function wrongPlace(what: string, folder: string, next: string): string {
  const real = realPath(folder);
  return PRIVATE_FOLDERS.some(hidden => `${real}/`.startsWith(`${hidden}/`))
    ? `${what}: got ${real}, wanted none below ${PRIVATE_FOLDERS.join(', ')}: the cluster has folders of its own there; ${next}`
    : '';
}

/** Also of what is not there yet. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path));
}

async function works(program: string, parameters: string[]): Promise<boolean> {
  try {
    return (await attempt(program, parameters)).code === 0;
  } catch {
    return false;
  }
}
