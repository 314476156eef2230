import { type BackupModel, type Fields, type Install, type Location, type NetworkPolicy, readJsonData, selects, selectorIn } from '../model';
import { type VeleroRelease } from '../versions';
import { type Rule, type Verdict } from './rule';

export const rule: Rule = {
  id: 'network-blocked',
  severities: ['error'],
  title: 'A NetworkPolicy that cuts a pod of Velero off',
  goesWrong: 'A pod that some policy of its namespace selects for egress may go nowhere but where such policies let it. Velero has four kinds of pods, with labels of their own: the server, the node-agent, from '
    + '1.17 the pods of file-system backups (`velero.io/pod-volume-backup`), which do not carry the label of the node-agent, and the maintenance Jobs (`velero.io/repo-name`, up to 1.15 the labels of the server). '
    + 'One that reaches no API server does not start; one that reaches no DNS or no object store waits until its backup runs into the timeout.',
  fix: 'select all pods of the namespace, and let them out to the API server, to DNS and to the object store',
  reference: 'velero v1.18.3 pkg/controller/pod_volume_backup_controller.go:821, pkg/repository/maintenance/maintenance.go:608; https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  check: model => model.installs.flatMap(install => podsOf(model, install).flatMap(pods => blocked(model, install, pods))),
  install: '1.18.3',
  bad: () => policy('{ matchLabels: { name: node-agent } }'),
  good: () => policy('{}'),
};

/** Keeps all pods in, and lets out those that are selected. */
function policy(selector: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: velero }
spec:
  podSelector: { matchExpressions: [{ key: deploy, operator: DoesNotExist }] }
  policyTypes: [Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: velero }
spec:
  podSelector: ${selector}
  policyTypes: [Egress]
  egress:
    - ports: [{ port: 53, protocol: UDP }, { port: 443 }, { port: 6443 }]
