import { type BackupModel, grouped, type Install } from '../model';
import { available, CAPABILITIES, type Capability } from '../versions';
import { type Change } from './change';
import { type InstallPair } from './program-pair';
import { hours, namesText, shown } from './words';

/** What copies the files of volumes: by flag, or by the default of the release. */
export function uploader(install: InstallPair): Change[] {
  const { was, is, server } = install;
  const fields = server.takeFlag('uploader-type');
  const [from, to] = [was.uploader, is.uploader];
  if (from === to) {
    return [];
  }
  const silently = fields.length === 0 ? ', by the default of the release' : '';
  const change = { id: 'uploader-changed', on: server.is.manifest, fields, message: `uploader ${name(from)} → ${name(to)}${silently}` } as const;
  if (from === undefined || to === undefined) {
    return [{ ...change, severity: 'notable', means: ['The default depends on the release, which the image does not tell: write --uploader-type.'] }];
  }
  if (isGone('restic-backup', to, is.version)) {
    const means = [`The server of Velero ${is.version} does not know ${to} and ends at once, again and again: no backups, no restores, nothing expires.`];
    return [{ ...change, severity: 'destructive', means }];
  }
  if (isGone('restic-restore', from, is.version)) {
    return [{ ...change, severity: 'destructive', means: [`Velero ${is.version} does not restore what ${from} saved.`, `The first ${to} backup copies all of each volume.`] }];
  }
  return [{ ...change, severity: 'notable', means: migration(install, from, to) }];
}

function name(uploaderType: string | undefined): string {
  return uploaderType === undefined ? 'not known' : shown(uploaderType);
}

/** What stays restorable until when. */
function migration({ was, is, comparison }: InstallPair, from: string, to: string): string[] {
  return [
    restorable(was, is, comparison.was, from),
    ...until(was, comparison.was, from),
    'They need the password that they were made with (Secret velero-repo-credentials): keep it.',
    `The first ${to} backup copies all of each volume, into repositories beside those of ${from}: both take space until the backups by ${from} have expired.`,
  ];
}

/** Of releases that are not out yet nothing is known but this. */
function isGone(capability: Capability, uploaderType: string, version: string | undefined): boolean {
  return uploaderType === 'restic' && version !== undefined && !available(CAPABILITIES[capability], version);
}

/** Until when what was saved so far can be restored, by how long the schedules keep it. */
function restorable(was: Install, is: Install, model: BackupModel, from: string): string {
  const groups = grouped(model.schedules.in(was.namespace), ({ template }) => model.retentionOf(was.namespace, template) ?? Infinity);
  const ends = [...groups].filter(([retention]) => retention !== Infinity).sort(([one], [other]) => one - other)
    .map(([retention, schedules]) => `after ${hours(retention)} for ${namesText(schedules, SHOWN)}`);
  const version = is.version === undefined ? 'this version' : `Velero ${is.version}`;
  return `Backups by ${from} made so far can be restored with ${version} until they expire${ends.length === 0 ? '' : `, the last one ${ends.join('; ')}`}.`;
}

const SHOWN = 3;

function until(was: Install, model: BackupModel, from: string): string[] {
  const end = CAPABILITIES['restic-restore'].until;
  const longest = Math.max(0, ...model.schedules.in(was.namespace).map(({ template }) => model.retentionOf(was.namespace, template) ?? 0));
  const last = longest === 0 ? ' until then' : ` for ${hours(longest)} after the last backup by restic`;
  return from !== 'restic' || end === undefined ? [] : [`Stay below Velero ${end.replace(/\.0$/, '')}${last}: it restores none of them.`];
}
