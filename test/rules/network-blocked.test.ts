import { ApiObject, JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';
import { judged, told } from './judged';
import { installation, schedule } from '../../src/rules/examples';

escapeHatch('network-blocked', usual => {
  const egress = new ApiObject(usual.chart, 'policy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'egress', namespace: 'velero' },
    spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
  });
  return () => egress.addJsonPatch(JsonPatch.replace('/spec/egress', []));
});

function policy(spec: object, name = 'policy'): string {
  return `${JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'velero' }, spec: { podSelector: {}, policyTypes: ['Egress'], ...spec } })}\n`;
}

function findings(around: string, ...policies: string[]): string[] {
  return told(judged([around, ...policies].join('---\n')), 'network-blocked').map(line => line.replace('error network-blocked NetworkPolicy velero/', ''));
}

/** What is missing for all pods. */
function missing(egress: object[], around = installation('1.18.3')): string[] {
  const lines = findings(around, policy({ egress })).map(line => / to (.*): no policy/.exec(line)![1]);
  return [...new Set(lines)];
}

const DNS = { ports: [{ port: 53, protocol: 'UDP' }] };
const API = { ports: [{ port: 6443 }] };
const NAMESPACE = 'kubernetes.io/metadata.name';

test('each kind of pods, with the labels that it has in this version', () => {
  const deny = policy({});
  const line = (pods: string, needs: string) => `policy: spec.egress got undefined, wanted a way for ${pods} to ${needs}: no policy that selects them gives one`;
  expect(findings(installation('1.18.3'), deny)).toEqual([
    line('the server (component: velero, deploy: velero)', 'the API server, DNS, the object store of offsite'),
    line('the node-agent (component: velero, name: node-agent)', 'the API server'),
    line('the pods of file-system backups (velero.io/pod-volume-backup)', 'the API server, DNS, the object store of offsite'),
    line('the maintenance Jobs (velero.io/repo-name, job-name)', 'the API server, DNS, the object store of offsite'),
  ]);
  expect(findings(installation('1.15.2'), policy({ podSelector: { matchLabels: { deploy: 'velero' } } })).map(each => /for (.*?) \(/.exec(each)![1])).toEqual([
    'the server', 'the maintenance Jobs',
  ]);
  expect(findings(installation('1.16.2'), deny)[1]).toBe(line('the node-agent (component: velero, name: node-agent)', 'the API server, DNS, the object store of offsite'));
});

test('data movers', () => {
  const around = installation('1.18.3').replace('"--uploader-type=kopia"', '"--uploader-type=kopia","--features=EnableCSI"');
  const movers = policy({ podSelector: { matchLabels: { 'velero.io/exposer-pod-group': 'snapshot-exposer' } } });
  expect(findings(around, movers).map(each => /for (.*?) \(/.exec(each)![1])).toEqual(['the data movers']);
  expect(findings(installation('1.18.3'), movers)).toEqual([]);
});

test('a schedule that copies no files makes no such pods', () => {
  expect(findings(`${installation('1.18.3')}---\n${schedule()}`, policy({ podSelector: { matchExpressions: [{ key: 'velero.io/pod-volume-backup', operator: 'Exists' }] } }))).toEqual([]);
});

test('labels that the settings give to the pods', () => {
  const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: velero }\ndata: { s: \'{ "podLabels": { "egress": "yes" } }\' }\n';
  const around = `${installation('1.18.3').replace('["node-agent","server"]', '["node-agent","server","--node-agent-configmap=settings"]')}---\n${settings}`;
  const kept = policy({ podSelector: { matchExpressions: [{ key: 'velero.io/pod-volume-backup', operator: 'Exists' }] } });
  expect(findings(around, kept)).toHaveLength(1);
  expect(findings(around, kept, policy({ podSelector: { matchLabels: { egress: 'yes' } }, egress: [{}] }, 'other'))).toEqual([]);
});

test.each([
  ['everything is let out', [{}], []],
  ['by ports', [DNS, API, { ports: [{ port: 443 }] }], []],
  ['by a range of ports', [DNS, { ports: [{ port: 400, endPort: 7000 }] }], []],
  ['by the names of ports', [DNS, { ports: [{ port: 'https' }] }], []],
  ['without DNS', [API, { ports: [{ port: 443 }] }], ['DNS']],
  ['DNS over TCP only', [{ ports: [{ port: 53 }, { port: 443 }] }], ['DNS']],
  ['DNS to the pods of its namespace', [{ to: [{ namespaceSelector: { matchLabels: { [NAMESPACE]: 'kube-system' } } }] }, { ports: [{ port: 443 }] }], []],
  ['without the port of the store', [DNS, API], ['the object store of offsite']],
  ['to pods only', [{ to: [{ podSelector: {} }] }], ['the API server, DNS, the object store of offsite', 'the API server']],
  ['to any address', [DNS, { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }], []],
])('%s', (_, egress, expected) => {
  expect(missing(egress)).toEqual(expected);
});

describe('a store in the cluster', () => {
  const store = (host: string) => installation('1.18.3').replace('region: eu-central-1', `region: eu-central-1, s3Url: "http://${host}"`);
  const to = (namespaceSelector: object) => [DNS, API, { to: [{ namespaceSelector }], ports: [{ port: 8080 }] }];

  test.each([
    ['its namespace', { matchLabels: { [NAMESPACE]: 'rook-ceph' } }, []],
    ['every namespace', {}, []],
    ['a namespace of which the labels are not known', { matchLabels: { team: 'storage' } }, []],
  ])('%s', (_, selector, expected) => {
    expect(missing(to(selector), store('store.rook-ceph.svc:80'))).toEqual(expected);
  });

  test('another namespace, when nothing else is let out', () => {
    const egress = [DNS, { to: [{ namespaceSelector: { matchLabels: { [NAMESPACE]: 'minio' } } }] }, { to: [{ namespaceSelector: { matchLabels: { [NAMESPACE]: 'default' } } }] }];
    expect(missing(egress, store('store.rook-ceph.svc:80'))).toEqual(['the object store of offsite']);
  });

  test('whoever finds it by its address needs no DNS', () => {
    expect(missing([API, { ports: [{ port: 9000 }] }], store('10.0.0.5:9000'))).toEqual([]);
  });

  test('pods of its own namespace', () => {
    expect(missing([DNS, API, { to: [{ podSelector: { matchLabels: { app: 'minio' } } }] }], store('minio.velero.svc:9000'))).toEqual([]);
  });
});

test('silent about policies that are not for egress, and of other namespaces', () => {
  expect(findings(installation('1.18.3'), policy({ policyTypes: ['Ingress'] }), policy({}).replace('"namespace":"velero"', '"namespace":"shop"'))).toEqual([]);
});