`;
}

/** Pods of one kind. */
interface Pods {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;

  /** Whether the data passes through them. */
  readonly storing: boolean;
}

/** Those that the input tells of, and those that Velero of this release makes. Values that differ from pod to pod stand for any. */
function podsOf(model: BackupModel, install: Install): Pods[] {
  const { servers, nodeAgents, release } = install;
  return [
    ...servers.map(({ pod }) => ({ name: 'the server', labels: pod.labels, storing: true })),
    ...nodeAgents.map(({ pod }) => ({ name: 'the node-agent', labels: pod.labels, storing: release !== undefined && !release.has('fs-backup-pods') })),
    ...(release === undefined ? [] : madePods(model, install, release)),
  ];
}

function madePods(model: BackupModel, install: Install, release: VeleroRelease): Pods[] {
  const { server, nodeAgent, namespace } = install;
  const copying = model.schedules.in(namespace).some(({ template }) => model.savesFilesByDefault(namespace, template));
  const fileBackups = nodeAgent && release.has('fs-backup-pods') && (copying || model.schedules.in(namespace).length === 0);
  const moving = server?.features.includes('EnableCSI') && release.has('data-mover-pods');
  const labels = labelsIn(model, install, 'node-agent');
  const job = { 'velero.io/repo-name': 'any', 'job-name': 'any', 'batch.kubernetes.io/job-name': 'any' };
  return [
    ...(fileBackups ? [{ name: 'the pods of file-system backups', labels: { 'velero.io/pod-volume-backup': 'any', ...labels }, storing: true }] : []),
    ...(moving ? [{ name: 'the data movers', labels: { 'velero.io/data-upload': 'any', 'velero.io/exposer-pod-group': 'snapshot-exposer', ...labels }, storing: true }] : []),
    ...(server ? [{
      name: 'the maintenance Jobs',
      labels: release.has('maintenance-inherits-labels') ? { ...job, ...server.pod.labels } : { ...job, ...labelsIn(model, install, 'repository-maintenance') },
      storing: true,
    }] : []),
  ];
}

/** `podLabels` of the settings. */
function labelsIn({ configMaps }: BackupModel, { configMaps: uses, namespace }: Install, use: 'node-agent' | 'repository-maintenance'): Readonly<Record<string, string>> {
  const found = uses.filter(each => each.use === use).map(({ name }) => configMaps.get(namespace, name)).filter(configMap => configMap !== undefined);
  return Object.assign({}, ...found.flatMap(configMap => Object.keys(configMap.data).map(key => readJsonData(configMap, key).fields?.stringMap('podLabels') ?? {})));
}

/** A rule of a policy, and the namespace of the policy. */
interface Way {
  readonly fields: Fields;
  readonly own: string;
}

function blocked(model: BackupModel, { namespace }: Install, { name, labels, storing }: Pods): Verdict[] {
  const selecting = model.networkPolicies.in(namespace).filter(({ types, podSelector }) => types.includes('Egress') && selects(podSelector, labels));
  if (selecting.length === 0) {
    return [];
  }
  const ways = selecting.flatMap(({ egress }) => egress.map((fields): Way => ({ fields, own: namespace })));
  const stores = storing ? model.locations.in(namespace) : [];
  const missing = [
    ...(ways.some(way => toApiServer(model, way)) ? [] : ['the API server']),
    // The API server is found by its address.
    ...(!storing || ways.some(way => toDns(model, way)) || (stores.length > 0 && stores.every(isAddress)) ? [] : ['DNS']),
    ...stores.filter(store => !ways.some(way => toStore(model, way, store))).map(store => `the object store of ${store.name}`),
  ];
  return missing.length === 0 ? [] : [verdictOf(selecting[0], name, labels, missing)];
}

function verdictOf({ manifest }: NetworkPolicy, name: string, labels: Pods['labels'], missing: readonly string[]): Verdict {
  const keys = Object.entries(labels).slice(0, 2).map(([key, value]) => value === 'any' ? key : `${key}: ${value}`).join(', ');
  return { on: manifest, what: 'spec.egress', wanted: `a way for ${name} (${keys}) to ${missing.join(', ')}: no policy that selects them gives one` };
}

/** Behind the Service on 443 it listens on a port of its own, and what counts differs between networks: any port may be meant, but for DNS. */
function toApiServer(model: BackupModel, way: Way): boolean {
  return reaches(model, way, ['default', 'kube-system']) && hasPort(way, 'TCP', port => port !== 53);
}

/** A port of its name says enough, wherever the server of the names runs. */
function toDns(model: BackupModel, way: Way): boolean {
  return way.fields.objects('ports').length > 0 ? hasPort(way, 'UDP', port => port === 53 || port === 5353) : reaches(model, way, ['kube-system']);
}

/** Pods of a Service may listen on another port than the Service. */
function toStore(model: BackupModel, way: Way, location: Location): boolean {
  const service = model.serviceOf(location);
  const port = Number(location.endpoint?.authority.split(':').at(-1) ?? 443);
  return reaches(model, way, service === undefined ? [] : [service.namespace]) && hasPort(way, 'TCP', each => service !== undefined ? each !== 53 : each === port);
}

function isAddress({ endpoint }: Location): boolean {
  return endpoint !== undefined && /^(\[|\d+\.\d+\.\d+\.\d+$)/.test(endpoint.host);
}

/** Whether a rule lets through to a port; one by name may be any. */
function hasPort(way: Way, protocol: string, isWanted: (port: number) => boolean): boolean {
  const ports = way.fields.objects('ports');
  return ports.length === 0 || ports.some(each => (each.string('protocol') ?? 'TCP') === protocol && opens(each, isWanted));
}

function opens(entry: Fields, isWanted: (port: number) => boolean): boolean {
  const { port, endPort } = entry.json;
  if (typeof port !== 'number') {
    return true;
  }
  const last = typeof endPort === 'number' ? Math.min(endPort, 65535) : port;
  for (let each = Math.max(port, 0); each <= last; each++) {
    if (isWanted(each)) {
      return true;
    }
  }
  return false;
}

/** Whether a rule goes to pods of one of the namespaces, or out of the cluster, where addresses are not judged. */
function reaches(model: BackupModel, way: Way, namespaces: readonly string[]): boolean {
  const to = way.fields.objects('to');
  return to.length === 0 || to.some(peer => peer.has('ipBlock') || namespaces.some(namespace => reachesNamespace(model, peer, namespace, way.own)));
}

/** A peer without a selector of namespaces is for pods of the policy's own. Labels of a namespace that the input does not declare may be any. */
function reachesNamespace({ namespaces }: BackupModel, peer: Fields, namespace: string, own: string): boolean {
  const selector = selectorIn(peer, 'namespaceSelector');
  if (selector === undefined) {
    return namespace === own;
  }
  const declared = namespaces.get('', namespace);
  const onlyName = Object.keys(selector.matchLabels).every(key => key === NAME) && selector.matchExpressions.every(({ key }) => key === NAME);
  return declared === undefined && !onlyName ? true : selects(selector, { ...declared?.labels, [NAME]: namespace });
}

/** What the API server puts on every namespace. */
const NAME = 'kubernetes.io/metadata.name';
