/** What differs between the installations of scenarios: the input of `app.ts`. */
export interface Declaration {
  /** Release of Velero. */
  readonly version: string;
  readonly uploader: 'restic' | 'kopia';
  readonly bucket: string;
  /** Whether the owner of the bucket is declared too, by the bucket's name, with the keys of the sealed file. */
  readonly owner?: boolean;
  /** Folder with `velero-s3-credentials.yaml` and `velero-repo-credentials.yaml`, sealed. */
  readonly sealed: string;
  /** Applications of the schedules `tier0-<name>`, each in the namespace of its name. */
  readonly applications: string[];
  /** How often expired backups are looked for; the library's default where it is not said. */
  readonly garbageCollectionSeconds?: number;
  /** How often it is looked whether the bucket can be reached; the library's default where it is not said. */
  readonly validationSeconds?: number;
  /** Commands that run in the applications' pods before and after they are saved. */
  readonly hooks?: { readonly container: string; readonly pre: string[]; readonly post: string[] };
  /** ArgoCD that delivers all of it from a git repository; nothing of it is emitted where it is not said. */
  readonly delivery?: { readonly argoCdVersion: string; readonly repository: string; readonly revision: string; readonly path: string };
}

/** Names the file that holds it, as JSON. */
export const DECLARATION_FILE = 'E2E_DECLARATION';
