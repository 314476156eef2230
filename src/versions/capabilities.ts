/** The range of releases that has something: `since` is included, `until` is not. Both patch-exact. */
export interface Availability {
  readonly since?: string;
  readonly until?: string;
}

/** A fact about Velero with its source. */
export interface CapabilityFact extends Availability {
  /** What a user would call it, as the end of "Velero >= 1.15.0 for …". */
  readonly description: string;
  readonly source: string;
}

/** What some releases can and others cannot, beyond flags and ConfigMap keys, which have tables of their own. */
export const CAPABILITIES = {
  'cron-time-zone': {
    since: '1.15.0',
    description: 'a time zone in a cron expression (robfig/cron v3)',
    source: 'velero v1.15.2 go.mod: github.com/robfig/cron/v3 v3.0.1; v1.14.1: github.com/robfig/cron v1.1.0',
  },
} satisfies Record<string, CapabilityFact> as Record<string, CapabilityFact>;

export type Capability = string;
