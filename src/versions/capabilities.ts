import { type Availability } from './availability';
import { BACKUP_CAPABILITIES } from './backup-capabilities';
import { INSTALL_CAPABILITIES } from './install-capabilities';
import { SCHEDULE_CAPABILITIES } from './schedule-capabilities';

export { type Availability };

/** A fact about Velero with its source. */
export interface CapabilityFact extends Availability {
  /** What a user would call it, as the end of "Velero >= 1.15.0 for …". */
  readonly description: string;

  /** The field of a definition that came with it, from its kind on. */
  readonly field?: string;

  readonly source: string;
}

/** What some releases can and others cannot, beyond flags and ConfigMap keys, which have tables of their own. */
const TABLE = {
  ...INSTALL_CAPABILITIES,
  ...BACKUP_CAPABILITIES,
  ...SCHEDULE_CAPABILITIES,
} satisfies Record<string, CapabilityFact>;

export type Capability = keyof typeof TABLE;

export const CAPABILITIES: Readonly<Record<Capability, CapabilityFact>> = TABLE;
