import { type BackupModel, type Install, type SecretProducer } from '../model';
import { REPOSITORY_PASSWORD } from '../versions';
import { type Rule, type Verdict } from './rule';

const { secretName: SECRET, secretKey: KEY } = REPOSITORY_PASSWORD;
const OLD_SECRET = 'velero-restic-credentials';

export const rule: Rule = {
  id: 'repository-password-misnamed',
  severities: ['error'],
  title: 'The password of the repositories stands under a name that Velero does not read',
  goesWrong: `From 1.10 Velero reads the key \`${KEY}\` of the Secret \`${SECRET}\`. A Secret of the old name, \`${OLD_SECRET}\`, is not looked at: the server makes one of the new name with `
    + 'the public password of its source, and encrypts all volume data with that. A Secret of the right name without the key is taken as it is: the server starts, '
    + 'no repository can be opened (`unable to get key for secret`), and backups have no volume data.',
  fix: `name the Secret ${SECRET} and its key ${KEY}; where repositories exist already, keep the password that they were made with`,
  reference: 'velero v1.18.3 pkg/repository/keys/keys.go:33-66, internal/credentials/file_store.go:67-69; velero v1.9.7 pkg/restic/repository_keys.go:33',
  check: model => [
    ...model.secrets.all.filter(({ name }) => name === SECRET).flatMap(withoutKey),
    ...model.installs.flatMap(install => ofOldName(model, install)),
  ],
  install: '1.18.3',
  bad: () => sealed('password'),
  good: () => sealed(KEY),
};

function sealed(key: string): string {
  return `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: ${SECRET}, namespace: velero }
spec:
  encryptedData: { ${key}: AgB3… }
`;
}

/** Silent where only the cluster knows the keys: a Secret without any is one that something else fills. */
function withoutKey({ manifest, keys }: SecretProducer): Verdict[] {
  return keys === undefined || keys.size === 0 || keys.has(KEY) ? [] : [{
    on: manifest, what: 'keys', got: [...keys].join(', '), wanted: `${KEY}: Velero reads no other, and opens no repository without`,
  }];
}

/** What is left over beside one of the right name is none. */
function ofOldName({ secrets }: BackupModel, { namespace, release }: Install): Verdict[] {
  const old = secrets.get(namespace, OLD_SECRET);
  return release === undefined || old === undefined || secrets.get(namespace, SECRET) !== undefined ? [] : [{
    on: old.manifest, what: 'name of the Secret', got: OLD_SECRET, wanted: `${SECRET}: Velero ${release.version} does not look at the old name`,
  }];
}
