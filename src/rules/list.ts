import { rule as acknowledgementIdle } from './acknowledgement-idle';
import { rule as cronInvalid } from './cron-invalid';
import { rule as locationDefault } from './location-default';
import { rule as locationUnknown } from './location-unknown';
import { rule as repositoryPasswordMissing } from './repository-password-missing';
import { rule as resticRemoved } from './restic-removed';
import { rule as rpoUnreachable } from './rpo-unreachable';
import { type Rule } from './rule';
import { rule as schedulesCollide } from './schedules-collide';
import { rule as skipImmediately } from './skip-immediately';
import { rule as unknownFlag } from './unknown-flag';
import { rule as unreadableField } from './unreadable-field';
import { rule as uploaderImplicit } from './uploader-implicit';

/** Every rule, in the order of docs/RULES.md. The last two judge what the others did. */
export const RULES: readonly Rule[] = [
  // What Velero consists of
  resticRemoved,
  uploaderImplicit,
  unknownFlag,

  // The repository and its password
  repositoryPasswordMissing,

  // Locations
  locationUnknown,
  locationDefault,

  // Schedules
  cronInvalid,
  skipImmediately,
  rpoUnreachable,
  schedulesCollide,

  // Manifests and this library
  unreadableField,
  acknowledgementIdle,
];
