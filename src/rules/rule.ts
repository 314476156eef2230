import { type BackupModel, type Manifest } from '../model';

/** An error stops the synth; a warning can be acknowledged with a reason; info is told to who asks. */
export type Severity = 'error' | 'warning' | 'info';

/** What a rule says about one object. Told as: `<what> got <got>, wanted <wanted>; <next>`. */
export interface Verdict {
  /** The object that somebody must change. */
  readonly on: Manifest;

  /** The field or flag, as it stands in the manifest: `spec.schedule`, `--uploader-type`. */
  readonly what: string;

  /** The value received. Never a secret; left out when there is no value. */
  readonly got?: unknown;

  /** What is accepted instead, and why where that is not plain. */
  readonly wanted: string;

  /**
   * The next step, as a clause.
   *
   * @default - the fix of the rule
   */
  readonly next?: string;

  /**
   * How bad this is.
   *
   * @default - the first severity of the rule
   */
  readonly severity?: Severity;
}

/** A verdict with the rule that gave it. */
export interface Judgement extends Verdict {
  readonly rule: Rule;
  readonly severity: Severity;

  /** Why somebody accepts it; absent when nobody does. */
  readonly acknowledged?: string;
}

/** What was judged before a rule had its turn. */
export interface Judged {
  readonly rules: readonly Rule[];
  readonly judgements: readonly Judgement[];
}

/** Something that cannot work in Velero, and how to find it in manifests. */
export interface Rule {
  /** The name of its file. Permanent: people acknowledge by it. */
  readonly id: string;

  /** All that it may give; the first is that of a verdict without one. */
  readonly severities: readonly [Severity, ...Severity[]];

  /** What it finds, in a few words. */
  readonly title: string;

  /** What would happen in Velero, since which version, in sentences for somebody who never read its source. */
  readonly goesWrong: string;

  /** What to do about it, as a clause. */
  readonly fix: string;

  /** Where this is written: a page of Velero or a line of its source. */
  readonly reference: string;

  /** Pure and linear: look facts up in the model, never search it for each of them. */
  readonly check: (model: BackupModel, before: Judged) => readonly Verdict[];

  /**
   * The Velero release of the installation that the examples stand in.
   *
   * @default - the examples are all there is
   */
  readonly install?: string;

  /**
   * YAML that this rule, and no other, has something to say about. An object of the installation with the same name is replaced.
   *
   * A function, as synth, which asks every rule, has no use for it.
   */
  readonly bad: () => string;

  /** The same, done right. */
  readonly good: () => string;
}
