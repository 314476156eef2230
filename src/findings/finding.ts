/**
 * How bad a finding is.
 */
export enum FindingSeverity {
  /** It cannot work, or loses data. Synth stops. */
  ERROR = 'error',
  /** It may be meant. Told on stderr until it is acknowledged. */
  WARNING = 'warning',
  /** Good to know. Told to who asks. */
  INFO = 'info',
}

/**
 * What a rule says about an object of an app.
 */
export interface Finding {
  /** Name of the rule: `restic-removed`. */
  readonly id: string;

  /** How bad it is. */
  readonly severity: FindingSeverity;

  /** The object and its construct: `Schedule velero/nightly (backups/nightly/Resource)`. */
  readonly at: string;

  /** The field, the value it has and the value that is accepted. */
  readonly message: string;

  /** What to do. */
  readonly fix: string;

  /** Where the rule is explained: a page of Velero or a line of its source. */
  readonly reference: string;

  /**
   * Why somebody accepts it.
   *
   * @default - nobody does
   */
  readonly acknowledged?: string;
}

/** A finding in one line. */
export function findingText({ id, at, message, fix }: Finding): string {
  return `${at}: ${message}; ${fix} (${id})`;
}
