import { type Manifest } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

/** What a backup adds to the name of its schedule: a dash and `YYYYMMDDhhmmss`. */
const ADDED = 15;
const LABEL_LENGTH = 63;

/** What the API server takes for the name of an object; up to 63 characters it is a label value too. */
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const rule: Rule = {
  id: 'schedule-name',
  severities: ['error', 'warning'],
  title: 'A schedule whose name does not fit into the labels of its backups',
  goesWrong: 'Velero writes the name of the schedule as it is into the label `velero.io/schedule-name` of each backup. A label holds 63 characters: with a longer name the '
    + 'API server refuses every backup, every minute anew, and only the log of the server tells it. The Schedule itself stays `Enabled`. From 49 characters on '
    + 'the name of the backup, which is 15 longer, does not fit: what belongs to the backup carries a cut name with a hash in `velero.io/backup-name`, and whoever looks for it by label '
    + 'finds nothing. In all versions.',
  fix: `use a name of at most ${LABEL_LENGTH - ADDED} characters: lower case letters, digits and dashes`,
  reference: 'velero v1.18.1 pkg/builder/backup_builder.go:107, pkg/apis/velero/v1/schedule_types.go:138-140, pkg/label/label.go:32-51',
  check: ({ schedules }) => schedules.all.flatMap(({ manifest, name }) => problem(manifest, name)),
  install: '1.18.3',
  bad: () => schedule({ name: `nightly-${'of-the-shop-'.repeat(5)}in-europe` }),
  good: () => schedule({ name: 'nightly-of-the-shop-in-europe' }),
};

function problem(on: Manifest, name: string): Verdict[] {
  // The API server completes a name that is generated.
  if (name.length <= LABEL_LENGTH - ADDED && NAME.test(name) || !on.fields.object('metadata').has('name')) {
    return [];
  }
  const verdict = { on, what: 'metadata.name', got: name };
  if (!NAME.test(name)) {
    return [{ ...verdict, wanted: 'a name that the API server takes: lower case letters, digits, dashes and dots, with a letter or digit at both ends' }];
  }
  return name.length > LABEL_LENGTH
    ? [{ ...verdict, wanted: `at most ${LABEL_LENGTH} characters: it has ${name.length}, and becomes a label of each backup, which the API server then refuses` }]
    : [{ ...verdict, severity: 'warning', wanted: `at most ${LABEL_LENGTH - ADDED} characters: it has ${name.length}, and the names of its backups do not fit into labels` }];
}
