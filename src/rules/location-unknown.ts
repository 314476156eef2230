import { type BackupModel, type BackupSpec, type Manifest } from '../model';
import { schedule } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'location-unknown',
  severities: ['error'],
  title: 'A schedule or backup goes to a location that is not there',
  goesWrong: 'Every backup of the schedule fails validation (`FailedValidation`): nothing is saved, it is not tried again, and no failure is counted but '
    + '`velero_backup_validation_failure_total`. The Schedule itself stays `Enabled`. In all versions. With no location of the namespace in the input, they are taken to be declared elsewhere.',
  fix: 'name a location of that namespace, or declare the missing one',
  reference: 'velero v1.18.2 pkg/controller/backup_controller.go:447-607',
  check: model => [
    ...model.schedules.all.flatMap(({ manifest, template }) => unknownLocation(model, manifest, template, 'spec.template.storageLocation')),
    ...model.backups.all.flatMap(({ manifest, spec }) => unknownLocation(model, manifest, spec, 'spec.storageLocation')),
  ],
  install: '1.18.3',
  bad: () => schedule({ template: { storageLocation: 'off-site' } }),
  good: () => schedule({ template: { storageLocation: 'offsite' } }),
};

/** Silent when the input has no location of the namespace at all: they may be in another repository. */
function unknownLocation(model: BackupModel, on: Manifest, { storageLocation }: BackupSpec, what: string): Verdict[] {
  const known = model.locations.in(on.namespace);
  if (storageLocation === undefined || storageLocation === '' || known.length === 0 || model.locations.get(on.namespace, storageLocation)) {
    return [];
  }
  const names = known.slice(0, 5).map(({ name }) => name).join(', ');
  return [{ on, what, got: storageLocation, wanted: `a location of the namespace ${on.namespace}: ${names}${known.length > 5 ? ', …' : ''}` }];
}
