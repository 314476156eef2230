import { Availability, available } from './availability';

/** The images of one release. */
export interface Images {
  /** `velero/velero:v1.16.1` */
  readonly server: string;
  /** Separate image of the init container of restored pods; absent when the server's image is used. */
  readonly restoreHelper?: string;
  /** The plugin that belongs to this release and is safe on S3-compatible stores: `velero/velero-plugin-for-aws:v1.12.2`. */
  readonly pluginForAws: string;
}

/** @see velero v1.14.1 internal/velero/images.go:42, unchanged since */
const SERVER = 'velero/velero';

/** The init container that waits for restored data: an image of its own until the server's image brought the program along. */
const RESTORE_HELPER: Availability & { repository: string; source: string } = {
  repository: 'velero/velero-restore-helper',
  until: '1.16.0',
  source: 'v1.15.2 internal/velero/images.go:49; v1.16.2 pkg/restore/actions/pod_volume_restore_action.go:62 reads the image of the Deployment velero',
};

const PLUGIN_FOR_AWS = 'velero/velero-plugin-for-aws';

/**
 * The release of the plugin for AWS that goes with each minor of Velero: the newest of its line that works on S3-compatible stores.
 *
 * 1.18 stays at v1.14.0: from v1.14.1 on the AWS SDK adds checksum trailers that Ceph refuses or stores as part of the object.
 *
 * @see velero-plugin-for-aws v1.14.3 README.md:22, Compatibility
 */
const PLUGIN_VERSIONS: Record<string, string> = {
  1.14: '1.10.1',
  1.15: '1.11.1',
  1.16: '1.12.2',
  1.17: '1.13.2',
  1.18: '1.14.0',
};

/**
 * The user that the images `velero/velero` and `velero/velero-restore-helper` run as. They name it, and the kubelet cannot tell from a name that it
 * is not root, so `runAsNonRoot` needs the number.
 *
 * @see velero v1.14.1 to v1.18.3 Dockerfile: `FROM paketobuildpacks/run-jammy-tiny`, `USER cnb:cnb`
 * @see https://github.com/paketo-buildpacks/jammy-tiny-stack/blob/main/stack/stack.toml, `[run]`: uid 1002, gid 1000
 */
export const IMAGE_USER = { name: 'cnb', uid: 1002, gid: 1000 };

export function imagesOf(version: string, minor: string): Images {
  return {
    server: `${SERVER}:v${version}`,
    ...(available(RESTORE_HELPER, version) && { restoreHelper: `${RESTORE_HELPER.repository}:v${version}` }),
    pluginForAws: `${PLUGIN_FOR_AWS}:v${pluginVersionOf(minor)}`,
  };
}

/** The version of the plugin for AWS that goes with a minor of Velero: `1.12.2`. Its minor is the only one that Velero's minor supports. */
export function pluginVersionOf(minor: string): string {
  return PLUGIN_VERSIONS[minor];
}

/**
 * The release that the tag of an image names, with as many numbers as it has: `1.16.1` for `registry.example/velero:v1.16.1-2`; nothing for an image
 * with a digest alone or a tag that is no release of Velero or its plugins, such as `latest`.
 */
export function releaseOfImage(reference: string): string | undefined {
  const [, tag] = /:([^:/@]+)(@[^@]*)?$/.exec(reference) ?? [];
  return tag === undefined ? undefined : /^v?(1\.\d+(?:\.\d+)?)(?![.\d])/.exec(tag)?.[1];
}
