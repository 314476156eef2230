import { testChanges } from './change-cases';
import { type Objects, sealed } from './manifests';

const SYNC = 'argocd.argoproj.io/sync-options';

const UNREADABLE = 'There is one password for all repositories, and nothing gives an old repository a new one: with another password no volume of any backup so far can be restored, and new backups of those namespaces fail.';

const password = (all: Objects) => all['SealedSecret velero-repo-credentials'];

testChanges([
  {
    what: 'password sealed anew',
    is: all => { password(all).spec.encryptedData['repository-password'] = sealed(64, 'b'); },
    told: [
      [
        'destructive repository-password-resealed SealedSecret velero/velero-repo-credentials: password of the repositories: sealed anew',
        'Nobody can tell from a sealed value whether it is the same password. Make sure: kubeseal --recovery-unseal opens both with the keys of the controller.',
        UNREADABLE,
      ],
    ],
  },
  {
    what: 'password sealed for another key, immutable',
    was: all => { password(all).spec.template.immutable = true; },
    is: all => {
      password(all).spec.template.immutable = true;
      password(all).spec.encryptedData['repository-password'] = sealed(64, 'b');
      password(all).metadata.annotations['cdk8s-velero/sealed-with'] = 'bbbb';
    },
    told: [
      [
        'destructive repository-password-resealed SealedSecret velero/velero-repo-credentials: password of the repositories: sealed anew, for another key of the sealed-secrets controller',
        'Nobody can tell from a sealed value whether it is the same password. Make sure: kubeseal --recovery-unseal opens both with the keys of the controller.',
        UNREADABLE,
        'The Secret is immutable: the controller refuses another value, and this cluster keeps the old one until somebody deletes the Secret.',
      ],
    ],
  },
  {
    what: 'password of another length',
    is: all => {
      password(all).spec.encryptedData['repository-password'] = sealed(32, 'b');
      password(all).metadata.annotations['cdk8s-velero/sealed-with'] = 'bbbb';
    },
    told: [
      [
        'destructive repository-password-changed SealedSecret velero/velero-repo-credentials: password of the repositories: another one: 64 → 32 bytes',
        UNREADABLE,
      ],
    ],
  },
  {
    what: 'sealed value that is none',
    is: all => { password(all).spec.encryptedData['repository-password'] = 'x'; },
    told: [
      [
        'destructive repository-password-changed SealedSecret velero/velero-repo-credentials: password of the repositories: from another source, or another value',
        UNREADABLE,
      ],
    ],
  },
  {
    what: 'password made by another kind',
    is: all => {
      delete all['SealedSecret velero-repo-credentials'];
      all['ExternalSecret velero-repo-credentials'] = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'velero-repo-credentials', namespace: 'velero' }, spec: {} };
    },
    told: [
      [
        'destructive repository-password-changed ExternalSecret velero/velero-repo-credentials: password of the repositories: made by SealedSecret → ExternalSecret',
        'Nothing here says that it is the same password.',
        UNREADABLE,
      ],
    ],
  },
  {
    what: 'password as a plain Secret',
    was: all => { all['SealedSecret velero-repo-credentials'] = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'velero-repo-credentials', namespace: 'velero' }, stringData: { 'repository-password': 'one' } }; },
    is: all => { all['SealedSecret velero-repo-credentials'] = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'velero-repo-credentials', namespace: 'velero' }, stringData: { 'repository-password': 'two' } }; },
    told: [
      [
        'destructive repository-password-changed Secret velero/velero-repo-credentials: password of the repositories: from another source, or another value',
        UNREADABLE,
      ],
    ],
  },
  {
    what: 'password removed',
    is: all => { delete all['SealedSecret velero-repo-credentials']; },
    told: [
      [
        'destructive repository-password-removed SealedSecret velero/velero-repo-credentials: password of the repositories: removed',
        'Prune deletes it, and the password with it. A server that starts without makes one with a public password, which opens no repository of yours.',
      ],
    ],
  },
  {
    what: 'password removed, kept by prune',
    was: all => { password(all).metadata.annotations[SYNC] = 'Prune=false,Delete=false'; },
    is: all => { delete all['SealedSecret velero-repo-credentials']; },
    told: [
      [
        'notable repository-password-removed SealedSecret velero/velero-repo-credentials: password of the repositories: removed',
        'Prune leaves it in the cluster, but a cluster that is built from git has no password: its server makes a public one.',
      ],
    ],
  },
  {
    what: 'password declared for the first time',
    was: all => { delete all['SealedSecret velero-repo-credentials']; },
    is: () => {},
    told: [
      [
        'notable repository-password-added SealedSecret velero/velero-repo-credentials: password of the repositories: added',
        'A server that ran without has made a Secret with a public password, and repositories with it: this one is refused as long as that Secret is there, and opens none of them after.',
      ],
    ],
  },
  {
    what: 'keys to the buckets sealed anew',
    is: all => { all['SealedSecret velero-s3'].spec.encryptedData.secretKey = sealed(40, 'b'); },
    told: [
      [
        'notable credential-changed SealedSecret velero/velero-s3: new values: secretKey',
        'It opens 2 locations: archive, offsite. Unless the object store knows the new keys by then, nothing is saved there or restored from there.',
        'A sealed value is another text each time that it is sealed: it may be the same one.',
      ],
    ],
  },
  {
    what: 'a Secret that no location needs',
    is: all => { all['Secret other'].stringData.key = 'second'; },
    told: [
      ['harmless credential-changed Secret velero/other: new values: key'],
    ],
  },
  {
    what: 'keys from elsewhere',
    was: all => { all['SealedSecret velero-s3'] = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'velero-s3', namespace: 'velero' }, spec: { data: [{ secretKey: 'cloud', remoteRef: { key: 'a' } }] } }; delete all['BackupStorageLocation archive'].spec.credential.name; },
    is: all => { all['SealedSecret velero-s3'] = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'velero-s3', namespace: 'velero' }, spec: { data: [{ secretKey: 'cloud', remoteRef: { key: 'b' } }] } }; delete all['BackupStorageLocation archive'].spec.credential.name; },
    told: [
      [
        'notable credential-changed ExternalSecret velero/velero-s3: new values: data',
        'It opens 1 location: offsite. Unless the object store knows the new keys by then, nothing is saved there or restored from there.',
      ],
    ],
  },
  {
    what: 'password of a namespace without a server removed',
    was: all => { delete all['Deployment velero']; delete all['DaemonSet node-agent']; },
    is: all => { delete all['Deployment velero']; delete all['DaemonSet node-agent']; delete all['SealedSecret velero-repo-credentials']; },
    told: [
      [
        'notable repository-password-removed SealedSecret velero/velero-repo-credentials: password of the repositories: removed',
        'Prune deletes it, and the password with it. A server that starts without makes one with a public password, which opens no repository of yours.',
      ],
    ],
  },
  {
    what: 'password and server come together',
    was: all => { delete all['Deployment velero']; delete all['DaemonSet node-agent']; delete all['SealedSecret velero-repo-credentials']; },
    is: () => {},
    told: [
      ['harmless server-added Deployment velero/velero: added: Velero 1.16.2 with kopia'],
      ['harmless object-added SealedSecret velero/velero-repo-credentials: added'],
      ['harmless object-added DaemonSet velero/node-agent: added'],
    ],
  },
  {
    what: 'password made by two',
    is: all => { all.second = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'velero-repo-credentials', namespace: 'velero' }, stringData: {} }; },
    told: [
      [
        'destructive repository-password-changed Secret velero/velero-repo-credentials: password of the repositories: made by SealedSecret → Secret',
        'Nothing here says that it is the same password.',
        UNREADABLE,
      ],
    ],
  },
]);
