import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { run } from '../command';
import { KUBELET, LOGS, NODE, NODE_ADDRESS, PROCESSES, SERVICE_RANGE, STATE, VOLUMES } from './places';

/** What the kubelet wants of the kernel. It would set it for the whole machine; where it reads what it wants, it sets nothing. */
const KERNEL_SETTINGS = {
  'vm/overcommit_memory': 1,
  'vm/panic_on_oom': 0,
  'kernel/panic': 10,
  'kernel/panic_on_oops': 1,
  'kernel/keys/root_maxkeys': 1000000,
  'kernel/keys/root_maxbytes': 25000000,
};

/** Gives the namespaces file systems, control groups and a network of their own. */
export async function prepareNamespaces(): Promise<void> {
  await mountPrivateFolders();
  await mountControlGroups();
  await answerKernelSettings();
  await prepareNetwork();
}

/** `/run` is empty, `/etc` and `/var` look like the machine's until something is written to them. */
async function mountPrivateFolders(): Promise<void> {
  await run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run']);
  for (const folder of [STATE, LOGS, PROCESSES, VOLUMES, '/run/lock', '/run/netns', '/run/xtables']) {
    mkdirSync(folder, { recursive: true });
  }
  for (const name of ['etc', 'var']) {
    const [upper, work] = ['upper', 'work'].map(part => join(STATE, 'overlay', name, part));
    mkdirSync(upper, { recursive: true });
    mkdirSync(work);
    await run('mount', ['-t', 'overlay', '-o', `lowerdir=/${name},upperdir=${upper},workdir=${work}`, 'overlay', `/${name}`]);
  }
  // Containers see what is mounted below it later (HostToContainer), which takes a shared mount.
  mkdirSync(KUBELET, { recursive: true });
  await run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', KUBELET]);
  await run('mount', ['--make-shared', KUBELET]);
}

/** Mounted again here, the hierarchies begin at the groups of this run: no program sees or touches another one's. */
async function mountControlGroups(): Promise<void> {
  const mounts = process.env.E2E_GROUP_MOUNTS!.split('\n').map(line => line.split(' '));
  await run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/sys/fs/cgroup']);
  for (const [mountpoint, options] of mounts) {
    mkdirSync(mountpoint, { recursive: true });
    await run('mount', options === undefined ? ['-t', 'cgroup2', 'cgroup2', mountpoint] : ['-t', 'cgroup', '-o', options, 'cgroup', mountpoint]);
  }
}

async function answerKernelSettings(): Promise<void> {
  mkdirSync(join(STATE, 'kernel'));
  for (const [name, value] of Object.entries(KERNEL_SETTINGS)) {
    const setting = join('/proc/sys', name);
    if (readFileSync(setting, 'utf8').trim() !== String(value)) {
      const answer = join(STATE, 'kernel', name.replaceAll('/', '.'));
      writeFileSync(answer, `${value}\n`);
      await run('mount', ['--bind', answer, setting]);
    }
  }
}

/** The node's address is on the loopback interface. There is no way out: nothing waits for an answer from elsewhere. */
async function prepareNetwork(): Promise<void> {
  await run('hostname', [NODE]);
  await run('ip', ['link', 'set', 'lo', 'up']);
  await run('ip', ['address', 'add', `${NODE_ADDRESS}/32`, 'dev', 'lo']);
  await run('ip', ['route', 'add', SERVICE_RANGE, 'dev', 'lo', 'src', NODE_ADDRESS]);
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
  rmSync('/etc/resolv.conf', { force: true });
  writeFileSync('/etc/resolv.conf', `nameserver ${NODE_ADDRESS}\nsearch svc.cluster.local cluster.local\noptions ndots:5\n`);
  writeFileSync('/etc/hosts', `127.0.0.1 localhost\n${NODE_ADDRESS} ${NODE}\n`);
}
