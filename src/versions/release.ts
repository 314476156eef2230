import * as fs from 'fs';
import * as path from 'path';
import { Availability, available } from './availability';
import { CAPABILITIES, Capability } from './capabilities';
import type { ConfigMapName } from './config-maps';
import type { Flag } from './flags';
import { Images, imagesOf, pluginVersionOf } from './images';
import type { Metric } from './metrics';
import { tables } from './tables';

/** Everything that is known about one release of Velero. Filled from the tables of this folder; constructs ask it and never compare versions. */
export interface VeleroRelease {
  /** `1.16.1` */
  readonly version: string;
  /** `1.16` */
  readonly minor: string;
  /** Uploaders that can write new backups. */
  readonly uploaders: string[];
  /** Uploaders whose backups can be restored. */
  readonly restorableUploaders: string[];
  /** By name without dashes, persistent flags of the program included. */
  readonly serverFlags: ReadonlyMap<string, Flag>;
  readonly nodeAgentFlags: ReadonlyMap<string, Flag>;
  readonly images: Images;
  /** Version of the plugin for AWS in `images`: `1.12.2`. Another one must have the same minor. */
  readonly pluginVersion: string;
  /** By the name that Prometheus stores. */
  readonly serverMetrics: ReadonlyMap<string, Metric>;
  readonly nodeAgentMetrics: ReadonlyMap<string, Metric>;
  has(capability: Capability): boolean;
  /** Whether a key of the JSON in a ConfigMap has an effect. Keys of nested objects are written with dots. */
  readsConfigMapKey(configMap: ConfigMapName, key: string): boolean;
  /**
   * The 13 CustomResourceDefinitions of the minor, as JSON: those of its newest bundled patch. A server needs all fields of its own release,
   * and one of an older patch ignores the fields that a later patch of its minor added. A fresh copy on each call, which the caller may change.
   */
  customResourceDefinitions(): any[];
}

/** The newest patch of each known minor, whose CustomResourceDefinitions are bundled; oldest first. */
export const BUNDLED_RELEASES: string[] = ['1.14.1', '1.15.2', '1.16.2', '1.17.2', '1.18.3'];

/** Known minors, oldest first. */
export const VELERO_MINORS: string[] = BUNDLED_RELEASES.map(minorOf);

/**
 * The minors that upstream helps with and mends: the newest and the one before, as of November 2026.
 *
 * @see https://velero.io/docs/v1.18/support-process/
 */
export const SUPPORTED_MINORS: string[] = VELERO_MINORS.slice(-2);

/** No suffix: a pre-release has neither the flags nor the definitions of the release, and its images disappear. */
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

const UPLOADERS = [
  { name: 'restic', writes: CAPABILITIES['restic-backup'], restores: CAPABILITIES['restic-restore'] },
  { name: 'kopia', writes: {}, restores: {} },
];

const releases = new Map<string, VeleroRelease>();

/**
 * What is known about a release. Asking again is a look-up: ten thousand schedules may ask.
 *
 * @param version any patch of a known minor, as `1.16.1`
 * @throws when it is no version or its minor is not known
 */
export function releaseOf(version: string): VeleroRelease {
  const known = releases.get(version);
  if (known !== undefined) {
    return known;
  }
  refuseUnknown(version);
  const release = new Release(version);
  releases.set(version, release);
  return release;
}

/** Tables become maps on first use: most apps ask one release for two of them. */
class Release implements VeleroRelease {
  public readonly minor: string;
  public readonly uploaders: string[];
  public readonly restorableUploaders: string[];
  public readonly images: Images;
  public readonly pluginVersion: string;
  private readonly capabilities = new Map<Capability, boolean>();
  private serverFlagsByName?: ReadonlyMap<string, Flag>;
  private nodeAgentFlagsByName?: ReadonlyMap<string, Flag>;
  private serverMetricsByName?: ReadonlyMap<string, Metric>;
  private nodeAgentMetricsByName?: ReadonlyMap<string, Metric>;

  public constructor(public readonly version: string) {
    this.minor = minorOf(version);
    this.images = imagesOf(version, this.minor);
    this.pluginVersion = pluginVersionOf(this.minor);
    this.uploaders = UPLOADERS.filter(({ writes }) => available(writes, version)).map(({ name }) => name);
    this.restorableUploaders = UPLOADERS.filter(({ restores }) => available(restores, version)).map(({ name }) => name);
  }

  public get serverFlags(): ReadonlyMap<string, Flag> {
    return this.serverFlagsByName ??= this.named(tables.flags().SERVER_FLAGS);
  }

  public get nodeAgentFlags(): ReadonlyMap<string, Flag> {
    return this.nodeAgentFlagsByName ??= this.named(tables.flags().NODE_AGENT_FLAGS);
  }

  public get serverMetrics(): ReadonlyMap<string, Metric> {
    return this.serverMetricsByName ??= this.named(tables.metrics().SERVER_METRICS);
  }

  public get nodeAgentMetrics(): ReadonlyMap<string, Metric> {
    return this.nodeAgentMetricsByName ??= this.named(tables.metrics().NODE_AGENT_METRICS);
  }

  public has(capability: Capability): boolean {
    let has = this.capabilities.get(capability);
    if (has === undefined) {
      has = available(CAPABILITIES[capability], this.version);
      this.capabilities.set(capability, has);
    }
    return has;
  }

  public readsConfigMapKey(configMap: ConfigMapName, name: string): boolean {
    const key = tables.configMaps().configMapKey(configMap, name);
    return key !== undefined && available(key, this.version);
  }

  public customResourceDefinitions(): any[] {
    const bundled = BUNDLED_RELEASES.find(release => minorOf(release) === this.minor);
    // Beside src and beside lib alike: jsii compiles src/versions to lib/versions and copies no assets.
    const file = path.join(__dirname, '..', '..', 'assets', `velero-${bundled}.json`);
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  }

  private named<T extends Availability & { readonly name: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
    return new Map(rows.filter(row => available(row, this.version)).map(row => [row.name, row]));
  }
}

function minorOf(version: string): string {
  return version.slice(0, version.lastIndexOf('.'));
}

/** The message is written here because this room may not know `findings`; it has the form of every other refusal. */
function refuseUnknown(version: string): void {
  const got = `VeleroVersion: version got ${JSON.stringify(version)}, wanted`;
  const minors = VELERO_MINORS.join(', ');
  // Callers without types pass numbers such as 1.18.
  if (typeof version !== 'string' || !VERSION.test(version)) {
    throw new Error(`${got} three numbers as in "1.16.1", without "v" and suffix, of a known minor: ${minors}; write the version of a release`);
  }
  if (!VELERO_MINORS.includes(minorOf(version))) {
    throw new Error(`${got} a patch of a known minor: ${minors}; take one of them, flags and definitions of others are not known`);
  }
}
