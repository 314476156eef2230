import { Duration } from 'cdk8s';
import { dnsSubdomain, Problem, wholeSeconds } from '../findings';
import { AccessMode, BackupStorageLocation, IBackupStorageLocation } from '../storage/backup-storage-location';
import { shortGoDuration } from '../versions';
import type { BackupScheduleProps } from './backup-schedule';
import { CronExpression } from './cron-expression';
import { oldFilters } from './filters';

/** Longest value of a label. */
const LABEL_LENGTH = 63;
/** ArgoCD's own label: on a Backup it makes ArgoCD prune what it takes for a stray object of the application. */
const INSTANCE_LABEL = 'app.kubernetes.io/instance';

/** Velero puts the name into a label of each backup as it is; one that does not fit makes the API server refuse every backup. */
export function checkName(what: string, got: string): Problem | undefined {
  return !dnsSubdomain(what, got) && got.length <= LABEL_LENGTH ? undefined : {
    what,
    got,
    wanted: `at most ${LABEL_LENGTH} lower-case letters, digits, "-" and ".", each part between dots beginning and ending with a letter or digit: `
      + 'Velero labels each backup with it',
  };
}

export function checkRetention(ttl: Duration | undefined, cron: CronExpression): (Problem | undefined)[] {
  if (ttl === undefined) {
    return [{ what: 'ttl', wanted: 'a Duration, such as Duration.days(30), or a tier' }];
  }
  const problem = wholeSeconds('ttl', ttl);
  if (problem) {
    return [problem];
  }
  const gap = cron.longestGap();
  return [ttl.toSeconds() > gap.toSeconds() ? undefined : {
    what: 'ttl',
    got: shortGoDuration(ttl),
    wanted: `more than ${shortGoDuration(gap)}, the longest gap of the cron '${cron.expression}': otherwise the last good backup expires before the next`,
    next: 'keep backups longer or make them more often',
  }];
}

export function checkObjectives(cron: CronExpression, rpo: Duration | undefined, rto: Duration | undefined): (Problem | undefined)[] {
  const wrong = [wholeSeconds('rpo', rpo), wholeSeconds('rto', rto)];
  return [...wrong, rpo && !wrong[0] ? checkGap('cron', cron, rpo) : undefined];
}

/** Between two good backups no more time may pass than data may be lost. */
export function checkGap(what: string, cron: CronExpression, rpo: Duration): Problem | undefined {
  const gap = cron.longestGap();
  return rpo.toSeconds() >= gap.toSeconds() ? undefined : {
    what,
    got: cron.expression,
    wanted: `a longest gap of at most the RPO ${shortGoDuration(rpo)}, but it is ${shortGoDuration(gap)}${cron.timeZone ? ` by the clock of ${cron.timeZone}` : ''}`,
    next: cron.timeZone ? 'run it more often, allow a larger RPO, or leave the zone out: no clock change then makes a gap longer' : 'run it more often or allow a larger RPO',
  };
}

export function checkPolicy(props: BackupScheduleProps, namespace: string): (Problem | undefined)[] {
  const policy = props.volumePolicy;
  const older = oldFilters(props);
  return policy ? [
    policy.namespace === namespace ? undefined : {
      what: 'volumePolicy', got: `${policy.namespace}/${policy.configMapName}`, wanted: `a policy in ${namespace}, where the location is`,
    },
    policy.filtersResources && older.length > 0 ? {
      what: 'volumePolicy',
      got: policy.configMapName,
      wanted: `one that filters no resources beside ${older.join(', ')}: Velero refuses a backup with both`,
      next: 'use the filters for cluster-scoped and namespace-scoped resources',
    } : undefined,
  ] : [];
}

export function checkBackupLabels(labels: { [key: string]: string } | undefined): (Problem | undefined)[] {
  return labels ? [
    Object.keys(labels).length > 0 ? undefined : {
      what: 'backupLabels', got: labels, wanted: 'at least one label: without any, Velero copies all labels of the Schedule', next: 'leave it out',
    },
    INSTANCE_LABEL in labels ? {
      what: `backupLabels['${INSTANCE_LABEL}']`, got: labels[INSTANCE_LABEL], wanted: 'no such label: ArgoCD would prune the backups', next: 'leave it out',
    } : undefined,
  ] : [];
}

/** Of a location of another app nothing is known. A schedule that is paused makes no backups: it waits for the location to be written again. */
export function checkLocation(location: IBackupStorageLocation, paused: boolean | undefined): Problem | undefined {
  return paused || !BackupStorageLocation.isBackupStorageLocation(location) || location.accessMode !== AccessMode.READ_ONLY ? undefined : {
    what: 'location',
    got: location.locationName,
    wanted: 'one that is written to: its accessMode is ReadOnly, and every backup would be FailedValidation',
    next: 'name another location, or write paused: true until this one is ReadWrite',
  };
}
