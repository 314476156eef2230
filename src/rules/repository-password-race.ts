import { type BackupModel, needsSecret, syncWave, type VeleroProgram } from '../model';
import { REPOSITORY_PASSWORD } from '../versions';
import { notWaiting, server } from './examples';
import { type Rule, type Verdict } from './rule';

const { secretName: SECRET } = REPOSITORY_PASSWORD;

export const rule: Rule = {
  id: 'repository-password-race',
  severities: ['error'],
  title: 'The server can start before the Secret with the password of the repositories exists',
  goesWrong: `A controller makes the Secret \`${SECRET}\` out of a SealedSecret or an ExternalSecret, some time after that was applied. A server that starts before does not wait: it makes the `
    + 'Secret itself, with the public password of its source, and the first backup encrypts with that. The controller then finds a Secret that is not its own (`already exists and is not '
    + 'managed by SealedSecret`) and leaves it: ArgoCD shows the application as degraded, while backups run with a password that everybody knows. '
    + 'An earlier sync wave helps in ArgoCD alone, and not when somebody applies the manifests by hand in an emergency. In all versions from 1.10.',
  fix: `mount the Secret ${SECRET} in the server as a volume that is not optional: the pod waits for it then`,
  reference: 'velero v1.18.3 pkg/repository/keys/keys.go:45-66, pkg/cmd/server/server.go:526; https://github.com/bitnami-labs/sealed-secrets, pkg/controller/controller.go:393',
  check: model => model.installs.flatMap(({ servers }) => servers.flatMap(program => race(model, program))),
  install: '1.18.3',
  bad: () => notWaiting(usual()),
  good: () => usual(),
};

function usual(): string {
  return server('1.18.3', '--uploader-type=kopia', '--default-backup-storage-location=offsite');
}

/** In a cluster the race is over; without anything that makes the Secret it is a matter of repository-password-missing. */
function race(model: BackupModel, { manifest, pod }: VeleroProgram): Verdict[] {
  const safe = manifest.isFromCluster || needsSecret(pod, SECRET);
  const producers = safe ? [] : model.secrets.in(manifest.namespace).filter(({ name }) => name === SECRET);
  // ArgoCD applies lower waves first, and a Secret before a Deployment of the same.
  const exists = producers.some(producer => producer.manifest.kind === 'Secret' && syncWave(producer.manifest) <= syncWave(manifest));
  const [late] = producers;
  return late === undefined || exists ? [] : [{
    on: manifest,
    what: 'volumes',
    wanted: `one of the Secret ${SECRET}, not optional, so that the pod waits for ${late.manifest}: the server would make the Secret itself, with a public password`,
  }];
}
