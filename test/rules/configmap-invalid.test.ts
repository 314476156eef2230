import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { nodeAgent, server } from '../../src/rules/examples';

escapeHatch('configmap-invalid', usual => {
  const settings = new ApiObject(usual.chart, 'settings', {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'velero' }, data: { 'node-agent.json': '{ "loadConcurrency": { "globalConfig": 2 } }' },
  });
  usual.object('DaemonSet', 'node-agent').addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/args/-', '--node-agent-configmap=settings'));
  return () => settings.addJsonPatch(JsonPatch.replace('/data/node-agent.json', 'loadConcurrency: { globalConfig: 2 }'));
});

function configMap(data: Readonly<Record<string, string>>, name = 'settings'): string {
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'velero' }, data })}\n`;
}

function findings(...yaml: string[]): string[] {
  return told(judged(yaml.join('---\n')), 'configmap-invalid').map(line => line.replace('error configmap-invalid ', ''));
}

const NODE_AGENT = '--node-agent-configmap=settings';

function ofNodeAgent(json: object, version = '1.18.3'): string[] {
  return findings(nodeAgent(version, NODE_AGENT), configMap({ settings: JSON.stringify(json) })).map(line => line.replace("ConfigMap velero/settings: data['settings'].", ''));
}

test.each([
  ['1.18.3', ', or it does not start'],
  ['1.16.2', ', or the settings have no effect'],
])('a ConfigMap that is not there, Velero %s', (version, outcome) => {
  expect(findings(nodeAgent(version, NODE_AGENT), configMap({}, 'setting'))).toEqual([
    `DaemonSet velero/node-agent: --node-agent-configmap got "settings", wanted a ConfigMap of the namespace velero${outcome}`,
  ]);
  expect(findings(nodeAgent(version, NODE_AGENT))).toEqual([]);
});

test('the name that 1.14 read without a flag', () => {
  const fixed = configMap({ settings: '{}' }, 'node-agent-config');
  expect(findings(nodeAgent('1.15.2'), fixed)).toEqual([
    'ConfigMap velero/node-agent-config: metadata.name got "node-agent-config", wanted a node-agent with --node-agent-configmap=node-agent-config: Velero 1.15.2 reads none without the flag',
  ]);
  expect(findings(nodeAgent('1.14.1'), fixed)).toEqual([]);
  expect(findings(nodeAgent('1.15.2', '--node-agent-configmap=node-agent-config'), fixed)).toEqual([]);
  expect(findings(nodeAgent('1.14.1'), configMap({ settings: 'no JSON' }, 'node-agent-config'))).toHaveLength(1);
});

test('what is no JSON object', () => {
  const [line] = findings(nodeAgent('1.18.3', NODE_AGENT), configMap({ settings: 'a: b' }));
  expect(line).toMatch(/^ConfigMap velero\/settings: data\['settings'\] got undefined, wanted a JSON object: ./);
  expect(findings(nodeAgent('1.18.3', NODE_AGENT), configMap({ settings: '[]' }))).toEqual([
    "ConfigMap velero/settings: data['settings'] got undefined, wanted a JSON object: it is no object",
  ]);
  expect(findings(nodeAgent('1.18.3', NODE_AGENT), configMap({}))).toEqual(['ConfigMap velero/settings: data got undefined, wanted a key with the settings as JSON']);
});

test.each([
  ['1.18.3', 'with more the node-agent does not start'],
  ['1.17.2', 'of several, one or the other is taken by chance'],
])('two keys for the node-agent, Velero %s', (version, outcome) => {
  expect(findings(nodeAgent(version, NODE_AGENT), configMap({ a: '{}', b: '{}' }))).toEqual([`ConfigMap velero/settings: data got "a, b", wanted one key: ${outcome}`]);
});

const FULL = { cpuRequest: '100m', cpuLimit: '0', memoryRequest: '1Gi', memoryLimit: '2048Mi' };

test.each([
  ['all that is right', {
    loadConcurrency: { globalConfig: 2, perNodeConfig: [{ nodeSelector: { matchLabels: { any: 'thing' } }, number: 3 }] },
    loadAffinity: [{ nodeSelector: {}, storageClass: 'fast' }],
    backupPVC: { fast: { readOnly: true, annotations: { any: 'thing' } } },
    PodResources: {},
    podResources: FULL,
    podLabels: { any: 'thing' },
  }, []],
  ['a key deep inside', { loadConcurrency: { perNodeConfig: [{ nodes: {} }] } },
    ['loadConcurrency.perNodeConfig[0].nodes got undefined, wanted a key that Velero reads: nodeSelector, number; any other does nothing']],
  ['a key of a storage class', { backupPVC: { fast: { readonly: true, size: 1 } } },
    ['backupPVC.fast.size got undefined, wanted a key that Velero reads: annotations, configMapNames, readOnly, secretNames, spcNoRelabeling, storageClass; any other does nothing']],
  ['resources of which some are missing', { podResources: { cpuRequest: '100m', cpuLimit: '1', memoryRequest: '1Gi' } },
    ['podResources.memoryLimit got undefined, wanted a quantity, "0" for none: with one of the four missing Velero takes none of them']],
  ['a quantity that is none', { podResources: { ...FULL, memoryRequest: '1GB' } },
    ['podResources.memoryRequest got "1GB", wanted a quantity, "0" for none: with one of the four missing Velero takes none of them']],
  ['a request above its limit', { podResources: { ...FULL, memoryRequest: '3Gi' } }, ['podResources.memoryRequest got "3Gi", wanted at most the limit 2048Mi']],
])('%s', (_, json, expected) => {
  expect(ofNodeAgent(json)).toEqual(expected);
});

test('a key of a later version', () => {
  expect(ofNodeAgent({ cachePVC: { storageClass: 'fast' } }, '1.17.2')).toEqual([
    'cachePVC got undefined, wanted Velero >= 1.18.0: 1.17.2 does not know it, so that it does nothing',
    'cachePVC.storageClass got undefined, wanted Velero >= 1.18.0: 1.17.2 does not know it, so that it does nothing',
  ]);
});

describe('the ConfigMaps of the server', () => {
  const ofServer = (flag: string, data: Readonly<Record<string, string>>) =>
    findings(server('1.18.3', '--uploader-type=kopia', `--${flag}=settings`), configMap(data)).map(line => line.replace('ConfigMap velero/settings: ', ''));

  test('maintenance', () => {
    expect(ofServer('repo-maintenance-job-configmap', { 'global': '{ "keepLatestMaintenanceJobs": 3 }', 'shop-offsite-kopia': '{}', 'all': '{ "repositories": 1 }' })).toEqual([
      "data['all'] got undefined, wanted global as its key, or <namespace>-<location>-<kopia or restic> for one repository: what stands under another is not read",
      "data['all'].repositories got undefined, wanted a key that Velero reads: keepLatestMaintenanceJobs, loadAffinity, podAnnotations, podLabels, podResources, priorityClassName; "
      + 'any other does nothing',
    ]);
  });

  test('repositories', () => {
    expect(ofServer('backup-repository-configmap', { kopia: '{ "cacheLimitMB": 100, "fullMaintenanceInterval": "fastGC" }' })).toEqual([]);
    expect(ofServer('backup-repository-configmap', { global: '{ "fullMaintenanceInterval": "6h" }' })).toEqual([
      "data['global'] got undefined, wanted the type of a repository as its key, kopia or restic: what stands under another is not read",
      "data['global'].fullMaintenanceInterval got \"6h\", wanted normalGC or fastGC or eagerGC",
    ]);
  });

  test('volume policies are not JSON', () => {
    expect(ofServer('global-backup-volume-policies-configmap', { policy: 'version: v1' })).toEqual([]);
  });
});
