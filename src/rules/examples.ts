/* YAML that the examples of the rules are made of, and the installation that they stand in. */

import { SUPPORTED_MINORS } from '../versions';

/** The plugin for AWS that goes with each minor, as in src/versions/images.ts; written out because examples are what a user would write. */
const PLUGINS: Readonly<Record<string, string>> = { 1.14: 'v1.10.1', 1.15: 'v1.11.1', 1.16: 'v1.12.2', 1.17: 'v1.13.2', 1.18: 'v1.14.0' };

/** The Deployment of a server. */
export function server(version: string, ...flags: string[]): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: velero, namespace: velero${onPurpose(version)} }
spec:
  replicas: 1
  strategy: { type: Recreate }
  selector: { matchLabels: { deploy: velero } }
  template:
    metadata: { labels: { component: velero, deploy: velero } }
    spec:
      serviceAccountName: velero
      initContainers:
        - name: velero-plugin-for-aws
          image: velero/velero-plugin-for-aws:${PLUGINS[version.slice(0, version.lastIndexOf('.'))]}
          volumeMounts: [{ name: plugins, mountPath: /target }]
      containers:
        - name: velero
          image: velero/velero:v${version}
          command: [/velero]
          args: ${JSON.stringify(['server', ...flags])}
          volumeMounts:
            - { name: plugins, mountPath: /plugins }
            - { name: scratch, mountPath: /scratch }
            - { name: repository-password, mountPath: /repository-password, readOnly: true }
      volumes:
        - { name: plugins, emptyDir: {} }
        - { name: scratch, emptyDir: {} }
        - { name: repository-password, secret: { secretName: velero-repo-credentials, optional: false } }
`;
}

/** What old versions do is worth an example too. */
function onPurpose(version: string): string {
  const supported = SUPPORTED_MINORS.some(minor => version.startsWith(`${minor}.`));
  return supported ? '' : ', annotations: { cdk8s-velero/acknowledge.version-unsupported: an example of this version }';
}

/** The same server without the volume that makes it wait for the password of the repositories. */
export function notWaiting(deployment: string): string {
  return deployment.split('\n').filter(line => !line.includes('repository-password')).join('\n');
}

/** The DaemonSet of the node-agent. */
export function nodeAgent(version: string, ...flags: string[]): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: node-agent, namespace: velero }
spec:
  selector: { matchLabels: { name: node-agent } }
  template:
    metadata: { labels: { component: velero, name: node-agent, role: node-agent } }
    spec:
      serviceAccountName: velero
      securityContext: { runAsUser: 0 }
      containers:
        - name: node-agent
          image: velero/velero:v${version}
          command: [/velero]
          args: ${JSON.stringify(['node-agent', 'server', ...flags])}
          volumeMounts:
            - { name: host-pods, mountPath: /host_pods, mountPropagation: HostToContainer }
            - { name: scratch, mountPath: /scratch }
      volumes:
        - { name: host-pods, hostPath: { path: /var/lib/kubelet/pods } }
        - { name: scratch, emptyDir: {} }
`;
}

/** What differs from the usual Schedule of the examples: fields by name, each with its value as YAML on one line. */
export interface ScheduleExample {
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, string>>;
  readonly template?: Readonly<Record<string, string>>;
}

/** A Schedule that no rule has anything to say about, but for what is given. */
export function schedule({ name = 'nightly', annotations, spec, template }: ScheduleExample = {}): string {
  const usual = { metadata: '{ labels: { tier: nightly } }', storageLocation: 'offsite', ttl: '720h0m0s', includedNamespaces: '[shop]' };
  return `apiVersion: velero.io/v1
kind: Schedule
metadata:
  name: ${name}
  namespace: velero
${annotations ? `  annotations:\n${lines(annotations, 4)}` : ''}spec:
${lines({ schedule: '0 2 * * *', ...spec }, 2)}  template:
${lines({ ...usual, ...template }, 4)}`;
}

function lines(fields: Readonly<Record<string, string>>, indentation: number): string {
  return Object.entries(fields).map(([key, value]) => `${' '.repeat(indentation)}${key}: ${value}\n`).join('');
}

/** What every installation of the examples has, beside server and node-agent. */
const AROUND = `apiVersion: v1
kind: Namespace
metadata:
  name: velero
  labels: { pod-security.kubernetes.io/enforce: privileged }
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: velero-repo-credentials, namespace: velero }
spec:
  encryptedData: { repository-password: AgB3… }
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: velero-s3-credentials, namespace: velero }
spec:
  encryptedData: { accessKey: AgA1…, secretKey: AgC9… }
  template:
    data:
      cloud: |
        [default]
        aws_access_key_id={{ .accessKey }}
        aws_secret_access_key={{ .secretKey }}
---
${defaultLocation('region: eu-central-1')}`;

/** The default location of an installation: fields of its config, and more of its object storage, as YAML on one line. */
export function defaultLocation(config: string, objectStorage = ''): string {
  return `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: offsite, namespace: velero }
spec:
  provider: aws
  default: true
  objectStorage: { bucket: backups, prefix: production${objectStorage} }
  config: { ${config} }
  credential: { name: velero-s3-credentials, key: cloud }
`;
}

/** A bucket that Rook makes for the default location: fields that the operator allows beyond its own, and `additionalConfig`, as YAML. */
export function claimedBucket(allowed: readonly string[], additionalConfig: string): string {
  return `apiVersion: objectbucket.io/v1alpha1
kind: ObjectBucketClaim
metadata: { name: backups, namespace: velero }
spec:
  bucketName: backups
  storageClassName: rook-ceph-retain-bucket
  additionalConfig: ${additionalConfig}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: rook-ceph-operator-config, namespace: rook-ceph }
data:
  ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS: ${['maxObjects', 'maxSize', ...allowed].join(',')}
---
${defaultLocation('region: us-east-1, s3Url: "https://s3.example.org", s3ForcePathStyle: "true", checksumAlgorithm: ""')}`;
}

/** What a schedule says that saves the files of all volumes but those that `skipped()` leaves out. */
export const SAVES_FILES = { defaultVolumesToFsBackup: 'true', resourcePolicy: '{ kind: ConfigMap, name: volumes }' };

/** The volume policy that a schedule names as `volumes`: it leaves out the volumes of a type. */
export function skipped(type = 'emptyDir'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: volumes, namespace: velero }
data:
  policy.yaml: |
    version: v1
    volumePolicies:
      - conditions: { volumeTypes: [${type}] }
        action: { type: skip }
`;
}

/** An alert of fifteen minutes. */
export function alertOn(name: string, expression: string): string {
  return `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: velero, namespace: velero }
spec:
  groups:
    - name: velero
      rules:
        - alert: ${name}
          expr: ${expression}
          for: 15m
`;
}

/** An installation of a release that no rule has anything to say about. */
export function installation(version: string): string {
  const uploader = '--uploader-type=kopia';
  return [AROUND, server(version, uploader, '--default-backup-storage-location=offsite'), nodeAgent(version)].join('---\n');
}
