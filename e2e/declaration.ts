/** What differs between the installations of scenarios: the input of `app.ts`. */
export interface Declaration {
  /** Release of Velero. */
  readonly version: string;
  readonly uploader: 'restic' | 'kopia';
  readonly bucket: string;
  /** Folder with `velero-s3-credentials.yaml` and `velero-repo-credentials.yaml`, sealed. */
  readonly sealed: string;
  /** Applications of the schedules `tier0-<name>`, each in the namespace of its name. */
  readonly applications: string[];
}

/** Names the file that holds it, as JSON. */
export const DECLARATION_FILE = 'E2E_DECLARATION';
