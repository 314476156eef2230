import { CAPABILITIES, type Capability } from '../versions';
import { server } from './examples';
import { type Rule } from './rule';

export const rule: Rule = {
  id: 'restic-deprecated',
  severities: ['warning'],
  title: 'The uploader is restic, which this Velero is the last to write with',
  goesWrong: 'In 1.15 and 1.16 restic still works, and every backup has one warning a pod that says it will not for long, so that a warning that matters is one of many. '
    + `Velero 1.17 refuses to start with restic, and from ${firstWithout('restic-restore')} nothing restores what restic wrote: `
    + 'until the last of those backups has expired, the upgrade has to wait.',
  fix: 'write with kopia: the first backup uploads everything anew, and what restic wrote expires by itself',
  reference: 'velero v1.16.2 pkg/uploader/types.go:48-50, pkg/podvolume/backupper.go:257; velero v1.18.1 site/content/docs/main/file-system-backup.md:713-721',
  // Without the flag it is a matter of uploader-implicit.
  check: ({ installs }) => installs.flatMap(({ server: program, release }) =>
    program && release?.has('restic-deprecated') && program.commandLine.value('uploader-type') === 'restic' ? [{
      on: program.manifest,
      what: '--uploader-type',
      got: 'restic',
      wanted: `kopia: Velero writes with restic before ${firstWithout('restic-backup')} only, and restores what restic wrote before ${firstWithout('restic-restore')} only`,
    }] : []),
  install: '1.16.2',
  bad: () => server('1.16.2', '--uploader-type=restic', '--default-backup-storage-location=offsite'),
  good: () => server('1.16.2', '--uploader-type=kopia', '--default-backup-storage-location=offsite'),
};

/** `1.17` */
function firstWithout(capability: Capability): string {
  return CAPABILITIES[capability].until!.replace(/\.0$/, '');
}
