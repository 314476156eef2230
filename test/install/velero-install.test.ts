import { ApiObject, Chart, Duration, Testing } from 'cdk8s';
import { NodeAgentOptions } from '../../src/install/node-agent-options';
import { VeleroFeature } from '../../src/install/velero-feature';
import { ImagePullPolicy } from '../../src/install/velero-images';
import { VeleroInstallProps } from '../../src/install/velero-install';
import { VeleroVersion } from '../../src/install/velero-version';
import { Uploader } from '../../src/repository/backup-repository';
import { defaultChildOf, synthesized } from '../synthesized';
import { emitted, installed, KOPIA, LOCATION, nodeAgent, object, repository, server } from './installs';

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

describe('default properties', () => {
  test('every object, in the order in which it can be applied by hand', () => {
    const chart = Testing.chart();
    installed({}, chart);
    const names = synthesized(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names.slice(0, 13).every(name => /^CustomResourceDefinition [a-z]+\.velero\.io$/.test(name))).toBe(true);
    expect(names.slice(13)).toEqual([
      'Namespace velero', 'ServiceAccount velero', 'ClusterRoleBinding velero', 'Deployment velero', 'ServiceAccount velero-node-agent',
      'ClusterRole velero-node-agent', 'ClusterRoleBinding velero-node-agent', 'Role velero-node-agent', 'RoleBinding velero-node-agent',
      'DaemonSet node-agent', 'Service velero',
    ]);
  });

  test('the server is the default child', () => {
    const install = installed();
    expect(defaultChildOf(install).kind).toEqual('Deployment');
    expect(ApiObject.of(install).name).toEqual('velero');
  });

  test('what others may ask', () => {
    const install = installed({ version: VeleroVersion.V1_16_2 });
    expect(install.namespace).toEqual('velero');
    expect(install.version).toBe(VeleroVersion.V1_16_2);
    expect(install.serverServiceAccountName).toEqual('velero');
    expect(install.nodeAgentServiceAccountName).toEqual('velero-node-agent');
  });

  test('the namespace lets privileged pods in and is kept by ArgoCD', () => {
    expect(object(emitted(), 'Namespace').metadata).toEqual({
      name: 'velero',
      labels: {
        ...LABELS,
        'pod-security.kubernetes.io/enforce': 'privileged',
        'pod-security.kubernetes.io/enforce-version': 'latest',
        'pod-security.kubernetes.io/audit': 'privileged',
        'pod-security.kubernetes.io/audit-version': 'latest',
        'pod-security.kubernetes.io/warn': 'privileged',
        'pod-security.kubernetes.io/warn-version': 'latest',
      },
      annotations: { 'argocd.argoproj.io/sync-wave': '-9', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    });
  });

  test('every object is labelled, none with the label that ArgoCD tracks by', () => {
    for (const { metadata } of emitted()) {
      expect(metadata.labels).toMatchObject(LABELS);
      expect(metadata.labels).not.toHaveProperty(['app.kubernetes.io/instance']);
      expect(metadata.annotations).toHaveProperty(['argocd.argoproj.io/sync-wave']);
    }
  });

  test('the server may do everything, as a restore needs', () => {
    expect(object(emitted(), 'ClusterRoleBinding', 'velero')).toMatchObject({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'velero', namespace: 'velero' }],
    });
  });

  test('the Service has the metrics of the server only', () => {
    expect(object(emitted(), 'Service')).toMatchObject({
      metadata: { name: 'velero', labels: LABELS },
      spec: { type: 'ClusterIP', selector: { deploy: 'velero' }, ports: [{ name: 'metrics', port: 8085, targetPort: 'metrics' }] },
    });
  });

  test('the same input gives the same bytes', () => {
    expect(JSON.stringify(emitted(HOMELAB))).toEqual(JSON.stringify(emitted(HOMELAB)));
  });
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
      resources: { requests: { cpu: '500m', memory: '256Mi' }, limits: { cpu: '1000m', memory: '512Mi' } },
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
      startupProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 30 },
      livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 10 },
      readinessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 3 },
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
      resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' } },
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

