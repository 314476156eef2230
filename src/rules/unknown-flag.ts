import { type VeleroProgram } from '../model';
import { type Flag, releaseOf, VELERO_MINORS } from '../versions';
import { server } from './examples';
import { nearest } from './nearest';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'unknown-flag',
  severities: ['error'],
  title: 'A flag that this version of the server or the node-agent does not have',
  goesWrong: 'The program prints `unknown flag`, ends with exit code 1 and is started again for ever: a server that does so makes no backup, a node-agent saves no '
    + 'volume. Flags come and go between versions: the five of maintenance Jobs are gone from 1.17, `--concurrent-backups` came with 1.18, and the node-agent has '
    + 'never had `--uploader-type`.',
  fix: 'take the flag away, or write it as this version does',
  reference: 'velero v1.18.3 pkg/cmd/server/config/config.go:229-284, pkg/cmd/cli/nodeagent/server.go:120-126',
  check: ({ installs }) => installs.flatMap(({ servers, nodeAgents, release }) => release === undefined ? [] : [
    ...servers.flatMap(program => unknownFlags(program, 'the server', release.serverFlags, release.version)),
    ...nodeAgents.flatMap(program => unknownFlags(program, 'the node-agent', release.nodeAgentFlags, release.version)),
  ]),
  install: '1.17.2',
  bad: () => server('1.17.2', '--uploader-type=kopia', '--default-backup-storage-location=offsite', '--keep-latest-maintenance-jobs=3'),
  good: () => server('1.17.2', '--uploader-type=kopia', '--default-backup-storage-location=offsite'),
};

function unknownFlags({ manifest, commandLine }: VeleroProgram, program: string, flags: ReadonlyMap<string, Flag>, version: string): Verdict[] {
  return commandLine.flags.filter(({ name }) => !flags.has(name)).map(({ name }) => ({
    on: manifest,
    what: `--${name}`,
    wanted: `a flag that ${program} of Velero ${version} has: it has no such flag and would not start`,
    next: meant(name, flags),
  }));
}

/** A flag that was probably meant, or the versions that have this one. */
function meant(name: string, flags: ReadonlyMap<string, Flag>): string | undefined {
  const near = nearest(name, flags.keys());
  return near === undefined ? elsewhere(name) : `write --${near}`;
}

function elsewhere(name: string): string | undefined {
  const releases = VELERO_MINORS.map(minor => releaseOf(`${minor}.0`));
  const having = releases.filter(({ serverFlags, nodeAgentFlags }) => serverFlags.has(name) || nodeAgentFlags.has(name));
  const program = having[0]?.serverFlags.has(name) ? 'the server' : 'the node-agent';
  return having.length === 0 ? undefined : `take it away: it is a flag of ${program} of Velero ${having.map(({ minor }) => minor).join(', ')}`;
}
