import { compared, SUPPORTED_MINORS } from '../versions';
import { nodeAgent } from './examples';
import { type Rule } from './rule';

export const rule: Rule = {
  id: 'version-unsupported',
  severities: ['warning'],
  title: 'A Velero that upstream does not support any more',
  goesWrong: 'Nothing by itself. But Velero helps with, and mends, the newest minor version and the one before: a fault in an older one, also one that lets others in or loses '
    + 'backups, stays there, and whoever asks about it is told to upgrade first.',
  fix: 'upgrade, one minor version after the other; what restic wrote is restored up to 1.18',
  reference: 'https://velero.io/docs/v1.18/support-process/',
  check: ({ installs }) => installs.flatMap(({ server: program, nodeAgent: agent, version }) => version === undefined || !isOld(version) ? [] : [{
    on: (program ?? agent)!.manifest,
    what: 'version of Velero',
    got: version,
    wanted: `${SUPPORTED_MINORS.join(' or ')}, which upstream supports`,
  }]),
  bad: () => nodeAgent('1.16.2'),
  good: () => nodeAgent('1.17.2'),
};

/** Newer ones that are not known here are none. */
function isOld(version: string): boolean {
  return compared(version, `${SUPPORTED_MINORS[0]}.0`) < 0;
}
