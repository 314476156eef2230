import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const SYNC = 'argocd.argoproj.io/sync-options';
const RESTARTS = 'The server starts anew: a backup that runs at that moment is Failed. Sync between two backups.';

const template = (all: Objects, name = 'orders') => all[`Schedule ${name}`].spec.template;
const server = (all: Objects) => all['Deployment velero'].spec.template.spec.containers[0];
const annotations = (all: Objects, key: string) => all[key].metadata.annotations;

testChanges([
  {
    what: 'restic to kopia',
    was: all => { server(all).args[1] = '--uploader-type=restic'; },
    is: all => {
      server(all).image = 'velero/velero:v1.18.3';
      all['DaemonSet node-agent'].spec.template.spec.containers[0].image = 'velero/velero:v1.18.3';
      all['Deployment velero'].spec.template.spec.initContainers[0].image = 'velero/velero-plugin-for-aws:v1.14.0';
    },
    told: [
      [
        'notable uploader-changed Deployment velero/velero: uploader restic → kopia',
        'Backups by restic made so far can be restored with Velero 1.18.3 until they expire, the last one after 168h (7 d) for orders; after 720h (30 d) for stock; after 2160h (90 d) for orders-weekly.',
        'Stay below Velero 1.19 for 2160h (90 d) after the last backup by restic: it restores none of them.',
        'They need the password that they were made with (Secret velero-repo-credentials): keep it.',
        'The first kopia backup copies all of each volume, into repositories beside those of restic: both take space until the backups by restic have expired.',
      ],
      [
        'notable version-changed Deployment velero/velero: Velero 1.16.2 → 1.18.3',
        'Upstream describes the way from each minor to the next: what 1.17 changed holds here too.',
        RESTARTS,
      ],
      ['harmless plugin-changed Deployment velero/velero: velero-plugin-for-aws v1.12.2 → v1.14.0'],
    ],
  },
  {
    what: 'kopia to restic',
    is: all => { server(all).args[1] = '--uploader-type=restic'; },
    told: [
      [
        'notable uploader-changed Deployment velero/velero: uploader kopia → restic',
        'Backups by kopia made so far can be restored with Velero 1.16.2 until they expire, the last one after 168h (7 d) for orders; after 720h (30 d) for stock; after 2160h (90 d) for orders-weekly.',
        'They need the password that they were made with (Secret velero-repo-credentials): keep it.',
        'The first restic backup copies all of each volume, into repositories beside those of kopia: both take space until the backups by kopia have expired.',
      ],
    ],
  },
  {
    what: 'restic where it cannot be',
    was: all => { server(all).image = 'velero/velero:v1.18.3'; },
    is: all => { server(all).image = 'velero/velero:v1.18.3'; server(all).args[1] = '--uploader-type=restic'; },
    told: [
      [
        'destructive uploader-changed Deployment velero/velero: uploader kopia → restic',
        'The server of Velero 1.18.3 does not know restic and ends at once, again and again: no backups, no restores, nothing expires.',
      ],
    ],
  },
  {
    what: 'uploader by the default of the release',
    was: all => { server(all).args.splice(1, 1); },
    is: all => { server(all).args.splice(1, 1); server(all).image = 'velero/velero:v1.17.2'; },
    told: [
      [
        'notable uploader-changed Deployment velero/velero: uploader restic → kopia, by the default of the release',
        'Backups by restic made so far can be restored with Velero 1.17.2 until they expire, the last one after 168h (7 d) for orders; after 720h (30 d) for stock; after 2160h (90 d) for orders-weekly.',
        'Stay below Velero 1.19 for 2160h (90 d) after the last backup by restic: it restores none of them.',
        'They need the password that they were made with (Secret velero-repo-credentials): keep it.',
        'The first kopia backup copies all of each volume, into repositories beside those of restic: both take space until the backups by restic have expired.',
      ],
      [
        'notable version-changed Deployment velero/velero: Velero 1.16.2 → 1.17.2',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'uploader of a release that nobody knows',
    is: all => { server(all).args.splice(1, 1); server(all).image = 'velero@sha256:aa'; },
    told: [
      [
        'notable uploader-changed Deployment velero/velero: uploader kopia → restic',
        'Backups by kopia made so far can be restored with Velero 1.16.2 until they expire, the last one after 168h (7 d) for orders; after 720h (30 d) for stock; after 2160h (90 d) for orders-weekly.',
        'They need the password that they were made with (Secret velero-repo-credentials): keep it.',
        'The first restic backup copies all of each volume, into repositories beside those of kopia: both take space until the backups by kopia have expired.',
      ],
      [
        'harmless server-changed Deployment velero/velero: image velero/velero:v1.16.2 → velero@sha256:aa',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'patch',
    is: all => { server(all).image = 'velero/velero:v1.16.1'; },
    told: [
      [
        'notable version-changed Deployment velero/velero: Velero 1.16.2 → 1.16.1',
        'Upstream describes no way back: try on another cluster whether the older one restores what the newer one saved.',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'patch up',
    was: all => { server(all).image = 'velero/velero:v1.16.1'; },
    is: () => {},
    told: [
      [
        'harmless version-changed Deployment velero/velero: Velero 1.16.1 → 1.16.2',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'image from another registry',
    is: all => { server(all).image = 'mirror/velero/velero:v1.16.2'; },
    told: [
      [
        'harmless server-changed Deployment velero/velero: image velero/velero:v1.16.2 → mirror/velero/velero:v1.16.2',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'plugins added and removed',
    is: all => { all['Deployment velero'].spec.template.spec.initContainers = [{ name: 'gcp', image: 'velero/velero-plugin-for-gcp:v1.12.0' }]; },
    told: [
      [
        'notable plugin-changed Deployment velero/velero: velero-plugin-for-gcp v1.12.0 added; velero-plugin-for-aws removed',
        'A location whose provider no plugin serves is Unavailable.',
      ],
    ],
  },
  {
    what: 'flags of the server, in another spelling and order',
    is: all => { server(all).args = ['server', '--fs-backup-timeout', '4h', '--default-backup-ttl', '720h', '--uploader-type', 'kopia']; },
    told: [],
  },
  {
    what: 'settings of the server',
    is: all => { server(all).args[3] = '--fs-backup-timeout=8h'; server(all).resources = { limits: { memory: '1Gi' } }; server(all).env[0].value = 'b'; },
    told: [
      [
        'harmless server-changed Deployment velero/velero: --fs-backup-timeout 4h → 8h, env[TOKEN].value, resources.limits.memory nothing → 1Gi',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'default retention, that a schedule goes by',
    was: all => { delete template(all).ttl; },
    is: all => { delete template(all).ttl; server(all).args[2] = '--default-backup-ttl=168h'; },
    told: [
      [
        'notable default-retention-changed Deployment velero/velero: default retention 720h (30 d) → 168h (7 d)',
        'It counts for orders.',
        'Backups that exist keep the end that they were made with.',
      ],
    ],
  },
  {
    what: 'default retention, that nobody goes by',
    is: all => { server(all).args[2] = '--default-backup-ttl=30d'; },
    told: [
      [
        'harmless default-retention-changed Deployment velero/velero: default retention 720h (30 d) → not readable',
        'Every schedule says itself how long it keeps backups: only those that somebody makes by hand are concerned.',
      ],
    ],
  },
  {
    what: 'default retention written otherwise',
    is: all => { server(all).args[2] = '--default-backup-ttl=720h0m0s'; },
    told: [],
  },
  {
    what: 'files no longer saved by default',
    was: all => { server(all).args.push('--default-volumes-to-fs-backup'); delete template(all).defaultVolumesToFsBackup; },
    is: all => { delete template(all).defaultVolumesToFsBackup; },
    told: [
      [
        'destructive volumes-changed Deployment velero/velero: --default-volumes-to-fs-backup true → false',
        'It counts for orders.',
        'The files of their volumes are not saved any more, but for those that a pod names in backup.velero.io/backup-volumes.',
      ],
    ],
  },
  {
    what: 'snapshots moved by default',
    is: all => { server(all).args.push('--default-snapshot-move-data=true'); },
    told: [
      [
        'harmless snapshots-changed Deployment velero/velero: --default-snapshot-move-data false → true',
        'It counts for orders, orders-weekly, stock.',
      ],
    ],
  },
  {
    what: 'default location by flag',
    was: all => { delete template(all).storageLocation; },
    is: all => { delete template(all).storageLocation; server(all).args.push('--default-backup-storage-location=archive'); },
    told: [
      [
        'notable default-location-changed Deployment velero/velero: default location nothing → archive',
        'It counts for orders.',
        'Their first backup there copies all of each volume.',
      ],
    ],
  },
  {
    what: 'no CSI',
    was: all => { server(all).args.push('--features=EnableCSI'); template(all).snapshotMoveData = true; },
    is: all => { server(all).args.push('--features=EnableOther'); template(all).snapshotMoveData = true; },
    told: [
      [
        'destructive features-changed Deployment velero/velero: features -EnableCSI, +EnableOther',
        'No snapshots are made by CSI any more: volumes whose files are not copied are not saved, and the backups are Completed all the same.',
      ],
    ],
  },
  {
    what: 'no replicas',
    is: all => { all['Deployment velero'].spec.replicas = 0; },
    told: [
      [
        'destructive server-stopped Deployment velero/velero: replicas 1 → 0',
        'Nothing runs: no backups, no restores, and nothing expires.',
      ],
    ],
  },
  {
    what: 'only restores',
    is: all => { server(all).args.push('--restore-only'); },
    told: [
      [
        'destructive server-stopped Deployment velero/velero: --restore-only nothing → true',
        'No backups are made and nothing expires: Velero only restores.',
      ],
    ],
  },
  {
    what: 'replicas again',
    was: all => { all['Deployment velero'].spec.replicas = 0; },
    is: () => {},
    told: [
      ['harmless server-changed Deployment velero/velero: replicas 0 → 1'],
    ],
  },
  {
    what: 'server removed',
    is: all => { delete all['Deployment velero']; },
    told: [
      [
        'destructive server-removed Deployment velero/velero: server removed: prune deletes it',
        'No backups, no restores, and nothing expires. What is in the buckets stays.',
      ],
    ],
  },
  {
    what: 'server removed, kept by Flux',
    was: all => { annotations(all, 'Deployment velero')['kustomize.toolkit.fluxcd.io/prune'] = 'disabled'; },
    is: all => { delete all['Deployment velero']; },
    told: [
      [
        'notable server-removed Deployment velero/velero: server removed: prune leaves it in the cluster',
        'It goes on in the cluster as it is.',
      ],
    ],
  },
  {
    what: 'server added',
    was: all => { delete all['Deployment velero']; delete all['DaemonSet node-agent']; },
    is: () => {},
    told: [
      ['harmless server-added Deployment velero/velero: added: Velero 1.16.2 with kopia'],
      ['harmless object-added DaemonSet velero/node-agent: added'],
    ],
  },
  {
    what: 'node-agent removed that copies files',
    is: all => { delete all['DaemonSet node-agent']; },
    told: [
      [
        'destructive node-agent-changed DaemonSet velero/node-agent: node-agent removed: prune deletes it',
        'The files of volumes are not copied without it: backups fail in part.',
      ],
    ],
  },
  {
    what: 'settings of the node-agent',
    is: all => { all['DaemonSet node-agent'].spec.template.spec.containers[0].image = 'velero/velero:v1.16.1'; },
    told: [
      [
        'harmless node-agent-changed DaemonSet velero/node-agent: image velero/velero:v1.16.2 → velero/velero:v1.16.1',
        'It starts anew on each node: a volume that it copies at that moment is not saved.',
      ],
    ],
  },
  {
    what: 'restic to kopia in a release that does not restore restic',
    was: all => { server(all).args[1] = '--uploader-type=restic'; },
    is: all => { server(all).image = 'velero/velero:v1.19.0'; },
    told: [
      [
        'destructive uploader-changed Deployment velero/velero: uploader restic → kopia',
        'Velero 1.19.0 does not restore what restic saved.',
        'The first kopia backup copies all of each volume.',
      ],
      [
        'notable version-changed Deployment velero/velero: Velero 1.16.2 → 1.19.0',
        'Upstream describes the way from each minor to the next: what 1.17, 1.18 changed holds here too.',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'past the last release that restores restic',
    was: all => { server(all).image = 'velero/velero:v1.18.3'; },
    is: all => { server(all).image = 'velero/velero:v1.19.0'; },
    told: [
      [
        'notable version-changed Deployment velero/velero: Velero 1.18.3 → 1.19.0',
        'Velero 1.19.0 restores nothing that restic saved, should some of it be left.',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'restic to kopia where nobody knows how long anything is kept',
    was: all => { server(all).args = ['server', '--uploader-type=restic', '--default-backup-ttl=x']; ['orders', 'orders-weekly', 'stock'].forEach(name => { delete template(all, name).ttl; }); },
    is: all => { server(all).args = ['server', '--uploader-type=kopia', '--default-backup-ttl=x']; ['orders', 'orders-weekly', 'stock'].forEach(name => { delete template(all, name).ttl; }); },
    told: [
      [
        'notable uploader-changed Deployment velero/velero: uploader restic → kopia',
        'Backups by restic made so far can be restored with Velero 1.16.2 until they expire.',
        'Stay below Velero 1.19 until then: it restores none of them.',
        'They need the password that they were made with (Secret velero-repo-credentials): keep it.',
        'The first kopia backup copies all of each volume, into repositories beside those of restic: both take space until the backups by restic have expired.',
      ],
    ],
  },
  {
    what: 'uploader that is not known any more',
    is: all => { server(all).args.splice(1, 1); server(all).image = 'velero@sha256:aa'; all['DaemonSet node-agent'].spec.template.spec.containers[0].image = 'velero@sha256:aa'; },
    told: [
      [
        'notable uploader-changed Deployment velero/velero: uploader kopia → not known',
        'The default depends on the release, which the image does not tell: write --uploader-type.',
      ],
      [
        'harmless server-changed Deployment velero/velero: image velero/velero:v1.16.2 → velero@sha256:aa',
        RESTARTS,
      ],
      [
        'harmless node-agent-changed DaemonSet velero/node-agent: image velero/velero:v1.16.2 → velero@sha256:aa',
        'It starts anew on each node: a volume that it copies at that moment is not saved.',
      ],
    ],
  },
  {
    what: 'uploader that was not known, of a version that is none',
    was: all => { server(all).args.splice(1, 1); server(all).image = 'velero:latest'; all['DaemonSet node-agent'].spec.template.spec.containers[0].image = 'velero:latest'; },
    is: all => { server(all).image = 'velero:latest'; all['DaemonSet node-agent'].spec.template.spec.containers[0].image = 'velero:latest'; },
    told: [
      [
        'notable uploader-changed Deployment velero/velero: uploader not known → kopia',
        'The default depends on the release, which the image does not tell: write --uploader-type.',
      ],
    ],
  },
  {
    what: 'server under another name',
    is: all => { all['Deployment server'] = { ...all['Deployment velero'], metadata: { name: 'server', namespace: 'velero', annotations: {} } }; delete all['Deployment velero']; },
    told: [
      [
        'notable server-changed Deployment velero/server: another object runs the server: Deployment velero/velero → Deployment velero/server',
        'Of the old one: prune deletes it.',
        'Velero looks itself up as Deployment velero: under another name repositories are not maintained.',
      ],
    ],
  },
  {
    what: 'a Deployment that runs no server any more',
    is: all => { server(all).command = ['sleep']; },
    told: [
      [
        'destructive server-removed Deployment velero/velero: runs no server any more',
        'No backups, no restores, and nothing expires. What is in the buckets stays.',
      ],
    ],
  },
  {
    what: 'a DaemonSet that runs no node-agent any more',
    is: all => { all['DaemonSet node-agent'].spec.template.spec.containers[0].command = ['sleep']; },
    told: [
      [
        'destructive node-agent-changed DaemonSet velero/node-agent: runs no node-agent any more',
        'The files of volumes are not copied without it: backups fail in part.',
      ],
    ],
  },
  {
    what: 'node-agent removed, kept by prune',
    was: all => { annotations(all, 'DaemonSet node-agent')[SYNC] = 'Prune=false'; },
    is: all => { delete all['DaemonSet node-agent']; },
    told: [
      [
        'notable node-agent-changed DaemonSet velero/node-agent: node-agent removed: prune leaves it in the cluster',
        'The files of volumes are not copied without it: backups fail in part.',
      ],
    ],
  },
  {
    what: 'node-agent removed that nobody needs',
    was: all => { ['orders', 'orders-weekly', 'stock'].forEach(name => { delete template(all, name).defaultVolumesToFsBackup; }); },
    is: all => { ['orders', 'orders-weekly', 'stock'].forEach(name => { delete template(all, name).defaultVolumesToFsBackup; }); delete all['DaemonSet node-agent']; },
    told: [
      ['notable node-agent-changed DaemonSet velero/node-agent: node-agent removed: prune deletes it'],
    ],
  },
  {
    what: 'everything removed of a server that nobody knows',
    was: all => { server(all).image = 'velero:latest'; server(all).args = ['server']; all['DaemonSet node-agent'].spec.template.spec.containers[0].image = 'velero:latest'; delete all['Deployment velero'].spec.template.spec.initContainers; all['Namespace orders'].metadata.name = 'x'; },
    is: all => { delete all['Deployment velero']; all['Namespace orders'].metadata.name = 'x'; all['DaemonSet node-agent'].spec.template.spec.containers[0].image = 'velero:latest'; },
    told: [
      [
        'destructive server-removed Deployment velero/velero: server removed: prune deletes it',
        'No backups, no restores, and nothing expires. What is in the buckets stays.',
      ],
    ],
  },
  {
    what: 'server added that nobody knows',
    was: all => { delete all['Deployment velero']; },
    is: all => { server(all).image = 'velero:latest'; server(all).args = ['server']; },
    told: [
      ['harmless server-added Deployment velero/velero: added: Velero 1.16.2 with restic'],
    ],
  },
  {
    what: 'a feature that does not matter',
    was: all => { server(all).args.push('--features=A'); },
    is: all => { server(all).args.push('--features=B,EnableCSI'); },
    told: [
      ['notable features-changed Deployment velero/velero: features -A, +B, +EnableCSI'],
    ],
  },
  {
    what: 'CSI where nothing is moved',
    was: all => { server(all).args.push('--features=EnableCSI,A'); },
    is: all => { server(all).args.push('--features=A'); },
    told: [
      [
        'notable features-changed Deployment velero/velero: features -EnableCSI',
        'No snapshots are made by CSI any more: volumes whose files are not copied are not saved, and the backups are Completed all the same.',
      ],
    ],
  },
  {
    what: 'files saved by default',
    is: all => { server(all).args.push('--default-volumes-to-fs-backup'); },
    told: [
      [
        'harmless volumes-changed Deployment velero/velero: --default-volumes-to-fs-backup false → true',
        'Every schedule says itself what it wants.',
      ],
    ],
  },
  {
    what: 'default location by flag, that nobody goes by',
    is: all => { server(all).args.push('--default-backup-storage-location=archive'); },
    told: [
      [
        'harmless default-location-changed Deployment velero/velero: default location nothing → archive',
        'Every schedule names its location.',
      ],
    ],
  },
  {
    what: 'default retention lengthened',
    was: all => { delete template(all).ttl; },
    is: all => { delete template(all).ttl; server(all).args[2] = '--default-backup-ttl=1000h'; },
    told: [
      [
        'harmless default-retention-changed Deployment velero/velero: default retention 720h (30 d) → 1000h',
        'It counts for orders.',
        'Backups that exist keep the end that they were made with.',
      ],
    ],
  },
  {
    what: 'default retention mended',
    was: all => { server(all).args[2] = '--default-backup-ttl=x'; },
    is: () => {},
    told: [
      [
        'harmless default-retention-changed Deployment velero/velero: default retention not readable → 720h (30 d)',
        'Every schedule says itself how long it keeps backups: only those that somebody makes by hand are concerned.',
      ],
    ],
  },
  {
    what: 'another word for the server',
    is: all => { server(all).args.push('more'); },
    told: [
      [
        'harmless server-changed Deployment velero/velero: args "/velero server" → "/velero server more"',
        RESTARTS,
      ],
    ],
  },
  {
    what: 'plugin by digest',
    is: all => { all['Deployment velero'].spec.template.spec.initContainers[0].image = 'velero/velero-plugin-for-aws@sha256:ab'; },
    told: [
      ['harmless plugin-changed Deployment velero/velero: velero-plugin-for-aws v1.12.2 → sha256:ab'],
    ],
  },
  {
    what: 'plugin without a tag',
    is: all => { all['Deployment velero'].spec.template.spec.initContainers[0].image = 'velero/velero-plugin-for-aws'; },
    told: [
      ['harmless plugin-changed Deployment velero/velero: velero-plugin-for-aws v1.12.2 → "no tag"'],
    ],
  },
  {
    what: 'the Deployment velero instead of another',
    was: all => {
      all['Deployment old'] = { ...all['Deployment velero'], metadata: { name: 'old', namespace: 'velero' } };
      delete all['Deployment velero'];
    },
    is: () => {},
    told: [
      [
        'notable server-changed Deployment velero/velero: another object runs the server: Deployment velero/old → Deployment velero/velero',
        'Of the old one: prune deletes it.',
      ],
    ],
  },
  {
    what: 'settings of a node-agent that copies nothing itself',
    was: all => { all['DaemonSet node-agent'].spec.template.spec.containers[0].image = server(all).image = 'velero/velero:v1.18.3'; },
    is: all => {
      all['DaemonSet node-agent'].spec.template.spec.containers[0].image = server(all).image = 'velero/velero:v1.18.3';
      all['DaemonSet node-agent'].spec.template.spec.hostNetwork = true;
    },
    told: [['harmless node-agent-changed DaemonSet velero/node-agent: hostNetwork nothing → true']],
  },
]);
