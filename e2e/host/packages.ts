import { chmodSync, existsSync, rmSync, writeFileSync } from 'fs';
import { attempt, run } from '../command';
import { part } from '../progress';

/** Debian packages whose programs the cluster runs. */
const PACKAGES = [
  'busybox-static', 'ceph-common', 'ceph-mon', 'ceph-osd', 'conntrack', 'containerd', 'containernetworking-plugins', 'curl', 'etcd-server',
  'git', 'iproute2', 'iptables', 'openssl', 'radosgw', 'redis-server', 'runc', 'tini',
];

/** Asked by Debian's packages whether they may start their services; 101 forbids it. */
const POLICY = '/usr/sbin/policy-rc.d';

/** Installs what is missing. No service is started. */
export async function installPackages(): Promise<void> {
  const missing = await missingPackages();
  if (missing.length > 0) {
    await part(`Debian packages (${missing.length})`, () => install(missing));
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
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
    chmodSync(POLICY, 0o755);
  }
  try {
    await run('apt-get', ['update', '--quiet']);
    await run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...packages], { environment: { DEBIAN_FRONTEND: 'noninteractive' } });
  } finally {
    if (ownPolicy) {
      rmSync(POLICY, { force: true });
    }
  }
}
