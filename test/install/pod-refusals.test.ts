import { emitted, nodeAgent, server } from './installs';
import { NodeAgentOptions } from '../../src/install/node-agent-options';
import { VeleroServerOptions } from '../../src/install/server-options';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { WorkloadOptions } from '../../src/install/workload-options';

const PLACE = "VeleroInstall 'test/velero'";
const KEY = 'at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"';
const SUBDOMAIN = 'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
const PATH = 'an absolute path without "..", ":", blanks and a slash at its end, such as';
const RESOURCE = 'a resource in lower case and plural, with its group where it has one, such as pods or deployments.apps';

const folder = (apart: string) => `a folder of its own, such as /plugins, apart from ${apart}; leave it out or choose another`;

test.each<[string, WorkloadOptions, string]>([
  ['an address that is none', { hostAliases: [{ ip: 'rgw', hostnames: ['a'] }] }, 'hostAliases[0].ip got "rgw", wanted an IPv4 or IPv6 address such as 10.0.0.1'],
  ['an address with a zone', { hostAliases: [{ ip: 'fe80::1%eth0', hostnames: ['a'] }] },
    'hostAliases[0].ip got "fe80::1%eth0", wanted an IPv4 or IPv6 address such as 10.0.0.1'],
  ['a host of two words', { hostAliases: [{ ip: '::1', hostnames: ['a', 'A b'] }] }, `hostAliases[0].hostnames[1] got "A b", wanted ${SUBDOMAIN}`],
  ['a variable that begins with a digit', { environment: { '1A': 'x' } },
    'environment got "1A", wanted a name of letters, digits, "-", "_" and ".", not beginning with a digit'],
  ['a variable with an assignment', { environment: { 'A=B': 'x' } },
    'environment got "A=B", wanted a name of letters, digits, "-", "_" and ".", not beginning with a digit'],
  ['a pod annotation of two words', { podAnnotations: { 'a b': 'x' } }, `podAnnotations got "a b", wanted an annotation key: ${KEY}`],
  ['an annotation of the ServiceAccount without a name', { serviceAccountAnnotations: { 'eks.amazonaws.com/': 'x' } },
    `serviceAccountAnnotations got "eks.amazonaws.com/", wanted an annotation key: ${KEY}`],
])('server and node-agent fail with %s', (_, options, message) => {
  expect(() => emitted({ server: options })).toThrow(new Error(`${PLACE}: server.${message}`));
  expect(() => emitted({ nodeAgent: options })).toThrow(new Error(`${PLACE}: nodeAgent.${message}`));
});

test.each<[string, VeleroServerOptions, string]>([
  ['plugins in a relative folder', { pluginDirectory: 'plugins' }, `pluginDirectory got "plugins", wanted ${PATH} /plugins`],
  ['plugins at the root', { pluginDirectory: '/' }, `pluginDirectory got "/", wanted ${PATH} /plugins`],
  ['plugins where temporary files are', { pluginDirectory: '/tmp' }, `pluginDirectory got "/tmp", wanted ${folder('/tmp')}`],
  ['plugins inside of that', { pluginDirectory: '/tmp/plugins' }, `pluginDirectory got "/tmp/plugins", wanted ${folder('/tmp')}`],
  ['plugins around HOME', { pluginDirectory: '/home' }, `pluginDirectory got "/home", wanted ${folder('/home/cnb')}`],
  ['plugins over the program', { pluginDirectory: '/velero' }, `pluginDirectory got "/velero", wanted ${folder('/velero')}`],
  ['plugins over the certificates', { pluginDirectory: '/etc/ssl' }, `pluginDirectory got "/etc/ssl", wanted ${folder('/etc')}`],
  ['a negative user', { runAsUser: -1 }, 'runAsUser got -1, wanted a whole number from 1 to 2147483647'],
  ['half a user', { runAsUser: 1.5 }, 'runAsUser got 1.5, wanted a whole number from 1 to 2147483647'],
  ['a group beyond all', { runAsGroup: 2 ** 31 }, 'runAsGroup got 2147483648, wanted a whole number from 0 to 2147483647'],
  ['policies with a capital', { globalBackupVolumePoliciesConfigMap: 'A' }, `globalBackupVolumePoliciesConfigMap got "A", wanted ${SUBDOMAIN}`],
  ['a label of two words', { volumeGroupSnapshotLabelKey: 'a b' }, `volumeGroupSnapshotLabelKey got "a b", wanted a label key: ${KEY}`],
  ['a role with a slash', { clusterRoleName: 'a/b' }, 'clusterRoleName got "a/b", wanted the name of a ClusterRole, which has no "/" and "%"'],
  ['a role that is a folder', { clusterRoleName: '..' }, 'clusterRoleName got "..", wanted the name of a ClusterRole, which has no "/" and "%"'],
  ['a kind instead of a resource', { restoreResourcePriorities: ['pods', 'Deployment'] },
    `restoreResourcePriorities[1] got "Deployment", wanted ${RESOURCE}`],
  ['Velero\'s dash among the first', { restoreResourcePriorities: ['pods', '-', 'services'] }, `restoreResourcePriorities[1] got "-", wanted ${RESOURCE}`],
  ['no resource among the last', { restoreResourcePriorities: ['pods'], restoreResourceLowPriorities: [''] },
    `restoreResourceLowPriorities[0] got "", wanted ${RESOURCE}`],
  ['no resource first', { restoreResourcePriorities: [] },
    "restoreResourcePriorities got [], wanted at least one resource; leave it out for Velero's own order"],
  ['a time zone', { environment: { TZ: 'Asia/Tokyo' } },
    "environment['TZ'] got \"Asia/Tokyo\", wanted a server in UTC: every cron without a time zone would move, and with it the gaps that an RPO allows; "
    + 'leave it out; from 1.15 a cron can name its zone, as in CRON_TZ=Europe/Berlin 0 2 * * *'],
])('the server fails with %s', (_, options, message) => {
  expect(() => emitted({ server: options })).toThrow(new Error(`${PLACE}: server.${message}`));
});