describe('definitions', () => {
  test.each([
    VeleroVersion.V1_14_1, VeleroVersion.V1_15_2, VeleroVersion.V1_16_2, VeleroVersion.V1_17_2, VeleroVersion.V1_18_3,
  ])('the 13 of %s, first and never deleted', version => {
    const chart = Testing.chart();
    installed({ version }, chart);
    const definitions = synthesized(chart).filter(({ kind }) => kind === 'CustomResourceDefinition');
    expect(definitions).toHaveLength(13);
    for (const { apiVersion, metadata, spec } of definitions) {
      expect(apiVersion).toEqual('apiextensions.k8s.io/v1');
      expect(metadata.labels).toMatchObject(LABELS);
      expect(metadata.namespace).toBeUndefined();
      expect(metadata.annotations).toMatchObject({
        'argocd.argoproj.io/sync-wave': '-10', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,ServerSideApply=true',
      });
      expect(spec.group).toEqual('velero.io');
    }
  });

  test('go to a chart of their own', () => {
    const app = Testing.app();
    const definitions = new Chart(app, 'crds');
    const chart = new Chart(app, 'velero');
    installed({ customResourceDefinitionScope: definitions }, chart);
    expect(synthesized(definitions)).toHaveLength(13);
    expect(synthesized(chart).filter(({ kind }) => kind === 'CustomResourceDefinition')).toEqual([]);
  });

  test('can be left to someone else', () => {
    expect(emitted({ customResourceDefinitions: false }).filter(({ kind }) => kind === 'CustomResourceDefinition')).toEqual([]);
  });
});

describe('another namespace', () => {
  const elsewhere = {
    namespace: 'backup',
    repository: { ...KOPIA, password: { ...KOPIA.password, namespace: 'backup' } },
    defaultLocation: { ...LOCATION, namespace: 'backup' },
  };

  test('everything of it lives there, and cluster-wide names do not collide', () => {
    const objects = emitted(elsewhere);
    expect(objects.filter(({ metadata }) => metadata.namespace).every(({ metadata }) => metadata.namespace === 'backup')).toBe(true);
    expect(objects.filter(({ kind }) => kind.startsWith('Cluster')).map(({ metadata }) => metadata.name))
      .toEqual(['velero-backup', 'velero-node-agent-backup', 'velero-node-agent-backup']);
    expect(object(objects, 'ClusterRoleBinding', 'velero-node-agent-backup').roleRef.name).toEqual('velero-node-agent-backup');
    expect(object(objects, 'ClusterRoleBinding', 'velero-backup').subjects[0].namespace).toEqual('backup');
    expect(object(objects, 'Deployment').metadata.name).toEqual('velero');
    expect(object(objects, 'DaemonSet').metadata.name).toEqual('node-agent');
  });

  test('that exists already is not emitted', () => {
    expect(emitted({ createNamespace: false }).filter(({ kind }) => kind === 'Namespace')).toEqual([]);
  });

  test('has the labels and annotations that it is given', () => {
    const { metadata } = object(emitted({ namespaceLabels: { team: 'platform' }, namespaceAnnotations: { note: 'x' } }), 'Namespace');
    expect(metadata.labels).toMatchObject({ 'team': 'platform', 'pod-security.kubernetes.io/enforce': 'privileged' });
    expect(metadata.annotations).toMatchObject({ note: 'x' });
  });
});

test('a location of this app becomes the default', () => {
  const becomeDefault = jest.fn();
  installed({ defaultLocation: { ...LOCATION, _becomeDefault: becomeDefault } as any });
  expect(becomeDefault).toHaveBeenCalledTimes(1);
});

test('images, plugins and registries of one\'s own', () => {
  const props: Partial<VeleroInstallProps> = {
    images: {
      server: 'registry.example/velero/velero@sha256:4bd9b4b7dd8c1e5a4d2f2b1d0f6f6b7a1c3e5d7f9a1b3c5d7e9f0a1b2c3d4e5f',
      pluginForAws: 'registry.example:5000/aws:v1.14.0',
      pullPolicy: ImagePullPolicy.ALWAYS,
      pullSecrets: ['registry'],
    },
    plugins: [{ name: 'other', image: 'other/plugin:v1', resources: { memoryLimit: '64Mi' } }],
  };
  const pod = server(props);
  expect(pod.containers[0].image).toEqual(props.images!.server);
  expect(pod.containers[0].imagePullPolicy).toEqual('Always');
  expect(pod.initContainers.map(({ name, image, imagePullPolicy }: any) => [name, image, imagePullPolicy])).toEqual([
    ['velero-plugin-for-aws', 'registry.example:5000/aws:v1.14.0', 'Always'],
    ['other', 'other/plugin:v1', 'Always'],
  ]);
  expect(pod.initContainers[1].resources).toEqual({ requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '100m', memory: '64Mi' } });
  expect(pod.imagePullSecrets).toEqual([{ name: 'registry' }]);
  expect(nodeAgent(props)).toMatchObject({ imagePullSecrets: [{ name: 'registry' }], containers: [{ image: props.images!.server }] });
});

