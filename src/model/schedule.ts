import { BackupSpec } from './backup-spec';
import { Cron } from './cron';
import { type GoDuration, readDuration } from './duration';
import { type Manifest } from './manifest';

/** A Schedule of Velero, with what it promises. */
export interface Schedule {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;

  /** Absent when the manifest has none. */
  readonly cron?: Cron;
  readonly template: BackupSpec;
  readonly paused: boolean;
  readonly skipImmediately?: boolean;
  readonly useOwnerReferencesInBackup: boolean;

  /** `cdk8s-velero/rpo`: most data that may be lost. */
  readonly rpo?: GoDuration;

  /** `cdk8s-velero/rto`: longest allowed recovery. */
  readonly rto?: GoDuration;

  /** `cdk8s-velero/tier` */
  readonly tier?: string;
}

/** A Backup that somebody declared or, in a dump of a cluster, that a Schedule made. */
export interface Backup {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly spec: BackupSpec;

  /** The Schedule that made it. */
  readonly scheduleName?: string;
}

export function readSchedule(manifest: Manifest): Schedule {
  const { spec, annotations } = manifest;
  const expression = spec.string('schedule');
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    cron: expression === undefined ? undefined : Cron.of(expression),
    template: new BackupSpec(spec.object('template')),
    paused: spec.boolean('paused') ?? false,
    skipImmediately: spec.boolean('skipImmediately'),
    useOwnerReferencesInBackup: spec.boolean('useOwnerReferencesInBackup') ?? false,
    rpo: promised(annotations['cdk8s-velero/rpo']),
    rto: promised(annotations['cdk8s-velero/rto']),
    tier: annotations['cdk8s-velero/tier'],
  };
}

export function readBackup(manifest: Manifest): Backup {
  return {
    manifest,
    namespace: manifest.namespace,
    name: manifest.name,
    spec: new BackupSpec(manifest.spec),
    scheduleName: manifest.labels['velero.io/schedule-name'],
  };
}

function promised(text: string | undefined): GoDuration | undefined {
  return text === undefined ? undefined : readDuration(text);
}
