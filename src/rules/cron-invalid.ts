import { type BackupModel, type Cron, type Manifest } from '../model';
import { availableIn, CAPABILITIES } from '../versions';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

const WHAT = 'spec.schedule';

export const rule: Rule = {
  id: 'cron-invalid',
  severities: ['error'],
  title: 'A cron expression that Velero does not read, or reads otherwise',
  goesWrong: 'The API server takes any text. The controller then sets the Schedule to `FailedValidation` and never makes a backup: no event, no metric and no log at '
    + 'the usual level tell it. Velero wants five fields, days of the week 0-6, and has no L, W, # and no seconds; time zones work from 1.15. '
    + 'A date that never comes counts as due, so that a backup starts every minute.',
  fix: 'write five fields: minute, hour, day of month, month, day of week',
  reference: 'velero v1.18.2 pkg/controller/schedule_controller.go:121-159, 199; https://velero.io/docs/main/backup-reference/#schedule-a-backup',
  check: model => model.schedules.all.flatMap(({ manifest, cron }) => cron === undefined
    ? [{ on: manifest, what: WHAT, wanted: 'a cron expression' }]
    : [...cron.problems.map(problem => problemOf(manifest, cron, problem)), ...missing(model, manifest, cron)]),
  install: '1.18.3',
  bad: () => schedule({ spec: { schedule: '0 2 * * 7' } }),
  good: () => schedule({ spec: { schedule: '0 2 * * 0' } }),
};

function problemOf(on: Manifest, cron: Cron, { what, got, wanted, next }: Cron['problems'][number]): Verdict {
  const part = got === undefined ? what : `${what} ${JSON.stringify(got)}`;
  return { on, what: WHAT, got: cron.expression, wanted: `${wanted} (${part})`, next };
}

/** Silent without an install: its version may be any. */
function missing(model: BackupModel, on: Manifest, { expression, needs }: Cron): Verdict[] {
  const release = needs.length === 0 ? undefined : model.installIn(on.namespace)?.release;
  return release === undefined ? [] : needs.filter(need => !release.has(need)).map(need => ({
    on,
    what: WHAT,
    got: expression,
    wanted: `Velero ${availableIn(CAPABILITIES[need])} for ${CAPABILITIES[need].description}, but ${on.namespace} runs ${release.version}`,
    next: 'write it without, or change the version of Velero',
  }));
}
