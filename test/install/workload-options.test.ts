import { Duration } from 'cdk8s';
import { emitted, nodeAgent, object, server } from './installs';
import { NodeAgentOptions } from '../../src/install/node-agent-options';

const LABELS = { 'component': 'velero', 'app.kubernetes.io/name': 'velero' };

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
