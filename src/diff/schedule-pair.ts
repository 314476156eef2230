import { type BackupModel, type Schedule } from '../model';
import { type Change, type Severity } from './change';
import { type ChangeId } from './change-ids';
import { type FieldChange } from './changed-fields';
import { type Comparison } from './comparison';
import { type Pair } from './pair';
import { type Protection } from './protection';

/** What is compared: two models, their objects in pairs, and what is saved in each. */
export interface Context {
  readonly comparison: Comparison;
  readonly protection: Protection;
}

/** A schedule as it was and as it is. */
export interface SchedulePair extends Context {
  readonly pair: Pair;
  readonly was: Schedule;
  readonly is: Schedule;
  readonly models: { readonly was: BackupModel; readonly is: BackupModel };
}

/** A change of a schedule that is in both. */
export function changeOf(
  { is }: SchedulePair, id: ChangeId, severity: Severity, message: string, fields: readonly FieldChange[], ...means: readonly string[]
): Change {
  return { id, severity, on: is.manifest, message, means, fields };
}
