import { type BackupModel } from '../model';
import { argoCdDelivery } from './argocd-delivery';
import { type Change } from './change';
import { Comparison } from './comparison';
import { credentials } from './credentials';
import { definitions } from './definitions';
import { exclusions } from './exclusions';
import { immutableFields } from './immutable-fields';
import { installs } from './installs';
import { locations } from './locations';
import { otherObjects } from './other-objects';
import { permissions } from './permissions';
import { Protection } from './protection';
import { prunedObjects } from './pruned-objects';
import { repositoryPassword } from './repository-password';
import { type Context } from './schedule-pair';
import { schedules } from './schedules';
import { syncOptions } from './sync-options';
import { volumePolicies } from './volume-policy-change';

/** In this order: each takes the objects and fields that it tells of, and the last tells of what is left. */
const TELLERS: readonly ((context: Context) => Change[])[] = [
  repositoryPassword, immutableFields, schedules, volumePolicies, locations, installs, credentials, exclusions, syncOptions, definitions,
  argoCdDelivery, permissions, prunedObjects, otherObjects,
];

/** What changes for the backups between two sets of manifests: every field that differs is told of, none twice. */
export function diff(was: BackupModel, is: BackupModel): Change[] {
  const context = { comparison: new Comparison(was, is), protection: new Protection(was, is) };
  return TELLERS.flatMap(teller => teller(context));
}
