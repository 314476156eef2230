import { dnsLabel, oneOf, Problem, Problems } from '../findings';
import { releaseOfImage, VeleroRelease } from '../versions';
import { ContainerResources } from './container-resources';

/** When the kubelet pulls an image. */
export enum ImagePullPolicy {
  /** When it is not on the node. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Before each start. */
  ALWAYS = 'Always',
  /** Never: it must be on the node. */
  NEVER = 'Never',
}

/** The images, as full references: registry, name, and tag or digest. */
export interface VeleroImages {
  /**
   * Image of the server, node-agent, the data movers and the maintenance Jobs. A tag that names another release raises an error: `version` decides
   * flags and definitions.
   *
   * @default - that of the release
   */
  readonly server?: string;

  /**
   * Image of the AWS plugin, which speaks S3. A tag that names another minor than the one that goes with the release raises an error.
   *
   * @default - that of the release, and safe on S3-compatible stores
   */
  readonly pluginForAws?: string;

  /**
   * Image of the container that waits in restored pods. It needs a registry or folder before its name, else Velero ignores it.
   *
   * @default - Velero's own: a separate image up to 1.15, the server's from 1.16
   */
  readonly restoreHelper?: string;

  /**
   * When images are pulled. Data movers always use the image that is on their node.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly pullPolicy?: ImagePullPolicy;

  /**
   * Names of Secrets with the credentials of private registries.
   *
   * @default - none
   */
  readonly pullSecrets?: string[];
}

/** A plugin beside the AWS plugin: an image that copies itself to `/target`. */
export interface VeleroPlugin {
  /** Name of the init container. */
  readonly name: string;

  /** Full reference of the image. `velero-plugin-for-csi` is refused: Velero has it built in from 1.14. */
  readonly image: string;

  /**
   * Cpu and memory of the init container.
   *
   * @default - 10m and 32Mi, at most 100m and 128Mi
   */
  readonly resources?: ContainerResources;
}

/** The images of an install with the release's where none is given. */
export interface ResolvedImages {
  readonly server: string;
  readonly pluginForAws: string;
  readonly restoreHelper?: string;
  readonly pullPolicy: ImagePullPolicy;
  readonly pullSecrets: string[];
}

/** @see https://github.com/distribution/reference/blob/v0.6.0/reference.go, the grammar in the package comment */
const REFERENCE = /^([a-zA-Z0-9.-]+(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127}(@[a-z0-9]+:[a-f0-9]{32,})?|@[a-z0-9]+:[a-f0-9]{32,})$/;

export function resolveImages(given: VeleroImages = {}, release: VeleroRelease): ResolvedImages {
  return {
    server: given.server ?? release.images.server,
    pluginForAws: given.pluginForAws ?? release.images.pluginForAws,
    restoreHelper: given.restoreHelper,
    pullPolicy: given.pullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    pullSecrets: given.pullSecrets ?? [],
  };
}

/** Refuses what no node could pull, and what Velero would silently not use. */
export function checkImages(problems: Problems, images: ResolvedImages, plugins: VeleroPlugin[], release: VeleroRelease): void {
  problems.add(
    reference('images.server', images.server) ?? serverRelease(images.server, release),
    reference('images.pluginForAws', images.pluginForAws) ?? pluginMinor(images.pluginForAws, release),
    images.restoreHelper === undefined ? undefined : restoreHelper(images.restoreHelper),
    oneOf('images.pullPolicy', images.pullPolicy, Object.values(ImagePullPolicy)),
  );
  const names = new Set(['velero-plugin-for-aws']);
  plugins.forEach((plugin, index) => {
    const where = `plugins[${index}]`;
    problems.add(dnsLabel(`${where}.name`, plugin.name), reference(`${where}.image`, plugin.image), pluginForCsi(`${where}.image`, plugin.image));
    if (names.has(plugin.name)) {
      problems.add({ what: `${where}.name`, got: plugin.name, wanted: 'a name that no other plugin has', next: 'velero-plugin-for-aws is there already' });
    }
    names.add(plugin.name);
  });
}

function reference(what: string, got: string): Problem | undefined {
  return REFERENCE.test(got) ? undefined : { what, got, wanted: 'a full image reference such as velero/velero:v1.18.3, with a tag or a digest' };
}

/** Flags, definitions and ConfigMaps are those of `version`: another release ends with "unknown flag" or ignores what it is told. */
function serverRelease(got: string, { version }: VeleroRelease): Problem | undefined {
  const named = releaseOfImage(got);
  return named === undefined || `${version}.`.startsWith(`${named}.`) ? undefined : {
    what: 'images.server', got, wanted: `the release of version, ${version}`, next: `change version to that of the image, or the tag to v${version}`,
  };
}

/** Velero and its plugins talk by a protocol of their minor. @see velero-plugin-for-aws v1.14.3 README.md:22, Compatibility */
function pluginMinor(got: string, { version, pluginVersion }: VeleroRelease): Problem | undefined {
  const minor = pluginVersion.slice(0, pluginVersion.lastIndexOf('.'));
  const named = releaseOfImage(got);
  return named === undefined || `${named}.`.startsWith(`${minor}.`) ? undefined : {
    what: 'images.pluginForAws', got, wanted: `a plugin ${minor}, which goes with Velero ${version}`, next: `leave it out or take v${pluginVersion}`,
  };
}

function restoreHelper(got: string): Problem | undefined {
  return reference('images.restoreHelper', got) ?? (got.includes('/') ? undefined : {
    what: 'images.restoreHelper', got, wanted: 'a registry or folder before the name', next: 'Velero ignores an image without "/" and uses its own',
  });
}

function pluginForCsi(what: string, got: string): Problem | undefined {
  return got.includes('velero-plugin-for-csi') ? {
    what, got, wanted: 'no velero-plugin-for-csi', next: 'Velero has it built in from 1.14; give features: [VeleroFeature.ENABLE_CSI]',
  } : undefined;
}
