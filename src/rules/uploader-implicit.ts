import { server } from './examples';
import { type Rule } from './rule';

export const rule: Rule = {
  id: 'uploader-implicit',
  severities: ['error'],
  title: 'The server is not told which uploader to use',
  goesWrong: 'Without `--uploader-type` a server up to 1.16 writes with restic and one from 1.17 with kopia, whatever `velero install` would have printed. '
    + 'The same manifest changes uploader and repository on the upgrade from 1.16 to 1.17: every volume is uploaded in full again, the old repositories are '
    + 'maintained no more, and what restic wrote can be restored only up to 1.18.',
  fix: 'write --uploader-type=kopia, or restic on purpose on a Velero up to 1.16',
  reference: 'velero v1.16.2 pkg/cmd/server/config/config.go:209, v1.17.2 pkg/cmd/server/config/config.go:206',
  check: ({ installs }) => installs.flatMap(({ servers, release }) => servers
    .filter(({ commandLine }) => commandLine.value('uploader-type') === undefined)
    .map(({ manifest }) => ({
      on: manifest,
      what: '--uploader-type',
      wanted: `it to be written${release ? `: Velero ${release.version} takes ${release.serverFlags.get('uploader-type')?.default}, others do not` : ''}`,
    }))),
  install: '1.16.2',
  bad: () => server('1.16.2', '--default-backup-storage-location=offsite'),
  good: () => server('1.16.2', '--default-backup-storage-location=offsite', '--uploader-type=kopia'),
};
