import { Capability } from './capabilities';
import { Flag } from './flags';

/** Everything that is known about one release of Velero. Filled from the tables of this folder; constructs ask it and never compare versions. */
export interface VeleroRelease {
  /** `1.16.1` */
  readonly version: string;
  /** `1.16` */
  readonly minor: string;
  /** Uploaders that can write new backups. */
  readonly uploaders: string[];
  /** By name without dashes, persistent flags of the program included. */
  readonly serverFlags: ReadonlyMap<string, Flag>;
  readonly nodeAgentFlags: ReadonlyMap<string, Flag>;
  readonly images: {
    /** `velero/velero:v1.16.1` */
    readonly server: string;
    /** Separate image of the init container of restored pods; absent when the server's image is used. */
    readonly restoreHelper?: string;
    /** The plugin that belongs to this release and is safe on S3-compatible stores: `velero/velero-plugin-for-aws:v1.12.2`. */
    readonly pluginForAws: string;
  };
  has(capability: Capability): boolean;
  /** The 13 CustomResourceDefinitions of the minor, as JSON. */
  customResourceDefinitions(): any[];
}

/** Known minors, oldest first. */
export const VELERO_MINORS: string[] = ['1.14', '1.15', '1.16', '1.17', '1.18'];

export function releaseOf(_version: string): VeleroRelease {
  throw new Error('not filled yet');
}
