import { type Install, type SecretProducer } from '../model';
import { REPOSITORY_PASSWORD } from '../versions';
import { notWaiting, server } from './examples';
import { type Rule, type Verdict } from './rule';

const { secretName: SECRET, secretKey: KEY } = REPOSITORY_PASSWORD;

export const rule: Rule = {
  id: 'repository-password-missing',
  severities: ['error'],
  title: 'Nothing makes the password of the repositories, and the server does not wait for it',
  goesWrong: `A server that finds no Secret \`${SECRET}\` when it starts makes one, with the password \`static-passw0rd\` from Velero's source: whoever reads the bucket `
    + 'reads all volume data. Nothing ever encrypts the repositories anew, and a Secret that comes later is not used. In all versions from 1.10.',
  fix: `declare a SealedSecret or ExternalSecret ${SECRET} with the key ${KEY}, and mount it in the server so that it waits for it`,
  reference: 'velero v1.14.1 pkg/repository/keys/keys.go:36-66, velero v1.18.1 pkg/cmd/server/server.go:515-519',
  check: ({ installs, secrets }) => installs.flatMap(install => missing(install, secrets.get(install.namespace, SECRET))),
  bad: () => notWaiting(server('1.18.3', '--uploader-type=kopia')),
  good: () => server('1.18.3', '--uploader-type=kopia'),
};

/**
 * Silent when a pod cannot start without the Secret: whoever mounts it knows where it comes from, and no public password can come of it.
 * What waits for a Secret but not for the key is a matter of repository-password-misnamed.
 */
function missing({ namespace, servers }: Install, producer: SecretProducer | undefined): Verdict[] {
  return producer !== undefined ? [] : servers.filter(({ pod }) => !waits(pod)).map(({ manifest }) => ({
    on: manifest,
    what: `Secret ${namespace}/${SECRET}`,
    wanted: 'something that makes it, or a volume or variable of the server that needs it: the server would make it with the public password of Velero\'s source',
  }));
}

function waits({ volumes, containers, initContainers }: Install['servers'][number]['pod']): boolean {
  return volumes.some(({ secret }) => secret?.name === SECRET && !secret.optional)
    || [...initContainers, ...containers].some(({ env }) => env.some(({ secret }) => secret?.name === SECRET && !secret.optional));
}