test('features reach server and node-agent', () => {
  const features = [VeleroFeature.ENABLE_CSI, VeleroFeature.ENABLE_API_GROUP_VERSIONS];
  expect(server({ features }).containers[0].args).toContain('--features=EnableCSI,EnableAPIGroupVersions');
  expect(nodeAgent({ features }).containers[0].args).toEqual(['node-agent', 'server', '--features=EnableCSI,EnableAPIGroupVersions']);
});

test('without node-agent there is nothing of it', () => {
  const objects = emitted({ nodeAgent: { enabled: false }, namespaceLabels: { 'pod-security.kubernetes.io/enforce': 'restricted' } });
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Namespace velero', 'ServiceAccount velero', 'ClusterRoleBinding velero', 'Deployment velero', 'Service velero',
  ]);
  expect(object(objects, 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toEqual('restricted');
});

test('without a Service', () => {
  expect(emitted({ metricsService: false }).filter(({ kind }) => kind === 'Service')).toEqual([]);
});

test('what server and node-agent have in common', () => {
  const common = {
    metricsPort: 9000,
    scrapeAnnotations: true,
    podLabels: { team: 'platform' },
    podAnnotations: { note: 'x' },
    serviceAccountAnnotations: { role: 'y' },
    environment: { AWS_REQUEST_CHECKSUM_CALCULATION: 'when_supported', HTTPS_PROXY: 'http://proxy' },
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['rgw.example'] }],
    terminationGracePeriod: Duration.minutes(1),
  };
  const objects = emitted({ server: common, nodeAgent: common });
  for (const [kind, account] of [['Deployment', 'velero'], ['DaemonSet', 'velero-node-agent']]) {
    const { metadata, spec } = object(objects, kind).spec.template;
    expect(metadata.labels).toMatchObject({ team: 'platform', ...LABELS });
    expect(metadata.annotations).toEqual({
      'prometheus.io/scrape': 'true', 'prometheus.io/port': '9000', 'prometheus.io/path': '/metrics', 'note': 'x',
    });
    expect(spec).toMatchObject({ hostAliases: common.hostAliases, terminationGracePeriodSeconds: 60 });
    expect(spec.containers[0].args).toContain('--metrics-address=:9000');
    expect(spec.containers[0].ports).toEqual([{ name: 'metrics', containerPort: 9000 }]);
    expect(spec.containers[0].env).toEqual(expect.arrayContaining([
      { name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_supported' }, { name: 'HTTPS_PROXY', value: 'http://proxy' },
    ]));
    expect(spec.containers[0].env.filter(({ name }: any) => name === 'AWS_REQUEST_CHECKSUM_CALCULATION')).toHaveLength(1);
    expect(object(objects, 'ServiceAccount', account).metadata.annotations).toMatchObject({ role: 'y' });
  }
  expect(object(objects, 'Service').spec.ports).toEqual([{ name: 'metrics', port: 9000, targetPort: 'metrics' }]);
});

test('the server runs as another user, with another role and plugin folder', () => {
  const props = { server: { runAsUser: 2000, runAsGroup: 2001, clusterRoleName: 'velero-server', pluginDirectory: '/extra' } };
  const pod = server(props);
  expect(pod.securityContext).toMatchObject({ runAsUser: 2000, runAsGroup: 2001, fsGroup: 2001 });
  expect(pod.containers[0].args).toContain('--plugin-dir=/extra');
  expect(pod.containers[0].volumeMounts[0]).toEqual({ name: 'plugins', mountPath: '/extra' });
  expect(pod.containers[0].env).toContainEqual({ name: 'LD_LIBRARY_PATH', value: '/extra' });
  expect(object(emitted(props), 'ClusterRoleBinding', 'velero').roleRef.name).toEqual('velero-server');
});

test.each<[NodeAgentOptions, any]>([
  [{ privileged: true }, { privileged: true, readOnlyRootFilesystem: true }],
])('node-agent with %j', (options, expected) => {
  const pod = nodeAgent({ nodeAgent: options });
  expect(pod.containers[0].securityContext).toEqual(expected);
  expect(pod.securityContext).toEqual({ runAsUser: 0 });
});

test('node-agent of another kubelet, replaced by a quarter of the nodes at a time', () => {
  const { spec } = object(emitted({ nodeAgent: { kubeletRootDirectory: '/opt/kubelet', maxUnavailable: '25%' } }), 'DaemonSet');
  expect(spec.template.spec.volumes.slice(0, 2)).toEqual([
    { name: 'host-pods', hostPath: { path: '/opt/kubelet/pods' } },
    { name: 'host-plugins', hostPath: { path: '/opt/kubelet/plugins' } },
  ]);
  expect(spec.updateStrategy.rollingUpdate).toEqual({ maxUnavailable: '25%' });
});
