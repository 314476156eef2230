import { ApiObject, Testing } from 'cdk8s';
import { VeleroFeature } from '../../src/install/velero-feature';
import { VeleroVersion } from '../../src/install/velero-version';
import { defaultChildOf, synthesized } from '../synthesized';
import { emitted, installed, KOPIA, LOCATION, nodeAgent, object, server } from './installs';

const LABELS = { 'component': 'velero', 'app.kubernetes.io/name': 'velero' };

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
