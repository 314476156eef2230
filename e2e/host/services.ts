import { spawnSync } from 'child_process';
import { existsSync, readdirSync } from 'fs';
import { basename } from 'path';

/** Where Debian's init scripts have links that start them at boot; systemd starts those that have no unit, too. */
const RUN_LEVELS = ['2', '3', '4', '5', 'S'].map(level => `/etc/rc${level}.d`);

/** What dpkg says of packages that are not there, or that it has yet to configure for the first time. */
const NEVER_CONFIGURED = /^((not-installed|config-files)\b.*|(unpacked|half-\w+) ?)$/;

/** The packages of Debian that are configured on this machine: whether their services start is decided. */
export function configuredPackages(): string[] {
  const lines = now('dpkg-query', '--show', '--showformat', '${binary:Package} ${db:Status-Status} ${Config-Version}\n').trimEnd().split('\n');
  return lines.map(line => /^(\S+) (.*)$/.exec(line)!).filter(([, , state]) => !NEVER_CONFIGURED.test(state)).map(([, name]) => name);
}

/** Keeps the services that packages have brought from starting at the next boot, whether systemd runs here or not. */
export function disableServices(packages: string[]): void {
  if (packages.length === 0) {
    return;
  }
  const files = now('dpkg-query', '--listfiles', ...packages).split('\n');
  const units = files.filter(file => /^(\/usr)?\/lib\/systemd\/system\/[^/@]+\.(service|socket|target|timer|path)$/.test(file)).map(file => basename(file));
  if (units.length > 0 && existsSync('/usr/bin/systemctl')) {
    now('env', 'SYSTEMCTL_SKIP_SYSV=1', 'systemctl', '--quiet', 'disable', ...units);
  }
  const started = new Set(RUN_LEVELS.filter(existsSync).flatMap(folder => readdirSync(folder)).map(link => link.replace(/^S\d\d/, '')));
  files.filter(file => file.startsWith('/etc/init.d/')).map(file => basename(file)).filter(name => started.has(name))
    .forEach(name => now('update-rc.d', name, 'disable'));
}

/** Runs a command that no signal interrupts: this process handles none meanwhile, and Ctrl-C does not reach another session. */
function now(program: string, ...parameters: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('setsid', ['--wait', program, ...parameters], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
  if (status !== 0) {
    throw new Error(`${[program, ...parameters].join(' ').slice(0, 500)}: exit ${status}, wanted 0\n${error?.message ?? stderr}`);
  }
  return stdout;
}
