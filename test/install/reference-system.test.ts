import { Duration } from 'cdk8s';
import { emitted, nodeAgent, object, repository, server } from './installs';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { Uploader } from '../../src/repository/backup-repository';

const LABELS = { 'component': 'velero', 'app.kubernetes.io/name': 'velero' };
const HOMELAB: Partial<VeleroInstallProps> = {
  version: VeleroVersion.V1_14_1,
  repository: repository(Uploader.RESTIC),
  server: {
    defaultBackupTtl: Duration.hours(168),
    defaultVolumesToFsBackup: true,
    resources: { cpuRequest: '500m', memoryRequest: '256Mi', cpuLimit: '1000m', memoryLimit: '512Mi' },
  },
  nodeAgent: { resources: { cpuRequest: '500m', memoryRequest: '512Mi', cpuLimit: '1000m', memoryLimit: '1Gi' } },
};

test('the same input gives the same bytes', () => {
  expect(JSON.stringify(emitted(HOMELAB))).toEqual(JSON.stringify(emitted(HOMELAB)));
});

describe('the server of the reference system', () => {
  test('is one, and never two at a time', () => {
    const { spec } = object(emitted(HOMELAB), 'Deployment');
    expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' }, selector: { matchLabels: { deploy: 'velero' } } });
    expect(spec.template.metadata).toEqual({ labels: { ...LABELS, deploy: 'velero' } });
  });

  test('has the flags of the system', () => {
    const [container] = server(HOMELAB).containers;
    expect(container.command).toEqual(['/velero']);
    expect(container.args).toEqual([
      'server', '--uploader-type=restic', '--default-backup-storage-location=cluster-backups', '--default-backup-ttl=168h0m0s',
      '--default-volumes-to-fs-backup=true',
    ]);
  });

  test('has its images and resources', () => {
    const { containers: [container], initContainers: [plugin] } = server(HOMELAB);
    expect(container).toMatchObject({
      name: 'velero',
      image: 'velero/velero:v1.14.1',
      imagePullPolicy: 'IfNotPresent',
      resources: { requests: { cpu: '500m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      ports: [{ name: 'metrics', containerPort: 8085 }],
    });
    expect(plugin).toEqual({
      name: 'velero-plugin-for-aws',
      image: 'velero/velero-plugin-for-aws:v1.10.1',
      imagePullPolicy: 'IfNotPresent',
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '100m', memory: '128Mi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
      volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
    });
  });

  test('is hardened and can still write what it must', () => {
    const pod = server(HOMELAB);
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true, runAsUser: 1002, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' },
    });
    const [container] = pod.containers;
    expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
    expect(container.volumeMounts).toEqual([
      { name: 'plugins', mountPath: '/plugins' },
      { name: 'scratch', mountPath: '/scratch' },
      { name: 'home', mountPath: '/home/cnb' },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'repository-password', mountPath: '/repository-password', readOnly: true },
    ]);
    expect(container.env).toEqual([
      { name: 'VELERO_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'VELERO_SCRATCH_DIR', value: '/scratch' },
      { name: 'HOME', value: '/home/cnb' },
      { name: 'LD_LIBRARY_PATH', value: '/plugins' },
      { name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_required' },
      { name: 'AWS_RESPONSE_CHECKSUM_VALIDATION', value: 'when_required' },
    ]);
  });

  test('waits for the repository password', () => {
    expect(server(HOMELAB).volumes).toEqual([
      { name: 'plugins', emptyDir: {} },
      { name: 'scratch', emptyDir: {} },
      { name: 'home', emptyDir: {} },
      { name: 'tmp', emptyDir: {} },
      {
        name: 'repository-password',
        secret: {
          secretName: 'velero-repo-credentials',
          items: [{ key: 'repository-password', path: 'repository-password' }],
          defaultMode: 0o440,
          optional: false,
        },
      },
    ]);
  });

  test('is restarted only after five minutes of silence, and has an hour to end', () => {
    const pod = server(HOMELAB);
    const httpGet = { path: '/metrics', port: 'metrics' };
    expect(pod.containers[0]).toMatchObject({
      startupProbe: { httpGet, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 150 },
      livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 10 },
      readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 3 },
    });
    expect(pod).toMatchObject({
      serviceAccountName: 'velero', restartPolicy: 'Always', terminationGracePeriodSeconds: 3600, nodeSelector: { 'kubernetes.io/os': 'linux' },
    });
  });
});

describe('node-agent of the reference system', () => {
  test('is found by Velero: one container, both labels, the volume host-pods', () => {
    const { spec } = object(emitted(HOMELAB), 'DaemonSet');
    expect(spec.selector).toEqual({ matchLabels: { name: 'node-agent' } });
    expect(spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } });
    expect(spec.template.metadata).toEqual({ labels: { ...LABELS, name: 'node-agent', role: 'node-agent' } });
    expect(spec.template.spec.containers).toHaveLength(1);
    expect(spec.template.spec.initContainers).toBeUndefined();
    expect(spec.template.spec.volumes).toEqual([
      { name: 'host-pods', hostPath: { path: '/var/lib/kubelet/pods' } },
      { name: 'host-plugins', hostPath: { path: '/var/lib/kubelet/plugins' } },
      { name: 'scratch', emptyDir: {} },
      { name: 'home', emptyDir: {} },
      { name: 'tmp', emptyDir: {} },
    ]);
  });

  test('knows its node, and nothing of the uploader', () => {
    const [container] = nodeAgent(HOMELAB).containers;
    expect(container).toMatchObject({
      name: 'node-agent',
      image: 'velero/velero:v1.14.1',
      imagePullPolicy: 'IfNotPresent',
      command: ['/velero'],
      args: ['node-agent', 'server'],
      ports: [{ name: 'metrics', containerPort: 8085 }],
      resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    });
    expect(container.env).toEqual([
      { name: 'VELERO_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'VELERO_SCRATCH_DIR', value: '/scratch' },
      { name: 'HOME', value: '/home/cnb' },
      { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ]);
    expect(container.volumeMounts).toEqual([
      { name: 'host-pods', mountPath: '/host_pods', mountPropagation: 'HostToContainer' },
      { name: 'host-plugins', mountPath: '/var/lib/kubelet/plugins', mountPropagation: 'HostToContainer' },
      { name: 'scratch', mountPath: '/scratch' },
      { name: 'home', mountPath: '/home/cnb' },
      { name: 'tmp', mountPath: '/tmp' },
    ]);
  });

  test('is root over files and nothing else', () => {
    const pod = nodeAgent(HOMELAB);
    expect(pod.securityContext).toEqual({ runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers[0].securityContext).toEqual({
      privileged: false,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'MKNOD', 'SETFCAP'] },
      readOnlyRootFilesystem: true,
    });
    expect(pod).toMatchObject({ serviceAccountName: 'velero-node-agent', terminationGracePeriodSeconds: 300 });
  });
});
