/** Where an object was declared: the path of its construct in the app, or a file and a line of it. */
export interface Place {
  readonly construct?: string;
  readonly file?: string;

  /** From 1. */
  readonly line?: number;
}

/** The place as people find it: `velero/server/Resource` or `tier-0.k8s.yaml:12`. Empty when nothing is known. */
export function placeText({ construct, file, line }: Place): string {
  return construct ?? (file === undefined || line === undefined ? file ?? '' : `${file}:${line}`);
}
