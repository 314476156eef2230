export { type Change, SEVERITIES, type Severity } from './change';
export { CHANGE_IDS, type ChangeId } from './change-ids';
export type { FieldChange } from './changed-fields';
export { diff } from './diff';
export { capital, counted, listed } from './words';
