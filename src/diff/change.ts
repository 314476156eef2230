import { type Manifest } from '../model';
import { type ChangeId } from './change-ids';
import { type FieldChange } from './changed-fields';

/** From worst to least: something is lost, unreadable, unprotected or cannot be applied; somebody should know; nothing to worry about. */
export const SEVERITIES = ['destructive', 'notable', 'harmless'] as const;

export type Severity = typeof SEVERITIES[number];

/** One thing that differs between two sets of manifests, and what it means for the backups. */
export interface Change {
  readonly id: ChangeId;
  readonly severity: Severity;

  /** The object as it is now, or as it was when it is gone. */
  readonly on: Manifest;

  /** What was and what is: `retention 168h (7 d) → 72h (3 d)`. Never a secret. */
  readonly message: string;

  /** What that does to backups, a sentence each; none where the message says it all. */
  readonly means: readonly string[];

  /** The changed fields that it tells of; none where the whole object came or went. */
  readonly fields: readonly FieldChange[];
}

/** The worst of some severities. */
export function worst(...severities: readonly [Severity, ...Severity[]]): Severity {
  return SEVERITIES.find(severity => severities.includes(severity))!;
}
