import { Chart, Duration, Testing } from 'cdk8s';
import { emitted, installed, KOPIA, LOCATION, repository } from './installs';
import { ServerController } from '../../src/install/server-options';
import { VeleroFeature } from '../../src/install/velero-feature';
import { ImagePullPolicy } from '../../src/install/velero-images';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { Uploader } from '../../src/repository/backup-repository';

const PLACE = "VeleroInstall 'test/velero'";
const LEAVE = 'leave it out or change the version';
const NAME = 'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit';
const RESERVED = 'a name that Velero, ArgoCD or this library does not use itself; leave it out';
const REFERENCE = 'a full image reference such as velero/velero:v1.18.3, with a tag or a digest';

test.each<[string, Partial<VeleroInstallProps>, string]>([
  // The repository and its password
  ['restic from 1.17', { version: VeleroVersion.V1_17_2, repository: repository(Uploader.RESTIC) },
    'repository got "restic", wanted an uploader that Velero 1.17.2 writes: kopia; its server would end at once and start again for ever. '
    + 'Use a KopiaRepository; restores of restic backups keep working with 1.17.2, as long as they have the same password'],
  ['a password that Velero does not read', { repository: { ...KOPIA, password: { ...KOPIA.password, secretName: 'velero-restic-credentials' } } },
    "the repository's password got \"velero/velero-restic-credentials key repository-password\", wanted velero/velero-repo-credentials key repository-password; "
    + 'Velero reads no other Secret, and makes that one with a public password where it is missing'],
  ['a password under another key', { repository: { ...KOPIA, password: { ...KOPIA.password, secretKey: 'password' } } },
    "the repository's password got \"velero/velero-repo-credentials key password\", wanted velero/velero-repo-credentials key repository-password; "
    + 'Velero reads no other Secret, and makes that one with a public password where it is missing'],

  ['settings of a repository of one\'s own that the release does not read',
    { version: VeleroVersion.V1_14_1, repository: { ...KOPIA, configMapName: 'settings' } },
    `repository.configMapName got "settings", wanted Velero >= 1.15.0 for the server flag --backup-repository-configmap, not 1.14.1; ${LEAVE}`],

  // The namespace
  ['an empty namespace', { namespace: '', repository: { ...KOPIA, password: { ...KOPIA.password, namespace: '' } }, defaultLocation: { ...LOCATION, namespace: '' } },
    `namespace got "", wanted ${NAME}`],
  ['a location of another namespace', { defaultLocation: { ...LOCATION, namespace: 'other' } },
    "defaultLocation got \"other/cluster-backups\", wanted a location in the install's namespace, velero; Velero sees locations of its own namespace only"],
  ['pod security that keeps node-agent out', { namespaceLabels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
    "namespaceLabels['pod-security.kubernetes.io/enforce'] got \"baseline\", wanted privileged; node-agent mounts folders of the node, so it would get no pods"],
  ['a namespace with ArgoCD\'s label', { namespaceLabels: { 'app.kubernetes.io/instance': 'velero' } },
    `namespaceLabels['app.kubernetes.io/instance'] got "velero", wanted ${RESERVED}`],
  ['labels of a namespace that it does not make', { createNamespace: false, namespaceLabels: { a: 'b' } },
    'createNamespace got false, wanted true with namespaceLabels or namespaceAnnotations; set them where the namespace is made'],
  ['annotations of a namespace that it does not make', { createNamespace: false, namespaceAnnotations: { a: 'b' } },
    'createNamespace got false, wanted true with namespaceLabels or namespaceAnnotations; set them where the namespace is made'],

  // Flags
  ['a prop of a newer release', { version: VeleroVersion.V1_14_1, server: { concurrentBackups: 4 } },
    `server.concurrentBackups got "4", wanted Velero >= 1.18.0 for the server flag --concurrent-backups, not 1.14.1; ${LEAVE}`],
  ['a prop of a newer patch', { version: VeleroVersion.of('1.18.2'), server: { globalBackupVolumePoliciesConfigMap: 'a' } },
    `server.globalBackupVolumePoliciesConfigMap got "a", wanted Velero >= 1.18.3 for the server flag --global-backup-volume-policies-configmap, not 1.18.2; ${LEAVE}`],
  ['a controller of a newer release', { version: VeleroVersion.V1_17_2, server: { disableControllers: [ServerController.BACKUP_QUEUE] } },
    'server.disableControllers got "backup-queue", wanted values of --disable-controllers in Velero 1.17.2: backup, backup-operations, backup-deletion, '
    + 'backup-finalizer, backup-sync, download-request, gc, backup-repo, restore, restore-operations, schedule, server-status-request, restore-finalizer'],
  ['an unknown flag', { server: { extraFlags: { 'backup-everything': 'true' } } },
    `server.extraFlags['backup-everything'] got "true", wanted a flag of the server of Velero 1.18.3, without dashes; ${LEAVE}`],
  ['a flag of another release', { server: { extraFlags: { 'keep-latest-maintenance-jobs': '3' } } },
    `server.extraFlags['keep-latest-maintenance-jobs'] got "3", wanted Velero < 1.17.0 for the server flag --keep-latest-maintenance-jobs, not 1.18.3; ${LEAVE}`],
  ['a flag of the other program', { nodeAgent: { extraFlags: { 'uploader-type': 'kopia' } } },
    `nodeAgent.extraFlags['uploader-type'] got "kopia", wanted a flag of the node-agent of Velero 1.18.3, without dashes; ${LEAVE}`],
  ['a flag that a prop sets', { server: { extraFlags: { 'default-snapshot-move-data': 'true' } } },
    "server.extraFlags['default-snapshot-move-data'] got \"true\", wanted a flag that no prop sets; use server.defaultSnapshotMoveData"],
  ['a value that is no number', { server: { extraFlags: { v: 'high' } } }, "server.extraFlags['v'] got \"high\", wanted a whole number"],
  ['a value that is no truth', { server: { extraFlags: { colorized: 'yes' } } }, "server.extraFlags['colorized'] got \"yes\", wanted true or false"],
  ['two lines', { server: { extraFlags: { log_dir: 'a\nb' } } }, "server.extraFlags['log_dir'] got \"a\\nb\", wanted one line"],
  ['a list of two lines', { server: { extraFlags: { vmodule: 'a\nb' } } }, "server.extraFlags['vmodule'] got \"a\\nb\", wanted values on one line with commas between them"],
  ['a location without a name', { server: { defaultVolumeSnapshotLocations: { aws: '' } } },
    'server.defaultVolumeSnapshotLocations got "aws:", wanted pairs such as provider:name with commas between them'],
  ['a retention of nothing', { server: { defaultBackupTtl: Duration.seconds(0) } },
    'server.defaultBackupTtl got "0s", wanted a whole number of seconds, at least 1'],
  ['half a second', { server: { resourceTimeout: Duration.millis(500) } }, 'server.resourceTimeout got "0.5s", wanted a whole number of seconds, at least 1'],
  ['days, as text', { server: { fsBackupTimeout: '30d' as any } }, 'server.fsBackupTimeout got "30d", wanted a Duration, such as Duration.days(30)'],
  ['no preparation', { nodeAgent: { dataMoverPrepareTimeout: Duration.seconds(0) } },
    'nodeAgent.dataMoverPrepareTimeout got "0s", wanted a whole number of seconds, at least 1'],
  ['no burst', { server: { clientBurst: 0 } }, 'server.clientBurst got 0, wanted more than 0'],
  ['a negative page', { server: { clientPageSize: -1 } }, 'server.clientPageSize got -1, wanted 0 or more'],
  ['half a worker', { server: { itemBlockWorkerCount: 1.5 } }, 'server.itemBlockWorkerCount got "1.5", wanted a whole number'],
  ['no number', { server: { clientQps: NaN } }, 'server.clientQps got null, wanted more than 0'],
  ['an endless number', { server: { clientQps: Infinity } }, 'server.clientQps got "Infinity", wanted a number'],
  ['a level that Velero does not know', { server: { logLevel: 'loud' as any } },
    'server.logLevel got "loud", wanted values of --log-level in Velero 1.18.3: trace, debug, info, warning, error, fatal, panic'],
  ['a port beyond all', { server: { metricsPort: 65536 } }, 'server.metricsPort got 65536, wanted a port from 1 to 65535'],
  ['low priorities alone', { server: { restoreResourceLowPriorities: ['pods'] } },
    "server.restoreResourceLowPriorities got [\"pods\"], wanted restoreResourcePriorities beside it; the flag replaces Velero's whole list, so give the first ones too"],
  ['moved snapshots without CSI', { server: { defaultSnapshotMoveData: true } },
    'server.defaultSnapshotMoveData got true, wanted features with VeleroFeature.ENABLE_CSI beside it; without it backups are Completed and hold no volume data'],
  ['an unknown feature', { features: ['EnableMagic' as VeleroFeature] }, 'features got "EnableMagic", wanted one of EnableCSI, EnableAPIGroupVersions'],

  // Pods
  ['a quantity', { server: { resources: { memoryLimit: '512 MB' } } },
    'server.resources.memoryLimit got "512 MB", wanted a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi'],
  ['a request above its limit', { nodeAgent: { resources: { memoryRequest: '2Gi', memoryLimit: '1Gi' } } },
    'nodeAgent.resources.memoryRequest got "2Gi", wanted at most its limit, which is 1Gi; raise memoryLimit or lower memoryRequest'],
  ['the label that node-agent is found by', { nodeAgent: { podLabels: { role: 'other' } } }, `nodeAgent.podLabels['role'] got "other", wanted ${RESERVED}`],
  ['a label of two words', { server: { podLabels: { 'a b': 'c' } } },
    'server.podLabels got "a b", wanted a label key: at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"'],
  ['another HOME', { server: { environment: { HOME: '/' } } }, `server.environment['HOME'] got "/", wanted ${RESERVED}`],
  ['root', { server: { runAsUser: 0 } }, 'server.runAsUser got 0, wanted a user that is not root; the kubelet refuses root for this pod'],
  ['no role', { server: { clusterRoleName: '' } }, 'server.clusterRoleName got "", wanted the name of a ClusterRole, which has no "/" and "%"'],
  ['no time to end', { server: { terminationGracePeriod: Duration.seconds(0) } },
    'server.terminationGracePeriod got "0s", wanted a whole number of seconds, at least 1'],
  ['a kubelet somewhere', { nodeAgent: { kubeletRootDirectory: 'var/lib/kubelet' } },
    'nodeAgent.kubeletRootDirectory got "var/lib/kubelet", wanted an absolute path without "..", ":", blanks and a slash at its end, such as /var/lib/kubelet'],
  ['no pod replaced at all', { nodeAgent: { maxUnavailable: '0' } }, 'nodeAgent.maxUnavailable got "0", wanted a number of pods, or a percentage such as 25%'],

  // Images
  ['an image with a space', { images: { server: 'velero/velero: v1' } }, `images.server got "velero/velero: v1", wanted ${REFERENCE}`],
  ['no plugin image', { images: { pluginForAws: '' } }, `images.pluginForAws got "", wanted ${REFERENCE}`],
  ['a helper that Velero ignores', { images: { restoreHelper: 'helper:v1' } },
    'images.restoreHelper got "helper:v1", wanted a registry or folder before the name; Velero ignores an image without "/" and uses its own'],
  ['a helper with a capital', { images: { restoreHelper: 'a/Helper:v1' } }, `images.restoreHelper got "a/Helper:v1", wanted ${REFERENCE}`],
  ['another pull policy', { images: { pullPolicy: 'Sometimes' as ImagePullPolicy } }, 'images.pullPolicy got "Sometimes", wanted one of IfNotPresent, Always, Never'],
  ['a pull secret with a capital', { images: { pullSecrets: ['Registry'] } },
    'images.pullSecrets got "Registry", wanted at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit'],
  ['the CSI plugin', { plugins: [{ name: 'csi', image: 'velero/velero-plugin-for-csi:v0.7.1' }] },
    'plugins[0].image got "velero/velero-plugin-for-csi:v0.7.1", wanted no velero-plugin-for-csi; Velero has it built in from 1.14; give features: [VeleroFeature.ENABLE_CSI]'],
  ['the AWS plugin twice', { plugins: [{ name: 'velero-plugin-for-aws', image: 'velero/velero-plugin-for-aws:v1.14.0' }] },
    'plugins[0].name got "velero-plugin-for-aws", wanted a name that no other plugin has; velero-plugin-for-aws is there already'],
  ['a plugin with a capital', { plugins: [{ name: 'Other', image: 'a/b:c' }] }, `plugins[0].name got "Other", wanted ${NAME}`],
  ['a plugin\'s quantity', { plugins: [{ name: 'other', image: 'a/b:c', resources: { cpuLimit: 'x' } }] },
    'plugins[0].resources.cpuLimit got "x", wanted a Kubernetes quantity such as 500m, 2, 512Mi or 1Gi'],
])('fails with %s', (_, props, message) => {
  expect(() => emitted(props)).toThrow(new Error(`${PLACE}: ${message}`));
});

test('everything that is wrong is said at once, and nothing is emitted', () => {
  const chart = Testing.chart();
  expect(() => installed({ server: { metricsPort: 0, runAsUser: 0 } }, chart)).toThrow(new Error(
    `${PLACE}: 2 problems`
    + '\n  - server.runAsUser got 0, wanted a user that is not root; the kubelet refuses root for this pod'
    + '\n  - server.metricsPort got 0, wanted a port from 1 to 65535',
  ));
  expect(Testing.synth(chart)).toEqual([]);
});

test('fails with two installs in one namespace', () => {
  const app = Testing.app();
  installed({}, new Chart(app, 'one'));
  expect(() => installed({}, new Chart(app, 'two'))).toThrow(new Error(
    "VeleroInstall 'two/velero': name got \"velero/velero\", wanted a VeleroInstall that no other construct declares; 'one/velero' has it already: rename or remove one of them",
  ));
});

test('a name of another registry is no latest', () => {
  expect(() => emitted({ images: { server: 'registry.example:5000/a/b-c_d.e:latest' } })).not.toThrow();
});
