import { readDuration } from '../model';
import { type Change, worst } from './change';
import { type FieldChange } from './changed-fields';
import { fieldsText } from './field-text';
import { changeOf, type SchedulePair } from './schedule-pair';
import { plain } from './words';

const SHOWN = 4;

/** What is known of a field of a schedule that nobody else tells of. */
interface Known {
  readonly path: RegExp;

  /** Whether somebody should know; always, where there is nothing. */
  readonly when?: (field: FieldChange) => boolean;
  readonly means?: string;
}

/** Velero's own where nothing is said. @see velero v1.18.3 pkg/cmd/server/config/config.go:46 */
const TIMEOUTS: Readonly<Record<string, number>> = { csiSnapshotTimeout: 600, itemOperationTimeout: 14_400 };

function isShorter({ path, from, to }: FieldChange): boolean {
  const [before, after] = [from, to].map(value => value === undefined ? TIMEOUTS[path.slice(path.lastIndexOf('.') + 1)] : readDuration(plain(value)).seconds);
  return before === undefined || after === undefined || after < before;
}

/** @see velero v1.18.3 pkg/datamover/util.go:22: without a name it is Velero's own */
function isAnotherMover({ from, to }: FieldChange): boolean {
  const [before, after] = [from, to].map(value => value === undefined || value === '' ? 'velero' : value);
  return before !== after;
}

const never = () => false;

/** @see velero v1.18.3 pkg/apis/velero/v1/backup_types.go and schedule_types.go: with what others tell of, all that there is */
const KNOWN: readonly Known[] = [
  { path: /^spec\.skipImmediately$/, when: never },
  { path: /^spec\.template\.metadata(\.labels([.[].*)?)?$/, when: never },
  { path: /^spec\.template\.uploaderConfig(\.parallelFilesUpload)?$/, when: never },
  { path: /^spec\.template\.(csiSnapshot|itemOperation)Timeout$/, when: isShorter, means: 'What takes longer than that is not saved, and the backup is PartiallyFailed.' },
  { path: /^spec\.template\.orderedResources([.[]|$)/, means: 'Objects are saved in another order: what had to be saved before something else may not be.' },
  { path: /^spec\.template\.datamover$/, when: isAnotherMover, means: 'Another program moves the data of snapshots: it must be there, and that one too which backups made so far are restored with.' },
  { path: /^spec\.template\.volumeGroupSnapshotLabelKey$/, means: 'Other volumes than before are snapshotted at one moment together: those of a group with this label.' },
];

const UNKNOWN = 'What that does to its backups is not known here: look it up in the documentation of the release of Velero that runs.';

/** What else is in the spec of a schedule. A field that is not known may do anything: somebody should look at it. */
export function otherFields(schedule: SchedulePair): Change[] {
  const fields = schedule.pair.take('spec', 'apiVersion');
  if (fields.length === 0) {
    return [];
  }
  const told = fields.map(judged);
  const severity = worst('harmless', ...told.map(({ isNotable }) => isNotable ? 'notable' : 'harmless'));
  const means = new Set(told.filter(({ isNotable }) => isNotable).map(({ means: sentence }) => sentence));
  return [changeOf(schedule, 'schedule-changed', severity, fieldsText(fields, SHOWN, 'spec.'), fields, ...means)];
}

function judged(field: FieldChange): { readonly isNotable: boolean; readonly means: string } {
  const known = KNOWN.find(({ path }) => path.test(field.path));
  return { isNotable: known?.when?.(field) ?? true, means: known?.means ?? UNKNOWN };
}
