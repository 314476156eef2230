import { existsSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { attempt, run } from '../command';
import { part, tell } from '../progress';
import { isOfRunning, ownMark } from './processes';
import { configuredPackages, disableServices } from './services';

/** Debian packages whose programs the cluster runs. */
const PACKAGES = [
  'busybox-static', 'ceph-common', 'ceph-mon', 'ceph-osd', 'conntrack', 'containerd', 'containernetworking-plugins', 'curl', 'etcd-server',
  'git', 'iproute2', 'iptables', 'openssl', 'radosgw', 'redis-server', 'runc', 'tini',
];

/** Asked by Debian's packages whether they may start their services; 101 forbids it. */
const POLICY = '/usr/sbin/policy-rc.d';

/** What tells the suite's own policy from one of the machine; the mark of the process that made it follows. */
const OWN_POLICY = '# made by the end-to-end suite of cdk8s-velero, process ';

/** Installs what is missing. No service is started, now or at the next boot. */
export async function installPackages(): Promise<void> {
  removeLeftPolicy();
  const missing = await missingPackages();
  if (missing.length > 0) {
    await part(`Debian packages (${missing.length})`, () => install(missing));
  }
}

/** A run that was killed leaves its policy, and no service of the machine could be started any more. */
function removeLeftPolicy(): void {
  const [, maker] = (existsSync(POLICY) && readFileSync(POLICY, 'utf8').split('\n')[1]?.split(OWN_POLICY)) || [];
  if (maker !== undefined && !isOfRunning(maker)) {
    rmSync(POLICY);
  }
}

async function missingPackages(): Promise<string[]> {
  const { stdout } = await attempt('dpkg-query', ['--show', '--showformat', '${Package} ${db:Status-Status}\n', ...PACKAGES]);
  const installed = new Set(stdout.split('\n').filter(line => line.endsWith(' installed')).map(line => line.split(' ')[0]));
  return PACKAGES.filter(name => !installed.has(name));
}

async function install(packages: string[]): Promise<void> {
  const ownPolicy = !existsSync(POLICY);
  if (ownPolicy) {
    writeFileSync(POLICY, `#!/bin/sh\n${OWN_POLICY}${ownMark()}\nexit 101\n`, { mode: 0o755 });
  }
  const before = new Set(configuredPackages());
  try {
    await aptGet('update');
    await aptGet('install', '--yes', '--no-install-recommends', ...packages);
  } finally {
    disableNewServices(before);
    if (ownPolicy) {
      rmSync(POLICY, { force: true });
    }
  }
}

/** What goes wrong here must not take the place of what went wrong before, nor leave the policy. */
function disableNewServices(before: ReadonlySet<string>): void {
  try {
    disableServices(configuredPackages().filter(name => !before.has(name)));
  } catch (error) {
    tell(`services that were installed start at the next boot, wanted none: ${(error as Error).message}`);
  }
}

/** In a session of its own: Ctrl-C at the terminal must not reach the dpkg below it, which would leave a package half installed. */
async function aptGet(...parameters: string[]): Promise<void> {
  await run('setsid', ['--wait', 'apt-get', '--quiet', ...parameters], { environment: { DEBIAN_FRONTEND: 'noninteractive' } });
}
