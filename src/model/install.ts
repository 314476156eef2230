import { releaseOf, VELERO_MINORS, type VeleroRelease } from '../versions';
import { CommandLine } from './command-line';
import { type ImageReference } from './image';
import { type Manifest } from './manifest';
import { type Container, type PodTemplate } from './pod';
import { type Workload } from './workload';

/** A workload that runs `velero server` or `velero node-agent server`. */
export interface VeleroProgram {
  readonly manifest: Manifest;
  readonly workload: Workload;
  readonly pod: PodTemplate;

  /** The container that runs it; not always the first, as Velero expects. */
  readonly container: Container;
  readonly commandLine: CommandLine;

  /** From the tag of its image: `1.16.2`. */
  readonly version?: string;

  /** The values of `--features`. */
  readonly features: readonly string[];
}

/** A ConfigMap that a flag, or in 1.14 a fixed name, makes Velero read. */
export interface ConfigMapUse {
  readonly use: 'node-agent' | 'repository-maintenance' | 'backup-repository' | 'global-volume-policies';
  readonly name: string;

  /** The program that reads it. */
  readonly by: VeleroProgram;

  /** Absent for the fixed name. */
  readonly flag?: string;
}

/** An installation of Velero: what runs it in one namespace. */
export class Install {
  /** The server, where the input has it. More than one is wrong, and so is one that is not named `velero`, which counts where it is among several. */
  public readonly server?: VeleroProgram;

  /** The node-agent of Linux, where the input has one. */
  public readonly nodeAgent?: VeleroProgram;

  /** From the image of the server, or else of the node-agent. */
  public readonly version?: string;

  /** What is known about that version; absent when it is not one of a known minor. */
  public readonly release?: VeleroRelease;

  public constructor(
    public readonly namespace: string,
    public readonly servers: readonly VeleroProgram[],
    public readonly nodeAgents: readonly VeleroProgram[],
  ) {
    this.server = servers.find(({ workload }) => workload.name === 'velero') ?? servers[0];
    this.nodeAgent = nodeAgents.find(({ workload }) => workload.name === 'node-agent') ?? nodeAgents[0];
    this.version = this.server?.version ?? this.nodeAgent?.version;
    this.release = knownRelease(this.version);
  }

  /** Server and node-agents. */
  public get programs(): readonly VeleroProgram[] {
    return [...this.servers, ...this.nodeAgents];
  }

  /** `restic` or `kopia`: what the flag says, or the default of the release; nothing when neither is known. */
  public get uploader(): string | undefined {
    return this.server?.commandLine.value('uploader-type') ?? (this.server && this.release?.serverFlags.get('uploader-type')?.default);
  }

  /** The images of the plugins: the init containers of the server that are no copy of the server. */
  public get plugins(): readonly ImageReference[] {
    const images = this.server?.pod.initContainers.map(({ image }) => image) ?? [];
    return images.filter(image => image !== undefined).filter(({ name }) => name !== 'velero');
  }

  /** Which ConfigMaps Velero reads. They lie in the same namespace; look them up in the model. */
  public get configMaps(): readonly ConfigMapUse[] {
    const named = this.programs.flatMap(by => CONFIG_MAP_FLAGS.map(({ flag, use }) => ({ use, name: by.commandLine.value(flag) ?? '', by, flag })));
    return [...named.filter(({ name }) => name !== ''), ...this.fixedConfigMap()];
  }

  private fixedConfigMap(): ConfigMapUse[] {
    return this.nodeAgent && this.release?.has('node-agent-fixed-config-map') ? [{ use: 'node-agent', name: 'node-agent-config', by: this.nodeAgent }] : [];
  }
}

const CONFIG_MAP_FLAGS = [
  { flag: 'node-agent-configmap', use: 'node-agent' },
  { flag: 'repo-maintenance-job-configmap', use: 'repository-maintenance' },
  { flag: 'backup-repository-configmap', use: 'backup-repository' },
  { flag: 'global-backup-volume-policies-configmap', use: 'global-volume-policies' },
] as const;

/** The program of Velero that a workload runs, by its command line: names are what a rule judges. */
export function programOf(workload: Workload): { readonly role: 'server' | 'node-agent'; readonly program: VeleroProgram } | undefined {
  for (const container of workload.pod.containers) {
    const commandLine = new CommandLine([...container.command, ...container.args]);
    const role = roleOf(container, commandLine.words);
    if (role !== undefined) {
      const { manifest, pod } = workload;
      const features = commandLine.value('features')?.split(',').filter(feature => feature !== '') ?? [];
      return { role, program: { manifest, workload, pod, container, commandLine, version: container.image?.version, features } };
    }
  }
  return undefined;
}

function roleOf({ image }: Container, words: readonly string[]): 'server' | 'node-agent' | undefined {
  const named = words[0] !== undefined && /(^|\/)velero$/.test(words[0]);
  const [first, second] = named ? words.slice(1) : words;
  if (!named && image?.name !== 'velero') {
    return undefined;
  }
  return first === 'server' ? 'server' : first === 'node-agent' && second === 'server' ? 'node-agent' : undefined;
}

function knownRelease(version: string | undefined): VeleroRelease | undefined {
  return version !== undefined && VELERO_MINORS.includes(version.slice(0, version.lastIndexOf('.'))) && !/(^|\.)0\d/.test(version) ? releaseOf(version) : undefined;
}
