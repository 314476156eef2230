import { server } from './examples';
import { type Rule } from './rule';

export const rule: Rule = {
  id: 'restic-removed',
  severities: ['error'],
  title: 'The uploader is restic, and this Velero cannot write with it any more',
  goesWrong: 'From 1.17 the server refuses the uploader when it starts (`invalid uploader type \'restic\', valid type: \'kopia\'`), ends with exit code 1 '
    + 'and is started again for ever. No backup is made, none is restored, none expires. What restic wrote before can still be restored up to 1.18.',
  fix: 'write with kopia, or stay on 1.16 until then',
  reference: 'velero v1.17.2 pkg/uploader/types.go:42-49, pkg/cmd/server/server.go:165-170',
  check: ({ installs }) => installs.flatMap(({ server: program, release, uploader }) =>
    program && release && uploader === 'restic' && !release.uploaders.includes('restic')
      ? [{ on: program.manifest, what: '--uploader-type', got: 'restic', wanted: `${release.uploaders.join(' or ')}, all that Velero ${release.version} can write with` }]
      : []),
  install: '1.17.2',
  bad: () => server('1.17.2', '--uploader-type=restic', '--default-backup-storage-location=offsite'),
  good: () => server('1.17.2', '--uploader-type=kopia', '--default-backup-storage-location=offsite'),
};
