/** What is wrong with an expression: the part, the value, and what Velero takes. A `Problem` of `findings`, which this room does not know. */
export interface CronProblem {
  readonly what: string;
  readonly got?: unknown;
  readonly wanted: string;
  readonly next?: string;
}
