import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'fs';
import { join, relative } from 'path';
import { setTimeout } from 'timers/promises';

const PREFIX = 'cdk8s-velero-e2e-';

/** How long the last process of a killed cluster may take to go. */
const EMPTY_WITHIN_MS = 10_000;

/** One mounted hierarchy of control groups. */
interface Hierarchy {
  /** Options that mount it again, such as `cpu,cpuacct`; absent for version 2. */
  readonly options?: string;
  /** Where it is mounted. */
  readonly mountpoint: string;
  /** The folder of the group that this process is in. */
  readonly own: string;
}

/**
 * A group in every hierarchy for the processes of one cluster, below the group of this process: what limits this process limits the run.
 */
export class ControlGroups {
  /**
   * Makes the groups of a cluster. Their name has the id of this process, which keeps other runs from taking them for leftovers.
   *
   * @param cluster which one of the run
   */
  public static make(cluster: string): ControlGroups {
    const groups = new ControlGroups(`${PREFIX}${process.pid}.${cluster}`);
    groups.folders.forEach(folder => {
      mkdirSync(folder);
      inheritProcessors(folder);
    });
    return groups;
  }

  /** Removes what runs left behind that were killed. */
  public static async removeLeftovers(): Promise<void> {
    const names = new Set(hierarchies().flatMap(({ own }) => readdirSync(own)).filter(name => name.startsWith(PREFIX)));
    for (const name of names) {
      const groups = new ControlGroups(name);
      if (!existsSync(`/proc/${name.slice(PREFIX.length).split('.')[0]}`) && !groups.occupied) {
        await groups.remove();
      }
    }
  }

  /** Removes the groups of a cluster when its last process has gone, also for a process that is in another group than the one that made them. */
  public static async removeFolders(folders: readonly string[]): Promise<void> {
    const deadline = Date.now() + EMPTY_WITHIN_MS;
    for (const folder of folders) {
      while (!removeTree(folder)) {
        if (Date.now() > deadline) {
          throw new Error(`${folder}: there are processes in it, wanted none ${EMPTY_WITHIN_MS / 1000} s after the cluster ended`);
        }
        await setTimeout(50);
      }
    }
  }

  private readonly hierarchies = hierarchies();

  private constructor(private readonly name: string) {}

  /** The folder of the cluster in each hierarchy. */
  public get folders(): string[] {
    return this.hierarchies.map(({ own }) => join(own, this.name));
  }

  /** Where and how to mount the hierarchies again in namespaces whose root are these groups: `mountpoint options`, without options for version 2. */
  public get mounts(): string[] {
    return this.hierarchies.map(({ mountpoint, options = '' }) => `${mountpoint} ${options}`.trim());
  }

  /** Whether a process is in one of the groups. */
  public get occupied(): boolean {
    return this.folders.some(folder => occupied(folder));
  }

  /** Removes the groups when the last process has gone. */
  public remove(): Promise<void> {
    return ControlGroups.removeFolders(this.folders);
  }
}

/** @see man 5 proc_pid_mountinfo */
function hierarchies(): Hierarchy[] {
  const own = new Map(readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n').map(line => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line)!;
    return [controllers, path];
  }));
  return readFileSync('/proc/self/mountinfo', 'utf8').trim().split('\n').flatMap(line => {
    const [before, after] = line.split(' - ');
    const [, , , root, mountpoint] = before.split(' ');
    const [type, , options] = after.split(' ');
    if (type !== 'cgroup' && type !== 'cgroup2') {
      return [];
    }
    const controllers = type === 'cgroup2' ? '' : options.split(',').filter(option => !/^(rw|ro|xattr|clone_children|release_agent=.*)$/.test(option)).join(',');
    const path = own.get(controllers);
    return path === undefined ? [] : [{ options: controllers || undefined, mountpoint, own: join(mountpoint, relative(root, path)) }];
  });
}

/** A new group of version 1 has no processors and no memory until it is told which; nothing can enter it before. */
function inheritProcessors(folder: string): void {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (existsSync(join(folder, file))) {
      writeFileSync(join(folder, file), readFileSync(join(folder, '..', file)));
    }
  }
}

function occupied(folder: string): boolean {
  return existsSync(folder) && (readFileSync(join(folder, 'cgroup.procs'), 'utf8') !== '' || children(folder).some(occupied));
}

/** Deepest first. */
function removeTree(folder: string): boolean {
  if (!existsSync(folder)) {
    return true;
  }
  if (!children(folder).map(removeTree).every(removed => removed)) {
    return false;
  }
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function children(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => join(folder, name));
}
