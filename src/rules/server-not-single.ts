import { type Install, type VeleroProgram } from '../model';
import { server } from './examples';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'server-not-single',
  severities: ['error'],
  title: 'More than one server can run at a time, or none',
  goesWrong: 'Velero elects no leader: each server runs every controller, so that two work on the same backups and overwrite what the other notes. A server that starts marks '
    + 'every backup and restore in progress as Failed, also those of a server that still runs. A Deployment without `strategy` is a RollingUpdate: on each '
    + 'change it starts the new server beside the old one. In all versions; `velero install` writes no strategy, the Helm chart writes Recreate.',
  fix: 'write replicas: 1 and strategy: { type: Recreate }',
  reference: 'velero v1.18.3 pkg/cmd/server/server.go:389, 981-1037',
  check: ({ installs }) => installs.flatMap(install => [...install.servers.flatMap(alone), ...others(install)]),
  install: '1.18.3',
  bad: () => usual().replace('type: Recreate', 'type: RollingUpdate'),
  good: () => usual(),
};

function usual(): string {
  return server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite');
}

function alone({ manifest, workload: { kind, replicas } }: VeleroProgram): Verdict[] {
  const strategy = manifest.spec.object('strategy').string('type');
  return [
    ...(replicas === undefined || replicas === 1 ? [] : [{
      on: manifest,
      what: 'spec.replicas',
      got: replicas,
      wanted: replicas === 0 ? '1: without a server nothing is saved, restored or expired' : '1: servers elect no leader, and each works on every backup',
    }]),
    ...(kind !== 'Deployment' || strategy === 'Recreate' ? [] : [{
      on: manifest,
      what: 'spec.strategy.type',
      got: strategy,
      wanted: `Recreate: ${strategy === undefined ? 'RollingUpdate, the default,' : strategy} starts the new server beside the old one, and it fails the backup that runs there`,
    }]),
  ];
}

/** The same object twice is one in the cluster. */
function others({ namespace, servers }: Install): Verdict[] {
  const [first, ...rest] = servers;
  return rest.filter(({ workload }) => workload.name !== first.workload.name || workload.kind !== first.workload.kind).map(({ manifest }) => ({
    on: manifest,
    what: 'server',
    wanted: `one server in the namespace ${namespace}: ${first.manifest} is one too`,
    next: 'take one of them away',
  }));
}
