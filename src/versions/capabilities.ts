import { type Availability } from './availability';

export { type Availability };

/** A fact about Velero with its source. */
export interface CapabilityFact extends Availability {
  /** What a user would call it, as the end of "Velero >= 1.15.0 for …". */
  readonly description: string;
  readonly source: string;
}

/** What some releases can and others cannot, beyond flags and ConfigMap keys, which have tables of their own. */
const TABLE = {
  'cron-time-zone': {
    since: '1.15.0',
    description: 'a time zone in a cron expression (robfig/cron v3)',
    source: 'velero v1.15.2 go.mod: github.com/robfig/cron/v3 v3.0.1; v1.14.1: github.com/robfig/cron v1.1.0',
  },
  'restic-backup': {
    until: '1.17.0',
    description: 'new backups by restic',
    source: 'v1.16.2 pkg/uploader/types.go:43; v1.17.2 pkg/uploader/types.go:43',
  },
  'restic-restore': {
    until: '1.19.0',
    description: 'restores of what restic wrote',
    source: 'v1.18.3 pkg/controller/pod_volume_restore_controller_legacy.go; CHANGELOG-1.17.md:61',
  },
} satisfies Record<string, CapabilityFact>;

export type Capability = keyof typeof TABLE;

export const CAPABILITIES: Readonly<Record<Capability, CapabilityFact>> = TABLE;
