import { type BackupModel, type ConfigMap, type DeclaredBackup, type Install, type Manifest } from '../model';
import { schedule, server } from './examples';
import { type Rule, type Verdict } from './rule';

const FEATURE = 'EnableCSI';
/** Of a VolumeSnapshotClass that Velero is to take; of a Schedule or a claim with the name of one. */
const CLASS = 'velero.io/csi-volumesnapshot-class';
const DEFAULT_CLASS = 'snapshot.storage.kubernetes.io/is-default-class';

export const rule: Rule = {
  id: 'snapshot-without-csi',
  severities: ['error'],
  title: 'Snapshots that Velero was not set up to take',
  goesWrong: `Without \`--features=${FEATURE}\` the server skips everything that has to do with CSI snapshots, with a line at the level of information in the log of the backup: `
    + '`snapshotMoveData: true` and the action `snapshot` of a volume policy save no data, the backup is `Completed`, and a restore brings back empty volumes. With the feature, a claim '
    + 'whose driver has no VolumeSnapshotClass, or several of which none is marked for Velero, is an error in every backup. In all versions; before 1.14 a plugin was needed too.',
  fix: `start the server with --features=${FEATURE}, or save the files of the volumes instead`,
  reference: 'velero v1.18.3 pkg/backup/item_backupper.go:413-418, pkg/util/csi/volume_snapshot.go:311-459',
  check: model => [
    ...model.declaredBackups().filter(({ spec }) => spec.snapshotMoveData === true).flatMap(backup => moved(model, backup)),
    ...policies(model),
    ...model.installs.flatMap(install => [...flag(install), ...locations(model, install), ...classes(model, install)]),
  ],
  install: '1.18.3',
  bad: () => schedule({ template: { snapshotMoveData: 'true' } }),
  good: () => [
    server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite', `--features=${FEATURE}`), schedule({ template: { snapshotMoveData: 'true' } }),
  ].join('---\n'),
};

/** Silent without a server: its flags are not known. */
function lacksFeature(install: Install | undefined): boolean {
  return install?.server !== undefined && !install.server.features.includes(FEATURE);
}

function moved(model: BackupModel, { manifest, namespace, path }: DeclaredBackup): Verdict[] {
  return lacksFeature(model.installIn(namespace)) ? [{
    on: manifest, what: `${path}.snapshotMoveData`, got: true, wanted: `a server with --features=${FEATURE}: without it no snapshot is taken and no data is moved, in a backup that is Completed`,
  }] : [];
}

function flag(install: Install): Verdict[] {
  const { server: program } = install;
  return lacksFeature(install) && program!.commandLine.isOn('default-snapshot-move-data') ? [{
    on: program!.manifest, what: '--default-snapshot-move-data', got: 'true', wanted: `--features=${FEATURE} beside it: without it no snapshot is taken`,
  }] : [];
}

/** Silent where a location of another kind may take the snapshots, or may be declared with locations that the input does not have. */
function policies(model: BackupModel): Verdict[] {
  const told = new Set<ConfigMap>();
  return model.declaredBackups().filter(({ spec }) => spec.resourcePolicy !== undefined).flatMap(({ namespace, spec }) => {
    const policy = model.volumePolicyOf(namespace, spec);
    if (policy === undefined || told.has(policy.configMap) || !policy.rules.some(({ action }) => action === 'snapshot')) {
      return [];
    }
    const elsewhere = model.snapshotLocations.in(namespace).length > 0 || model.locations.in(namespace).length === 0;
    if (elsewhere || !lacksFeature(model.installIn(namespace))) {
      return [];
    }
    told.add(policy.configMap);
    return policy.rules.flatMap(({ action }, index) => action !== 'snapshot' ? [] : [{
      on: policy.configMap.manifest,
      what: `data['${policy.key}'].volumePolicies[${index}].action.type`,
      got: action,
      wanted: `fs-backup, or a server with --features=${FEATURE}: without it and without a VolumeSnapshotLocation nothing of these volumes is saved`,
    }]);
  });
}

function locations({ snapshotLocations }: BackupModel, install: Install): Verdict[] {
  return !lacksFeature(install) ? [] : snapshotLocations.in(install.namespace).filter(({ provider }) => /(^|\/)csi$/.test(provider ?? '')).map(({ manifest, provider }) => ({
    on: manifest, what: 'spec.provider', got: provider, wanted: `a server with --features=${FEATURE}: no plugin takes snapshots for this provider`,
  }));
}

/** Silent where the input has no VolumeSnapshotClass at all, and where data is saved by files in the first place. */
function classes(model: BackupModel, install: Install): Verdict[] {
  const all = model.ofKind('snapshot.storage.k8s.io/VolumeSnapshotClass');
  const moving = install.server === undefined || lacksFeature(install) || all.length === 0 ? [] : model.schedules.in(install.namespace)
    .filter(({ namespace, template }) => model.movesSnapshotData(namespace, template) && !model.savesFilesByDefault(namespace, template));
  if (moving.length === 0) {
    return [];
  }
  const byDriver = new Map<string, Manifest[]>();
  all.forEach(each => byDriver.set(driverOf(each), [...byDriver.get(driverOf(each)) ?? [], each]));
  return [...ambiguous(model, byDriver), ...missing(model, byDriver)];
}

function driverOf({ fields }: Manifest): string {
  return fields.string('driver') ?? '';
}

function ambiguous({ schedules, claims }: BackupModel, byDriver: ReadonlyMap<string, readonly Manifest[]>): Verdict[] {
  // Whoever chooses by annotation knows what they do.
  if (claims.all.some(({ manifest }) => manifest.annotations[CLASS] !== undefined)) {
    return [];
  }
  return [...byDriver].flatMap(([driver, all]) => {
    const marked = all.length === 1 || all.some(({ labels, annotations }) => labels[CLASS] !== undefined || annotations[DEFAULT_CLASS] !== undefined);
    const chosen = marked || schedules.all.some(({ manifest }) => manifest.annotations[`${CLASS}_${driver.toLowerCase()}`] !== undefined);
    return chosen ? [] : [{
      on: all[0], what: `label ${CLASS}`, wanted: `it on one of the ${all.length} classes of the driver ${driver}: Velero does not choose between them`, next: `label one of them ${CLASS}: "true"`,
    }];
  });
}

function missing(model: BackupModel, byDriver: ReadonlyMap<string, readonly Manifest[]>): Verdict[] {
  const isMoved = (of: string) => model.schedulesCovering(of).some(({ namespace, template }) =>
    model.movesSnapshotData(namespace, template) && !model.savesFilesByDefault(namespace, template));
  const used = new Set(model.claims.all.filter(({ namespace }) => isMoved(namespace)).map(({ storageClass }) => storageClass));
  const without = model.ofKind('storage.k8s.io/StorageClass').filter(({ name, fields }) => used.has(name) && !byDriver.has(fields.string('provisioner') ?? ''));
  return without.map(on => ({
    on,
    what: 'provisioner',
    got: on.fields.string('provisioner'),
    wanted: 'a driver that has a VolumeSnapshotClass: claims of this class are in backups that move snapshots, and none can be taken of them',
    next: 'declare a VolumeSnapshotClass for the driver, or save the files of these volumes instead',
  }));
}
