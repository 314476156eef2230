import { type BackupModel, type Location, type VeleroProgram } from '../model';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'location-default',
  severities: ['error'],
  title: 'Not exactly one default location, or the server is told another one',
  goesWrong: 'With two defaults the controller takes `default: true` back from all but the newest, and git sets it again: ArgoCD and Velero undo each other for ever, and a '
    + 'backup without a location goes now here, now there. A server whose `--default-backup-storage-location` names another location writes `default: true` '
    + 'into that one when it starts; where it names none that exists, a backup that names no location fails validation. In all versions.',
  fix: 'set default: true on one location of the namespace, and name the same one in --default-backup-storage-location',
  reference: 'velero v1.18.2 pkg/cmd/server/server.go:396-423, pkg/controller/backup_storage_location_controller.go:331-375',
  check: model => namespacesOf(model).flatMap(namespace => judged(model, namespace)),
  install: '1.18.3',
  bad: () => second('true'),
  good: () => second('false'),
};

function second(isDefault: string): string {
  return `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: second, namespace: velero }
spec:
  provider: aws
  default: ${isDefault}
  objectStorage: { bucket: second-backups, prefix: production }
  config: { region: eu-north-1 }
  credential: { name: velero-s3-credentials, key: cloud }
`;
}

function namespacesOf({ locations }: BackupModel): string[] {
  return [...new Set(locations.all.map(({ namespace }) => namespace))];
}

function judged(model: BackupModel, namespace: string): readonly Verdict[] {
  const defaults = model.locations.in(namespace).filter(({ isDefault }) => isDefault);
  const names = new Set(defaults.map(({ name }) => name));
  if (names.size > 1) {
    const wanted = `one default in the namespace ${namespace}: ${[...names].join(' and ')} are`;
    return defaults.map(({ manifest }) => ({ on: manifest, what: 'spec.default', got: true, wanted }));
  }
  return againstServer(model, namespace, defaults.at(0));
}

/** Silent without a server, and where its flag names a location that the input does not have: those may be in another repository. */
function againstServer(model: BackupModel, namespace: string, location: Location | undefined): Verdict[] {
  const server = model.installIn(namespace)?.server;
  if (server === undefined) {
    return [];
  }
  const flag = server.commandLine.value('default-backup-storage-location');
  if (location === undefined) {
    const elsewhere = flag !== undefined && model.locations.get(namespace, flag) === undefined;
    return elsewhere ? [] : [noDefault(model, server, namespace, flag)];
  }
  return (flag ?? 'default') === location.name ? [] : [{
    on: server.manifest,
    what: '--default-backup-storage-location',
    got: flag,
    wanted: `${location.name}, the location with default: true${flag === undefined ? '; without the flag the server takes "default"' : ''}`,
  }];
}

function noDefault(model: BackupModel, { manifest }: VeleroProgram, namespace: string, flag: string | undefined): Verdict {
  const named = flag === undefined ? undefined : model.locations.get(namespace, flag);
  const names = model.locations.in(namespace).map(({ name }) => name).join(', ');
  return named
    ? { on: named.manifest, what: 'spec.default', wanted: 'true: the server that names it as the default writes that into it, and git takes it back' }
    : { on: manifest, what: 'default location', wanted: `one location of the namespace ${namespace} with default: true; it has ${names}` };
}