test.each<[string, NodeAgentOptions, string]>([
  ['a kubelet beside its folder', { kubeletRootDirectory: '/var/lib/../kubelet' }, `kubeletRootDirectory got "/var/lib/../kubelet", wanted ${PATH} /var/lib/kubelet`],
  ['a kubelet with a slash at its end', { kubeletRootDirectory: '/var/lib/kubelet/' }, `kubeletRootDirectory got "/var/lib/kubelet/", wanted ${PATH} /var/lib/kubelet`],
  ['an annotation of movers of two words', { dataMoverPodAnnotations: { 'a b': 'x' } }, `dataMoverPodAnnotations got "a b", wanted an annotation key: ${KEY}`],
  ['relabelling left out of a writable volume', { backupVolumes: { block: { spcNoRelabeling: true } } },
    "backupVolumes['block'].spcNoRelabeling got true, wanted readOnly: true beside it; Velero ignores it with a writable volume"],
  ['volumes of a class with a capital', { backupVolumes: { Block: {} } }, `backupVolumes got "Block", wanted ${SUBDOMAIN}`],
  ['volumes of another class with a capital', { backupVolumes: { block: { storageClass: 'B' } } }, `backupVolumes['block'].storageClass got "B", wanted ${SUBDOMAIN}`],
  ['volumes with an annotation of two words', { backupVolumes: { block: { annotations: { 'a b': 'c' } } } },
    `backupVolumes['block'].annotations got "a b", wanted an annotation key: ${KEY}`],
  ['a Secret with a capital', { backupVolumes: { block: { secretNames: ['S'] } } }, `backupVolumes['block'].secretNames[0] got "S", wanted ${SUBDOMAIN}`],
  ['a ConfigMap with a capital', { restoreVolumes: { configMapNames: ['C'] } }, `restoreVolumes.configMapNames[0] got "C", wanted ${SUBDOMAIN}`],
  ['a cache of a class with a capital', { cacheVolumes: { storageClass: 'C' } }, `cacheVolumes.storageClass got "C", wanted ${SUBDOMAIN}`],
  ['movers of a class with a capital', { dataMoverAffinity: [{ nodes: [], storageClass: 'C' }] }, `dataMoverAffinity[0].storageClass got "C", wanted ${SUBDOMAIN}`],
])('node-agent fails with %s', (_, options, message) => {
  expect(() => emitted({ nodeAgent: options })).toThrow(new Error(`${PLACE}: nodeAgent.${message}`));
});

test.each<[string, Partial<VeleroInstallProps>, string]>([
  ['a negative user of the restore helper', { restoreHelper: { runAsUser: -1 } }, 'restoreHelper.runAsUser got -1, wanted a whole number from 1 to 2147483647'],
  ['half a group of the restore helper', { restoreHelper: { runAsGroup: 1.5 } }, 'restoreHelper.runAsGroup got 1.5, wanted a whole number from 0 to 2147483647'],
  ['an annotation of the namespace of two words', { namespaceAnnotations: { 'a b': 'c' } }, `namespaceAnnotations got "a b", wanted an annotation key: ${KEY}`],
])('fails with %s', (_, props, message) => {
  expect(() => emitted(props)).toThrow(new Error(`${PLACE}: ${message}`));
});

test('what looks odd and is fine', () => {
  const pod = server({
    server: {
      environment: { 'TZ': 'UTC', 'a-b.c_D': 'x' },
      podAnnotations: { 'Example.COM/Note': 'x' },
      hostAliases: [{ ip: '2001:db8::1', hostnames: ['a.b'] }],
      clusterRoleName: 'system:velero',
      restoreResourcePriorities: ['apps.kappctrl.k14s.io'],
      runAsGroup: 0,
    },
  });
  expect(pod.containers[0].env).toContainEqual({ name: 'TZ', value: 'UTC' });
  expect(pod.securityContext.runAsGroup).toBe(0);
  expect(nodeAgent({ nodeAgent: { environment: { TZ: 'Asia/Tokyo' } } }).containers[0].env).toContainEqual({ name: 'TZ', value: 'Asia/Tokyo' });
});
