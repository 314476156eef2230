import { BackupModel } from '../model';
import { type DiffFormat, type DiffOptions } from './diff';
import { asJson } from './diff-json';
import { asMarkdown } from './diff-markdown';
import { reportOf } from './diff-report';
import { asText } from './diff-text';
import { NAME_MANIFESTS, refuseUse } from './failure';
import { twiceStandardInput } from './files';
import { readManifestInput } from './manifest-input';
import { Found, type Surroundings } from './surroundings';

const COMMAND = 'diff';
const FORMATS = { text: asText, markdown: asMarkdown, json: asJson } satisfies Record<DiffFormat, unknown>;

/**
 * Tells what changes for the backups.
 *
 * @throws WrongUse when something cannot be read: half an input would make other changes
 * @throws Found when something is destructive
 */
export async function diff(was: string, is: string, { format }: DiffOptions, surroundings: Surroundings): Promise<void> {
  refuseUse(COMMAND, twiceStandardInput({ OLD: was, NEW: is }));
  // A folder without manifests is fine: in the commit that brings the first ones the old side has none.
  const [before, after] = [await readManifestInput([was], surroundings), await readManifestInput([is], surroundings)];
  refuseUse(COMMAND, ...before.problems, ...after.problems);
  refuseUse(COMMAND, before.sources.length + after.sources.length > 0 ? undefined : {
    what: 'OLD and NEW', got: `${was} ${is}`, wanted: 'at least one object of Kubernetes in one of them', next: NAME_MANIFESTS,
  });
  const report = reportOf(BackupModel.of(before.sources), BackupModel.of(after.sources), before.foreign + after.foreign);
  surroundings.stdout.write(FORMATS[format](report, surroundings));
  if (report.changes.some(({ severity }) => severity === 'destructive')) {
    throw new Found();
  }
}
