import { type BackupModel, type BackupSpec, savesAnyPods, type Schedule } from '../model';
import { isSame } from './changed-fields';
import { policyDifference } from './volume-policy-change';

/** Whether a backup chooses objects by their labels. */
export function isSelective({ labelSelector, orLabelSelectors }: BackupSpec): boolean {
  return [labelSelector, ...orLabelSelectors].some(selector => selector !== undefined
    && Object.keys(selector.matchLabels).length + selector.matchExpressions.length > 0);
}

/** Why a schedule does not save what another one saved, though it is about the same namespace; nothing where it does. */
export function shortfall(lost: Schedule, candidate: Schedule, was: BackupModel, is: BackupModel): string | undefined {
  const [before, after] = [lost.template, candidate.template];
  const reasons: readonly (readonly [string, () => boolean])[] = [
    ['Velero cannot read when it starts', () => candidate.cron?.longestGap === undefined],
    ['Velero cannot read how long it keeps backups', () => after.ttl !== undefined && after.ttl.seconds === undefined],
    [`no server of Velero runs in ${candidate.namespace}`, () => !hasServer(candidate, is)],
    ['it chooses by label', () => isSelective(after) && !isSameSelection(before, after)],
    ['it saves no pods', () => savesAnyPods(before) && !savesAnyPods(after)],
    ['it saves less of the volumes', () => volumesSaved(candidate, is) < volumesSaved(lost, was)],
    ['its volume policy leaves volumes out', () => leavesOut(lost, candidate, was, is)],
  ];
  return reasons.find(([, holds]) => holds())?.[0];
}

/** Where no server is in the input at all, it is in another repository. */
function hasServer({ namespace }: Schedule, { installs }: BackupModel): boolean {
  const servers = installs.filter(({ server }) => server !== undefined);
  return servers.length === 0 || servers.some(install => install.namespace === namespace);
}

function isSameSelection({ fields: { json: one } }: BackupSpec, { fields: { json: other } }: BackupSpec): boolean {
  return isSame(one.labelSelector, other.labelSelector) && isSame(one.orLabelSelectors, other.orLabelSelectors);
}

/** 2 where their data reaches the location, 1 where snapshots stay in the storage, 0 where nothing of them is saved. */
function volumesSaved({ namespace, template }: Schedule, model: BackupModel): number {
  const makesSnapshots = template.snapshotVolumes !== false;
  const reaches = model.savesFilesByDefault(namespace, template) || (makesSnapshots && model.movesSnapshotData(namespace, template));
  return reaches ? 2 : Number(makesSnapshots);
}

function leavesOut(lost: Schedule, candidate: Schedule, was: BackupModel, is: BackupModel): boolean {
  const [before, after] = [was.volumePolicyOf(lost.namespace, lost.template), is.volumePolicyOf(candidate.namespace, candidate.template)];
  return policyDifference(before, after)?.severity === 'destructive';
}
