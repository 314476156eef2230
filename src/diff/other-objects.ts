import { type Manifest } from '../model';
import { type Change, type Severity } from './change';
import { kindOf } from './comparison';
import { fieldsText } from './field-text';
import { hazardOf } from './hazards';
import { type Context } from './schedule-pair';

const SHOWN = 3;

/** What nobody else has told of. */
export function otherObjects({ comparison }: Context): Change[] {
  const come = comparison.takeAdded().map(added);
  const changed = comparison.pairs.map(pair => ({ on: pair.is, fields: pair.takeRest() })).filter(({ fields }) => fields.length > 0)
    .map(({ on, fields }): Change => ({ id: 'object-changed', on, message: fieldsText(fields, SHOWN), fields, ...hazardOf(fields, kindOf(on)) }));
  return [...come, ...changed];
}

/** What an object does as soon as it is there. */
const AT_ONCE: Readonly<Record<string, readonly [Severity, string]>> = {
  'velero.io/DeleteBackupRequest': ['destructive', 'Velero deletes the backup that it names, and its data in the location.'],
  'velero.io/Restore': ['notable', 'Velero restores as soon as it is there, into a cluster that may be in use.'],
  'networking.k8s.io/NetworkPolicy': ['notable', 'What it chooses may do only what policies allow: Velero must reach the API server, the object store and DNS.'],
};

/** Objects of Velero that change nothing by being there. */
const QUIET: ReadonlySet<string> = new Set(['Backup', 'BackupRepository', 'VolumeSnapshotLocation']);

function added(on: Manifest): Change {
  const fallback: readonly [Severity] = [on.group === 'velero.io' && !QUIET.has(on.kind) ? 'notable' : 'harmless'];
  const [severity, ...means] = AT_ONCE[kindOf(on)] ?? fallback;
  return { id: 'object-added', severity, on, message: 'added', means, fields: [] };
}
