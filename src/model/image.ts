/** The parts of an image reference: `registry.example:5000/velero/velero:v1.16.2@sha256:…`. */
export interface ImageReference {
  readonly text: string;

  /** Registry and path, without tag and digest. */
  readonly repository: string;

  /** Last part of the repository: `velero-plugin-for-aws`. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;

  /** The three numbers that the tag begins with: `1.16.2`. Absent for pre-releases, which are none of the releases that the facts are about. */
  readonly version?: string;
}

/** Whether it is what the project publishes as velero/velero, or a mirror of that: of other images nobody knows what they contain. */
export function isUpstreamVelero({ repository }: ImageReference): boolean {
  return /(^|\/)velero\/velero$/.test(repository);
}

const REFERENCE = /^([^@]*?)(?::([^:/@]*))?(?:@(.*))?$/s;
const VERSION = /^v?(\d+\.\d+\.\d+)(?!\d|\.\d|-(?:alpha|beta|rc))/;

export function readImage(text: string): ImageReference {
  const [, repository, tag, digest] = REFERENCE.exec(text)!;
  return { text, repository, name: repository.slice(repository.lastIndexOf('/') + 1), tag, digest, version: VERSION.exec(tag ?? '')?.[1] };
}
